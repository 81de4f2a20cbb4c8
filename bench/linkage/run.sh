#!/usr/bin/env bash
# run.sh [SET…]: how well and how quickly `bocal link` finds the same person twice, beside Splink on DuckDB and the
# package recordlinkage, on files with known truth. Without sets, all of them. Before: how quickly a typed name and
# 1 000 new rows are held against a million.
. "$(dirname "$0")/../../scripts/common.sh"

folder="$CARGO_TARGET_DIR/bench-linkage"
peers="$CARGO_TARGET_DIR/bench-linkage-python"
bocal="$CARGO_TARGET_DIR/release/bocal"
mkdir -p "$folder"
if ! "$peers/bin/python" -c 'import splink, recordlinkage' 2>/dev/null; then
    say "installing the packages to compare with …" >&2
    python3 -m venv "$peers" && "$peers/bin/pip" install --quiet -r bench/linkage/requirements.txt ||
        die "no Python packages to compare with, and none to count with (python3 -m venv, pip)"
fi
for rows in 10000:10k 100000:100k 1000000:1m; do
    file="$folder/people_${rows#*:}.csv"
    # Named anew when it is whole.
    [[ -f $file && $file -nt $bocal ]] ||
        { "$bocal" bench people --rows "${rows%:*}" --output "$file.part" && mv "$file.part" "$file"; }
done
"$peers/bin/python" bench/linkage/prepare.py "$folder" ../shared/data/linkage
cargo bench --quiet --package linkage --bench index -- "$folder/people_1m.csv"
exec "$peers/bin/python" bench/linkage/peers.py "$folder" "$bocal" "$@"
