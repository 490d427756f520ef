#!/usr/bin/env python3
"""Trains the study "@@TITLE@@" with transformers and peft: LoRA, and CopRA's random layer dropping.

    pip install torch torchvision transformers peft accelerate pillow
    python train_copra.py --data FOLDER --out adapters
    python train_copra.py --data FOLDER --out adapters --analyse

Runs on a GPU or a CPU; on several GPUs with accelerate launch in the place of the first python. FOLDER holds
train/CLASS/*.png and test/CLASS/*.png, and validation/CLASS/*.png if there is something to choose; the names of the classes
are CLASSES below, with _ in the place of a slash. For a task that came with the page, FOLDER is images/ of its Python zip.
Every run (arm and seed) ends as a PEFT adapter in OUT/ARM-SEED. --run N trains the N-th run alone, so that an array of jobs
shares the study. --analyse tests all runs that are there, with landscape, Shapley values, pruning and merging as the study
has them, and writes OUT/result.json, which the page opens as its own, and OUT/curves.csv. --tensorboard writes event files
as well.

Whatever interrupts it, the same command goes on: runs that are complete are not trained again, and neither are arms
analysed again that an interrupted --analyse has in OUT/result.stopped.json. A file takes its place when all of it is on the
disk. A run that is not whole is trained again; one that other settings, images or weights of the backbone trained is refused.

Written by CopRA Playground @@VERSION@@ from the settings of the study. The same as in the browser, number for number:
gates, initial factors, which images few shots are and the order of the images, whose random generator (sfc32) is in this
file. Not the same: the augmentation and input dropout draw from torch's generator, peft's DoRA also drops inputs of the
frozen map, images are resized by the model's own processor, and nothing is validated while it trains. Images are those of
the browser only for equal lists of files: class by class, and there by their paths, 2 before 10.
Of large data sets the browser draws some, and it leaves out exact copies; here all are used, and the script says so.
"""

import argparse
import hashlib
import json
import logging
import math
import os
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory


def say_stopped(kind, error, trace):
    """The words of Ctrl-C in the place of where it came."""
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    elif "--analyse" in sys.argv:
        print("\nStopped. Arms that are analysed are kept; the same command analyses the others.", file=sys.stderr)
    else:
        print("\nStopped. Runs that are complete are kept; the same command trains the others.", file=sys.stderr)


if __name__ == "__main__":
    sys.excepthook = say_stopped

# ---- The study ----------------------------------------------------------------------------------------------------

TITLE = @@NAME@@
VERSION = "@@VERSION@@"
MODEL = @@MODEL@@
REVISION = @@REVISION@@  # commit of the model; None: its newest
# Where MODEL is a folder, which no hub has: the one that it has to be. None: MODEL is a name on a hub.
FOLDER = @@FOLDER@@
ARMS = @@ARMS@@
SEEDS = @@SEEDS@@
TRAINING = @@TRAINING@@  # nothing is validated: validateEvery does nothing here
CLASSES = @@CLASSES@@
# Of every class; {} is its name. Several are averaged (CLIP only).
TEMPLATES = @@TEMPLATES@@
# class: the one prompt that it has in their place
OWN_PROMPTS = @@OWN@@
ADAMW = {"betas": (0.9, 0.999), "eps": 1e-8}
# The rest of the study.
STUDY = @@STUDY@@

# What settings of an arm are where a study does not name them, as it does not where they are usual.
LEFT_OUT = @@USUAL@@
USUAL_PROMPTS = @@PROMPTS@@
TOLD_PROMPTS = {"templates": TEMPLATES, "perClass": OWN_PROMPTS}

# What the result says it is the result of: the settings above, which train.
STUDY["arms"] = [{key: value for key, value in arm.items() if key not in LEFT_OUT or LEFT_OUT[key] != value} for arm in ARMS]
STUDY["seeds"] = SEEDS
DRAW = STUDY.get("draw", 0)  # of the images that few shots are
STUDY["training"] = TRAINING
if TOLD_PROMPTS != USUAL_PROMPTS:
    STUDY["prompts"] = TOLD_PROMPTS
if FOLDER is None:
    STUDY["backbone"] = f"{MODEL}@{REVISION}" if REVISION else MODEL

# class: its prompts
PROMPTS = {
    name: [text.replace("{}", name) for text in ([OWN_PROMPTS[name]] if name in OWN_PROMPTS else TEMPLATES)] for name in CLASSES
}

# ---- CopRA: which layers' adapters are active in a step -------------------------------------------------------------

@@GATES@@

for each in ARMS:
    check(each)

# ---- Classes ---------------------------------------------------------------------------------------------------------

import re  # noqa: E402
import unicodedata  # noqa: E402


def read_name(folder):
    """A folder's name as the page reads it: "sea_green" is sea green, and "-1" stays what it is."""
    plain = unicodedata.normalize("NFC", folder)
    kept = "\u200c\u200d" + "".join(map(chr, range(0xE0020, 0xE0080)))
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in kept else c for c in plain)
    plain = " ".join(plain.split()).strip(" \u200c\u200d")

    def joint(found):
        before, after = plain[: found.start()][-1:], plain[found.end() :][:1]
        ends = before and (unicodedata.category(before)[0] in "LMN" or before == ")")
        begins = after and (unicodedata.category(after)[0] in "LN" or after == "(")
        return " " if ends and begins else found[0]

    return re.sub("[-_]+", joint, plain)


def class_of(folder):
    """The class whose images lie in a folder of this name, which cannot hold the slash of "shirt / top"; None: no class, or several."""
    if folder in PROMPTS:
        return folder
    read = read_name(folder)
    found = [name for name in PROMPTS if read == name or "/" in name and read == read_name(name.replace("/", "_"))]
    return found[0] if len(found) == 1 else None


# ---- Which images, and their order ----------------------------------------------------------------------------------

SIDES = ("train", "validation", "test")
MOST_IMAGES, MOST_BYTES = @@LIMITS@@  # of all sides together, as the page holds them: 3 bytes for every pixel
ENDINGS = tuple(@@ENDINGS@@)
LITTER = @@LITTER@@


def is_skipped(name):
    return name.startswith(".") or name.lower() in LITTER


def parts_below(folder, path):
    """The parts of a path below a folder. A backslash parts them everywhere, as on the page: archives of Windows may leave it in a name."""
    return path.relative_to(folder).as_posix().replace("\\", "/").split("/")


def pictures_in(folder):
    """The images below every folder of a folder, as the page finds them: by their ending, and none that is hidden."""
    found = {}
    for place, folders, files in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if not is_skipped(name)]
        for path in (Path(place, name) for name in files if not is_skipped(name) and name.lower().endswith(ENDINGS)):
            of_class, *below = parts_below(folder, path)
            if below:
                found.setdefault(of_class, []).append(path)
    return found


def digest_of(folder):
    """SHA-256 of the images below a folder, by their paths in it and their sizes; None where there is none."""
    paths = [path for paths in pictures_in(folder).values() for path in paths]
    listed = sorted(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}" for path in paths)
    return hashlib.sha256("\n".join(listed).encode("utf8", "surrogateescape")).hexdigest() if listed else None


def unlike_the_page(data, side):
    """Sentences on what the page leaves out of these images, and this script does not. side: of an input image, in pixels."""
    paths = [path for each in SIDES for paths in pictures_in(data / each).values() for path in paths]
    if all(TASK_IMAGE.fullmatch(path.name) for path in paths):
        return []
    sizes, seen, told = {}, set(), []
    for path in paths:
        sizes.setdefault(path.stat().st_size, []).append(path)
    alike = [path for of_size in sizes.values() if len(of_size) > 1 for path in of_size]
    for path in alike:
        seen.add(hashlib.sha256(path.read_bytes()).digest())
    copies, most = len(alike) - len(seen), min(MOST_IMAGES, MOST_BYTES // (3 * side * side))
    if len(paths) - copies > most:
        told.append(f"There are {len(paths)} images. The page would draw {most} of them; here all are used.")
    if copies:
        told.append(f"{copies} of the images are exact copies of others. The page would leave them out; here they count.")
    return told


VALIDATION_IMAGES = @@VALIDATION@@  # of which the page looks at the first
MARKS = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"  # in the order of Unicode, which has digits and letters after them


def natural_order(path):
    """A key that sorts paths as the page does, img2 before img10. Letters beyond ASCII come last, by their codes."""
    order = []
    for run in re.findall("[0-9]+|[^0-9]", path):
        if run[0] in "0123456789":
            order.append((1, int(run)))
        elif run in MARKS:
            order.append((0, MARKS.index(run)))
        else:
            order.append((2 if run.isascii() else 3, run.lower()))
    return order, [letter.isupper() for letter in path if letter.isalpha()], path


def few_shots(labels, shots):
    """The images to train on, class by class: so many of every class, as the study's draw has them, or all. labels: of every image; shots: None is all."""
    of_class = [[] for _ in PROMPTS]
    for image, label in enumerate(labels):
        of_class[label].append(image)
    draw = 0 if shots is None else DRAW
    drawn = (Stream(draw, "split", label).shuffle(images)[:shots] for label, images in enumerate(of_class))
    return [image for images in drawn for image in images]


# An image of a task that came with the page, as its zip names it: where it stands in the order of its side, and what it shows.
TASK_IMAGE = re.compile(r"(?P<place>\d+)-of-\d+-motif-(?P<motif>\d+)\.png")


def page_order(labels, side, shots=None, places=None):
    """The images of a side as the page has them: in a seeded order, of which every beginning is a fair sample, or by their places. places: see TASK_IMAGE"""
    images = few_shots(labels, shots) if side == "train" else list(range(len(labels)))
    if places:
        return sorted(images, key=places.__getitem__)
    return Stream(0, "order", SIDES.index(side)).shuffle(images)


# ---- Order and rate -------------------------------------------------------------------------------------------------


def learning_rate(arm, step):
    peak, warmup, steps = arm["learningRate"], TRAINING["warmupSteps"], TRAINING["steps"]
    if step < warmup:
        return peak * (step + 1) / (warmup + 1)
    if TRAINING["learningRateSchedule"] == "constant":
        return peak
    x = min(1.0, (step - warmup) / max(1, steps - warmup))
    return peak * (1 + math.cos(math.pi * x)) / 2


def rate_factor(arm, depths, step):
    """One over the share of the groups that is active in a step on average, at most ten; 1 where the arm does not ask for it."""
    if not arm["rateByActivity"]:
        return 1.0
    probabilities = [active_probability(arm, step, TRAINING["steps"], depth) for depth in depths]
    rescue = math.prod(1 - p for p in probabilities) / len(probabilities)
    return min(10.0, 1 / (sum(probabilities) / len(probabilities) + rescue))


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


def set_rates(optimizer, arm, depths, step):
    """The learning rates of a step. depths: of every group that switches as one."""
    for group in optimizer.param_groups:
        group["lr"] = learning_rate(arm, step) * rate_factor(arm, depths, step) * group["ratio"]


def parameter_groups(model, arm):
    """B apart from the rest: LoRA+ gives it a learning rate of its own. DoRA's magnitudes do not decay."""
    groups = {
        "rest": {"params": [], "ratio": 1.0, "weight_decay": arm["weightDecay"]},
        "b": {"params": [], "ratio": arm["loraPlusRatio"], "weight_decay": arm["weightDecay"]},
        "magnitudes": {"params": [], "ratio": 1.0, "weight_decay": 0.0},
    }
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            kind = "b" if ".lora_B." in name else "magnitudes" if ".lora_magnitude_vector." in name else "rest"
            groups[kind]["params"].append(parameter)
    return [group for group in groups.values() if group["params"]]


# ---- Initial values -------------------------------------------------------------------------------------------------

# module: the package that brings it
PACKAGES = {"torch": "torch", "torchvision": "torchvision", "transformers": "transformers", "peft": "peft", "accelerate": "accelerate", "PIL": "pillow"}


def check_packages():
    missing = [package for module, package in PACKAGES.items() if find_spec(module) is None]
    if missing:
        raise SystemExit(f"This Python lacks {', '.join(missing)}. Install what is missing:\n\n    {sys.executable} -m pip install {' '.join(missing)}")


if __name__ == "__main__":
    check_packages()

import torch  # noqa: E402


def uniform_tensor(stream, shape, bound):
    values = [(2 * stream.uniform() - 1) * bound for _ in range(math.prod(shape))]
    return torch.tensor(values, dtype=torch.float64).to(torch.float32).reshape(shape)


def drawn_factors(shapes, seed):
    """A of every map, [rank, in]. shapes: of every one."""
    return [uniform_tensor(Stream(seed, "init", i), shape, 1 / math.sqrt(shape[1])) for i, shape in enumerate(shapes)]


def draw_head(head, maps, seed):
    """Values of a Linear that classifies. maps: how many maps are adapted, whose values are drawn before."""
    head.weight.data = uniform_tensor(Stream(seed, "init", maps), tuple(head.weight.shape), 0.1 / math.sqrt(head.in_features))
    head.bias.data.zero_()


# ---- Models ---------------------------------------------------------------------------------------------------------

import csv  # noqa: E402
import functools  # noqa: E402

import torchvision.transforms.functional as TF  # noqa: E402
from accelerate import Accelerator, DistributedDataParallelKwargs  # noqa: E402
from accelerate.utils import set_seed  # noqa: E402
from peft import LoraConfig, get_peft_model  # noqa: E402
from peft.tuners.lora import LoraLayer  # noqa: E402
from peft.utils import load_peft_weights, set_peft_model_state_dict  # noqa: E402
from torch import nn  # noqa: E402
from transformers import AutoConfig, AutoImageProcessor, AutoModel, AutoTokenizer, CLIPModel  # noqa: E402
from transformers.utils import cached_file  # noqa: E402
from transformers.utils.logging import disable_progress_bar  # noqa: E402

if not sys.stderr.isatty():  # a pipe, as of a notebook, would get a line for every change of a bar
    disable_progress_bar()
# transformers has two processors for most models and says, for every set of images, which of them it takes.
logging.getLogger("transformers.models.auto.image_processing_auto").setLevel(logging.ERROR)

PINNED = {"revision": REVISION} if REVISION else {}
PROJECTIONS = ["q", "k", "v", "o", "fc1", "fc2"]
# Names below a layer, in transformers before and since it renamed them.
NAMES = @@NAMES@@
LAYER = re.compile(r"(?:^|\.)layers?\.(\d+)\.(.+)$")


def place_of_model():
    """What transformers reads the model from: its name on a hub, or its folder, where the script is started or beside it."""
    # A notebook has no file: it is started where it lies.
    beside = (Path(__file__).resolve().parent if "__file__" in globals() else Path()) / MODEL
    return str(beside) if FOLDER and not Path(MODEL).is_dir() and beside.is_dir() else MODEL


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
        if where[2] in arm["projections"]:
            found.append((path, where))
    return sorted(found, key=lambda item: (item[1][0] != "vision", item[1][1], PROJECTIONS.index(item[1][2])))


def load_backbone():
    config = AutoConfig.from_pretrained(place_of_model(), **PINNED)
    if config.model_type == "timm_wrapper":
        raise SystemExit(f"{MODEL} is a model of timm, which this script cannot train: its q, k and v are one map.")
    model = (CLIPModel if config.model_type == "clip" else AutoModel).from_pretrained(place_of_model(), **PINNED)
    model.name_or_path = MODEL  # which the adapter's files tell, and not where it lies here
    return model.float(), config.model_type


@functools.cache  # every run asks, and gigabytes are read
def weights_digests():
    """SHA-256 of the backbone's weights, as the page tells them; none where they are not in one file of this name."""
    name = "model.safetensors"
    try:
        digest = hashlib.sha256(Path(cached_file(place_of_model(), name, **PINNED)).read_bytes()).hexdigest()
    except OSError:
        return []
    return [{"file": name, "sha256": digest, "confirmed_by_hub": False}]


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
            model.classifier = nn.Linear(model.config.hidden_size, len(class_names))
            draw_head(model.classifier, len(maps), seed)
        self.peft = get_peft_model(
            model,
            LoraConfig(
                revision=REVISION,
                r=arm["rank"],
                lora_alpha=arm["alpha"],
                use_rslora=arm["rsLora"],
                use_dora=arm["dora"],
                # A rate of 0 would make PEFT leave the dropout out; Gates.set gives every step its own.
                lora_dropout=max(input_dropout(arm, step, TRAINING["steps"]) for step in (0, TRAINING["steps"])),
                target_modules=[path for path, _ in maps],
                modules_to_save=None if self.is_clip else ["classifier"],
            ),
        )
        self.gate_layers(arm, maps, seed)
        self.layer_scales = [scales.get(path) for path, _ in maps]

    def prepare_prompts(self, model, class_names):
        tokenizer = AutoTokenizer.from_pretrained(place_of_model(), **PINNED)
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
        self.blocks = {where[:2]: layers[path[: LAYER.search(path).end(1)]] for path, where in maps}
        assert all(isinstance(layer, LoraLayer) for layer in self.lora_layers)
        self.gates = Gates(self.lora_layers, [where for _, where in maps], arm, TRAINING["steps"], seed)
        factors = [layer.lora_A["default"].weight for layer in self.lora_layers]
        for a, drawn in zip(factors, drawn_factors([tuple(a.shape) for a in factors], seed)):
            a.data = drawn

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
        self.peft.save_pretrained(folder, save_embedding_layers=False)

    def load(self, folder):
        """The opposite of save."""
        set_peft_model_state_dict(self.peft, load_peft_weights(str(folder), device="cpu"))
        for layer, scale in zip(self.lora_layers, self.layer_scales):
            if scale is None:
                continue
            b = layer.lora_B["default"].weight
            b.data *= scale[:, None].to(b.device)
            if "default" in layer.lora_magnitude_vector:
                magnitudes = layer.lora_magnitude_vector["default"].weight
                magnitudes.data *= scale.abs().to(magnitudes.device)

    @property
    def head(self):
        """The trained classifier; None for CLIP."""
        return None if self.is_clip else self.peft.base_model.model.classifier.modules_to_save["default"]

    def features(self, pixel_values):
        """What the classifier gets, [batch, features]."""
        output = self.peft.base_model.model(pixel_values=pixel_values)
        return output.pooler_output if self.kind == "clip_vision_model" else output.last_hidden_state[:, 0]

    def forward(self, pixel_values):
        model = self.peft.base_model.model
        if not self.is_clip:
            return model.classifier(self.features(pixel_values))
        image = model.visual_projection(model.vision_model(pixel_values=pixel_values).pooler_output)
        image = nn.functional.normalize(image, dim=-1)
        if self.text_is_adapted:
            text = encode_prompts(model, self.input_ids, self.attention_mask)
        else:
            text = self.class_features
        return model.logit_scale.exp() * image @ text.T


# ---- Images ---------------------------------------------------------------------------------------------------------

import io  # noqa: E402

from PIL import Image, ImageCms, ImageOps  # noqa: E402

SRGB = ImageCms.createProfile("sRGB")


def in_srgb(picture):
    """Colours as they are meant, where the file has a profile that says so: of a photo in Display P3, or of the inks of a printer. Opacity stays."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    try:
        told = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        # 1: relative colorimetric, which comes nearest to a browser's inks.
        found = ImageCms.profileToProfile(picture.convert("RGB") if picture.mode == "RGBA" else picture, told, SRGB, renderingIntent=1, outputMode="RGB")
    except (OSError, ImageCms.PyCMSError):  # a damaged profile, or one of other colours
        return picture
    if picture.mode == "RGBA":
        found.putalpha(picture.getchannel("A"))
    return found


def read_picture(path):
    """An image file as the page reads it: upright by its EXIF orientation, in sRGB, white behind transparent parts, 8 bits."""
    with Image.open(path) as file:
        picture = in_srgb(ImageOps.exif_transpose(file))
    if picture.mode.startswith("I"):  # grey of 16 bits, of which Pillow would make everything above 255 white
        picture = picture.convert("I").point(lambda value: value / 257 + 0.5).convert("L")
    if picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture.convert("RGB")


def check_readable(paths):
    readable = Image.registered_extensions()
    unread = [path for path in paths if path.suffix.lower() not in readable]
    if unread:
        raise SystemExit(f"Pillow reads no {unread[0].suffix} here, as which the page takes {unread[0]}. Save as PNG what it cannot read: {len(unread)} of {len(paths)}.")


# What a process keeps of images, so that no step makes it anew: of those that are augmented the decoded picture, 3 bytes a pixel,
# of the others what the model takes, 12 bytes a pixel of its input.
KEPT_BYTES = 2 * 1024**3


class Images:
    """A folder with one sub-folder per class, as tensors the model takes, in the order of the page.

    shots: see few_shots; keeps: whether images are asked for again and again, so that the first that fill KEPT_BYTES are kept
    """

    kept_bytes = 0  # of all sets of images

    def __init__(self, folder, shots=None, keeps=True):
        if not folder.is_dir():
            raise SystemExit(f"{folder}: there is no such folder. It should hold one folder of images per class.")
        pictures = pictures_in(folder)
        found = {name: class_of(name) for name in sorted(pictures)}
        unknown = [name for name, known in found.items() if known is None]
        # Images of every class are needed to train only.
        missing = [name for name in PROMPTS if folder.name == "train" and name not in found.values()]
        if unknown or missing:
            told = [f"unknown are {', '.join(unknown)}" if unknown else "", f"missing are {', '.join(missing)}" if missing else ""]
            raise SystemExit(f"{folder}: its classes and those of the study differ; {'; '.join(filter(None, told))}.")
        if not pictures:
            told = "no image in a folder of its class. Images end in " + ", ".join(ENDINGS)
            raise SystemExit(f"{folder}: there is {told}, and no name of theirs or of their folders begins with a dot.")
        names = list(PROMPTS)
        listed = [(names.index(found[name]), path) for name, paths in pictures.items() for path in paths]
        listed.sort(key=lambda image: (image[0], natural_order("/".join(parts_below(folder, image[1])))))
        check_readable([path for _, path in listed])
        told = [TASK_IMAGE.fullmatch(path.name) for _, path in listed]
        places = [int(each["place"]) for each in told] if all(told) else None
        order = page_order([label for label, _ in listed], folder.name, shots, places)
        self.labels, self.paths = ([listed[i][part] for i in order] for part in (0, 1))
        self.motifs = [int(told[i]["motif"]) for i in order] if places else None
        self.keeps, self.kept = keeps, {}
        self.processor = AutoImageProcessor.from_pretrained(place_of_model(), **PINNED)

    def __len__(self):
        return len(self.labels)

    def once(self, make, i):
        """make(path of the i-th image), a tensor, which is made once if there is room for it."""
        made = self.kept.get((make, i))
        if made is None:
            made = make(self.paths[i])
            size = made.numel() * made.element_size()
            if self.keeps and Images.kept_bytes + size <= KEPT_BYTES:
                Images.kept_bytes += size
                self.kept[make, i] = made
        return made

    def prepared(self, path):
        """A picture as the model takes it, [3, height, width]. Alone, so that it is the same in every batch."""
        return self.processor(images=[read_picture(path)], return_tensors="pt")["pixel_values"][0]

    def batch(self, indices, augmented, device):
        if augmented:
            images = [augment(self.once(decoded, i)) for i in indices]
            pixels = self.processor(images=images, return_tensors="pt")["pixel_values"]
        else:
            pixels = torch.stack([self.once(self.prepared, i) for i in indices])
        labels = torch.tensor([self.labels[i] for i in indices])
        return pixels.to(device), labels.to(device)


def decoded(path):
    """[3, height, width], bytes."""
    return TF.pil_to_tensor(read_picture(path))


def augment(pixels):
    """Rotation of 17 degrees, scale 0.83 to 1.33, shift of 15 %, gain of 15 % per channel, 15 % of the images in grey."""

    def draw(low, high):
        return low + (high - low) * torch.rand(()).item()

    ring = torch.cat([pixels[:, 0], pixels[:, -1], pixels[:, :, 0], pixels[:, :, -1]], dim=1)
    border = ring.float().median(dim=1).values.tolist()
    height, width = pixels.shape[1:]
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


@@ANALYSES@@

# ---- Training -------------------------------------------------------------------------------------------------------

STOPPED = "result.stopped.json"  # the arms that are analysed so far, while others are not
RUN = "run.json"  # what the result says of a run; it is written last, so a run that has it is complete
ORIGIN = "copra.json"  # where an adapter comes from, as the page writes it
# What of it changes no training.
NOT_TRAINED_BY = {"name", "validateEvery"}


def folder_of(out, arm, seed):
    return out / f"{arm['id']}-{seed}"


@contextmanager
def whole_files(folder):
    """A folder to write files into. They take their places in `folder` when all of them are on the disk, RUN last; after an error, as of a full disk, none does."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".part-", dir=folder) as part:
        yield Path(part)
        written = sorted(Path(part).iterdir(), key=lambda path: path.name == RUN)
        for path in written:
            with open(path, "rb+") as file:
                os.fsync(file.fileno())
        for path in written:
            path.replace(folder / path.name)


def write_whole(file, text):
    with whole_files(file.parent) as part:
        (part / file.name).write_text(text, encoding="utf8")


def weights_in(folder):
    """The files of a run that are no text, which people may edit."""
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix not in (".json", ".md"))


def sizes_of(paths):
    return {path.name: path.stat().st_size for path in paths}


def run_in(folder):
    """What the result says of the run in a folder; None where it is not there, or not whole, as after a copy that broke off."""
    try:
        run = json.loads((folder / RUN).read_text())
        weights = run.pop("weights", {})
        return run if sizes_of(folder / name for name in weights) == weights else None
    except (OSError, ValueError):
        return None


def settings_of(arm, seed, images):
    """What trains a run, as ORIGIN says it. images: digest of those that are trained on"""
    weights = weights_digests()
    return {
        **({"backbone_weights": weights} if weights else {}),
        "arm": arm,
        "seed": seed,
        "backbone": STUDY["backbone"],
        "task": STUDY["task"],
        "classes": CLASSES,
        "prompts": list(PROMPTS.values()),
        "shots": STUDY["shots"],
        "draw": DRAW,
        "training": TRAINING,
        "train_images": images,
    }


def flat(settings, path=()):
    """Settings by their paths."""
    for key, value in settings.items():
        yield from flat(value, (*path, key)) if isinstance(value, dict) else [((*path, key), value)]


# Settings whose names say too little.
IN_WORDS = {"train_images": "the images in train/", "test_images": "the images in test/", "backbone_weights": "the weights of the backbone"}


def check_same(place, told, now, passed=NOT_TRAINED_BY):
    """What is kept in a place is of this study only if the same settings trained it. told: settings as they are kept, which need not say all; passed: names of those that may differ"""
    told, now = dict(flat(told)), dict(flat(now))
    other = [path[-1] for path in now if path in told and path[-1] not in passed and told[path] != now[path]]
    if other:
        changed = ", ".join(IN_WORDS.get(name, name) for name in other)
        raise SystemExit(f"{place} was trained with other settings ({changed}). Remove it, or give the study another --out.")


def check_kept(folder, arm, seed, images):
    """Images that are not there are not asked for."""
    passed = NOT_TRAINED_BY if images else NOT_TRAINED_BY | {"train_images"}
    check_same(folder, json.loads((folder / ORIGIN).read_text()), settings_of(arm, seed, images), passed)


def is_done(out, arm, seed, images):
    """Whether a run is there whole, trained with the settings of the study, on these images."""
    folder = folder_of(out, arm, seed)
    if run_in(folder) is None:
        return False
    check_kept(folder, arm, seed, images)
    return True


def places_tested(images):
    """Places of the test images that are tested."""
    return range(len(images))[: STUDY["analyses"]["testImages"]]


def tested_on(accelerator, scorer, images):
    """(share of the images that are tested classified correctly, mean loss), with every adapter on."""
    plain = accelerator.unwrap_model(scorer)
    plain.gates.open()
    scorer.eval()
    tested = places_tested(images)
    mine = list(tested)[accelerator.process_index :: accelerator.num_processes]
    correct, loss = torch.zeros((), device=accelerator.device), torch.zeros((), device=accelerator.device)
    with torch.no_grad():
        for start in range(0, len(mine), 64):
            pixels, labels = images.batch(mine[start : start + 64], False, accelerator.device)
            logits = plain(pixels)
            correct += (logits.argmax(-1) == labels).sum()
            loss += nn.functional.cross_entropy(logits, labels, reduction="sum")
    scorer.train()
    return tuple(accelerator.reduce(total, "sum").item() / len(tested) for total in (correct, loss))


def origin_of(arm, seed, images, scorer, players, tape, test_accuracy, test_images):
    """ORIGIN of a run. images: digest of those that are trained on; tape: of every step which players are on; test_images: how many are tested"""
    settings = settings_of(arm, seed, images)
    if scorer.head is not None:
        del settings["prompts"]
    layers = [
        {"tower": tower, "layer": layer, "active_steps": sum(tape[i :: len(players)])} for i, (tower, layer) in enumerate(players)
    ]
    return {
        "format": 1,
        "made_with": f"CopRA Playground {VERSION}, in Python",
        "kind": "run",
        "method": arm["method"],
        **settings,
        "image_size": None,
        "test_accuracy": test_accuracy,
        "test_images": test_images,
        "gates": {"steps": len(tape) // len(players), "layers": layers},
    }


def markdown(text):
    """Text that Markdown shows as it is."""
    return re.sub(r"[\\`*_[\]<>&#|~$]", r"\\\g<0>", text)


def probabilities_text(arm, depths):
    """With which probability adapters are on while it trains, means over their groups. depths: of every group that switches as one."""
    steps = TRAINING["steps"]
    at = sorted({nearest(share * (steps - 1)) for share in (0, 0.25, 0.5, 0.75, 1)})
    means = [sum(active_probability(arm, step, steps, depth) for depth in depths) / len(depths) for step in at]
    if min(means) == 1:
        return "All adapters are on in every step."
    told = ", ".join(f"{100 * mean:.0f} % in step {step + 1}" for step, mean in zip(at, means))
    return f"Adapters are on at random, by {arm['granularity']}: the mean probability p is {told}. It is tested with all of them on."


def loading(kind):
    """Lines of Python that load the backbone as it was when the adapter was trained. kind: its model_type in transformers"""
    pinned = f", revision={REVISION!r}" if REVISION else ""
    if kind == "clip":
        return ["from transformers import CLIPModel", "", f"model = CLIPModel.from_pretrained({MODEL!r}{pinned})"]
    features = "pooler_output" if kind == "clip_vision_model" else "last_hidden_state[:, 0]"
    return [
        "from torch import nn",
        "from transformers import AutoModel",
        "",
        f"model = AutoModel.from_pretrained({MODEL!r}{pinned})",
        f"model.classifier = nn.Linear(model.config.hidden_size, {len(CLASSES)})  # applied to {features}",
    ]


def card_of(arm, origin, kind, depths):
    """README.md of a run, in the place of PEFT's, which says nothing. origin: see origin_of; kind: see loading; depths: see probabilities_text"""
    kind_tag, training = "dora" if arm["dora"] else "lora", origin["training"]
    task = "zero-shot-image-classification" if kind == "clip" else "image-classification"
    names = ", ".join(map(markdown, CLASSES[:12])) + (f" and {len(CLASSES) - 12} more" if len(CLASSES) > 12 else "")
    scale = arm["alpha"] / (math.sqrt(arm["rank"]) if arm["rsLora"] else arm["rank"])
    parts = {
        "rank": arm["rank"],
        "scale": f"{scale:.6g}",
        "maps": ", ".join(arm["projections"]),
        "towers": ", ".join(arm["towers"]),
        "learning rate": arm["learningRate"],
        "LoRA+ ratio": arm["loraPlusRatio"],
        "weight decay": arm["weightDecay"],
    }
    shots = "" if origin["shots"] is None else f" {origin['shots']} images of every class are trained on (draw {origin['draw']})."
    lines = [
        "---",
        "library_name: peft",
        *([] if FOLDER else [f"base_model: {json.dumps(MODEL)}"]),
        f"pipeline_tag: {task}",
        "tags:",
        f"- {kind_tag}",
        "- copra-playground",
        "---",
        "",
        f"# {markdown(arm['name'])}, seed {origin['seed']}",
        "",
        f"A {'DoRA' if arm['dora'] else 'LoRA'} adapter for PEFT of the backbone {markdown(MODEL)}.",
        "",
        "```python",
        "from peft import PeftModel",
        *loading(kind),
        'model = PeftModel.from_pretrained(model, "PATH/TO/THIS/FOLDER")',
        "```",
        "",
        *([f"The backbone is a folder, which no hub has: {markdown(FOLDER)}.", ""] if FOLDER else []),
        "## Where it comes from",
        "",
        f"Trained with {markdown(arm['name'])} (`{arm['method']}`), seed {origin['seed']}: {training['steps']} steps of {training['batchSize']} images, "
        f"AdamW, {training['learningRateSchedule']} schedule, on {markdown(TITLE)}, {len(CLASSES)} classes ({names}).{shots}",
        "",
        "Settings: " + ", ".join(f"{name} {value}" for name, value in parts.items()) + ".",
        "",
        probabilities_text(arm, depths),
        "",
        f"Test accuracy {100 * origin['test_accuracy']:.2f} % on {origin['test_images']} images.",
        "",
        *(f"Weights of the backbone (SHA-256): {each['file']} `{each['sha256']}`\n" for each in origin.get("backbone_weights", [])),
        *([] if kind == "clip" else [f"Its classifier tells apart, in this order: {', '.join(map(markdown, CLASSES))}.", ""]),
        f"All settings, prompts included, are in `{ORIGIN}`. Made with CopRA Playground {VERSION}, in Python.",
        "",
    ]
    return "\n".join(lines)


def train_run(accelerator, arm, seed, train, test, out, images):
    set_seed(seed)
    scorer = Scorer(arm, seed, list(PROMPTS))
    plain = scorer
    optimizer = torch.optim.AdamW(parameter_groups(scorer, arm), lr=arm["learningRate"], **ADAMW)
    scorer, optimizer = accelerator.prepare(scorer, optimizer)
    share = accelerator.num_processes / TRAINING["batchSize"]
    players = list(dict.fromkeys(where[:2] for where in plain.gates.places))
    window = math.ceil(TRAINING["steps"] / 200)
    losses, tape, recent, diverged = [], [], [], None
    for step in range(TRAINING["steps"]):
        set_rates(optimizer, arm, plain.gates.depths, step)
        gates = plain.gates.set(step)
        on = {where[:2] for where, group in zip(plain.gates.places, plain.gates.groups) if gates[group]}
        tape += [player in on for player in players]
        indices = batch_indices(seed, len(train), step)[accelerator.process_index :: accelerator.num_processes]
        pixels, labels = train.batch(indices, TRAINING["augment"], accelerator.device)
        with accelerator.autocast():
            loss = nn.functional.cross_entropy(scorer(pixels), labels, reduction="sum") * share
        accelerator.backward(loss)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        recent.append(loss.detach())
        if len(recent) == window or step == TRAINING["steps"] - 1:
            mean = accelerator.reduce(torch.stack(recent).mean(), "mean").item()
            recent = []
            if not math.isfinite(mean):
                diverged = step + 1
                break
            losses.append((step + 1, mean))
            if (step + 1) % 50 < window or step == TRAINING["steps"] - 1:
                active = f"{sum(gates)} of {len(gates)} groups active"
                accelerator.print(f"{arm['name']} seed {seed} step {step + 1}: loss {mean:.4f}, {active}")
    # No loss covers the last update.
    trained = [parameter for parameter in plain.parameters() if parameter.requires_grad]
    if not diverged and not all(parameter.isfinite().all() for parameter in trained):
        diverged = TRAINING["steps"]
    test_accuracy, test_loss = (None, None) if diverged else tested_on(accelerator, scorer, test)
    if not diverged and not math.isfinite(test_loss):
        diverged, test_accuracy = TRAINING["steps"], None
    if diverged:
        accelerator.print(f"{arm['name']} seed {seed} diverged by step {diverged}: lower its learning rate.")
    else:
        accelerator.print(f"{arm['name']} seed {seed}: test accuracy {100 * test_accuracy:.2f} %")
    run = {
        "arm": arm["id"],
        "seed": seed,
        "lossSteps": [step for step, _ in losses],
        "losses": [loss for _, loss in losses],
        "validation": [],
        "gates": bits(tape),
        "steps": len(tape) // len(players),
        **({"diverged": diverged} if diverged else {}),
        "test": None,
    }
    if accelerator.is_main_process:
        origin = origin_of(arm, seed, images, plain, players, tape, test_accuracy, len(places_tested(test)))
        with whole_files(folder_of(out, arm, seed)) as part:
            if not diverged:
                plain.save(part)
                (part / "README.md").write_text(card_of(arm, origin, plain.kind, plain.gates.depths), encoding="utf8")
            (part / ORIGIN).write_text(json.dumps(origin, indent=2))
            (part / RUN).write_text(json.dumps({**run, "weights": sizes_of(weights_in(part))}))
    accelerator.wait_for_everyone()


# ---- The result -----------------------------------------------------------------------------------------------------

NO_IMAGES = ([], torch.zeros(0, dtype=torch.long))


def tensors_of(images, limit=None):
    """Pixels in batches, and labels [images], of the first images; limit: None is all."""
    first = range(len(images))[:limit]
    parts = [images.batch(list(first[start : start + 64]), False, "cpu") for start in range(0, len(first), 64)]
    return [pixels for pixels, _ in parts], torch.cat([labels for _, labels in parts])


def motifs_of(images, count):
    """What a result says of the motifs of its test images, if their names tell. count: how many are tested"""
    numbers = {}
    return {"motifs": [numbers.setdefault(motif, len(numbers)) for motif in images.motifs[:count]]} if images.motifs else {}


def optional_images(folder, shots=None):
    return Images(folder, shots, keeps=False) if folder.is_dir() else None


def measure_frozen(result, bench, validation, train):
    """Accuracy without an adapter: by the prompts, or by a classifier trained alone."""
    if bench.scorer.head is None:
        found = bench.answers([False] * len(bench.layers))
        result["task"]["zeroShot"] = found.answered()
    else:
        for layer in bench.layers:
            layer._disable_adapters = True
        width = bench.scorer.head.in_features
        quick = max(2 * 10**8 // (width * len(PROMPTS)), 20 * len(PROMPTS))
        most = min(len(train), TRAINING["steps"] * TRAINING["batchSize"], quick)
        benches = [
            Bench(bench.scorer, *tensors_of(train, most), bench.device),
            validation or Bench(bench.scorer, *NO_IMAGES, bench.device),
            bench,
        ]
        parts = []
        for each in benches:
            features = each.run(bench.scorer.features) if each.batches else torch.zeros(0, width, dtype=torch.float64)
            parts += [features, each.labels]
        found = head_only(*parts)
        result["task"]["headOnly"] = found.answered()
    keeper(result, len(bench.labels))("backbone", None, [], "", found)
    return found.accuracy


def runs_in(out, arm, images):
    """The runs of an arm that are there, by seed. images: digest of those that are trained on"""
    folders = {seed: folder_of(out, arm, seed) for seed in SEEDS}
    done = [seed for seed in SEEDS if is_done(out, arm, seed, images)]
    for seed, folder in folders.items():
        if seed not in done and folder.exists():
            print(f"{folder} is not whole, and is left out: train it again.")
    return {seed: run_in(folders[seed]) for seed in done}


def sources_of(data, device):
    """Everything but adapters that answers depend on."""
    images = [digest_of(data / side) for side in SIDES]
    return [VERSION, STUDY, list(PROMPTS.items()), images, weights_digests(), str(device)]


def chained(before, folders):
    """SHA-256 of one before and of the runs in these folders."""
    digest = hashlib.sha256(before)
    for folder in folders:
        for path in [folder / RUN, *weights_in(folder)]:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        digest.update(folder.name.encode())
    return digest.digest()


# The parts of a result that have entries of arms.
OF_ARMS = ("runs", "landscape", "shapley", "pruning", "merging", "predictions")


def analysed_before(file):
    """What an interrupted analysis left; nothing where that is not there."""
    try:
        return json.loads(file.read_text())
    except (OSError, ValueError):
        return {}


def analyse(data, out, device):
    """Tests every run that is there, and writes result.json and curves.csv."""
    started = time.monotonic()
    images = digest_of(data / "train")
    there = {arm["id"]: runs_in(out, arm, images) for arm in ARMS}
    if not any(there.values()):
        raise SystemExit(f"{out}: no run of this study is there. Without --analyse it is trained.")
    train, test = Images(data / "train", STUDY["shots"], keeps=False), Images(data / "test", keeps=False)
    validation = optional_images(data / "validation")
    tested = tensors_of(test, STUDY["analyses"]["testImages"])
    chosen = tensors_of(validation, VALIDATION_IMAGES) if validation else None
    counts = (len(train), len(chosen[1]) if chosen else 0)
    result, frozen, so_far = new_result(counts, tested[1], str(device)), None, out / STOPPED
    result["task"].update(motifs_of(test, len(tested[1])))
    kept = {arm: [seed for seed, run in runs.items() if "diverged" not in run] for arm, runs in there.items()}
    analysed = analysed_seeds(kept, STUDY["analyses"]["shapley"]["seedsPerArm"])
    # An arm that was analysed from the same, and all arms before it, which say how many answers are kept of it, is taken as it is.
    before, sources, told = analysed_before(so_far), json.dumps([sources_of(data, device), analysed]).encode(), {}
    for arm in ARMS:
        runs = there[arm["id"]]
        if len(runs) < len(SEEDS):
            result["status"] = "stopped"
        if not runs:
            continue
        sources = chained(sources, [folder_of(out, arm, seed) for seed in runs])
        told[arm["id"]] = sources.hex()
        is_known = before.get("sources", {}).get(arm["id"]) == sources.hex()
        if frozen is None or not is_known:
            bench = Bench(Scorer(arm, SEEDS[0], list(PROMPTS)).to(device), *tested, device)
            validated = Bench(bench.scorer, *chosen, device) if chosen else None
        if frozen is None:
            frozen = measure_frozen(result, bench, validated, train)
        if is_known:
            print(f"{arm['name']}: was analysed before", flush=True)
            for part in OF_ARMS:
                result[part] += [entry for entry in before[part] if entry["arm"] == arm["id"]]
            continue
        adapters = {}
        for seed in kept[arm["id"]]:
            bench.scorer.load(folder_of(out, arm, seed))
            adapters[seed] = bench.read()
        print(f"{arm['name']}: analysing {len(adapters)} of {len(SEEDS)} runs", flush=True)
        analyse_arm(result, arm, bench, validated, adapters, runs, frozen, analysed[arm["id"]])
        result["provenance"]["seconds"] = time.monotonic() - started
        # A complete result of before stays until this one is.
        write_whole(so_far, json.dumps({**result, "status": "stopped", "sources": told}, allow_nan=False))
        print(f"{arm['name']}: analysed, in {so_far} until all are", flush=True)
    result["provenance"]["seconds"] = time.monotonic() - started
    with whole_files(out) as part:
        (part / "result.json").write_text(json.dumps(result, allow_nan=False))
        with open(part / "curves.csv", "w", newline="", encoding="utf8") as file:
            rows = csv.writer(file)
            rows.writerow(["arm", "seed", "step", "loss"])
            for run in result["runs"]:
                rows.writerows([run["arm"], run["seed"], *point] for point in zip(run["lossSteps"], run["losses"]))
    so_far.unlink(missing_ok=True)
    print(f"{out / 'result.json'}: drop it on the page.")
    return result


def write_events(out):
    """TensorBoard's files: the loss of every run. It would draw what lies in a folder from before as the same curve."""
    from torch.utils.tensorboard import SummaryWriter

    for folder in (folder_of(out, *run) for run in planned()):
        run = run_in(folder)
        if run is None:
            continue
        for before in (folder / "events").glob("events.out.tfevents.*"):
            before.unlink()
        with SummaryWriter(str(folder / "events")) as events:
            for step, loss in zip(run["lossSteps"], run["losses"]):
                events.add_scalar("loss", loss, step)


# Settings that change training or which adapter is kept, and that this script does not know: their usual values.
UNKNOWN = {"samRadius": 0, "take": "last"}


def refuse_unknown(study):
    for arm in ARMS:
        for name, usual in UNKNOWN.items():
            if arm[name] != usual:
                raise SystemExit(f"{arm['name']}: this script does not know {name} = {arm[name]!r}; leave the arm out of ARMS.")
    if "imageSize" in study:
        told = f"This script does not know imageSize = {study['imageSize']}, for the model's own processor makes the images"
        raise SystemExit(f"{told}; take imageSize out of STUDY to train on images of the size that it makes.")


def check_model():
    if FOLDER and not Path(place_of_model()).is_dir():
        way = "or, for a model of a hub, set FOLDER = None"
        raise SystemExit(f"{MODEL}: there is no such folder. Put it beside {Path(__file__).name}, say in MODEL where it is ({FOLDER}), {way}.")


def planned():
    """Every run, in the order in which --run counts them."""
    return [(arm, seed) for arm in ARMS for seed in SEEDS]


def train_all(data, out, only=None):
    # Gated-off layers take no part in a step, which distributed training has to be told.
    accelerator = Accelerator(kwargs_handlers=[DistributedDataParallelKwargs(find_unused_parameters=True)])
    images = digest_of(data / "train")
    left = [run for index, run in enumerate(planned()) if only in (None, index) and not is_done(out, *run, images)]
    if not left:
        return
    train, test = Images(data / "train", STUDY["shots"]), Images(data / "test")
    if accelerator.is_main_process:
        for sentence in unlike_the_page(data, train.batch([0], False, "cpu")[0].shape[-1]):
            print(sentence)
    for arm, seed in left:
        if folder_of(out, arm, seed).exists():
            accelerator.print(f"{folder_of(out, arm, seed)} is not whole: it is trained again.")
        train_run(accelerator, arm, seed, train, test, out, images)


def main():
    # Windows writes into a pipe or file in its code page, which lacks letters that names of arms have. Elsewhere too a pipe keeps lines back.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace", line_buffering=True)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and test/, one sub-folder per class")
    parser.add_argument("--out", type=Path, default=Path("adapters"), help="folder of the adapters and the result; %(default)s unless given")
    parser.add_argument("--run", type=int, choices=range(len(planned())), metavar="N", help=f"train this run alone, 0 to {len(planned()) - 1}")
    parser.add_argument("--analyse", action="store_true", help="test the runs that are there, and write result.json")
    parser.add_argument("--tensorboard", action="store_true", help="with --analyse: write event files, which needs tensorboard")
    args = parser.parse_args()
    refuse_unknown(STUDY)
    check_model()
    if not args.analyse:
        train_all(args.data, args.out, args.run)
        return
    if args.tensorboard:
        write_events(args.out)
    analyse(args.data, args.out, torch.device("cuda" if torch.cuda.is_available() else "cpu"))


if __name__ == "__main__":
    main()
