"""Where the likelihood of a Hawkes process has its hills, and the climb to the top of one.

If the rates of decay are held fixed, the likelihood is that of a mixture, and concave: with p_j the expected
share of the n events that kernel j sets off,

    λ(t_i) = (n/T) (p_0 + Σ p_j r_ij),   r_ij = T B_ij / G_j,

where B_ij = Σ e^(−β_j (t_i − t_k)) over the events before t_i, and G_j is the integral of that over the
window of length T. Its logarithm lies Σ log(1 + Σ p_j (r_ij − 1)) nats above that of the Poisson process of
rate n/T. The largest gain, as a function of the β that is still free, shows every hill, and the edges: a gain
of 0 is the Poisson process, and β = 0 is the limit in which λ grows by αβ at each event and never falls.
"""

from typing import Any, NamedTuple

import numpy as np

from .._checks import Array
from .hawkes import decaying_sum, offspring

MOST = 4  # hills that are climbed
EM_STEPS = 40


class Data(NamedTuple):
    """The events and their window, start ≤ t ≤ end; those up to `start` are history."""

    times: Array
    start: float
    end: float

    @property
    def span(self) -> float:
        """Length of the window."""
        return self.end - self.start

    @property
    def number(self) -> int:
        """Events that are scored."""
        return int((self.times > self.start).sum())


class Hill(NamedTuple):
    """A place to climb from, and its gain over the Poisson process: θ = (μ, α_1, …, β_1, …)."""

    gain: float
    theta: Array


def hills(data: Data, others: tuple[float, ...] = ()) -> tuple[float, list[Hill]]:
    """Return the gain in the limit β = 0, and the hills, best first; `others` are β of further kernels."""
    betas = _scales(data)
    known = [_ratios(data, beta) for beta in others]
    found = []
    for beta in (0.0, *betas):
        ratios = np.array([*known, _ratios(data, beta)])
        share = _share(ratios[0]) if len(ratios) == 1 else _shares(ratios)
        found.append((float(np.log1p(share @ (ratios - 1.0)).sum()), share))
    gains = np.array([gain for gain, _ in found])
    after = np.append(gains[1:], -np.inf)
    tops = 1 + np.flatnonzero((gains[1:] > gains[:-1]) & (gains[1:] >= after[1:]))
    tops = tops[gains[tops] > 0.0]
    tops = tops[np.argsort(-gains[tops], kind="stable")][:MOST]
    return gains[0], [Hill(gains[k], _theta(data, (*others, betas[k - 1]), found[k][1])) for k in tops]


def _scales(data: Data) -> Array:
    """Rates of decay an octave apart, from a tenth of the window's to the smallest gap's."""
    shortest = float(np.diff(data.times).min())
    octaves = int(np.ceil(np.log2(30.0 * data.span / shortest)))
    scales: Array = 0.1 / data.span * 2.0 ** np.arange(octaves + 1)
    return scales


def _kernel_mass(data: Data, beta: float) -> float:
    """G, the integral of Σ e^(−β (t − t_k)) over the window."""
    left, early = data.end - data.times, np.maximum(data.start - data.times, 0.0)
    return float((left - early).sum() if beta == 0.0 else offspring(beta, left, early).sum() / beta)


def _ratios(data: Data, beta: float) -> Array:
    gaps = np.diff(data.times, prepend=0.0)
    before = decaying_sum(gaps, beta)[:-1] * np.exp(-beta * gaps)
    ratios: Array = before[data.times > data.start] * (data.span / _kernel_mass(data, beta))
    return ratios


def _share(ratios: Array) -> Array:
    """The share p of one kernel, where Σ (r − 1)/(1 + p(r − 1)) = 0, or an edge: Newton within a bracket."""
    more = ratios - 1.0
    if more.sum() <= 0.0:
        return np.zeros(1)
    low, high, p = 0.0, 1.0, 0.5
    for _ in range(60):
        terms = more / (1.0 + p * more)
        slope = terms.sum()
        low, high = (p, high) if slope > 0.0 else (low, p)
        step = p + slope / (terms @ terms)
        last, p = p, step if low <= step <= high else (low + high) / 2.0
        if abs(p - last) <= 1e-12 * p:
            break
    return np.array([p])


def _shares(ratios: Array) -> Array:
    """The shares of several kernels, by the EM algorithm for mixtures: near the best, which will do."""
    every = np.concatenate([np.ones((1, ratios.shape[1])), ratios])
    shares = np.full(len(every), 1.0 / len(every))
    for _ in range(EM_STEPS):
        shares *= (every / (shares @ every)).mean(axis=1)
    return shares[1:]


def _theta(data: Data, betas: tuple[float, ...], shares: Array) -> Array:
    """Parameters in which kernel j is expected to set off a share p_j of the events; none is 0."""
    base = max(1.0 - shares.sum(), 1e-3)
    masses = np.array([_kernel_mass(data, beta) for beta in betas])
    alphas = np.maximum(shares, 1e-6) * data.number / masses / betas
    return np.array([base * data.number / data.span, *alphas, *betas])


def bfgs(function: Any, x: Array, tolerance: float, max_iterations: int) -> tuple[Array, int]:
    """Minimise; the step is halved until the decrease is a fraction of what the slope promises."""
    value, slope = function(x)
    inverse = np.eye(len(x)) / max(np.abs(slope).max(), 1.0)  # a first step of at most 1 in any logarithm
    for iteration in range(max_iterations):
        if np.abs(slope).max() <= tolerance:
            return x, iteration
        step = -inverse @ slope
        step *= min(
            1.0, 2.0 / np.abs(step).max()
        )  # a factor e² at a time: no overflow, no leap across a ridge
        scale = 1.0
        while True:
            new_value, new_slope = function(x + scale * step)
            # Near the minimum the value's rounding hides the decrease: the slope then decides.
            gain = value - new_value + 1e-14 * abs(value)
            if gain >= -1e-4 * scale * (slope @ step):
                break
            scale /= 2.0
            if scale < 1e-10:
                raise RuntimeError(f"the fit stalled after {iteration} steps at θ = {np.exp(x)}")
        moved, bent = scale * step, new_slope - slope
        with np.errstate(over="ignore"):
            curvature = moved @ bent
            least = 1e-12 * np.linalg.norm(moved) * np.linalg.norm(bent)
        if curvature > least:
            away = np.eye(len(x)) - np.outer(moved, bent) / curvature
            inverse = away @ inverse @ away.T + np.outer(moved, moved) / curvature
        x, value, slope = x + moved, new_value, new_slope
    raise RuntimeError(f"the fit did not converge in {max_iterations} steps, it is at θ = {np.exp(x)}")
