#!/usr/bin/env bash
# bench.sh …: `bocal bench …`, optimised; without arguments, sizes S, M and L side by side (L takes some ten minutes
# to make, once, and 4 GB).
. "$(dirname "$0")/common.sh"

need_rust
scripts/web.sh
cargo build --quiet --release --package bocal
[[ $# -gt 0 ]] || set -- run --sizes S,M,L --folder "$CARGO_TARGET_DIR/bench-data"
exec "$CARGO_TARGET_DIR/release/bocal" bench "$@"
