"""Runs the analyses of an exported script on a plain ViT with given adapters, and prints the result. Needs torch alone.

    analyses_in_torch.py SCRIPT MODEL DATA    MODEL: a checkpoint of a ViT; DATA: images, labels and adapters as JSON
"""

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

import torch

from plain_vit import Scorer, checkpoint, images, parts_of

study = {"__name__": "study"}
exec(compile(parts_of(Path(sys.argv[1]).read_text(encoding="utf8")), "train_copra.py", "exec"), study)


def main():
    torch.set_num_threads(1)
    tensors, data = checkpoint(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text())
    train, validation, test = (images(data, name) for name in ("train", "validation", "test"))
    result = study["new_result"]([len(labels) for _, labels in (train, validation)], test[1], "cpu")
    result["task"]["motifs"] = data["images"]["test"]["motifs"]
    frozen = None
    seeds = {arm["id"]: [each["seed"] for each in data["adapters"] if each["arm"] == arm["id"]] for arm in study["ARMS"]}
    analysed = study["analysed_seeds"](seeds, study["STUDY"]["analyses"]["shapley"]["seedsPerArm"])
    for arm in study["ARMS"]:
        scorer = Scorer(study, arm, data, tensors)
        bench, chosen = study["Bench"](scorer, *test), study["Bench"](scorer, *validation)
        if frozen is None:
            for layer in bench.layers:
                layer._disable_adapters = True
            benches = [study["Bench"](scorer, *train), chosen, bench]
            parts = [part for each in benches for part in (each.run(scorer.features), each.labels)]
            found = study["head_only"](*parts)
            result["task"]["headOnly"], frozen = found.answered(), found.accuracy
        mine = [adapter for adapter in data["adapters"] if adapter["arm"] == arm["id"]]
        adapters = {
            adapter["seed"]: {
                kind: [
                    torch.tensor(value, dtype=torch.float32).reshape(shape.shape)
                    for value, shape in zip(adapter[kind], bench.tensors()[kind])
                ]
                for kind in ("a", "b", "m", "head")
            }
            for adapter in mine
        }
        if bench.is_dora:  # given as changes of the row norms
            for adapter in adapters.values():
                adapter["m"] = [change + base.norm(dim=1) for change, base in zip(adapter["m"], bench.base)]
        runs = {run["seed"]: {**run, "test": None} for run in data["runs"] if run["arm"] == arm["id"]}
        with redirect_stdout(sys.stderr):  # which says how far it is
            study["analyse_arm"](result, arm, bench, chosen, adapters, runs, frozen, analysed[arm["id"]])
    print(json.dumps(result, allow_nan=False))


if __name__ == "__main__":
    main()
