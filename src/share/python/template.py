#!/usr/bin/env python3
"""Trains the study "@@TITLE@@" with transformers and peft: LoRA, and CopRA's random layer dropping.

    pip install torch torchvision transformers peft accelerate
    accelerate launch train_copra.py --data FOLDER --out adapters

Runs on one or many GPUs, or on a CPU. FOLDER holds train/CLASS/*.png and test/CLASS/*.png; the names of the classes
are the keys of PROMPTS below. Every run (arm and seed) ends as a PEFT adapter in OUT/ARM-SEED.

Written by CopRA Playground @@VERSION@@ from the settings of the study. The same as in the browser, number for number:
gates, initial factors and the order of the images, whose random generator (sfc32) is in this file. Not the same: the
augmentation and input dropout draw from torch's generator, peft's DoRA also drops inputs of the frozen map, and images
are resized by the model's own processor. The order of the images is that of their sorted paths, so it matches the
browser's only for equal lists of files.
"""

import argparse
import json
import math
from contextlib import contextmanager
from pathlib import Path

# ---- The study ----------------------------------------------------------------------------------------------------

MODEL = @@MODEL@@
REVISION = @@REVISION@@  # commit of the model; None: its newest
ARMS = @@ARMS@@
SEEDS = @@SEEDS@@
TRAINING = @@TRAINING@@
PROMPTS = @@PROMPTS@@  # class: prompts, averaged when there are several (CLIP only)
ADAMW = {"betas": (0.9, 0.999), "eps": 1e-8}

# ---- CopRA: which layers' adapters are active in a step -------------------------------------------------------------

@@GATES@@

for each in ARMS:
    check(each)

# ---- Order and rate -------------------------------------------------------------------------------------------------


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

import re  # noqa: E402

import torch  # noqa: E402
import torchvision.transforms.functional as TF  # noqa: E402
from accelerate import Accelerator, DistributedDataParallelKwargs  # noqa: E402
from accelerate.utils import set_seed  # noqa: E402
from peft import LoraConfig, get_peft_model  # noqa: E402
from peft.tuners.lora import LoraLayer  # noqa: E402
from torch import nn  # noqa: E402
from torchvision.datasets import ImageFolder  # noqa: E402
from transformers import AutoConfig, AutoImageProcessor, AutoModel, AutoTokenizer, CLIPModel  # noqa: E402

PINNED = {"revision": REVISION} if REVISION else {}
PROJECTIONS = ["q", "k", "v", "o", "fc1", "fc2"]
# Names below a layer, in transformers before and since version 5, and in timm, where q, k and v are one map.
NAMES = @@NAMES@@
LAYER = re.compile(r"(?:^|\.)(?:layers?|blocks)\.(\d+)\.(.+)$")


def place(path):
    """(tower, layer, projection) of a module path; None when it is no map that can be adapted."""
    match = LAYER.search(path)
    projection = match and NAMES.get(match.group(2))
    if not projection:
        return None
    return ("text" if "text_model." in path else "vision", int(match.group(1)), projection)


def adapted_maps(model, arm):
    """Path and place of every map the arm adapts, in the order of the browser's adapters."""
    found = []
    for path, module in model.named_modules():
        where = place(path) if isinstance(module, nn.Linear) else None
        if where is None or where[0] not in arm["towers"]:
            continue
        if set(arm["projections"]) & ({"q", "k", "v"} if where[2] == "qkv" else {where[2]}):
            found.append((path, where))
    order = {name: i for i, name in enumerate(["qkv", *PROJECTIONS])}
    return sorted(found, key=lambda item: (item[1][0] != "vision", item[1][1], order[item[1][2]]))


def uniform_tensor(stream, shape, bound):
    values = [(2 * stream.uniform() - 1) * bound for _ in range(math.prod(shape))]
    return torch.tensor(values, dtype=torch.float64).to(torch.float32).reshape(shape)


def load_backbone():
    config = AutoConfig.from_pretrained(MODEL, **PINNED)
    model = (CLIPModel if config.model_type == "clip" else AutoModel).from_pretrained(MODEL, **PINNED)
    return model.float(), config.model_type


def fold_layer_scales(model):
    """Layer scales (DINOv2) become part of the frozen maps before them, as in the browser: AdamW then moves the same B.

    Returns the scale of every such map, [out], by its path.
    """
    folded = {}
    for path, layer in model.named_modules():
        if not hasattr(layer, "layer_scale1"):
            continue
        scales = {"o": layer.layer_scale1.lambda1, "fc2": layer.layer_scale2.lambda1}
        for below, module in layer.named_modules():
            scale = scales.get(NAMES.get(below)) if isinstance(module, nn.Linear) else None
            if scale is not None:
                folded[f"{path}.{below}"] = scale.detach().clone()
                module.weight.data *= scale.data[:, None]
                module.bias.data *= scale.data
        for scale in scales.values():
            if not scale.all():
                raise SystemExit(f"{path}: a layer scale of 0, whose B no adapter could hold.")
            scale.data.fill_(1)
    return folded


def encode_prompts(model, input_ids, attention_mask):
    features = model.text_projection(model.text_model(input_ids=input_ids, attention_mask=attention_mask).pooler_output)
    return nn.functional.normalize(features, dim=-1)


class Scorer(nn.Module):
    """Logits of images [batch, classes]: cosine to the class prompts for CLIP, a trained classifier otherwise."""

    def __init__(self, arm, seed, class_names):
        super().__init__()
        model, self.kind = load_backbone()
        self.is_clip = self.kind == "clip"
        self.text_is_adapted = self.is_clip and "text" in arm["towers"]
        if self.is_clip:
            self.prepare_prompts(model, class_names)
        scales = fold_layer_scales(model)
        maps = adapted_maps(model, arm)
        if not maps:
            raise SystemExit(f"{arm['name']} adapts nothing of {MODEL}.")
        if not self.is_clip:
            features = model.config.hidden_size
            model.classifier = nn.Linear(features, len(class_names))
            bound = 0.1 / math.sqrt(features)
            model.classifier.weight.data = uniform_tensor(
                Stream(seed, "init", len(maps)), (len(class_names), features), bound
            )
            model.classifier.bias.data.zero_()
        self.peft = get_peft_model(
            model,
            LoraConfig(
                r=arm["rank"],
                lora_alpha=arm["alpha"],
                use_rslora=arm["rsLora"],
                use_dora=arm["dora"],
                # A rate of 0 would make PEFT leave the dropout out; Gates.set gives every step its own.
                lora_dropout=max(input_dropout(arm, step, TRAINING["steps"]) for step in (0, TRAINING["steps"])),
                target_modules="|".join(re.escape(path) for path, _ in maps),
                modules_to_save=None if self.is_clip else ["classifier"],
            ),
        )
        self.gate_layers(arm, maps, seed)
        self.layer_scales = [scales.get(path) for path, _ in maps]

    def prepare_prompts(self, model, class_names):
        tokenizer = AutoTokenizer.from_pretrained(MODEL, **PINNED)
        prompts = [PROMPTS[name] for name in class_names]
        flat = [prompt for of_class in prompts for prompt in of_class]
        length = model.config.text_config.max_position_embeddings
        tokens = tokenizer(flat, padding="max_length", truncation=True, max_length=length, return_tensors="pt")
        self.register_buffer("input_ids", tokens["input_ids"], persistent=False)
        self.register_buffer("attention_mask", tokens["attention_mask"], persistent=False)
        if self.text_is_adapted:
            if len(flat) != len(prompts):
                raise SystemExit("Several prompts per class are averaged only while the text tower is frozen.")
            return
        with torch.no_grad():  # a frozen text tower is asked once
            features = encode_prompts(model, self.input_ids, self.attention_mask)
            parts = features.split([len(of_class) for of_class in prompts])
            means = torch.stack([part.mean(0) for part in parts])
        self.register_buffer("class_features", nn.functional.normalize(means, dim=-1), persistent=False)

    def gate_layers(self, arm, maps, seed):
        """Groups the adapters as they switch, and gives every A the browser's initial values."""
        layers = dict(self.peft.base_model.model.named_modules())
        self.lora_layers = [layers[path] for path, _ in maps]
        assert all(isinstance(layer, LoraLayer) for layer in self.lora_layers)
        self.gates = Gates(self.lora_layers, [where for _, where in maps], arm, TRAINING["steps"], seed)
        for index, layer in enumerate(self.lora_layers):
            a = layer.lora_A["default"].weight
            a.data = uniform_tensor(Stream(seed, "init", index), tuple(a.shape), 1 / math.sqrt(a.shape[1]))

    def save(self, folder):
        """Files are for the model as it is published: without its layer scales. The Scorer is of no use afterwards."""
        for layer, scale in zip(self.lora_layers, self.layer_scales):
            if scale is None:
                continue
            b = layer.lora_B["default"].weight
            b.data /= scale[:, None].to(b.device)
            if "default" in layer.lora_magnitude_vector:
                magnitudes = layer.lora_magnitude_vector["default"].weight
                magnitudes.data /= scale.abs().to(magnitudes.device)
        self.peft.save_pretrained(folder)

    def parameter_groups(self, arm):
        """B apart from the rest: LoRA+ gives it a learning rate of its own. DoRA's magnitudes do not decay."""
        groups = {
            "rest": {"params": [], "ratio": 1.0, "weight_decay": arm["weightDecay"]},
            "b": {"params": [], "ratio": arm["loraPlusRatio"], "weight_decay": arm["weightDecay"]},
            "magnitudes": {"params": [], "ratio": 1.0, "weight_decay": 0.0},
        }
        for name, parameter in self.named_parameters():
            if parameter.requires_grad:
                kind = "b" if ".lora_B." in name else "magnitudes" if ".lora_magnitude_vector." in name else "rest"
                groups[kind]["params"].append(parameter)
        return [group for group in groups.values() if group["params"]]

    def forward(self, pixel_values):
        model = self.peft.base_model.model
        if not self.is_clip:
            output = model(pixel_values=pixel_values)
            pooled = self.kind == "clip_vision_model"
            return model.classifier(output.pooler_output if pooled else output.last_hidden_state[:, 0])
        image = model.visual_projection(model.vision_model(pixel_values=pixel_values).pooler_output)
        image = nn.functional.normalize(image, dim=-1)
        if self.text_is_adapted:
            text = encode_prompts(model, self.input_ids, self.attention_mask)
        else:
            text = self.class_features
        return model.logit_scale.exp() * image @ text.T


# ---- Images ---------------------------------------------------------------------------------------------------------


class Images:
    """A folder with one sub-folder per class, as tensors the model takes."""

    def __init__(self, folder):
        self.files = ImageFolder(folder)
        unknown = set(self.files.classes) ^ set(PROMPTS)
        if unknown:
            raise SystemExit(f"{folder}: its classes and those of the study differ: {', '.join(sorted(unknown))}.")
        names = list(PROMPTS)
        self.labels = [names.index(self.files.classes[label]) for label in self.files.targets]
        self.processor = AutoImageProcessor.from_pretrained(MODEL, **PINNED)

    def __len__(self):
        return len(self.labels)

    def batch(self, indices, augmented, device):
        images = [self.files[i][0].convert("RGB") for i in indices]
        if augmented:
            images = [augment(image) for image in images]
        pixels = self.processor(images=images, return_tensors="pt")["pixel_values"]
        labels = torch.tensor([self.labels[i] for i in indices])
        return pixels.to(device), labels.to(device)


def augment(image):
    """Rotation of 17 degrees, scale 0.83 to 1.33, shift of 15 %, gain of 15 % per channel, 15 % of the images in grey."""

    def draw(low, high):
        return low + (high - low) * torch.rand(()).item()

    pixels = TF.pil_to_tensor(image)
    ring = torch.cat([pixels[:, 0], pixels[:, -1], pixels[:, :, 0], pixels[:, :, -1]], dim=1)
    border = ring.float().median(dim=1).values.tolist()
    width, height = image.size
    pixels = TF.affine(
        pixels.float(),
        angle=math.degrees(draw(-0.3, 0.3)),
        translate=[draw(-0.15, 0.15) * width, draw(-0.15, 0.15) * height],
        scale=1 / draw(0.75, 1.2),
        shear=[0.0, 0.0],
        interpolation=TF.InterpolationMode.BILINEAR,
        fill=border,
    )
    gains = torch.tensor([draw(0.85, 1.15) for _ in range(3)]).reshape(3, 1, 1)
    pixels = (pixels * gains).clamp(0, 255)
    if torch.rand(()).item() < 0.15:
        pixels = TF.rgb_to_grayscale(pixels, num_output_channels=3)
    return TF.to_pil_image(pixels.round().to(torch.uint8))


# ---- Training -------------------------------------------------------------------------------------------------------


def accuracy(accelerator, scorer, images):
    """Share of the images classified correctly, with every adapter on."""
    plain = accelerator.unwrap_model(scorer)
    plain.gates.open()
    scorer.eval()
    mine = list(range(len(images)))[accelerator.process_index :: accelerator.num_processes]
    correct = torch.zeros((), device=accelerator.device)
    with torch.no_grad():
        for start in range(0, len(mine), 64):
            pixels, labels = images.batch(mine[start : start + 64], False, accelerator.device)
            correct += (plain(pixels).argmax(-1) == labels).sum()
    scorer.train()
    return accelerator.reduce(correct, "sum").item() / len(images)


def train_run(accelerator, arm, seed, train, test, out):
    set_seed(seed)
    scorer = Scorer(arm, seed, list(PROMPTS))
    plain = scorer
    optimizer = torch.optim.AdamW(scorer.parameter_groups(arm), lr=arm["learningRate"], **ADAMW)
    scorer, optimizer = accelerator.prepare(scorer, optimizer)
    share = accelerator.num_processes / TRAINING["batchSize"]
    for step in range(TRAINING["steps"]):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(arm, step) * group["ratio"]
        gates = plain.gates.set(step)
        indices = batch_indices(seed, len(train), step)[accelerator.process_index :: accelerator.num_processes]
        pixels, labels = train.batch(indices, TRAINING["augment"], accelerator.device)
        with accelerator.autocast():
            loss = nn.functional.cross_entropy(scorer(pixels), labels, reduction="sum") * share
        accelerator.backward(loss)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step % 50 == 0 or step == TRAINING["steps"] - 1:
            active = f"{sum(gates)} of {len(gates)} groups active"
            accelerator.print(f"{arm['name']} seed {seed} step {step}: loss {loss.item():.4f}, {active}")
    test_accuracy = accuracy(accelerator, scorer, test)
    accelerator.print(f"{arm['name']} seed {seed}: test accuracy {100 * test_accuracy:.2f} %")
    if accelerator.is_main_process:
        folder = out / f"{arm['id']}-{seed}"
        plain.save(folder)
        facts = {"arm": arm, "seed": seed, "training": TRAINING, "test_accuracy": test_accuracy}
        (folder / "copra.json").write_text(json.dumps({"format": 1, "kind": "run", "method": arm["method"], **facts}, indent=2))
    accelerator.wait_for_everyone()


# Settings that change training or which adapter is kept, and that this script does not know: their usual values.
UNKNOWN = {"samRadius": 0, "take": "last"}


def refuse_unknown():
    for arm in ARMS:
        for name, usual in UNKNOWN.items():
            if arm[name] != usual:
                raise SystemExit(f"{arm['name']}: this script does not know {name} = {arm[name]!r}; leave the arm out of ARMS.")


def main():
    refuse_unknown()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and test/, one sub-folder per class")
    parser.add_argument("--out", type=Path, default=Path("adapters"))
    args = parser.parse_args()
    # Gated-off layers take no part in a step, which distributed training has to be told.
    accelerator = Accelerator(kwargs_handlers=[DistributedDataParallelKwargs(find_unused_parameters=True)])
    train, test = Images(args.data / "train"), Images(args.data / "test")
    for arm in ARMS:
        for seed in SEEDS:
            train_run(accelerator, arm, seed, train, test, args.out)


if __name__ == "__main__":
    main()
