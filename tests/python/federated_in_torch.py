"""Runs the federations of exported Flower apps, each in one process, without Flower. Needs torch alone.

    federated_in_torch.py APPS    JSON: [[app, model, data, out, courses], …], the first three as for open_app; out: where the result goes;
                                  courses: the folder in which every round is taken up anew, or null

Clients and server are those of the app; only what carries their messages is a loop.
"""

import json
import sys
from pathlib import Path

import torch

from flower_app import open_app
from processes import in_processes


def run(index, apps):
    *app, out, courses = apps[index]
    torch.set_num_threads(1)
    federation, learning, images = open_app(*app)
    study = learning.study
    train, tested = images["train"], study.tensors_of(images["test"], federation.STUDY["analyses"]["testImages"])
    result, partitions, runs = None, [], []
    for seed in federation.SEEDS:
        lists, kinds, of_image = federation.partition(train.labels, learning.CLASSES, None, seed)
        counts = [federation.counted(held, kinds, of_image) for held in lists]
        partitions.append(federation.partition_picture(seed, kinds, counts))
        sizes = [len(held) for held in lists]
        for arm in study.ARMS:
            for rule in federation.RULES:

                def begun():
                    course = learning.Course(arm, rule, seed, sizes, tested, "cpu")
                    if courses:
                        course.keep_in(Path(courses), counts, "digest")
                    return course

                course = begun()
                if result is None:
                    result = learning.new_result(course, len(train), images["test"], tested, "cpu", train)
                for at in range(federation.FEDERATED["rounds"]):
                    sent = learning.flattened(course.adapter)
                    clients = federation.participants(sizes, seed, at)
                    adapters = []
                    for client in clients:
                        received = learning.unflattened(sent)
                        adapter, _ = learning.train_locally(
                            arm, rule, seed, at, client, received, course.added, train, lists[client], "cpu"
                        )
                        adapters.append(adapter)
                    course.aggregate(at, adapters, [sizes[client] for client in clients])
                    if course.ended:
                        break
                    if courses:
                        course.keep()
                        course = begun()
                runs.append(course.run)
    result["federated"] = {"partitions": partitions, "runs": runs}
    result["status"] = federation.status_of(runs, len(federation.SEEDS) * len(study.ARMS) * len(federation.RULES))
    Path(out).write_text(json.dumps(result, allow_nan=False))


if __name__ == "__main__":
    apps = json.loads(sys.argv[1])
    in_processes(run, (apps,), len(apps))
