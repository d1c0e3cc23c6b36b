"""Oracles of the neural point process: its likelihood event by event in scalars, Λ by quadrature.

Numbers may be complex, so that a gradient is a complex step away; the closed form of Λ appears nowhere.
"""

import cmath
import importlib
import math
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np

from .oracles import PARAMETERS, central_difference, complex_step, run, step_losses

MODULES = ("event_windows", "exponential_hazard", "rmtpp", "rmtpp_params", "rmtpp_sample")
NODES, WEIGHTS = (values.tolist() for values in np.polynomial.legendre.leggauss(40))


def api(core):
    """The functions under test, from the package or from a broken copy of it."""
    modules = [importlib.import_module(f"{core.__name__}.point_process.{name}") for name in MODULES]
    return SimpleNamespace(**{name: getattr(m, name) for m in modules for name in m.__all__})


def integrated_hazard(o_0, w, tau, power=0):
    """∫_0^τ s^power exp(o_0 + w s) ds by quadrature, exact to rounding while |w τ| is below some 20."""
    points = [tau * (node + 1) / 2 for node in NODES]
    return sum(
        tau / 2 * weight * s**power * cmath.exp(o_0 + w * s)
        for s, weight in zip(points, WEIGHTS, strict=True)
    )


class Events(NamedTuple):
    """Parameters by name (with w), and a batch of sequences, or one if there is no batch axis."""

    theta: dict
    gaps: np.ndarray
    marks: np.ndarray | None

    @property
    def K(self):
        return len(self.theta["b_y"]) - 1

    def params(self, core, constant=False):
        rnn = core.RNNParams(*(self.theta[name] for name in PARAMETERS))
        return api(core).RMTPPParams(rnn, None if constant else self.theta["w"])

    def arguments(self):
        return {"gaps": self.gaps} if self.marks is None else {"gaps": self.gaps, "marks": self.marks}


def events(seed, *, K=2, w=-0.4, N=7, B=None, m=5, dtype=np.float64):
    """Draw generic values: gaps of all lengths, no parameter zero (w is what it is told to be)."""
    rng = np.random.default_rng(seed)
    k, shape = 1 + K, (N,) if B is None else (N, B)
    theta = {
        "W_hx": rng.normal(0, 0.6, (m, k)),
        "W_hh": rng.normal(0, 0.9, (m, m)) / np.sqrt(m),
        "W_yh": rng.normal(0, 0.7, (k, m)),
        "b_h": rng.normal(0, 0.3, m),
        "b_y": rng.normal(0, 0.5, k),
        "w": np.array([w]),
    }
    gaps = rng.exponential(size=shape) + 0.05
    marks = rng.integers(0, K, shape) if K else None
    return Events({name: value.astype(dtype) for name, value in theta.items()}, gaps.astype(dtype), marks)


def outputs(theta, gaps, marks):
    """o^(0), …, o^(N) of one sequence."""
    K = len(theta["b_y"]) - 1
    x = [
        [math.log(gap)] + [float(K and marks[j] == i) for i in range(K)]
        for j, gap in enumerate(gaps.tolist())
    ]
    h0 = np.zeros(len(theta["b_h"]))
    return [list(theta["b_y"]), *run(theta | {"h0": h0}, x)[2]]


def scores(theta, gaps, marks=None, open_gap=None):
    """Log-density of each event of one sequence, and last the log-survival of the open gap, if any."""
    o, w = outputs(theta, gaps, marks), np.asarray(theta["w"]).tolist()[0]
    result = []
    for j, tau in enumerate(gaps.tolist()):
        mark = step_losses([o[j][1:]], [marks[j]])[0] if marks is not None else 0.0
        result.append(o[j][0] + w * tau - integrated_hazard(o[j][0], w, tau) - mark)
    if open_gap is not None:
        result.append(-integrated_hazard(o[-1][0], w, open_gap))
    return result


def loss(theta, gaps, marks=None, lengths=None, mask=None, open_gap=None):
    """What rmtpp_bptt must return: minus the scores that count, averaged over the batch."""
    if gaps.ndim == 1:
        N = len(gaps) if lengths is None else lengths
        terms = scores(theta, gaps[:N], None if marks is None else marks[:N], open_gap)
        counts = [True] * len(terms) if mask is None else [*mask[:N], *[True] * (len(terms) - N)]
        return -sum(term for term, count in zip(terms, counts, strict=True) if count)
    B = gaps.shape[1]

    def of(argument, b):
        return None if argument is None else argument[..., b]

    rest = (marks, lengths, mask, open_gap)
    return sum(loss(theta, gaps[:, b], *(of(argument, b) for argument in rest)) for b in range(B)) / B


def gradients(e, differentiate=complex_step, **rest):
    """∂L/∂θ for every parameter, in order, w last."""
    if differentiate is central_difference:
        return [
            central_difference(
                lambda v, n=n: loss(e.theta | {n: v}, e.gaps, e.marks, **rest).real, e.theta[n]
            )
            for n in (*PARAMETERS, "w")
        ]
    return [
        complex_step(lambda v, n=n: loss(e.theta | {n: v}, e.gaps, e.marks, **rest), e.theta[n])
        for n in (*PARAMETERS, "w")
    ]


def ks_distance(values, cdf):
    """Largest distance of an empirical distribution function from a continuous one."""
    ranks = np.arange(len(values))
    at = cdf(np.sort(values))
    return max((at - ranks / len(values)).max(), ((ranks + 1) / len(values) - at).max())
