"""The ClientApp: which images this node holds, and its local steps."""

from functools import lru_cache
from pathlib import Path

import torch
from flwr.app import ArrayRecord, ConfigRecord, Context, Message, MetricRecord, RecordDict
from flwr.clientapp import ClientApp

from . import train_copra as study
from .federation import FEDERATED, STUDY, counted, partition, read_groups
from .learning import CLASSES, check_study, flattened, train_locally, unflattened

app = ClientApp()
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


@lru_cache(maxsize=1)
def images_in(data, shots):
    """Training images, and their groups where data/groups.csv says them. shots: of every class; None: all."""
    images = study.Images(data / "train", shots)
    paths = [Path(path).relative_to(data / "train").as_posix() for path in images.paths]
    return images, read_groups(data / "groups.csv", paths)


def place(context):
    """This node's number among the clients, and its folder of images. What the node says counts more than what the run says."""
    settings = {**context.run_config, **context.node_config}
    return int(settings["partition-id"]), Path(str(settings["data"]))


def holdings(context, seed):
    """(all images, which of them this client holds, what the partition counts, of every image which it is)."""
    client, data = place(context)
    is_own = context.node_config.get("own-images")
    images, groups = images_in(data, None if is_own else STUDY["shots"])
    lists, kinds, of_image = partition(images.labels, CLASSES, groups, seed)
    held = list(range(len(images))) if is_own else lists[client]
    return images, held, kinds, of_image


@app.query()
def query(message: Message, context: Context) -> Message:
    """Says which client this is, and how many images it holds."""
    check_study()
    client, _ = place(context)
    if client >= FEDERATED["clients"]:
        return Message(RecordDict({"metrics": MetricRecord({"client": client, "num-examples": 0})}), reply_to=message)
    _, held, kinds, of_image = holdings(context, int(message.content["config"]["seed"]))
    metrics = MetricRecord({"client": client, "num-examples": len(held), "counts": counted(held, kinds, of_image)})
    return Message(RecordDict({"metrics": metrics, "kinds": ConfigRecord({"names": list(kinds)})}), reply_to=message)


@app.train()
def train(message: Message, context: Context) -> Message:
    """The local steps of one round."""
    config = message.content["config"]
    client, _ = place(context)
    seed = int(config["seed"])
    images, held, _, _ = holdings(context, seed)
    arm = next(each for each in study.ARMS if each["id"] == config["arm"])
    added = message.content["added"].to_torch_state_dict()
    adapter, loss = train_locally(
        arm,
        str(config["rule"]),
        seed,
        int(config["round"]),
        client,
        unflattened(message.content["arrays"].to_torch_state_dict()),
        [added[str(i)] for i in range(len(added))],
        images,
        held,
        DEVICE,
    )
    metrics = MetricRecord({"client": client, "num-examples": len(held), "loss": loss})
    return Message(RecordDict({"arrays": ArrayRecord(flattened(adapter)), "metrics": metrics}), reply_to=message)
