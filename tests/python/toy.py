"""A small transformer with LoRA layers as PEFT has them: the same attributes, written independently. Needs torch."""

import torch
from torch import nn


class LoraLinear(nn.Module):
    """base(x) + s B A x, or DoRA's m (W + s B A) / |W + s B A| x; the frozen map alone while it is switched off."""

    def __init__(self, base, rank, scale, dora=False, dropout=0.0):
        super().__init__()
        self.base_layer = base.requires_grad_(False)
        out_features, in_features = base.weight.shape
        self.lora_A = nn.ModuleDict({"default": nn.Linear(in_features, rank, bias=False)})
        self.lora_B = nn.ModuleDict({"default": nn.Linear(rank, out_features, bias=False)})
        self.lora_dropout = nn.ModuleDict({"default": nn.Dropout(dropout) if dropout > 0 else nn.Identity()})
        self.lora_magnitude_vector = nn.ParameterDict()
        if dora:
            self.lora_magnitude_vector["default"] = nn.Parameter(base.weight.detach().norm(dim=1))
        self.scaling = {"default": scale}
        self.active_adapters = ["default"]
        self._disable_adapters = False

    def forward(self, x):
        if self._disable_adapters:
            return self.base_layer(x)
        a, b, scale = self.lora_A["default"].weight, self.lora_B["default"].weight, self.scaling["default"]
        if "default" not in self.lora_magnitude_vector:
            return self.base_layer(x) + scale * self.lora_dropout["default"](x) @ a.T @ b.T
        weight = self.base_layer.weight + scale * b @ a
        gain = self.lora_magnitude_vector["default"] / weight.detach().norm(dim=1)
        return x @ (gain[:, None] * weight).T + (0 if self.base_layer.bias is None else self.base_layer.bias)


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.q_proj, self.k_proj, self.v_proj = (nn.Linear(width, width) for _ in range(3))
        self.mlp = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, x):
        y = self.norm(x)
        weights = (self.q_proj(y) @ self.k_proj(y).transpose(-1, -2) / y.shape[-1] ** 0.5).softmax(-1)
        x = x + weights @ self.v_proj(y)
        return x + self.mlp(x)


class Toy(nn.Module):
    """Logits [batch, classes] of sequences [batch, tokens, width]; q, v and the first map of the MLP are adapted."""

    def __init__(self, layers=4, width=8, classes=3, dora=False, dropout=0.0, checkpointing=False):
        super().__init__()
        self.layers = nn.ModuleList(Block(width) for _ in range(layers))
        self.head = nn.Linear(width, classes)
        self.requires_grad_(False)
        for block in self.layers:
            block.q_proj = LoraLinear(block.q_proj, 2, 1.5, dora, dropout)
            block.v_proj = LoraLinear(block.v_proj, 2, 1.5, dora, dropout)
            block.mlp[0] = LoraLinear(block.mlp[0], 2, 1.5, dora, dropout)
        self.checkpointing = checkpointing

    def forward(self, x):
        for block in self.layers:
            if self.checkpointing:
                x = torch.utils.checkpoint.checkpoint(block, x, use_reentrant=False)
            else:
                x = block(x)
        return self.head(x.mean(1))


def batches(steps, batch, seed):
    """Inputs [steps, batch, 5, 8] and labels [steps, batch]."""
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(3, (steps, batch), generator=generator)
    inputs = torch.randn(steps, batch, 5, 8, generator=generator)
    inputs[..., 0] += labels[..., None]
    return inputs, labels
