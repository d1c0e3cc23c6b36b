"""Cases for the memory cell's JavaScript, computed by rnn_core: `make_vectors(seed)`."""

import numpy as np

from rnn_core import gated
from rnn_widgets import HoldExplorer


def case(settings):
    explorer = HoldExplorer(**settings)
    trace = explorer.trace
    own = HoldExplorer(**{**settings, "i": 0.0}).trace.c[:, 0]  # with nothing let in but the bit
    gradient = explorer.gradient
    assert np.allclose(gated.lstm_cell_path(trace)[1 : explorer.step].prod(), gradient[0], rtol=1e-12)
    return {
        "settings": explorer.settings,
        "expected": {
            "f": trace.gates[:, 1].tolist(),
            "c": trace.c[:, 0].tolist(),
            "h": trace.h[:, 0].tolist(),
            "own": own.tolist(),
            "rest": (trace.c[:, 0] - own).tolist(),
            "gradient": gradient.tolist(),
            "kept": gradient[0],
        },
    }


def random_settings(rng, kind):
    first = int(rng.integers(2, 41))
    return {
        "bit": str(rng.choice(["plus", "minus"])),
        "b": float(rng.uniform(-4, 8)),
        "left": first,
        "right": int(np.clip(first + rng.integers(-4, 5), 2, 40)) if kind % 3 else int(rng.integers(2, 41)),
        "lift": 0.0 if kind % 4 == 0 else float(rng.uniform(-12, 12)),
        "i": 0.0 if kind % 5 == 0 else float(rng.uniform(0, 1)),
        "late": bool(rng.integers(2)),
        "step": int(rng.integers(7, 41)),
    }


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    corners = [
        {"b": b, "lift": lift, "i": i, "step": step}
        for b in (-4.0, 0.0, 8.0)
        for lift in (-12.0, 0.0, 12.0)
        for i, step in ((0.0, 1), (1.0, 40), (1.0, 10), (0.5, 39))
    ]
    return [case(each) for each in corners + [random_settings(rng, kind) for kind in range(120)]]
