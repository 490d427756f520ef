"""Runs an exported Flower app by Flower's own ServerApp, ClientApp, strategy and messages. Needs torch and flwr.

    federated_in_flower.py APP MODEL DATA OUT [ABSENT [STOPS]]    as for open_app; OUT: where result.json goes; ABSENT: a client that fails,
                                                                  none: -; STOPS: it is started so often, and interrupted after so many rounds

Only the SuperLink is missing: messages go from the grid straight into the ClientApp of their node. Prints how many rounds every start trained.
"""

import sys
from contextlib import suppress
from pathlib import Path

import torch
from flwr.app import Context, Error, Message, RecordDict
from flwr.serverapp import Grid

from flower_app import open_app

APP, MODEL, DATA, OUT, *more = sys.argv[1:]
ABSENT, STOPS = [*more, *["-", "inf"][len(more) :]]
federation, learning, images = open_app(APP, MODEL, DATA)


def images_in(folder, shots=None, keeps=True):
    """The set that lies in a folder of that name."""
    given = images[Path(folder).name]
    given.paths = [str(Path(folder) / f"{i}.png") for i in range(len(given))]
    return given


learning.study.Images = images_in
learning.study.optional_images = images_in

from copra_flower.client_app import app as client_app  # noqa: E402
from copra_flower.server_app import app as server_app  # noqa: E402

RUN_CONFIG = {"data": "images", "out": OUT, "round-timeout": 60}


class Local(Grid):
    """Nodes in this process, numbered from 100; one more than the study has clients."""

    nodes = {100 + client: client for client in range(federation.FEDERATED["clients"] + 1)}

    def __init__(self, stop):
        self.stop, self.rounds = stop, 0

    def set_run(self, run):
        pass

    @property
    def run(self):
        raise NotImplementedError

    def create_message(self, content, message_type, dst_node_id, group_id, ttl=None):
        return Message(content, dst_node_id, message_type, group_id=group_id)

    def get_node_ids(self):
        return list(self.nodes)

    def push_messages(self, messages):
        raise NotImplementedError

    def pull_messages(self, message_ids):
        raise NotImplementedError

    def send_and_receive(self, messages, *, timeout=None):
        replies = []
        if any(message.metadata.message_type == "train" for message in messages):
            if self.rounds == self.stop:
                raise KeyboardInterrupt
            self.rounds += 1
        for message in messages:
            node = message.metadata.dst_node_id
            context = Context(1, node, {"partition-id": self.nodes[node]}, RecordDict(), RUN_CONFIG)
            if message.metadata.message_type == "train" and ABSENT == str(self.nodes[node]):
                reply = Message(Error(code=0, reason="gone"), reply_to=message)
            else:
                reply = client_app(message, context)
            replies.append(reply)
        return replies


torch.set_num_threads(1)
for stop in STOPS.split(","):
    grid = Local(float(stop))
    with suppress(KeyboardInterrupt):
        server_app(grid, Context(1, 1, {}, RecordDict(), RUN_CONFIG))
    print(grid.rounds)
