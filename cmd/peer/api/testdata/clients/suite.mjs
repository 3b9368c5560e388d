// The official clients against a running server: node suite.mjs BASE_URL MODEL
// It prints a line for each check and ends with 1 if one fails.
import assert from "node:assert/strict";
import OpenAI, { toFile } from "openai";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";

const [baseURL, model] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 3 });
const messages = [{ role: "user", content: "the name of the thing" }];
const common = { model, messages, max_tokens: 12, seed: 7 };
let failed = 0;

async function check(name, run) {
  try {
    await run();
    console.log("ok   " + name);
  } catch (e) {
    failed++;
    console.log("FAIL " + name + "\n" + (e.stack ?? e));
  }
}

let whole;
await check("openai: models", async () => {
  const all = await client.models.list();
  assert.ok(all.data.some((m) => m.id === model));
  assert.equal((await client.models.retrieve(model)).id, model);
});
await check("openai: chat", async () => {
  const a = await client.chat.completions.create(common);
  whole = a.choices[0].message.content;
  assert.equal(a.choices[0].message.role, "assistant");
  assert.equal(a.usage.completion_tokens, 12);
  assert.equal(a.choices[0].finish_reason, "length");
  assert.ok(a._request_id);
});
await check("openai: streaming", async () => {
  let text = "", usage;
  for await (const c of await client.chat.completions.create({ ...common, stream: true, stream_options: { include_usage: true } })) {
    text += c.choices[0]?.delta?.content ?? "";
    usage = c.usage ?? usage;
  }
  assert.equal(text, whole);
  assert.equal(usage.completion_tokens, 12);
});
await check("openai: .stream() helper", async () => {
  const s = client.chat.completions.stream({ ...common, stream_options: { include_usage: true } });
  const final = await s.finalChatCompletion();
  assert.equal(final.choices[0].message.content, whole);
  assert.equal(final.usage.completion_tokens, 12);
  const two = await client.chat.completions.stream({ ...common, n: 2 }).finalChatCompletion();
  assert.equal(two.choices.length, 2);
  assert.equal(two.choices[0].message.content, whole);
});
await check("openai: logprobs", async () => {
  const a = await client.chat.completions.create({ ...common, logprobs: true, top_logprobs: 2 });
  assert.equal(a.choices[0].logprobs.content.length, 12);
  assert.equal(a.choices[0].logprobs.content[0].top_logprobs.length, 2);
});
await check("openai: completions", async () => {
  const a = await client.completions.create({ model, prompt: "the name", seed: 1, max_tokens: 5 });
  assert.ok(a.usage.completion_tokens > 0 && a.usage.completion_tokens <= 5);
  let text = "";
  for await (const c of await client.completions.create({ model, prompt: "the name", seed: 1, max_tokens: 5, stream: true })) text += c.choices[0]?.text ?? "";
  assert.equal(text, a.choices[0].text);
});
await check("openai: JSON schema", async () => {
  const schema = { type: "object", properties: { name: { type: "string", maxLength: 5 } }, required: ["name"], additionalProperties: false };
  const a = await client.chat.completions.create({ ...common, max_tokens: 200, response_format: { type: "json_schema", json_schema: { name: "x", strict: true, schema } } });
  assert.equal(typeof JSON.parse(a.choices[0].message.content).name, "string");
});
await check("openai: embeddings", async () => {
  const a = await client.embeddings.create({ model, input: ["a", "the name"] }); // base64 underneath
  const b = await client.embeddings.create({ model, input: ["a", "the name"], encoding_format: "float" });
  assert.equal(a.data.length, 2);
  assert.deepEqual(Array.from(a.data[1].embedding), b.data[1].embedding.map(Math.fround));
});
await check("openai: errors", async () => {
  await assert.rejects(client.chat.completions.create({ ...common, model: "nothing" }), (e) => e instanceof OpenAI.NotFoundError && e.code === "model_not_found");
  await assert.rejects(client.chat.completions.create({ ...common, n: 1e6 }), (e) => e instanceof OpenAI.BadRequestError && e.param === "n");
  await assert.rejects(client.chat.completions.create({ ...common, tools: [{ type: "function", function: { name: "f" } }] }), OpenAI.BadRequestError);
  await assert.rejects(client.models.retrieve("nothing"), OpenAI.NotFoundError);
});
await check("openai: retries", async () => {
  let tries = 0;
  const flaky = new OpenAI({ baseURL, apiKey: "none", maxRetries: 2, fetch: (url, init) => { tries++; return fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), "x-test-busy": tries < 3 ? "1" : "0" } }); } });
  const a = await flaky.chat.completions.create(common);
  assert.equal(a.choices[0].message.content, whole);
  assert.equal(tries, 3);
});
await check("openai: mid-stream failure", async () => {
  const broken = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0, defaultHeaders: { "x-test-break": "1" } });
  await assert.rejects(async () => {
    for await (const _ of await broken.chat.completions.create({ ...common, stream: true }));
  }, (e) => e instanceof OpenAI.APIError && /lost/.test(e.message));
});
await check("openai: aborting a stream", async () => {
  const s = await client.chat.completions.create({ ...common, max_tokens: 400, stream: true });
  for await (const _ of s) break;
});

let file;
await check("openai: files", async () => {
  const lines = Array.from({ length: 24 }, (_, i) => JSON.stringify({ messages: [{ role: "user", content: "n" + i }, { role: "assistant", content: "the thing " + i }] })).join("\n");
  file = await client.files.create({ file: await toFile(Buffer.from(lines), "data.jsonl"), purpose: "fine-tune" });
  file = await client.files.waitForProcessing(file.id);
  assert.equal(file.status, "processed");
  assert.equal(await (await client.files.content(file.id)).text(), lines);
  const ids = [];
  for await (const f of client.files.list({ limit: 1 })) ids.push(f.id);
  assert.ok(ids.includes(file.id));
  const other = await client.files.create({ file: await toFile(Buffer.from("x"), "x.txt"), purpose: "assistants" });
  assert.equal((await client.files.delete(other.id)).deleted, true);
  await assert.rejects(client.files.retrieve(other.id), OpenAI.NotFoundError);
});
await check("openai: fine-tuning", async () => {
  const jobs = client.fineTuning.jobs;
  let job = await jobs.create({ model, training_file: file.id, suffix: "mine", seed: 3, method: { type: "supervised", supervised: { hyperparameters: { n_epochs: 1, batch_size: 4 } } } });
  for (let i = 0; i < 600 && !["succeeded", "failed", "cancelled"].includes(job.status); i++) {
    await new Promise((r) => setTimeout(r, 50));
    job = await jobs.retrieve(job.id);
  }
  assert.equal(job.status, "succeeded", JSON.stringify(job.error));
  const events = [];
  for await (const e of jobs.listEvents(job.id, { limit: 2 })) events.push(e);
  assert.ok(events.some((e) => e.type === "metrics" && e.data.train_loss > 0));
  for await (const _ of jobs.checkpoints.list(job.id));
  const tuned = await client.chat.completions.create({ ...common, model: job.fine_tuned_model });
  assert.equal(tuned.model, job.fine_tuned_model);
  assert.ok((await (await client.files.content(job.result_files[0])).text()).startsWith("step,"));
  const second = await jobs.create({ model, training_file: file.id, hyperparameters: { n_epochs: 1000 } });
  await jobs.pause(second.id);
  assert.equal((await jobs.retrieve(second.id)).status, "paused");
  await jobs.resume(second.id);
  assert.equal((await jobs.cancel(second.id)).status, "cancelled");
  const ids = [];
  for await (const j of jobs.list({ limit: 1 })) ids.push(j.id);
  assert.ok(ids.includes(job.id) && ids.includes(second.id));
  await assert.rejects(jobs.create({ model, training_file: "file-nothing" }), OpenAI.BadRequestError);
});

const chat = new ChatOpenAI({ model, apiKey: "none", maxTokens: 12, maxRetries: 1, modelKwargs: { seed: 7 }, configuration: { baseURL } });
await check("langchain: invoke", async () => {
  const a = await chat.invoke("the name of the thing");
  assert.equal(typeof a.content, "string");
  assert.equal(a.usage_metadata.output_tokens, 12);
});
await check("langchain: stream", async () => {
  let text = "", usage;
  for await (const c of await chat.stream("the name of the thing")) {
    text += c.content;
    usage = c.usage_metadata ?? usage;
  }
  assert.equal(text, whole);
  assert.equal(usage.output_tokens, 12);
});
await check("langchain: structured output", async () => {
  const schema = { title: "x", type: "object", properties: { n: { type: "boolean" } }, required: ["n"], additionalProperties: false };
  const long = new ChatOpenAI({ model, apiKey: "none", maxTokens: 200, configuration: { baseURL } });
  const a = await long.withStructuredOutput(schema, { method: "jsonSchema" }).invoke("the name");
  assert.equal(typeof a.n, "boolean");
});
await check("langchain: batch and errors", async () => {
  assert.equal((await chat.batch(["a", "b", "c"])).length, 3);
  const none = new ChatOpenAI({ model: "nothing", apiKey: "none", maxRetries: 0, configuration: { baseURL } });
  await assert.rejects(none.invoke("x"), /does not exist/);
});
await check("langchain: embeddings", async () => {
  const e = new OpenAIEmbeddings({ model, apiKey: "none", configuration: { baseURL } });
  const all = await e.embedDocuments(["a", "the name"]);
  assert.ok(all.length === 2 && all[1].length > 10 && all[1].some((x) => x !== 0));
});

console.log(failed ? failed + " failed" : "all passed");
process.exit(failed ? 1 : 0);
