#!/usr/bin/env bash
# bench.sh …: `bocal bench …`, optimised; without arguments, sizes S, M and L side by side (L takes some ten minutes
# to make, once, and 4 GB). `bench.sh measures`: the measures, beside the usual Python packages. `bench.sh linkage
# [SET…]`: finding the same person twice, beside Splink and recordlinkage.
. "$(dirname "$0")/common.sh"

need_rust
[[ ${1:-} != measures ]] || exec bench/measures/run.sh
scripts/web.sh
cargo build --quiet --release --package bocal
if [[ ${1:-} == linkage ]]; then
    shift
    exec bench/linkage/run.sh "$@"
fi
[[ $# -gt 0 ]] || set -- run --sizes S,M,L --folder "$CARGO_TARGET_DIR/bench-data"
exec "$CARGO_TARGET_DIR/release/bocal" bench "$@"
