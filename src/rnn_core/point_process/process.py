r"""What a temporal point process is, and its likelihood.

Events happen at times 0 < t_1 < t_2 < … on a clock that begins at 0. A process is given by its
*conditional intensity*: λ(t) dt is the probability of an event in [t, t + dt) given the events strictly
before t. It is left-continuous: λ(t_i) does not know of the event at t_i. The *compensator* is its integral,

.. math:: \Lambda(t) = \int_0^t \lambda(s) \, ds ,

and the log-likelihood of the events of a window (start, end] is Σ log λ(t_i) − Λ(end) + Λ(start): an event
where each one is, and none anywhere else, the time after the last event included. Events up to `start` are
*history*: they shape λ and have no term of their own. So an event at the very begin of the window, such as
a first event at time 0, is history too.

References
----------
Daley and Vere-Jones (2003), An Introduction to the Theory of Point Processes, volume I, chapter 7.
"""

from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from .._checks import Array, finite_number
from ._checks import event_times, times_from, window

__all__ = ["Process", "compensator", "event_log_likelihoods", "intensity", "log_likelihood"]


@runtime_checkable
class Process(Protocol):
    """What the functions of this package ask of a process; any object with these methods is one.

    `evaluate` serves likelihoods, all times at once. The other five serve simulation, one event after
    another: the *state* is what the process remembers of its past just after an event.
    """

    def evaluate(self, times: Array, at: Array) -> tuple[Array, Array]:
        """Return log λ(at) and the increase of Λ from the last event before `at` (or from 0) to `at`."""
        ...

    def begin(self) -> Any:
        """Return the state at time 0, before any event."""
        ...

    def after(self, state: Any, tau: float) -> Any:
        """Return the state just after an event that came a time τ after the last one."""
        ...

    def hazard(self, state: Any, tau: float) -> float:
        """Return λ a time τ after the last event, no other having come since."""
        ...

    def ceiling(self, state: Any, tau: float) -> tuple[float, float]:
        """Return an upper bound of the hazard on (τ, τ + horizon], and that horizon > 0.

        Thinning is exact if the bounds used on any bounded stretch of time are bounded, and the horizons
        there not arbitrarily small: else infinitely many proposals may crowd before a finite time, and none
        of them need be kept.
        """
        ...

    def wait(self, state: Any, rng: np.random.Generator) -> float:
        """Draw the time from the last event to the next; infinity if none comes."""
        ...


def expect_process(process: Any) -> None:
    """Raise a TypeError unless it is a process."""
    if isinstance(process, type) or not isinstance(process, Process):
        raise TypeError(f"process must be a point process such as Poisson(1.0), got {process!r}")


def intensity(process: Process, times: ArrayLike, at: ArrayLike) -> Array:
    """λ(t) given the events before t.

    Parameters
    ----------
    process : Process
        A point process.
    times : (N,) array
        Event times ≥ 0, strictly increasing. N may be 0.
    at : array
        The times t ≥ 0 at which λ is wanted, of any shape and order.

    Returns
    -------
    array
        λ, in events per unit of time, of the shape of `at`.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of that kind.
    """
    expect_process(process)
    return np.exp(process.evaluate(event_times(times), times_from(at, 0.0))[0])


def compensator(process: Process, times: ArrayLike, at: ArrayLike, start: float = 0.0) -> Array:
    """Λ(t) − Λ(start), the integral of λ: how many events were to be expected from `start` up to t.

    Parameters
    ----------
    process, times
        As for `intensity`.
    at : array
        The times t ≥ start, of any shape and order.
    start : float
        From when on λ is integrated, ≥ 0.

    Returns
    -------
    array
        A pure number, of the shape of `at`.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of that kind.
    """
    expect_process(process)
    start = finite_number("start", start, least=0.0)
    times, at = event_times(times), times_from(at, start)
    inside = times[times > start]
    whole = np.concatenate([[0.0], np.cumsum(log_rate_and_increase(process, times, inside, start)[1])])
    _, increase = log_rate_and_increase(process, times, at, start)
    total: Array = whole[np.searchsorted(inside, at, side="left")] + increase
    return total


def log_likelihood(process: Process, times: Any, end: float, start: float = 0.0) -> float:
    """Σ log λ(t_i) − Λ(end) + Λ(start), over the events in (start, end].

    Parameters
    ----------
    process : Process
        A point process.
    times : (N,) array
        Event times in [0, end], strictly increasing. Those up to `start` are history: they shape λ but have
        no term of their own.
    end : float
        Until when the process was watched. The time after the last event counts: nothing happened then.
    start : float
        From when on the events are to be explained, 0 ≤ start < end.

    Returns
    -------
    float
        The log-likelihood in nats; −∞ if an event is impossible.

    Raises
    ------
    TypeError, ValueError
        If the times are not sorted, lie outside the window, or another argument is out of its range.

    References
    ----------
    Daley and Vere-Jones (2003), proposition 7.2.III.
    """
    expect_process(process)
    start, end = window(start, end)
    times = event_times(times, end)
    # λ is wanted at each event, the increase of Λ up to each and from the last one to the end.
    inside = times[times > start]
    at = inside if len(inside) and inside[-1] == end else np.append(inside, end)
    log_rate, increase = log_rate_and_increase(process, times, at, start)
    return float(log_rate[: len(inside)].sum() - increase.sum())


def event_log_likelihoods(process: Process, times: ArrayLike, start: float = 0.0) -> Array:
    """Log-density of each gap given the events before it: log λ(t_i) − (Λ(t_i) − Λ(t_{i−1})).

    Parameters
    ----------
    process : Process
        A point process.
    times : (N,) array
        Event times ≥ 0, strictly increasing.
    start : float
        Only events after `start` ≥ 0 have a term; the first of them that of the gap from `start`.

    Returns
    -------
    array, one entry for each event after `start`
        In nats. Their sum is `log_likelihood` with the window ending at the last event; minus the mean over
        some events is the negative log-likelihood per event that models are compared by.

    Raises
    ------
    TypeError, ValueError
        As `log_likelihood` does.
    """
    expect_process(process)
    start = finite_number("start", start, least=0.0)
    times = event_times(times)
    log_rate, increase = log_rate_and_increase(process, times, times[times > start], start)
    return log_rate - increase


def log_rate_and_increase(process: Process, times: Array, at: Array, start: float) -> tuple[Array, Array]:
    """Return log λ, and the increase of Λ since the last event or since `start`, whichever came later."""
    log_rate, increase = process.evaluate(times, at)
    if start > 0.0:
        before = process.evaluate(times, np.array([start]))[1][0]
        # Up to the first event from `start` on, the last event lies before `start`.
        first = times[np.searchsorted(times, start, side="left") :][:1]
        increase = np.where(at <= first if len(first) else True, increase - before, increase)
    return log_rate, increase
