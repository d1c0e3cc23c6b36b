"""The GRU as a cell: a state that is kept or replaced, and what its gates open."""

from ..kit.palette import COLOURS
from .canvas import INK, Picture

__all__ = ["gru"]

GREEN, BLUE = COLOURS["green"], COLOURS["blue"]


def gru() -> Picture:
    """Return one step of a GRU whose reset gate acts before the matrix product."""
    picture = Picture(
        500,
        420,
        """One step of a GRU. Above, the state h of step t minus 1 runs from left to right: it is
        multiplied, entry by entry, by the update gate z, then 1 minus z times the candidate n is added,
        and it leaves as the state h of step t. Below stand three boxes. The update gate z and the reset
        gate r, each with sigma, are fed by the state h of step t minus 1 and the input x of step t. The
        candidate n, with tanh, is fed by r times h of step t minus 1 and by x of step t: the reset gate
        opens how much of the old state the candidate sees.""",
    )
    belt, mix, gates, old, new = 48.0, 138.0, 240.0, 312.0, 346.0
    z, r, n = 140.0, 235.0, 390.0

    keep = picture.operation(z, belt, "∘", colour=GREEN)
    add = picture.operation(n, belt, "+")
    write = picture.operation(n, mix, "∘", colour=GREEN)
    picture.arrow((66, belt), (keep.left, belt), colour=BLUE, width=4)
    picture.arrow((keep.right, belt), (add.left, belt), colour=BLUE, width=4)
    picture.arrow((add.right, belt), (448, belt), colour=BLUE, width=4)
    picture.text(58, belt + 6, "**h**^{(*t*−1)}", size=17, anchor="end")
    picture.text(454, belt + 6, "**h**^{(*t*)}", size=17, anchor="start")

    picture.text(250, 18, "the state is scaled and added to, nothing else", size=14, colour=BLUE)

    update = picture.box(z, gates, 54, 36, "σ", size=17, colour=GREEN, fill=GREEN)
    reset = picture.box(r, gates, 54, 36, "σ", size=17, colour=GREEN, fill=GREEN)
    candidate = picture.box(n, gates, 58, 36, "`tanh`", size=17)
    part = picture.operation(r + 75, gates, "∘", colour=GREEN)
    rest = picture.box(z + 120, mix, 44, 30, "1 −", size=15, colour=GREEN)

    picture.arrow((z, update.top), (z, keep.bottom), colour=GREEN, width=2.2)
    picture.text(z - 14, 190, "**z**", size=18)
    picture.dot(z, mix, colour=GREEN)
    picture.arrow((z, mix), (rest.left, mix), colour=GREEN, width=2.2)
    picture.arrow((rest.right, mix), (write.left, mix), colour=GREEN, width=2.2)
    picture.text((rest.right + write.left) / 2, mix - 10, "1 − **z**", size=16)
    picture.arrow((n, candidate.top), (n, write.bottom))
    picture.text(n + 14, 190, "**n**", size=18)
    picture.arrow((n, write.top), (n, add.bottom))
    picture.arrow((reset.right, gates), (part.left, gates), colour=GREEN, width=2.2)
    picture.text((reset.right + part.left) / 2, gates - 10, "**r**", size=18)
    picture.arrow((part.right, gates), (candidate.left, gates))

    picture.dot(84, belt, colour=BLUE, radius=5)
    picture.line([(84, belt), (84, old), (part.x, old)])
    picture.arrow((part.x, old), (part.x, part.bottom))
    picture.line([(66, new), (n, new)])
    picture.arrow((n, new), (n, candidate.bottom))
    picture.text(58, new + 5, "**x**^{(*t*)}", size=17, anchor="end")
    for x in (z, r):
        for shift, bus in ((-9, old), (9, new)):
            picture.dot(x + shift, bus, radius=3)
            picture.arrow((x + shift, bus), (x + shift, update.bottom))
    picture.dot(n, new, radius=3, colour=INK)
    for x, lines in (
        (z - 6, ("update gate:", "how much", "is kept")),
        (r + 4, ("reset gate: how", "much of the past", "the candidate sees")),
        (n, ("candidate:", "what is written", "instead")),
    ):
        for number, line in enumerate(lines):
            picture.text(x, new + 26 + 17 * number, line, size=13)
    return picture
