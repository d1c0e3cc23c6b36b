"""Cases for the JavaScript of the game of darts, computed by rnn_core: `make_vectors(seed)`."""

from itertools import pairwise

import numpy as np

from rnn_core import point_process
from rnn_widgets import ThinningExplorer

DRAWS = 4


def exact_share(ceiling):
    """The share of the strip that lies under the wave too, by quadrature between its crossings."""
    s = (ceiling - 2) / 1.5
    crossings = []
    if s < 1:
        rise = np.arcsin(s)
        crossings = [x + 2 * np.pi * k for k in range(-1, 3) for x in (rise, np.pi - rise)]
    breaks = sorted({0.0, 10.0, *(x for x in crossings if 0 < x < 10)})
    nodes, weights = np.polynomial.legendre.leggauss(40)
    total = 0.0
    for a, b in pairwise(breaks):
        t = (a + b) / 2 + (b - a) / 2 * nodes
        total += (b - a) / 2 * weights @ np.minimum(2 + 1.5 * np.sin(t), ceiling)
    return float(total / (10 * ceiling))


def peak(explorer, events):
    if explorer.curve == "wave":
        return 3.5
    after = point_process.intensity(explorer.process, events, events) + 0.6 * 1.5
    return float(np.max(after, initial=0.8))


def case(explorer):
    times, heights = explorer.darts
    kept = explorer.kept
    events = times[: len(kept)][kept]
    return {
        "carried": {"draws": explorer.draws},
        "settings": explorer.settings,
        "expected": {
            "times": times.tolist(),
            "heights": heights.tolist(),
            "count": len(kept),
            "rates": explorer.rates.tolist(),
            "kept": kept.tolist(),
            "events": events.tolist(),
            "peak": peak(explorer, events),
            "share": exact_share(explorer.ceiling) if explorer.curve == "wave" else None,
        },
    }


def make_vectors(seed):
    rng = np.random.default_rng(seed + 100)

    def make(**chosen):
        return case(ThinningExplorer(draws=DRAWS, rng=np.random.default_rng(seed), **chosen))

    edges = [
        make(curve=curve, ceiling=ceiling, fallen=fallen)
        for curve in ("wave", "hawkes")
        for ceiling in (1.0, 2.0, 3.5, 6.0)
        for fallen in (0, 1, 120)
    ]
    drawn = [
        make(
            curve=("wave", "hawkes")[i % 2],
            ceiling=float(rng.uniform(1, 6)),
            fallen=int(rng.integers(0, 121)) if i % 4 < 2 else 120,
            draw=i % DRAWS,
        )
        for i in range(120)
    ]
    return edges + drawn
