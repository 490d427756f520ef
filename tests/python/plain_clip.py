"""A plain CLIP with LoRA layers in its vision tower, in torch alone, as published: class prompts are encoded once."""

from functools import partial

import torch
from torch import nn

from plain_vit import Layer, adapted, linear


class Tower(nn.Module):
    """Pre-norm blocks; maps are named as ours."""

    MAPS = {
        "q": "self_attn.q_proj", "k": "self_attn.k_proj", "v": "self_attn.v_proj",
        "o": "self_attn.out_proj", "fc1": "mlp.fc1", "fc2": "mlp.fc2",
    }  # fmt: skip

    def __init__(self, tensors, name, layers, heads, causal):
        super().__init__()
        self.tensors, self.name, self.layers = tensors, name, nn.ModuleList()
        for layer in (f"encoder.layers.{i}" for i in range(layers)):
            maps = {ours: linear(tensors, f"{name}.{layer}.{theirs}") for ours, theirs in self.MAPS.items()}
            norms = [partial(self.norm, name=f"{layer}.layer_norm{at}") for at in (1, 2)]
            self.layers.append(Layer(maps, norms, heads, lambda y: y * torch.sigmoid(1.702 * y), causal))

    def norm(self, x, name):
        weight, bias = (self.tensors[f"{self.name}.{name}.{part}"] for part in ("weight", "bias"))
        return nn.functional.layer_norm(x, x.shape[-1:], weight, bias, 1e-5)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def text_features(tensors, tokens, layers, heads):
    """Unit vectors [prompts, width] of tokens [prompts, context]; the end of a prompt is its largest token."""
    tower = Tower(tensors, "text_model", layers, heads, causal=True)
    embed = "text_model.embeddings."
    with torch.no_grad():
        x = tensors[f"{embed}token_embedding.weight"][tokens] + tensors[f"{embed}position_embedding.weight"]
        x = tower.norm(tower(x), "final_layer_norm")
        ends = x[torch.arange(len(tokens)), tokens.argmax(-1)]
        return nn.functional.normalize(ends @ tensors["text_projection.weight"].T, dim=-1)


class Scorer(nn.Module):
    """As the script's: logits of images [batch, classes] are cosines to the class prompts. study: names of the script."""

    def __init__(self, study, arm, data, tensors, seed):
        super().__init__()
        self.head, self.kind, self.tensors = None, "clip", tensors
        self.classes = text_features(tensors, torch.tensor(data["tokens"]), data["textLayers"], data["textHeads"])
        self.tower = Tower(tensors, "vision_model", data["layers"], data["heads"], causal=False)
        self.tower.requires_grad_(False)
        places = [tuple(place) for place in data["places"][arm["id"]]]
        self.lora_layers, self.blocks = adapted(self.tower.layers, places, arm)
        self.gates = study["Gates"](self.lora_layers, places, arm, study["TRAINING"]["steps"], seed)
        factors = [layer.lora_A["default"].weight for layer in self.lora_layers]
        for layer, a in zip(self.lora_layers, study["drawn_factors"]([tuple(a.shape) for a in factors], seed)):
            layer.lora_A["default"].weight.data = a
            layer.lora_B["default"].weight.data.zero_()

    def forward(self, pixels):
        embed = "vision_model.embeddings."
        kernel = self.tensors[f"{embed}patch_embedding.weight"]
        x = nn.functional.conv2d(pixels, kernel, stride=kernel.shape[-1]).flatten(2).transpose(1, 2)
        x = torch.cat([self.tensors[f"{embed}class_embedding"].expand(len(x), 1, -1), x], 1)
        x = self.tower.norm(x + self.tensors[f"{embed}position_embedding.weight"], "pre_layrnorm")
        pooled = self.tower.norm(self.tower(x)[:, 0], "post_layernorm")
        image = nn.functional.normalize(pooled @ self.tensors["visual_projection.weight"].T, dim=-1)
        return self.tensors["logit_scale"].exp() * image @ self.classes.T

    def save(self, folder):
        torch.save({name: value for name, value in self.named_parameters() if value.requires_grad}, folder / "adapter.pt")

    def load(self, folder):
        self.load_state_dict(torch.load(folder / "adapter.pt"), strict=False)
