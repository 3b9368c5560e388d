"""Writes pypi.safetensors with PyPI's safetensors and torch, or lists a file.

    python3 pypi.py make pypi.safetensors     the file that the Go test reads
    python3 pypi.py list FILE                 name, dtype, shape, sha256 as JSON
"""

import hashlib
import json
import sys


def make(path):
    import torch
    from safetensors.torch import save_file

    n = lambda *shape: torch.arange(torch.Size(shape).numel()).reshape(shape) - 3
    save_file(
        {
            "model.norm.weight": n(5).float() / 7,
            "model.q.weight": (n(3, 4).float() / 7).to(torch.bfloat16),
            "model.k.weight": (n(2, 4).float() / 7).to(torch.float16),
            "q8": n(3, 3).to(torch.int8),
            "scalar": torch.tensor(2.5),
            "empty": torch.zeros(0, 4),
            'a "quoted" <name> \\ of three lines\n\té': n(1).float(),
        },
        path,
        {"format": "pt"},
    )


def list_(path):
    from safetensors import deserialize, safe_open

    with safe_open(path, "np") as f:
        meta = f.metadata()
    tensors = [
        {"name": name, "dtype": t["dtype"], "shape": list(t["shape"]), "sha256": hashlib.sha256(t["data"]).hexdigest()}
        for name, t in deserialize(open(path, "rb").read())
    ]
    print(json.dumps({"metadata": meta, "tensors": tensors}))


if __name__ == "__main__":
    {"make": make, "list": list_}[sys.argv[1]](sys.argv[2])
