"""Cases for the Hawkes explorer's JavaScript, computed by rnn_core: `make_vectors(seed)`."""

import numpy as np

from rnn_core import point_process
from rnn_widgets import HawkesExplorer
from rnn_widgets.hawkes.draws import CEILING, proposals
from rnn_widgets.hawkes.explorer import EVALUATIONS
from rnn_widgets.hawkes.words import ks_limit

RANDOM_CASES = 112
DRAWS = 6


def states(times, beta):
    """R just after each event, as the double sum that it is."""
    age = times[:, None] - times
    return np.where(age >= 0, np.exp(-beta * np.abs(age)), 0.0).sum(axis=1)


def explained(process, times, end, at):
    """What rnn_core says of a process and the events."""
    whole = point_process.compensator(process, times, np.array([end]))[0]
    return {
        "mu": process.mu,
        "alpha": process.alpha[0],
        "beta": process.beta[0],
        "R": [0.0, *states(times, process.beta[0]).tolist()],
        "rates": point_process.intensity(process, times, times).tolist(),
        "rescaled": point_process.rescale(process, times).tolist(),
        "compensator": point_process.compensator(process, times, times).tolist(),
        "at_end": float(whole),
        "log_likelihood": point_process.log_likelihood(process, times, end),
        "intensity_between": point_process.intensity(process, times, at).tolist(),
        "compensator_between": point_process.compensator(process, times, at).tolist(),
    }


def case(explorer, rng):
    times = explorer.times
    at = rng.uniform(0.0, explorer.end, 25)
    after = point_process.intensity(explorer.process, times, times) + explorer.alpha * explorer.beta
    expected, observed = (
        point_process.exponential_qq(explorer.rescaled_gaps) if len(times) else np.zeros((2, 0))
    )
    return {
        "settings": explorer.settings,
        "events": times.tolist(),
        "at": at.tolist(),
        "truth": explained(explorer.process, times, explorer.end, at),
        "model": explained(explorer.model, times, explorer.end, at),
        "expected": expected.tolist(),
        "observed": observed.tolist(),
        "distance": explorer.ks_distance,
        "limit": ks_limit(len(times)) if len(times) else None,
        **of_the_gaps(explorer, times),
        "expected_number": explorer.expected_number,
        "mean_rate": explorer.mean_rate,
        # λ is highest just after an event, or has never left μ.
        "peak": float(np.max(after, initial=explorer.mu)),
        "ceiling_reached": explorer.ceiling_reached,
    }


def of_the_gaps(explorer, times):
    """Whether the process itself is rejected, and what remains of the model's gaps once their mean is 1."""
    if not len(times):
        return {"truth_rejected": False, "evened": None}
    gaps = explorer.rescaled_gaps
    even = gaps * (len(gaps) / gaps.sum())
    truth = point_process.kolmogorov_smirnov(point_process.rescale(explorer.process, times))
    return {
        "truth_rejected": truth.statistic > ks_limit(len(times)),
        "evened": {
            "distance": point_process.kolmogorov_smirnov(even).statistic,
            "spread": float(np.sqrt(np.mean((even - 1.0) ** 2))),
        },
    }


def settings(i, rng):
    """Settings anywhere in their ranges; every model and every draw in turn."""
    return {
        "mu": rng.uniform(0.05, 1.0),
        "alpha": rng.uniform(0.0, 0.95),
        "beta": rng.uniform(0.1, 3.0),
        "end": rng.uniform(10.0, 50.0),
        "evaluation": EVALUATIONS[i % 4],
        "draw": i // 4 % DRAWS,
    }


def edges(make):
    """Settings at the ends of their ranges, no events at all, and an intensity above the ceiling."""
    for evaluation in EVALUATIONS:
        yield make(evaluation=evaluation)
        yield make(evaluation=evaluation, alpha=0.0)
        yield make(evaluation=evaluation, alpha=0.95, beta=0.1, mu=1.0)
        yield make(evaluation=evaluation, beta=1.0)
        quiet = (make(evaluation=evaluation, mu=0.05, end=10.0, draw=draw) for draw in range(DRAWS))
        yield next(explorer for explorer in quiet if not len(explorer.times))
    quiet = (make(mu=0.05 * mu, end=10.0, draw=draw) for mu in range(1, 9) for draw in range(DRAWS))
    yield next(explorer for explorer in quiet if len(explorer.times) == 1)
    unlucky = (make(mu=0.1 * mu, draw=draw) for mu in range(1, 11) for draw in range(DRAWS))
    found = next(explorer for explorer in unlucky if of_the_gaps(explorer, explorer.times)["truth_rejected"])
    yield make(**found.settings | {"evaluation": "poisson"})
    busy = (make(mu=1.0, alpha=0.95, beta=3.0, draw=draw) for draw in range(DRAWS))
    yield next(explorer for explorer in busy if explorer.ceiling_reached)


def make_vectors(seed):
    def make(**chosen):
        return HawkesExplorer(draws=DRAWS, rng=np.random.default_rng(seed), **chosen)

    rng = np.random.default_rng(seed + 100)
    explorers = [*edges(make), *(make(**settings(i, rng)) for i in range(RANDOM_CASES))]
    draws = explorers[0].draws
    proposed = [
        dict(zip(("times", "heights"), (a.tolist() for a in proposals(d)), strict=True)) for d in draws
    ]
    return {
        "ceiling": CEILING,
        "draws": draws,
        "proposed": proposed,
        "cases": [case(explorer, rng) for explorer in explorers],
    }
