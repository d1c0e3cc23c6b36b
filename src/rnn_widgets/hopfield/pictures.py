"""The pictures that can be stored: six that are drawn, and ten of random dots; and the order of damage."""

import numpy as np

__all__ = ["NAMES", "ORDER", "PICTURES", "SIDE", "UNITS"]

SIDE = 10
UNITS = SIDE * SIDE
RANDOM = 10

# About half of the units of each are +1, and any two have about half of their units in common: the formula
# for the weights wants that.
DRAWN = {
    "the T": """
##########
##########
##########
...####...
...####...
...####...
...####...
...####...
...####...
...####...
""",
    "the ring": """
..######..
.########.
####..####
###....###
##......##
##......##
###....###
####..####
.########.
..######..
""",
    "the arrow": """
....#.....
...##.....
..###.....
.#########
##########
##########
.#########
..###.....
...##.....
....#.....
""",
    "the staircase": """
#.........
##........
###.......
####......
#####.....
######....
#######...
########..
#########.
##########
""",
    "the fence": """
##..##..##
##..##..##
##..##..##
##..##..##
##..##..##
##..##..##
##..##..##
##..##..##
##..##..##
##..##..##
""",
    "the rain": """
##....##..
.##....##.
..##....##
#..##....#
##..##....
.##..##...
..##..##..
...##..##.
....##..##
#....##..#
""",
}


def _drawn(text: str) -> np.ndarray:
    return np.array([1 if mark == "#" else -1 for mark in text.replace("\n", "")])


_rng = np.random.default_rng(1)
PICTURES = np.array(
    [_drawn(text) for text in DRAWN.values()] + [_rng.choice([-1, 1], UNITS) for _ in range(RANDOM)]
)
NAMES = (*DRAWN, *(f"dots {i}" for i in range(len(DRAWN) + 1, len(PICTURES) + 1)))
ORDER = tuple(int(unit) for unit in np.random.default_rng(4).permutation(UNITS))  # of damage by the slider
