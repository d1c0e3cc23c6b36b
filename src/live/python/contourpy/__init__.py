"""A stand-in: contour lines for Matplotlib, whose own helper is not compiled for a page; not filled ones.

In each square of the grid the level crosses an even number of sides, where linear interpolation says. The
crossings are joined within the square, and the pieces to lines across the squares.
"""

from enum import Enum
from typing import Any

import numpy as np

__all__ = ["ContourGenerator", "FillType", "LineType", "contour_generator"]

MOVE, LINE, CLOSE = 1, 2, 79


class LineType(Enum):
    """How lines are returned; there is one way."""

    SeparateCode = 103


class FillType(Enum):
    """How filled contours would be returned."""

    OuterCode = 201


class ContourGenerator:
    """Contour lines of values on a grid."""

    def __init__(self, x: Any, y: Any, z: Any) -> None:
        self.z = np.ma.filled(np.ma.asarray(z, dtype=float), np.nan)
        x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        self.x, self.y = np.meshgrid(x, y) if x.ndim == 1 else (x, y)

    def lines(self, level: float) -> tuple[list[Any], list[Any]]:
        """Return the vertices and the codes of each line at a level."""
        found = [np.array(line) for line in self._joined(self._pieces(level))]
        return found, [self._codes(line) for line in found]

    create_contour = lines

    def filled(self, lower: float, upper: float) -> Any:
        """Say that filled contours cannot be drawn."""
        raise ModuleNotFoundError(
            "contourf needs the package contourpy, which Python on a page does not have"
        )

    create_filled_contour = filled

    def _pieces(self, level: float) -> list[tuple[Any, Any]]:
        """Return pairs of crossings (side, point), one for each piece of line in a square."""
        above = self.z > level
        known = np.isfinite(self.z)
        count = above[:-1, :-1].astype(int) + above[1:, :-1] + above[:-1, 1:] + above[1:, 1:]
        whole = known[:-1, :-1] & known[1:, :-1] & known[:-1, 1:] & known[1:, 1:]
        pieces = []
        for j, i in np.argwhere((count % 4 != 0) & whole).tolist():
            corners = [(j, i), (j, i + 1), (j + 1, i + 1), (j + 1, i)]
            crossed = [
                self._crossing(corners[side], corners[(side + 1) % 4], level)
                for side in range(4)
                if above[corners[side]] != above[corners[(side + 1) % 4]]
            ]
            if len(crossed) == 4 and (self.z[j : j + 2, i : i + 2].mean() > level) != above[j, i]:
                crossed = crossed[-1:] + crossed[:-1]  # a saddle whose middle is on the side of the other two
            pieces += [(crossed[n], crossed[n + 1]) for n in range(0, len(crossed), 2)]
        return pieces

    def _crossing(self, one: Any, other: Any, level: float) -> tuple[Any, Any]:
        """Return a side of a square, by its ends, and the point where the level crosses it."""
        one, other = sorted((one, other))
        part = (level - self.z[one]) / (self.z[other] - self.z[one])
        point = [float(axis[one] + part * (axis[other] - axis[one])) for axis in (self.x, self.y)]
        return (one, other), point

    def _joined(self, pieces: list[tuple[Any, Any]]) -> list[list[Any]]:
        """Join pieces that share a side to lines; one that comes back to its beginning is closed."""
        points = dict(end for piece in pieces for end in piece)
        beside: dict[Any, list[Any]] = {side: [] for side in points}
        for (one, _), (other, _) in pieces:
            beside[one].append(other)
            beside[other].append(one)
        lines = []
        for start in sorted(beside, key=lambda side: len(beside[side])):  # open lines from their ends first
            if not beside[start]:
                continue
            line, side = [points[start]], start
            while beside[side]:
                following = beside[side].pop()
                beside[following].remove(side)
                line.append(points[following])
                side = following
            lines.append(line)
        return lines

    def _codes(self, line: Any) -> Any:
        codes = np.full(len(line), LINE, dtype=np.uint8)
        codes[0] = MOVE
        if len(line) > 2 and (line[0] == line[-1]).all():
            codes[-1] = CLOSE
        return codes


def contour_generator(x: Any, y: Any, z: Any, **options: Any) -> ContourGenerator:
    """Return the lines' generator, as Matplotlib asks for it."""
    return ContourGenerator(x, y, z)
