"""What the clipping explorer says in words about both descents, as ``words.js`` does."""

from typing import NamedTuple

import numpy as np

from rnn_core.cliff import CliffPath

from ..kit.wording import counted, fixed, precise, scientific

__all__ = ["Descent", "digits", "has_cliff", "measured", "surface", "verdict"]

LEAST = 1e-12  # what rounding alone may have made is not told apart from zero


class Descent(NamedTuple):
    """What is said of a path.

    Attributes
    ----------
    largest, used : float
        The longest gradient of all, and of those that are used: the one at the last place is not.
    shortened : int
        How many of these are clipped.
    loss : float
        The loss at the end.
    leaves : int or None
        The first update after which the path is off the map.
    leaving : float or None
        The length of the gradient that led there.
    """

    largest: float
    used: float
    shortened: int
    loss: float
    leaves: int | None
    leaving: float | None


def measured(path: CliffPath, clip: float, leaves: int | None) -> Descent:
    """Measure a path; `clip` is the longest gradient allowed, inf for any."""
    used = path.grad_norm[:-1]
    return Descent(
        largest=float(path.grad_norm.max()),
        used=float(used.max()),
        shortened=int(np.count_nonzero(used > clip)),
        loss=float(path.loss[-1]),
        leaves=leaves,
        leaving=float(path.grad_norm[leaves - 1]) if leaves else None,
    )


def digits(value: float) -> str:
    """Write a number ≥ 0 with at most three significant digits."""
    if value < LEAST:
        return "< 10⁻¹²"
    return scientific(value) if value < 1e-4 or value >= 1e6 else precise(value, 3)


def _loss_text(loss: float) -> str:
    return "a loss below 10⁻¹²" if loss < LEAST else f"a loss of {digits(loss)}"


def _length_text(norm: float) -> str:
    return "a gradient shorter than 10⁻¹²" if norm < LEAST else f"a gradient of length {digits(norm)}"


def has_cliff(T: int) -> bool:
    """Whether the map has a cliff: from so many steps on, some gradient on it is longer than 10."""
    return T >= 9


def surface(T: int) -> str:
    """Say what the surface looks like."""
    if has_cliff(T):
        return "a valley that ends in a cliff, with gradients longer than 10"
    return "a valley without a cliff, since no gradient on the map is longer than 10"


def verdict(without: Descent, clipped: Descent, *, clip: float, learning_rate: float, updates: int) -> str:
    """Interpret the figure in a few sentences."""
    c = f"c = {fixed(clip, 2)}"
    if clipped.shortened == 0:
        stay = without.leaves is None
        where = "stay on the map" if stay else f"leave the map at update {without.leaves}"
        return (
            f"Clipping at {c} never acts: no gradient that is used is longer. "
            f"Both paths are the same: they {where} and end at {_loss_text(without.loss)}."
        )
    bound = f"no step is longer than ηc = {digits(learning_rate * clip)}"
    if without.leaves is not None and without.leaving is not None:
        length = _length_text(without.leaving)
        gone = f"Without clipping, {length} leads off the map at update {without.leaves}."
        if clipped.leaves is not None:
            return f"{gone} Clipped at {c}, the descent leaves it too, at update {clipped.leaves}; {bound}."
        return (
            f"{gone} Clipped at {c}, {bound}, and the descent stays for {counted(updates, 'update')}: "
            f"it ends at {_loss_text(clipped.loss)}."
        )
    if clipped.leaves is not None:
        return (
            f"Here it is the clipped descent that leaves the map, at update {clipped.leaves}; "
            "the one without clipping stays."
        )
    return (
        f"Both descents stay on the map. Clipping shortens {_shortened(clipped, clip, updates)}. "
        f"{_ending(without, clipped)}"
    )


def _shortened(clipped: Descent, clip: float, updates: int) -> str:
    """How many gradients of its own path the clipped descent shortens, and by how much at most."""
    c, longest = f"c = {fixed(clip, 2)}", digits(clipped.used)
    # What is written with a power of ten is far above any c.
    above = clipped.used >= 1e6 or float(longest) > float(fixed(clip, 2))
    start = f"from {longest} to {c}" if above else f"from just above {c}"
    number = f"{clipped.shortened} of {counted(updates, 'gradient')}"
    return f"{number}, {'' if clipped.shortened == 1 else 'the longest '}{start}"


def _ending(without: Descent, clipped: Descent) -> str:
    """Which loss at the end is lower, as far as the digits that are shown can tell."""
    plain, cut = digits(without.loss), digits(clipped.loss)
    if plain == cut:
        return f"Both end at {_loss_text(clipped.loss)}."
    side = "lower" if clipped.loss < without.loss else "higher"
    return f"With it the descent ends at a {side} loss: {cut} against {plain}."
