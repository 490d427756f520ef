"""Trains the toy transformer with copra_peft, and by hand; prints how far apart they end. Needs torch.

    gates_in_torch.py SETTINGS GATES    SETTINGS: of an arm; GATES: [steps][layers] of 0 and 1, drawn elsewhere
"""

import json
import math
import os
import sys
import tempfile

import torch
from torch.nn.functional import cross_entropy
from torch.nn.parallel import DistributedDataParallel

from copra_peft import copra
from processes import in_processes
from toy import LoraLinear, Toy, batches

STEPS, BATCH, SEED, RATE, DECAY, BETAS, EPS = 24, 8, 5, 0.02, 0.1, (0.9, 0.999), 1e-8


def toy(**kind):
    torch.manual_seed(1)
    return Toy(**kind).double()


def trained(model):
    return {name: value.detach().clone() for name, value in model.named_parameters() if value.requires_grad}


def adamw(model):
    return torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], RATE, BETAS, EPS, DECAY)


def step_of(model, optimizer, inputs, labels, parts=1):
    for x, y in zip(inputs.chunk(parts), labels.chunk(parts)):
        (cross_entropy(model(x), y) / parts).backward()
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)


def frozen_pass(model, layers, inputs):
    """As PEFT's `with model.disable_adapter():`, which switches every adapter on at its end."""
    for layer in layers:
        layer._disable_adapters = True
    with torch.no_grad():
        model(inputs)
    for layer in layers:
        layer._disable_adapters = False


def with_gates(settings, kind, parts=1, evaluate=False, reference=False, stop=None):
    """The plain loop of copra_peft. stop: the step at which the training is interrupted, and goes on from its checkpoint."""
    model = toy(**kind)
    optimizer = adamw(model)
    gates = copra(model, STEPS, SEED, **settings)
    inputs, labels = (part.double() if part.is_floating_point() else part for part in batches(STEPS, BATCH, 2))
    for step in range(STEPS):
        if step == stop:
            saved = json.dumps(gates.state_dict())
            weights, moments = model.state_dict(), optimizer.state_dict()
            model = toy(**kind)
            model.load_state_dict(weights)
            optimizer = adamw(model)
            optimizer.load_state_dict(moments)
            gates = copra(model, STEPS, SEED, **settings)
            gates.load_state_dict(json.loads(saved))
        gates.set(step)
        if evaluate:
            before = list(gates.active)
            with gates.everything_on():
                assert all(not layer._disable_adapters for layer in gates.layers)
                model(inputs[step])
            assert gates.active == before
        if reference:
            frozen_pass(model, gates.layers, inputs[step])
        step_of(model, optimizer, inputs[step], labels[step], parts)
    gates.open()
    return trained(model)


def by_hand(drawn, kind):
    """W + d s B A written out, and AdamW with a count of its own for every tensor, which an inactive layer's do not see."""
    model = toy(**kind)
    parameters = dict(model.named_parameters())
    state = {name: [0, torch.zeros_like(p), torch.zeros_like(p)] for name, p in parameters.items() if p.requires_grad}
    inputs, labels = batches(STEPS, BATCH, 2)
    for step in range(STEPS):
        active = {name for name in state if drawn[step][int(name.split(".")[1])]}
        for name, module in model.named_modules():
            if isinstance(module, LoraLinear):
                module._disable_adapters = not drawn[step][int(name.split(".")[1])]
        loss = cross_entropy(model(inputs[step].double()), labels[step])
        names = sorted(active)
        for name, gradient in zip(names, torch.autograd.grad(loss, [parameters[name] for name in names])):
            count, m, v = state[name]
            count, m, v = count + 1, BETAS[0] * m + (1 - BETAS[0]) * gradient, BETAS[1] * v + (1 - BETAS[1]) * gradient**2
            state[name] = [count, m, v]
            with torch.no_grad():
                p = parameters[name]
                p -= RATE * DECAY * p
                p -= RATE * m / (1 - BETAS[0] ** count) / ((v / (1 - BETAS[1] ** count)).sqrt() + EPS)
    return trained(model)


def distance(one, other):
    """The largest difference of any weight."""
    assert one.keys() == other.keys() and one
    return max((one[name] - other[name]).abs().max().item() for name in one)


def moved(end):
    return distance(end, trained(toy(dora=any("magnitude" in name for name in end))))


def worker(rank, settings, kind, folder):
    """One of two processes, each with half of every batch."""
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", init_method=f"file://{folder}/meet", rank=rank, world_size=2)
    model = toy(**kind)
    gates = copra(model, STEPS, SEED, **settings)
    optimizer = adamw(model)
    shared = DistributedDataParallel(model, find_unused_parameters=True)
    inputs, labels = batches(STEPS, BATCH, 2)
    tape, counts = [], {}
    for step in range(STEPS):
        tape.append([int(gate) for gate in gates.set(step)])
        step_of(shared, optimizer, inputs[step, rank::2].double(), labels[step, rank::2])
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            counts[name] = int(optimizer.state[parameter]["step"]) if parameter in optimizer.state else 0
    torch.save({"tape": tape, "counts": counts, "end": trained(model)}, os.path.join(folder, str(rank)))
    torch.distributed.destroy_process_group()


def two_processes(settings, kind):
    with tempfile.TemporaryDirectory() as folder:
        in_processes(worker, (settings, kind, folder), 2)
        return [torch.load(os.path.join(folder, str(rank))) for rank in range(2)]


def in_one_process(settings, kind, hand):
    return {
        "distance": distance(hand, with_gates(settings, kind)),
        "accumulated": distance(hand, with_gates(settings, kind, parts=4)),
        "evaluated": distance(hand, with_gates(settings, kind, evaluate=True)),
        "referenced": distance(hand, with_gates(settings, kind, reference=True)),
        "resumed": distance(hand, with_gates(settings, kind, stop=11)),
        "checkpointed": distance(hand, with_gates(settings, {**kind, "checkpointing": True})),
    }


def main():
    torch.set_num_threads(1)
    settings, drawn = (json.loads(given) for given in sys.argv[1:])
    ranks = two_processes(settings, {"dora": False})  # before gradients are computed here
    told = {}
    for case in ("lora", "dora"):
        kind = {"dora": case == "dora"}
        hand = by_hand(drawn, kind)
        told[case] = {"moved": moved(hand), **in_one_process(settings, kind, hand)}
        if case == "lora":
            distances = [distance(hand, rank["end"]) for rank in ranks]
            told["ddp"] = {
                "moved": moved(hand),
                "distance": max(distances),
                "tapes": [rank["tape"] for rank in ranks],
                "counts": ranks[0]["counts"],
            }
    assert all(math.isfinite(case["distance"]) for case in told.values())
    print(json.dumps(told))


if __name__ == "__main__":
    main()
