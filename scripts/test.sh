#!/usr/bin/env bash
# Every check and every test. A step that fails does not hide the following ones; the runners' summaries
# stand together at the end.
. "$(dirname "$0")/common.sh"
. scripts/postgres.sh
. scripts/mail.sh

logs=$(mktemp -d)
trap 'postgres_stop; rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM
failed=()
summaries=()

# step NAME SUMMARY COMMAND…: runs the command, and keeps the lines of its output that match SUMMARY.
step() {
    local name=$1 summary=$2 begun=$SECONDS log="$logs/log"
    shift 2
    say "── $name"
    if "$@" 2>&1 | tee "$log"; then
        say "── $name: done in $((SECONDS - begun)) s"
    else
        say "── $name: FAILED after $((SECONDS - begun)) s"
        failed+=("$name")
    fi
    local lines
    # Colours are for the eye, not for the pattern.
    lines=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E "$summary" | awk '!seen[$0]++' || true)
    [[ -z $lines ]] || summaries+=("$name:" "$lines")
}

# Shows what a command says only when it fails.
quietly() {
    "$@" >"$logs/quiet" 2>&1 || { cat "$logs/quiet"; return 1; }
}

rust_tests() {
    if cargo nextest --version >/dev/null 2>&1; then
        cargo nextest run --workspace --no-fail-fast --cargo-quiet
    else
        say "cargo-nextest is missing, so cargo test runs instead (slower): cargo install --locked cargo-nextest"
        cargo test --workspace --no-fail-fast --lib --bins --tests
    fi
}

need_rust
need_node
scripts/web.sh
npm_ready web
mail_server_ready
say "starting PostgreSQL …"
postgres_start

nothing='^$^'
step "format" "$nothing" cargo fmt --all -- --check -l
step "lints" "^(warning|error)(\[|: .* generated)" cargo clippy --workspace --all-targets --quiet -- -D warnings
step "styles and scripts" "^# (tests|pass|fail) |^ℹ (tests|pass|fail) " npm --prefix web test --silent
step "tests" '^ *Summary \[|^test result:|^ +(FAIL|TIMEOUT|SIGABRT) ' rust_tests
step "examples in the documentation" '^test .* FAILED$|^test result: FAILED' quietly \
    cargo test --workspace --doc
[[ ! -f e2e/package.json ]] || step "browser" '^ +[0-9]+ (passed|failed|flaky|skipped)' scripts/e2e.sh

say "── summary"
((${#summaries[@]} == 0)) || printf '%s\n' "${summaries[@]}"
if ((${#failed[@]} > 0)); then
    say "FAILED: $(IFS=,; say "${failed[*]}")"
    exit 1
fi
say "everything passed in $SECONDS s"
