"""The hazard exp(o_0 + w τ) at time τ after an event: its integral, the derivative in w, and the inverse.

All of it is written with exponentials of numbers ≤ 0 wherever w τ is involved, so that nothing overflows
unless the hazard itself does, and nothing cancels as w → 0, where the hazard is constant.
"""

import inspect
import math
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from .._checks import Array, finite_number
from ._checks import real_values

__all__ = ["cumulative_hazard", "cumulative_hazard_grad_w", "gap_at", "log_hazard", "mass_at_infinity"]

_SERIES_BELOW = 0.5  # where (1 − (1 + u) e^(−u))/u² loses digits and 15 terms of its series lose none
_SERIES = [(k + 1) / math.factorial(k + 2) for k in range(15)]


def checked_arguments(*, positive: bool = False) -> Callable[[Any], Any]:
    """Let a function of (log_rate, w) or (log_rate, w, time) say which of them is wrong.

    Overflow gives infinity, without a warning.
    """

    def decorate(function: Any) -> Any:
        signature = inspect.signature(function)

        @wraps(function)
        def checked(*args: Any, **kwargs: Any) -> Any:
            given = signature.bind(*args, **kwargs).arguments
            log_rate, w = real_values("log_rate", given["log_rate"]), finite_number("w", given["w"])
            rest = [_times(name, given[name], log_rate, positive) for name in list(given)[2:]]
            with np.errstate(over="ignore", under="ignore", invalid="ignore"):
                return function(log_rate, no_denormal(w), *rest)

        return checked

    return decorate


def _times(name: str, value: Any, log_rate: Any, positive: bool) -> Any:
    value = real_values(name, value)
    if np.any(value <= 0.0 if positive else value < 0.0):
        raise ValueError(f"{name} must be {'> 0' if positive else '≥ 0'}, got {np.min(value)}")
    try:
        np.broadcast_shapes(np.shape(log_rate), np.shape(value))
    except ValueError:
        raise ValueError(
            f"{name} must broadcast against log_rate, got shapes {np.shape(value)} and {np.shape(log_rate)}"
        ) from None
    return value


def no_denormal(w: float, dtype: Any = np.float64) -> float:
    """Return w, or 0 where it is so small that no hazard differs: its quotients would leave the range."""
    return w if abs(w) >= np.finfo(dtype).tiny else 0.0


@checked_arguments()
def log_hazard(log_rate: Any, w: float, tau: Any) -> Any:
    """The log-hazard log λ(τ) = o_0 + w τ.

    Parameters
    ----------
    log_rate : array or float
        o_0, the log-hazard right after the event.
    w : float
        Growth of the log-hazard per unit of time, of any sign.
    tau : array or float
        Time since the event, ≥ 0; broadcast against `log_rate`.

    Returns
    -------
    array
        The logarithm of a rate in events per unit of time.
    """
    return log_rate + w * tau


@checked_arguments()
def cumulative_hazard(log_rate: Any, w: float, tau: Any) -> Array:
    """Λ(τ) = ∫_0^τ exp(o_0 + w s) ds = e^{o_0} (e^{wτ} − 1)/w, and e^{o_0} τ where w = 0.

    Parameters are those of `log_hazard`.

    Returns
    -------
    array
        Expected number of events, ≥ 0; infinite only where the hazard leaves the range of floats.
    """
    z = w * tau
    # e^{o_0} (e^{wτ} − 1)/w, written so that nothing overflows, and nothing cancels where wτ is small.
    cumulative: Array = largest_hazard(log_rate, z) * tau * mean_decay(np.abs(z))
    return cumulative


@checked_arguments()
def cumulative_hazard_grad_w(log_rate: Any, w: float, tau: Any) -> Array:
    """∂Λ(τ)/∂w = ∫_0^τ s exp(o_0 + w s) ds.

    Parameters are those of `log_hazard`.

    Returns
    -------
    array
        In units of time.
    """
    z = w * tau
    u = np.abs(z)
    decay, weighted = mean_decay(u), weighted_decay(u)
    top = largest_hazard(log_rate, z)
    grad: Array = top * tau * tau * np.where(z > 0, decay - weighted, weighted)
    # Far beyond 1/|w| it is e^{o_0}/w², also where τ² leaves the range.
    far = z < -40.0
    return np.where(far, top / w / w, grad) if np.any(far) else grad


@checked_arguments(positive=True)
def gap_at(log_rate: Any, w: float, cumulative: Any) -> Array:
    """The τ at which Λ(τ) reaches a value: of a unit exponential variable, it is the gap to the next event.

    Parameters
    ----------
    log_rate, w
        As for `log_hazard`.
    cumulative : array or float
        Value of Λ, > 0.

    Returns
    -------
    array
        τ; infinite where w < 0 and Λ stays below the value for ever.
    """
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        log_flat = np.log(cumulative) - log_rate  # log of the gap under a constant hazard
        flat: Array = np.exp(log_flat)
        if w == 0:
            return flat
        grown = w * flat
        if w < 0:
            return np.where(grown > -1.0, np.log1p(grown) / w, np.inf)
        return np.where(np.isfinite(grown), np.log1p(grown), np.log(w) + log_flat) / w


@checked_arguments()
def mass_at_infinity(log_rate: Any, w: float) -> Array:
    """Probability that no further event ever comes: exp(e^{o_0}/w) if w < 0, else zero.

    Parameters are those of `log_hazard`.
    """
    with np.errstate(over="ignore"):
        return np.exp(np.exp(log_rate) / w) if w < 0 else np.zeros_like(log_rate)


# Without the checks: in training a hazard may overflow, and is then dealt with there.
raw_log_hazard, raw_cumulative_hazard, raw_cumulative_hazard_grad_w, raw_gap_at = map(
    inspect.unwrap, (log_hazard, cumulative_hazard, cumulative_hazard_grad_w, gap_at)
)


def largest_hazard(log_rate: Any, z: Any) -> Any:
    """The largest hazard between 0 and τ, for z = wτ: e^{o_0 + max(z, 0)}."""
    return np.exp(log_rate + np.maximum(z, 0.0))


def mean_decay(u: Array) -> Any:
    """∫_0^1 e^{−us} ds for u ≥ 0."""
    safe = np.where(u > 0, u, 1.0)
    return np.where(u > 0, -np.expm1(-safe) / safe, 1.0)


def weighted_decay(u: Array) -> Any:
    """∫_0^1 s e^{−us} ds for u ≥ 0."""
    safe = np.maximum(u, _SERIES_BELOW)
    closed = (mean_decay(safe) - np.exp(-safe)) / safe
    small = np.minimum(u, _SERIES_BELOW)
    series = np.zeros_like(small)
    for coefficient in reversed(_SERIES):
        series = coefficient - series * small
    return np.where(u < _SERIES_BELOW, series, closed)
