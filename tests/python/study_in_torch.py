"""Trains and analyses an exported study on a plain CLIP, in one process or several. Needs torch alone.

    study_in_torch.py SCRIPT MODEL DATA OUT PROCESSES    MODEL: a checkpoint; DATA: images, tokens and places as JSON

The loop, the optimizer, the gates, the batches and the analyses are those of the script, which writes OUT/result.json. Its models and
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

SCRIPT, MODEL, DATA, OUT, PROCESSES = sys.argv[1:]


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
    """A set of DATA: bytes [images, side, side, 3] as base64, and labels; listed as files lie, or in the order of the page."""

    def __init__(self, study, data, name, shots=None):
        given, side = data["images"][name], data["side"]
        labels = given["labels"]
        order = study["page_order"](labels, name, shots) if given["listed"] else list(range(len(labels)))
        pixels = torch.frombuffer(bytearray(base64.b64decode(given["pixels"])), dtype=torch.uint8)
        mean, std = (torch.tensor(data[part]).reshape(3, 1, 1) for part in ("mean", "std"))
        self.pixels = (pixels.reshape(-1, side, side, 3)[order].permute(0, 3, 1, 2).float() / 255 - mean) / std
        self.labels = [labels[i] for i in order]

    def __len__(self):
        return len(self.labels)

    def batch(self, indices, augmented, device):
        assert not augmented
        return self.pixels[indices], torch.tensor([self.labels[i] for i in indices])


def opened(processes=None):
    """The names of the script. processes: what stands for accelerate."""
    data, tensors = json.loads(Path(DATA).read_text()), checkpoint(MODEL)
    study = {"__name__": "study"}
    exec(compile(parts_of(Path(SCRIPT).read_text(encoding="utf8")), "train_copra.py", "exec"), study)
    study["Scorer"] = lambda arm, seed, classes: plain_clip.Scorer(study, arm, data, tensors, seed)
    study["Images"] = lambda folder, shots=None: Images(study, data, folder.name, shots)
    study["optional_images"] = lambda folder: study["Images"](folder) if data["images"][folder.name]["labels"] else None
    study["STUDY"]["analyses"].pop("merging")  # which the script adds where a study does not ask for it
    study["weights_digests"] = lambda: []
    study["set_seed"] = torch.manual_seed
    study["Accelerator"] = lambda kwargs_handlers: processes
    study["DistributedDataParallelKwargs"] = dict
    return study


def train(index, count):
    torch.set_num_threads(1)
    if count > 1:
        dist.init_process_group("gloo", init_method=f"file://{OUT}/meet", rank=index, world_size=count)
    opened(Processes(index, count))["train_all"](Path(), Path(OUT))
    if count > 1:
        dist.destroy_process_group()


if __name__ == "__main__":
    Path(OUT).mkdir(parents=True, exist_ok=True)
    if int(PROCESSES) > 1:
        Path(OUT, "meet").unlink(missing_ok=True)
        torch.multiprocessing.spawn(train, (int(PROCESSES),), nprocs=int(PROCESSES))
    else:
        train(0, 1)
    opened()["analyse"](Path(), Path(OUT), torch.device("cpu"))
