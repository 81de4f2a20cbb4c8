# Shared by the scripts beside it: source it, do not run it.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Outside the clone, so that a fresh clone finds what an earlier one built.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${BOCAL_TARGET:-${HOME:-/tmp}/.cache/bocal/target}}"

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# Installs a Debian package quietly when that is possible here; fails otherwise.
apt_install() {
    [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null || return 1
    say "installing $* …"
    local quiet=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
    "${quiet[@]}" install -y --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    "${quiet[@]}" update >/dev/null 2>&1 || true
    "${quiet[@]}" install -y --no-install-recommends "$@" >/dev/null
}

# need COMMAND PACKAGE…: the command is there, or is installed, or one line says how.
need() {
    local command=$1
    shift
    command -v "$command" >/dev/null && return 0
    apt_install "$@" && hash -r && command -v "$command" >/dev/null && return 0
    die "$command is missing: install it first (on Debian: apt-get install $*)"
}

need_rust() {
    command -v cargo >/dev/null || [[ ! -f ${HOME:-/root}/.cargo/env ]] || . "$HOME/.cargo/env"
    command -v cargo >/dev/null || die "cargo is missing: install Rust first (https://rustup.rs)"
    need cc build-essential
}

need_node() {
    need node nodejs npm
    need npm npm
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    ((major >= 20)) || die "Node $major is too old: install Node 20 or later (https://nodejs.org)"
}

# npm_ready FOLDER: its packages are those of its lock file.
npm_ready() {
    local done="$1/node_modules/.package-lock.json"
    [[ -f $done && ! $1/package-lock.json -nt $done ]] && return 0
    say "installing the packages of $1 …"
    # A lock file written on one kind of machine may lack the optional packages of another, which `npm ci`
    # refuses; an installation then fills them in, from the exact versions of package.json.
    (cd "$1" && { npm ci --no-audit --no-fund --loglevel=silent ||
        npm install --no-save --no-audit --no-fund --loglevel=error; }) >/dev/null
    touch "$done"
}
