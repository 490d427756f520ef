"""Trains and analyses exported studies on a plain CLIP, each in one process or several. Needs torch alone.

    study_in_torch.py STUDIES    JSON: [{"script", "model", "data", "out", "processes"}, …]; model: a checkpoint; data: a file of images, tokens and places

The loop, the optimizer, the gates, the batches and the analyses are those of the script, which writes out/result.json. Its models and
images are these here, and torch's own distributed training stands where it uses accelerate.
"""

import base64
import json
import sys
from contextlib import nullcontext
from pathlib import Path

import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

import plain_clip
from plain_vit import checkpoint, parts_of
from processes import in_processes


class Processes:
    """What the script asks of accelerate, on processors."""

    device = torch.device("cpu")

    def __init__(self, index, count):
        self.process_index, self.num_processes, self.is_main_process = index, count, index == 0

    def prepare(self, model, optimizer):
        return (DistributedDataParallel(model, find_unused_parameters=True) if self.num_processes > 1 else model), optimizer

    def unwrap_model(self, model):
        return model.module if isinstance(model, DistributedDataParallel) else model

    def autocast(self):
        return nullcontext()

    def backward(self, loss):
        loss.backward()

    def reduce(self, value, how):
        if self.num_processes == 1:
            return value
        total = value.clone()
        dist.all_reduce(total)
        return total / self.num_processes if how == "mean" else total

    def wait_for_everyone(self):
        if self.num_processes > 1:
            dist.barrier()

    def print(self, text):
        if self.is_main_process:
            print(text, file=sys.stderr)


class Images:
    """A set of the data: bytes [images, side, side, 3] as base64, and labels; listed as files lie, or in the order of the page."""

    def __init__(self, study, data, name, shots=None):
        given, side = data["images"][name], data["side"]
        labels = given["labels"]
        order = study["page_order"](labels, name, shots) if given["listed"] else list(range(len(labels)))
        pixels = torch.frombuffer(bytearray(base64.b64decode(given["pixels"])), dtype=torch.uint8)
        mean, std = (torch.tensor(data[part]).reshape(3, 1, 1) for part in ("mean", "std"))
        self.pixels = (pixels.reshape(-1, side, side, 3)[order].permute(0, 3, 1, 2).float() / 255 - mean) / std
        self.labels, self.motifs = [labels[i] for i in order], None

    def __len__(self):
        return len(self.labels)

    def batch(self, indices, augmented, device):
        assert not augmented
        return self.pixels[indices], torch.tensor([self.labels[i] for i in indices])


def opened(of, processes=None):
    """The names of the script of a study. processes: what stands for accelerate."""
    data, tensors = json.loads(Path(of["data"]).read_text()), checkpoint(of["model"])
    study = {"__name__": "study"}
    exec(compile(parts_of(Path(of["script"]).read_text(encoding="utf8")), "train_copra.py", "exec"), study)
    study["Scorer"] = lambda arm, seed, classes: plain_clip.Scorer(study, arm, data, tensors, seed)
    study["Images"] = lambda folder, shots=None, keeps=True: Images(study, data, folder.name, shots)
    study["optional_images"] = lambda folder: study["Images"](folder) if data["images"][folder.name]["labels"] else None
    study["STUDY"]["analyses"].pop("merging")  # which the script adds where a study does not ask for it
    study["weights_digests"] = lambda: []
    study["set_seed"] = torch.manual_seed
    study["Accelerator"] = lambda kwargs_handlers: processes
    study["DistributedDataParallelKwargs"] = dict
    return study


def train(index, of):
    torch.set_num_threads(1)
    count, out = of["processes"], of["out"]
    if count > 1:
        dist.init_process_group("gloo", init_method=f"file://{out}/meet", rank=index, world_size=count)
    opened(of, Processes(index, count))["train_all"](Path(), Path(out))
    if count > 1:
        dist.destroy_process_group()


def run(index, studies):
    of = studies[index]
    out = Path(of["out"])
    out.mkdir(parents=True, exist_ok=True)
    (out / "meet").unlink(missing_ok=True)
    if of["processes"] > 1:
        in_processes(train, (of,), of["processes"])
    else:
        train(0, of)
    opened(of)["analyse"](Path(), out, torch.device("cpu"))


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    in_processes(run, (given,), len(given))
