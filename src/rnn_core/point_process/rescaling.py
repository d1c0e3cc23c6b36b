"""Time rescaling: on the clock of its own Λ, a point process is the Poisson process of rate 1.

That holds for processes that have an intensity, and never end: after 0 and after every event Λ must grow
without limit. Then the increases Λ(t_i) − Λ(t_{i−1}) are independent and exponential with mean 1, if the
process is the true one. That is a test of how well a model fits.

References
----------
Brown, Barbieri, Ventura, Kass and Frank (2002), The time-rescaling theorem and its application to neural
spike train data analysis, Neural Computation 14, 325–346.
Birnbaum and Tingey (1951), One-sided confidence contours for probability distribution functions, Annals of
Mathematical Statistics 22, 592–596.
Marsaglia, Tsang and Wang (2003), Evaluating Kolmogorov's distribution, Journal of Statistical Software 8(18).
Stephens (1970), Use of the Kolmogorov–Smirnov, Cramér–von Mises and related statistics without extensive
tables, Journal of the Royal Statistical Society B 32, 115–122.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .._checks import Array, finite_number, real_array
from ._checks import event_times, plain
from .process import Process, expect_process, log_rate_and_increase

__all__ = ["KolmogorovSmirnov", "exponential_qq", "kolmogorov_smirnov", "rescale"]

EXACT_UP_TO = 140
FAR = 5.0  # n D² from which D is reached on one side only: on both with a share e^(−6·5) of the probability


class KolmogorovSmirnov(NamedTuple):
    """Result of the test.

    Attributes
    ----------
    statistic : float
        D, the largest distance between the two distribution functions.
    p_value : float
        Probability of a D at least as large if the values are what they should be.
    """

    statistic: float
    p_value: float


def rescale(process: Process, times: Any, start: float = 0.0) -> Array:
    """Λ(t_i) − Λ(t_{i−1}) for every event, t_0 = start: unit exponentials if the process is the true one.

    Parameters
    ----------
    process : Process
        A point process.
    times : (N,) array
        Event times ≥ 0, strictly increasing. Those up to `start` are history.
    start : float
        From when on, ≥ 0; an event at `start` itself, such as a first event at 0, has no gap.

    Returns
    -------
    array, one entry for each event after `start`
        The gaps as the process's own clock measures them.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of that kind.
    """
    expect_process(process)
    times, start = event_times(times), finite_number("start", start, least=0.0)
    return log_rate_and_increase(process, times, times[times > start], start)[1]


def kolmogorov_smirnov(values: ArrayLike) -> KolmogorovSmirnov:
    """Test whether values are independent draws from the exponential distribution of mean 1.

    It looks at their distribution alone: values in the wrong order pass. If the process was fitted to the
    same events, the p-value is too large.

    Parameters
    ----------
    values : (N,) array
        Values ≥ 0, N ≥ 1; those of `rescale`, for instance.

    Returns
    -------
    KolmogorovSmirnov
        D and its p-value. Up to N = 140 it is exact; beyond that it comes from the limit law with Stephens'
        correction, unless it is below 1e-4. Such small ones are twice the exact one-sided probability, which
        is too large by that of deviations on both sides: a part in 10¹² or less, and nothing if D > ½.

    Raises
    ------
    TypeError, ValueError
        If the values are not real numbers ≥ 0, or there are none.
    """
    values = _ordered(values)
    n = len(values)
    below = -np.expm1(-values)
    D = float(max(np.max(np.arange(1, n + 1) / n - below), np.max(below - np.arange(n) / n)))
    if n * D * D > FAR or D > 0.5:  # beyond ½ never on both sides
        p = 2.0 * _one_sided_survival(n, D)
    else:
        p = 1.0 - _exact_cdf(n, D) if n <= EXACT_UP_TO else _limit_survival(n, D)
    return KolmogorovSmirnov(D, p)


def exponential_qq(values: ArrayLike) -> tuple[Array, Array]:
    """Points of a QQ plot against the exponential distribution of mean 1.

    Parameters
    ----------
    values : (N,) array
        Values ≥ 0, N ≥ 1.

    Returns
    -------
    expected : (N,) array
        The quantiles −log(1 − (i − ½)/N) for i = 1..N.
    observed : (N,) array
        The values in ascending order.
    """
    observed = _ordered(values)
    n = len(observed)
    return -np.log1p(-(np.arange(1, n + 1) - 0.5) / n), observed


def _ordered(values: Any) -> Array:
    values = real_array("values", plain("values", values)).astype(np.float64, copy=False)
    if values.ndim != 1 or values.size == 0:
        raise ValueError(f"values must have shape (N,) with N ≥ 1, got {values.shape}")
    if (values < 0.0).any():
        raise ValueError(f"values must be at least 0, got {values.min()}")
    return np.sort(values)


def _exact_cdf(n: int, D: float) -> float:
    """P(D_n < D), as an entry of the n-th power of a matrix (Marsaglia, Tsang and Wang)."""
    k = math.ceil(n * D)
    m, h = 2 * k - 1, k - n * D
    i, j = np.indices((m, m))
    H = np.where(i - j + 1 >= 0, 1.0, 0.0)
    edge = h ** np.arange(1, m + 1)
    H[:, 0] -= edge
    H[-1, :] -= edge[::-1]
    H[-1, 0] += max(2 * h - 1, 0.0) ** m
    factorial = np.array([math.factorial(d) for d in range(m + 1)], dtype=float)
    H /= factorial[np.maximum(i - j + 1, 0)]
    power = np.linalg.matrix_power(H * (math.e / n), n)  # e/n keeps it in range: n!/nⁿ ≈ e^(−n) √(2πn)
    return float(power[k - 1, k - 1] * math.exp(math.lgamma(n + 1) - n))


def _one_sided_survival(n: int, D: float) -> float:
    """P(max (F_n − F) ≥ D) = D Σ_j C(n, j) (D + j/n)^(j−1) (1 − D − j/n)^(n−j) over j < n(1 − D), as logs."""
    j = np.arange(n)
    j = j[D + j / n < 1.0]
    log_binomial = np.concatenate([[0.0], np.cumsum(np.log((n - j[:-1]) / (j[:-1] + 1.0)))])
    log_terms = log_binomial + (j - 1) * np.log(D + j / n) + (n - j) * np.log1p(-(D + j / n))
    return float(D * np.exp(log_terms).sum())


def _limit_survival(n: int, D: float) -> float:
    """2 Σ (−1)^(j−1) exp(−2 j² x²), at Stephens' x = D (√n + 0.12 + 0.11/√n)."""
    x = D * (math.sqrt(n) + 0.12 + 0.11 / math.sqrt(n))
    if x < 0.2:  # the series converges slowly there, and its value is 1 to 12 digits
        return 1.0
    j = np.arange(1, 101)
    return float(2.0 * np.sum((-1.0) ** (j - 1) * np.exp(-2.0 * (j * x) ** 2)))
