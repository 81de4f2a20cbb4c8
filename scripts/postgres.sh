# A throw-away PostgreSQL server for tests: source it, do not run it.
# `postgres_start` makes a cluster in a temporary folder, reachable by a socket in that folder only, and sets
# BOCAL_TEST_POSTGRES; `postgres_stop` removes it.

postgres_dir=""
postgres_as=()

# The folder of the newest PostgreSQL programs here.
postgres_bin() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1 || true)
    [[ -n $found ]] || found=$(command -v initdb || true)
    [[ -n $found ]] && dirname "$found"
}

# PostgreSQL refuses to run as root.
postgres_choose_user() {
    [[ $(id -u) == 0 ]] || return 0
    local user=postgres
    id "$user" >/dev/null 2>&1 || { user=bocal-test; id "$user" >/dev/null 2>&1 || useradd --system "$user"; }
    postgres_as=(runuser -u "$user" --)
    chown "$user" "$postgres_dir"
}

postgres_start() {
    local bin
    bin=$(postgres_bin) || { apt_install postgresql && bin=$(postgres_bin); } ||
        die "PostgreSQL is missing: install it first (on Debian: apt-get install postgresql)"
    postgres_dir=$(mktemp -d /tmp/bocal-test-postgres.XXXXXX)
    postgres_choose_user
    local log="$postgres_dir/log" init=("$bin/initdb" -D "$postgres_dir/data" -U postgres -A trust -E UTF8 --no-sync)
    # A French collation where there is one: what sorts by bytes on SQLite must not depend on it.
    (cd "$postgres_dir" && {
        "${postgres_as[@]}" "${init[@]}" --locale=C --locale-provider=icu --icu-locale=fr-FR ||
            { rm -rf "$postgres_dir/data" && "${postgres_as[@]}" "${init[@]}" --locale=C; }
    }) >"$postgres_dir/initdb.log" 2>&1 || { cat "$postgres_dir/initdb.log" >&2; die "initdb failed"; }
    local settings="-c listen_addresses='' -c unix_socket_directories=$postgres_dir -c fsync=off
        -c full_page_writes=off -c autovacuum=off -c max_connections=300 -c max_locks_per_transaction=256"
    (cd "$postgres_dir" && "${postgres_as[@]}" "$bin/pg_ctl" -D "$postgres_dir/data" -l "$log" -w -s \
        -o "${settings//$'\n'/ }" start) || { cat "$log" >&2; die "PostgreSQL did not start"; }
    "${postgres_as[@]}" "$bin/psql" -q -h "$postgres_dir" -U postgres -d postgres \
        -c 'CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public' ||
        die "pg_trgm is missing: install PostgreSQL's contributed extensions (postgresql-contrib)"
    export BOCAL_TEST_POSTGRES="postgres://postgres@${postgres_dir//\//%2F}:5432/postgres"
}

postgres_stop() {
    [[ -n $postgres_dir ]] || return 0
    local bin
    bin=$(postgres_bin)
    (cd / && "${postgres_as[@]}" "$bin/pg_ctl" -D "$postgres_dir/data" -m immediate -s stop) >/dev/null 2>&1 || true
    rm -rf "$postgres_dir"
    postgres_dir=""
}
