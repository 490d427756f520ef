"""The ServerApp: every arm of the study under every rule, round by round, and the result that the page opens."""

import json
import time
from logging import INFO, WARNING
from pathlib import Path

import torch
from flwr.app import ArrayRecord, ConfigRecord, Context, Message, MessageType, MetricRecord, RecordDict
from flwr.common import log
from flwr.serverapp import Grid, ServerApp
from flwr.serverapp.strategy import Strategy

from . import train_copra as study
from .federation import FEDERATED, RULES, SEEDS, STUDY, participants, partition_picture, status_of
from .learning import Course, check_study, flattened, new_result, unflattened

app = ServerApp()
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
SECONDS_TO_LOOK = 3


class LoraStrategy(Strategy):
    """One rule of aggregation, on one arm and seed. Clients that do not answer in time do not count in their round.

    nodes: node of every client; sizes: its images
    """

    def __init__(self, course, nodes, sizes):
        self.course, self.nodes, self.sizes = course, nodes, sizes

    def summary(self) -> None:
        course = self.course
        log(INFO, "%s under %s, seed %s, %s clients", course.arm["name"], course.rule, course.seed, len(self.nodes))

    def configure_train(self, server_round, arrays, config, grid):
        """Sends the adapter, and what was added to the frozen weights, to the clients of the round."""
        course, at = self.course, self.course.rounds
        if course.ended:
            return []
        facts = {"arm": course.arm["id"], "rule": course.rule, "seed": course.seed, "round": at}
        added = ArrayRecord({str(i): update for i, update in enumerate(course.added)})
        content = RecordDict({"arrays": arrays, "added": added, "config": ConfigRecord(facts)})
        return [
            Message(content, self.nodes[client], MessageType.TRAIN, group_id=str(server_round))
            for client in participants(self.sizes, course.seed, at)
        ]

    def aggregate_train(self, server_round, replies):
        course, at, told = self.course, self.course.rounds, {}
        if course.ended:
            return None, None
        for reply in replies:
            if reply.has_error():
                log(WARNING, "Node %s failed: %s", reply.metadata.src_node_id, reply.error.reason)
            else:
                told[int(reply.content["metrics"]["client"])] = reply.content
        if not told:
            course.ended = f"{course.arm['name']}, seed {course.seed}: nobody answered in round {at + 1}"
            return None, None
        clients = sorted(told)
        log(INFO, "Round %s: clients %s", at + 1, ", ".join(map(str, clients)))
        adapters = [unflattened(told[client]["arrays"].to_torch_state_dict()) for client in clients]
        course.aggregate(at, adapters, [self.sizes[client] for client in clients])
        course.keep()
        if course.ended:
            return None, None
        measured = {name: course.run[name][-1] for name in ("accuracy", "loss", "drift")}
        return ArrayRecord(flattened(course.adapter)), MetricRecord(measured)

    def configure_evaluate(self, server_round, arrays, config, grid):
        """The server has the test images."""
        return []

    def aggregate_evaluate(self, server_round, replies):
        return None


def find_clients(grid, seed):
    """Waits until all clients are there. Returns their nodes, how many images each holds, and the picture of the partition."""
    wanted = FEDERATED["clients"]
    while True:
        ids = list(grid.get_node_ids())
        if len(ids) >= wanted:
            break
        log(INFO, "%s of %s clients are connected", len(ids), wanted)
        time.sleep(SECONDS_TO_LOOK)
    question = RecordDict({"config": ConfigRecord({"seed": seed})})
    nodes, sizes, counts, kinds = {}, [0] * wanted, [[] for _ in range(wanted)], []
    for reply in grid.send_and_receive([Message(question, node, MessageType.QUERY) for node in ids]):
        if reply.has_error():
            raise RuntimeError(f"Node {reply.metadata.src_node_id} cannot take part: {reply.error.reason}")
        told = reply.content["metrics"]
        client, node = int(told["client"]), reply.metadata.src_node_id
        if client >= wanted:
            log(WARNING, "Node %s has the number %s, of which the study has no client: it is left out.", node, client)
            continue
        if client in nodes:
            raise RuntimeError(f"Two nodes are client {client}: give each a partition-id of its own.")
        nodes[client], sizes[client], counts[client] = node, int(told["num-examples"]), [int(n) for n in told["counts"]]
        kinds = list(reply.content["kinds"]["names"])
    missing = [str(client) for client in range(wanted) if client not in nodes]
    if missing:
        raise RuntimeError(f"No node is client {', '.join(missing)}: they are numbered 0 to {wanted - 1} by partition-id.")
    return nodes, sizes, partition_picture(seed, kinds, counts)


@app.main()
def main(grid: Grid, context: Context) -> None:
    check_study()
    started = time.monotonic()
    data, out = (Path(str(context.run_config[name])) for name in ("data", "out"))
    test, train = study.Images(data / "test", keeps=False), study.optional_images(data / "train", STUDY["shots"])
    tested = study.tensors_of(test, STUDY["analyses"]["testImages"])
    test_images, result = study.digest_of(data / "test"), None

    def write():
        result["status"] = status_of(result["federated"]["runs"], len(SEEDS) * len(study.ARMS) * len(RULES))
        result["provenance"]["seconds"] = time.monotonic() - started
        study.write_whole(out / "result.json", json.dumps(result, allow_nan=False))

    for seed in SEEDS:
        nodes, sizes, picture = find_clients(grid, seed)
        for arm in study.ARMS:
            for rule in RULES:
                course = Course(arm, rule, seed, sizes, tested, DEVICE)
                if result is None:
                    result = new_result(course, sum(sizes), test, tested, DEVICE, train)
                if picture not in result["federated"]["partitions"]:
                    result["federated"]["partitions"].append(picture)
                course.keep_in(out / "courses", picture["counts"], test_images)
                result["federated"]["runs"].append(course.run)
                if course.rounds > 0:
                    log(INFO, "%s under %s, seed %s: goes on after round %s", arm["name"], rule, seed, course.rounds)
                if course.is_done:
                    continue
                LoraStrategy(course, nodes, sizes).start(
                    grid=grid,
                    initial_arrays=ArrayRecord(flattened(course.adapter)),
                    num_rounds=FEDERATED["rounds"] - course.rounds,
                    timeout=float(context.run_config["round-timeout"]),
                )
                if course.ended:
                    log(WARNING, "%s.", course.ended)
                write()
    write()
    log(INFO, "%s: drop it on the page.", out / "result.json")
