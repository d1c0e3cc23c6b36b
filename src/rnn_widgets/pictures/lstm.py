"""The LSTM as a cell: a memory that is scaled and added to, and what its gates open."""

from ..kit.palette import COLOURS
from .canvas import INK, Picture

__all__ = ["lstm"]

GREEN, BLUE = COLOURS["green"], COLOURS["blue"]


def lstm() -> Picture:
    """Return one step of an LSTM: the memory passes above, the gates open from below."""
    picture = Picture(
        540,
        386,
        """One step of an LSTM. Above, the cell c of step t minus 1 runs from left to right: it is
        multiplied, entry by entry, by the forget gate f, then i times g is added, and it leaves as the
        cell c of step t. No matrix and no tanh lies on this way. Below stand four boxes, each fed by
        the input x of step t and the state h of step t minus 1: the forget gate f with sigma opens how
        much is kept; the input gate i with sigma opens how much is written; the candidate g with tanh
        is what is written; the output gate q with sigma opens how much is shown. From the new cell a
        branch goes through tanh, is multiplied by q, and leaves as the state h of step t.""",
    )
    belt, write, show, gates, bus = 52.0, 130.0, 182.0, 258.0, 318.0
    f, i, g, q = 110.0, 215.0, 320.0, 425.0

    forget = picture.operation(f, belt, "∘", colour=GREEN)
    add = picture.operation(i + 52.5, belt, "+")
    inject = picture.operation(i + 52.5, write, "∘", colour=GREEN)
    picture.arrow((56, belt), (forget.left, belt), colour=BLUE, width=4)
    picture.arrow((forget.right, belt), (add.left, belt), colour=BLUE, width=4)
    picture.arrow((add.right, belt), (488, belt), colour=BLUE, width=4)
    picture.text(50, belt + 6, "**c**^{(*t*−1)}", size=17, anchor="end")
    picture.text(494, belt + 6, "**c**^{(*t*)}", size=17, anchor="start")
    picture.text(267, 24, "the memory is scaled and added to, nothing else", size=14, colour=BLUE)
    picture.arrow((inject.x, inject.top), (add.x, add.bottom))

    for x, name, activation, colour in (
        (f, "f", "σ", GREEN),
        (i, "i", "σ", GREEN),
        (g, "g", "`tanh`", None),
        (q, "q", "σ", GREEN),
    ):
        box = picture.box(x, gates, 56, 34, activation, size=17, colour=colour or INK, fill=colour)
        picture.arrow((x, bus), (x, box.bottom))
        side = -1 if name in "fi" else 1
        picture.text(x + side * 14, gates - 30, f"**{name}**", size=18)
    picture.arrow((f, gates - 17), (f, forget.bottom), colour=GREEN, width=2.2)
    picture.line([(i, gates - 17), (i, write)], colour=GREEN, width=2.2)
    picture.arrow((i, write), (inject.left, write), colour=GREEN, width=2.2)
    picture.line([(g, gates - 17), (g, write)])
    picture.arrow((g, write), (inject.right, write))

    shown = picture.operation(q, show, "∘", colour=GREEN)
    squash = picture.box(q, 114, 54, 32, "`tanh`", size=16)
    picture.dot(q, belt, colour=BLUE, radius=5)
    picture.arrow((q, belt), (q, squash.top))
    picture.arrow((q, squash.bottom), (q, shown.top))
    picture.arrow((q, gates - 17), (q, shown.bottom), colour=GREEN, width=2.2)
    picture.arrow((shown.right, show), (488, show))
    picture.text(494, show + 6, "**h**^{(*t*)}", size=17, anchor="start")

    picture.line([(60, bus), (q, bus)])
    picture.text(54, bus - 6, "**h**^{(*t*−1)}", size=16, anchor="end")
    picture.text(54, bus + 18, "**x**^{(*t*)}", size=16, anchor="end")
    for x, lines in (
        (f, ("forget gate:", "how much", "is kept")),
        (i, ("input gate:", "how much", "is written")),
        (g, ("candidate:", "what", "is written")),
        (q, ("output gate:", "how much", "is shown")),
    ):
        for number, line in enumerate(lines):
            picture.text(x, bus + 24 + 17 * number, line, size=13)
    return picture
