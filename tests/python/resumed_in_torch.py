"""Stops an exported study's analyses before its second arm and begins them again: tells which arms were analysed each time. Needs torch alone.

    resumed_in_torch.py STUDY    JSON as in study_in_torch.py, whose runs are trained and analysed
"""

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

import torch

from study_in_torch import opened

of = json.loads(sys.argv[1])
out = Path(of["out"])
result, stopped = out / "result.json", out / "result.stopped.json"


def analysed(stops=False, **changed):
    """The arms that are analysed. stops: before the second; changed: of the names of the script"""
    study, arms = opened(of), []
    study.update(changed)
    analyse_arm = study["analyse_arm"]

    def told(found, arm, *given):
        if stops and arm is study["ARMS"][1]:
            raise KeyboardInterrupt
        arms.append(arm["id"])
        analyse_arm(found, arm, *given)

    study["analyse_arm"] = told
    try:
        with redirect_stdout(sys.stderr):
            study["analyse"](Path(), out, torch.device("cpu"))
    except KeyboardInterrupt:
        pass
    return arms


def contents():
    found = json.loads(result.read_text())
    return {**found, "provenance": None}


def after_a_stop(**changed):
    """The arms that are analysed after a stop and this change."""
    analysed(stops=True)
    return analysed(**changed)


whole = contents()
told = {"stopped": analysed(stops=True), "goneOn": analysed(), "same": contents() == whole, "left": stopped.exists()}
[adapter] = (path for path in (out / "one-4").iterdir() if path.suffix == ".pt")
kept = adapter.read_bytes()
analysed(stops=True)
torch.save({name: -value for name, value in torch.load(adapter).items()}, adapter)
run = out / "one-4" / "run.json"
said = run.read_text()
run.write_text(json.dumps({**json.loads(said), "weights": {adapter.name: adapter.stat().st_size}}))
told["otherAdapter"] = analysed()
adapter.write_bytes(kept)
run.write_text(said)
told["otherImages"] = after_a_stop(digest_of=lambda folder: folder.name if folder.name == "test" else None)
told["otherSettings"] = after_a_stop(VERSION="another")
analysed(stops=True)
stopped.write_text(stopped.read_text()[:50])
told["halfFile"] = analysed()
print(json.dumps(told))
