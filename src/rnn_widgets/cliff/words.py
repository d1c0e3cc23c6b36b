"""What the clipping explorer says in words about both descents, as far as shown, as ``words.js`` does."""

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
        The longest gradient of all, and of those that are used (0 if none is): the one at the last place
        is not.
    shortened : int
        How many of these are clipped.
    loss, norm : float
        The loss, and the length of the gradient, at the last place.
    leaves : int or None
        The first update after which the path is off the map.
    leaving : float or None
        The length of the gradient that led there.
    """

    largest: float
    used: float
    shortened: int
    loss: float
    norm: float
    leaves: int | None
    leaving: float | None


def measured(path: CliffPath, clip: float, leaves: int | None) -> Descent:
    """Measure a path; `clip` is the longest gradient allowed, inf for any."""
    used = path.grad_norm[:-1]
    return Descent(
        largest=float(path.grad_norm.max()),
        used=float(used.max(initial=0.0)),
        shortened=int(np.count_nonzero(used > clip)),
        loss=float(path.loss[-1]),
        norm=float(path.grad_norm[-1]),
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


def verdict(
    without: Descent, clipped: Descent, *, k: int, clip: float, learning_rate: float, updates: int, paths: str
) -> str:
    """Interpret what is shown of the figure, `k` updates, in a few sentences."""
    if k == 0:
        return f"No update yet: the start has {_loss_text(without.loss)} and {_length_text(without.norm)}."
    after = f"after {k} of {counted(updates, 'update')}" if k < updates else f"after {counted(k, 'update')}"
    bound = f"no step is longer than ηc = {digits(learning_rate * clip)}"
    if paths == "unclipped":
        return _unclipped(without, after)
    if clipped.shortened == 0:
        return _not_acted(without if paths == "both" else clipped, paths, after, clip)
    if paths == "clipped":
        return _clipped(clipped, k, after, bound, clip)
    return _both(without, clipped, k, after, bound, clip)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _where_to(path: Descent) -> str:
    return "stayed on the map" if path.leaves is None else f"left the map at update {path.leaves}"


def _gone(without: Descent) -> str:
    length = _length_text(without.leaving or 0.0)
    return f"Without clipping, {length} led off the map at update {without.leaves}."


def _not_acted(path: Descent, paths: str, after: str, clip: float) -> str:
    act = f"clipping at c = {fixed(clip, 2)} has not acted: no gradient that was used is longer."
    start = f"{_capital(after)} {act}"
    if paths == "clipped":
        return f"{start} The descent {_where_to(path)} and is at {_loss_text(path.loss)}."
    return f"{start} Both paths are the same: they {_where_to(path)} and are at {_loss_text(path.loss)}."


def _both(without: Descent, clipped: Descent, k: int, after: str, bound: str, clip: float) -> str:
    if without.leaves is not None:
        start = f"{_gone(without)} Clipped at c = {fixed(clip, 2)}, "
        if clipped.leaves is not None:
            return f"{start}the descent left it too, at update {clipped.leaves}; {bound}."
        return f"{start}{bound}, and {after} the descent is still on the map, at {_loss_text(clipped.loss)}."
    if clipped.leaves is not None:
        return (
            f"Here it is the clipped descent that left the map, at update {clipped.leaves}; "
            "the one without clipping stayed."
        )
    return (
        f"Both descents stayed on the map. Clipping shortened {_shortened(clipped, k, clip)}. "
        f"{_compared(without, clipped, after)}"
    )


def _unclipped(without: Descent, after: str) -> str:
    now = f"{_capital(after)} it is at {_loss_text(without.loss)}"
    if without.leaves is not None:
        return f"{_gone(without)} {now}, with {_length_text(without.norm)}."
    longest = _length_text(without.used)
    return f"Without clipping the descent stayed on the map. {now}; the longest that it used was {longest}."


def _clipped(clipped: Descent, k: int, after: str, bound: str, clip: float) -> str:
    cut = f"Clipping shortened {_shortened(clipped, k, clip)}; {bound}."
    if clipped.leaves is not None:
        where = f"The descent left the map at update {clipped.leaves}; {after} it is"
        return f"{cut} {where} at {_loss_text(clipped.loss)}."
    return f"{cut} {_capital(after)} the descent is still on the map, at {_loss_text(clipped.loss)}."


def _shortened(clipped: Descent, k: int, clip: float) -> str:
    """How many gradients of its own path the clipped descent shortened, and by how much at most."""
    c, longest = f"c = {fixed(clip, 2)}", digits(clipped.used)
    # What is written with a power of ten is far above any c.
    above = clipped.used >= 1e6 or float(longest) > float(fixed(clip, 2))
    start = f"from {longest} to {c}" if above else f"from just above {c}"
    number = f"{clipped.shortened} of {counted(k, 'gradient')}"
    return f"{number}, {'' if clipped.shortened == 1 else 'the longest '}{start}"


def _compared(without: Descent, clipped: Descent, after: str) -> str:
    """Which loss is lower, as far as the digits that are shown can tell."""
    plain, cut = digits(without.loss), digits(clipped.loss)
    if plain == cut:
        return f"{_capital(after)} both are at {_loss_text(clipped.loss)}."
    side = "lower" if clipped.loss < without.loss else "higher"
    return f"{_capital(after)} the clipped one is at the {side} loss: {cut} against {plain}."
