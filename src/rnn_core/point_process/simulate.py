"""Simulation: event after event, each gap drawn from its own law, or by thinning.

Both are exact; thinning if the bounds that it uses on any bounded stretch of time are bounded, as those of
every process of this package are. Bounds that grow without limit may let the proposals accumulate before a
finite time, and then, with positive probability, none of them is ever kept.

References
----------
Ogata (1981), On Lewis' simulation method for point processes, IEEE Transactions on Information Theory 27,
23–31.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from .._checks import Array, finite_number, generator, positive_int
from .process import Process, expect_process

__all__ = ["simulate", "simulate_events"]

METHODS = ("inversion", "thinning")
PATIENCE = 1_000_000  # rejections in a row


def simulate(
    process: Process,
    end: float,
    *,
    rng: np.random.Generator,
    method: str = "inversion",
    max_events: int = 1_000_000,
) -> Array:
    """Draw the events of a process in (0, end], with none before 0.

    Parameters
    ----------
    process : Process
        A point process.
    end : float
        End of the window, > 0.
    rng : numpy.random.Generator
        Source of randomness.
    method : {"inversion", "thinning"}
        "inversion" draws each gap from its own distribution: Poisson and self-correcting processes and the
        RMTPP invert Λ; a Hawkes process inverts its parts, one for μ and one for each kernel, and takes the
        first; a renewal process uses its distribution's sampler. "thinning" proposes events at a rate above
        λ and keeps each with probability λ(t) over that rate.
    max_events : int
        Give up beyond this number.

    Returns
    -------
    (N,) array
        Event times, strictly increasing.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of that kind, if a Hawkes process has a branching ratio of 1 or more, or if
        λ exceeds the bound that thinning was given.
    RuntimeError
        If there are more than `max_events`, or thinning rejects a million proposals in a row.
    FloatingPointError
        If a gap, or the step to a proposal of thinning, is too small to tell two times apart.

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core.point_process import Poisson, simulate
    >>> times = simulate(Poisson(2.0), end=500.0, rng=np.random.default_rng(0))
    >>> bool(abs(len(times) - 1000) < 3 * np.sqrt(1000)), bool((np.diff(times) > 0).all())
    (True, True)
    """
    end = finite_number("end", end, above=0.0)
    max_events = positive_int("max_events", max_events)
    times: list[float] = []
    for t in _events(process, rng, method, end):
        if len(times) == max_events:
            raise RuntimeError(
                f"more than max_events = {max_events} events came before {t:g} of end = {end:g}"
            )
        times.append(t)
    return np.array(times)


def simulate_events(
    process: Process, number: int, *, rng: np.random.Generator, method: str = "inversion"
) -> Array:
    """Draw the first events of a process, however long they take.

    Parameters
    ----------
    process, rng, method
        As for `simulate`.
    number : int
        How many, at least 1.

    Returns
    -------
    (number,) array
        Event times, strictly increasing.

    Raises
    ------
    TypeError, ValueError, FloatingPointError
        As `simulate` does.
    RuntimeError
        If the process dies out before, or thinning rejects a million proposals in a row.
    """
    number = positive_int("number", number)
    times: list[float] = []
    for t in _events(process, rng, method, math.inf):
        times.append(t)
        if len(times) == number:
            return np.array(times)
    raise RuntimeError(f"the process died out after {len(times)} of number = {number} events")


def _events(process: Process, rng: np.random.Generator, method: str, end: float) -> Iterator[float]:
    expect_process(process)
    rng = generator(rng)
    if not isinstance(method, str) or method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, got {method!r}")
    t, state = 0.0, process.begin()
    while True:
        tau = process.wait(state, rng) if method == "inversion" else _thin(process, state, rng, end - t)
        if not tau <= end - t or tau == math.inf:
            return
        if t + tau == t:
            raise FloatingPointError(f"a gap of {tau:g} after time {t:g} is lost in rounding")
        t += tau
        yield t
        state = process.after(state, tau)


def _thin(process: Process, state: Any, rng: np.random.Generator, left: float) -> float:
    """The time from the last event to the next, by thinning; infinity if it is more than `left`."""
    tau = 0.0
    for _ in range(PATIENCE):
        if not tau <= left:
            return math.inf
        bound, horizon = process.ceiling(state, tau)
        if not 0.0 <= bound < math.inf:
            raise ValueError(
                f"the bound must be a finite number ≥ 0, got {bound} a time {tau:g} after an event"
            )
        step = rng.exponential() / bound if bound > 0.0 else math.inf
        if step > horizon:  # no proposal where the bound holds: go on from there with a new one
            tau += horizon
            continue
        if tau + step == tau:
            raise FloatingPointError(
                f"the proposals accumulate: a step of {step:g} a time {tau:g} after the last event is lost "
                f"in rounding, the bound is {bound:g}"
            )
        tau += step
        if tau > left or tau == math.inf:
            return math.inf
        hazard = process.hazard(state, tau)
        if hazard > bound * (1.0 + 1e-9):
            raise ValueError(
                f"the bound must be at least the intensity, got {bound:g} where the intensity is {hazard:g}, "
                f"a time {tau:g} after the last event"
            )
        if rng.random() * bound < hazard:
            return tau
    raise RuntimeError(
        f"no proposal was kept in {PATIENCE} steps, up to a time {tau:g} after the last event: the bound, "
        f"{bound:g}, is far above the intensity, or the process has died out; method='inversion' needs none"
    )
