"""A plain ViT with LoRA layers, in torch alone: what an exported script's own parts are run on where it lacks its packages."""

import json
import struct
from functools import partial
from pathlib import Path

import torch
from torch import nn

from toy import LoraLinear


def parts_of(script):
    """An exported script without its models and images, which need more than torch: gates, rates, analyses, training, result."""
    law, rest = script.split("# ---- Models ---")
    return f"{law}import csv, time\nfrom torch import nn\n# ---- Analyses ---{rest.split('# ---- Analyses ---')[1]}"


def checkpoint(path):
    """Tensors of a safetensors file, as float32."""
    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    kinds = {"F32": torch.float32, "F16": torch.float16}
    tensors = {}
    for name, entry in header.items():
        values = torch.frombuffer(bytearray(data[8 + length :][slice(*entry["data_offsets"])]), dtype=kinds[entry["dtype"]])
        tensors[name] = values.float().reshape(entry["shape"])
    return tensors


def linear(tensors, name):
    weight, bias = tensors[f"{name}.weight"], tensors[f"{name}.bias"]
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight.data, layer.bias.data = weight.clone(), bias.clone()
    return layer


class Layer(nn.Module):
    """A layer of a pre-norm tower. maps: by our names; norms: one before each of its halves; curve: between the two last maps"""

    def __init__(self, maps, norms, heads, curve, causal=False):
        super().__init__()
        self.maps, self.norms, self.heads, self.curve, self.causal = nn.ModuleDict(maps), norms, heads, curve, causal

    def forward(self, x):
        before, after = self.norms
        y = before(x)
        q, k, v = (self.maps[name](y).unflatten(-1, (self.heads, -1)).transpose(1, 2) for name in "qkv")
        attended = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=self.causal).transpose(1, 2).flatten(2)
        x = x + self.maps["o"](attended)
        return x + self.maps["fc2"](self.curve(self.maps["fc1"](after(x))))


def adapted(layers, places, arm):
    """Puts adapters at these places of layers; gives them, and every layer by (tower, layer)."""
    found = []
    for _, layer, name in places:
        maps = layers[layer].maps
        maps[name] = LoraLinear(maps[name], arm["rank"], arm["alpha"] / arm["rank"], arm["dora"])
        found.append(maps[name])
    return found, {place[:2]: layers[place[1]] for place in places}


class Vit(nn.Module):
    """A pre-norm ViT as published, its maps by our names."""

    MAPS = {
        "q": "attention.attention.query", "k": "attention.attention.key", "v": "attention.attention.value",
        "o": "attention.output.dense", "fc1": "intermediate.dense", "fc2": "output.dense",
    }  # fmt: skip

    def __init__(self, tensors, layers, heads):
        super().__init__()
        self.tensors, self.layers = tensors, nn.ModuleList()
        for name in (f"vit.encoder.layer.{i}" for i in range(layers)):
            maps = {ours: linear(tensors, f"{name}.{theirs}") for ours, theirs in self.MAPS.items()}
            norms = [partial(self.norm, name=f"{name}.layernorm_{at}") for at in ("before", "after")]
            self.layers.append(Layer(maps, norms, heads, nn.functional.gelu))

    def norm(self, x, name):
        return nn.functional.layer_norm(x, x.shape[-1:], self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"], 1e-6)

    def forward(self, pixels):
        """Features [batch, width] of pixels [batch, 3, side, side]."""
        embed = "vit.embeddings."
        kernel, bias = (self.tensors[f"{embed}patch_embeddings.projection.{part}"] for part in ("weight", "bias"))
        x = nn.functional.conv2d(pixels, kernel, bias, stride=kernel.shape[-1]).flatten(2).transpose(1, 2)
        x = torch.cat([self.tensors[f"{embed}cls_token"].expand(len(x), -1, -1), x], 1) + self.tensors[f"{embed}position_embeddings"]
        for layer in self.layers:
            x = layer(x)
        return self.norm(x, "vit.layernorm")[:, 0]


class Scorer(nn.Module):
    """What analyses and training need of the script's. study: names of the script; seed: None leaves values to be put in."""

    def __init__(self, study, arm, data, tensors, seed=None):
        super().__init__()
        self.vit = Vit(tensors, data["layers"], data["heads"])
        self.vit.requires_grad_(False)
        places = [tuple(place) for place in data["places"][arm["id"]]]
        self.lora_layers, self.blocks = adapted(self.vit.layers, places, arm)
        self.gates = study["Gates"](self.lora_layers, places, arm, study["TRAINING"]["steps"], seed or 0)
        width = self.vit.layers[0].maps["q"].lora_A["default"].weight.shape[1]
        self.head = nn.Linear(width, len(study["PROMPTS"]))
        if seed is not None:
            study["draw_head"](self.head, len(places), seed)
            factors = [layer.lora_A["default"].weight for layer in self.lora_layers]
            for layer, a in zip(self.lora_layers, study["drawn_factors"]([tuple(a.shape) for a in factors], seed)):
                layer.lora_A["default"].weight.data = a
                layer.lora_B["default"].weight.data.zero_()

    def features(self, pixels):
        return self.vit(pixels)

    def forward(self, pixels):
        return self.head(self.features(pixels))


class Given:
    """A set in DATA, which lists images as files lie, as the script takes them. study: the script; shots: of every class."""

    def __init__(self, study, data, name, shots=None):
        batches, labels = images(data, name)
        order = study.page_order(labels.tolist(), name, shots)
        self.pixels, self.labels = torch.cat(batches)[order], labels[order].tolist()
        told = data["images"][name].get("motifs")
        self.motifs = told and [told[i] for i in order]

    def __len__(self):
        return len(self.labels)

    def batch(self, indices, augmented, device):
        assert not augmented
        return self.pixels[indices].to(device), torch.tensor([self.labels[i] for i in indices]).to(device)


def images(data, name):
    """(pixels in batches of 32, labels) of a set."""
    side = data["side"]
    given = data["images"][name]
    pixels = torch.tensor(given["pixels"], dtype=torch.float32).reshape(-1, side, side, 3).permute(0, 3, 1, 2)
    mean, std = (torch.tensor(data[part]).reshape(3, 1, 1) for part in ("mean", "std"))
    return list(((pixels / 255 - mean) / std).split(32)), torch.tensor(given["labels"])
