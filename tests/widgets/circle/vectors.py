"""Cases for the circle's JavaScript, computed by rnn_core: `make_vectors(seed)`."""

import numpy as np

from rnn_widgets import CircleExplorer

# Where eigenvalues coincide, a numerical one is off by the root of the rounding: their radius is known.
KNOWN = (
    ((0.0, 0.0), (0.0, 0.0), 0.0),
    ((1.0, 0.0), (0.0, 1.0), 1.0),
    ((1.0, 0.0), (0.8, 1.0), 1.0),
    ((1.1, -0.1), (0.1, 0.9), 1.0),
    ((0.0, 0.0), (1.5, 0.0), 0.0),
    ((0.3, -0.1), (0.9, -0.3), 0.0),
    ((0.6, 0.8), (-0.8, 0.6), 1.0),
    ((-0.7, 0.0), (1.2, -0.7), 0.7),
    ((1.5, 1.5), (1.5, 1.5), 3.0),
)


def case(first, second, radius=None):
    explorer = CircleExplorer(first=list(first), second=list(second))
    norms = explorer.norms.tolist()
    return {
        "settings": {"first": list(first), "second": list(second), "steps": 3},
        "expected": {
            "W": explorer.W.ravel().tolist(),
            "powers": [np.linalg.matrix_power(explorer.W, t).ravel().tolist() for t in range(len(norms))],
            "norms": norms,
            "norm": explorer.spectral_norm,
            "radius": explorer.spectral_radius if radius is None else radius,
        },
    }


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    drawn = []
    for i in range(150):
        W = rng.uniform(-1.5, 1.5, (2, 2))
        if i % 3 == 0:
            W = W.round(2)
        if i % 5 == 0:
            W[1, 0] = W[0, 1]
        if i % 7 == 0:
            W[1, 0] = 0.0
        drawn.append(case(W[:, 0].tolist(), W[:, 1].tolist()))
    return [case(*known) for known in KNOWN] + drawn
