"""Skip connections: at each layer the gradient may stay or go through, and all ways are added."""

from itertools import pairwise

from ..kit.palette import COLOURS
from .canvas import INK, Picture

__all__ = ["residual_paths"]

BLUE, RED = COLOURS["blue"], COLOURS["vermillion"]
ENDS = (50.0, 170.0, 290.0, 410.0)  # z_0 to z_3
LIFT = 40.0  # how far above the straight way a layer lies


def _through(picture: Picture, start: float, end: float, y: float, colour: str, width: float) -> None:
    """Draw the way from one sum to the next through its layer."""
    left, right = start + 24, end - 24
    picture.line([(start, y), (left, y - LIFT), (right, y - LIFT), (end, y)], colour=colour, width=width)


def residual_paths() -> Picture:
    """Return three layers with skip connections, and three of the eight paths through them."""
    picture = Picture(
        520,
        420,
        """Above: a stack of three layers with skip connections, at one step. From z 0 one way goes
        straight on to z 1, another goes through layer 1; the two are added. So it is from z 1 to z 2
        with layer 2, and from z 2 to z 3 with layer 3. Below: three of the 2 times 2 times 2 = 8 paths
        from z 0 to z 3. One goes straight on everywhere: its factor is the identity I. One goes through
        layer 2 alone: its factor is B 2. One goes through all layers: its factor is B 3 B 2 B 1. Here B
        l stands for Phi l A l. The derivative of z 3 with respect to z 0 is the sum of all eight
        factors.""",
    )
    y = 96.0
    for layer, (start, end) in enumerate(pairwise(ENDS), start=1):
        fork = start + (26 if layer > 1 else 0)
        box = picture.box((fork + end) / 2, y - 52, 58, 30, f"layer {layer}", size=13, fill=RED, colour=RED)
        picture.line([(fork, y), (fork, box.y), (box.left, box.y)])
        picture.dot(fork, y, colour=BLUE)
        add = picture.operation(end, y, "+", radius=11)
        picture.arrow((box.right, box.y), (end, box.y), (end, add.top))
        picture.arrow((start + (11 if layer > 1 else 0), y), (add.left, y), colour=BLUE, width=2.6)
        picture.text(end + (15 if layer < 3 else 0), y + 32, f"**z**_{{{layer}}}", size=17)
    picture.text(ENDS[0], y + 32, "**z**_{0}", size=17)
    picture.text(ENDS[0] + 60, y + 20, "stay", size=14, colour=BLUE)
    picture.text(
        12, 172, "Three of the 2 · 2 · 2 = 8 paths, and the factor of each:", size=14, anchor="start"
    )
    for y, layers, factor in (
        (222.0, (), "*I*"),
        (286.0, (2,), "*B*_{2}"),
        (350.0, (1, 2, 3), "*B*_{3}*B*_{2}*B*_{1}"),
    ):
        for layer, (start, end) in enumerate(pairwise(ENDS), start=1):
            goes = layer in layers
            _through(picture, start, end, y, RED if goes else INK, 3.2 if goes else 0.8)
            picture.line([(start, y), (end, y)], colour=INK if goes else BLUE, width=0.8 if goes else 3.2)
        for x in ENDS:
            picture.dot(x, y)
        picture.text(430, y + 5, factor, size=18, anchor="start")
    picture.text(
        12,
        386,
        "∂**z**_{3} / ∂**z**_{0} = (*I* + *B*_{3}) (*I* + *B*_{2}) (*I* + *B*_{1}),",
        size=16,
        anchor="start",
    )
    picture.text(12, 411, "the sum of all eight; *B*_{*l*} = *Φ*_{*l*}**A**_{*l*}", size=15, anchor="start")
    return picture
