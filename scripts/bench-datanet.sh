#!/bin/sh
# Measures the Datanet floor, each figure beside its limit in the same run: adding
# files (beside SHA-256 and an fsynced write), finding near-duplicates and reading
# a corpus on one core. With a number as argument it also adds a tree of so many
# megabytes and says how much memory that took. Run it from the root of the
# repository on a machine that does nothing else.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for p in ingest corpus; do go test -c -o "$dir/$p.test" "./datanet/$p"; done
root=$PWD
(cd "$root/datanet/ingest" && "$dir/ingest.test" -test.run '^$' -test.bench '^BenchmarkAdd$' -test.benchtime 2x)
(cd "$root/datanet/ingest" && "$dir/ingest.test" -test.run '^$' -test.bench NearDuplicates -test.cpu 1)
(cd "$root/datanet/corpus" && "$dir/corpus.test" -test.run '^$' -test.bench Read -test.cpu 1)
if [ $# -gt 0 ]; then
	(cd "$root/datanet/ingest" && OPENLEDGER_TREE_MB=$1 "$dir/ingest.test" -test.run TestPeakMemory -test.v)
fi
