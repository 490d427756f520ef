"""Reads a problem that torch-problem.ts wrote: problem.json says what the tensors in problem.bin are (float32, one behind the other)."""

import json
import math
import os

import torch


def read_problem(folder, device="cpu"):
    """The description, and the tensors on the device by name."""
    with open(os.path.join(folder, "problem.json")) as file:
        problem = json.load(file)
    with open(os.path.join(folder, "problem.bin"), "rb") as file:
        flat = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
    tensors, at = {}, 0
    for name, shape in problem["tensors"]:
        count = math.prod(shape)
        tensors[name] = flat[at : at + count].reshape(shape).to(device)
        at += count
    return problem, tensors
