"""Writes families.json: logits of tiny random models by PyTorch and transformers.

    pip install torch transformers
    python families.py > families.json

Weights are not stored: both sides draw them by `draw`, which is exact in
float32. The tests of package llama compare their own logits with these.
"""
import json
import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM

BASE = dict(
    vocab_size=61, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=256, rms_norm_eps=1e-5, hidden_act="silu",
    tie_word_embeddings=False, bos_token_id=1, eos_token_id=2,
)

def family(name, model_type, **fields):
    return name, dict(BASE, model_type=model_type, **fields)

FAMILIES = [
    family("llama2", "llama", num_key_value_heads=4, rope_theta=10000.0),
    family("tinyllama", "llama", rope_theta=10000.0, rope_scaling=None),
    family("smollm2", "llama", tie_word_embeddings=True, rope_theta=100000.0, head_dim=8),
    family("biased", "llama", attention_bias=True, mlp_bias=True),
    family("llama3", "llama", rope_theta=500000.0, rope_scaling=dict(
        rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=32)),
    family("linear", "llama", rope_theta=10000.0, rope_scaling=dict(type="linear", factor=4.0)),
    family("yarn", "llama", head_dim=16, rope_parameters=dict(
        rope_type="yarn", rope_theta=10000.0, factor=4.0, original_max_position_embeddings=64)),
    family("mistral", "mistral", sliding_window=7, head_dim=16, rope_parameters=dict(
        rope_type="default", rope_theta=1000000.0)),
    family("nemo", "mistral", sliding_window=None, head_dim=6, rope_theta=1000000.0),
    family("qwen2", "qwen2", use_sliding_window=False, sliding_window=4, rope_theta=1000000.0),
    family("qwen2-window", "qwen2", use_sliding_window=True, sliding_window=5, max_window_layers=1),
    family("qwen3", "qwen3", head_dim=16, tie_word_embeddings=True, attention_bias=False, rope_theta=1000000.0),
]

def draw(name, n, scale):
    """n values in [-scale, scale): a 32-bit mix of the name and the index."""
    h = 2166136261
    for b in name.encode():
        h = (h ^ b) * 16777619 & 0xFFFFFFFF
    out = []
    for i in range(n):
        x = (h + i * 0x9E3779B9) & 0xFFFFFFFF
        x = (x ^ x >> 16) * 0x7FEB352D & 0xFFFFFFFF
        x = (x ^ x >> 15) * 0x846CA68B & 0xFFFFFFFF
        x ^= x >> 16
        out.append(((x >> 8) * 2.0**-23 - 1) * scale)
    return out

def main():
    torch.set_num_threads(1)
    result = dict(source=f"torch {torch.__version__.split('+')[0]}, transformers {transformers.__version__}", families=[])
    for name, fields in FAMILIES:
        config = AutoConfig.for_model(**json.loads(json.dumps(fields)))
        model = AutoModelForCausalLM.from_config(config, attn_implementation="eager").float().eval()
        with torch.no_grad():
            for key, p in model.named_parameters():
                scale = 0.25
                x = torch.tensor(draw(key, p.numel(), scale), dtype=torch.float64)
                if key.endswith("norm.weight"):
                    x += 1
                p.copy_(x.float().reshape(p.shape))
        ids = [(7 * i * i + 3 * i + 1) % 61 for i in range(40)]
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits[0]
        rows = [0, 1, 6, 20, 39]
        result["families"].append(dict(
            name=name, config=dict(fields, architectures=[type(model).__name__]), ids=ids, rows=rows,
            logits=[[round(x, 6) for x in logits[r].tolist()] for r in rows]))
    print("{" + f'"source": {json.dumps(result["source"])}, "families": [')
    print(",\n".join(json.dumps(f) for f in result["families"]))
    print("]}")

main()
