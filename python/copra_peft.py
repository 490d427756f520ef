"""CopRA and CoTo for any PEFT LoRA or DoRA model: adapters are switched on and off at random, layer by layer, while they train.

A language, vision or diffusion model that `peft.get_peft_model` has prepared needs two lines. With transformers' Trainer:

    from copra_peft import CopraCallback
    Trainer(model=model, callbacks=[CopraCallback(seed=0)], ...).train()

In a loop of your own:

    gates = copra(model, steps=1000, seed=0)           # p rises from 0 to 1 over 75 % of the steps
    for step in range(1000):
        gates.set(step)                                # once per optimizer step, before its first forward
        for batch in micro_batches:
            loss_of(model, batch).backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step % 100 == 0:
            with gates.everything_on():
                evaluate(model)
    gates.open()                                       # everything on: how the adapter is used

The settings are those of CopRA Playground, with the names of its study files, and so are the gates, bit for bit:

    copra(model, steps, method="copra", p0=0.1, rampFraction=0.5, schedule="sine", granularity="module")

An inactive adapter is skipped whole, its map is the frozen one (also with DoRA), and it gets no gradient. What that asks of a training:

- AdamW has to skip what has no gradient: `zero_grad(set_to_none=True)`, torch's default. With zeros in place of None, weight
  decay and momentum move adapters that are off. The same happens where gradients are flattened or sharded: FSDP with flat
  parameters, DeepSpeed ZeRO. Use DDP, or FSDP with one tensor per parameter.
- DDP needs `find_unused_parameters=True`, and no `static_graph`. Gates are a function of (seed, step), so all ranks have the same
  without talking to each other.
- Gradient accumulation: the gates stay for all micro-batches of an optimizer step. Call `set` once per optimizer step.
- Gradient checkpointing runs the forward again in the backward: do not change the gates in between. With DDP it has to be the
  non-reentrant kind: `gradient_checkpointing_kwargs={"use_reentrant": False}`. The reentrant kind also needs an input that
  requires a gradient: `model.enable_input_require_grads()`.
- Evaluation, saving and generation want everything on. The callback sees to it; in your own loop use `everything_on()` and `open()`.
- A frozen pass within a step, as DPO and KL penalties take from `with model.disable_adapter():`, may stand anywhere: PEFT switches
  every adapter on at its end, and those that are off in the step are off again in the next forward.
- A step must not be all off where nothing else trains: one group is then switched on, chosen uniformly.
- `torch.compile` compiles anew for every new set of gates. Leave it out.
- Base weights from which an initialisation has taken the adapter (PiSSA, OLoRA, CorDA, LoftQ, LoRA-GA) are refused: "off" would not be
  the model as it was.
- `lora-dropout` and `progressive-dropout` change the rate of PEFT's own dropout layers until `open()`: make them with `lora_dropout`
  above 0. The other methods leave `lora_dropout` as it is.

Needs peft for the model, transformers for the callback, and itself only Python's standard library. Papers: CopRA (arXiv 2410.22911),
CoTo (arXiv 2506.05713). Licence: MIT.
"""

import json
import math
from contextlib import contextmanager
from pathlib import Path

try:
    from transformers import TrainerCallback
except ImportError:  # the loop form needs no transformers
    TrainerCallback = object

# ---- Gates ----------------------------------------------------------------------------------------------------------

# Random numbers are sfc32 by Chris Doty-Humphrey, the same streams as in the browser.
MASK = 0xFFFFFFFF


class Stream:
    """One named stream of a seed, independent of all others."""

    def __init__(self, seed, name, index=0):
        key = 0x811C9DC5  # FNV-1a of the name
        for character in name:
            key = ((key ^ ord(character)) * 0x01000193) & MASK
        self.a, self.b, self.c, self.d = key, seed & MASK, (index * 0x9E3779B9) & MASK, 1
        for _ in range(16):
            self.uniform()

    def uniform(self):
        """Uniform in [0, 1), 32 bits."""
        a, b, c = self.a, self.b, self.c
        total = (a + b + self.d) & MASK
        self.d = (self.d + 1) & MASK
        self.a = b ^ (b >> 9)
        self.b = (c + (c << 3)) & MASK
        self.c = (((c << 21) | (c >> 11)) + total) & MASK
        return total / 4294967296

    def integer(self, bound):
        return math.floor(self.uniform() * bound)

    def shuffle(self, items):
        """Fisher and Yates, in place."""
        for i in range(len(items) - 1, 0, -1):
            j = self.integer(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


def ramped(arm, step, steps, start, end):
    """From start at the first step to end where the ramp ends, and after it."""
    x = step / max(1, math.ceil(arm["rampFraction"] * steps - 1e-9))
    if x <= 0 or x >= 1:
        return start if x <= 0 else end
    return start + (end - start) * RAMPS[arm["schedule"]](x)


# generated: laws, written from the playground's own (src/share/python/laws.ts)
# Shapes of the ramp: 0 at x = 0, 1 at x = 1.
RAMPS = {
    "linear": lambda x: x,
    "sine": lambda x: math.sin(math.pi / 2 * x),
    "exponential": lambda x: math.expm1(x) / math.expm1(1),
    "constant": lambda x: 0.0,
}

# The law of every method, two functions. Of (arm, step, steps, depth): the probability that a group is active at the 0-indexed
# step; depth is l / L for the l-th of the L adapted layers of its tower. Of (arm, step, steps): the share of the inputs of A
# that is zeroed; None: the method drops no inputs.
LAWS = {
    "lora": (lambda arm, step, steps, depth: 1.0, None),
    "copra": (lambda arm, step, steps, depth: min(1.0, ramped({**arm, "rampFraction": min(1.0, arm["rampFraction"] * (1 + arm["rampSlope"] * (2 * depth - 1)))}, step, steps, arm["p0"], 1.0)), None),
    "layer-drop": (lambda arm, step, steps, depth: arm["keepProbability"], None),
    "stochastic-depth": (lambda arm, step, steps, depth: 1 - depth * (1 - arm["keepProbability"]), None),
    "lora-dropout": (lambda arm, step, steps, depth: 1.0, lambda arm, step, steps: arm["inputDropout"]),
    "progressive-dropout": (lambda arm, step, steps, depth: 1.0, lambda arm, step, steps: ramped(arm, step, steps, arm["initialDropout"], arm["inputDropout"])),
}

# What a setting is where nothing else is said.
USUAL = {
    "rampSlope": 0,
    "initialDropout": 0.9,
    "rescale": False,
    "p0": 0,
    "rampFraction": 0.75,
    "schedule": "linear",
    "granularity": "layer",
    "keepProbability": 0.5,
    "inputDropout": 0.25,
}
# end


def check(arm):
    """Settings whose words have no meaning here must not train as something else."""
    known = {"method": LAWS, "schedule": RAMPS, "granularity": ("layer", "module")}
    for setting, words in known.items():
        if arm[setting] not in words:
            raise ValueError(f'{arm["name"]}: unknown {setting} "{arm[setting]}"; known are {", ".join(words)}.')


def active_probability(arm, step, steps, depth):
    return LAWS[arm["method"]][0](arm, step, steps, depth)


def drops_inputs(arm):
    return LAWS[arm["method"]][1] is not None


def input_dropout(arm, step, steps):
    return LAWS[arm["method"]][1](arm, step, steps) if drops_inputs(arm) else 0.0


def group_depths(places):
    """l / L of every group, from the (tower, layer, ...) of each."""
    layers = {}
    for tower, layer, *_ in places:
        layers.setdefault(tower, set()).add(layer)
    return [sum(other <= layer for other in layers[tower]) / len(layers[tower]) for tower, layer, *_ in places]


def gate_groups(arm, places):
    """Group of every place (tower, layer, map), and the depth of every group. A group switches as one."""
    keys = [place[:2] if arm["granularity"] == "layer" else place for place in places]
    names = list(dict.fromkeys(keys))
    return [names.index(key) for key in keys], group_depths(names)


def draw_gates(probabilities, stream):
    """Every group with its probability, independently; if none is active, one of them, chosen uniformly."""
    gates = [stream.uniform() <= p and p > 0 for p in probabilities]
    if not any(gates):
        gates[stream.integer(len(gates))] = True
    return gates


def branch_factors(arm, probabilities):
    """What the branch of an active group is multiplied by: 1, or one over the probability that it is active. One that never is needs none."""
    if not arm["rescale"]:
        return [1.0] * len(probabilities)
    rescue = math.prod(1 - p for p in probabilities) / len(probabilities)
    return [1 / (p + rescue) if p + rescue > 0 else 1.0 for p in probabilities]


def step_gates(arm, depths, seed, step, steps):
    """Of every group whether it is active in a step, and the factor of its branch: a function of the step alone."""
    probabilities = [active_probability(arm, step, steps, depth) for depth in depths]
    return draw_gates(probabilities, Stream(seed, "gates", step)), branch_factors(arm, probabilities)


def keep_off(layer, inputs):
    """Before every forward of a layer: the end of PEFT's `disable_adapter` has switched on what the step has off."""
    if layer.off_in_step:
        layer._disable_adapters = True


class Gates:
    """The switches of a model's LoRA layers.

    layers: PEFT's LoRA layers; places: of each its (tower, layer, map), which say what switches together and how deep it lies.
    """

    def __init__(self, layers, places, arm, steps, seed=0, adapter="default"):
        check(arm)
        if not layers:
            raise ValueError("The model has no LoRA layer: prepare it with peft.get_peft_model first.")
        self.layers, self.places, self.arm, self.steps, self.seed = list(layers), list(places), arm, steps, seed
        self.adapter = adapter
        self.groups, self.depths = gate_groups(arm, self.places)
        self.scales = [layer.scaling[adapter] for layer in self.layers]
        # The dropout layers whose rate the method sets, and the rates that they were made with.
        dropouts = [layer.lora_dropout[adapter] for layer in self.layers if drops_inputs(arm)]
        self.dropouts = [dropout for dropout in dropouts if hasattr(dropout, "p")]
        self.rates = [dropout.p for dropout in self.dropouts]
        self.step = None  # that whose gates are set; None: everything is on
        self.active = [True] * len(self.depths)
        for layer in self.layers:
            if not hasattr(layer, "off_in_step"):
                layer.register_forward_pre_hook(keep_off)
            layer.off_in_step = False
        self.check_dropout()

    def check_dropout(self):
        wanted = max(input_dropout(self.arm, step, self.steps) for step in (0, self.steps))
        if wanted > 0 and not self.dropouts:
            raise ValueError(f'{self.arm["method"]} drops inputs: make the adapter with lora_dropout={wanted}.')

    def apply(self, active, factors, rates):
        """Groups as told; a factor multiplies the branch of its group. rates: of every dropout layer that the method sets."""
        self.active = list(active)
        for layer, group, scale in zip(self.layers, self.groups, self.scales):
            # Not PEFT's enable_adapters, which would also take the parameters out of the optimizer's sight.
            layer._disable_adapters = layer.off_in_step = not active[group]
            layer.scaling[self.adapter] = scale * factors[group]
        for dropout, rate in zip(self.dropouts, rates):
            dropout.p = rate

    def set(self, step):
        """The gates of an optimizer step, counted from 0. Returns of every group whether it is active."""
        active, factors = step_gates(self.arm, self.depths, self.seed, step, self.steps)
        self.apply(active, factors, [input_dropout(self.arm, step, self.steps)] * len(self.dropouts))
        self.step = step
        return self.active

    def open(self):
        """Everything on, as the trained adapter is used."""
        self.apply([True] * len(self.depths), [1.0] * len(self.depths), self.rates)
        self.step = None

    @contextmanager
    def everything_on(self):
        """For an evaluation in the middle of a training: the gates of the step come back afterwards."""
        step = self.step
        self.open()
        try:
            yield self
        finally:
            if step is not None:
                self.set(step)

    def state_dict(self):
        """What a checkpoint has to hold: the gates follow from it and from the step."""
        return {"arm": self.arm, "seed": self.seed, "steps": self.steps, "groups": list(self.groups), "step": self.step}

    def load_state_dict(self, state):
        """Continues at the step of a checkpoint. Raises ValueError where its gates would not be those of this training."""
        mine = self.state_dict()
        other = [key for key in ("arm", "seed", "steps", "groups") if state[key] != mine[key]]
        if other:
            raise ValueError(f"The checkpoint was trained with other gates. Not the same: {', '.join(other)}.")
        if state["step"] is None:
            self.open()
        else:
            self.set(state["step"])


# ---- PEFT models ----------------------------------------------------------------------------------------------------

# Initialisations that leave something other than the model's own weights in the base.
MOVED_BASES = ("pissa", "olora", "corda", "loftq", "lora_ga")


def block_of(model, path):
    """Where a module lies: (path of the list of blocks, index of the block, path within it).

    The list is the innermost one above it whose entries are all of one class: the layers of an encoder, the blocks of a stage.
    Lists of experts and of the parts of a block do not count. Without such a list: the outermost one; without any, it is alone.
    """
    names = path.split(".")
    entries = [i for i, name in enumerate(names[:-1]) if name.isdigit()]
    fits = []
    for i in entries:
        siblings = [type(child) for _, child in model.get_submodule(".".join(names[:i])).named_children()]
        if len(set(siblings)) == 1 and "expert" not in names[i - 1]:
            fits.append(i)
    if not entries:
        return path, 0, ""
    at = fits[-1] if fits else entries[0]
    return ".".join(names[:at]), int(names[at]), ".".join(names[at + 1 :])


def lora_layers(model, adapter="default"):
    """Path and module of every LoRA layer with this adapter, in the order of the model."""
    found = []
    for path, module in model.named_modules():
        scaling = getattr(module, "scaling", None)
        if hasattr(module, "base_layer") and isinstance(scaling, dict) and adapter in scaling:
            others = set(getattr(module, "active_adapters", [adapter])) - {adapter}
            if others:
                raise ValueError(f"{path}: {', '.join(sorted(others))} is active as well, and would be switched with {adapter}.")
            found.append((path, module))
    return found


def settings(method="copra", **changes):
    """Settings of an arm with their usual values. Raises TypeError for one that there is not."""
    unknown = set(changes) - set(USUAL)
    if unknown:
        raise TypeError(f"Unknown setting {', '.join(sorted(unknown))}; there are {', '.join(USUAL)}.")
    arm = {"name": method, "method": method, **USUAL, **changes}
    check(arm)
    return arm


def copra(model, steps, seed=0, adapter="default", place_of=None, method="copra", **changes):
    """Gates for a PEFT model.

    steps: optimizer steps of the whole training, which the ramp is measured in
    place_of: (path of a LoRA layer) -> (tower, layer, map), where the model's own lists of blocks are not what should switch
    method, changes: see `settings`
    """
    config = getattr(model, "peft_config", {}).get(adapter)
    started = str(getattr(config, "init_lora_weights", True)).lower()
    if started.startswith(MOVED_BASES):
        raise ValueError(f"init_lora_weights={started!r} moves weights into the adapter: switched off, it would leave a damaged model.")
    found = lora_layers(model, adapter)
    places = [place_of(path) if place_of else block_of(model, path) for path, _ in found]
    return Gates([layer for _, layer in found], places, settings(method, **changes), steps, seed, adapter)


class CopraCallback(TrainerCallback):
    """The same for transformers' Trainer: callbacks=[CopraCallback(seed=0, p0=0.1)]. Takes what `copra` takes, but the steps."""

    FILE = "copra_gates.json"

    def __init__(self, **wanted):
        self.wanted, self.gates = wanted, None

    def on_train_begin(self, args, state, control, model=None, **kwargs):
        self.gates = copra(model, state.max_steps, **self.wanted)
        saved = Path(args.output_dir) / f"checkpoint-{state.global_step}" / self.FILE
        if state.global_step > 0 and saved.exists():
            self.gates.load_state_dict(json.loads(saved.read_text()))

    def on_step_begin(self, args, state, control, **kwargs):
        self.gates.set(state.global_step)

    def on_step_end(self, args, state, control, **kwargs):
        self.gates.open()  # what comes between two steps wants everything on: logging, evaluation, saving

    def on_save(self, args, state, control, **kwargs):
        folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
        if state.is_world_process_zero and folder.is_dir():
            part = folder / f"{self.FILE}.part"  # a full disk leaves no half of a file that a checkpoint is read from
            part.write_text(json.dumps(self.gates.state_dict()))
            part.replace(folder / self.FILE)

    def on_train_end(self, args, state, control, **kwargs):
        self.gates.open()
