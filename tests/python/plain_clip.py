"""A plain CLIP with LoRA layers in its vision tower, in torch alone, as published: class prompts are encoded once."""

import torch
from torch import nn

from plain_vit import linear
from toy import LoraLinear


class Tower(nn.Module):
    """Pre-norm blocks; maps are named as ours."""

    MAPS = {
        "q": "self_attn.q_proj", "k": "self_attn.k_proj", "v": "self_attn.v_proj",
        "o": "self_attn.out_proj", "fc1": "mlp.fc1", "fc2": "mlp.fc2",
    }  # fmt: skip

    def __init__(self, tensors, name, layers, heads):
        super().__init__()
        self.tensors, self.name, self.heads = tensors, name, heads
        self.maps = nn.ModuleList(
            nn.ModuleDict({ours: linear(tensors, f"{name}.encoder.layers.{i}.{theirs}") for ours, theirs in self.MAPS.items()})
            for i in range(layers)
        )

    def norm(self, x, name):
        weight, bias = (self.tensors[f"{self.name}.{name}.{part}"] for part in ("weight", "bias"))
        return nn.functional.layer_norm(x, x.shape[-1:], weight, bias, 1e-5)

    def forward(self, x, causal):
        for i, maps in enumerate(self.maps):
            y = self.norm(x, f"encoder.layers.{i}.layer_norm1")
            q, k, v = (maps[name](y).unflatten(-1, (self.heads, -1)).transpose(1, 2) for name in "qkv")
            attended = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=causal).transpose(1, 2).flatten(2)
            x = x + maps["o"](attended)
            y = maps["fc1"](self.norm(x, f"encoder.layers.{i}.layer_norm2"))
            x = x + maps["fc2"](y * torch.sigmoid(1.702 * y))
        return x


def text_features(tensors, tokens, layers, heads):
    """Unit vectors [prompts, width] of tokens [prompts, context]; the end of a prompt is its largest token."""
    tower = Tower(tensors, "text_model", layers, heads)
    embed = "text_model.embeddings."
    with torch.no_grad():
        x = tensors[f"{embed}token_embedding.weight"][tokens] + tensors[f"{embed}position_embedding.weight"]
        x = tower.norm(tower(x, True), "final_layer_norm")
        ends = x[torch.arange(len(tokens)), tokens.argmax(-1)]
        return nn.functional.normalize(ends @ tensors["text_projection.weight"].T, dim=-1)


class Scorer(nn.Module):
    """As the script's: logits of images [batch, classes] are cosines to the class prompts. study: names of the script."""

    def __init__(self, study, arm, data, tensors, seed):
        super().__init__()
        self.head, self.kind, self.tensors = None, "clip", tensors
        self.classes = text_features(tensors, torch.tensor(data["tokens"]), data["textLayers"], data["textHeads"])
        self.tower = Tower(tensors, "vision_model", data["layers"], data["heads"])
        self.tower.requires_grad_(False)
        places = [tuple(place) for place in data["places"][arm["id"]]]
        self.lora_layers = []
        for _, layer, name in places:
            maps = self.tower.maps[layer]
            maps[name] = LoraLinear(maps[name], arm["rank"], arm["alpha"] / arm["rank"], arm["dora"])
            self.lora_layers.append(maps[name])
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
        pooled = self.tower.norm(self.tower(x, False)[:, 0], "post_layernorm")
        image = nn.functional.normalize(pooled @ self.tensors["visual_projection.weight"].T, dim=-1)
        return self.tensors["logit_scale"].exp() * image @ self.classes.T

    def save(self, folder):
        torch.save({name: value for name, value in self.named_parameters() if value.requires_grad}, folder / "adapter.pt")

    def load(self, folder):
        self.load_state_dict(torch.load(folder / "adapter.pt"), strict=False)
