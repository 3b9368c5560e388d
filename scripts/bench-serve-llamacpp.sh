#!/bin/sh
# Serving by llama.cpp beside ours, in one run, all cores: SmolLM2-135M's shapes
# in bf16, decoding at batch 1 and 32 and 60 requests at once, without an adapter
# and with one. Needs node with npm, and python3 with torch, safetensors and gguf.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
(cd "$dir" && npm install --silent --ignore-scripts node-llama-cpp@3.22.1 >/dev/null)
cp scripts/llamacpp_serve.mjs "$dir"
python3 scripts/torch_llama.py make --shape 135M --model "$dir/model" --lora 8 --adapter "$dir/adapter"
python3 scripts/to_gguf.py "$dir/model" "$dir/model.gguf" bf16
python3 scripts/to_gguf.py "$dir/model" "$dir/adapter.gguf" adapter "$dir/adapter"
scripts/bench-serve.sh 'Decode|Throughput/^1$'
cd "$dir"
echo "llama.cpp             $(node llamacpp_serve.mjs model.gguf "$(nproc)" | tail -n 1)"
echo "llama.cpp, an adapter $(node llamacpp_serve.mjs model.gguf "$(nproc)" adapter.gguf | tail -n 1)"
