"""Events in batches: windows of one long sequence, each with the event that comes next."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .._checks import Array, expect_finite, finite_number, generator, positive_int
from ..losses import int_array
from ._checks import event_times, plain

__all__ = ["EventBatch", "event_gaps", "gap_windows", "window_batches"]


class EventBatch(NamedTuple):
    """One batch of `rmtpp_gradient`: the arguments of `rmtpp_bptt`, in order.

    Attributes
    ----------
    gaps, marks, lengths, mask, open_gap
        As for `rmtpp_bptt`.
    """

    gaps: Array
    marks: Array | None = None
    lengths: Array | None = None
    mask: Array | None = None
    open_gap: Any = None


def event_gaps(times: ArrayLike, start: float = 0.0) -> Array:
    """The gaps Δ_j between the events after `start`, the first from `start` or from the last event before it.

    Parameters
    ----------
    times : (N,) array
        Event times ≥ 0, strictly increasing.
    start : float
        Begin of the record, ≥ 0. An event at `start` itself, as a first event at 0 in many files, has no gap:
        it is history, from which the next gap is measured.

    Returns
    -------
    array, one entry for each event after `start`
        Gaps > 0, in the unit of the times.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of that kind.
    """
    times, start = event_times(times), finite_number("start", start, least=0.0)
    inside = times[times > start]
    return np.diff(inside, prepend=start)


def gap_windows(gaps: Array, window: int) -> Array:
    """Every event after the first `window` ones with the gaps before it, as columns.

    Parameters
    ----------
    gaps : (N,) array
        Gaps of one long sequence, or its marks; N > window.
    window : int
        How many earlier events the network sees.

    Returns
    -------
    (window + 1, N − window) array
        A read-only view: the last row holds the events to score.
    """
    window, gaps = positive_int("window", window), plain("gaps", gaps)
    if gaps.dtype.kind not in "iuf":
        raise TypeError(f"gaps must hold real numbers, got dtype {gaps.dtype}")
    expect_finite("gaps", gaps)
    if gaps.ndim != 1 or len(gaps) <= window:
        raise ValueError(f"gaps must have shape (N,) with N > window = {window}, got {gaps.shape}")
    return np.lib.stride_tricks.sliding_window_view(gaps, window + 1).T


def window_batches(
    gaps: Array,
    window: int,
    *,
    B: int,
    updates: int,
    rng: np.random.Generator,
    marks: Array | None = None,
) -> Iterator[EventBatch]:
    """Batches of B windows that start at random places of one long sequence, each to predict its last event.

    Parameters
    ----------
    gaps : (N,) array
        Gaps of the sequence; N > window.
    window : int
        How many earlier events the network sees.
    B, updates : int
        Windows of a batch, and number of batches.
    rng : numpy.random.Generator
        Source of the starting places.
    marks : (N,) array of int, optional
        Marks of the events.

    Yields
    ------
    EventBatch
        gaps (and marks) of shape (window + 1, B), and a mask that scores the last row alone: the loss is the
        mean over the windows, in nats per event.
    """
    windows = gap_windows(gaps, window)
    B, updates, rng = positive_int("B", B), positive_int("updates", updates), generator(rng)
    if marks is not None:
        marks = int_array("marks", plain("marks", marks), np.shape(gaps))
    mark_windows = None if marks is None else gap_windows(marks, window)
    mask = np.zeros((len(windows), B), bool)
    mask[-1] = True

    def batches() -> Iterator[EventBatch]:
        for _ in range(updates):
            chosen = rng.integers(0, windows.shape[1], B)
            marks_of = None if mark_windows is None else mark_windows[:, chosen]
            yield EventBatch(windows[:, chosen], marks_of, None, mask)

    return batches()
