"""The network unrolled over three steps, and its gradient going back."""

from ..kit.palette import COLOURS
from .canvas import Picture

__all__ = ["unrolled"]

RED = COLOURS["vermillion"]
BLUE = COLOURS["blue"]


def unrolled() -> Picture:
    """Return three steps in a row: values go right and up, gradients come down and back."""
    picture = Picture(
        570,
        340,
        """A recurrent network unrolled over three steps. The states h of steps 0 to 3 stand in a row.
        Black arrows carry values: from each input up into its state, from each state right into the
        next one, and from each state up into the loss of its step. Vermillion arrows carry the gradient
        the other way: from each loss down into its state, and from each state back into the one before.
        In the states of steps 1 and 2 two vermillion arrows meet, one from the loss above and one from
        the step after; in the last state there is only the one from its loss. What meets is added: the
        gradient at the state of step t minus 1 is W hh transposed times delta of step t, plus W yh
        transposed times the gradient at o of step t minus 1, equation (10).""",
    )
    row, columns, apart = 190.0, (165.0, 305.0, 445.0), 7.0
    states = [picture.node(38, row, 25, "**h**^{(0)}", size=16)]
    for t, x in enumerate(columns, start=1):
        state = picture.node(x, row, 25, f"**h**^{{({t})}}", size=16, fill=BLUE)
        given = picture.node(x, 280, 22, f"**x**^{{({t})}}", size=16)
        loss = picture.box(x, 92, 50, 36, f"*L*^{{({t})}}", size=16)
        before = states[-1]
        picture.arrow((x, given.top), (x, state.bottom))
        picture.arrow((x - apart, state.top + 1), (x - apart, loss.bottom))
        picture.arrow((x + apart, loss.bottom), (x + apart, state.top + 1), colour=RED, width=2.2)
        picture.arrow((before.right - 1, row - apart), (state.left + 1, row - apart))
        picture.arrow((state.left + 1, row + apart), (before.right - 1, row + apart), colour=RED, width=2.2)
        picture.text((before.right + state.left) / 2, row - 17, "**W**_{*hh*}", size=16)
        picture.text(
            (before.right + state.left) / 2,
            row + 29,
            f"**W**_{{*hh*}}^{{⊤}}**δ**^{{({t})}}",
            size=16,
            colour=RED,
        )
        picture.text(
            x + 14, 143, f"**W**_{{*yh*}}^{{⊤}} ∂*L*/∂**o**^{{({t})}}", size=15, anchor="start", colour=RED
        )
        states.append(state)
    picture.text(285, 24, "the loss is the sum  *L* = *L*^{(1)} + *L*^{(2)} + *L*^{(3)}", size=15)
    picture.arrow((14, 326), (44, 326))
    picture.text(52, 331, "values, forward", size=14, anchor="start")
    picture.arrow((206, 326), (176, 326), colour=RED, width=2.2)
    picture.text(214, 331, "gradients, back: where two meet, they add", size=13, anchor="start", colour=RED)
    return picture
