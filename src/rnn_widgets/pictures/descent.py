"""Gradient descent in a long valley, with two step sizes: computed, not painted."""

from typing import NamedTuple

import numpy as np

from rnn_core import sgd_step

from ..kit.palette import COLOURS
from ..kit.wording import precise
from .canvas import Picture

__all__ = ["RATES", "STEEP", "descent", "loss", "path"]

STEEP = 10.0  # κ: the curvature across the valley; along it, it is 1
START = (9.0, 1.4)
RATES = (0.18, 0.02)
STEPS = 16


class Place(NamedTuple):
    """Where the descent is: along the valley and across."""

    u: np.ndarray
    v: np.ndarray


def loss(u: float, v: float) -> float:
    """Return f(u, v) = ½(u² + κ v²)."""
    return 0.5 * (u * u + STEEP * v * v)


def path(rate: float) -> np.ndarray:
    """Return the places of the start and of all steps: (STEPS + 1, 2)."""
    place = Place(*np.array(START))
    places = [place]
    for _ in range(STEPS):
        place = sgd_step(place, Place(place.u, STEEP * place.v), rate)
        places.append(place)
    return np.array(places)


def descent() -> Picture:
    """Return two paths of gradient descent on the same valley."""
    walks = [path(rate) for rate in RATES]
    left = [precise(loss(*walk[-1]), 2) for walk in walks]
    picture = Picture(
        500,
        416,
        f"""Twice the contour lines of a long valley, f = half of (u squared + {STEEP:g} v squared), and
        a path of {STEPS} steps of gradient descent from u = {START[0]:g}, v = {START[1]:g}. Above, with
        step size {RATES[0]}, the path leaps from side to side, less and less, and moves along the
        valley to near the minimum: f is {left[0]} in the end. Below, with step size {RATES[1]}, it runs
        down the side without a leap and then creeps along the floor: f is still {left[1]}.""",
    )
    unit, zero = 40.0, 62.0
    for number, (rate, walk, colour) in enumerate(
        zip(RATES, walks, (COLOURS["vermillion"], COLOURS["blue"]), strict=True)
    ):
        middle = 120.0 + 208.0 * number
        for value in (0.5, 4.0, 11.0, 21.0):
            along, across = np.sqrt(2 * value), np.sqrt(2 * value / STEEP)
            end = np.arccos(max(-1.0, -1.35 / along))  # cut at the left edge
            turn = np.linspace(-end, end, 97)
            picture.line(
                np.column_stack([zero + unit * along * np.cos(turn), middle - unit * across * np.sin(turn)]),
                width=0.8,
            )
        picture.line(
            np.column_stack([zero + unit * walk[:, 0], middle - unit * walk[:, 1]]), colour=colour, width=1.8
        )
        for u, v in walk:
            picture.dot(zero + unit * u, middle - unit * v, radius=3.2, colour=colour)
        picture.dot(zero, middle, radius=4)
        picture.text(
            8,
            middle - 97,
            f"step size η = {rate}: after {STEPS} steps *f* = {left[number]}",
            size=15,
            anchor="start",
            colour=colour,
        )
    return picture
