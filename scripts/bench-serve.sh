#!/bin/sh
# Measures serving with the shapes of SmolLM2-135M (random bf16 weights) and
# prints one line per figure: throughput over numbers of adapters, a pool for a
# tenth of them, mixes, decoding, first tokens, loads, idle adapters, audits.
# About ten minutes and 4 GB; the machine should have nothing else to do.
#
#	scripts/bench-serve.sh [RUN]    a Go pattern, as in Throughput/1000
set -eu
cd "$(dirname "$0")/.."
binary=$(mktemp)
trap 'rm -f "$binary"' EXIT
go test -c -o "$binary" ./compute/serve
cd compute/serve
"$binary" -test.run - -test.bench "${1:-.}" -test.benchtime 1x | awk '/^Benchmark/ {
	name = $1
	sub(/^Benchmark/, "", name); sub(/-[0-9]+$/, "", name)
	line = ""
	for (i = 5; i + 1 <= NF; i += 2) line = line sprintf("  %s %s", $i, $(i + 1))
	printf "%-36s%s\n", name, line
}'
