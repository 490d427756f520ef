# %% [markdown]
# # @@TITLE@@
#
# A study of CopRA Playground @@VERSION@@ as a notebook, for Colab, Kaggle or your own machine: @@RUNS@@, with the
# settings, gates, initial factors and order of images of the page. It ends with `result.json`, which the page opens as its own.
# Turn a GPU on before you begin.

# %%
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


PACKAGES = ["torch", "torchvision", "transformers", "peft", "accelerate", "datasets", "matplotlib", "pillow"]
run(sys.executable, "-m", "pip", "install", "--quiet", *PACKAGES)

# %% [markdown]
# ## Images
#
# `SOURCE` is a folder, or the id of a data set on the hub. A folder holds `train/CLASS/…` and `test/CLASS/…`, and
# `validation/CLASS/…` if there is something to choose. Classes have to be those of the study: `CLASSES` in the script below.

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
# On all GPUs there are. Runs that are done are not repeated, so an interrupted notebook goes on.

# %%
run(sys.executable, "-m", "accelerate.commands.launch", "train_copra.py", "--data", str(data), "--out", str(out))

# %% [markdown]
# ## Analyses
#
# Landscape, Shapley values of the layers, pruning and merging.

# %%
run(sys.executable, "train_copra.py", "--data", str(data), "--out", str(out), "--analyse")

# %% [markdown]
# A first look: accuracy between every two seeds, on the straight line between their factors. The page has the rest.

# %%
import json

import matplotlib.pyplot as plt

result = json.loads((out / "result.json").read_text())
names = {arm["id"]: arm["name"] for arm in result["config"]["arms"]}
colours = dict(zip(names, plt.rcParams["axes.prop_cycle"].by_key()["color"] * len(names)))
for path in result["landscape"]:
    if path["path"] == "factor":
        plt.plot(path["lambdas"], [100 * value for value in path["accuracy"]], color=colours[path["arm"]])
for arm, name in names.items():
    plt.plot([], [], color=colours[arm], label=name)
plt.xlabel("from one seed (0) to another (1)")
plt.ylabel("test accuracy, %")
plt.legend()
plt.show()

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
