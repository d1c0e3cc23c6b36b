"""Poisson processes: the intensity is a function of time alone, whatever happened before.

References
----------
Kingman (1993), Poisson Processes, chapters 2 and 4.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from .._checks import Array
from ._checks import plain, positive, positive_tuple, since_last_event

__all__ = ["InhomogeneousPoisson", "PiecewisePoisson", "Poisson"]


@dataclass(frozen=True)
class Poisson:
    """The homogeneous Poisson process: λ(t) = rate.

    Attributes
    ----------
    rate : float
        Events per unit of time, > 0.
    """

    rate: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "rate", positive("rate", self.rate))

    def evaluate(self, times: Array, at: Array) -> tuple[Array, Array]:
        """Return log λ and the increase of Λ since the last event."""
        _, elapsed = since_last_event(times, at)
        return np.full(np.shape(at), math.log(self.rate)), self.rate * elapsed

    def begin(self) -> None:
        """Return the state: nothing is remembered."""

    def after(self, state: None, tau: float) -> None:
        """Return the state after an event."""

    def hazard(self, state: None, tau: float) -> float:
        """Return λ."""
        return self.rate

    def ceiling(self, state: None, tau: float) -> tuple[float, float]:
        """Return the bound of λ, which holds for ever."""
        return self.rate, math.inf

    def wait(self, state: None, rng: np.random.Generator) -> float:
        """Draw the gap to the next event: Λ increases by a unit exponential."""
        return rng.exponential() / self.rate


@dataclass(frozen=True)
class PiecewisePoisson:
    """A Poisson process whose rate is constant between change points.

    Attributes
    ----------
    changes : tuple of K − 1 floats
        The change points, positive and strictly increasing; a number if there is one.
    rates : tuple of K floats
        The rates before, between and after them, ≥ 0. The last holds for ever. At a change point the rate is
        still the one before it: λ is left-continuous.
    """

    changes: tuple[float, ...]
    rates: tuple[float, ...]
    _mass: tuple[float, ...] = field(init=False, repr=False, compare=False)  # Λ at 0 and at each change

    def __post_init__(self) -> None:
        changes = positive_tuple("changes", self.changes) if plain("changes", self.changes).size else ()
        if list(changes) != sorted(set(changes)):
            raise ValueError(f"changes must be strictly increasing, got {changes}")
        rates = positive_tuple("rates", self.rates, least=0.0)
        if len(rates) != len(changes) + 1:
            raise ValueError(f"rates must be one more than the {len(changes)} changes, got {len(rates)}")
        mass = np.cumsum([0.0, *np.diff([0.0, *changes]) * rates[:-1]])
        object.__setattr__(self, "changes", changes)
        object.__setattr__(self, "rates", rates)
        object.__setattr__(self, "_mass", tuple(mass.tolist()))

    def evaluate(self, times: Array, at: Array) -> tuple[Array, Array]:
        """Return log λ and the increase of Λ since the last event."""
        _, elapsed = since_last_event(times, at)
        with np.errstate(divide="ignore"):  # a rate of 0 has the logarithm −∞
            log_rate = np.log(np.array(self.rates)[self._piece(at)])
        return log_rate, self._cumulative(at) - self._cumulative(at - elapsed)

    def begin(self) -> float:
        """Return the state: the time of the last event."""
        return 0.0

    def after(self, state: float, tau: float) -> float:
        """Return the state after an event."""
        return state + tau

    def hazard(self, state: float, tau: float) -> float:
        """Return λ(state + τ)."""
        return self.rates[int(self._piece(np.float64(state + tau)))]

    def ceiling(self, state: float, tau: float) -> tuple[float, float]:
        """Return the rate up to the next change, and the time until then."""
        t = state + tau
        piece = int(np.searchsorted(self.changes, t, side="right"))
        return self.rates[piece], self.changes[piece] - t if piece < len(self.changes) else math.inf

    def wait(self, state: float, rng: np.random.Generator) -> float:
        """Draw the gap to the next event: Λ increases by a unit exponential, and is inverted."""
        target = float(self._cumulative(np.float64(state))) + rng.exponential()
        piece = int(np.searchsorted(self._mass[1:], target, side="left"))
        if self.rates[piece] == 0.0:  # only the last piece can be reached with a rate of 0
            return math.inf
        return (0.0, *self.changes)[piece] + (target - self._mass[piece]) / self.rates[piece] - state

    def _piece(self, at: Any) -> Any:
        return np.searchsorted(self.changes, at, side="left")

    def _cumulative(self, at: Any) -> Any:
        piece = self._piece(at)
        begin = np.array((0.0, *self.changes))[piece]
        return np.array(self._mass)[piece] + np.array(self.rates)[piece] * (at - begin)


@dataclass(frozen=True)
class InhomogeneousPoisson:
    """A Poisson process whose rate is a given function of time.

    Attributes
    ----------
    rate : callable
        λ(t) ≥ 0, for numbers and arrays; it returns an array of the same shape, or one number for all.
    cumulative : callable
        Λ(t) = ∫_0^t λ, likewise; it is not checked that the two belong together.
    bound : float
        An upper bound of λ, > 0, for thinning; a bound that λ exceeds is refused when that shows.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of that kind; when they are used, if `rate` or `cumulative` returns what it
        cannot be.
    """

    rate: Callable[[Any], Any]
    cumulative: Callable[[Any], Any]
    bound: float

    def __post_init__(self) -> None:
        for name in ("rate", "cumulative"):
            if not callable(getattr(self, name)):
                raise TypeError(f"{name} must be a function of time, got {getattr(self, name)!r}")
        object.__setattr__(self, "bound", positive("bound", self.bound))

    def evaluate(self, times: Array, at: Array) -> tuple[Array, Array]:
        """Return log λ and the increase of Λ since the last event."""
        _, elapsed = since_last_event(times, at)
        with np.errstate(divide="ignore"):
            log_rate = np.log(self._values("rate", at))
        until = self._values("cumulative", at)
        increase: Array = until - self._values("cumulative", at - elapsed)
        if (increase < -1e-9 * np.abs(until)).any():
            raise ValueError(f"cumulative must not decrease, it falls by {-increase.min():g} after an event")
        return log_rate, np.maximum(increase, 0.0)

    def begin(self) -> float:
        """Return the state: the time of the last event."""
        return 0.0

    def after(self, state: float, tau: float) -> float:
        """Return the state after an event."""
        return state + tau

    def hazard(self, state: float, tau: float) -> float:
        """Return λ(state + τ)."""
        return self._value("rate", state + tau)

    def ceiling(self, state: float, tau: float) -> tuple[float, float]:
        """Return the bound of λ; 0 if after a long wait Λ has reached its limit, and nothing can come."""
        if self.bound * tau > 20.0 and self._value("cumulative", state + tau) >= self._limit:
            return 0.0, math.inf
        return self.bound, math.inf

    def wait(self, state: float, rng: np.random.Generator) -> float:
        """Draw the gap to the next event: Λ increases by a unit exponential, and is inverted by bisection."""
        target = self._value("cumulative", state) + rng.exponential()
        if target > self._limit:
            return math.inf
        low, high = 0.0, 1.0 / self.bound
        while self._value("cumulative", state + high) < target and high < 1e300:
            low, high = high, 2.0 * high
        while low < (middle := (low + high) / 2.0) < high:
            below = self._value("cumulative", state + middle) < target
            low, high = (middle, high) if below else (low, middle)
        return high

    @cached_property
    def _limit(self) -> float:
        """Λ at the end of time: at the latest time at which it can be computed."""
        for t in (1e300, 1e150, 1e75, 1e37):
            try:
                with np.errstate(all="ignore"):
                    value = float(self.cumulative(t))
            except (ArithmeticError, ValueError):
                continue
            if math.isfinite(value):
                return value
        return math.inf

    def _call(self, name: str, at: Any) -> Any:
        try:
            return getattr(self, name)(at)
        except (TypeError, ValueError) as error:
            raise TypeError(f"{name} must take numbers and arrays of times, but fails: {error}") from error

    def _values(self, name: str, at: Array) -> Array:
        values = np.asarray(self._call(name, at))
        if values.shape not in ((), np.shape(at)):
            raise ValueError(f"{name} must return an array of shape {np.shape(at)}, got {values.shape}")
        return np.broadcast_to(_non_negative(name, values), np.shape(at))

    def _value(self, name: str, t: float) -> float:
        value = self._call(name, t)
        if isinstance(value, float) and 0.0 <= value < math.inf:  # NumPy's are floats too
            return value
        array = np.asarray(value)
        if array.size != 1:
            raise ValueError(f"{name} must return a number for a number, got shape {array.shape}")
        return float(_non_negative(name, array).reshape(()))


def _non_negative(name: str, values: Array) -> Array:
    if values.dtype.kind not in "iuf":
        raise TypeError(f"{name} must return real numbers, got dtype {values.dtype}")
    if not ((values >= 0.0) & (values < math.inf)).all():
        wrong = values[~((values >= 0.0) & (values < math.inf))].flat[0]
        raise ValueError(f"{name} must return finite numbers ≥ 0, got {wrong}")
    return values
