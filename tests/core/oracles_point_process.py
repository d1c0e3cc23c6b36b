"""Oracles of the point processes: each intensity as its formula has it, in scalars, and quadrature.

Nothing here is shared with rnn_core: sums run over all events before t, integrals are Gauss–Legendre sums.
"""

import cmath
import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(100)
NODES, WEIGHTS = ((NODES + 1) / 2).tolist(), (WEIGHTS / 2).tolist()


def quadrature(function, low, high, power=10):
    """∫ f from low to high; s = low + (high − low) u^power tames a root or a pole at the lower end."""
    width = high - low
    return width * math.fsum(
        w * function(low + width * u**power) * power * u ** (power - 1)
        for u, w in zip(NODES, WEIGHTS, strict=True)
    )


class Case(NamedTuple):
    """A process: how rnn_core makes it, λ(t, events before t), and where λ is not smooth."""

    make: object
    intensity: object
    kinks: tuple = ()


def hawkes_intensity(t, before, mu, alpha, beta):
    """μ + Σ Σ α β e^(−β (t − s)), the double sum; parameters may be complex."""
    return mu + sum(a * b * cmath.exp(-b * (t - s)) for s in before for a, b in zip(alpha, beta, strict=True))


def hawkes_log_likelihood(mu, alpha, beta, times, end):
    """Quadratic in the number of events; parameters may be complex."""
    total = sum(cmath.log(hawkes_intensity(t, times[:i], mu, alpha, beta)) for i, t in enumerate(times))
    left = sum(a * (1 - cmath.exp(-b * (end - t))) for t in times for a, b in zip(alpha, beta, strict=True))
    return total - mu * end - left


def _hawkes(mu, alpha, beta):
    return Case(
        lambda pp: pp.Hawkes(mu, alpha, beta),
        lambda t, before: hawkes_intensity(t, before, mu, alpha, beta).real,
    )


def log_normal_density(x, mu, sigma):
    return math.exp(-(((math.log(x) - mu) / sigma) ** 2) / 2) / (x * sigma * math.sqrt(2 * math.pi))


def gamma_density(x, shape, rate):
    return rate**shape * x ** (shape - 1) * math.exp(-rate * x) / math.gamma(shape)


def weibull_density(x, shape, scale):
    return shape / scale * (x / scale) ** (shape - 1) * math.exp(-((x / scale) ** shape))


def _renewal(name, density, *parameters):
    def hazard(t, before):
        x = t - (before[-1] if before else 0.0)
        if (
            x == 0.0
        ):  # a node so near the event that it falls on it: less than 1e-11 of the integral lies there
            return 0.0
        survival = 1.0 - quadrature(lambda s: density(s, *parameters), 0.0, x)
        return density(x, *parameters) / survival

    return Case(lambda pp: pp.Renewal(getattr(pp, name)(*parameters)), hazard)


def _piecewise(t, before):
    return 0.4 if t <= 2.3 else 1.7 if t <= 5.1 else 0.9


def _waves(t):
    return 1.1 + 0.8 * math.sin(1.3 * t)


CASES = {
    "poisson": Case(lambda pp: pp.Poisson(1.37), lambda t, before: 1.37),
    "piecewise": Case(lambda pp: pp.PiecewisePoisson((2.3, 5.1), (0.4, 1.7, 0.9)), _piecewise, (2.3, 5.1)),
    "inhomogeneous": Case(
        lambda pp: pp.InhomogeneousPoisson(
            lambda t: 1.1 + 0.8 * np.sin(1.3 * t), lambda t: 1.1 * t + 0.8 / 1.3 * (1 - np.cos(1.3 * t)), 1.95
        ),
        lambda t, before: _waves(t),
    ),
    "hawkes": _hawkes(0.47, (0.63,), (1.9,)),
    "hawkes of two kernels": _hawkes(0.31, (0.26, 0.45), (0.8, 6.3)),
    "self-correcting": Case(
        lambda pp: pp.SelfCorrecting(1.15, 0.83), lambda t, before: math.exp(1.15 * t - 0.83 * len(before))
    ),
    "log-normal gaps": _renewal("LogNormal", log_normal_density, -0.35, 0.9),
    "gamma gaps": _renewal("Gamma", gamma_density, 2.3, 2.9),
    "gamma gaps, falling hazard": _renewal("Gamma", gamma_density, 0.7, 0.8),
    "weibull gaps": _renewal("Weibull", weibull_density, 1.6, 0.9),
}

TIMES = [0.33, 0.71, 1.9, 2.15, 3.02, 3.08, 4.6, 5.83, 6.4]
END = 7.25


def oracle_intensity(case, times, t):
    """λ(t), which knows of the events strictly before t."""
    return case.intensity(t, [s for s in times if s < t])


def oracle_compensator(case, times, t):
    """∫_0^t λ, piece by piece between events and kinks."""
    cuts = [0.0, *sorted(s for s in {*times, *case.kinks} if s < t), t]
    # Inside a piece the history is that of its interior: an event at the lower end is already in the past.
    return math.fsum(
        quadrature(lambda s, low=low: case.intensity(s, [e for e in times if e <= low]), low, high)
        for low, high in pairwise(cuts)
    )


def error_of(call):
    """What a call raises, as text with the type in front; for tests of errors that mutants must fail."""
    try:
        result = call()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return f"no error, but {result!r}"
