"""PyTorch as a contender, in a process of its own, which answers one question per line.

Usage: python3 torch_peer.py FOLDER THREADS. FOLDER holds problem.json, which says what the tensors in problem.bin are (float32, one behind the
other), and how many images a forward and a step take. Lines are `forward` and `step`; the reply is a JSON object with the wall and processor
milliseconds that it took, and the first scores or the loss. Adapters are merged into the weights for a forward, as in the other contenders, and
are two skinny products in a step, as PEFT computes them.
"""

import json
import math
import sys
import time

import torch
import torch.nn.functional as F

from torch_problem import read_problem

folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
problem, tensors = read_problem(folder)

config = problem["config"]
heads, tokens, width, layers = config["heads"], config["tokens"], config["width"], config["layers"]
scale = problem["scale"]
labels = torch.tensor(problem["labels"])


def norm(x, name):
    return F.layer_norm(x, (width,), tensors[name + ".gain"], tensors[name + ".bias"], config["epsilon"])


def linear(x, name, factors):
    y = F.linear(x, tensors[name + ".weight"], tensors.get(name + ".bias"))
    if name in factors:
        a, b = factors[name]
        y = y + F.linear(F.linear(x, a), b) * scale
    return y


def scores(embedded, factors, weights=None):
    x = embedded
    for layer in range(layers):
        last = layer == layers - 1
        name = f"blocks.{layer}."

        def split(y):
            return y.reshape(y.shape[0], -1, heads, width // heads).transpose(1, 2)

        normed = norm(x, name + "ln1")
        query = normed[:, :1] if last else normed
        q, k, v = (split(linear(y, name + part, factors)) for y, part in ((query, "q"), (normed, "k"), (normed, "v")))
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(query.shape)
        x = (x[:, :1] if last else x) + linear(mixed, name + "o", factors)
        hidden = linear(norm(x, name + "ln2"), name + "fc1", factors)
        x = x + linear(hidden * torch.sigmoid(1.702 * hidden), name + "fc2", factors)
    features = F.normalize(F.linear(norm(x[:, 0], "finalNorm"), tensors["projection.weight"]), dim=-1)
    return features @ tensors["features"].T * problem["temperature"]


def embed(patches):
    with torch.no_grad():
        x = linear(patches, "embedding", {})
        x = torch.cat([tensors["classToken"].expand(x.shape[0], 1, width), x], 1) + tensors["positions"]
        return norm(x, "preNorm") if "preNorm.gain" in tensors else x


patches = tensors["patches"]
factors = {
    name: tuple(tensors[f"{name}.{factor}"].clone().requires_grad_() for factor in "AB") for name in problem["adapted"]
}
optimizer = torch.optim.AdamW([p for pair in factors.values() for p in pair], lr=problem["rate"], weight_decay=0.0)


def forward():
    with torch.inference_mode():
        return scores(embed(patches), {}).flatten()[:64].tolist()


def step():
    optimizer.zero_grad()
    loss = F.cross_entropy(scores(embed(patches[: len(labels)]), factors), labels)
    loss.backward()
    optimizer.step()
    return [loss.item()]


def gigaflops():
    """Of the best of six products, per second of processor time, so that other work on the machine does not count."""
    a = torch.rand(768, 768)
    best = math.inf
    for _ in range(6):
        start = time.process_time()
        a @ a
        best = min(best, time.process_time() - start)
    return 2 * 768**3 / best / 1e9


print(json.dumps({"version": torch.__version__, "gigaflops": gigaflops()}), flush=True)
for line in sys.stdin:
    command = line.strip()
    if command == "end":
        break
    wall, cpu = time.perf_counter(), time.process_time()
    values = forward() if command == "forward" else step()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"wall": 1000 * wall, "cpu": 1000 * cpu, "values": values}), flush=True)
