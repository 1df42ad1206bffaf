"""Writes reference-mlp.safetensors: a small run by plain PyTorch, for clones that have no recorded runs of the authors' code.

An independent implementation of the training step and the topology update in a few lines, in float64 on one thread. Needs PyTorch and NumPy:

    python3 tests/Parity/make_reference.py tests/Parity/reference-mlp.safetensors
"""
import json
import math
import struct
import sys

import numpy
import torch

HEADS, HIDDEN, SHARED, SIDE, CLASSES = 3, [24, 20, 16], 1, 6, 5
STEPS, EVERY, BATCH, RATE, MOMENTUM, DECAY, DENSITY, P0, P1 = 18, 6, 16, 0.05, 0.9, 5e-4, 0.2, 0.5, 0.005
torch.set_num_threads(1)
torch.manual_seed(11)
F64 = torch.float64


def layers():
    """Names and shapes of all parameters, owner by owner."""
    sizes = [3 * SIDE * SIDE, *HIDDEN]
    for owner, blocks in [("shared_blocks", range(SHARED))] + [(f"blocks_head{h}", range(SHARED, len(HIDDEN))) for h in range(HEADS)]:
        for block in blocks:
            index = block if owner == "shared_blocks" else block - SHARED
            yield f"{owner}.{index}.linear", sizes[block + 1], sizes[block]
    for head in range(HEADS):
        yield f"fc_{head}", CLASSES, sizes[-1]


weights, masks, momenta = {}, {}, {}
for name, outputs, inputs in layers():
    bound = 1 / math.sqrt(inputs)
    weights[name + ".weight"] = ((torch.rand(outputs, inputs, dtype=F64) * 2 - 1) * bound).requires_grad_()
    weights[name + ".bias"] = ((torch.rand(outputs, dtype=F64) * 2 - 1) * bound).requires_grad_()
    masks[name + ".weight"] = torch.rand(outputs, inputs) < DENSITY
with torch.no_grad():
    for name, mask in masks.items():
        weights[name].mul_(mask)
images = torch.randn(STEPS * BATCH, 3, SIDE, SIDE)
labels = (images.double().flatten(1) @ torch.randn(3 * SIDE * SIDE, CLASSES, dtype=F64)).argmax(1)
test = torch.randn(32, 3, SIDE, SIDE)
record = {f"initial/{name}": value.detach().clone() for name, value in weights.items()}
record |= {f"mask/0/{name}": mask.clone() for name, mask in masks.items()}


def linear(x, name):
    return x @ weights[name + ".weight"].T + weights[name + ".bias"]


def logits(batch):
    shared = batch.double().flatten(1)
    for block in range(SHARED):
        shared = linear(shared, f"shared_blocks.{block}.linear").clamp(min=0)
    for head in range(HEADS):
        x = shared
        for block in range(len(HIDDEN) - SHARED):
            x = linear(x, f"blocks_head{head}.{block}.linear").clamp(min=0)
        yield linear(x, f"fc_{head}")


def lowest(scores, k):
    """Positions of the k lowest, equal ones in flat order."""
    return torch.from_numpy(numpy.argsort(scores.numpy(), kind="stable")[:k].copy())


losses, rates = [], []
for step in range(1, STEPS + 1):
    target = labels[(step - 1) * BATCH : step * BATCH]
    each = [torch.nn.functional.cross_entropy(out, target) for out in logits(images[(step - 1) * BATCH : step * BATCH])]
    losses.append([loss.item() for loss in each])
    for value in weights.values():
        value.grad = None
    (sum(each) / HEADS).backward()
    with torch.no_grad():
        for name, value in weights.items():
            gradient = value.grad + DECAY * value
            momenta[name] = MOMENTUM * momenta.get(name, torch.zeros_like(value)) + gradient
            value -= RATE * (gradient + MOMENTUM * momenta[name])
            if name in masks:
                value.mul_(masks[name])
                momenta[name].mul_(masks[name])
        rate = P1 + (P0 - P1) * (1 + math.cos(math.pi * step / STEPS)) / 2
        rates.append(rate)
        if step % EVERY == 0:
            for name, mask in masks.items():
                flat, active = mask.flatten(), mask.flatten().nonzero().flatten()
                k = math.ceil(rate * len(active))
                flat[active[lowest(weights[name].flatten()[active].abs(), k)]] = False
                inactive = (~flat).nonzero().flatten()
                flat[inactive[lowest(-weights[name].grad.flatten()[inactive].abs(), k)]] = True
                masks[name] = flat.view_as(mask)
                weights[name].mul_(masks[name])
                momenta[name].mul_(masks[name])
                record[f"mask/{step}/{name}"] = masks[name].clone()
record |= {f"final/{name}": value.detach() for name, value in weights.items()}
record |= {"batches/images": images, "batches/labels": labels, "test/images": test}
record |= {"loss": torch.tensor(losses, dtype=F64), "prune_rate": torch.tensor(rates, dtype=F64)}
record["test/logits"] = torch.stack([out.detach() for out in logits(test)], 1)

kinds = {torch.float64: "F64", torch.float32: "F32", torch.int64: "I64", torch.bool: "BOOL"}
header, data = {}, b""
for name, value in sorted(record.items(), key=lambda item: (-item[1].element_size(), item[0])):
    raw = value.contiguous().numpy().tobytes()
    header[name] = {"dtype": kinds[value.dtype], "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
header["__metadata__"] = {
    "model": "mlp", "hidden": ",".join(map(str, HIDDEN)), "heads": str(HEADS), "blocks_in_head": str(len(HIDDEN) - SHARED), "growth": "gradient",
    "drop": "magnitude", "density": str(DENSITY), "steps": str(STEPS), "update_every": str(EVERY), "batch": str(BATCH), "lr": str(RATE),
    "momentum": str(MOMENTUM), "nesterov": "True", "weight_decay": str(DECAY), "prune_rate": str(P0), "prune_rate_end": str(P1),
    "classes": str(CLASSES), "torch": torch.__version__,
}
text = json.dumps(header, separators=(",", ":")).encode()
text += b" " * (-len(text) % 8)
with open(sys.argv[1], "wb") as output:
    output.write(struct.pack("<Q", len(text)) + text + data)
