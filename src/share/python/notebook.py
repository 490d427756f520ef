# %% [markdown]
# # @@TITLE@@
#
# A study of CopRA Playground @@VERSION@@ as a notebook, for Colab, Kaggle or your own machine: @@RUNS@@, with the
# settings, gates, initial factors and order of images of the page. It ends with `result.json`, which the page opens as its own.
#
# **What is trained.** The model, the backbone, is frozen. An adapter adds the product of two thin matrices, B·A, to maps in its layers, and
# A and B alone are trained. An arm is a way of training: @@ARMS@@. LoRA trains every layer in every step. CopRA switches layers off at
# random, often at first and never at the end, so that layers learn not to rely on each other. Every arm is trained once per seed, which
# fixes all chance; a run is one arm with one seed.
#
# **What is asked.** How accurate is each arm? What is left when adapters of two seeds are averaged, or when layers are switched off? Which
# layers matter?
#
# Turn a GPU on before you begin, and run the cells in order.

# %%
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path


def run(*command):
    """Runs a program and shows what it prints."""
    # A pipe has the code page of Windows otherwise, which lacks letters that names of arms have.
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf8", "errors": "replace"}
    with subprocess.Popen(command, env={**os.environ, "PYTHONIOENCODING": "utf8"}, **told) as program:
        for line in program.stdout:
            print(line, end="")
    if program.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {program.returncode}.")


MODULES = {"pillow": "PIL"}  # packages that are imported by another name


def install(*packages):
    """Installs what is missing of these."""
    missing = [name for name in packages if importlib.util.find_spec(MODULES.get(name, name)) is None]
    if missing:
        run(sys.executable, "-m", "pip", "install", "--quiet", *missing)
        importlib.invalidate_caches()


install("torch", "torchvision", "transformers", "peft", "accelerate", "pillow")

# %% [markdown]
# ## Images
#
# `SOURCE` is a folder, or the id of a data set on the hub. A folder holds `train/CLASS/…` and `test/CLASS/…`, and
# `validation/CLASS/…` if there is something to choose. Classes have to be those of the study: `CLASSES` in the script below.
# Of a task that came with the page, its Python zip holds this folder: `images`. Where the page drew the split of your own images,
# its file `copra-split.csv` says which image is in which.

# %%
SOURCE = "images"  # a folder, such as /kaggle/input/NAME, or OWNER/NAME on the hub

SPLITS = {"train": "train", "test": "test", "validation": "validation", "valid": "validation", "val": "validation"}
# What a PNG holds as it is, transparency and 16 bits included: the script reads them as the page does.
KEPT = ("1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16")


def folder_name(name):
    """The folder of a class: a folder's name holds no slash, and the script below reads this one all the same."""
    return name.replace("/", "_")


def check_folders(names):
    """Two classes in one folder would be one class, without a word."""
    named = {}
    for name in names:
        folder = folder_name(name)
        other = named.setdefault(folder, name)
        if other != name:
            raise SystemExit(f"The classes {other!r} and {name!r} would share the folder {folder!r}. Rename one of them.")


def folder_of(source):
    """The folder itself, or one that is filled from the hub: a fifth of the images for training is for testing where nothing is."""
    if Path(source).is_dir():
        return Path(source)
    install("datasets")
    from datasets import ClassLabel, Image, load_dataset
    from PIL import ImageOps

    splits, folder = load_dataset(source), Path("images-of-the-hub")
    features = splits["train"].features
    image = next(name for name, feature in features.items() if isinstance(feature, Image))
    label = next(name for name, feature in features.items() if isinstance(feature, ClassLabel))
    check_folders(features[label].names)
    if "test" not in splits:
        made = splits["train"].train_test_split(0.2, seed=0, stratify_by_column=label)
        splits["train"], splits["test"] = made["train"], made["test"]
    for split, rows in splits.items():
        for i, row in enumerate(rows if split in SPLITS else []):
            of_class = folder / SPLITS[split] / folder_name(features[label].int2str(row[label]))
            of_class.mkdir(parents=True, exist_ok=True)
            picture = ImageOps.exif_transpose(row[image])
            kept = picture if picture.mode in KEPT else picture.convert("RGB")
            kept.save(of_class / f"{i:06}.png")
    return folder


def folders_in(folder):
    return sorted(path for path in folder.iterdir() if path.is_dir())


data, out = folder_of(SOURCE), Path("adapters")
for split in folders_in(data):
    print(split.name, {path.name: len(list(path.iterdir())) for path in folders_in(split)})

# %% [markdown]
# ## The study
#
# One file, which also runs without a notebook. Change the settings at its head, if you like; the result says them, and runs of
# other settings need another folder than `adapters`. @@BACKBONE@@

# %% script

# %% [markdown]
# ## Training
#
# On all GPUs there are: accelerate divides every batch among several. Runs that are done are not repeated, so an interrupted
# notebook goes on. A line says the loss of a step, which should fall, and how many groups of adapters are active in it: of CopRA
# more and more.

# %%
import torch

gpus = torch.cuda.device_count()
# What accelerate is not told it guesses, and warns of. Without several GPUs it is not needed, and would leave a processor one core.
LAUNCH = "-m accelerate.commands.launch --multi_gpu --num_machines 1 --mixed_precision no --dynamo_backend no --num_processes"
launch = [*LAUNCH.split(), str(gpus)] if gpus > 1 else []
run(sys.executable, *launch, "train_copra.py", "--data", str(data), "--out", str(out))

# %% [markdown]
# ## Analyses
#
# Landscape (adapters between two seeds), Shapley values (a fair share of the accuracy for every layer), pruning and merging. For exact
# Shapley values every set of layers is tested, 4,096 of 12 layers, which takes longer than training.

# %%
run(sys.executable, "train_copra.py", "--data", str(data), "--out", str(out), "--analyse")

# %% [markdown]
# A first look: test accuracies in per cent, means over the seeds. The first row is the backbone
# without an adapter: zero-shot, by the names of the classes, or head only, with a classifier trained on top. `every other layer` keeps the layers 1, 3, 5 … or 2, 4, 6 …, mean of both. `midpoint` is the average of the
# adapters of two seeds. An arm whose numbers stay close to its own accuracy has layers, and runs, that go together.

# %%
import json
from statistics import mean

result = json.loads((out / "result.json").read_text())
names = {arm["id"]: arm["name"] for arm in result["config"]["arms"]}


def per_cent(values):
    """Mean of accuracies; empty where none was measured."""
    return f"{100 * mean(values):.1f}" if values else ""


def of(arm, rows):
    return [row for row in result.get(rows, []) if row["arm"] == arm]


row = "{:24}{:>10}{:>20}{:>10}".format
print(row("", "accuracy", "every other layer", "midpoint"))
for kind, name in (("zeroShot", "zero-shot"), ("headOnly", "head only")):
    if result["task"].get(kind):
        print(row(name, per_cent([result["task"][kind]["accuracy"]]), "", ""))
for arm, name in names.items():
    tested = [run["test"]["accuracy"] for run in of(arm, "runs") if run["test"]]
    masks = [mask["accuracy"] for run in of(arm, "pruning") for mask in run["structured"] if mask["label"] in ("even", "odd")]
    paths = [path for path in of(arm, "landscape") if path["path"] == "factor"]
    middles = [path["accuracy"][path["lambdas"].index(0.5)] for path in paths if 0.5 in path["lambdas"]]
    print(row(name, per_cent(tested), per_cent(masks), per_cent(middles)))

# %% [markdown]
# The accuracy on the way from one seed to another, on the straight line between their factors A and B. A curve that stays up means that the
# two adapters can be averaged; how far it falls below the line between its ends is the barrier. The page has the rest.

# %%
drawn = [path for path in result["landscape"] if path["path"] == "factor"]
if drawn:
    install("matplotlib")
    import matplotlib.pyplot as plt

    colours = dict(zip(names, plt.rcParams["axes.prop_cycle"].by_key()["color"] * len(names)))
    for path in drawn:
        plt.plot(path["lambdas"], [100 * value for value in path["accuracy"]], color=colours[path["arm"]])
    for arm, name in names.items():
        plt.plot([], [], color=colours[arm], label=name)
    plt.xlabel("from one seed (0) to another (1)")
    plt.ylabel("test accuracy, %")
    plt.legend()
    plt.show()
else:
    print("This study tests no path between two seeds.")

# %% [markdown]
# ## Take it along
#
# `result.json` is for the page: drop it there. The archive holds it and every adapter as a PEFT folder, which the page opens too.

# %%
archive = shutil.make_archive("copra", "zip", out)
try:
    from google.colab import files

    files.download(archive)
except ImportError:
    print(archive)
