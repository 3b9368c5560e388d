"""What PEFT makes of adapter configs, for the Go tests. Needs PyPI's peft, transformers and torch.

    python3 peft_oracle.py make      writes semantics.json and the adapter directory peft/ beside this file
    python3 peft_oracle.py load DIR  loads an adapter directory onto the same model and prints its layers as JSON

The base is a Llama of 3 layers with random weights. semantics.json: for each config the layers PEFT adapts, with
their rank and scale, or the fact that PEFT refuses it.
"""

import copy
import json
import os
import sys
import warnings

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from peft.tuners.lora import LoraLayer
from transformers import LlamaConfig, LlamaForCausalLM

warnings.filterwarnings("ignore")
here = os.path.dirname(os.path.abspath(__file__))


def base():
    torch.manual_seed(0)
    return LlamaForCausalLM(
        LlamaConfig(vocab_size=40, hidden_size=16, intermediate_size=24, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2)
    )


def layers(model, values=False):
    out = []
    for name, m in model.base_model.model.named_modules():
        if isinstance(m, LoraLayer):
            l = {"name": name, "r": m.r["default"], "scale": m.scaling["default"]}
            if values:
                l["a"] = m.lora_A["default"].weight.flatten().tolist()
                l["b"] = m.lora_B["default"].weight.flatten().tolist()
            out.append(l)
    return out


ATTN = ["q_proj", "v_proj"]
CASES = [
    dict(target_modules=ATTN),
    dict(target_modules=ATTN, r=4, lora_alpha=3),
    dict(target_modules=ATTN, r=3, lora_alpha=16, use_rslora=True),
    dict(target_modules=["q_proj", "model.layers.1.mlp.up_proj"]),
    dict(target_modules=["self_attn.q_proj", "1.self_attn.v_proj"]),
    dict(target_modules=["proj"]),
    dict(target_modules=["_proj", "lm_head"]),
    dict(target_modules="all-linear"),
    dict(target_modules="ALL-linear"),
    dict(target_modules="all-linear", exclude_modules=["down_proj"]),
    dict(target_modules="q_proj"),
    dict(target_modules=r".*\.q_proj"),
    dict(target_modules=r".*(q|v)_proj$"),
    dict(target_modules=r"model\.layers\.[02]\.(self_attn|mlp)\.(q|up)_proj"),
    dict(target_modules=r"^.*\b(gate|o)_proj"),
    dict(target_modules=ATTN, exclude_modules=["model.layers.1.self_attn.q_proj"]),
    dict(target_modules=ATTN, exclude_modules=["0.self_attn.q_proj", "v_proj"]),
    dict(target_modules=ATTN, exclude_modules=r".*\.2\..*"),
    dict(target_modules=ATTN, exclude_modules=r"layers\.2.*"),
    dict(target_modules=ATTN, layers_to_transform=1),
    dict(target_modules=ATTN, layers_to_transform=[0, 2]),
    dict(target_modules=ATTN, layers_to_transform=[0, 2], layers_pattern="layers"),
    dict(target_modules=ATTN, layers_to_transform=[2], layers_pattern=["blocks", "layers"]),
    dict(target_modules=ATTN, layers_to_transform=[2], layers_pattern="lay.rs"),
    dict(target_modules=ATTN + ["lm_head"], layers_to_transform=[1]),
    dict(target_modules=["model.layers.0.self_attn.k_proj", "v_proj"], layers_to_transform=[1]),
    dict(target_modules=ATTN, rank_pattern={"q_proj": 2}),
    dict(target_modules=ATTN, rank_pattern={"q_proj": 2, "model.layers.1.self_attn.q_proj": 5}),
    dict(target_modules=ATTN, rank_pattern={"model.layers.1.self_attn.q_proj": 5, "q_proj": 2}),
    dict(target_modules=ATTN, rank_pattern={"^model.layers.1.self_attn.q_proj": 5}),
    dict(target_modules=ATTN, rank_pattern={"layers.[01].*": 6, "_proj": 7}, alpha_pattern={"v_proj": 32}),
    dict(target_modules=ATTN, rank_pattern={"attn.q_proj|x": 6}, alpha_pattern={".*1.*": 5, "self_attn.v_proj": 9}, use_rslora=True),
    dict(target_modules=ATTN, rank_pattern={"proj": 6}, alpha_pattern={"q_.*": 1, "q_proj": 2}),
    dict(target_modules=["q_proj"], fan_in_fan_out=True),
    dict(target_modules=["q_proj"], lora_alpha=0.3, r=7),
]


def make():
    model = base()
    linear = [
        {"name": n, "out": m.out_features, "in": m.in_features, "head": n == "lm_head"}
        for n, m in model.named_modules()
        if isinstance(m, torch.nn.Linear)
    ]
    cases = []
    for kwargs in CASES:
        config = {"peft_type": "LORA", **kwargs}
        try:
            found = layers(get_peft_model(copy.deepcopy(model), LoraConfig(**copy.deepcopy(kwargs))))
        except Exception as e:
            found = None
            print(kwargs, e)
        cases.append({"config": config, "layers": found})
    with open(os.path.join(here, "semantics.json"), "w") as f:
        lines = ",\n".join(json.dumps(c) for c in cases)
        f.write('{"linear": %s,\n"cases": [\n%s\n]}\n' % (json.dumps(linear), lines))

    torch.manual_seed(1)
    config = LoraConfig(
        r=4, lora_alpha=6, use_rslora=True, target_modules=["q_proj", "v_proj", "down_proj"], rank_pattern={"1.mlp.down_proj": 2},
        alpha_pattern={"v_proj": 8}, layers_to_transform=[0, 1], init_lora_weights=False, task_type="CAUSAL_LM",
    )
    adapted = get_peft_model(model, config)
    adapted.save_pretrained(os.path.join(here, "peft"))
    os.remove(os.path.join(here, "peft", "README.md"))
    with open(os.path.join(here, "peft", "expected.json"), "w") as f:
        json.dump(layers(adapted, values=True), f)


def load(path):
    print(json.dumps(layers(PeftModel.from_pretrained(base(), path), values=True)))


if __name__ == "__main__":
    make() if sys.argv[1] == "make" else load(sys.argv[2])
