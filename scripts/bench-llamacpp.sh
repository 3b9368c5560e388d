#!/bin/sh
# Prefill and decoding of our 110M shape beside llama.cpp's, in one run, all
# cores: bf16 and 8 bits a weight. Needs node with npm, and python3 with torch,
# safetensors and gguf.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
(cd "$dir" && npm install --silent --ignore-scripts node-llama-cpp@3.22.1 >/dev/null)
cp scripts/llamacpp_bench.mjs "$dir"
python3 scripts/torch_llama.py make --shape 110M --model "$dir/model"
go test -c -o "$dir/llama.test" ./compute/llama
(cd compute/llama && "$dir/llama.test" -test.run - -test.bench 'Prefill|Decode/(bf16|q8)/batch1' -test.benchtime 1s | grep tokens/s)
for kind in bf16 q8_0; do
	python3 "$root/scripts/to_gguf.py" "$dir/model" "$dir/$kind.gguf" $kind
	echo "llama.cpp $kind $(cd "$dir" && node llamacpp_bench.mjs "$dir/$kind.gguf" "$(nproc)" | tail -n 1)"
done
