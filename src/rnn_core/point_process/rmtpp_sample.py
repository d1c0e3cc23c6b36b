"""The neural point process after a history: its intensity over time, the next event, and whole futures."""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .._checks import Array, finite_number, float_array, generator, positive_int
from ..rnn import forward
from ._checks import event_times, plain, since_last_event, times_from
from .exponential_hazard import raw_cumulative_hazard, raw_gap_at, raw_log_hazard
from .rmtpp import growth
from .rmtpp_params import RMTPPParams, check_marks, features, positive_array, read_rmtpp, scale_of

__all__ = ["RMTPPProcess", "rmtpp_intensity", "rmtpp_sample", "rmtpp_sample_next"]


class _State(NamedTuple):
    """h^(j) and o^(j): all that the process remembers just after event j."""

    h: Array
    o: Array


@dataclass(frozen=True)
class RMTPPProcess:
    """The neural point process without marks as a `Process`, for all that works for any process.

    Attributes
    ----------
    params : RMTPPParams
        With K = 0.

    Raises
    ------
    TypeError, ValueError
        If `params` are not such parameters.
    """

    params: RMTPPParams

    def __post_init__(self) -> None:
        params, K, _ = read_rmtpp(self.params)
        object.__setattr__(self, "params", params)
        if K != 0:
            raise ValueError(f"params must have no marks (K = 0) to be a process of times alone, got K = {K}")

    def evaluate(self, times: Array, at: Array) -> tuple[Array, Array]:
        """Return log λ(at) and the increase of Λ from the last event before `at` (or from 0) to `at`."""
        return _evaluate(self.params, times, at, None)

    def begin(self) -> _State:
        """Return the state of the empty history."""
        return _after_all(self.params, np.empty(0), None)

    def after(self, state: _State, tau: float) -> _State:
        """Return the state just after an event that came a time τ after the last one."""
        return _after(self.params, state, tau, None)

    def hazard(self, state: _State, tau: float) -> float:
        """Return λ a time τ after the last event."""
        scale = scale_of(self.params)
        with np.errstate(over="ignore"):
            return float(np.exp(raw_log_hazard(state.o[0], growth(self.params), tau / scale))) / scale

    def ceiling(self, state: _State, tau: float) -> tuple[float, float]:
        """Return the largest hazard while it grows by a factor e, or for ever if it falls; and that time."""
        w = growth(self.params)
        horizon = scale_of(self.params) / w if w > 0 else math.inf
        return self.hazard(state, tau + horizon if w > 0 else tau), horizon

    def wait(self, state: _State, rng: np.random.Generator) -> float:
        """Draw the time from the last event to the next; infinity if none comes."""
        return float(_draw_gaps(self.params, state, 0.0, rng.random(1))[0])


def rmtpp_intensity(
    params: RMTPPParams, times: ArrayLike, at: ArrayLike, marks: Array | None = None
) -> Array:
    """λ(t) given the events before t: left-continuous, as for every process.

    Parameters
    ----------
    params : RMTPPParams
        Parameters.
    times : (N,) array
        Event times ≥ 0, strictly increasing; N may be 0. An event at 0, the begin of the record, has no gap
        that the network could read: what follows it is what follows the begin.
    at : array
        Times t ≥ 0, of any shape and order.
    marks : (N,) array of int, optional
        Marks of the events; wanted if K > 0.

    Returns
    -------
    array
        λ, in events per unit of time, of the shape of `at`.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type, shape or range.
    """
    log_rate, _ = _evaluate(params, times, times_from(at, 0.0), marks)
    with np.errstate(over="ignore"):
        return np.exp(log_rate)


def rmtpp_sample_next(
    params: RMTPPParams,
    size: int,
    gaps: Array | None = None,
    marks: Array | None = None,
    *,
    open_gap: float = 0.0,
    rng: np.random.Generator,
) -> tuple[Array, Array | None]:
    """Draw the next event many times, by inversion: Λ of the gap is a unit exponential variable.

    Parameters
    ----------
    params : RMTPPParams
        Parameters.
    size : int
        How many draws.
    gaps, marks : (N,) arrays, optional
        The history, as for `rmtpp_bptt`; empty if left out.
    open_gap : float
        Time since the last event of the history (or since the start) in which nothing came, ≥ 0.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    gaps : (size,) array
        Time from the last event to the next one, > `open_gap`, of the parameters' dtype. Infinite where no
        further event ever comes, which has a positive probability if w < 0 (`mass_at_infinity`).
    marks : (size,) array of int, or None if K = 0
        Mark of the next event; −1 where none comes.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type, shape or range.
    """
    size, rng = positive_int("size", size), generator(rng)
    open_gap = finite_number("open_gap", open_gap, least=0.0)
    params, _, _ = read_rmtpp(params)
    state = _history(params, gaps, marks)
    drawn = _draw_gaps(params, state, open_gap, rng.random(size))
    if len(state.o) == 1:
        return drawn, None
    return drawn, np.where(np.isfinite(drawn), _draw_marks(state, rng.random(size)), -1)


def rmtpp_sample(
    params: RMTPPParams,
    number: int,
    gaps: Array | None = None,
    marks: Array | None = None,
    *,
    horizon: float = math.inf,
    open_gap: float = 0.0,
    rng: np.random.Generator,
) -> tuple[Array, Array | None]:
    """Draw one whole future: event after event, each read by the network before the next is drawn.

    Parameters
    ----------
    params, gaps, marks, open_gap, rng
        As for `rmtpp_sample_next`.
    number : int
        Most events to draw.
    horizon : float
        Most time to go on after the last event of the history, > 0.

    Returns
    -------
    gaps : (M,) array
        Gaps of the new events. M < number if the horizon comes first, or if no further event ever comes.
    marks : (M,) array of int, or None if K = 0
        Their marks.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type, shape or range.
    """
    number, rng = positive_int("number", number), generator(rng)
    open_gap = finite_number("open_gap", open_gap, least=0.0)
    endless = isinstance(horizon, float) and horizon == math.inf
    left = math.inf if endless else finite_number("horizon", horizon, above=0.0)
    params, _, _ = read_rmtpp(params)
    state = _history(params, gaps, marks)
    new_gaps: list[float] = []
    new_marks: list[int] = []
    marked = len(state.o) > 1
    while len(new_gaps) < number:
        gap = float(_draw_gaps(params, state, open_gap, rng.random(1))[0])
        open_gap, left = 0.0, left - gap
        if gap == math.inf or left < 0.0:
            break
        new_gaps.append(gap)
        if marked:
            new_marks.append(int(_draw_marks(state, rng.random(1))[0]))
        state = _after(params, state, gap, new_marks[-1] if marked else None)
    return np.array(new_gaps, params.rnn.b_y.dtype), np.array(new_marks, int) if marked else None


def _evaluate(params: RMTPPParams, times: Any, at: Array, marks: Array | None) -> tuple[Array, Array]:
    """The log-hazard at each time, and the increase of Λ since the last event before it."""
    params, K, dtype = read_rmtpp(params)
    times, scale = event_times(times), scale_of(params)
    marks = check_marks(marks, times.shape, K, None)
    if len(times) and times[0] == 0.0:
        times, marks = times[1:], None if marks is None else marks[1:]
    log_rate = params.rnn.b_y[:1]
    if len(times):
        gaps = positive_array("gaps", (np.diff(times, prepend=0.0) / scale).astype(dtype))
        trace = forward(params.rnn, features(gaps, marks, K))
        log_rate = np.concatenate([log_rate, trace.o[:, 0]])
    count, tau = since_last_event(times, at)
    w, tau, log_rate = growth(params), tau / scale, log_rate[count]
    with np.errstate(over="ignore", invalid="ignore"):
        return raw_log_hazard(log_rate, w, tau) - math.log(scale), raw_cumulative_hazard(log_rate, w, tau)


def _history(params: RMTPPParams, gaps: Array | None, marks: Array | None) -> _State:
    """Check a history and return the state after it."""
    params, K, dtype = read_rmtpp(params)
    gaps = np.empty(0) if gaps is None else plain("gaps", gaps)
    if gaps.size == 0:
        if marks is not None and np.size(marks):
            raise ValueError("marks must be left out when there are no gaps")
        return _after_all(params, np.empty(0), None)
    gaps = positive_array("gaps", float_array("gaps", gaps, ("N",), dtype))
    marks = check_marks(marks, gaps.shape, K, None)
    return _after_all(params, positive_array("gaps / params.time_scale", gaps / scale_of(params)), marks)


def _after_all(params: RMTPPParams, gaps: Array, marks: Array | None) -> _State:
    if len(gaps) == 0:
        return _State(np.zeros_like(params.rnn.b_h), params.rnn.b_y)
    trace = forward(params.rnn, features(gaps, marks, len(params.rnn.b_y) - 1))
    return _State(trace.h[-1], trace.o[-1])


def _after(params: RMTPPParams, state: _State, gap: float, mark: int | None) -> _State:
    marks = None if mark is None else np.array([mark])
    # Never zero inside either, where a time is divided by the unit.
    gaps = np.maximum(np.array([gap / scale_of(params)], params.rnn.b_y.dtype), _tiny(params))
    x = features(gaps, marks, len(params.rnn.b_y) - 1)
    trace = forward(params.rnn, x, state.h)
    return _State(trace.h[-1], trace.o[-1])


def _draw_gaps(params: RMTPPParams, state: _State, open_gap: float, uniform: Array) -> Array:
    """Gaps larger than `open_gap`: after it the hazard is of the same form, with o_0 + w·open_gap for o_0."""
    w, scale, dtype = growth(params), scale_of(params), params.rnn.b_y.dtype.type
    exponential = -np.log1p(-uniform)
    log_rate = raw_log_hazard(float(state.o[0]), w, open_gap / scale)
    drawn = open_gap + scale * raw_gap_at(log_rate, w, exponential)
    # Never zero, and after the open gap, in the dtype of the parameters too: events are apart, and the
    # network reads the logarithm of the gap.
    least, waited = _tiny(params), dtype(open_gap)
    while not least > waited:
        least = max(waited, np.nextafter(least, dtype(math.inf)))
    if dtype is not np.float64:
        with np.errstate(over="ignore"):  # beyond the range of the dtype no event comes
            drawn = drawn.astype(dtype)
    apart: Array = np.maximum(drawn, least)
    return apart


def _tiny(params: RMTPPParams) -> Any:
    return np.finfo(params.rnn.b_y.dtype).tiny


def _draw_marks(state: _State, uniform: Array) -> Array:
    """Marks with probabilities softmax(o_1, …, o_K)."""
    weights = np.exp(state.o[1:] - state.o[1:].max()).astype(np.float64)
    total = np.cumsum(weights)
    marks: Array = np.searchsorted(total[:-1], uniform * total[-1], side="right")
    return marks
