r"""The Hawkes process with exponential kernels: every event makes further events more likely for a while.

.. math:: \lambda(t) = \mu + \sum_{j=1}^J \sum_{t_i < t} \alpha_j \beta_j e^{-\beta_j (t - t_i)}

The kernel α_j β_j e^(−β_j t) integrates to α_j, so α_j is the mean number of events that one event sets off
directly through kernel j, and Σ α_j is the *branching ratio*. (Other texts write α e^(−βt): their α is
α_j β_j.) The sums R_j(t) = Σ e^(−β_j (t − t_i)) decay between events and jump by 1 at each: one pass
computes them all, in time linear in the number of events.

References
----------
Hawkes (1971), Spectra of some self-exciting and mutually exciting point processes, Biometrika 58, 83–90.
Ogata (1978), The asymptotic behaviour of maximum likelihood estimators for stationary point processes, Annals
of the Institute of Statistical Mathematics 30, 243–261.
Dassios and Zhao (2013), Exact simulation of Hawkes process with exponentially decaying intensity, Electronic
Communications in Probability 18, 1–13.
"""

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .._checks import Array
from ._checks import event_times, positive, positive_tuple, since_last_event, window

__all__ = ["Hawkes", "HawkesGradient", "hawkes_gradient"]


@dataclass(frozen=True)
class Hawkes:
    """λ(t) = μ + Σ_j Σ_{t_i < t} α_j β_j e^(−β_j (t − t_i)).

    Attributes
    ----------
    mu : float
        μ > 0, the rate of events that no event set off, per unit of time.
    alpha : tuple of J floats
        α_j ≥ 0, the events that one event sets off through kernel j; a number if J is 1.
    beta : tuple of J floats
        β_j > 0, the rates of decay, per unit of time.
    """

    mu: float
    alpha: tuple[float, ...]
    beta: tuple[float, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "mu", positive("mu", self.mu))
        object.__setattr__(self, "alpha", positive_tuple("alpha", self.alpha, least=0.0))
        object.__setattr__(self, "beta", positive_tuple("beta", self.beta))
        if len(self.alpha) != len(self.beta):
            raise ValueError(
                f"beta must have as many entries as alpha, {len(self.alpha)}, got {len(self.beta)}"
            )

    @property
    def branching_ratio(self) -> float:
        """Σ α_j, the mean number of events that one event sets off directly."""
        return sum(self.alpha)

    @property
    def mean_rate(self) -> float:
        """Events per unit of time in the long run, μ / (1 − Σ α_j); a ValueError if there is no such rate."""
        self._expect_stationary()
        return self.mu / (1.0 - self.branching_ratio)

    def evaluate(self, times: Array, at: Array) -> tuple[Array, Array]:
        """Return log λ and the increase of Λ since the last event."""
        count, elapsed = since_last_event(times, at)
        gaps = np.diff(times, prepend=0.0)
        rate, increase = np.full(np.shape(at), self.mu), self.mu * elapsed
        for alpha, beta in zip(self.alpha, self.beta, strict=True):
            R = decaying_sum(gaps, beta)[count]  # just after the last event; it has decayed since
            rate += alpha * beta * R * np.exp(-beta * elapsed)
            increase += alpha * R * -np.expm1(-beta * elapsed)
        return np.log(rate), increase

    def begin(self) -> tuple[float, ...]:
        """Return the state, α_j β_j R_j just after the last event; refuse a branching ratio of 1 or more."""
        self._expect_stationary()
        return (0.0,) * len(self.alpha)

    def after(self, state: tuple[float, ...], tau: float) -> tuple[float, ...]:
        """Return the state after an event: it decays, and jumps by α_j β_j."""
        kernels = zip(state, self.alpha, self.beta, strict=True)
        return tuple(s * math.exp(-beta * tau) + alpha * beta for s, alpha, beta in kernels)

    def hazard(self, state: tuple[float, ...], tau: float) -> float:
        """Return λ."""
        return self.mu + sum(s * math.exp(-beta * tau) for s, beta in zip(state, self.beta, strict=True))

    def ceiling(self, state: tuple[float, ...], tau: float) -> tuple[float, float]:
        """Return λ just after τ: it only falls until the next event."""
        return self.hazard(state, tau), math.inf

    def wait(self, state: tuple[float, ...], rng: np.random.Generator) -> float:
        """Draw the gap to the next event.

        λ is a sum, so the next event is the first of J + 1 independent ones: one of rate μ, and one for
        each kernel, whose share of Λ, s (1 − e^(−βτ))/β, is inverted; it may never reach its exponential.
        """
        first = rng.exponential() / self.mu
        for s, beta in zip(state, self.beta, strict=True):
            left = 1.0 - beta * rng.exponential() / s if s > 0.0 else 0.0
            if left > 0.0:
                first = min(first, -math.log(left) / beta)
        return first

    def _expect_stationary(self) -> None:
        if self.branching_ratio >= 1.0:
            raise ValueError(
                "alpha must sum to less than 1, else every event sets off at least one more on average and "
                f"the rate grows without bound; got a branching ratio of {self.branching_ratio:g}"
            )


class HawkesGradient(NamedTuple):
    """The gradient of a log-likelihood.

    Attributes
    ----------
    mu : float
        ∂/∂μ.
    alpha : (J,) array
        ∂/∂α_j.
    beta : (J,) array
        ∂/∂β_j.
    """

    mu: float
    alpha: Array
    beta: Array


def hawkes_gradient(
    process: Hawkes, times: ArrayLike, end: float, start: float = 0.0
) -> tuple[float, HawkesGradient]:
    """Log-likelihood of the events of (start, end], and its gradient, in time linear in their number.

    Parameters
    ----------
    process : Hawkes
        Parameters; a branching ratio of 1 or more is allowed here.
    times : (N,) array
        Event times in [0, end], strictly increasing. Those up to `start` are history: they excite, and have
        no term of their own.
    end : float
        Until when the process was watched.
    start : float
        From when on the events are to be explained, 0 ≤ start < end.

    Returns
    -------
    value : float
        The log-likelihood in nats, as `log_likelihood` has it.
    gradient : HawkesGradient
        Its derivatives by μ, α_j and β_j.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of that kind.
    """
    if not isinstance(process, Hawkes):
        raise TypeError(f"process must be a Hawkes process, got {process!r}")
    start, end = window(start, end)
    return gradient(process, event_times(times, end), start, end)


def gradient(process: Hawkes, times: Array, start: float, end: float) -> tuple[float, HawkesGradient]:
    """Do what `hawkes_gradient` does, for arguments that have been checked."""
    gaps, left, early = np.diff(times, prepend=0.0), end - times, np.maximum(start - times, 0.0)
    scored = slice(int(np.searchsorted(times, start, side="right")), None)
    rate, expected = np.full(len(times[scored]), process.mu), process.mu * (end - start)
    grad_alpha, terms = [], []
    for alpha, beta in zip(process.alpha, process.beta, strict=True):
        before = decaying_sum(gaps, beta)[:-1] * np.exp(-beta * gaps)  # Σ e^(−β(t_i − t_k)) over k < i
        slope = _decaying_age(gaps, beta, before)[scored]  # −∂/∂β of that
        before = before[scored]
        inside = offspring(beta, left, early)
        rate += alpha * beta * before
        expected += alpha * np.sum(inside)
        later = left * np.exp(-beta * left) - early * np.exp(-beta * early)  # ∂/∂β of what falls inside
        grad_alpha.append((beta * before, np.sum(inside)))
        terms.append((alpha, before - beta * slope, np.sum(later)))
    return float(np.log(rate).sum() - expected), HawkesGradient(
        float(np.sum(1.0 / rate) - (end - start)),
        np.array([np.sum(more / rate) - cost for more, cost in grad_alpha]),
        np.array([alpha * (np.sum(more / rate) - cost) for alpha, more, cost in terms]),
    )


def offspring(beta: float, left: Array, early: Array) -> Array:
    """The share of each kernel that falls into the window: e^(−β·early) − e^(−β·left)."""
    share: Array = np.exp(-beta * early) * -np.expm1(-beta * (left - early))
    return share


def decaying_sum(gaps: Array, beta: float) -> Array:
    """R just after each event, 0 in front: R ← e^(−β·gap) R + 1. As plain floats: a step takes some 50 ns."""
    decay = np.exp(-beta * gaps).tolist()
    return np.fromiter(accumulate(decay, lambda R, d: d * R + 1.0, initial=0.0), np.float64, len(gaps) + 1)


def _decaying_age(gaps: Array, beta: float, before: Array) -> Array:
    """Σ (t_i − t_k) e^(−β(t_i − t_k)) over k < i: ages grow by the gap, and their weights decay over it."""
    decay, grown = np.exp(-beta * gaps).tolist(), (gaps * before).tolist()
    age, out = 0.0, []
    for d, g in zip(decay, grown, strict=True):
        age = d * age + g
        out.append(age)
    return np.array(out)
