#!/usr/bin/env bash
# bench.sh …: `bocal bench …`, optimised.
. "$(dirname "$0")/common.sh"

need_rust
scripts/web.sh
cargo build --quiet --release --package bocal
exec "$CARGO_TARGET_DIR/release/bocal" bench "$@"
