"""The random proposals that the Hawkes explorer carries, and the events that thinning keeps of them."""

from typing import Any

import numpy as np

from rnn_core.point_process import Hawkes

__all__ = ["CEILING", "LONGEST", "proposals", "random_draw", "thinned"]

CEILING = 50.0  # proposals per unit of time: an intensity above it cannot be simulated
LONGEST = 50.0  # how far the proposals reach, in units of time
# What is carried are whole numbers of these units: short as JSON, and the same floats in both languages.
TICKS, LEVELS = 10_000, 1_000


def random_draw(*, rng: np.random.Generator) -> dict[str, Any]:
    """Draw proposals: a Poisson process of rate `CEILING` on (0, `LONGEST`], each with a height.

    Seen as points of the plane they are spread evenly, so those below the curve of an intensity come at
    that intensity's rate.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    dict
        Only lists of integers, so that it can be sent as JSON: ``gaps`` between the proposals, in units of
        1/`TICKS`, and ``heights``, uniform in (0, `CEILING`), in units of 1/`LEVELS` and rounded down.
    """
    gaps: list[int] = []
    left = round(LONGEST * TICKS)
    while True:
        # At least one tick, so that no two proposals coincide.
        gap = max(1, round(TICKS * rng.exponential() / CEILING))
        left -= gap
        if left < 0:
            break
        gaps.append(gap)
    heights = rng.integers(0, round(CEILING * LEVELS), len(gaps))
    return {"gaps": gaps, "heights": heights.tolist()}


def proposals(draw: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Times and heights of a draw's proposals.

    Parameters
    ----------
    draw : dict
        From `random_draw`.

    Returns
    -------
    times, heights : (P,) arrays
        Times, strictly increasing, and heights in events per unit of time.
    """
    return np.cumsum(draw["gaps"]) / TICKS, (np.array(draw["heights"]) + 0.5) / LEVELS


def thinned(process: Hawkes, draw: dict[str, Any], end: float) -> np.ndarray:
    """Keep the proposals up to `end` whose height lies below the intensity.

    Parameters
    ----------
    process : Hawkes
        The process to simulate.
    draw : dict
        From `random_draw`.
    end : float
        End of the window, at most `LONGEST`.

    Returns
    -------
    (N,) array
        Event times. Where the intensity exceeds `CEILING` they come at that rate only.
    """
    times, state, last = [], process.begin(), 0.0
    for t, height in zip(*(values.tolist() for values in proposals(draw)), strict=True):
        if t > end:
            break
        if height < process.hazard(state, t - last):
            state, last = process.after(state, t - last), t
            times.append(t)
    return np.array(times)
