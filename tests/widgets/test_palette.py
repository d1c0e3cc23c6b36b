"""The colours of the figures: enough contrast by day and in the dark, and told apart by every reader.

The matrices simulate a reader without one kind of cones: Machado, Oliveira and Fernandes, A
physiologically-based model for simulation of color vision deficiency, IEEE Transactions on Visualization and
Computer Graphics 15 (2009), at severity 1. The contrast is that of WCAG 2.2.
"""

import re
from itertools import combinations, pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

from rnn_widgets import notebook
from rnn_widgets.cliff import figure as cliff_figure
from rnn_widgets.clock import figure as clock_figure
from rnn_widgets.jacobian import figure as jacobian_figure
from rnn_widgets.kit.palette import COLOURS

ROOT = Path(__file__).resolve().parents[2]
SHEET_FILE = ROOT / "src" / "rnn_widgets" / "kit" / "style.css"
SHEET = SHEET_FILE.read_text(encoding="utf-8")
OKABE_ITO = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
SEES = {
    "all colours": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.ones(3)
# CSS: hue-rotate(180deg), on the numbers as they stand in a colour's name.
TURN = np.array([[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]])


def channels(name):
    return np.array([int(name[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def linear(colour):
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    dark, light = sorted(linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(light):
    """Return CIELAB of linear RGB."""
    xyz = TO_XYZ @ np.clip(light, 0, 1) / (TO_XYZ @ WHITE)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def turned_over(colour):
    """Return what the site shows of a figure's colour in the dark, by the filter of its style sheet."""
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "book").rglob("*.css"))
    (share,) = re.findall(r"filter: invert\(([\d.]+)\) hue-rotate\(180deg\);", rules)
    inverted = colour * (1 - 2 * float(share)) + float(share)
    return np.clip(TURN @ np.clip(inverted, 0, 1), 0, 1)


def distance(one, other, sight):
    return float(np.linalg.norm(lab(sight @ linear(one)) - lab(sight @ linear(other))))


def as_name(colour):
    return "#" + "".join(f"{round(255 * c):02x}" for c in colour)


@pytest.mark.parametrize("name", COLOURS)
def test_words_and_lines_can_be_read_by_day_and_in_the_dark(name):
    """4.5 : 1, the bound for words; lines need 3 : 1."""
    colour = channels(COLOURS[name])
    assert contrast(colour, WHITE) >= 4.5
    assert contrast(turned_over(colour), turned_over(WHITE)) >= 4.5


@pytest.mark.parametrize("sight", SEES)
@pytest.mark.parametrize("dark", [False, True], ids=["by day", "in the dark"])
def test_any_two_colours_are_told_apart(sight, dark):
    shown = [channels(name) for name in COLOURS.values()]
    if dark:
        shown = [turned_over(colour) for colour in shown]
    assert min(distance(*pair, SEES[sight]) for pair in combinations(shown, 2)) >= 17


def test_the_measure_knows_a_pair_that_is_confused():
    """Red and green of the same lightness, without green cones; and the palette that was used before."""
    red, green = channels("#c05030"), channels("#808000")
    assert distance(red, green, SEES["no green"]) < 10 < 40 < distance(red, green, SEES["all colours"])
    before = [turned_over(channels(name)) for name in OKABE_ITO]
    assert min(distance(*p, sight) for p in combinations(before, 2) for sight in SEES.values()) < 13
    assert contrast(channels("#e69f00"), WHITE) < 2.3
    assert contrast(channels("#777777"), WHITE) == pytest.approx(4.48, abs=0.01)  # a published example


def test_the_simulation_leaves_grey_as_it_is():
    for sight in SEES.values():
        np.testing.assert_allclose(sight @ WHITE, WHITE, atol=1e-4)


def test_all_figures_have_these_colours():
    assert notebook.COLOURS is COLOURS
    for figure in (cliff_figure, clock_figure, jacobian_figure):
        assert COLOURS["blue"] == figure.BLUE
        assert COLOURS["vermillion"] == figure.VERMILLION
    assert COLOURS["green"] == jacobian_figure.GREEN
    with mpl.rc_context():
        notebook.use_book_style()
        assert mpl.rcParams["axes.prop_cycle"].by_key()["color"] == list(COLOURS.values())


def test_the_explorers_have_them_too():
    day, dark = SHEET.split("html[data-theme", 1)
    for name in ("blue", "vermillion", "green"):
        assert re.findall(rf"--{name}: (#\w+)", day) == [COLOURS[name]]
        assert re.findall(rf"--{name}: (#\w+)", dark) == [as_name(turned_over(channels(COLOURS[name])))]
    named = set(re.findall(r"#[0-9a-f]{3,8}\b", SHEET))
    assert len(named) == 6, "no colour stands anywhere else in the explorers' sheets"
    sources = [path for end in ("js", "css") for path in (ROOT / "src/rnn_widgets").glob(f"*/*.{end}")]
    others = [path for path in sources if path.parent.name != "static" and path != SHEET_FILE]
    assert len(others) > 20
    assert not [path.name for path in others if re.search(r"[\"':\s]#[0-9a-f]{6}\b", path.read_text("utf-8"))]


def test_the_names_say_what_is_seen():
    """Captions call the colours by name: hues in the order of the rainbow, sky lighter than blue."""
    order = ("vermillion", "orange", "green", "sky", "blue", "purple")
    hues = [mpl.colors.rgb_to_hsv(channels(COLOURS[name]))[0] for name in order]
    assert all(one < other for one, other in pairwise(hues))
    assert lab(linear(channels(COLOURS["sky"])))[0] > lab(linear(channels(COLOURS["blue"])))[0] + 15
