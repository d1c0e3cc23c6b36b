"""The cover of the EPUB: the title above a row of letters' lights, each nine tenths of the one before."""

import textwrap
from io import BytesIO
from pathlib import Path

from matplotlib import font_manager
from matplotlib.figure import Figure
from pdf_document import Book

INK, PAPER, LIGHT = "#ffffff", "#0b2f4a", "#f0a05a"
FACTOR, LETTERS = 0.9, 22


def cover(book: Book) -> bytes:
    """Return the cover as PNG, 1200 by 1800."""
    family = Path(font_manager.findfont("DejaVu Serif"))
    figure = Figure(figsize=(6, 9), dpi=200, facecolor=PAPER)
    title = "\n".join(textwrap.wrap(book.title, 16))
    figure.text(0.1, 0.92, title, font=family, size=31, color=INK, va="top", linespacing=1.25)
    figure.text(0.1, 0.5, book.subtitle, font=family, size=14, color=LIGHT, va="top")
    axes = figure.add_axes((0.1, 0.2, 0.8, 0.22))
    heights = [FACTOR**lag for lag in reversed(range(LETTERS))]
    axes.bar(range(LETTERS), heights, width=0.72, color=[(*_rgb(LIGHT), height) for height in heights])
    axes.set_axis_off()
    figure.text(0.1, 0.1, book.author, font=family, size=12, color=INK, va="top")
    target = BytesIO()
    figure.savefig(target, metadata={"Software": None})
    return target.getvalue()


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue
