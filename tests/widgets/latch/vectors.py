"""Cases for the latch's JavaScript, computed by rnn_core: `make_vectors(seed)`."""

from functools import cache

import numpy as np

from rnn_widgets import LatchExplorer


@cache
def resting_state(w):
    """The positive fixed point of tanh(w h), by Newton's method; the explorer bisects."""
    if w <= 1:
        return 0.0
    a = 20.0 * w  # the pre-activation wh; a = w tanh(a) from above converges monotonically
    for _ in range(200):  # the last of them move nothing but last bits
        step = (a - w * np.tanh(a)) / (1 - w * (1 - np.tanh(a) ** 2))
        a -= step
        if abs(step) < 1e-16 * a:
            break
    return float(np.tanh(a))


def case(w, letters):
    explorer = LatchExplorer(w=w, letters=letters)
    markers = [letter for letter in letters if letter in "ab"]
    since = next((i for i, letter in enumerate(reversed(letters)) if letter in "ab"), None)
    return {
        "settings": {"w": w, "letters": letters},
        "expected": {
            "h": explorer.states.tolist(),
            "rest": resting_state(w),
            "first": markers[0] if markers else None,
            "last": markers[-1] if markers else None,
            "alike": len(set(markers)) == 1,
            "since": since,
        },
    }


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    for_all = [case(w, letters) for w in (0.0, 0.5, 1.0, 1.01, 2.0, 4.0) for letters in ("", "c", "a", "bcd")]
    return for_all + [
        case(
            float(rng.uniform(0, 4) if i % 4 else rng.uniform(0.9, 1.1)),
            "".join(rng.choice(list("abcd"), int(rng.integers(7, 61)))),
        )
        for i in range(120)
    ]
