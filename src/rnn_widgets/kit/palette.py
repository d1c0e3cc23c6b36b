"""The colours of all figures: those that the notebooks draw, and those of the explorers.

Each is dark enough for words on white (4.5 : 1 at the least), and so, turned over as the site does it in the
dark, light enough for words on the dark page. Any two of them differ by 17 or more (CIE 1976) for readers who
see all colours and for those without one kind of cones, by day and in the dark; of Okabe and Ito's colours,
two differ by 12. ``tests/widgets/test_palette.py`` computes this.
"""

__all__ = ["COLOURS", "LINESTYLES"]

COLOURS = {
    "blue": "#0015b7",
    "vermillion": "#9c3c1c",
    "green": "#265f4e",
    "purple": "#b83bd1",
    "orange": "#a36a01",
    "sky": "#03819a",
    "black": "#000000",
}
# Each line differs by its dashes too, so that a print without colour can be read.
LINESTYLES = ("-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)), (0, (8, 3)))
