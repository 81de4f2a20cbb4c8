#!/usr/bin/env bash
# Bundles web/ into web/dist, unless nothing changed since the last time.
. "$(dirname "$0")/common.sh"

is_fresh() {
    [[ -f web/dist/manifest.json ]] || return 1
    local newer
    newer=$(find web -path web/node_modules -prune -o -path web/dist -prune -o \
        -type f ! -name '*.test.mjs' ! -name '*.md' -newer web/dist/manifest.json -print -quit)
    [[ -z $newer ]]
}

is_fresh && exit 0
need_node
npm_ready web
say "bundling styles and scripts …"
npm --prefix web run --silent build
# The bundle may be the same as before: note that it was looked at.
touch web/dist/manifest.json
