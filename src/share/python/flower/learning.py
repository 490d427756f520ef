"""What a client computes in a round, and what the server keeps between rounds. Needs what train_copra.py needs."""

import math

import torch
from torch import nn

from . import train_copra as study
from .federation import FEDERATED, STUDY, client_seed, client_weights, is_done, participants, round_seed
from .rules import KEEPS_A, RULES, TAKES_DORA, aggregation_error, drift_of, traffic

CLASSES = list(study.PROMPTS)
KINDS = ("a", "b", "m", "head")
NO_IMAGES = ([], torch.zeros(0, dtype=torch.long))
# A client's schedules span the steps of all rounds.
study.TRAINING = {**study.TRAINING, "steps": FEDERATED["rounds"] * FEDERATED["localSteps"]}


def check_study():
    """Raises SystemExit for what the script does not know how to train, without the backbone, and for a rule that does not take DoRA."""
    study.refuse_unknown(study.STUDY)
    study.check_model()
    for arm in study.ARMS:
        refused = [rule for rule in FEDERATED["rules"] if arm["dora"] and rule not in TAKES_DORA]
        if refused:
            raise SystemExit(f"{arm['name']}: {', '.join(refused)} cannot average DoRA; {', '.join(sorted(TAKES_DORA))} can.")


def flattened(adapter):
    """Adapter → tensors by name, as they travel."""
    return {f"{kind}.{i}": tensor.contiguous().cpu() for kind in KINDS for i, tensor in enumerate(adapter[kind])}


def unflattened(tensors):
    """The opposite of flattened."""
    names = {kind: [name for name in tensors if name.startswith(f"{kind}.")] for kind in KINDS}
    return {kind: [tensors[f"{kind}.{i}"].clone() for i in range(len(names[kind]))] for kind in KINDS}


def add_to_frozen(bench, added):
    """Weights of every map as they were loaded, plus what rules added to them. added: [out, in] of every map, or none."""
    with torch.no_grad():
        for layer, base, update in zip(bench.layers, bench.base, added):
            layer.base_layer.weight.copy_(base + update.to(base.device))


# ---- A client -----------------------------------------------------------------------------------------------------


def train_locally(arm, rule, seed, at, client, adapter, added, images, held, device):
    """The local steps of round `at`: gates, rates and batches follow the steps over all rounds, the optimizer begins anew.

    adapter: what the client begins with; added: see add_to_frozen; images: all of them; held: which are the client's
    Returns (its adapter, its mean loss).
    """
    own, local = client_seed(seed, client), FEDERATED["localSteps"]
    scorer = study.Scorer(arm, seed, CLASSES).to(device)
    bench = study.Bench(scorer, *NO_IMAGES, device)
    bench.put(adapter)
    add_to_frozen(bench, added)
    scorer.gates.seed = own
    torch.manual_seed(round_seed(own, at))
    if rule in KEEPS_A:
        for a in bench.tensors()["a"]:
            a.requires_grad_(False)
    optimizer = torch.optim.AdamW(study.parameter_groups(scorer, arm), lr=arm["learningRate"], **study.ADAMW)
    scorer.train()
    losses = []
    for step in range(at * local, (at + 1) * local):
        study.set_rates(optimizer, arm, scorer.gates.depths, step)
        scorer.gates.set(step)
        chosen = [held[i] for i in study.batch_indices(own, len(held), step)]
        pixels, labels = images.batch(chosen, study.TRAINING["augment"], device)
        loss = nn.functional.cross_entropy(scorer(pixels), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss.item())
    scorer.gates.open()
    return {kind: [tensor.cpu() for tensor in tensors] for kind, tensors in bench.read().items()}, sum(losses) / local


# ---- The server ---------------------------------------------------------------------------------------------------


class Course:
    """One arm under one rule, from round to round.

    sizes: images of every client; tested: batches of pixels and labels of the test images
    """

    def __init__(self, arm, rule, seed, sizes, tested, device):
        self.arm, self.rule, self.seed = arm, rule, seed
        scorer = study.Scorer(arm, seed, CLASSES).to(device)
        self.bench = study.Bench(scorer, *tested, device)
        self.places, self.scale = self.bench.places, self.bench.scale
        self.adapter = self.cpu(self.bench.read())
        self.added = []  # what rules added to the frozen weights so far, [out, in] of every map
        self.ended = None  # why no more rounds are run
        self.kept = None  # where the course is kept, and what it depends on
        taking = len(participants(sizes, seed, 0))  # every round has as many
        down, up = traffic(rule, self.adapter, taking)
        self.run = {
            "arm": arm["id"],
            "seed": seed,
            "rule": rule,
            "accuracy": [],
            "loss": [],
            "players": [{"tower": tower, "layer": layer} for tower, layer in self.bench.players],
            "error": [],
            **({} if arm["dora"] else {"norms": {"update": [], "error": []}}),
            "drift": [],
            "movement": [],
            "down": 4 * taking * down,
            "up": 4 * taking * up,
            "diverged": None,
        }

    @staticmethod
    def cpu(adapter):
        return {kind: [tensor.cpu() for tensor in tensors] for kind, tensors in adapter.items()}

    @property
    def rounds(self):
        """How many are done."""
        return len(self.run["accuracy"])

    @property
    def is_done(self):
        return is_done(self.run)

    def keep_in(self, folder, counts, test_images):
        """Keeps the course in a folder from now on, and goes on with what is there. counts: images of every client; test_images: digest of those of the server"""
        facts = {
            **study.settings_of(self.arm, self.seed, None),
            "federated": {name: value for name, value in FEDERATED.items() if name not in ("seeds", "rules")},
            "counts": counts,
            "testImages": STUDY["analyses"]["testImages"],
            "test_images": test_images,
        }
        place = folder / f"{self.arm['id']}-{self.rule}-{self.seed}.pt"
        self.kept = place, facts
        if place.is_file():
            state = torch.load(place, weights_only=True)
            study.check_same(place, state["facts"], facts)
            self.run, self.adapter, self.added = state["run"], state["adapter"], state["added"]

    def keep(self):
        """Writes what the next round begins with."""
        place, facts = self.kept
        with study.whole_files(place.parent) as part:
            torch.save({"facts": facts, "run": self.run, "adapter": self.adapter, "added": self.added}, part / place.name)

    def diverge(self, at, who):
        self.run["diverged"] = at + 1
        name, rate = self.arm["name"], self.arm["learningRate"]
        self.ended = f"{name}, seed {self.seed}: {who} diverged in round {at + 1}; lower the learning rate, {rate}"

    def fresh(self, at):
        """A new A of every map, which everybody can draw."""
        return study.drawn_factors([tuple(a.shape) for a in self.adapter["a"]], round_seed(self.seed, at))

    def aggregate(self, at, clients, sizes):
        """The global model after round `at`. clients: their adapters; sizes: how many images each has."""
        if not all(tensor.isfinite().all() for client in clients for tensors in client.values() for tensor in tensors):
            self.diverge(at, "a client")
            return
        weights = client_weights(sizes)
        adapter, residual = RULES[self.rule](self.adapter, clients, weights, lambda: self.fresh(at))
        if residual:
            before = self.added or [torch.zeros(len(b), a.shape[1]) for b, a in residual]
            self.added = [sum_ + (self.scale * b @ a).float() for sum_, (b, a) in zip(before, residual)]
        error = None if self.arm["dora"] else aggregation_error(self.places, clients, weights, adapter, residual)
        drift, movement = drift_of(self.adapter, clients, weights)
        add_to_frozen(self.bench, self.added)
        found = self.bench.factors(adapter)
        # Numbers that are finite may be too large for what is made of them.
        made = [tensor for tensors in adapter.values() for tensor in tensors]
        measured = [found.loss, drift, movement, *([*error[0], *error[1:]] if error else [])]
        if not all(map(math.isfinite, measured)) or not all(tensor.isfinite().all() for tensor in made):
            self.diverge(at, "the global model")
            return
        self.adapter = adapter
        for name, value in (("accuracy", found.accuracy), ("loss", found.loss), ("drift", drift), ("movement", movement)):
            self.run[name].append(value)
        if error:
            shares, update, missed = error
            self.run["error"].append(shares)
            self.run["norms"]["update"].append(update)
            self.run["norms"]["error"].append(missed)
        self.run["correct"] = study.bits(found.right)


def new_result(course, held, test, tested, device, train):
    """A result with what the frozen model reaches. held: how many images all clients hold; test, train: Images, train or None; tested: see Course"""
    result = study.new_result((held, 0), tested[1], str(device))
    result["task"].update(study.motifs_of(test, len(tested[1])))
    result["config"] = {**study.STUDY, **STUDY}
    result["federated"] = {"partitions": [], "runs": []}
    if course.bench.scorer.head is None or train is not None:
        study.measure_frozen(result, course.bench, None, train)
    return result
