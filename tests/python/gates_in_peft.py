"""copra_peft on a small language model in the real PEFT and transformers' Trainer. Prints JSON."""

import contextlib
import json
import sys
import tempfile

import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM, Trainer, TrainerCallback, TrainingArguments

from copra_peft import CopraCallback, copra

LAYERS = 4


def model_of(dora):
    torch.manual_seed(1)
    size = {"hidden_size": 16, "intermediate_size": 32, "num_attention_heads": 2, "num_key_value_heads": 2, "vocab_size": 32}
    model = LlamaForCausalLM(LlamaConfig(num_hidden_layers=LAYERS, max_position_embeddings=32, **size))
    model = get_peft_model(model, LoraConfig(r=2, lora_alpha=2, use_dora=dora, target_modules=["q_proj", "v_proj"]))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if ".lora_B." in name:
                parameter.normal_(std=0.3)
    return model


def layer_of(name):
    return int(name.split(".layers.")[1].split(".")[0])


class Watch(TrainerCallback):
    """Which layers have gradients before every step of the optimizer, and which are off between two steps."""

    def __init__(self):
        self.tape, self.between = [], []

    def on_pre_optimizer_step(self, args, state, control, model=None, **kwargs):
        reached = {layer_of(name) for name, p in model.named_parameters() if p.requires_grad and p.grad is not None}
        self.tape.append([int(layer in reached) for layer in range(LAYERS)])

    def on_evaluate(self, args, state, control, model=None, **kwargs):
        self.between.append(sum(getattr(module, "_disable_adapters", False) for module in model.modules()))


def main():
    steps, seed, told = int(sys.argv[1]), int(sys.argv[2]), {}
    ids = torch.arange(8 * 6).reshape(8, 6) % 32
    for dora in (False, True):
        model = model_of(dora).eval()
        with torch.no_grad():
            with model.disable_adapter():
                frozen = model(input_ids=ids).logits
            whole = model(input_ids=ids).logits
            gates = copra(model, steps, seed)
            gates.apply([False] * LAYERS, [1.0] * LAYERS, gates.rates)
            off = model(input_ids=ids).logits
            with model.disable_adapter():
                reference = model(input_ids=ids).logits
            behind = model(input_ids=ids).logits
            gates.open()
            on = model(input_ids=ids).logits
        watch = Watch()
        with tempfile.TemporaryDirectory() as folder:
            args = TrainingArguments(
                folder, max_steps=steps, per_device_train_batch_size=2, gradient_accumulation_steps=2, report_to=[],
                eval_strategy="steps", eval_steps=1, save_steps=2, use_cpu=True, gradient_checkpointing=True,
                gradient_checkpointing_kwargs={"use_reentrant": False}, disable_tqdm=True,
            )
            rows = [{"input_ids": row, "labels": row} for row in ids]
            callbacks = [CopraCallback(seed=seed), watch]
            trainer = Trainer(model=model_of(dora), args=args, train_dataset=rows, eval_dataset=rows, callbacks=callbacks)
            with contextlib.redirect_stdout(sys.stderr):  # a Trainer prints what it logs
                trainer.train()
        told["dora" if dora else "lora"] = {
            "groups": gates.groups,
            "off": (off - frozen).abs().max().item(),
            "reference": (reference - frozen).abs().max().item(),
            "behind": (behind - off).abs().max().item(),
            "on": (on - whole).abs().max().item(),
            "changes": (whole - frozen).abs().max().item(),
            "tape": watch.tape,
            "between": watch.between,
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
