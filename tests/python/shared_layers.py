"""Tests every set of the layers of two small towers as an exported script does, and prints how often layers are computed. Needs torch alone.

    shared_layers.py SCRIPT
"""

import itertools
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import torch
from torch import nn

from plain_vit import parts_of
from toy import LoraLinear

study = {"__name__": "study"}
exec(compile(parts_of(Path(sys.argv[1]).read_text(encoding="utf8")), "train_copra.py", "exec"), study)
TOWERS = ("vision", "text")


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.map, self.computed = LoraLinear(nn.Linear(4, 4), 2, 1.0, False), 0

    def forward(self, x):
        self.computed += 1
        return torch.tanh(self.map(x))


class Scorer(nn.Module):
    """Two layers a tower, whose outputs are multiplied."""

    def __init__(self):
        super().__init__()
        places = [(tower, layer) for tower in TOWERS for layer in range(2)]
        self.layers = nn.ModuleList(Layer() for _ in places)
        self.blocks, self.lora_layers, self.head = dict(zip(places, self.layers)), [layer.map for layer in self.layers], None
        self.gates = SimpleNamespace(places=[(*place, "q") for place in places], scales=[1.0])

    def forward(self, pixels):
        vision, text = pixels, pixels.flip(1)
        for layer in range(2):
            vision, text = self.blocks["vision", layer](vision), self.blocks["text", layer](text)
        return vision * text


torch.manual_seed(0)
scorer = Scorer()
bench = study["Bench"](scorer, list(torch.randn(5, 4).split(3)), torch.tensor([0, 1, 2, 3, 0]))
adapter = bench.read()
adapter["b"] = [torch.randn_like(b) for b in adapter["b"]]
masks = [list(gates) for gates in itertools.product([True, False], repeat=4)]
shared = bench.masked(adapter, masks, "toy", 4)
computed = [layer.computed for layer in scorer.layers]
bench.put(adapter)
alone = [bench.answers(mask).logits[:4] for mask in masks]
print(json.dumps({
    "computed": computed,
    "equal": all(torch.equal(answers.logits, logits) for answers, logits in zip(shared, alone)),
    "different": len({tuple(answers.logits.flatten().tolist()) for answers in shared}),
    "afterwards": [layer.computed for layer in scorer.layers],
}))
