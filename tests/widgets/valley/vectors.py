"""Cases for the valley's JavaScript, computed by rnn_core: `make_vectors(seed)`."""

import numpy as np

from rnn_widgets import ValleyExplorer


def case(settings):
    explorer = ValleyExplorer(**settings)
    losses = explorer.losses
    return {
        "settings": explorer.settings,
        "expected": {
            "path": explorer.path.tolist(),
            "losses": losses.tolist(),
            "factors": [1 - explorer.eta, 1 - explorer.eta * explorer.kappa],
            "product": explorer.eta * max(1.0, explorer.kappa),
            **_lowest(losses),
        },
    }


def _lowest(losses):
    """Where the lowest loss is; of two equal ones, but for rounding, each program may choose its own."""
    first, second = np.argsort(losses, kind="stable")[:2]
    clear = losses[second] - losses[first] > 1e-9 * losses[first] and losses[first] > 1e-20
    return {"lowest": int(first)} if clear else {}


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    corners = [
        {"u": u, "v": v, "eta": eta, "kappa": kappa}
        for u, v in ((0.0, 0.0), (4.0, 0.0), (0.0, -2.0), (-4.0, 2.0))
        for eta in (0.01, 0.2, 1.0, 2.0, 2.2)
        for kappa in (0.5, 1.0, 10.0)
    ]
    drawn = [
        {
            "u": float(rng.uniform(-4, 4)),
            "v": float(rng.uniform(-2, 2)),
            "eta": float(rng.uniform(0.01, 2.2) if i % 2 else rng.uniform(0.01, 0.3)),
            "kappa": float(rng.uniform(0.5, 10)),
        }
        for i in range(120)
    ]
    return [case(each) for each in corners + drawn]
