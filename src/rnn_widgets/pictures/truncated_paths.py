"""Truncated backpropagation: the state crosses the border of a window, the gradient does not."""

from ..kit.palette import COLOURS
from .canvas import Picture

__all__ = ["WINDOW", "truncated_paths"]

BLUE, RED = COLOURS["blue"], COLOURS["vermillion"]
WINDOW, STEPS = 3, 9


def truncated_paths() -> Picture:
    """Return nine steps in three windows: forward arrows everywhere, backward arrows within a window."""
    picture = Picture(
        540,
        250,
        """Nine steps in a row, cut into three windows of three steps. Each step has its loss above.
        Black arrows carry the state from each step to the next, over the borders of the windows too.
        Vermillion arrows carry the gradient down from each loss and back from each step to the one
        before, but not from step 4 to step 3 nor from step 7 to step 6: there it stops. So the loss of
        step 4 does not say what step 3 should have done.""",
    )
    row, first, apart, radius = 136.0, 42.0, 57.0, 15.0
    for start in range(0, STEPS, WINDOW):
        middle = first + (start + (WINDOW - 1) / 2) * apart
        picture.box(middle, row - 22, WINDOW * apart - 12, 120, colour=BLUE, fill=BLUE, dashes="5 4")
        picture.text(middle, 46, f"window {start // WINDOW + 1}", size=14, colour=BLUE)
    for t in range(1, STEPS + 1):
        x = first + (t - 1) * apart
        loss = picture.box(x, row - 58, 22, 20, "*L*", size=14)
        state = picture.node(x, row, radius, f"{t}", size=14)
        picture.arrow((x - 4.5, state.top + 1), (x - 4.5, loss.bottom), width=1.3)
        picture.arrow((x + 4.5, loss.bottom), (x + 4.5, state.top + 1), colour=RED, width=2)
        if t == STEPS:
            continue
        after = x + apart - radius
        picture.arrow((state.right - 1, row - 6), (after + 1, row - 6))
        if t % WINDOW:
            picture.arrow((after + 1, row + 6), (state.right - 1, row + 6), colour=RED, width=2)
        else:
            stop = x + apart / 2
            picture.line([(after + 1, row + 6), (stop + 3, row + 6)], colour=RED, width=2)
            picture.line([(stop + 3, row - 1), (stop + 3, row + 13)], colour=RED, width=3)
    picture.arrow((14, 208), (44, 208))
    picture.text(52, 213, "the state crosses every border", size=14, anchor="start")
    picture.line([(44, 234), (18, 234)], colour=RED, width=2)
    picture.line([(18, 227), (18, 241)], colour=RED, width=3)
    picture.text(52, 239, "the gradient stops there", size=14, anchor="start", colour=RED)
    return picture
