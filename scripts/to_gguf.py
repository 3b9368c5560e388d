#!/usr/bin/env python3
"""Writes a Hugging Face Llama folder as GGUF, for comparisons with llama.cpp.

  to_gguf.py MODEL_DIR OUT.gguf [f32|bf16|q8_0]
  to_gguf.py MODEL_DIR OUT.gguf adapter ADAPTER_DIR

The second form writes a PEFT folder of that model in f32. The vocabulary is a
list of made-up tokens: the comparison feeds ids. Needs PyPI's gguf, safetensors
and torch.
"""
import json, sys
import numpy as np
import gguf
from safetensors.torch import load_file

NAMES = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
PARTS = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k",
         "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}


def rename(name):
    module = name.removesuffix(".weight")
    if module in NAMES:
        return NAMES[module] + ".weight"
    _, _, layer, part = module.split(".", 3)
    return f"blk.{layer}.{PARTS[part]}.weight"


def interleave(w, heads):
    """Hugging Face pairs (i, i + d/2) become llama.cpp's (2i, 2i + 1)."""
    n, k = w.shape
    return w.reshape(heads, 2, n // heads // 2, k).swapaxes(1, 2).reshape(n, k)


def adapter(c, folder, out):
    w = gguf.GGUFWriter(out, "llama")
    w.add_type("adapter")
    w.add_string("adapter.type", "lora")
    w.add_float32("adapter.lora.alpha", json.load(open(f"{folder}/adapter_config.json"))["lora_alpha"])
    for name, t in load_file(f"{folder}/adapter_model.safetensors").items():
        module, _, half = name.removeprefix("base_model.model.").removesuffix(".weight").rpartition(".")
        a = t.float().numpy()
        if half == "lora_B" and module.endswith(("q_proj", "k_proj")):
            a = interleave(a, c["num_attention_heads" if module.endswith("q_proj") else "num_key_value_heads"])
        w.add_tensor(f"{rename(module)}.{half.lower()}", np.ascontiguousarray(a))
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


def main():
    folder, out = sys.argv[1:3]
    kind = sys.argv[3] if len(sys.argv) > 3 else "f32"
    if kind == "adapter":
        return adapter(json.load(open(f"{folder}/config.json")), sys.argv[4], out)
    types = {"f32": gguf.GGMLQuantizationType.F32, "bf16": gguf.GGMLQuantizationType.BF16, "q8_0": gguf.GGMLQuantizationType.Q8_0}
    c = json.load(open(f"{folder}/config.json"))
    w = gguf.GGUFWriter(out, "llama")
    w.add_block_count(c["num_hidden_layers"])
    w.add_context_length(c["max_position_embeddings"])
    w.add_embedding_length(c["hidden_size"])
    w.add_feed_forward_length(c["intermediate_size"])
    w.add_head_count(c["num_attention_heads"])
    w.add_head_count_kv(c["num_key_value_heads"])
    w.add_layer_norm_rms_eps(c["rms_norm_eps"])
    w.add_rope_freq_base(c.get("rope_theta", 10000.0))
    w.add_rope_dimension_count(c["hidden_size"] // c["num_attention_heads"])
    w.add_vocab_size(c["vocab_size"])
    w.add_tokenizer_model("llama")
    n = c["vocab_size"]
    w.add_token_list(["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)] + [f"t{i}" for i in range(259, n)])
    w.add_token_scores([0.0] * n)
    w.add_token_types([2, 3, 3] + [6] * 256 + [1] * (n - 259))
    w.add_bos_token_id(1)
    w.add_eos_token_id(2)
    for name, t in load_file(f"{folder}/model.safetensors").items():
        a = t.float().numpy()
        if name.endswith("q_proj.weight"):
            a = interleave(a, c["num_attention_heads"])
        elif name.endswith("k_proj.weight"):
            a = interleave(a, c["num_key_value_heads"])
        q = types[kind] if a.ndim == 2 else gguf.GGMLQuantizationType.F32
        data = np.ascontiguousarray(a) if q == gguf.GGMLQuantizationType.F32 else gguf.quants.quantize(np.ascontiguousarray(a), q)
        w.add_tensor(rename(name), data, raw_dtype=q)
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


if __name__ == "__main__":
    main()
