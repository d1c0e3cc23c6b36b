"""A drawing that becomes SVG: lines, arrows, boxes, nodes, cells of a matrix, and words with scripts.

The text is always the same for the same drawing: all lengths are rounded to hundredths, nothing is numbered,
and no style sheet or font is needed. The ground is transparent and the ink dark, so that the site can turn a
picture over in the dark like every other figure.

Words are written in a small language: ``*x*`` is an italic letter, ``**W**`` a bold one, `` `tanh` `` is
upright and belongs to a formula, ``_{...}`` and ``^{...}`` are set lower and higher. The rest is plain text.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

import numpy as np

from ..kit.palette import COLOURS

__all__ = ["INK", "PALE", "Box", "Picture", "Run", "Words", "runs_of"]

Point = tuple[float, float]

INK = COLOURS["black"]
PALE = 0.12  # how much of a colour fills a box, so that words on it stay legible
SMALLEST = 12.0  # dots, of any letter
SCRIPT = 0.75  # how large a subscript is, beside its letter
SANS = "Helvetica, Arial, 'DejaVu Sans', sans-serif"
SERIF = "'STIX Two Text', 'Times New Roman', Times, 'DejaVu Serif', serif"
_FACES = {
    "plain": "",
    "upright": f' font-family="{SERIF}"',
    "italic": f' font-family="{SERIF}" font-style="italic"',
    "bold": f' font-family="{SERIF}" font-weight="bold"',
}
_PIECE = re.compile(
    r"\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*]+)\*|`(?P<upright>[^`]+)`"
    r"|_\{(?P<low>[^{}]*)\}|\^\{(?P<high>[^{}]*)\}|(?P<plain>[^*`_^]+)|(?P<wrong>.)",
    re.DOTALL,
)


class Run(NamedTuple):
    """Letters of one face on one level."""

    text: str
    face: str  # plain, upright, italic, bold
    level: int  # 0, or 1 for higher and -1 for lower


class Words(NamedTuple):
    """A line of text: where it is, how it is aligned there, and its letters."""

    x: float
    y: float  # of the line that the letters stand on
    size: float
    anchor: str  # start, middle, end
    runs: tuple[Run, ...]


class Box(NamedTuple):
    """The edges of something, to draw arrows from and to."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def x(self) -> float:
        """The middle, from left to right."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The middle, from top to bottom."""
        return (self.top + self.bottom) / 2


def runs_of(markup: str, level: int = 0) -> tuple[Run, ...]:
    """Take a text apart into runs of one face and level."""
    runs: list[Run] = []
    for piece in _PIECE.finditer(markup):
        kind, content = str(piece.lastgroup), piece[str(piece.lastgroup)]
        if kind == "wrong" or (level and kind in ("low", "high")):
            raise ValueError(f"markup must have closed marks, and scripts of one level, got {markup!r}")
        if kind in ("low", "high"):
            runs += runs_of(content, 1 if kind == "high" else -1)
        else:
            runs.append(Run(content, "upright" if kind == "plain" and level else kind, level))
    return tuple(runs)


def size_of(run: Run, size: float) -> float:
    """Return how large the letters of a run are."""
    return max(SMALLEST, SCRIPT * size) if run.level else size


def shift_of(run: Run, size: float) -> float:
    """Return how far below its line a run stands; above it, the number is negative."""
    return {0: 0.0, 1: -0.36 * size, -1: 0.24 * size}[run.level]


class Picture:
    """A drawing with an alternative text. Notebooks show it as SVG.

    Parameters
    ----------
    width, height : float
        In CSS pixels; the picture's natural size.
    alt : str
        What a reader who cannot see it is told.
    """

    def __init__(self, width: float, height: float, alt: str) -> None:
        self.width, self.height, self.alt = width, height, " ".join(alt.split())
        self.elements: list[str] = []
        self.strokes: list[np.ndarray] = []  # where lines run, (points, 2); tests read it
        self.words: list[Words] = []

    def _repr_svg_(self) -> str:
        size = f'width="{_number(self.width)}" height="{_number(self.height)}"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_number(self.width)} '
            f'{_number(self.height)}" role="img" aria-label="{escape(self.alt)}" font-family="{SANS}">'
        )
        title = f"<title>{escape(self.alt, quote=False)}</title>"
        return "\n".join([head, title, *self.elements, "</svg>"]) + "\n"

    def __repr__(self) -> str:
        return f"A picture: {self.alt}"

    def text(
        self,
        x: float,
        y: float,
        markup: str,
        *,
        size: float = 15.0,
        anchor: str = "middle",
        colour: str = INK,
        bold: bool = False,
    ) -> None:
        """Write a line of text whose letters stand on the height y."""
        if size < SMALLEST:
            raise ValueError(f"size must be at least {SMALLEST:g}, so that it can be read, got {size!r}")
        runs = runs_of(markup)
        self.words.append(Words(x, y, size, anchor, runs))
        parts, height = [], 0.0
        for run in runs:
            down = shift_of(run, size)
            dy = f' dy="{_number(down - height)}"' if down != height else ""
            smaller = f' font-size="{_number(size_of(run, size))}"' if run.level else ""
            parts.append(f"<tspan{dy}{smaller}{_FACES[run.face]}>{escape(run.text, quote=False)}</tspan>")
            height = down
        weight = ' font-weight="bold"' if bold else ""
        self.elements.append(
            f'<text x="{_number(x)}" y="{_number(y)}" font-size="{_number(size)}" text-anchor="{anchor}" '
            f'fill="{colour}"{weight} xml:space="preserve">{"".join(parts)}</text>'
        )

    def line(
        self,
        points: Iterable[Point] | np.ndarray,
        *,
        colour: str = INK,
        width: float = 1.6,
        dashes: str | None = None,
        arrow: bool = False,
        fill: str | None = None,
    ) -> None:
        """Draw straight from point to point; `fill` closes the line and fills what it encloses."""
        at = np.asarray(list(points), dtype=float)
        self.strokes.append(np.vstack([at, at[:1]]) if fill else at)
        if arrow:
            at = np.vstack([at[:-1], self._tip(at[-2], at[-1], colour, width)])
        path = "M" + " L".join(f"{_number(x)} {_number(y)}" for x, y in at) + (" Z" if fill else "")
        self._stroke(path, colour, width, dashes, fill)

    def arrow(self, *points: Point, colour: str = INK, width: float = 1.6, dashes: str | None = None) -> None:
        """Draw straight from point to point, with a tip at the last."""
        self.line(points, colour=colour, width=width, dashes=dashes, arrow=True)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        markup: str = "",
        *,
        size: float = 15.0,
        colour: str = INK,
        fill: str | None = None,
        radius: float = 5.0,
        dashes: str | None = None,
    ) -> Box:
        """Draw a box around the middle (x, y), with a word in it."""
        edges = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        corners = [(edges.left, edges.top), (edges.right, edges.top), (edges.right, edges.bottom)]
        self.strokes.append(np.array([*corners, (edges.left, edges.bottom), corners[0]]))
        self.elements.append(
            f'<rect x="{_number(edges.left)}" y="{_number(edges.top)}" width="{_number(width)}" '
            f'height="{_number(height)}" rx="{_number(radius)}" {_paint(colour, 1.6, dashes, fill)}/>'
        )
        if markup:
            self.text(x, y + 0.34 * size, markup, size=size)
        return edges

    def node(
        self,
        x: float,
        y: float,
        radius: float,
        markup: str = "",
        *,
        size: float = 15.0,
        colour: str = INK,
        fill: str | None = None,
    ) -> Box:
        """Draw a circle around (x, y), with a word in it."""
        turn = np.linspace(0.0, 2 * np.pi, 49)
        self.strokes.append(np.column_stack([x + radius * np.cos(turn), y + radius * np.sin(turn)]))
        self.elements.append(
            f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}" '
            f"{_paint(colour, 1.6, None, fill)}/>"
        )
        if markup:
            self.text(x, y + 0.34 * size, markup, size=size)
        return Box(x - radius, y - radius, x + radius, y + radius)

    def operation(self, x: float, y: float, sign: str, *, radius: float = 12.0, colour: str = INK) -> Box:
        """Draw a circle with a drawn sign in it: ``+`` adds, ``∘`` multiplies entry by entry."""
        edges = self.node(x, y, radius, colour=colour)
        if sign == "+":
            reach = radius - 5
            self.line([(x - reach, y), (x + reach, y)], colour=colour)
            self.line([(x, y - reach), (x, y + reach)], colour=colour)
        elif sign == "∘":
            self.node(x, y, 3.2, colour=colour)
        else:
            raise ValueError(f"sign must be + or ∘, got {sign!r}")
        return edges

    def dot(self, x: float, y: float, *, radius: float = 4.0, colour: str = INK) -> None:
        """Draw a filled dot."""
        self.elements.append(
            f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}" fill="{colour}"/>'
        )

    def matrix(
        self,
        x: float,
        y: float,
        cells: Sequence[Sequence[str]],
        *,
        cell: Point = (44.0, 28.0),
        size: float = 15.0,
    ) -> Box:
        """Draw the cells of a matrix around the middle (x, y), each with its entry."""
        rows, columns = len(cells), len(cells[0])
        left, top = x - columns * cell[0] / 2, y - rows * cell[1] / 2
        for i, row in enumerate(cells):
            for j, entry in enumerate(row):
                middle = (left + (j + 0.5) * cell[0], top + (i + 0.5) * cell[1])
                self.box(*middle, *cell, entry, size=size, radius=0)
        return Box(left, top, left + columns * cell[0], top + rows * cell[1])

    def _stroke(self, path: str, colour: str, width: float, dashes: str | None, fill: str | None) -> None:
        self.elements.append(f'<path d="{path}" {_paint(colour, width, dashes, fill)}/>')

    def _tip(self, before: np.ndarray, tip: np.ndarray, colour: str, width: float) -> np.ndarray:
        """Draw the tip of an arrow; return where its shaft ends."""
        along = (tip - before) / np.hypot(*(tip - before))
        across = np.array([-along[1], along[0]])
        length, half = 5.5 + 2.2 * width, 2.4 + 1.1 * width
        foot = tip - length * along
        corners = (tip, foot + half * across, tip - 0.75 * length * along, foot - half * across)
        path = "M" + " L".join(f"{_number(x)} {_number(y)}" for x, y in corners) + " Z"
        self.elements.append(f'<path d="{path}" fill="{colour}"/>')
        return np.asarray(tip - 0.7 * length * along)


def _paint(colour: str, width: float, dashes: str | None, fill: str | None) -> str:
    inside = f'fill="{fill}" fill-opacity="{PALE}"' if fill else 'fill="none"'
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'{inside} stroke="{colour}" stroke-width="{_number(width)}"{dashed} stroke-linejoin="round"'


def _number(value: float) -> str:
    """Write a length, to hundredths; no minus stands before a nought."""
    return f"{round(float(value), 2) + 0.0:.2f}".rstrip("0").rstrip(".")
