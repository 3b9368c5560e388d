#!/usr/bin/env python3
"""A plain PyTorch Llama, the yardstick for training and prefill.

It shares nothing with the product but the files: a Hugging Face folder
(config.json, model.safetensors) and batches of token ids as JSON lines, one
step a line: [[ids, targets], ...] with -1 for positions that are not learnt.

  torch_llama.py losses --model DIR --batches FILE [--lr LIST.json] [--lora R]
      trains as the batches say and prints one loss a line
  torch_llama.py bench  --model DIR --batch B --length L --steps N [--lora R]
      prints tokens/s and peak memory of training steps, or of --prefill
  torch_llama.py make   --model DIR --shape 15M|110M|135M [--lora R --adapter DIR]
      writes a model of drawn weights, in the shapes of our benchmarks, and an
      adapter for q, k, v and o in PEFT's layout
"""
import argparse, json, os, resource, statistics, sys, time
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

LINEAR = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


class Llama:
    def __init__(self, folder, lora=0, alpha=16, adapter=None):
        self.c = c = json.load(open(f"{folder}/config.json"))
        self.w = {k: v.float() for k, v in load_file(f"{folder}/model.safetensors").items()}
        self.heads, self.kv = c["num_attention_heads"], c["num_key_value_heads"]
        self.dim = c.get("head_dim") or c["hidden_size"] // self.heads
        self.eps, self.lora, self.scale = c["rms_norm_eps"], {}, 0.0
        if lora:
            self.scale = alpha / lora
            loaded = load_file(adapter) if adapter else {}
            for name, w in self.w.items():
                module = name.removesuffix(".weight")
                if module.endswith(LINEAR):
                    a = loaded.get(f"base_model.model.{module}.lora_A.weight")
                    b = loaded.get(f"base_model.model.{module}.lora_B.weight")
                    a = torch.randn(lora, w.shape[1]) / w.shape[1] ** 0.5 if a is None else a
                    b = torch.zeros(w.shape[0], lora) if b is None else b
                    self.lora[module] = (a.requires_grad_(), b.requires_grad_())
        else:
            for w in self.w.values():
                w.requires_grad_()
        t = torch.arange(c["max_position_embeddings"], dtype=torch.float32)
        inv = (1.0 / c.get("rope_theta", 10000.0) ** (torch.arange(0, self.dim, 2, dtype=torch.float64) / self.dim)).float()
        self.cos, self.sin = torch.cos(t[:, None] * inv), torch.sin(t[:, None] * inv)

    def parameters(self):
        return [p for ab in self.lora.values() for p in ab] if self.lora else list(self.w.values())

    def linear(self, x, module):
        y = F.linear(x, self.w[module + ".weight"], self.w.get(module + ".bias"))
        if module in self.lora:
            a, b = self.lora[module]
            y = y + self.scale * F.linear(F.linear(x, a), b)
        return y

    def norm(self, x, name):
        return F.rms_norm(x, (x.shape[-1],), self.w[name + ".weight"], self.eps)

    def rope(self, x):
        n = x.shape[2]
        c, s = self.cos[:n], self.sin[:n]
        a, b = x.chunk(2, -1)
        return torch.cat((a * c - b * s, b * c + a * s), -1)

    def logits(self, ids):
        """ids (B, T) -> logits (B, T, V)"""
        b, t = ids.shape
        x = F.embedding(ids, self.w["model.embed_tokens.weight"])
        for i in range(self.c["num_hidden_layers"]):
            p = f"model.layers.{i}."
            h = self.norm(x, p + "input_layernorm")
            q, k, v = (self.linear(h, p + f"self_attn.{n}_proj").view(b, t, -1, self.dim).transpose(1, 2) for n in "qkv")
            h = F.scaled_dot_product_attention(self.rope(q), self.rope(k), v, is_causal=True, enable_gqa=self.kv != self.heads)
            x = x + self.linear(h.transpose(1, 2).reshape(b, t, -1), p + "self_attn.o_proj")
            h = self.norm(x, p + "post_attention_layernorm")
            x = x + self.linear(F.silu(self.linear(h, p + "mlp.gate_proj")) * self.linear(h, p + "mlp.up_proj"), p + "mlp.down_proj")
        x = self.norm(x, "model.norm")
        return F.linear(x, self.w.get("lm_head.weight", self.w["model.embed_tokens.weight"]))


def step_loss(model, samples, micro):
    """backward of the mean loss over all targets of a step; samples [(ids, targets)]"""
    count = sum(sum(t >= 0 for t in targets) for _, targets in samples)
    total = 0.0
    by_length = {}
    for ids, targets in samples:
        by_length.setdefault(len(ids), []).append((ids, targets))
    for group in by_length.values():
        for i in range(0, len(group), micro):
            ids = torch.tensor([g[0] for g in group[i : i + micro]])
            targets = torch.tensor([g[1] for g in group[i : i + micro]])
            loss = F.cross_entropy(model.logits(ids).flatten(0, 1), targets.flatten(), ignore_index=-1, reduction="sum") / count
            loss.backward()
            total += loss.item()
    return total


def optimizer(model, args):
    if args.optimizer == "sgd":
        return torch.optim.SGD(model.parameters(), lr=args.peak, momentum=0.9)
    return torch.optim.AdamW(model.parameters(), lr=args.peak, betas=(0.9, args.beta2), eps=1e-8, weight_decay=args.decay)


def losses(args):
    model = Llama(args.model, args.lora, args.alpha, args.adapter)
    opt = optimizer(model, args)
    rates = json.load(open(args.lr)) if args.lr else None
    for t, line in enumerate(open(args.batches)):
        if rates:
            opt.param_groups[0]["lr"] = rates[t]
        opt.zero_grad()
        loss = step_loss(model, json.loads(line), args.micro)
        if args.clip:
            torch.nn.utils.clip_grad_norm_(model.parameters(), args.clip)
        opt.step()
        print(f"{loss:.6f}", flush=True)


def bench(args):
    model = Llama(args.model, args.lora, args.alpha)
    n = args.batch * args.length
    ids = torch.randint(0, model.c["vocab_size"], (args.batch, args.length))
    samples = [(row, row[1:] + [0]) for row in ids.tolist()]
    opt = optimizer(model, args)
    took = []
    for _ in range(args.steps + 1):
        start = time.perf_counter()
        if args.prefill:
            with torch.no_grad():
                model.logits(ids)
        else:
            opt.zero_grad()
            step_loss(model, samples, args.micro)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
        took.append(time.perf_counter() - start)
    seconds = statistics.median(took[1:])
    print(json.dumps({"tokens_per_second": round(n / seconds, 1), "seconds": round(seconds, 4), "threads": torch.get_num_threads(),
                      "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "torch": torch.__version__}))


# hidden, inner, layers, heads, heads of keys and values, vocabulary, context
SHAPES = {"15M": (288, 768, 6, 6, 6, 32000, 1024), "110M": (768, 2048, 12, 12, 12, 32000, 1024),
          "135M": (576, 1536, 30, 9, 3, 49152, 8192)}  # SmolLM2-135M


def make(args):
    dim, inner, layers, heads, kv, vocab, context = SHAPES[args.shape]
    os.makedirs(args.model, exist_ok=True)
    w = {"model.embed_tokens.weight": torch.randn(vocab, dim) * 0.02, "model.norm.weight": torch.ones(dim)}
    for i in range(layers):
        p = f"model.layers.{i}."
        w[p + "input_layernorm.weight"] = torch.ones(dim)
        w[p + "post_attention_layernorm.weight"] = torch.ones(dim)
        for name in LINEAR:
            rows, cols = (dim, inner) if name == "down_proj" else (inner, dim) if name in ("gate_proj", "up_proj") else (dim, dim)
            rows = dim // heads * kv if name in ("k_proj", "v_proj") else rows
            w[f"{p}{'self_attn' if name[1] == '_' else 'mlp'}.{name}.weight"] = torch.randn(rows, cols) * 0.02
    save_file(w, f"{args.model}/model.safetensors")
    config = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": dim, "intermediate_size": inner,
              "num_hidden_layers": layers, "num_attention_heads": heads, "num_key_value_heads": kv, "vocab_size": vocab,
              "max_position_embeddings": context, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu", "tie_word_embeddings": True}
    json.dump(config, open(f"{args.model}/config.json", "w"))
    if not args.adapter:
        return
    os.makedirs(args.adapter, exist_ok=True)
    targets, lora = ("q_proj", "k_proj", "v_proj", "o_proj"), {}
    for name, x in w.items():
        module = name.removesuffix(".weight")
        if module.endswith(targets):
            lora[f"base_model.model.{module}.lora_A.weight"] = torch.randn(args.lora, x.shape[1]) * 0.02
            lora[f"base_model.model.{module}.lora_B.weight"] = torch.randn(x.shape[0], args.lora) * 0.02
    save_file(lora, f"{args.adapter}/adapter_model.safetensors")
    json.dump({"peft_type": "LORA", "r": args.lora, "lora_alpha": args.alpha, "target_modules": targets}, open(f"{args.adapter}/adapter_config.json", "w"))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("mode", choices=("losses", "bench", "make"))
    p.add_argument("--model", required=True)
    p.add_argument("--batches")
    p.add_argument("--shape", choices=tuple(SHAPES), default="15M")
    p.add_argument("--lr", help="JSON list of learning rates, one a step")
    p.add_argument("--peak", type=float, default=3e-4)
    p.add_argument("--beta2", type=float, default=0.999)
    p.add_argument("--decay", type=float, default=0.0)
    p.add_argument("--clip", type=float, default=0.0)
    p.add_argument("--optimizer", choices=("adamw", "sgd"), default="adamw")
    p.add_argument("--lora", type=int, default=0, help="rank; 0: full training")
    p.add_argument("--alpha", type=float, default=16)
    p.add_argument("--adapter", help="initial adapter_model.safetensors")
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--micro", type=int, default=8)
    p.add_argument("--length", type=int, default=256)
    p.add_argument("--steps", type=int, default=3)
    p.add_argument("--prefill", action="store_true")
    p.add_argument("--threads", type=int)
    args = p.parse_args()
    torch.manual_seed(0)
    if args.threads:
        torch.set_num_threads(args.threads)
    {"losses": losses, "bench": bench, "make": make}[args.mode](args)


if __name__ == "__main__":
    main()
