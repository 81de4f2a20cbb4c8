#!/usr/bin/env bash
# Advisories, licences and unused dependencies.
. "$(dirname "$0")/common.sh"

need_rust
status=0
if cargo deny --version >/dev/null 2>&1; then
    cargo deny check || status=1
else
    say "cargo-deny is missing (advisories, licences): cargo install --locked cargo-deny"
    status=1
fi
if cargo machete --version >/dev/null 2>&1; then
    cargo machete || status=1
else
    say "cargo-machete is missing (unused dependencies): cargo install --locked cargo-machete"
    status=1
fi
need_node
npm --prefix web audit --omit=dev || status=1
exit $status
