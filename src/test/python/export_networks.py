"""Exports random networks as PyTorch writes them to ONNX: export_networks.py SEED COUNT DIRECTORY.

Beside each N.onnx stands N.json with what it is, and its outputs and Jacobians at some points in double precision by PyTorch,
also where the file is in single precision.
"""
import copy
import json
import sys
import warnings

import torch
from torch import nn

warnings.filterwarnings("ignore")
OPERATOR_SETS = range(9, 17)
POINTS = 4


class Residual(nn.Module):
    """x + f(x)"""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return x + self.inner(x)


class Branches(nn.Module):
    """Two networks side by side, of all columns and of the first only."""

    def __init__(self, left, right, cut):
        super().__init__()
        self.left, self.right, self.cut = left, right, cut

    def forward(self, x):
        return torch.cat([self.left(x), self.right(x[:, : self.cut])], dim=1)


class Function(nn.Module):
    """A function by its name."""

    FUNCTIONS = {
        "sin": torch.sin, "cos": torch.cos, "atan": torch.atan, "exp": torch.exp, "abs": torch.abs, "erf": torch.erf,
        "square": lambda x: x * x, "cube": lambda x: x ** 3, "quotient": lambda x: x / (1 + x * x),
        "log": lambda x: torch.log(1 + x * x), "root": lambda x: torch.sqrt(1 + x * x), "negative": lambda x: -x,
        "clamp": lambda x: torch.clamp(x, -0.5, 0.75), "negative part": lambda x: torch.min(x, 0.5 * x),
    }

    def __init__(self, name):
        super().__init__()
        self.name = name

    def forward(self, x):
        return self.FUNCTIONS[self.name](x)

    def extra_repr(self):
        return self.name


ACTIVATIONS = [
    nn.Tanh, nn.Sigmoid, nn.ReLU, nn.LeakyReLU, lambda: nn.LeakyReLU(0.2), nn.ELU, lambda: nn.ELU(0.5), nn.SELU, nn.GELU,
    lambda: nn.GELU(approximate="tanh"), nn.SiLU, nn.Mish, nn.Softsign, nn.Softplus, nn.Hardtanh, nn.Hardsigmoid,
    nn.Hardswish, nn.ReLU6, nn.Tanhshrink, nn.LogSigmoid, lambda: nn.Softmax(dim=-1), lambda: nn.Softmax(dim=1), lambda: nn.LogSoftmax(dim=-1), nn.Identity,
    *[lambda name=name: Function(name) for name in Function.FUNCTIONS]]


class Random:
    """Random networks of a seed."""

    def __init__(self, seed, number):
        self.generator = torch.Generator().manual_seed(seed * 1000 + number)
        torch.manual_seed(seed * 1000 + number)

    def integer(self, least, most):
        return int(torch.randint(least, most + 1, (1,), generator=self.generator))

    def one(self, choices):
        return choices[self.integer(0, len(choices) - 1)]

    def perceptron(self, inputs, outputs, depth, activation):
        layers = []
        width = inputs
        for _ in range(depth):
            units = self.integer(1, 6)
            layers += [nn.Linear(width, units, bias=self.integer(0, 4) > 0), activation()]
            layers += self.one([[], [], [nn.Dropout(0.5)], [nn.Identity()], [nn.Flatten()]])
            width = units
            if self.integer(0, 3) == 0:
                layers.append(Residual(self.one([
                    lambda: nn.Sequential(nn.Linear(width, width), activation()),
                    lambda: nn.Sequential(nn.Linear(width, 3), activation(), nn.Linear(3, width))])()))
        return nn.Sequential(*layers, nn.Linear(width, outputs))

    def network(self, number, inputs):
        # Every activation has its turn.
        activation = ACTIVATIONS[number % len(ACTIVATIONS)]
        network = self.perceptron(inputs, self.integer(1, 4), self.integer(1, 3), activation)
        if self.integer(0, 4) == 0:
            cut = self.integer(1, inputs)
            network = Branches(network, self.perceptron(cut, 2, 1, self.one(ACTIVATIONS)), cut)
        if self.integer(0, 5) == 0:
            network = nn.Sequential(nn.Flatten(), network, activation())
        return network.eval()


def export(seed, number, directory):
    random = Random(seed, number)
    inputs = random.integer(1, 5)
    network = random.network(number, inputs)
    operator_set = OPERATOR_SETS[number % len(OPERATOR_SETS)]
    kind = random.one([torch.float32, torch.float64, torch.float64])
    network = network.to(kind)
    batch = random.one([{}, {"dynamic_axes": {"input": {0: "batch"}, "output": {0: "batch"}}}])
    torch.onnx.export(network, torch.zeros(1, inputs, dtype=kind), f"{directory}/{number}.onnx", opset_version=operator_set,
                      input_names=["input"], output_names=["output"], do_constant_folding=random.one([True, False]), **batch)
    exact = copy.deepcopy(network).double()
    points = torch.rand(POINTS, inputs, dtype=torch.float64, generator=random.generator) * 4 - 2
    jacobians = [torch.autograd.functional.jacobian(lambda x: exact(x[None])[0], point) for point in points]
    return {"what": f"{network} in {kind}, operator set {operator_set}", "isDouble": kind == torch.float64,
            "points": points.tolist(), "outputs": exact(points).tolist(), "jacobians": [j.tolist() for j in jacobians]}


seed, count, directory = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
for number in range(count):
    with open(f"{directory}/{number}.json", "w") as file:
        json.dump(export(seed, number, directory), file)
