"""Several processes that have torch. Needs torch."""

import sys

import torch._dynamo  # the first optimizer of a process imports it
import torch.multiprocessing


def in_processes(work, args, count):
    """Runs work(rank, *args) in each. On Linux they are forks, which need not import torch: nothing before may have computed gradients."""
    method = "fork" if sys.platform == "linux" else "spawn"
    torch.multiprocessing.start_processes(work, args, nprocs=count, start_method=method)
