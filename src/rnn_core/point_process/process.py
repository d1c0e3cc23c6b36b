r"""What a temporal point process is, and its likelihood.

Events happen at times 0 < t_1 < t_2 < … in a window that begins at 0. A process is given by its
*conditional intensity*: λ(t) dt is the probability of an event in [t, t + dt) given the events strictly
before t. It is left-continuous: λ(t_i) does not know of the event at t_i. The *compensator* is its integral,

.. math:: \Lambda(t) = \int_0^t \lambda(s) \, ds ,

and the log-likelihood of the events of (0, end] is Σ log λ(t_i) − Λ(end): an event where each one is, and
none anywhere else, the time after the last event included.

References
----------
Daley and Vere-Jones (2003), An Introduction to the Theory of Point Processes, volume I, chapter 7.
"""

from typing import Any, Protocol, runtime_checkable

import numpy as np

from .._checks import Array, finite_number, real_array
from ._checks import event_times

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
        """Return an upper bound of the hazard on (τ, τ + horizon], and that horizon > 0."""
        ...

    def wait(self, state: Any, rng: np.random.Generator) -> float:
        """Draw the time from the last event to the next; infinity if none comes."""
        ...


def expect_process(process: Any) -> None:
    """Raise a TypeError unless it is a process."""
    if isinstance(process, type) or not isinstance(process, Process):
        raise TypeError(f"process must be a point process such as Poisson(1.0), got {process!r}")


def intensity(process: Process, times: Any, at: Any) -> Array:
    """λ(t) given the events before t.

    Parameters
    ----------
    process : Process
        A point process.
    times : (N,) array
        Event times, strictly increasing and positive. N may be 0.
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
    log_rate, _, _ = _evaluate(process, times, at)
    return np.exp(log_rate)


def compensator(process: Process, times: Any, at: Any) -> Array:
    """Λ(t), the integral of λ from 0 to t: how many events were to be expected by t.

    Parameters and errors are those of `intensity`.

    Returns
    -------
    array
        Λ, a pure number, of the shape of `at`.
    """
    _, increase, times = _evaluate(process, times, at)
    whole = np.concatenate([[0.0], np.cumsum(process.evaluate(times, times)[1])])
    total: Array = whole[np.searchsorted(times, np.asarray(at), side="left")] + increase
    return total


def log_likelihood(process: Process, times: Any, end: float, start: float = 0.0) -> float:
    """Σ log λ(t_i) − Λ(end) + Λ(start), over the events in (start, end].

    Parameters
    ----------
    process : Process
        A point process.
    times : (N,) array
        Event times in (0, end], strictly increasing. Those up to `start` are history: they shape λ but have
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
    start = finite_number("start", start, least=0.0)
    end = finite_number("end", end, above=start)
    times = event_times(times, end)
    log_rate, increase = process.evaluate(times, np.concatenate([times, [start, end]]))
    n = len(times)
    first, last = np.searchsorted(times, [start, end], side="left")
    expected = increase[first:last].sum() - increase[n] + increase[n + 1]
    return float(log_rate[:n][times > start].sum() - expected)


def event_log_likelihoods(process: Process, times: Any) -> Array:
    """Log-density of each gap given the events before it: log λ(t_i) − (Λ(t_i) − Λ(t_{i−1})).

    Parameters
    ----------
    process : Process
        A point process.
    times : (N,) array
        Event times, strictly increasing and positive.

    Returns
    -------
    (N,) array
        In nats. Their sum is `log_likelihood` with the window ending at the last event; minus the mean over
        some events is the negative log-likelihood per event that models are compared by.

    Raises
    ------
    TypeError, ValueError
        As `log_likelihood` does.
    """
    expect_process(process)
    times = event_times(times)
    log_rate, increase = process.evaluate(times, times)
    return log_rate - increase


def _evaluate(process: Process, times: Any, at: Any) -> tuple[Array, Array, Array]:
    expect_process(process)
    times, at = event_times(times), real_array("at", at).astype(np.float64, copy=False)
    if (at < 0.0).any():
        raise ValueError(f"at must not lie before 0, where the window begins, got {at.min()}")
    log_rate, increase = process.evaluate(times, at)
    return log_rate, increase, times
