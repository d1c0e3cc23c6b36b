"""A matrix acts on a circle: its norm is the longest half axis, its eigenvector keeps its direction."""

import numpy as np

from rnn_core import spectral_norm, spectral_radius

from ..kit.palette import COLOURS
from ..kit.wording import fixed
from .canvas import Picture

__all__ = ["W", "ellipse", "longest"]

W = np.array([[0.8, 1.2], [0.0, 0.6]])
BLUE, RED = COLOURS["blue"], COLOURS["vermillion"]
UNIT = 74.0  # dots


def longest() -> tuple[np.ndarray, np.ndarray]:
    """Return the arrow of length 1 that W makes longest, and what W makes of it."""
    first = np.linalg.svd(W)[2][0]
    first = first * np.sign(first[0])
    return first, W @ first


def ellipse() -> Picture:
    """Return the unit circle and its image, with the longest half axis and an eigenvector in both."""
    arrow, _ = longest()
    norm, radius = spectral_norm(W), spectral_radius(W)
    picture = Picture(
        520,
        296,
        f"""On the left a circle of radius 1, on the right the ellipse that the matrix W with the rows
        0.8, 1.2 and 0, 0.6 makes of it. One arrow of length 1 on the left becomes the longest half axis
        on the right, of length {fixed(norm, 2)}: that is the norm of W. Another arrow, an eigenvector
        along the horizontal axis, keeps its direction and becomes {fixed(radius, 1)} long: here that is
        the spectral radius of W.""",
    )
    turn = np.linspace(0.0, 2 * np.pi, 97)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    for x, matrix in ((90.0, np.eye(2)), (392.0, W)):
        y = 136.0
        shown = circle @ matrix.T
        picture.line(
            np.column_stack([x + UNIT * shown[:-1, 0], y - UNIT * shown[:-1, 1]]),
            width=1.8,
            fill=COLOURS["sky"],
        )
        for vector, colour in ((matrix @ arrow, RED), (matrix @ np.array([1.0, 0.0]), BLUE)):
            picture.arrow((x, y), (x + UNIT * vector[0], y - UNIT * vector[1]), colour=colour, width=2.6)
        picture.dot(x, y, radius=3)
    picture.text(90, 30, "all arrows of length 1", size=14)
    picture.text(392, 30, "what **W** makes of them", size=14)
    picture.text(222, 74, "**W**", size=18)
    picture.arrow((190, 86), (254, 86), width=2.2)
    picture.matrix(222, 132, [[f"{entry:g}" for entry in row] for row in W], cell=(38, 28))
    picture.text(
        18,
        258,
        f"longest half axis: the norm ‖**W**‖ = {fixed(norm, 2)}",
        size=15,
        colour=RED,
        anchor="start",
    )
    picture.text(
        18,
        284,
        f"an eigenvector keeps its line: *λ* = {fixed(radius, 1)}",
        size=15,
        colour=BLUE,
        anchor="start",
    )
    return picture
