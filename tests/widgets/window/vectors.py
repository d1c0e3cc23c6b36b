"""Cases for the window's JavaScript, computed by rnn_core: `make_vectors(seed)`."""

from itertools import product

import numpy as np

from rnn_widgets import WindowExplorer

NAMES = ("tau", "adjectives", "subject", "noun", "q", "clue")


def case(*values):
    explorer = WindowExplorer(**dict(zip(NAMES, values, strict=True)))
    words, singular = explorer.words, explorer.subject == "dog"
    back = len(words) - 1  # the subject is the second word, the verb comes after the last
    window, right = explorer.window, explorer.right
    # Where the subject is out of sight, the best reader is wrong as often as the rarer agreement occurs.
    missed = (1 - right[explorer.tau - 2]) / min(explorer.clue, 1 - explorer.clue)
    return {
        "settings": explorer.settings,
        "expected": {
            "words": words,
            "back": back,
            "seen": explorer.subject in words[-explorer.tau :],
            "whole": explorer.whole.tolist(),
            "window": window.tolist(),
            "correct": float(window[0] if singular else window[1]),
            "missed": float(missed),
            "right": right.tolist(),
        },
    }


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    nouns = product(("dog", "dogs"), ("cat", "cats"))
    for_all = [
        case(tau, n, *pair, 0.2, 0.7) for pair in nouns for tau, n in ((4, 1), (5, 1), (5, 2), (14, 9))
    ]
    return for_all + [
        case(
            int(rng.integers(2, 15)),
            int(rng.integers(1, 10)),
            str(rng.choice(["dog", "dogs"])),
            str(rng.choice(["cat", "cats"])),
            float(rng.uniform(0.05, 0.9)),
            0.5 if i % 5 == 0 else float(rng.uniform(0.05, 0.95)),
        )
        for i in range(110)
    ]
