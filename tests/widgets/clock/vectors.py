"""Cases for the JavaScript of the change of clock, computed by rnn_core: `make_vectors(seed)`."""

import numpy as np

from rnn_core import point_process
from rnn_widgets import ClockExplorer
from rnn_widgets.clock.explorer import END, EVALUATIONS
from rnn_widgets.clock.limits import evened, ks_limit

RANDOM_CASES = 112
DRAWS = 2


def states(times, beta):
    """R just after each event, as the double sum that it is."""
    age = times[:, None] - times
    return np.where(age >= 0, np.exp(-beta * np.abs(age)), 0.0).sum(axis=1)


def explained(process, times):
    """What rnn_core says of a process and the events."""
    return {
        "process": {"mu": process.mu, "alpha": process.alpha[0], "beta": process.beta[0]},
        "R": [0.0, *states(times, process.beta[0]).tolist()],
        "rates": point_process.intensity(process, times, times).tolist(),
        "rescaled": point_process.rescale(process, times).tolist(),
        "compensator": point_process.compensator(process, times, times).tolist(),
        "atEnd": float(point_process.compensator(process, times, np.array([END]))[0]),
        "logLikelihood": point_process.log_likelihood(process, times, END),
    }


def case(explorer):
    times, readings = explorer.times, explorer.readings
    after = point_process.intensity(explorer.process, times, times) + explorer.alpha * explorer.beta
    gaps = np.diff(readings, prepend=0.0)
    expected, observed = point_process.exponential_qq(gaps) if len(times) else np.zeros((2, 0))
    return {
        "carried": {"draws": explorer.draws},
        "settings": explorer.settings,
        "expected": {
            "events": times.tolist(),
            "truth": explained(explorer.process, times),
            "model": explained(explorer.model, times),
            "readings": readings.tolist(),
            "expected": expected.tolist(),
            "observed": observed.tolist(),
            "uneven": evened(gaps)[1] if len(times) else None,
            "distance": explorer.ks_distance,
            **of_the_gaps(explorer, times),
            "expectedNumber": explorer.expected_number,
            "middle": float(point_process.compensator(explorer.model, times, np.array([END / 2]))[0]),
            # λ is highest just after an event, or has never left μ.
            "peak": float(np.max(after, initial=explorer.mu)),
            "ceilingReached": explorer.ceiling_reached,
        },
    }


def of_the_gaps(explorer, times):
    """Whether the process itself is rejected, and what remains of the model's gaps once their mean is 1."""
    if not len(times):
        return {"truthRejected": False, "evened": None}
    gaps = explorer.rescaled_gaps
    even = gaps * (len(gaps) / gaps.sum())
    truth = point_process.kolmogorov_smirnov(point_process.rescale(explorer.process, times))
    return {
        "limit": ks_limit(len(times)),
        "truthRejected": truth.statistic > ks_limit(len(times)),
        "evened": {
            "distance": point_process.kolmogorov_smirnov(even).statistic,
            "spread": float(np.sqrt(np.mean((even - 1.0) ** 2))),
        },
    }


def settings(i, rng):
    """Settings anywhere in their ranges; every model and every draw in turn."""
    return {
        "clock": (0.0, 1.0, rng.uniform())[i % 3],
        "mu": rng.uniform(0.05, 1.0),
        "alpha": rng.uniform(0.0, 0.95),
        "beta": rng.uniform(0.1, 3.0),
        "evaluation": EVALUATIONS[i % 4],
        "draw": i // 4 % DRAWS,
    }


def edges(make, rng):
    """Settings at the ends of their ranges, few events or none, and an intensity above the ceiling."""
    anew = [ClockExplorer(draws=1, rng=rng, mu=0.05, alpha=0.0) for _ in range(40)]
    for evaluation in EVALUATIONS:
        yield make(evaluation=evaluation)
        yield make(evaluation=evaluation, alpha=0.0)
        yield make(evaluation=evaluation, alpha=0.95, beta=0.1, mu=1.0)
        yield make(evaluation=evaluation, beta=1.0)
        for count in (0, 1):
            quiet = next(explorer for explorer in anew if len(explorer.times) == count)
            quiet.evaluation = evaluation
            yield quiet
    unlucky = (ClockExplorer(draws=1, rng=rng, mu=0.1 * (1 + i % 10)) for i in range(300))
    found = next(each for each in unlucky if of_the_gaps(each, each.times)["truthRejected"])
    found.evaluation = "poisson"
    yield found
    busy = (ClockExplorer(draws=1, rng=rng, mu=1.0, alpha=0.95, beta=3.0) for _ in range(60))
    yield next(explorer for explorer in busy if explorer.ceiling_reached)


def make_vectors(seed):
    rng = np.random.default_rng(seed + 100)

    def make(**chosen):
        return ClockExplorer(draws=DRAWS, rng=np.random.default_rng(seed), **chosen)

    explorers = (*edges(make, rng), *(make(**settings(i, rng)) for i in range(RANDOM_CASES)))
    return [case(explorer) for explorer in explorers]
