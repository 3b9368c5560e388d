// Serving by llama.cpp beside ours: decoding at batch 1 and 32, and the 60
// requests of scripts/bench-serve.sh at once on 32 sequences.
//
//   node llamacpp_serve.mjs MODEL.gguf [threads] [ADAPTER.gguf]
//
// Needs npm's node-llama-cpp. With an adapter all sequences have that one: a
// context of llama.cpp applies one set of adapters to its whole batch. Prints
// one JSON object.
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const [path, threads = "2", adapter] = process.argv.slice(2);
const llama = await getLlama({gpu: false, build: "never", logLevel: LlamaLogLevel.error, maxThreads: +threads});
const model = await llama.loadModel({modelPath: path, gpuLayers: 0});

// open makes a context of n sequences, its prompts read in steps of at most 96 tokens as ours are.
async function open(n, contextSize) {
    const context = await model.createContext({sequences: n, contextSize, batchSize: 96, threads: {ideal: +threads, min: +threads},
        lora: adapter && {adapters: [{filePath: adapter}]}});
    return {context, sequences: Array.from({length: n}, () => context.getSequence())};
}

// decode is tokens a second behind prompts of 128 tokens, over the last 100
// tokens of the sequence that comes last.
async function decode(batch) {
    const {context, sequences} = await open(batch, 512);
    let begun = 0, made = 0, from = 0, start = 0, stop = false, speed = 0;
    await Promise.all(sequences.map(async (sequence, i) => {
        let own = 0;
        const prompt = Array.from({length: 128}, (_, k) => 300 + 100 * i + k);
        for await (const _ of sequence.evaluate(prompt, {temperature: 0, yieldEogToken: true})) {
            if (own++ === 0 && ++begun === batch) [from, start] = [made, performance.now()];
            made++;
            if (stop || own > 330) break;
            if (i === batch - 1 && begun === batch && made - from >= 100 * batch) {
                speed = (made - from) / (performance.now() - start) * 1e3;
                stop = true;
            }
        }
    }));
    await context.dispose();
    return +speed.toFixed(1);
}

// The lengths of bench_test.go's requests.
function lengths(n) {
    let x = 4;
    const next = () => (x = (Math.imul(x, 1664525) + 1013904223) >>> 0, 8 + (x >>> 8) % 121);
    return Array.from({length: n}, () => [next(), next()]);
}

async function workload(n) {
    const {context, sequences} = await open(32, 512);
    const queue = lengths(n), firsts = [], total = queue.flat().reduce((a, b) => a + b);
    const start = performance.now();
    await Promise.all(sequences.map(async (sequence, i) => {
        for (let r; r = queue.shift();) {
            const prompt = Array.from({length: r[0]}, (_, k) => 300 + (i * 7919 + k * 104729 + queue.length * 31) % 48000);
            await sequence.clearHistory();
            let own = 0;
            for await (const _ of sequence.evaluate(prompt, {temperature: 0, yieldEogToken: true})) {
                if (own++ === 0) firsts.push((performance.now() - start) / 1e3);
                if (own === r[1]) break;
            }
        }
    }));
    const took = (performance.now() - start) / 1e3;
    await context.dispose();
    firsts.sort((a, b) => a - b);
    return {tokens_per_second: +(total / took).toFixed(1), requests_per_second: +(n / took).toFixed(2),
        first_token_p50_s: +firsts[n >> 1].toFixed(2), first_token_p99_s: +firsts[Math.floor(n * 0.99)].toFixed(2)};
}

console.log(JSON.stringify({decode_1: await decode(1), decode_32: await decode(32), workload: await workload(60)}));
process.exit(0);
