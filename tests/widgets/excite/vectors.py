"""Cases for the JavaScript of excite and decay, computed by rnn_core: `make_vectors(seed)`."""

import numpy as np

from rnn_core import point_process
from rnn_widgets import ExciteExplorer


def case(**settings):
    explorer = ExciteExplorer(**settings)
    times, at = np.array(explorer.events), explorer.at
    last = times[times < at]
    # λ just after an event is λ just before it, and the jump; R is what that leaves of it.
    after = explorer.before + explorer.alpha * explorer.beta
    states = np.exp(-explorer.beta * np.clip(times[:, None] - times, 0, None)) * (times[:, None] >= times)
    assert explorer.rate == point_process.intensity(explorer.process, times, [at])[0]
    return {
        "settings": explorer.settings,
        "expected": {
            "R": [0.0, *states.sum(axis=1).tolist()],
            "before": explorer.before.tolist(),
            "after": after.tolist(),
            "peak": explorer.peak,
            "here": explorer.rate,
            "jump": explorer.alpha * explorer.beta,
            "half": float(np.log(2) / explorer.beta),
            "last": float(last[-1]) if len(last) else None,
            "onEvent": bool((times == at).any()),
        },
    }


def random_events(rng, most=20):
    times = np.unique(np.round(rng.uniform(0, 10, int(rng.integers(0, most + 1))), int(rng.integers(1, 8))))
    return times.tolist()


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    edges = [
        case(events=events, alpha=alpha, at=at)
        for events in ([], [0.0], [5.0], [0.0, 5.0, 10.0])
        for alpha in (0.0, 0.95)
        for at in (0.0, 5.0, 10.0)
    ]
    drawn = []
    for i in range(120):
        mu, alpha, beta, at = rng.uniform((0.05, 0, 0.1, 0), (1, 0.95, 3, 10)).tolist()
        events = random_events(rng)
        if i % 5 == 0 and events:
            at = events[int(rng.integers(len(events)))]
        drawn.append(case(mu=mu, alpha=alpha, beta=beta, events=events, at=at))
    return edges + drawn
