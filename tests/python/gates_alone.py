"""What copra_peft finds and does in models that are nothing but names. Needs no package. Prints JSON."""

import json
import tempfile
from pathlib import Path

from copra_peft import CopraCallback, copra


class Part:
    """A module: children by name."""

    def named_children(self):
        return [(name, part) for name, part in vars(self).items() if isinstance(part, Part)]

    def get_submodule(self, path):
        part = self
        for name in filter(None, path.split(".")):
            part = getattr(part, name)
        return part

    def named_modules(self, prefix=""):
        yield prefix, self
        for name, part in self.named_children():
            yield from part.named_modules(f"{prefix}.{name}" if prefix else name)


class Dropout:
    """As torch's."""

    def __init__(self, p):
        self.p = p


class Lora(Part):
    def __init__(self):
        self.base_layer, self.scaling, self.lora_dropout = None, {"default": 2.0}, {"default": object()}
        self._disable_adapters = False
        self.hooks = []

    def register_forward_pre_hook(self, hook):
        self.hooks.append(hook)

    def seen_on(self):
        """Whether its adapter is on in a forward, as torch calls one."""
        for hook in self.hooks:
            hook(self, ())
        return int(not self._disable_adapters)


def model_of(*paths):
    """Paths of LoRA layers; where a name is "Kind:name", the module is of that class."""
    kinds, root = {}, Part()
    for path in paths:
        part = root
        *above, last = path.split(".")
        for name in above:
            kind, _, name = name.rpartition(":")
            kinds.setdefault(kind, type(kind or "Plain", (Part,), {}))
            if not hasattr(part, name):
                setattr(part, name, kinds[kind]())
            part = getattr(part, name)
        setattr(part, last, Lora())
    return root


MODELS = {
    "llama": [f"model.layers.L:{i}.self_attn.{name}" for i in range(3) for name in ("q_proj", "v_proj")],
    "clip": [f"{tower}_model.encoder.layers.L:{i}.self_attn.q_proj" for tower in ("text", "vision") for i in range(2)],
    "t5": [f"encoder.block.B:{i}.layer.{at}" for i in range(2) for at in ("A:0.SelfAttention.q", "F:1.DenseReluDense.wi")],
    "mixture": [f"model.layers.L:{i}.mlp.experts.E:{e}.w1" for i in range(2) for e in range(3)],
    "swin": [f"layers.S:{stage}.blocks.B:{i}.attn.qkv" for stage in range(2) for i in range(2)],
    "unet": [
        f"down_blocks.{kind}:{stage}.attentions.A:0.transformer_blocks.T:0.{at}"
        for stage, kind in enumerate(("Cross", "Plain"))
        for at in ("attn1.to_q", "attn1.to_out.0", "ff.net.G:0.proj", "ff.net.Y:2")
    ],
    "hybrid": [f"layers.{kind}:{i}.{name}" for i, kind in enumerate(("M", "A")) for name in ("in_proj", "out_proj")],
    "alone": ["head", "neck"],
}


def rates(method, **changes):
    """Rates of dropout layers that were made with 0.1: in a step, in an evaluation after it, after that, and at the end."""
    model = model_of(*MODELS["llama"])
    layers = [part for _, part in model.named_modules() if isinstance(part, Lora)]
    for layer in layers:
        layer.lora_dropout = {"default": Dropout(0.1)}
    gates = copra(model, 10, method=method, **changes)
    found = []

    def read():
        found.append(sorted({layer.lora_dropout["default"].p for layer in layers}))

    gates.set(3)
    read()
    with gates.everything_on():
        read()
    read()
    gates.open()
    read()
    return found


def disabled(layers):
    """What PEFT's `with model.disable_adapter():` leaves behind: forwards within it and after it."""
    for layer in layers:
        layer._disable_adapters = True
    within = [layer.seen_on() for layer in layers]
    for layer in layers:
        layer._disable_adapters = False
    return within, [layer.seen_on() for layer in layers]


def references(settings):
    """Frozen passes within a step, within an evaluation, and after the training, of a model that gates twice."""
    model = model_of(*MODELS["llama"])
    copra(model, 10, seed=1, **settings).set(2)
    gates = copra(model, 10, **settings)
    gates.set(3)
    step = disabled(gates.layers)
    with gates.everything_on():
        inside = disabled(gates.layers)
    again = [layer.seen_on() for layer in gates.layers]
    gates.open()
    hooks = [len(layer.hooks) for layer in gates.layers]
    return {"step": step, "inside": inside, "again": again, "open": disabled(gates.layers), "hooks": hooks}


def refusal(make):
    try:
        make()
    except (TypeError, ValueError) as error:
        return str(error)
    return None


def trainer(output_dir, start, stop, steps, wanted):
    """What transformers' Trainer calls; returns of every step which layers were off, and those that were off in between."""

    class Facts:
        def __init__(self, **facts):
            self.__dict__.update(facts)

    model = model_of(*MODELS["llama"])
    callback = CopraCallback(**wanted)
    args = Facts(output_dir=output_dir)
    state = Facts(global_step=start, max_steps=steps, is_world_process_zero=True)
    callback.on_train_begin(args, state, None, model=model)
    off = lambda: [int(layer._disable_adapters) for layer in callback.gates.layers]  # noqa: E731
    tape, between = [], []
    while state.global_step < stop:
        callback.on_step_begin(args, state, None, model=model)
        tape.append(off())
        state.global_step += 1
        callback.on_step_end(args, state, None, model=model)
        between.append(sum(off()))
        if state.global_step == stop:
            (Path(output_dir) / f"checkpoint-{stop}").mkdir(exist_ok=True)
            callback.on_save(args, state, None, model=model)
    callback.on_train_end(args, state, None)
    return tape, between


def half_written(folder, step):
    """Whether a checkpoint whose gates are written again, onto a full disk, still has those that it had."""
    file, write = Path(folder) / f"checkpoint-{step}" / CopraCallback.FILE, Path.write_text
    before = file.read_text()

    def full(path, text):
        write(path, text[:20])
        raise OSError(28, "No space left on device")

    Path.write_text = full
    try:
        trainer(folder, 0, step, 8, {"seed": 3})
        return None
    except OSError:
        return file.read_text() == before
    finally:
        Path.write_text = write


def main():
    told = {"groups": {}, "depths": {}}
    for name, paths in MODELS.items():
        gates = copra(model_of(*paths), 10)
        told["groups"][name], told["depths"][name] = gates.groups, gates.depths
    llama = model_of(*MODELS["llama"])
    gates = copra(llama, 10, method="layer-drop", keepProbability=0.5, rescale=True)
    gates.set(3)
    told["scaled"] = [[int(not layer._disable_adapters), layer.scaling["default"]] for layer in gates.layers]
    with gates.everything_on():
        told["inside"] = [[int(not layer._disable_adapters), layer.scaling["default"]] for layer in gates.layers]
    told["after"] = [[int(not layer._disable_adapters), layer.scaling["default"]] for layer in gates.layers]
    told["references"] = references({"method": "layer-drop", "keepProbability": 0.5})
    told["modules"] = copra(llama, 10, granularity="module").groups
    told["own"] = copra(llama, 10, place_of=lambda path: (path[-6], 0, path)).groups
    told["rates"] = {"copra": rates("copra"), "lora-dropout": rates("lora-dropout", inputDropout=0.4)}
    with tempfile.TemporaryDirectory() as folder:
        whole, between = trainer(folder, 0, 8, 8, {"seed": 3})
        first, _ = trainer(folder, 0, 4, 8, {"seed": 3})
        second, _ = trainer(folder, 4, 8, 8, {"seed": 3})
        told["resumed"] = first + second == whole and between == [0] * 8
        told["trained"] = whole
        told["kept"] = half_written(folder, 4)
        told["refusals"] = {
            "other seed": refusal(lambda: trainer(folder, 4, 8, 8, {"seed": 4})),
            "other length": refusal(lambda: trainer(folder, 4, 8, 9, {"seed": 3})),
        }
    started = type("Config", (), {"init_lora_weights": "pissa_niter_4"})()
    moved = model_of(*MODELS["llama"])
    moved.peft_config = {"default": started}
    told["refusals"].update(
        {
            "no layer": refusal(lambda: copra(Part(), 10)),
            "setting": refusal(lambda: copra(llama, 10, probability=0.5)),
            "method": refusal(lambda: copra(llama, 10, method="orbit")),
            "dropout": refusal(lambda: copra(llama, 10, method="lora-dropout")),
            "pissa": refusal(lambda: copra(moved, 10)),
        }
    )
    print(json.dumps(told))


if __name__ == "__main__":
    main()
