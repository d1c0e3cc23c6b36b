"""The function tanh, its tangents, and its slope: large states, small factors."""

import numpy as np

from rnn_core import TANH

from ..kit.palette import COLOURS
from ..kit.wording import fixed
from .canvas import Picture

__all__ = ["AT", "tanh_slope"]

AT = (0.0, 1.0, 2.0)  # where the tangents touch
LOOKS = (COLOURS["green"], COLOURS["blue"], COLOURS["vermillion"])
REACH = 3.2  # from −3.2 to 3.2
LEFT, ACROSS = 50.0, 58.0  # dots: where −3.2 stands, and how long 1 is


def _x(a: float) -> float:
    return LEFT + (a + REACH) * ACROSS


def tanh_slope() -> Picture:
    """Return the graph of tanh with three tangents, and below it the graph of their slopes."""
    state = np.asarray(TANH.value(np.array(AT)))
    slope = np.asarray(TANH.slope(state))
    written = [fixed(float(value), 2) for value in slope]
    picture = Picture(
        470,
        352,
        f"""Two graphs, one above the other, over a from minus 3.2 to 3.2. Above, h = tanh a rises from
        near minus 1 to near 1, with tangents at a = 0, 1 and 2, each flatter than the one before.
        Below, their slope, 1 minus tanh squared of a, is a bell: {written[0]} at a = 0, {written[1]} at
        a = 1 and {written[2]} at a = 2. The nearer the state is to 1 or minus 1, the smaller is the
        factor.""",
    )
    a = np.linspace(-REACH, REACH, 129)
    value = np.asarray(TANH.value(a))

    top, up = 112.0, 64.0
    picture.line([(_x(-REACH), top), (_x(REACH), top)], width=0.8)
    picture.line([(_x(0), top - 1.25 * up), (_x(0), top + 1.25 * up)], width=0.8)
    for level, name in ((1, "1"), (-1, "−1")):
        picture.line([(_x(-REACH), top - level * up), (_x(REACH), top - level * up)], width=0.8, dashes="3 4")
        picture.text(_x(-REACH) - 8, top - level * up + 5, name, size=14, anchor="end")
    picture.line(np.column_stack([LEFT + (a + REACH) * ACROSS, top - up * value]), width=2.4)
    for at, h, k, colour in zip(AT, state, slope, LOOKS, strict=True):
        reach = 0.95 / np.sqrt(1 + (k * up / ACROSS) ** 2)  # as long as seen, whatever the slope
        ends = [(_x(at + s * reach), top - up * (h + s * reach * k)) for s in (-1, 1)]
        picture.line(ends, colour=colour, width=3)
        picture.dot(_x(at), top - up * h, radius=4.5, colour=colour)
    picture.text(_x(-REACH), 18, "*h* = `tanh` *a*", size=17, anchor="start")

    floor, up = 324.0, 92.0
    picture.line([(_x(-REACH), floor), (_x(REACH), floor)], width=0.8)
    picture.line(np.column_stack([LEFT + (a + REACH) * ACROSS, floor - up * (1 - value**2)]), width=2.4)
    for at, k, name, colour in zip(AT, slope, written, LOOKS, strict=True):
        picture.line([(_x(at), floor), (_x(at), floor - up * k)], colour=colour, width=3)
        picture.dot(_x(at), floor - up * k, radius=4.5, colour=colour)
        picture.text(_x(at) + 11, floor - up * k - 6, name, size=16, anchor="start", colour=colour)
        picture.text(_x(at), floor + 20, f"*a* = {at:g}" if at == 0 else f"{at:g}", size=14)
    picture.text(_x(-REACH), 222, "slope 1 − `tanh`^{2} *a*", size=17, anchor="start")
    picture.text(_x(-2), floor + 20, "−2", size=14)
    return picture
