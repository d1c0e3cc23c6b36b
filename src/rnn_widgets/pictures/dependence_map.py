"""Which chapter needs which."""

from ..kit.palette import COLOURS
from .canvas import Box, Picture

__all__ = ["BORROWS", "NAMES", "NEEDS", "dependence_map"]

NAMES = {
    "1": "Introduction",
    "2": "History",
    "3": "Motivation",
    "4": "Preliminaries",
    "5": "Architecture",
    "6": "Backpropagation",
    "7": "Accumulation",
    "8": "Gradient descent",
    "9": "Vanishing",
    "9R": "Remedies",
    "10": "Events in time",
    "11": "Neural processes",
}
# The chapters that one needs directly; what those need is needed too.
NEEDS = {
    "6": ("5",),
    "7": ("6",),
    "8": ("6",),
    "9": ("6",),
    "9R": ("8", "9"),
    "10": ("5",),
    "11": ("9", "10"),
}
BORROWS = {"4": "5", "10": "4"}  # a few definitions or a theorem that can be read first
PLACES = {
    "1": (90, 48),
    "2": (260, 48),
    "3": (430, 48),
    "5": (260, 154),
    "4": (430, 154),
    "7": (90, 236),
    "6": (260, 236),
    "10": (430, 236),
    "8": (90, 318),
    "9": (260, 318),
    "11": (430, 318),
    "9R": (260, 400),
}
MAIN = ("5", "6", "8", "9", "9R")


def dependence_map() -> Picture:
    """Return the chapters as boxes, with an arrow from each to those that need it."""
    said = [f"{name} needs {' and '.join(needs)}" for name, needs in NEEDS.items()]
    lent = [f"{name} borrows a little from {lender}" for name, lender in BORROWS.items()]
    picture = Picture(
        520,
        436,
        f"""A map of the chapters. An arrow goes from a chapter to each chapter that needs it:
        {"; ".join(said)}. A dashed arrow means less: {"; ".join(lent)}. Chapters 1, 2 and 3 can be read
        at any time. Blue boxes, 5, 6, 8, 9 and 9R, are the way to vanishing gradients and what helps.""",
    )
    boxes: dict[str, Box] = {}
    for name, (x, y) in PLACES.items():
        look = COLOURS["blue"] if name in MAIN else COLOURS["black"]
        boxes[name] = picture.box(x, y, 144, 46, colour=look, fill=look if name in MAIN else None)
        picture.text(x, y - 4, name, size=15, bold=True, colour=look)
        picture.text(x, y + 15, NAMES[name], size=14)
    picture.text(8, 16, "Read these at any time:", size=14, anchor="start")
    picture.text(8, 112, "An arrow leads to a chapter that needs the one before:", size=14, anchor="start")
    for number, line in enumerate(("blue: the way to", "vanishing gradients", "and what helps")):
        picture.text(358, 386 + 18 * number, line, size=14, anchor="start", colour=COLOURS["blue"])
    for name, needs in NEEDS.items():
        for need in needs:
            picture.arrow(*_between(boxes[need], boxes[name]))
    for name, lender in BORROWS.items():
        picture.arrow(*_between(boxes[lender], boxes[name]), dashes="4 4")
    return picture


def _between(start: Box, end: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where an arrow from one box to another begins and ends."""
    if start.y == end.y:
        return (
            ((start.right, start.y), (end.left, end.y))
            if end.x > start.x
            else (
                (start.left, start.y),
                (end.right, end.y),
            )
        )
    shift = 40 * ((end.x > start.x) - (end.x < start.x))
    return (start.x + shift, start.bottom), (end.x - shift, end.top)
