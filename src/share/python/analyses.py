# ---- Analyses -------------------------------------------------------------------------------------------------------
# As in the browser, written as its result: drop result.json on the page. An adapter is a dictionary of lists of tensors:
# "a" [rank, in] and "b" [out, rank] of every map, "m" [out] of DoRA, "head" the classifier's weight and bias.

import base64  # noqa: E402
import time  # noqa: E402

import torch  # noqa: E402

PROJECTION_NAMES = ("q", "k", "v", "o", "fc1", "fc2")
PENALTIES = (1, 1e-1, 1e-2, 1e-3)
MOST_ANSWERS = 2**20  # bytes of answers to single images kept of one kind


def nearest(value):
    """To the nearest integer, halves up."""
    return math.floor(value + 0.5)


def bits(values):
    """0 and 1 as base64 of bits, the most significant first."""
    padded = [int(value) for value in values] + [0] * (-len(values) % 8)
    rows = [padded[at : at + 8] for at in range(0, len(padded), 8)]
    return base64.b64encode(bytes(sum(bit << (7 - i) for i, bit in enumerate(row)) for row in rows)).decode()


def followed(items, what):
    """The items one by one. Every ten seconds a line says how many of them are done, as on a processor they take minutes, and how long the others may take."""
    items, began = list(items), time.monotonic()
    told = began
    for done, item in enumerate(items):
        now = time.monotonic()
        if now - told >= 10:
            told, left = now, (now - began) / done * (len(items) - done)
            print(f"{what}: {done} of {len(items)}, about {math.ceil(left)} s left", flush=True)
        yield item


def spread(values):
    """Standard error of the mean over the last dimension; 0 for a single value."""
    return values.std(-1) / math.sqrt(values.shape[-1]) if values.shape[-1] > 1 else torch.zeros(values.shape[:-1])


def by_motif(rows, motifs):
    """Rows of values of images by motif: images of one motif are no independent draws, so the spread of the mean is one over motifs (Liang & Zeger 1986).

    rows: [..., images]; motifs: of every image, numbered from 0 on; None: each is its own
    """
    if motifs is None:
        return rows
    centre, count = rows.mean(-1, keepdim=True), max(motifs) + 1
    sums = torch.zeros(*rows.shape[:-1], count, dtype=rows.dtype).index_add(-1, torch.tensor(motifs), rows - centre)
    return centre + count / len(motifs) * sums


class Answers:
    """What one adapter says of every image. logits: [images, classes]; labels: [images]."""

    def __init__(self, logits, labels):
        self.logits, self.predicted = logits, logits.argmax(-1)
        self.losses = torch.nn.functional.cross_entropy(logits, labels, reduction="none")
        self.right = self.predicted == labels

    @property
    def accuracy(self):
        return self.right.sum().item() / len(self.right)

    @property
    def loss(self):
        return self.losses.mean().item()

    def scores(self):
        return {"accuracy": self.accuracy, "loss": self.loss}

    def answered(self):
        return {**self.scores(), "correct": bits(self.right)}

    def packed(self):
        """Of every image the class and the probability of the true one in 255ths."""
        certain = [nearest(255 * min(1.0, math.exp(-loss))) for loss in self.losses.tolist()]
        return base64.b64encode(bytes(byte for pair in zip(self.predicted.tolist(), certain) for byte in pair)).decode()


class Bench:
    """Tests adapters of one arm on fixed images.

    scorer: a model with lora_layers, gates, blocks (the module of every layer with adapters, by tower and layer), head (a Linear, or None)
        and features(pixels); without a head it gives logits itself
    batches: pixel tensors [batch, ...]; labels: [images]
    """

    def __init__(self, scorer, batches, labels, device="cpu"):
        self.scorer, self.batches, self.labels, self.device = scorer, batches, labels, device
        self.layers, self.places = scorer.lora_layers, scorer.gates.places
        self.base = [layer.base_layer.weight.detach().clone() for layer in self.layers]
        self.players = list(dict.fromkeys(place[:2] for place in self.places))
        self.scale = scorer.gates.scales[0]
        scorer.eval()

    def tensors(self):
        """The tensors of the adapter in the model, by kind."""
        head = self.scorer.head
        return {
            "a": [layer.lora_A["default"].weight for layer in self.layers],
            "b": [layer.lora_B["default"].weight for layer in self.layers],
            "m": [
                getattr(vector, "weight", vector)
                for vector in (layer.lora_magnitude_vector["default"] for layer in self.layers if self.is_dora)
            ],
            "head": [head.weight, head.bias] if head is not None else [],
        }

    @property
    def is_dora(self):
        return "default" in self.layers[0].lora_magnitude_vector

    def read(self):
        return {kind: [value.detach().clone() for value in values] for kind, values in self.tensors().items()}

    def put(self, adapter):
        with torch.no_grad():
            for kind, values in self.tensors().items():
                for mine, value in zip(values, adapter[kind]):
                    mine.copy_(value)

    def gates_of(self, active):
        """Of every map whether it is on, from the layers that are."""
        return [active[self.players.index(place[:2])] for place in self.places]

    def run(self, use):
        with torch.no_grad():
            return torch.cat([use(batch.to(self.device)).double().cpu() for batch in self.batches])

    def switch(self, gates):
        for layer, gate in zip(self.layers, gates):
            layer._disable_adapters = not gate

    def answers(self, gates):
        self.switch(gates)
        return Answers(self.run(self.scorer), self.labels)

    def factors(self, adapter):
        self.put(adapter)
        return self.answers([True] * len(self.layers))

    @contextmanager
    def sharing_layers(self):
        """While it lasts, a layer gives its last output again as long as no gate of its tower up to it has changed. Gives these outputs, which are to be cleared for other images."""
        kept = {}

        def shared(where, compute):
            upto = [layer for layer, place in zip(self.layers, self.places) if place[0] == where[0] and place[1] <= where[1]]

            def once(*inputs, **named):
                off = [layer._disable_adapters for layer in upto]
                if where not in kept or kept[where][0] != off:
                    kept[where] = off, compute(*inputs, **named)
                return kept[where][1]

            return once

        for where, block in self.scorer.blocks.items():
            block.forward = shared(where, block.forward)
        try:
            yield kept
        finally:
            for block in self.scorer.blocks.values():
                del block.forward

    def masked(self, adapter, masks, what, images=None):
        """Answers of an adapter under every mask, the gates of its maps. what: for who waits; images: of how many, None is all

        Masks are tested in the order of their first gates, and batch by batch, so that neighbours share the layers that they have in common:
        all masks of 12 layers take a sixth of the time.
        """
        self.put(adapter)
        images, size = len(self.labels) if images is None else images, len(self.batches[0])
        first = [batch[: images - start] for start, batch in zip(range(0, images, size), self.batches)]
        order, logits = sorted(range(len(masks)), key=masks.__getitem__), [[] for _ in masks]
        with torch.no_grad(), self.sharing_layers() as kept:
            for batch, mask in followed([(batch, mask) for batch in first for mask in order], what):
                if mask == order[0]:
                    kept.clear()
                self.switch(masks[mask])
                logits[mask].append(self.scorer(batch.to(self.device)).double().cpu())
        return [Answers(torch.cat(parts), self.labels[:images]) for parts in logits]

    def updates(self, updates, head):
        """Any update [out, in] of every map, added to the frozen weights while it is tested."""
        kept = self.read()
        with torch.no_grad():
            for layer, base, update in zip(self.layers, self.base, updates):
                layer.base_layer.weight.copy_(base + self.scale * update)
            for mine, value in zip(self.tensors()["head"], head):
                mine.copy_(value)
        try:
            return self.answers([False] * len(self.layers))
        finally:
            with torch.no_grad():
                for layer, base in zip(self.layers, self.base):
                    layer.base_layer.weight.copy_(base)
            self.put(kept)

    def norms(self, adapter):
        """Frobenius norm of what the adapter changes, of every layer."""
        squares = [0.0] * len(self.players)
        for i, update in enumerate(products(adapter)):
            change = self.scale * update
            if adapter["m"]:
                weight = self.base[i] + change
                change = adapter["m"][i][:, None] * weight / weight.norm(dim=1, keepdim=True) - self.base[i]
            squares[self.players.index(self.places[i][:2])] += change.double().square().sum().item()
        return [math.sqrt(square) for square in squares]


def products(adapter):
    """B A of every map, [out, in], without the scale."""
    return [b @ a for a, b in zip(adapter["a"], adapter["b"])]


def mixed(adapters, weights):
    """Weighted sums of every tensor."""
    return {
        kind: [sum(weight * value for weight, value in zip(weights, values)) for values in zip(*(each[kind] for each in adapters))]
        for kind in adapters[0]
    }


def summed(lists, weights):
    """Weighted sums of lists of tensors, tensor by tensor."""
    return [sum(weight * value for weight, value in zip(weights, values)) for values in zip(*lists)]


def retained(value, frozen, full, images):
    """Share of the gain that is kept; None when the gain does not exceed its own sampling error."""
    if frozen is None:
        return None
    # Each with two images more, one of them right (Agresti & Caffo 2000).
    adjusted = [(share * images + 1) / (images + 2) for share in (frozen, full)]
    error = (1 + 2 / images) * math.hypot(*(math.sqrt(share * (1 - share) / (images + 2)) for share in adjusted))
    return (value - frozen) / (full - frozen) if full - frozen > error else None


def barrier(at, values, sign):
    """The largest drop below the chord between the ends (sign 1), or rise above it (sign -1)."""
    return max(0.0, *(sign * ((1 - x) * values[0] + x * values[-1] - value) for x, value in zip(at, values)))


# ---- Landscape


def landscape_of(bench, arm, adapters, frozen, keep):
    """Both paths between every two seeds."""
    wanted = STUDY["analyses"]["landscape"]
    at = [i / (wanted["points"] - 1) for i in range(wanted["points"])]
    seeds, found = list(adapters), []
    paths = [path for path in wanted["paths"] if path == "factor" or not bench.is_dora]
    for path in paths:
        for i, first in enumerate(seeds):
            for second in seeds[i + 1 :]:
                ends = [adapters[first], adapters[second]]
                points = []
                for x in followed(at, f"{arm['name']}: {path} path from seed {first} to seed {second}"):
                    weights = [1 - x, x]
                    if path == "factor":
                        points.append(bench.factors(mixed(ends, weights)))
                    else:
                        updates = summed([products(end) for end in ends], weights)
                        points.append(bench.updates(updates, summed([end["head"] for end in ends], weights)))
                accuracy, loss = [point.accuracy for point in points], [point.loss for point in points]
                middle = at.index(0.5) if 0.5 in at else None
                midpoint = accuracy[middle] if middle is not None else between(at, accuracy)
                found.append(
                    {
                        "arm": arm["id"],
                        "seeds": [first, second],
                        "path": path,
                        "lambdas": at,
                        "accuracy": accuracy,
                        "loss": loss,
                        "correct": [bits(point.right) for point in points],
                        "barrierAccuracy": barrier(at, accuracy, 1),
                        "barrierLoss": barrier(at, loss, -1),
                        "midpointRetainedGain": retained(midpoint, frozen, (accuracy[0] + accuracy[-1]) / 2, len(bench.labels)),
                    }
                )
                if middle is not None and path == paths[0]:
                    keep("midpoint", arm["id"], [first, second], path, points[middle])
    return found


def between(at, values):
    """The value at 0.5, on the straight line between its neighbours."""
    above = next(i for i, x in enumerate(at) if x > 0.5)
    share = (0.5 - at[above - 1]) / (at[above] - at[above - 1])
    return values[above - 1] + share * (values[above] - values[above - 1])


# ---- Shapley values


def coalition_weights(count, wanted, seed):
    """Coalitions (tuples of 0 and 1), their Shapley weights [players, coalitions], and those of every independent part."""
    if wanted["estimator"] == "exact":
        coalitions = [tuple(mask >> i & 1 for i in range(count)) for mask in range(2**count)]
        weights = torch.zeros(count, len(coalitions), dtype=torch.float64)
        for c, gates in enumerate(coalitions):
            size = sum(gates)
            for player, on in enumerate(gates):
                others = size - on
                share = math.factorial(others) * math.factorial(count - others - 1) / math.factorial(count)
                weights[player, c] = share if on else -share
        return coalitions, weights, None
    stream, places, parts = Stream(seed, "analysis", count), {}, []
    for _ in range(max(2, math.ceil(wanted["permutations"] / 2))):
        order = stream.shuffle(list(range(count)))
        marginals = []
        for way in (order, order[::-1]):
            gates = [0] * count
            for player in way:
                before = places.setdefault(tuple(gates), len(places))
                gates[player] = 1
                marginals.append((player, places.setdefault(tuple(gates), len(places)), before))
        parts.append(marginals)
    of_parts = torch.zeros(len(parts), count, len(places), dtype=torch.float64)
    for part, marginals in enumerate(parts):
        for player, after, before in marginals:
            of_parts[part, player, after] += 0.5
            of_parts[part, player, before] -= 0.5
    return list(places), of_parts.mean(0), of_parts


def thirds(players):
    """The third of its tower's layers in which each lies: low, middle or high."""
    found = []
    for tower, layer, *_ in players:
        layers = list(dict.fromkeys(place[1] for place in players if place[0] == tower))
        outer, position = nearest(len(layers) / 3), layers.index(layer)
        found.append("low" if position < outer else "middle" if position < len(layers) - outer else "high")
    return found


def shapley_of(bench, arm, seed, adapter, motifs):
    """Shapley values of the layers, or of their maps, in accuracy and in -loss. motifs: see by_motif"""
    wanted = dict(STUDY["analyses"]["shapley"])
    by_map = wanted.get("players") == "module"
    players = list(bench.places) if by_map else bench.players
    most = max(sum(player[0] == tower for player in players) for tower in ("vision", "text"))
    if wanted["estimator"] != "exact" or len(players) > 16 or most > 12:
        wanted["estimator"] = "permutation"
    coalitions, weights, parts = coalition_weights(len(players), wanted, seed)
    images = min(wanted["images"], len(bench.labels))
    motifs = motifs and motifs[:images]
    masks = [list(gates) if by_map else bench.gates_of(gates) for gates in coalitions]
    told = bench.masked(adapter, masks, f"{arm['name']}: Shapley values of seed {seed}", images)
    values = {
        "accuracy": torch.stack([answers.right.double() for answers in told]),  # [coalitions, images]
        "loss": torch.stack([-answers.losses for answers in told]),
    }
    result, sampling = {}, {}
    for name, of_coalitions in values.items():
        per_image = weights @ of_coalitions  # [players, images]
        over_parts = parts @ of_coalitions.mean(1) if parts is not None else torch.zeros(1, len(players))
        sampling[name] = spread(over_parts.T).tolist()
        result[name] = per_image.mean(1).tolist()
        result[f"{name}Error"] = [math.hypot(*both) for both in zip(spread(by_motif(per_image, motifs)).tolist(), sampling[name])]
    whole, none = (values["accuracy"][coalitions.index((on,) * len(players))].mean().item() for on in (1, 0))
    credit = sum(abs(value) for value in result["accuracy"])
    top = sum(abs(value) for value, third in zip(result["accuracy"], thirds(players)) if third == "high")
    return {
        "arm": arm["id"],
        "seed": seed,
        "players": [
            {"tower": tower, "layer": layer, **({"projection": rest[0]} if by_map else {})}
            for tower, layer, *rest in players
        ],
        "estimator": wanted["estimator"],
        **result,
        **({"coalitionError": sampling} if parts is not None else {}),
        "residual": whole - none - sum(result["accuracy"]),
        "images": images,
        **({"motifs": len(set(motifs))} if motifs else {}),
        "coalitions": len(coalitions),
        "topThirdShare": top / credit if credit > 1e-12 else None,
    }


# ---- Pruning


def zero_smallest(values, count):
    """The count smallest entries in magnitude set to 0; among equals the later ones first."""
    order = torch.argsort(values.abs().flip(0), stable=True)[: max(0, count)]
    pruned = values.clone()
    pruned[len(values) - 1 - order] = 0
    return pruned


def together(tensors, change):
    """Changes tensors as one flat vector."""
    flat = change(torch.cat([tensor.flatten() for tensor in tensors]))
    parts = flat.split([tensor.numel() for tensor in tensors])
    return [part.reshape(tensor.shape) for part, tensor in zip(parts, tensors)]


def pruned_answers(bench, adapter, scope, sparsity):
    if scope == "update":
        updates = together(products(adapter), lambda flat: zero_smallest(flat, nearest(sparsity * len(flat))))
        return bench.updates(updates, adapter["head"])
    factors = [tensor for pair in zip(adapter["a"], adapter["b"]) for tensor in pair]
    if scope == "factors":
        factors = together(factors, lambda flat: zero_smallest(flat, nearest(sparsity * len(flat))))
    else:
        gone = [tensor.numel() - math.floor((1 - sparsity) * tensor.numel() + 1e-9) for tensor in factors]
        factors = [zero_smallest(tensor.flatten(), count).reshape(tensor.shape) for tensor, count in zip(factors, gone)]
    return bench.factors({**adapter, "a": factors[0::2], "b": factors[1::2]})


def masks_of(bench, adapter, seed, values):
    """Label and gates of every way to leave out layers or maps. values: Shapley values of the layers, or None."""
    players, places = bench.players, bench.places
    third = thirds(players)

    def of_players(keep):
        return bench.gates_of([keep(player) for player in range(len(players))])

    def of_maps(names):
        return [place[2] in names for place in places]

    parts = [
        ("even", of_players(lambda player: players[player][1] % 2 == 0)),
        ("odd", of_players(lambda player: players[player][1] % 2 == 1)),
        *((name, of_players(lambda player, name=name: third[player] == name)) for name in ("low", "middle", "high")),
        *((name, of_maps((name,))) for name in PROJECTION_NAMES),
        *(
            ("+".join(both), of_maps(both))
            for both in (("q", "k"), ("q", "v"), ("k", "v"))
            if all(any(place[2] == name for place in places) for name in both)
        ),
        *((tower, [place[0] == tower for place in places]) for tower in ("vision", "text")),
    ]
    masks = [("all", [True] * len(places)), ("none", [False] * len(places))]
    masks += [(label, gates) for label, gates in parts if any(gates) and not all(gates)]
    count = len(players)

    def without_lowest(label, scores, removed):
        gone = sorted(range(count), key=lambda player: (scores[player], player))[:removed]
        return f"{label}-{removed}", of_players(lambda player: player not in gone)

    norms = bench.norms(adapter)
    for removed in dict.fromkeys(nearest(share * count) for share in (0.25, 0.5, 0.75)):
        if not 0 < removed < count:
            continue
        if values is not None:
            masks.append(without_lowest("shapley", values, removed))
        masks.append(without_lowest("norm", norms, removed))
        for repeat in range(STUDY["analyses"]["pruning"]["randomMasks"]):
            stream = Stream(seed, "analysis", 1000 + repeat)
            masks.append(without_lowest("random", [stream.uniform() for _ in range(count)], removed))
    return masks


def pruning_of(bench, arm, seed, adapter, frozen, shapley, keep):
    """Whole layers and maps left out, then single weights."""
    wanted, images, values = STUDY["analyses"]["pruning"], len(bench.labels), None
    if shapley is not None:
        values = [0.0] * len(bench.players)
        for player, value in zip(shapley["players"], shapley["accuracy"]):
            values[bench.players.index((player["tower"], player["layer"]))] += value
    labels, masks = zip(*masks_of(bench, adapter, seed, values))
    tested = {}
    for label, gates, answers in zip(labels, masks, bench.masked(adapter, masks, f"{arm['name']}: masks of seed {seed}")):
        tested.setdefault(label, []).append((gates, answers))
    full, structured = tested["all"][0][1].accuracy, []
    for label, ways in tested.items():
        accuracy = sum(answers.accuracy for _, answers in ways) / len(ways)
        structured.append(
            {
                "label": label,
                "kept": sum(ways[0][0]),
                "of": len(ways[0][0]),
                "accuracy": accuracy,
                "loss": sum(answers.loss for _, answers in ways) / len(ways),
                "retainedGain": retained(accuracy, frozen, full, images),
                **({"correct": bits(ways[0][1].right)} if len(ways) == 1 else {}),
            }
        )
        if label in ("even", "odd"):
            keep("layers", arm["id"], [seed], label, ways[0][1])
    unstructured, sparsities = [], sorted(set(wanted["sparsities"]))
    for scope in wanted["scopes"]:
        if not sparsities or (scope == "update" and bench.is_dora):
            continue
        told = followed(sparsities, f"{arm['name']}: {scope} of seed {seed} pruned")
        points = [pruned_answers(bench, adapter, scope, sparsity) for sparsity in told]
        accuracy, width = [point.accuracy for point in points], sparsities[-1] - sparsities[0]
        steps = zip(sparsities, sparsities[1:], accuracy, accuracy[1:])
        area = sum((x1 - x0) * (y0 + y1) / 2 for x0, x1, y0, y1 in steps) / width if width > 0 else accuracy[0]
        unstructured.append(
            {
                "scope": scope,
                "sparsities": sparsities,
                "accuracy": accuracy,
                "loss": [point.loss for point in points],
                "correct": [bits(point.right) for point in points],
                "area": area,
            }
        )
    return {"arm": arm["id"], "seed": seed, "structured": structured, "unstructured": unstructured}


# ---- Merging


def elected(tensors, weights):
    """TIES of trimmed tensors: the sign of the weighted sum is elected, and the entries that have it are averaged."""
    votes = sum(weight * tensor for weight, tensor in zip(weights, tensors))
    sign = torch.where(votes >= 0, 1.0, -1.0)
    total, count = torch.zeros_like(votes), torch.zeros_like(votes)
    for weight, tensor in zip(weights, tensors):
        agrees = torch.sign(weight * tensor) == sign
        total += torch.where(agrees, weight * tensor, torch.zeros_like(tensor))
        count += agrees * abs(weight)
    return torch.where(count > 0, total / count.clamp(min=1e-30), torch.zeros_like(total))


def low_rank(matrix, rank):
    """The nearest matrix of this rank."""
    u, s, v = torch.linalg.svd(matrix.double(), full_matrices=False)
    return (u[:, :rank] * s[:rank] @ v[:rank]).to(matrix.dtype)


def merging_of(bench, validation, arm, adapters, keep):
    """All seeds of an arm merged; the factor of a method that has one is chosen on validation images, if there are any."""
    wanted = STUDY["analyses"]["merging"]
    runs, count = list(adapters.values()), len(adapters)
    weights = [1 / count] * count
    single = {seed: bench.factors(adapter) for seed, adapter in adapters.items()}
    labels = bench.labels
    ensemble = Answers(sum(answers.logits for answers in single.values()) / count, labels)
    rank = runs[0]["a"][0].shape[0]
    dense = max(min(base.shape) for base in bench.base)
    updates = [products(run) for run in runs]  # [runs][maps]
    head = summed([run["head"] for run in runs], weights)

    def kept(tensor):
        keeps = math.floor(wanted["density"] * tensor.numel())
        return zero_smallest(tensor.flatten(), tensor.numel() - keeps).reshape(tensor.shape)

    trimmed = [[kept(update) for update in of_run] for of_run in updates]
    average = summed(updates, weights)
    merged = {
        "updates": (average, count * rank, False),
        "task-arithmetic": (average, count * rank, True),
        "svd": ([low_rank(update, rank) for update in average], rank, False),
        "magnitude": (summed(trimmed, weights), dense, True),
        "ties": ([elected(tensors, weights) for tensors in zip(*trimmed)], dense, True),
    }
    plain = bench.factors(mixed(runs, weights))
    keep("merge", arm["id"], [], "factors", plain)
    merges = [{"method": "factors", "alignment": "none", "scale": 1, "rank": rank, **plain.scores()}]
    scales, sweep = sorted(set(wanted["scales"])), None
    for method, (update, needed, scaled) in merged.items():

        def at(where, factor, update=update):
            return where.updates([factor * part for part in update], head)

        scale = 1
        if scaled and validation is not None:
            tried = [at(validation, factor) for factor in followed(scales, f"{arm['name']}: λ of {method}")]
            scale = scales[min(range(len(scales)), key=lambda i: (-tried[i].accuracy, tried[i].loss))]
        tested = at(bench, scale)
        keep("merge", arm["id"], [], method, tested)
        merges.append({"method": method, "alignment": "none", "scale": scale, "rank": needed, **tested.scores()})
        if method == "task-arithmetic":
            curve = [at(bench, factor) for factor in followed(scales, f"{arm['name']}: {method} by λ")]
            sweep = {"scales": scales, "accuracy": [each.accuracy for each in curve], "loss": [each.loss for each in curve]}
    return {
        "arm": arm["id"],
        "runs": [{"arm": arm["id"], "seed": seed, **answers.scores()} for seed, answers in single.items()],
        "ensemble": ensemble.scores(),
        "merges": merges,
        "sweep": sweep,
        "validation": len(validation.labels) if validation is not None else 0,
    }


# ---- The frozen model, and the result


def head_only(train, train_labels, validation, validation_labels, test, test_labels):
    """A linear classifier on frozen features [images, width]: what the model reaches without an adapter."""
    mean, variance = train.mean(0), train.var(0, unbiased=False)
    factor = torch.where(variance > 1e-12, variance.clamp(min=1e-12).rsqrt(), torch.zeros_like(variance))
    train, validation, test = ((part - mean) * factor for part in (train, validation, test))
    classes, best, start = len(PROMPTS), None, None
    for penalty in PENALTIES if len(validation_labels) > 0 else (1e-2,):
        weight, bias = start or (torch.zeros(classes, train.shape[1]).double(), torch.zeros(classes).double())
        weight, bias = weight.clone().requires_grad_(), bias.clone().requires_grad_()
        search = torch.optim.LBFGS([weight, bias], max_iter=500, tolerance_grad=1e-7, line_search_fn="strong_wolfe")

        def loss():
            search.zero_grad()
            value = torch.nn.functional.cross_entropy(train @ weight.T + bias, train_labels)
            value = value + penalty / 2 * weight.square().sum()
            value.backward()
            return value

        search.step(loss)
        start = (weight.detach(), bias.detach())
        on_validation = Answers(validation @ start[0].T + start[1], validation_labels).loss if len(validation_labels) > 0 else 0
        if best is None or on_validation < best[0]:
            best = (on_validation, start)
    weight, bias = best[1]
    return Answers(test @ weight.T + bias, test_labels)


def new_result(counts, test_labels, device):
    """A result in which nothing is found. counts: images for training and validation; test_labels: of those that are tested."""
    from datetime import datetime, timezone

    names = list(PROMPTS)
    train, validation = counts
    task = {"name": TITLE, "classes": names, "train": train, "validation": validation, "test": len(test_labels)}
    task.update({"chance": 1 / len(names), "zeroShot": None})
    if len(names) <= 256:
        task["labels"] = base64.b64encode(bytes(test_labels.tolist())).decode()
    date = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    origin = {"date": date, "backend": "python", "device": device, "software": False, "appVersion": VERSION, "seconds": 0}
    parts = {"runs": [], "landscape": [], "shapley": [], "pruning": [], "merging": [], "predictions": []}
    return {"version": 1, "config": STUDY, "provenance": origin, "task": task, **parts, "status": "complete"}


def keeper(result, images):
    """Keeps answers to single images, of each kind as many as fit."""

    def keep(of, arm, seeds, name, answers):
        kept = sum(1 for prediction in result["predictions"] if prediction["of"] == of)
        if "labels" in result["task"] and 2 * images * (kept + 1) <= MOST_ANSWERS:
            entry = {"of": of, "arm": arm, "seeds": seeds, "name": name, "answers": answers.packed()}
            result["predictions"].append(entry)

    return keep


def analysed_seeds(arms, most):
    """Of every arm the seeds with Shapley values: the first that no arm lost, as arms are compared by seed, then its others.

    arms: the seeds of every arm that did not diverge
    """
    some = [set(seeds) for seeds in arms.values() if seeds]
    found = {}
    for arm, seeds in arms.items():
        first = sorted(seeds, key=lambda seed: not all(seed in own for own in some))[:most]
        found[arm] = [seed for seed in seeds if seed in first]
    return found


def analyse_arm(result, arm, bench, validation, adapters, runs, frozen, analysed):
    """Adds an arm: its runs, and what the study asks of them.

    adapters: by seed, of the runs that did not diverge; runs: by seed; analysed: the seeds with Shapley values
    """
    wanted, keep = STUDY["analyses"], keeper(result, len(bench.labels))
    for seed, run in runs.items():
        if seed not in adapters:
            result["runs"].append(run)
            continue
        answers = bench.factors(adapters[seed])
        result["runs"].append({**run, "test": answers.answered()})
        keep("run", arm["id"], [seed], "", answers)
    if wanted["landscape"]["enabled"]:
        result["landscape"] += landscape_of(bench, arm, adapters, frozen, keep)
    shapley = {}
    if wanted["shapley"]["enabled"]:
        for seed in analysed:
            shapley[seed] = shapley_of(bench, arm, seed, adapters[seed], result["task"].get("motifs"))
        result["shapley"] += shapley.values()
    if wanted["pruning"]["enabled"]:
        for seed, adapter in adapters.items():
            result["pruning"].append(pruning_of(bench, arm, seed, adapter, frozen, shapley.get(seed), keep))
    if "merging" in wanted and len(adapters) > 1 and not bench.is_dora:
        result["merging"].append(merging_of(bench, validation, arm, adapters, keep))
