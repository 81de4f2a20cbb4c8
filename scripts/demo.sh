#!/usr/bin/env bash
# demo.sh LISTEN DATABASE: builds the program and serves a demonstration organisation.
. "$(dirname "$0")/common.sh"

listen=$1 database=$2
need_rust
scripts/web.sh
[[ -d $CARGO_TARGET_DIR ]] || say "building Bocal; the first time takes a few minutes …"
cargo build --quiet --package bocal
mkdir -p "$(dirname "$database")"
exec "$CARGO_TARGET_DIR/debug/bocal" demo --database "$database" --listen "$listen"
