"""Trains small adapters with transformers and PEFT alone, and keeps them with their logits in tests/golden/peft. Needs both, and safetensors.

    python tests/python/trained_by_peft.py    from the root of the repository

Models, images and prompts are those of the golden forwards. tests/integration/trained-by-peft.test.ts expects the logits of this project, on every machine.
"""

import json
import shutil
from pathlib import Path

import accelerate
import peft
import torch
import transformers
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import AutoModel, AutoModelForImageClassification, CLIPModel

GOLDEN = Path("tests/golden")
CLASSES = 3
STEPS = 20
# A folder: its model, and settings of LoraConfig as PEFT's users write them. "auto": a bare model with a classifier put on, as the exported script trains it.
ADAPTERS = {
    "clip-both-towers": ("clip", {"r": 4, "lora_alpha": 8, "target_modules": ["q_proj", "v_proj", "fc1"]}),
    "clip-dora": ("clip", {"r": 2, "lora_alpha": 2, "use_dora": True, "target_modules": ["k_proj", "out_proj"]}),
    "vit-auto": ("vit", {"r": 4, "lora_alpha": 4, "use_dora": True, "target_modules": ["query", "value", "q_proj", "v_proj"]}),
    "vit-all-linear": ("vit", {"r": 3, "lora_alpha": 6, "use_rslora": True, "target_modules": "all-linear"}),
    "dinov2-auto": (
        "dinov2",
        {"r": 4, "lora_alpha": 4, "layers_to_transform": [0, 2], "target_modules": ["query", "value", "q_proj", "v_proj", "fc1", "fc2"]},
    ),
}


def logits_of(model, inputs):
    if "input_ids" in inputs:
        return model(input_ids=inputs["input_ids"].long(), pixel_values=inputs["pixel_values"]).logits_per_image
    output = model(pixel_values=inputs["pixel_values"])
    return output.logits if "logits" in output else model.base_model.model.classifier(output.last_hidden_state[:, 0])


def train(model, inputs):
    """Every image is of a class of its own, as far as there are classes."""
    labels = torch.arange(len(inputs["pixel_values"])) % logits_of(model, inputs).shape[1]
    optimizer = torch.optim.AdamW([each for each in model.parameters() if each.requires_grad], lr=0.01)
    model.train()
    for _ in range(STEPS):
        loss = torch.nn.functional.cross_entropy(logits_of(model, inputs), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return loss.item()


def main():
    out = GOLDEN / "peft"
    shutil.rmtree(out, ignore_errors=True)
    for name, (family, settings) in ADAPTERS.items():
        torch.manual_seed(7)
        inputs = load_file(str(GOLDEN / family / "forward.safetensors"))
        source = str(GOLDEN / family)
        own = None if family == "clip" else ["classifier"]
        if family == "clip":
            model = CLIPModel.from_pretrained(source)
        elif name.endswith("auto"):
            model = AutoModel.from_pretrained(source)
            model.classifier = torch.nn.Linear(model.config.hidden_size, CLASSES)
        else:
            model = AutoModelForImageClassification.from_pretrained(source, num_labels=CLASSES, ignore_mismatched_sizes=True)
        model = get_peft_model(model, LoraConfig(modules_to_save=own, **settings))
        loss = train(model, inputs)
        model.eval()
        model.save_pretrained(str(out / name))
        (out / name / "README.md").unlink()
        with torch.no_grad():
            save_file({"logits": logits_of(model, inputs).contiguous()}, str(out / name / "logits.safetensors"))
        print(f"{name}: loss {loss:.3f}")
    versions = {package.__name__: package.__version__ for package in (torch, transformers, peft, accelerate)}
    (out / "versions.json").write_text(json.dumps(versions, indent=2) + "\n")


if __name__ == "__main__":
    main()
