"""How the adapters of clients become one, and what that loses. Needs torch alone.

An adapter is a dictionary of lists of tensors: "a" [rank, in] and "b" [out, rank] of every map, "m" [out] of DoRA, "head" the
weight and bias of a trained classifier. A rule takes what the clients of a round began with (start), what they have after it
(clients), their weights (Σ = 1), and a way to draw a new A of every map (fresh). It returns the adapter that is sent out next, and
updates (pairs of B and A of every map, without the scale) that everybody adds to the frozen weights, or None.
"""

import math

import torch

# Singular values below this share of the largest are rounding, and no part of an update.
RANK_TOLERANCE = 1e-6


def averaged(clients, weights):
    """Σ wₖ of every tensor, summed in float64."""
    return {
        kind: [
            sum(weight * value.double() for weight, value in zip(weights, values)).float()
            for values in zip(*(client[kind] for client in clients))
        ]
        for kind in clients[0]
    }


def pairs(adapter):
    """(B, A) of every map, in float64."""
    return [(b.double(), a.double()) for a, b in zip(adapter["a"], adapter["b"])]


def stacked(sources, weights):
    """Σ wₖ BₖAₖ of one map as one B and one A. sources: (B, A) of every client."""
    left = torch.cat([weight * b for weight, (b, _) in zip(weights, sources)], dim=1)
    return left, torch.cat([a for _, a in sources])


def best_of_rank(b, a, rank):
    """The best approximation of BA by at most this rank, in balanced factors: U√S and √SVᵀ."""
    left, right = torch.linalg.qr(b), torch.linalg.qr(a.T)
    u, s, v = torch.linalg.svd(left.R @ right.R.T)
    kept = min(rank, int((s > RANK_TOLERANCE * s[0]).sum()))
    roots = s[:kept].sqrt()
    return left.Q @ u[:, :kept] * roots, roots[:, None] * (v[:kept] @ right.Q.T)


def fedit(start, clients, weights, fresh):
    """A and B are averaged on their own (arXiv 2305.05644)."""
    return averaged(clients, weights), None


def rotated(start, clients, weights, fresh):
    """FedIT of factors that are rotated onto those the client began with (cf. arXiv 2602.23638)."""
    turned = []
    for client in clients:
        factors = []
        for (b, a), (b0, a0) in zip(pairs(client), pairs(start)):
            u, _, v = torch.linalg.svd(b.T @ b0 + a @ a0.T)
            rotation = u @ v
            factors.append(((b @ rotation).float(), (rotation.T @ a).float()))
        turned.append({**client, "a": [a for _, a in factors], "b": [b for b, _ in factors]})
    return averaged(turned, weights), None


def flexlora(start, clients, weights, fresh):
    """The best approximation of Σ wₖBₖAₖ by the rank of the adapter (arXiv 2402.11505).

    Where the sum has a lower rank, A keeps its other rows and B is 0 there.
    """
    adapter = averaged(clients, weights)
    for i, sources in enumerate(zip(*map(pairs, clients))):
        b, a = best_of_rank(*stacked(sources, weights), len(start["a"][i]))
        adapter["a"][i], adapter["b"][i] = start["a"][i].clone(), torch.zeros_like(start["b"][i])
        adapter["a"][i][: len(a)], adapter["b"][i][:, : b.shape[1]] = a.float(), b.float()
    return adapter, None


def ffa_lora(start, clients, weights, fresh):
    """One A for all, which is never trained; B is averaged (arXiv 2403.12313)."""
    return {**averaged(clients, weights), "a": [a.clone() for a in start["a"]]}, None


def fedex_lora(start, clients, weights, fresh):
    """FedIT, and Σ wₖ(Bₖ - B)(Aₖ - A) is added to the frozen weights (arXiv 2410.09432)."""
    adapter = averaged(clients, weights)
    deviations = [
        [((b - b0).float().double(), (a - a0).float().double()) for (b, a), (b0, a0) in zip(pairs(client), pairs(adapter))]
        for client in clients
    ]
    return adapter, [stacked(sources, weights) for sources in zip(*deviations)]


def stacking(start, clients, weights, fresh):
    """Σ wₖBₖAₖ is added to the frozen weights, and every round begins with a new A and B = 0 (arXiv 2409.05976)."""
    adapter = {**averaged(clients, weights), "a": fresh(), "b": [torch.zeros_like(b) for b in start["b"]]}
    return adapter, [stacked(sources, weights) for sources in zip(*map(pairs, clients))]


RULES = {
    "fedit": fedit,
    "rotated": rotated,
    "flexlora": flexlora,
    "ffa-lora": ffa_lora,
    "fedex-lora": fedex_lora,
    "stacking": stacking,
}
# Rules under which A is never trained, and those that can average DoRA's magnitudes.
KEEPS_A = {"ffa-lora"}
TAKES_DORA = {"fedit", "rotated"}

# ---- Measures -----------------------------------------------------------------------------------------------------


def squared_norm(b, a):
    """‖BA‖² through two small triangles."""
    return (torch.linalg.qr(b, mode="r").R @ torch.linalg.qr(a.T, mode="r").R.T).square().sum().item()


def aggregation_error(places, clients, weights, adapter, residual):
    """The shares ‖E‖ / ‖Σ wₖBₖAₖ‖ of every layer, E = Σ wₖBₖAₖ - what everybody has now; ‖Σ wₖBₖAₖ‖ and ‖E‖ over all layers.

    places: (tower, layer, ...) of every map.
    """
    players = list(dict.fromkeys(place[:2] for place in places))
    wanted, missed = [0.0] * len(players), [0.0] * len(players)
    made = pairs(adapter)
    for i, (place, sources) in enumerate(zip(places, zip(*map(pairs, clients)))):
        player = players.index(place[:2])
        have = [made[i], *([residual[i]] if residual else [])]
        wanted[player] += squared_norm(*stacked(sources, weights))
        missed[player] += squared_norm(*stacked([*sources, *have], [*weights, *[-1.0] * len(have)]))
    shares = [math.sqrt(lost / whole) if whole > 0 else 0.0 for whole, lost in zip(wanted, missed)]
    return shares, math.sqrt(sum(wanted)), math.sqrt(sum(missed))


def distance(one, other):
    """Euclidean over all factors and magnitudes; a head does not count."""
    parts = [
        (mine.double() - theirs.double()).square().sum().item()
        for kind in ("a", "b", "m")
        for mine, theirs in zip(one[kind], other[kind])
    ]
    return math.sqrt(sum(parts))


def drift_of(start, clients, weights):
    """Mean distance of the clients from their average, and from where they began."""
    average = averaged(clients, weights)
    drift = sum(distance(client, average) for client in clients) / len(clients)
    return drift, sum(distance(client, start) for client in clients) / len(clients)


def traffic(rule, adapter, clients):
    """Numbers that one client receives and sends in a round, as the rule asks. clients: those of a round."""
    size = sum(tensor.numel() for tensors in adapter.values() for tensor in tensors)
    of_a = sum(a.numel() for a in adapter["a"])
    of_head = sum(tensor.numel() for tensor in adapter["head"])
    of_sum = sum(
        min(clients * len(a) * (a.shape[1] + len(b)), a.shape[1] * len(b)) for a, b in zip(adapter["a"], adapter["b"])
    )
    if rule == "ffa-lora":
        return size - of_a, size - of_a
    down = {"fedex-lora": size + of_sum, "stacking": of_head + of_sum}.get(rule, size)
    return down, size
