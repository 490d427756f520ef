#!/usr/bin/env python3
"""The study as a sweep of Ray Tune: one trial per run, then all analyses in one.

    pip install "ray[tune]"
    python ray_tune.py --data FOLDER --out FOLDER_THAT_ALL_MACHINES_SEE

Needs train_copra.py beside it, and what that needs. Start it in a folder that all machines see: names of files, as of a
backbone in a folder, are taken from there. OUT/result.json is for the page.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

RUNS = @@RUNS@@  # arm and seed of every run, in the order of train_copra.py: ARMS and SEEDS there
SCRIPT = Path(__file__).resolve().parent / "train_copra.py"


def command(data, out, *more):
    return [sys.executable, str(SCRIPT), "--data", str(data), "--out", str(out), *more]


def trial(config):
    """One run. Its last loss is what Ray shows."""
    # Ray gives every trial a folder of its own to work in.
    subprocess.run(command(config["data"], config["out"], "--run", str(config["run"])), check=True, cwd=config["start"])
    arm, seed = RUNS[config["run"]]
    run = json.loads((Path(config["out"]) / f"{arm}-{seed}" / "run.json").read_text())
    return {"loss": run["losses"][-1] if run["losses"] else float("inf"), "arm": arm, "seed": seed}


def main():
    from ray import tune

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and test/, one sub-folder per class")
    parser.add_argument("--out", type=Path, default=Path("adapters"), help="folder of the adapters and the result; %(default)s unless given")
    parser.add_argument("--cpus", type=float, default=4, help="of every trial, %(default)s unless given")
    parser.add_argument("--gpus", type=float, default=1, help="of every trial, %(default)s unless given; 0.5 lets two share one, 0 trains on processors alone")
    args = parser.parse_args()
    data, out = str(args.data.resolve()), str(args.out.resolve())
    space = {"run": tune.grid_search(list(range(len(RUNS)))), "data": data, "out": out, "start": os.getcwd()}
    trials = tune.Tuner(tune.with_resources(trial, {"cpu": args.cpus, "gpu": args.gpus}), param_space=space).fit()
    if trials.errors:
        raise SystemExit(f"{len(trials.errors)} of {len(RUNS)} runs failed; start again to repeat them.")
    subprocess.run(command(data, out, "--analyse"), check=True)


if __name__ == "__main__":
    main()
