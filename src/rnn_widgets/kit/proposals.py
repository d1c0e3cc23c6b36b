"""Random points under a ceiling, and what thinning keeps of them: the chance that explorers carry."""

from typing import Any

import numpy as np

from rnn_core.point_process import Process

__all__ = ["proposals", "random_proposals", "thinned"]

# What is carried are whole numbers of these units: short as JSON, and the same floats in both languages.
TICKS, LEVELS = 10_000, 1_000


def random_proposals(*, ceiling: float, length: float, rng: np.random.Generator) -> dict[str, Any]:
    """Draw proposals: a Poisson process of rate `ceiling` on (0, `length`], each with a height.

    Seen as points of the plane they are spread evenly, so those below the curve of an intensity come at
    that intensity's rate.

    Parameters
    ----------
    ceiling : float
        Proposals per unit of time, and the height below which they lie.
    length : float
        How far they reach, in units of time.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    dict
        Only lists of integers, so that it can be sent as JSON: ``gaps`` between the proposals, in units of
        1/`TICKS`, and ``heights``, uniform in (0, `ceiling`), in units of 1/`LEVELS` and rounded down.
    """
    gaps: list[int] = []
    left = round(length * TICKS)
    while True:
        # At least one tick, so that no two proposals coincide.
        gap = max(1, round(TICKS * rng.exponential() / ceiling))
        left -= gap
        if left < 0:
            break
        gaps.append(gap)
    heights = rng.integers(0, round(ceiling * LEVELS), len(gaps))
    return {"gaps": gaps, "heights": heights.tolist()}


def proposals(draw: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Times and heights of a draw's proposals.

    Parameters
    ----------
    draw : dict
        From `random_proposals`.

    Returns
    -------
    times, heights : (P,) arrays
        Times, strictly increasing, and heights in events per unit of time.
    """
    return np.cumsum(draw["gaps"]) / TICKS, (np.array(draw["heights"]) + 0.5) / LEVELS


def thinned(process: Process, times: np.ndarray, heights: np.ndarray) -> np.ndarray:
    """Say of each proposal whether it is kept: whether its height lies below the intensity.

    Parameters
    ----------
    process : Process
        The process to simulate.
    times, heights : (P,) arrays
        The proposals, in the order of time.

    Returns
    -------
    (P,) array of bool
        True where an event is made. Where the intensity exceeds the ceiling under which the proposals were
        drawn, events come at the ceiling's rate only.
    """
    kept, state, last = np.zeros(len(times), bool), process.begin(), 0.0
    for i, (t, height) in enumerate(zip(times.tolist(), heights.tolist(), strict=True)):
        if height < process.hazard(state, t - last):
            state, last = process.after(state, t - last), t
            kept[i] = True
    return kept
