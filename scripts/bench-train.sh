#!/bin/sh
# Training steps of our 15M and 110M shapes beside PyTorch's, in one run: 8
# samples of 256 tokens, AdamW, clipping, f32, all cores. Needs python3 with
# torch and safetensors.
#
#   scripts/bench-train.sh [15M|110M...]     default: both
set -eu
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go test -c -o "$dir/train.test" ./compute/train
for shape in ${*:-15M 110M}; do
	python3 scripts/torch_llama.py make --shape "$shape" --model "$dir/$shape"
	for method in full lora; do
		echo "$shape $method"
		"$dir/train.test" -test.run - -test.bench "Step/$shape/$method" -test.benchtime 3x | grep tokens/s
		lora=0
		[ $method = full ] || lora=16
		python3 scripts/torch_llama.py bench --model "$dir/$shape" --batch 8 --length 256 --steps 3 --lora $lora
	done
done
