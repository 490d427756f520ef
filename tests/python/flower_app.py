"""An exported Flower app whose train_copra.py lends its parts that need torch alone: a plain ViT stands where it has a model of transformers."""

import json
import sys
import types
from pathlib import Path

import plain_vit


def open_app(app, model, data):
    """(the app's federation, its learning, the images by set). app: the folder with copra_flower; model: a checkpoint; data: JSON"""
    sys.path.insert(0, app)
    tensors, given = plain_vit.checkpoint(model), json.loads(Path(data).read_text())
    study = types.ModuleType("copra_flower.train_copra")
    script = Path(app, "copra_flower", "train_copra.py").read_text(encoding="utf8")
    exec(compile(plain_vit.parts_of(script), "train_copra.py", "exec"), study.__dict__)
    study.FOLDER = None
    study.weights_digests = lambda: []
    study.Scorer = lambda arm, seed, classes: plain_vit.Scorer(study.__dict__, arm, given, tensors, seed)
    sys.modules["copra_flower.train_copra"] = study

    from copra_flower import federation, learning

    shots = {"train": federation.STUDY["shots"]}
    images = {name: plain_vit.Given(study, given, name, shots.get(name)) for name in given["images"]}
    return federation, learning, images
