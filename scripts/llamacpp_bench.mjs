// Decoding and prefill speed of llama.cpp, the yardstick for serving.
//
//   node llamacpp_bench.mjs MODEL.gguf [threads] [tokens] [prompt]
//
// Needs npm's node-llama-cpp (npm i node-llama-cpp --ignore-scripts brings its
// prebuilt CPU library). Prints one JSON object: tokens/s at batch 1.
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const [model, threads = "2", tokens = "128", prompt = "512"] = process.argv.slice(2);
const llama = await getLlama({gpu: false, build: "never", logLevel: LlamaLogLevel.error, maxThreads: +threads});
const loaded = await llama.loadModel({modelPath: model, gpuLayers: 0});
const context = await loaded.createContext({contextSize: 1024, batchSize: 512, threads: +threads});
const sequence = context.getSequence();

const ids = Array.from({length: +prompt}, (_, i) => 3 + (i * 7919) % 31000);
const median = (a) => a.sort((x, y) => x - y)[a.length >> 1];
const prefill = [];
for (let i = 0; i < 3; i++) {
    await sequence.clearHistory();
    const start = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(ids);
    prefill.push((performance.now() - start) / 1e3);
}
await sequence.clearHistory();
const took = [];
let last = performance.now();
for await (const _ of sequence.evaluate([1], {temperature: 0, yieldEogToken: true})) {
    const now = performance.now();
    took.push((now - last) / 1e3);
    last = now;
    if (took.length >= +tokens) break;
}
console.log(JSON.stringify({decode_tokens_per_second: +(1 / median(took.slice(1))).toFixed(1),
    prefill_tokens_per_second: +(ids.length / median(prefill)).toFixed(1), threads: context.currentThreads, samples: took.length}));
process.exit(0);
