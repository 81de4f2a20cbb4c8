#!/usr/bin/env bash
# Browser tests against the real program.
. "$(dirname "$0")/common.sh"

need_rust
need_node
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [[ -z $chromium ]]; then
    need chromium chromium
    chromium=$(command -v chromium)
fi
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
npm_ready e2e
cargo build --quiet --package bocal
E2E_BOCAL="$CARGO_TARGET_DIR/debug/bocal" E2E_CHROMIUM="$chromium" npm --prefix e2e test
