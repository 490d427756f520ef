#!/usr/bin/env python3
"""Trains the study "@@TITLE@@" with transformers and peft: LoRA, and CopRA's random layer dropping.

    pip install torch torchvision transformers peft accelerate
    accelerate launch train_copra.py --data FOLDER --out adapters

Runs on one or many GPUs, or on a CPU. FOLDER holds train/CLASS/*.png and test/CLASS/*.png; the names of the classes
are the keys of PROMPTS below. Every run (arm and seed) ends as a PEFT adapter in OUT/ARM-SEED.

Written by CopRA Playground @@VERSION@@ from the settings of the study. The same as in the browser, number for number:
gates, initial factors and the order of the images, whose random generator (sfc32) is in this file. Not the same: the
augmentation and input dropout draw from torch's generator, and images are resized by the model's own processor. The
order of the images is that of their sorted paths, so it matches the browser's only for equal lists of files.
"""

import argparse
import json
import math
from pathlib import Path

# ---- The study ----------------------------------------------------------------------------------------------------

MODEL = @@MODEL@@
REVISION = @@REVISION@@  # commit of the model; None: its newest
ARMS = @@ARMS@@
SEEDS = @@SEEDS@@
TRAINING = @@TRAINING@@
PROMPTS = @@PROMPTS@@  # class: prompts, averaged when there are several (CLIP only)
ADAMW = {"betas": (0.9, 0.999), "eps": 1e-8}

# ---- Random numbers: sfc32, the same streams as in the browser ------------------------------------------------------

MASK = 0xFFFFFFFF


class Stream:
    """sfc32 by Chris Doty-Humphrey: one named stream of a seed, independent of all others."""

    def __init__(self, seed, name, index=0):
        key = 0x811C9DC5  # FNV-1a of the name
        for character in name:
            key = ((key ^ ord(character)) * 0x01000193) & MASK
        self.a, self.b, self.c, self.d = key, seed & MASK, (index * 0x9E3779B9) & MASK, 1
        for _ in range(16):
            self.uniform()

    def uniform(self):
        """Uniform in [0, 1), 32 bits."""
        a, b, c = self.a, self.b, self.c
        total = (a + b + self.d) & MASK
        self.d = (self.d + 1) & MASK
        self.a = b ^ (b >> 9)
        self.b = (c + (c << 3)) & MASK
        self.c = (((c << 21) | (c >> 11)) + total) & MASK
        return total / 4294967296

    def integer(self, bound):
        return math.floor(self.uniform() * bound)

    def shuffle(self, items):
        """Fisher and Yates, in place."""
        for i in range(len(items) - 1, 0, -1):
            j = self.integer(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


# ---- CopRA: which layers' adapters are active in a step -------------------------------------------------------------


def ramp(kind, x):
    """Shape of the ramp: 0 at x = 0, 1 at x = 1."""
    if x <= 0 or x >= 1:
        return min(1.0, max(0.0, x))
    if kind == "linear":
        return x
    if kind == "sine":
        return math.sin(math.pi / 2 * x)
    return math.expm1(x) / math.expm1(1)


def active_probability(arm, step):
    """p of a group at the 0-indexed step: rises from p0 to 1 over the first part of training, then stays (CopRA)."""
    if arm["method"] == "layer-drop":
        return arm["keepProbability"]
    if arm["method"] != "copra":
        return 1.0
    ramp_steps = max(1, math.ceil(arm["rampFraction"] * TRAINING["steps"] - 1e-9))
    x = step / ramp_steps
    return 1.0 if x >= 1 else min(1.0, arm["p0"] + (1 - arm["p0"]) * ramp(arm["schedule"], x))


def draw_gates(probability, groups, stream):
    """Every group with probability p, independently; if none is active, one of them, chosen uniformly."""
    gates = []
    for _ in range(groups):
        gates.append(stream.uniform() <= probability and probability > 0)
    if not any(gates):
        gates[stream.integer(groups)] = True
    return gates


def learning_rate(arm, step):
    peak, warmup, steps = arm["learningRate"], TRAINING["warmupSteps"], TRAINING["steps"]
    if step < warmup:
        return peak * (step + 1) / (warmup + 1)
    if TRAINING["learningRateSchedule"] == "constant":
        return peak
    x = min(1.0, (step - warmup) / max(1, steps - warmup))
    return peak * (1 + math.cos(math.pi * x)) / 2


def batch_indices(seed, count, step):
    """Images of a step: epochs in a seeded order, equal for all arms."""
    indices = []
    for position in range(step * TRAINING["batchSize"], (step + 1) * TRAINING["batchSize"]):
        epoch = position // count
        if batch_indices.key != (seed, count, epoch):
            batch_indices.key = (seed, count, epoch)
            batch_indices.order = Stream(seed, "order", epoch).shuffle(list(range(count)))
        indices.append(batch_indices.order[position % count])
    return indices


batch_indices.key, batch_indices.order = None, []

# ---- Models ---------------------------------------------------------------------------------------------------------

import torch  # noqa: E402
from accelerate import Accelerator, DistributedDataParallelKwargs  # noqa: E402
from accelerate.utils import set_seed  # noqa: E402
from peft import LoraConfig, get_peft_model  # noqa: E402
from peft.tuners.lora import LoraLayer  # noqa: E402
from torch import nn  # noqa: E402
from torchvision import transforms  # noqa: E402
from torchvision.datasets import ImageFolder  # noqa: E402
from transformers import @@IMPORTS@@  # noqa: E402

# Where the adapted maps lie, whatever the version of transformers: (tower, layer, projection) of a module path.
@@PATHS@@


def target_pattern(arm):
    """A regular expression for exactly the maps that the arm adapts."""
    paths = [PATHS[tower].format(layer=r"\d+", name="(?:" + "|".join(NAMES[p]) + ")").replace(".", r"\.").replace(r"\\.", r"\.")
             for tower in TOWERS if tower in arm["towers"] for p in PROJECTIONS if p in arm["projections"]]
    return "|".join(paths)
