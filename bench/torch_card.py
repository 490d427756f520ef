"""PyTorch on a graphics card as a contender, in a process of its own, which answers one question per line.

Usage: python3 torch_card.py FOLDER. FOLDER holds problem.json, which says what the tensors in problem.bin are (float32, one behind the other).
Adapters are PEFT's where it can be imported, otherwise plain modules that compute the same. Lines are `WAY COUNT`, WAY being `eager` or `compiled`:
COUNT training steps in a row, with one wait at their end. The reply is a JSON object with their wall milliseconds, the processor's, and the loss
before the first of them; or with the reason why there is none. Products are float32, without TF32.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

from torch_problem import read_problem

folder = sys.argv[1]
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.set_float32_matmul_precision("highest")
problem, tensors = read_problem(folder, device)
config = problem["config"]
heads, tokens, width, layers = config["heads"], config["tokens"], config["width"], config["layers"]
labels = torch.tensor(problem["labels"], device=device)
rank = tensors[problem["adapted"][0] + ".A"].shape[0]

try:
    import peft

    peft_version = peft.__version__
except ImportError:
    peft_version = None


def linear(name):
    weight, bias = tensors[name + ".weight"], tensors.get(name + ".bias")
    module = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None, device=device)
    module.weight.data.copy_(weight)
    if bias is not None:
        module.bias.data.copy_(bias)
    return module


def norm(name):
    module = nn.LayerNorm(width, eps=config["epsilon"], device=device)
    module.weight.data.copy_(tensors[name + ".gain"])
    module.bias.data.copy_(tensors[name + ".bias"])
    return module


class Block(nn.Module):
    def __init__(self, name, last):
        super().__init__()
        self.last = last
        self.ln1, self.ln2 = norm(name + "ln1"), norm(name + "ln2")
        self.q, self.k, self.v, self.o = (linear(name + part) for part in "qkvo")
        self.fc1, self.fc2 = linear(name + "fc1"), linear(name + "fc2")

    def forward(self, x):
        def split(y):
            return y.reshape(y.shape[0], -1, heads, width // heads).transpose(1, 2)

        normed = self.ln1(x)
        query = normed[:, :1] if self.last else normed
        mixed = F.scaled_dot_product_attention(split(self.q(query)), split(self.k(normed)), split(self.v(normed)))
        x = (x[:, :1] if self.last else x) + self.o(mixed.transpose(1, 2).reshape(query.shape))
        hidden = self.fc1(self.ln2(x))
        return x + self.fc2(hidden * torch.sigmoid(1.702 * hidden))


class Tower(nn.Module):
    """Scores of embedded patches [images, tokens, width]."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList(Block(f"blocks.{n}.", n == layers - 1) for n in range(layers))
        self.final_norm, self.projection = norm("finalNorm"), linear("projection")

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        features = F.normalize(self.projection(self.final_norm(x[:, 0])), dim=-1)
        return features @ tensors["features"].T * problem["temperature"]


class Adapted(nn.Module):
    """A linear map with LoRA, as PEFT computes it."""

    def __init__(self, base, a, b):
        super().__init__()
        self.base = base
        self.a, self.b = nn.Parameter(a.clone()), nn.Parameter(b.clone())

    def forward(self, x):
        return self.base(x) + F.linear(F.linear(x, self.a), self.b) * problem["scale"]


def adapted_tower():
    tower = Tower().requires_grad_(False)
    names = problem["adapted"]
    if peft_version is None:
        for name in names:
            parent, part = name.rsplit(".", 1)
            a, b = tensors[name + ".A"], tensors[name + ".B"]
            setattr(tower.get_submodule(parent), part, Adapted(getattr(tower.get_submodule(parent), part), a, b))
        return tower
    lora = peft.LoraConfig(r=rank, lora_alpha=problem["scale"] * rank, lora_dropout=0.0, target_modules=list(names))
    tower = peft.inject_adapter_in_model(lora, tower)
    for name in names:
        module = tower.get_submodule(name)
        module.lora_A["default"].weight.data.copy_(tensors[name + ".A"])
        module.lora_B["default"].weight.data.copy_(tensors[name + ".B"])
    return tower


def embed(patches):
    with torch.no_grad():
        x = F.linear(patches, tensors["embedding.weight"], tensors.get("embedding.bias"))
        x = torch.cat([tensors["classToken"].expand(x.shape[0], 1, width), x], 1) + tensors["positions"]
        if "preNorm.gain" in tensors:
            x = F.layer_norm(x, (width,), tensors["preNorm.gain"], tensors["preNorm.bias"], config["epsilon"])
        return x


class Training:
    def __init__(self, way):
        tower = adapted_tower()
        trained = [parameter for parameter in tower.parameters() if parameter.requires_grad]
        self.scores = torch.compile(tower) if way == "compiled" else tower
        self.optimizer = torch.optim.AdamW(trained, lr=problem["rate"], weight_decay=0.0)
        self.patches = tensors["patches"][: len(labels)]

    def step(self):
        self.optimizer.zero_grad()
        loss = F.cross_entropy(self.scores(embed(self.patches)), labels)
        loss.backward()
        self.optimizer.step()
        return loss.detach()


def wait():
    if device.type == "cuda":
        torch.cuda.synchronize()


name = f"cuda: {torch.cuda.get_device_name()}" if device.type == "cuda" else "cpu"
print(json.dumps({"version": torch.__version__, "device": name, "peft": peft_version}), flush=True)
trainings = {}
for line in sys.stdin:
    if line.strip() == "end":
        break
    way, count = line.split()
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        if way not in trainings:
            trainings[way] = Training(way)
        losses = [trainings[way].step() for _ in range(int(count))]
        wait()
        answer = {"values": [losses[0].item()], "error": None}
    except Exception as error:  # a compiler that is missing must not end the others
        answer = {"values": [], "error": str(error).strip().split("\n")[-1][:300]}
    answer["wall"] = 1000 * (time.perf_counter() - wall)
    answer["cpu"] = 1000 * (time.process_time() - cpu)
    print(json.dumps(answer), flush=True)
