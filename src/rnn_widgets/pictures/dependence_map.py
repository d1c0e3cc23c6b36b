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
}
# The chapters that one needs directly; what those need is needed too.
NEEDS = {"6": ("5",), "7": ("6",), "8": ("6",), "9": ("6",), "9R": ("8", "9"), "10": ("9",)}
BORROWS = {"4": "5"}  # a few definitions that can be read first
PLACES = {
    "1": (90, 48),
    "2": (260, 48),
    "3": (430, 48),
    "4": (90, 154),
    "5": (260, 154),
    "6": (260, 236),
    "7": (90, 318),
    "8": (260, 318),
    "9": (430, 318),
    "9R": (260, 400),
    "10": (430, 400),
}
MAIN = ("5", "6", "8", "9", "9R")


def dependence_map() -> Picture:
    """Return the chapters as boxes, with an arrow from each to those that need it."""
    said = [f"{name} needs {' and '.join(needs)}" for name, needs in NEEDS.items()]
    picture = Picture(
        520,
        436,
        f"""A map of the chapters. An arrow goes from a chapter to each chapter that needs it:
        {"; ".join(said)}. A dashed arrow goes from 5 to 4, which borrows a few definitions. Chapters 1,
        2 and 3 need no other. Blue boxes, 5, 6, 8, 9 and 9R, are the way to vanishing gradients and
        what helps.""",
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
        picture.text(18, 386 + 18 * number, line, size=14, anchor="start", colour=COLOURS["blue"])
    for name, needs in NEEDS.items():
        for need in needs:
            start, end = boxes[need], boxes[name]
            if start.x == end.x:
                picture.arrow((start.x, start.bottom), (end.x, end.top))
            else:
                shift = 40 if end.x > start.x else -40
                picture.arrow((start.x + shift, start.bottom), (end.x - shift, end.top))
    for name, lender in BORROWS.items():
        picture.arrow((boxes[lender].left, boxes[lender].y), (boxes[name].right, boxes[name].y), dashes="4 4")
    return picture
