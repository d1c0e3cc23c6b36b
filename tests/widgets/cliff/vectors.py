"""Cases for the clipping explorer's JavaScript, computed by rnn_core: `make_vectors(seed)`."""

import numpy as np

from rnn_core import cliff
from rnn_widgets import ClippingExplorer
from rnn_widgets.cliff.explorer import B_RANGE, W_RANGE

RANDOM_CASES = 110
ULP = np.finfo(float).eps


def shaken_descent(explorer, clip, rng):
    """The same descent with every number off in its last bits: how far can two correct programs differ?

    A descent that meets the cliff again and again multiplies rounding errors each time.
    """

    def shake(value):
        return value * (1 + 2 * ULP * rng.standard_normal())

    w, b, path = explorer.w, explorer.b, []
    for _ in range(explorer.updates + 1):
        h, h_w, h_b = cliff.H0, 0.0, 0.0
        for _ in range(explorer.T):
            h_next = shake(1 / (1 + np.exp(-(w * h + b))))
            slope = h_next * (1 - h_next)
            h_w, h_b, h = shake(slope * (h + w * h_w)), shake(slope * (1 + w * h_b)), h_next
        error = h - cliff.TARGET
        grad = 2 * error * np.array([h_w, h_b])
        norm = np.linalg.norm(grad)
        path.append((w, b, error**2, norm))
        scale = 1.0 if clip is None else min(1.0, clip / max(norm, 1e-300))
        w, b = (
            shake(w - explorer.learning_rate * scale * grad[0]),
            shake(b - explorer.learning_rate * scale * grad[1]),
        )
    return cliff.CliffPath(*np.array(path).T)


def descent(explorer, path, shown, clip, rng):
    """A path, its readout as far as it is shown, and how sensitive each of its places is to rounding."""
    shaken = [shaken_descent(explorer, clip, rng) for _ in range(2)]
    exact, leaves = np.array(path), explorer.leaves_map(shown)
    used = shown.grad_norm[:-1].tolist()
    apart = np.max([np.abs(np.array(other) - exact) / np.maximum(1.0, np.abs(exact)) for other in shaken], 0)
    return {
        "clip": clip,
        "path": [dict(zip(("w", "b", "loss", "norm"), map(float, row), strict=True)) for row in exact.T],
        "largest": float(shown.grad_norm.max()),
        "used": max(used, default=0.0),
        "shortened": 0 if clip is None else sum(norm > clip for norm in used),
        "leaves": leaves,
        "leaving": float(path.grad_norm[leaves - 1]) if leaves else None,
        # Of a path so far: once two programs are apart they stay apart.
        "sensitivity": np.maximum.accumulate(apart.max(0)).tolist(),
    }


def case(explorer, rng):
    plain, clipped = explorer.shown
    longer = np.flatnonzero(clipped.grad_norm > explorer.clip)
    return {
        "k": len(plain.w) - 1,
        "apart": int(longer[0]) if len(longer) else len(plain.w) - 1,
        "settings": explorer.settings,
        "problem": explorer.problem,
        "without": descent(explorer, explorer.without_clipping, plain, None, rng),
        "clipped": descent(explorer, explorer.with_clipping, clipped, explorer.clip, rng),
    }


def random_case(rng):
    return case(
        ClippingExplorer(
            w=rng.uniform(*W_RANGE),
            b=rng.uniform(*B_RANGE),
            learning_rate=rng.uniform(0.01, 1.0),
            clip=rng.uniform(0.05, 2.0),
            updates=int(rng.integers(1, 30)),
            T=int(rng.integers(1, 80)),
            update=int(rng.choice([300, rng.integers(0, 30)])),
        ),
        rng,
    )


def place(rng):
    """Loss and gradient at one place, also far off the map, with h0 and target of its own."""
    w, b, T = rng.uniform(-8, 12), rng.uniform(-9, 9), int(rng.integers(1, 60))
    problem = {"h0": rng.uniform(0.05, 0.95), "target": rng.uniform(0, 1)}
    grad_w, grad_b = cliff.cliff_gradient(w, b, T, **problem)
    loss = float(cliff.cliff_loss(w, b, T, **problem))
    return {"w": w, "b": b, "T": T, "problem": problem, "loss": loss, "grad_w": grad_w, "grad_b": grad_b}


def surface(T, rng):
    """h_T at places of the map; from the loss alone one cannot tell its side of the target."""
    w, b = rng.uniform(*W_RANGE, 40), rng.uniform(*B_RANGE, 40)
    h = np.sqrt(cliff.cliff_loss(w, b, T, target=0.0))
    return {"T": T, "w": w.tolist(), "b": b.tolist(), "h": h.tolist()}


def steepest(T):
    """The longest gradient on the map, as far as a grid finds it: for large T the cliff is thinner."""
    w, b = np.linspace(*W_RANGE, 151), np.linspace(*B_RANGE, 1251)
    return float(np.hypot(*cliff.cliff_gradient(w[:, None], b, T)).max())


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    explorers = (
        ClippingExplorer(),
        ClippingExplorer(w=4.5, b=-1.9, updates=30),
        ClippingExplorer(w=3.0, b=-1.0, learning_rate=1.0, updates=9),  # starts in the corner, leaves at once
        ClippingExplorer(w=6.0, b=-3.5, T=1, updates=1),
        ClippingExplorer(w=4.2, b=-2.6, learning_rate=1.0, clip=2.0, updates=9),
        ClippingExplorer(updates=21),
        ClippingExplorer(update=0),
        ClippingExplorer(update=15),
    )
    return {
        "places": [place(rng) for _ in range(60)],
        "cases": [
            *(case(explorer, rng) for explorer in explorers),
            *(random_case(rng) for _ in range(RANDOM_CASES)),
        ],
        "surfaces": [surface(T, rng) for T in (1, 7, 50, 100)],
        "problem": ClippingExplorer().problem,
        "steepest": [[T, steepest(T)] for T in (*range(1, 13), 20, 50, 100)],
    }
