#!/usr/bin/env bash
# run.sh: how quick the measures are, beside the Python packages people use for them. Without Python, their own figures
# only.
. "$(dirname "$0")/../../scripts/common.sh"

folder="$CARGO_TARGET_DIR/bench-measures"
peers="$CARGO_TARGET_DIR/bench-python"
mkdir -p "$folder"
cargo bench --quiet --package measures --bench speed -- --folder "$folder" >"$folder/own.jsonl"
if ! "$peers/bin/python" -c 'import lifetimes, plspm, lifelines, krippendorff' 2>/dev/null; then
    say "installing the packages to compare with …" >&2
    python3 -m venv "$peers" && "$peers/bin/pip" install --quiet -r bench/measures/requirements.txt || {
        say "no Python packages to compare with (python3 -m venv, pip): own figures only"
        cat "$folder/own.jsonl"
        exit 0
    }
fi
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 "$peers/bin/python" bench/measures/peers.py "$folder" <"$folder/own.jsonl"
