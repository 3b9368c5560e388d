#!/bin/sh
# Compares our float32 products with OpenBLAS on this machine, in one run.
# OpenBLAS is installed from Debian if it is missing. Unset, its kernel choice is
# poor on CPUs it does not know, so each core type of CORETYPES is tried.
#
#   scripts/bench-openblas.sh [threads...]     default: 1 and all
set -eu
cd "$(dirname "$0")/.."
CORETYPES=${CORETYPES:-"SKYLAKEX COOPERLAKE ZEN"}
THREADS=${*:-"1 $(nproc)"}

if ! dpkg -s libopenblas-dev gcc >/dev/null 2>&1; then
	sudo=$(command -v sudo || true)
	$sudo apt-get update -q
	$sudo apt-get install -q -y libopenblas-dev gcc
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
gcc -O2 -o "$dir/openblas" scripts/openblas/bench.c -lopenblas
go test -c -o "$dir/op.test" ./compute/op

for t in $THREADS; do
	for core in $CORETYPES; do
		OPENBLAS_CORETYPE=$core "$dir/openblas" "$t"
	done
	"$dir/op.test" -test.run - -test.bench Operators -threads "$t" \
		-operators '^(matmul f32 (1|16|64|256|1024)x|gemm )' | grep threads
done
