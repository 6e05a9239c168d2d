"""Writes random dictionaries of dense layers as NumPy writes them: state_dictionaries.py SEED COUNT DIRECTORY.

Beside each N.npz stands N.json with the layers, as repr writes their numbers, and outputs of the tanh network at some points.
"""
import json
import sys

import numpy as np

seed, count, directory = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
for number in range(count):
    random = np.random.default_rng([seed, number])
    widths = random.integers(1, 7, size=random.integers(2, 5)).tolist()
    arrays, layers = {}, []
    points = random.uniform(-2, 2, (3, widths[0]))
    values = points
    for i, (inputs, units) in enumerate(zip(widths, widths[1:])):
        kind = random.choice(["<f8", "<f4", ">f8", ">f4"])
        name = random.choice([f"{i}", f"fc{i}", f"net.{i}.linear", f"block{i}/dense"])
        weight = random.normal(size=(units, inputs)).astype(kind)
        arrays[f"{name}.weight"] = np.asfortranarray(weight) if random.random() < 0.5 else weight
        layers.append({"W": weight.astype(float).tolist()})
        values = values @ weight.astype(float).T
        if random.random() < 0.8:
            bias = random.normal(size=units).astype(kind)
            arrays[f"{name}.bias"] = bias
            layers[-1]["b"] = bias.astype(float).tolist()
            values = values + bias.astype(float)
        values = np.tanh(values) if i < len(widths) - 2 else values
    save = np.savez if number % 2 == 0 else np.savez_compressed
    save(f"{directory}/{number}.npz", **arrays)
    with open(f"{directory}/{number}.json", "w") as file:
        json.dump({"parameters": {f"L{i + 1}": layer for i, layer in enumerate(layers)}, "points": points.tolist(),
                   "values": values.tolist()}, file)
