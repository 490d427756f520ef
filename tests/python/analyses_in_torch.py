"""Runs the analyses of an exported script on a plain ViT with given adapters, and prints the result. Needs torch alone.

    analyses_in_torch.py SCRIPT MODEL DATA    MODEL: a checkpoint of a ViT; DATA: images, labels and adapters as JSON
"""

import json
import struct
import sys
from pathlib import Path

import torch
from torch import nn

from toy import LoraLinear

SCRIPT = Path(sys.argv[1]).read_text(encoding="utf8")
LAW, _ = SCRIPT.split("# ---- Models ---")
ANALYSES = "# ---- Analyses ---" + SCRIPT.split("# ---- Analyses ---")[1].split("# ---- Training ---")[0]
study = {"__name__": "study"}
exec(compile(LAW + ANALYSES, "train_copra.py", "exec"), study)


def checkpoint(path):
    """Tensors of a safetensors file of float32."""
    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    return {
        name: torch.frombuffer(bytearray(data[8 + length :][slice(*entry["data_offsets"])]), dtype=torch.float32).reshape(entry["shape"])
        for name, entry in header.items()
    }


def linear(tensors, name):
    weight, bias = tensors[f"{name}.weight"], tensors[f"{name}.bias"]
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight.data, layer.bias.data = weight.clone(), bias.clone()
    return layer


class Vit(nn.Module):
    """A pre-norm ViT as published, its maps by our names."""

    MAPS = {
        "q": "attention.attention.query", "k": "attention.attention.key", "v": "attention.attention.value",
        "o": "attention.output.dense", "fc1": "intermediate.dense", "fc2": "output.dense",
    }  # fmt: skip

    def __init__(self, tensors, layers, heads):
        super().__init__()
        self.tensors, self.heads = tensors, heads
        self.maps = nn.ModuleList(
            nn.ModuleDict({ours: linear(tensors, f"vit.encoder.layer.{i}.{theirs}") for ours, theirs in self.MAPS.items()})
            for i in range(layers)
        )

    def norm(self, x, name):
        return nn.functional.layer_norm(x, x.shape[-1:], self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"], 1e-6)

    def forward(self, pixels):
        """Features [batch, width] of pixels [batch, 3, side, side]."""
        embed = "vit.embeddings."
        kernel, bias = (self.tensors[f"{embed}patch_embeddings.projection.{part}"] for part in ("weight", "bias"))
        x = nn.functional.conv2d(pixels, kernel, bias, stride=kernel.shape[-1]).flatten(2).transpose(1, 2)
        x = torch.cat([self.tensors[f"{embed}cls_token"].expand(len(x), -1, -1), x], 1) + self.tensors[f"{embed}position_embeddings"]
        for i, maps in enumerate(self.maps):
            y = self.norm(x, f"vit.encoder.layer.{i}.layernorm_before")
            q, k, v = (maps[name](y).unflatten(-1, (self.heads, -1)).transpose(1, 2) for name in "qkv")
            attended = nn.functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)
            x = x + maps["o"](attended)
            x = x + maps["fc2"](nn.functional.gelu(maps["fc1"](self.norm(x, f"vit.encoder.layer.{i}.layernorm_after"))))
        return self.norm(x, "vit.layernorm")[:, 0]


class Scorer(nn.Module):
    """What the analyses need of the script's."""

    def __init__(self, arm, data, tensors):
        super().__init__()
        self.vit = Vit(tensors, data["layers"], data["heads"])
        self.vit.requires_grad_(False)
        places = [tuple(place) for place in data["places"][arm["id"]]]
        self.lora_layers = []
        for _, layer, name in places:
            maps = self.vit.maps[layer]
            maps[name] = LoraLinear(maps[name], arm["rank"], arm["alpha"] / arm["rank"], arm["dora"])
            self.lora_layers.append(maps[name])
        self.gates = study["Gates"](self.lora_layers, places, arm, study["TRAINING"]["steps"])
        width = self.vit.maps[0]["q"].lora_A["default"].weight.shape[1]
        self.head = nn.Linear(width, len(study["PROMPTS"]))

    def features(self, pixels):
        return self.vit(pixels)

    def forward(self, pixels):
        return self.head(self.features(pixels))


def images(data, name):
    side = data["side"]
    given = data["images"][name]
    pixels = torch.tensor(given["pixels"], dtype=torch.float32).reshape(-1, side, side, 3).permute(0, 3, 1, 2)
    mean, std = (torch.tensor(data[part]).reshape(3, 1, 1) for part in ("mean", "std"))
    return list(((pixels / 255 - mean) / std).split(32)), torch.tensor(given["labels"])


def main():
    torch.set_num_threads(1)
    tensors, data = checkpoint(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text())
    train, validation, test = (images(data, name) for name in ("train", "validation", "test"))
    result = study["new_result"]([len(labels) for _, labels in (train, validation, test)], test[1], "cpu")
    frozen = None
    for arm in study["ARMS"]:
        scorer = Scorer(arm, data, tensors)
        bench, chosen = study["Bench"](scorer, *test), study["Bench"](scorer, *validation)
        if frozen is None:
            for layer in bench.layers:
                layer._disable_adapters = True
            benches = [study["Bench"](scorer, *train), chosen, bench]
            parts = [part for each in benches for part in (each.run(scorer.features), each.labels)]
            found = study["head_only"](*parts)
            result["task"]["headOnly"], frozen = found.answered(), found.accuracy
        mine = [adapter for adapter in data["adapters"] if adapter["arm"] == arm["id"]]
        adapters = {
            adapter["seed"]: {
                kind: [
                    torch.tensor(value, dtype=torch.float32).reshape(shape.shape)
                    for value, shape in zip(adapter[kind], bench.tensors()[kind])
                ]
                for kind in ("a", "b", "m", "head")
            }
            for adapter in mine
        }
        if bench.is_dora:  # given as changes of the row norms
            for adapter in adapters.values():
                adapter["m"] = [change + base.norm(dim=1) for change, base in zip(adapter["m"], bench.base)]
        runs = {run["seed"]: {**run, "test": None} for run in data["runs"] if run["arm"] == arm["id"]}
        study["analyse_arm"](result, arm, bench, chosen, adapters, runs, frozen)
    print(json.dumps(result, allow_nan=False))


if __name__ == "__main__":
    main()
