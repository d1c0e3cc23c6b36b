"""Cases for the JavaScript of the cell, computed by rnn_core: `make_vectors(seed)`."""

import numpy as np

from rnn_core import equations
from rnn_widgets.cell.explorer import PARAMS, M, N, T, X

FIRST = {
    "step": 1,
    "unit": 4,
    "entry": 0,
    "x": X.ravel().tolist(),
    "held_after": 0,
    "held": [0.0] * M,
}
CARRIED = {
    "initial": FIRST,
    "arrays": {name: array.tolist() for name, array in PARAMS._asdict().items()},
}


def run(settings):
    """All steps by `equations.network`, in two pieces: the states handed on, and what the steps made."""
    x, after = np.reshape(settings["x"], (T, N)), settings["held_after"]
    pieces = [equations.network(PARAMS, x[after:], np.array(settings["held"], float))]
    if after:
        pieces.insert(0, equations.network(PARAMS, x[:after], np.zeros(M)))
    a, o, y = (np.concatenate([piece[i] for piece in pieces]) for i in (0, 2, 3))
    h = np.concatenate([piece[1][:-1] for piece in pieces] + [pieces[-1][1][-1:]])
    return {"a": a, "h": h, "o": o, "y": y, "made": np.tanh(a)}


WAS = run(FIRST)


def expected(settings):
    """What the page's program must measure."""
    numbers = run(settings)
    x, t = np.reshape(settings["x"], (T, N)), settings["step"]
    changed = [
        i for i, (now, first) in enumerate(zip(settings["x"], FIRST["x"], strict=True)) if now != first
    ]
    seen = np.flatnonzero((np.abs(numbers["h"] - WAS["h"]) >= 0.01).any(axis=1))
    moves = np.abs(numbers["made"][t - 1] - numbers["h"][t - 1])
    return {
        **{name: array.tolist() for name, array in numbers.items()},
        "input": (PARAMS.W_hx @ x[t - 1]).tolist(),
        "state": (PARAMS.W_hh @ numbers["h"][t - 1]).tolist(),
        "was": {"a": WAS["a"][0].tolist(), "y": WAS["y"][-1].tolist()},
        "changed": changed,
        "by": [settings["x"][i] - FIRST["x"][i] for i in changed],
        "put": any(settings[name] != FIRST[name] for name in ("held_after", "held")),
        "seen": int(seen[0]) if len(seen) else None,
        "moved": {
            "by": float(moves.max()),
            "units": (np.flatnonzero(moves.max() - moves < 1e-9) + 1).tolist(),
        },
    }


def drawn(rng):
    """Settings at random: a few entries changed, or all of them, and often another state put in."""
    settings = {**FIRST, "step": int(rng.integers(1, T + 1)), "unit": int(rng.integers(1, M + 1))}
    settings["entry"] = int(rng.integers(0, N + M))
    x = X.ravel().copy()
    count = int(rng.choice([0, 1, 1, 2, 18]))
    x[rng.permutation(18)[:count]] = np.round(rng.uniform(-2, 2, count), int(rng.choice([1, 1, 6])))
    settings["x"] = x.tolist()
    if rng.random() < 0.4:
        settings["held_after"] = int(rng.integers(0, T))
        settings["held"] = np.round(rng.uniform(-1, 1, M), int(rng.choice([1, 2, 6]))).tolist()
    return settings


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    chosen = [{**FIRST, "step": step, "held_after": after} for step in range(1, T + 1) for after in range(T)]
    every = chosen + [drawn(rng) for _ in range(110)]
    return [{"carried": CARRIED, "settings": each, "expected": expected(each)} for each in every]
