"""Equations (1) to (4) as a machine."""

from ..kit.palette import COLOURS
from .canvas import Picture

__all__ = ["network"]

BLUE = COLOURS["blue"]


def network() -> Picture:
    """Return one step of the network: what enters, what is added, what leaves, what goes on."""
    picture = Picture(
        480,
        440,
        """One step of a recurrent network, drawn as a machine. From below, the input x of step t goes
        through the matrix W hx; from the left, the state h of step t minus 1 goes through the matrix W
        hh. Both and the bias b h are added: that is a of step t, equation (1). The function tanh makes
        the state h of step t of it, equation (2). The state goes two ways: to the right, on to step t
        plus 1, and up through the matrix W yh; with the bias b y added this is o of step t, equation
        (3), and softmax makes y of step t of it, equation (4).""",
    )
    row, column, sum_x = 268.0, 395.0, 205.0

    before = picture.node(38, row, 27, "**h**^{(*t*−1)}", fill=BLUE)
    W_hh = picture.box(125, row, 62, 38, "**W**_{*hh*}", size=17)
    add = picture.operation(sum_x, row, "+", radius=13)
    squash = picture.box(300, row, 58, 38, "`tanh`", size=17)
    state = picture.node(column, row, 27, "**h**^{(*t*)}", size=16, fill=BLUE)
    W_hx = picture.box(sum_x, 342, 62, 38, "**W**_{*hx*}", size=17)
    given = picture.node(sum_x, 410, 24, "**x**^{(*t*)}", size=16)
    W_yh = picture.box(column, 203, 62, 38, "**W**_{*yh*}", size=17)
    add_y = picture.operation(column, 147, "+", radius=13)
    softmax = picture.box(column, 88, 78, 38, "`softmax`", size=16)
    out = picture.node(column, 29, 24, "**y**^{(*t*)}", size=16)

    picture.arrow((before.right, row), (W_hh.left, row))
    picture.arrow((W_hh.right, row), (add.left, row))
    picture.arrow((given.x, given.top), (given.x, W_hx.bottom))
    picture.arrow((W_hx.x, W_hx.top), (add.x, add.bottom))
    picture.arrow((add.x, 224), (add.x, add.top))
    picture.text(add.x, 217, "**b**_{*h*}", size=17)
    picture.arrow((add.right, row), (squash.left, row))
    picture.text(243, row - 12, "**a**^{(*t*)}", size=16)
    picture.arrow((squash.right, row), (state.left, row))
    picture.arrow((state.x, state.top), (W_yh.x, W_yh.bottom))
    picture.arrow((W_yh.x, W_yh.top), (add_y.x, add_y.bottom))
    picture.arrow((356, add_y.y), (add_y.left, add_y.y))
    picture.text(337, add_y.y + 5, "**b**_{*y*}", size=17)
    picture.arrow((add_y.x, add_y.top), (softmax.x, softmax.bottom))
    picture.text(column + 12, 125, "**o**^{(*t*)}", size=16, anchor="start")
    picture.arrow((softmax.x, softmax.top), (out.x, out.bottom))
    picture.arrow((state.right, row), (472, row))
    picture.text(432, row + 42, "to step *t* + 1", size=14)

    for height, number, equation in (
        (36.0, 1, "**a**^{(*t*)} = **W**_{*hx*} **x**^{(*t*)} + **W**_{*hh*} **h**^{(*t*−1)} + **b**_{*h*}"),
        (70.0, 2, "**h**^{(*t*)} = `tanh`(**a**^{(*t*)})"),
        (104.0, 3, "**o**^{(*t*)} = **W**_{*yh*} **h**^{(*t*)} + **b**_{*y*}"),
        (138.0, 4, "**y**^{(*t*)} = `softmax`(**o**^{(*t*)})"),
    ):
        picture.text(12, height, f"({number})", size=14, anchor="start", colour=BLUE)
        picture.text(42, height, equation, size=16, anchor="start")
    for x, y, number in ((182, row - 18, 1), (300, row + 36, 2), (column + 36, 152, 3), (column - 56, 93, 4)):
        picture.text(x, y, f"({number})", size=14, colour=BLUE)
    return picture
