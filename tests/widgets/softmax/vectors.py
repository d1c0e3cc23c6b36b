"""Cases for the JavaScript of softmax, computed by rnn_core: `make_vectors(seed)`."""

import numpy as np

from rnn_core import equations
from rnn_widgets import SoftmaxExplorer

WORDS = ("is", "are", "was")
FIRST = [2.0, 1.0, 0.0]


def shift_of(logits, first=FIRST):
    """What was added to all logits, or None if it was not the same for all, or next to nothing."""
    moves = np.array(logits) - first
    return float(moves[0]) if np.ptp(moves) < 1e-9 and abs(moves[0]) >= 0.05 else None


def case(logits, happened):
    explorer = SoftmaxExplorer(logits=logits, happened=happened)
    y = equations.softmax(np.array(logits, float))
    return {
        "carried": {"initial": {"logits": FIRST}},
        "settings": explorer.settings,
        "expected": {
            "y": y.tolist(),
            "loss": explorer.loss,
            "gradient": equations.grad_logits(y, WORDS.index(happened)).tolist(),
            "shift": shift_of(logits),
        },
    }


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    chosen = [
        case(logits, word)
        for logits in (
            [2, 1, 0],
            [0, 0, 0],
            [5, -5, 5],
            [-5, 5, -5],
            [-5, -5, -5],
            [3, 2, 1],
            [3, 2, 0.5],
        )
        for word in WORDS
    ]
    drawn = [case(rng.uniform(-5, 5, 3).tolist(), WORDS[i % 3]) for i in range(100)]
    shifted = [case((np.array(FIRST) + rng.uniform(-5, 3)).tolist(), WORDS[i % 3]) for i in range(12)]
    return chosen + drawn + shifted
