"""Who holds which images, who takes part in a round, and what the result says of it. Needs Python's standard library alone.

The same numbers as in the browser: clients, their images, the clients of every round and their seeds follow from the seed of
the study, whoever computes them.
"""

import math
from pathlib import Path

from .copra_peft import MASK, Stream

# ---- The study ----------------------------------------------------------------------------------------------------

# What the result says it is the result of, with the arms, the training and the prompts of train_copra.py.
STUDY = @@STUDY@@
FEDERATED = STUDY["analyses"]["federated"]
SEEDS = STUDY["seeds"][: FEDERATED["seeds"]]
RULES = list(dict.fromkeys(FEDERATED["rules"]))

# A split is drawn again while a client has fewer images.
FEWEST_IMAGES = 10
MOST_TRIES = 10

# ---- Seeds --------------------------------------------------------------------------------------------------------


def hash32(value):
    """A 32-bit mix of an integer (lowbias32 of Chris Wellons)."""
    x = value & MASK
    x = ((x ^ (x >> 16)) * 0x7FEB352D) & MASK
    x = ((x ^ (x >> 15)) * 0x846CA68B) & MASK
    return x ^ (x >> 16)


def client_seed(seed, client):
    """Seed of the gates, batches and masks of a client."""
    return hash32(hash32(seed) + client + 1) & 0x7FFFFFFF


def round_seed(seed, at):
    """Seed of what is drawn anew in every round."""
    return hash32(hash32(seed) ^ (at + 1)) & 0x7FFFFFFF


# ---- Partitions ---------------------------------------------------------------------------------------------------


def normal(stream):
    """Standard normal, by Box and Muller."""
    radius = math.sqrt(-2 * math.log(1 - stream.uniform()))
    return radius * math.cos(2 * math.pi * stream.uniform())


def log_gamma_draw(shape, stream):
    """The logarithm of a Gamma(shape, 1) draw, by Marsaglia and Tsang."""
    if shape < 1:
        above = log_gamma_draw(shape + 1, stream)
        return above + math.log(1 - stream.uniform()) / shape
    d = shape - 1 / 3
    c = 1 / math.sqrt(9 * d)
    while True:
        x = normal(stream)
        v = (1 + c * x) ** 3
        if v > 0 and math.log(1 - stream.uniform()) < 0.5 * x * x + d * (1 - v + math.log(v)):
            return math.log(d * v)


def dirichlet(alpha, size, stream):
    """A point of the simplex from Dir(alpha, ..., alpha)."""
    logs = [log_gamma_draw(alpha, stream) for _ in range(size)]
    values = [math.exp(log - max(logs)) for log in logs]
    total = 0.0
    for value in values:  # sum() of Python 3.12 rounds otherwise
        total += value
    return [value / total for value in values]


def deal(items, shares, to):
    """Cuts a list at the cumulative sums of shares."""
    share, start = 0.0, 0
    for client, part in enumerate(shares):
        share += part
        end = len(items) if client == len(shares) - 1 else math.floor(share * len(items) + 0.5)
        to[client].extend(items[start:end])
        start = max(start, end)


def dirichlet_partition(labels, classes, clients, alpha, seed):
    """Every class divided by a draw from Dir(alpha). labels: of every image. Returns the images of every client, ascending."""
    of_class = [[image for image, label in enumerate(labels) if label == each] for each in range(classes)]
    for tries in range(1, MOST_TRIES + 1):
        stream = Stream(seed, "partition", tries)
        lists = [[] for _ in range(clients)]
        for images in of_class:
            shuffled = stream.shuffle(list(images))
            deal(shuffled, dirichlet(alpha, clients, stream), lists)
        if all(len(images) >= FEWEST_IMAGES for images in lists):
            break
    return [sorted(images) for images in lists]


def group_partition(groups, count, clients, seed):
    """Whole groups to clients: one each, several where there are fewer clients, divided where there are more."""
    lists = [[] for _ in range(clients)]
    stream = Stream(seed, "partition")
    for group in range(count):
        holders = [
            images
            for client, images in enumerate(lists)
            if (client == group % clients if clients < count else client % count == group)
        ]
        images = [image for image, each in enumerate(groups) if each == group]
        deal(stream.shuffle(images), [1 / len(holders)] * len(holders), holders)
    return [sorted(images) for images in lists]


def partition(labels, classes, groups, seed):
    """The images of every client of the study.

    labels: of every training image; classes: their names; groups: (names, of every training image), which a partition by style
    needs, or None
    Returns (the images of every client, the counted names, of every image which it is).
    """
    clients = FEDERATED["clients"]
    if FEDERATED["partition"] == "dirichlet":
        return dirichlet_partition(labels, len(classes), clients, FEDERATED["alpha"], seed), classes, labels
    if groups is None:
        raise SystemExit("The study divides images by style: DATA/groups.csv has to say the style of every training image.")
    names, of_image = groups
    return group_partition(of_image, len(names), clients, seed), names, of_image


def counted(images, kinds, of_image):
    """Images of every kind among those of a client."""
    counts = [0] * len(kinds)
    for image in images:
        counts[of_image[image]] += 1
    return counts


# ---- Rounds -------------------------------------------------------------------------------------------------------


def participant_count(clients):
    """Clients of a round, at least one: the study's share, halves up."""
    return max(1, math.floor(FEDERATED["participation"] * clients + 0.5))


def participants(sizes, seed, at):
    """The clients of round `at`, ascending: a share of those with images. sizes: images of every client."""
    able = [client for client, size in enumerate(sizes) if size > 0]
    wanted = participant_count(len(able))
    if wanted >= len(able):
        return able
    return sorted(Stream(seed, "participation", at).shuffle(able)[:wanted])


def client_weights(sizes):
    """Their shares of all images."""
    return [size / sum(sizes) for size in sizes]


# ---- The result ---------------------------------------------------------------------------------------------------


def partition_picture(seed, kinds, counts):
    """What the result says of a partition. counts: [clients][kinds]."""
    short = any(sum(of_client) < FEWEST_IMAGES for of_client in counts)
    return {"seed": seed, "kind": FEDERATED["partition"], "kinds": list(kinds), "counts": counts, "short": short}


def is_done(run):
    """Whether a course has its last round, or diverged."""
    return run["diverged"] is not None or len(run["accuracy"]) == FEDERATED["rounds"]


def status_of(runs, courses):
    """Complete is what has all courses, each of them done. runs: what there is of them; courses: how many there will be"""
    return "complete" if len(runs) == courses and all(map(is_done, runs)) else "stopped"


def read_groups(file, paths):
    """Groups of images from a table with the columns path and group. paths: of every training image, as in the table.

    A row without a path names a group without images. A spreadsheet may have put a byte order mark before the first column.
    Returns (names in the order in which they come, of every image the place of its name); None without the file.
    """
    import csv

    file = Path(file)
    if not file.exists():
        return None
    with open(file, newline="", encoding="utf-8-sig") as rows:
        listed = [(row["path"], row["group"]) for row in csv.DictReader(rows)]
    told = dict(listed)
    missing = [path for path in paths if path not in told]
    if missing:
        raise SystemExit(f"{file}: {len(missing)} training images have no group, {missing[0]} is the first.")
    names = list(dict.fromkeys(group for _, group in listed))
    return names, [names.index(told[path]) for path in paths]
