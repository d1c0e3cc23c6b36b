"""A neural point process on the book's own network: the RMTPP of Du et al. (2016).

The network of Equations (1) to (3) reads the events: after event j its input is x^(j), the logarithm of the
gap Δ_j = t_j − t_{j−1} and the mark of event j, one-hot. Its output o^(j) = W_yh h^(j) + b_y says what
follows until the next event comes: o^(j)_0 is the log-hazard right after event j, so that at time τ after it

    λ(τ) = exp(o^(j)_0 + w τ),

and the other K outputs are the logits of the mark of event j + 1. Thus h^(0) = 0, the empty history, scores
event 1, h^(j) scores event j + 1, and no gap meets a state that has read it. φ is tanh. w is per unit of
time, so descent works where gaps are of order one: inside the model time is measured in units of
`params.time_scale`, which `init_rmtpp` chooses from the gaps.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .._checks import Array, expect_shape, finite_number, float_array
from .._tree import tree_map
from ..losses import cross_entropy, with_mask, within_lengths
from ..rnn import Trace, backpropagate_outputs, forward
from ._checks import plain
from .event_windows import EventBatch
from .exponential_hazard import (
    no_denormal,
    raw_cumulative_hazard,
    raw_cumulative_hazard_grad_w,
    raw_log_hazard,
)
from .rmtpp_params import RMTPPParams, check_marks, features, positive_array, read_rmtpp, scale_of

__all__ = [
    "rmtpp_bptt",
    "rmtpp_event_log_likelihoods",
    "rmtpp_gradient",
    "rmtpp_log_likelihood",
    "rmtpp_rescale",
]


def rmtpp_bptt(
    params: RMTPPParams,
    gaps: Array,
    marks: Array | None = None,
    *,
    lengths: Array | None = None,
    mask: Array | None = None,
    open_gap: ArrayLike | None = None,
) -> tuple[float, RMTPPParams]:
    """Negative log-likelihood and its gradient, by backpropagation through time in the same engine.

    An event adds −(o_0 + w Δ) + Λ(Δ) − log softmax(o_1, …, o_K)[mark], the stretch after the last event Λ
    alone.

    Parameters
    ----------
    params : RMTPPParams
        Parameters, all float64 or all float32.
    gaps : (N,) or (N, B) array
        Δ_j > 0, time first: ``gaps[j-1]`` is the time from event j − 1 to event j, and ``gaps[0]`` from the
        begin of the record; an event at the begin itself has no gap and is left out. dtype as the parameters.
    marks : (N,) or (N, B) array of int, optional
        ``marks[j-1]`` in [0, K) belongs to event j; wanted if K > 0.
    lengths : (B,) array of int, or int when gaps is (N,), optional
        Events of each sequence, in 1..N. What lies beyond is padding and changes nothing.
    mask : (N,) or (N, B) array of bool, optional
        The events that are scored; all if left out. The others are still read as history.
    open_gap : float or (B,) array, optional
        Time from the last event to the end of the observation, ≥ 0: that nothing came in it
        costs Λ(open_gap).

    Returns
    -------
    loss : float
        In nats: summed over the events, averaged over the batch. Not finite where the hazard overflows.
    grads : RMTPPParams
        Its gradient; NaN where the loss is not finite, so that `train` stops there and says at which update.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type, dtype, shape or range.
    FloatingPointError
        If the loss is not finite and the gaps are far from `params.time_scale`: that is then to be mended.

    References
    ----------
    Du, Dai, Trivedi, Upadhyay, Gomez-Rodriguez and Song (2016), KDD, 1555–1564.
    """
    params, _, _ = read_rmtpp(params)
    s = _score(params, gaps, marks, lengths, mask, open_gap)
    batch = s.tau[0].size
    loss = -float(s.log_likelihood.sum(dtype=np.float64)) / batch
    if not math.isfinite(loss):
        if wrong := _unit_of(s):
            raise FloatingPointError(f"the loss is not finite, and {wrong}")
        return loss, tree_map(lambda array: np.full_like(array, np.nan), params)
    grad_o = s.grad_o
    grad_o[..., 0] = np.where(s.scored, s.cumulative, 0.0)
    grad_o[..., 0] -= s.event
    grad_o /= batch
    rnn, _, _ = backpropagate_outputs(params.rnn, s.x, s.trace, grad_o[1:])
    # o^(0) = b_y, since h^(0) = 0: the engine, which starts at o^(1), does not know of it.
    rnn = rnn._replace(b_y=rnn.b_y + grad_o[0].reshape(-1, grad_o.shape[-1]).sum(axis=0))
    still = None if params.time_scale is None else np.zeros_like(params.time_scale)
    if params.w is None:
        return loss, RMTPPParams(rnn, None, still)
    with np.errstate(over="ignore", invalid="ignore"):  # where nothing is scored
        slope = raw_cumulative_hazard_grad_w(s.log_rate, s.w, s.tau) - s.event * s.tau
    grad_w = np.where(s.scored, slope, 0.0).sum(dtype=np.float64) / batch
    return loss, RMTPPParams(rnn, np.full_like(params.w, grad_w), still)


def rmtpp_gradient(params: RMTPPParams, batch: Any) -> tuple[float, RMTPPParams]:
    """Do what `rmtpp_bptt` does, for an EventBatch: ``train(params, batches, gradient=rmtpp_gradient)``."""
    if not isinstance(batch, tuple | list) or not 1 <= len(batch) <= len(EventBatch._fields):
        raise TypeError(f"batch must be an EventBatch (gaps, marks, …), got {type(batch).__name__}")
    gaps, marks, *_ = batch = EventBatch(*batch)
    return rmtpp_bptt(params, gaps, marks, lengths=batch.lengths, mask=batch.mask, open_gap=batch.open_gap)


def rmtpp_log_likelihood(
    params: RMTPPParams,
    gaps: Array,
    marks: Array | None = None,
    *,
    lengths: Array | None = None,
    mask: Array | None = None,
    open_gap: ArrayLike | None = None,
) -> Any:
    """Log-likelihood of whole sequences, with the survival term of the open gap if one is given.

    Parameters and errors are those of `rmtpp_bptt`.

    Returns
    -------
    float, or (B,) array
        In nats, of each sequence.

    Raises
    ------
    FloatingPointError
        If it is not finite.
    """
    total = _finite(_score(params, gaps, marks, lengths, mask, open_gap)).sum(axis=0, dtype=np.float64)
    return total if total.ndim else float(total)


def rmtpp_event_log_likelihoods(
    params: RMTPPParams,
    gaps: Array,
    marks: Array | None = None,
    *,
    lengths: Array | None = None,
    mask: Array | None = None,
) -> Array:
    """Logarithm of the density of each event (its gap and its mark), given those before it.

    Parameters and errors are those of `rmtpp_bptt`.

    Returns
    -------
    (N,) or (N, B) array
        In nats; zero for an event that is not scored. Minus their mean is the loss per event.

    Raises
    ------
    FloatingPointError
        If one is not finite.
    """
    return _finite(_score(params, gaps, marks, lengths, mask))[: len(gaps)]


def rmtpp_rescale(
    params: RMTPPParams,
    gaps: Array,
    marks: Array | None = None,
    *,
    lengths: Array | None = None,
    mask: Array | None = None,
) -> Array:
    """Time-rescaling: Λ_{j−1}(Δ_j) of each event j, independent unit exponentials if the model is right.

    Parameters and errors are those of `rmtpp_bptt`.

    Returns
    -------
    (N,) or (N, B) array
        NaN for an event that is not scored.
    """
    s = _score(params, gaps, marks, lengths, mask)
    _finite(s)
    return np.where(s.scored, s.cumulative, np.nan)[: len(gaps)]


class _Score(NamedTuple):
    """What the forward pass found, a row for each of h^(0), h^(1), …: the interval that follows event j."""

    x: Array
    trace: Trace
    tau: Array  # length of the interval; 1 where there is none
    scored: Array  # whether it counts
    event: Array  # whether it counts and an event ended it
    log_rate: Array  # o_0
    w: float
    cumulative: Array  # Λ(τ)
    log_likelihood: Array  # zero where it does not count
    grad_o: Array  # of the loss through the marks; column 0 is still zero


def _score(
    params: RMTPPParams,
    gaps: Array,
    marks: Array | None,
    lengths: Array | None,
    mask: Array | None,
    open_gap: Any = None,
) -> _Score:
    params, K, dtype = read_rmtpp(params)
    gaps = plain("gaps", gaps)
    gaps = float_array("gaps", gaps, ("N",) if gaps.ndim == 1 else ("N", "B"), dtype)
    inside = within_lengths(None if lengths is None else plain("lengths", lengths), gaps.shape)
    valid = with_mask(inside, None if mask is None else plain("mask", mask), gaps.shape)
    gaps = positive_array("gaps", gaps if inside is None else np.where(inside, gaps, dtype.type(1)))
    marks, scale = check_marks(marks, gaps.shape, K, inside), scale_of(params)
    if scale != 1.0:
        gaps = positive_array("gaps / params.time_scale", gaps / scale)

    N = len(gaps)
    # The last event is read only if something follows; the engine wants one input at least.
    read = N if open_gap is not None or N == 1 else N - 1
    x = features(gaps[:read], None if marks is None else marks[:read], K)
    trace = forward(params.rnn, x)
    o = np.concatenate([first_output(params, trace.o[:1]), trace.o])

    tau, scored = np.ones(o.shape[:-1], dtype), np.zeros(o.shape[:-1], bool)
    tau[:N], scored[:N] = gaps, True if valid is None else valid
    event = scored.copy()
    if open_gap is not None:
        open_gap = _open_gap(open_gap, gaps.shape[1:], dtype) / scale
        rows = np.arange(N + 1).reshape(-1, *(1,) * (gaps.ndim - 1))
        last = np.broadcast_to(rows == (N if lengths is None else np.asarray(lengths)), tau.shape)
        tau, scored = np.where(last, open_gap, tau), scored | last

    w, log_rate, grad_o = growth(params), o[..., 0], np.zeros_like(o)
    with np.errstate(over="ignore", invalid="ignore"):
        cumulative = raw_cumulative_hazard(log_rate, w, tau)
        log_likelihood = np.where(event, raw_log_hazard(log_rate, w, tau) - math.log(scale), 0.0)
        log_likelihood -= np.where(scored, cumulative, 0.0)
    if marks is not None:
        targets = np.zeros(event.shape, int)
        targets[:N] = marks
        losses, grads = cross_entropy(o[..., 1:].copy(), targets)
        log_likelihood -= np.where(event, losses, 0.0)
        grad_o[..., 1:] = np.where(event[..., None], grads, 0.0)
    return _Score(x, trace, tau, scored, event, log_rate, w, cumulative, log_likelihood, grad_o)


def first_output(params: RMTPPParams, like: Array) -> Array:
    """o^(0) = W_yh h^(0) + b_y of the empty history, in a shape that ends with k."""
    return np.broadcast_to(params.rnn.b_y, like.shape)


def growth(params: RMTPPParams) -> float:
    """The parameter w; 0 for the constant hazard."""
    return 0.0 if params.w is None else no_denormal(float(params.w[0]), params.w.dtype)


def _open_gap(value: Any, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    array = plain("open_gap", value)
    if array.ndim == 0:
        return np.full(shape, finite_number("open_gap", value, least=0.0), dtype)
    expect_shape("open_gap", array, shape)
    return np.array([finite_number("open_gap", gap, least=0.0) for gap in array.tolist()], dtype)


def _finite(s: _Score) -> Array:
    if not np.isfinite(s.log_likelihood).all():
        wrong = _unit_of(s)
        raise FloatingPointError(
            f"the log-likelihood is not finite: exp(o_0 + w τ) leaves the range of {s.tau.dtype}, w = {s.w:g}"
            + (f"; {wrong}" if wrong else "")
        )
    return s.log_likelihood


def _unit_of(s: _Score) -> str:
    """Say how to mend gaps a hundred times longer or shorter than the unit; nothing of others."""
    mean = float(s.tau[s.event].mean(dtype=np.float64))
    if 0.01 < mean < 100.0:
        return ""
    return (
        f"the gaps have a mean of {mean:.2g} in units of params.time_scale: let init_rmtpp(…, gaps=gaps) "
        "choose it, or divide the gaps by their mean"
    )
