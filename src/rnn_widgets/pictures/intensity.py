"""Events, the intensity that they lift, and the compensator that adds it up: a Hawkes process, computed."""

from itertools import pairwise

import numpy as np

from rnn_core.point_process import Hawkes, compensator
from rnn_core.point_process import intensity as intensity_at

from ..kit.palette import COLOURS
from ..kit.wording import fixed
from .canvas import Picture

__all__ = ["END", "EVENTS", "PROCESS", "branches", "intensity"]

PROCESS = Hawkes(0.2, (0.8,), (1.0,))
EVENTS = np.array([1.5, 2.2, 2.6, 6.5])
END = 10.0
LEFT, UNIT = 58.0, 42.0  # dots: where time 0 stands, and how long 1 is
BLUE, RED = COLOURS["blue"], COLOURS["vermillion"]


def branches() -> list[tuple[np.ndarray, np.ndarray]]:
    """Return times and intensities from each event, after its jump, up to the next, before its jump."""
    found = []
    borders = [0.0, *EVENTS, END]
    jump = sum(a * b for a, b in zip(PROCESS.alpha, PROCESS.beta, strict=True))
    for start, end in pairwise(borders):
        at = np.linspace(start, end, 33)
        rate = np.asarray(intensity_at(PROCESS, EVENTS, at))
        rate[0] += jump if start > 0 else 0.0  # at an event the function is still the one before the jump
        found.append((at, rate))
    return found


def intensity() -> Picture:
    """Return events on a line, their intensity above, and its compensator below."""
    at = np.linspace(0.0, END, 121)
    grown = np.asarray(compensator(PROCESS, EVENTS, at))
    total = fixed(float(grown[-1]), 2)
    picture = Picture(
        500,
        440,
        f"""Three rows over the time from 0 to {END:g}. In the middle, {len(EVENTS)} events as dots on a
        line, at {", ".join(f"{t:g}" for t in EVENTS)}. Above, the intensity lambda: it is
        {PROCESS.mu:g} at first, each event lifts it by {PROCESS.alpha[0] * PROCESS.beta[0]:g}, and
        between events it decays towards {PROCESS.mu:g}. Below, the compensator Lambda, the area under
        the intensity so far: it only rises, the steeper the higher the intensity is, and reaches
        {total}.""",
    )

    def x(time: float) -> float:
        return LEFT + UNIT * time

    floor, up = 168.0, 66.0
    picture.line([(x(0), floor), (x(END), floor)], width=0.8)
    picture.line(
        [(x(0), floor - up * PROCESS.mu), (x(END), floor - up * PROCESS.mu)], width=0.8, dashes="3 4"
    )
    picture.text(x(0) - 8, floor - up * PROCESS.mu + 4, "*μ*", size=16, anchor="end")
    parts = branches()
    for (times, rate), following in zip(parts, [*parts[1:], None], strict=True):
        picture.line(np.column_stack([LEFT + UNIT * times, floor - up * rate]), colour=BLUE, width=2.6)
        if following is not None:
            end = x(float(times[-1]))
            picture.line(
                [(end, floor - up * rate[-1]), (end, floor - up * following[1][0])],
                colour=BLUE,
                width=1.2,
                dashes="3 3",
            )
    picture.text(
        8, 20, "intensity *λ*(*t*): each event lifts it, then it decays", size=15, anchor="start", colour=BLUE
    )

    line = 214.0
    picture.arrow((x(0), line), (x(END) + 16, line))
    for event in EVENTS:
        picture.line([(x(event), line), (x(event), floor)], width=0.8, dashes="2 4")
        picture.dot(x(event), line, radius=5.5)
    for time in range(0, int(END) + 1, 2):
        picture.line([(x(time), line), (x(time), line + 5)], width=1)
        picture.text(x(time), line + 22, f"{time}", size=14)
    picture.text(x(0) - 10, line + 5, "events", size=14, anchor="end")

    floor, up = 430.0, 30.0
    picture.text(
        8, 272, "compensator *Λ*(*t*): the area under *λ* up to *t*", size=15, anchor="start", colour=RED
    )
    picture.line([(x(0), floor), (x(END), floor)], width=0.8)
    picture.line(np.column_stack([LEFT + UNIT * at, floor - up * grown]), colour=RED, width=2.6)
    picture.dot(x(END), floor - up * float(grown[-1]), radius=4, colour=RED)
    picture.text(x(END) - 12, floor - up * float(grown[-1]) - 4, total, size=15, anchor="end", colour=RED)
    return picture
