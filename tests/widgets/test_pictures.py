"""The pictures: well-formed, the same each time, legible, and true where they show numbers.

How wide words are is measured in the widest of the fonts that a reader's machine may take,
those that come with Matplotlib.
"""

import json
import re
import subprocess
import sys
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from rnn_core import spectral_norm, spectral_radius
from rnn_widgets import pictures
from rnn_widgets.kit.palette import COLOURS
from rnn_widgets.pictures.canvas import Picture, runs_of, shift_of, size_of

ROOT = Path(__file__).resolve().parents[2]
NAMES = [name for name in pictures.__all__ if name != "Picture"]
SVG = "{http://www.w3.org/2000/svg}"


@cache
def width(text, face, size):
    family = "DejaVu Sans" if face == "plain" else "DejaVu Serif"
    letters = FontProperties(
        family=family,
        style="italic" if face == "italic" else "normal",
        weight="bold" if face == "bold" else "normal",
    )
    path = TextPath((0, 0), f"|{text}|", size=size, prop=letters)  # the bars keep the spaces at the ends
    bars = TextPath((0, 0), "||", size=size, prop=letters)
    return path.get_extents().width - bars.get_extents().width


def room(words):
    """Return the box that a line of text fills: left, top, right, bottom."""
    sizes = [size_of(run, words.size) for run in words.runs]
    wide = sum(width(run.text, run.face, size) for run, size in zip(words.runs, sizes, strict=True))
    left = words.x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor]
    lines = [(shift_of(run, words.size), size) for run, size in zip(words.runs, sizes, strict=True)]
    top = min(
        y - (0.74 if re.search(r"[A-Zbdfhklt0-9(‖]", run.text) else 0.56) * size
        for run, (y, size) in zip(words.runs, lines, strict=True)
    )
    bottom = max(
        y + (0.2 if re.search(r"[gjpqy(,]", run.text) else 0.02) * size
        for run, (y, size) in zip(words.runs, lines, strict=True)
    )
    return left, words.y + top, left + wide, words.y + bottom


def said(words):
    return "".join(run.text for run in words.runs)


def meet(one, other, margin=0.0):
    return (
        one[0] < other[2] + margin
        and other[0] < one[2] + margin
        and one[1] < other[3] + margin
        and other[1] < one[3] + margin
    )


def troubles(picture):
    """Say which words meet other words, a line, or the edge."""
    found = []
    boxes = [(said(words), room(words)) for words in picture.words if said(words)]
    for text, (left, top, right, bottom) in boxes:
        if left < 0 or top < 0 or right > picture.width or bottom > picture.height:
            found.append(f"{text!r} leaves the picture")
    for (text, box), (other, there) in combinations(boxes, 2):
        if meet(box, there, 2.0):
            found.append(f"{text!r} meets {other!r}")
    for stroke in picture.strokes:
        dense = np.vstack(
            [np.linspace(a, b, 2 + int(np.hypot(*(b - a)))) for a, b in pairwise(stroke)] or [stroke]
        )
        if (dense < 0).any() or (dense > (picture.width, picture.height)).any():
            found.append("a line leaves the picture")
        for text, (left, top, right, bottom) in boxes:
            inside = (dense > (left - 1, top - 1)).all(axis=1) & (dense < (right + 1, bottom + 1)).all(axis=1)
            if inside.any():
                x, y = dense[inside][0]
                found.append(f"a line crosses {text!r} at {x:.0f}, {y:.0f}")
    return found


@pytest.fixture(scope="module", params=NAMES)
def picture(request):
    return getattr(pictures, request.param)()


def drawing(picture):
    return ElementTree.fromstring(picture._repr_svg_())


def numbers(picture):
    """The numbers that are written in the picture."""
    found = (re.findall(r"\d+\.\d+", said(words)) for words in picture.words)
    return [float(number) for line in found for number in line]


def lines(picture, colour, width):
    """The straight lines of one colour and width, as arrays of points."""
    found = [
        path.get("d")
        for path in drawing(picture).iter(f"{SVG}path")
        if path.get("stroke") == colour and path.get("stroke-width") == f"{width:g}"
    ]
    return [np.array(re.findall(r"[-\d.]+", d), dtype=float).reshape(-1, 2) for d in found]


def dots(picture, colour):
    circles = drawing(picture).iter(f"{SVG}circle")
    return np.array([[float(c.get(k)) for k in ("cx", "cy")] for c in circles if c.get("fill") == colour])


def test_words_meet_neither_words_nor_lines_nor_the_edge(picture):
    assert troubles(picture) == []


def test_the_measure_sees_what_is_wrong():
    """A word on a word, a line through a word, a word and a line over the edge; and nothing else."""
    wrong = Picture(200, 100, "x")
    wrong.text(100, 50, "one word")
    wrong.text(120, 54, "another")
    wrong.line([(60, 46), (140, 46)])
    wrong.text(190, 90, "over the edge")
    wrong.line([(10, 10), (10, 120)])
    found = troubles(wrong)
    assert len(found) == 5
    for part in (
        "'one word' meets 'another'",
        "crosses 'one word'",
        "'over the edge' leaves",
        "a line leaves",
    ):
        assert any(part in trouble for trouble in found)
    right = Picture(200, 100, "x")
    right.box(100, 50, 120, 30, "**W**_{*hh*} one")
    right.line([(40, 80), (160, 80)])
    assert troubles(right) == []


def test_a_picture_is_svg_that_says_what_it_shows(picture):
    root = drawing(picture)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == root.get("aria-label") == picture.alt
    assert len(picture.alt) > 150
    assert "  " not in picture.alt
    assert repr(picture) == f"A picture: {picture.alt}"
    assert not [e.tag for e in root.iter() if e.tag in (f"{SVG}style", f"{SVG}script", f"{SVG}image")]
    assert not [e for e in root.iter() if "id" in e.attrib or "class" in e.attrib or "style" in e.attrib]


def test_a_picture_fits_and_can_be_read(picture):
    root = drawing(picture)
    assert float(root.get("width")) <= 640
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    sizes = [float(e.get("font-size")) for e in root.iter() if e.get("font-size")]
    assert min(sizes) >= 12


def test_a_picture_has_the_colours_of_the_book(picture):
    named = {e.get(k) for e in drawing(picture).iter() for k in ("fill", "stroke")} - {None, "none"}
    assert named <= set(COLOURS.values())


def test_the_same_picture_comes_each_time():
    program = (
        f"from rnn_widgets import pictures\nfor n in {NAMES}: print(getattr(pictures, n)()._repr_svg_())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    lengths = b" ".join(re.findall(rb' (?:d|x|y|cx|cy|r|dy|width|height)="([^"]*)"', runs[0]))
    assert len(lengths) > 10_000
    assert not re.search(rb"-0(?![.\d])|\.\d{3}|nan|inf", lengths)


def test_markup_is_read():
    assert [tuple(run) for run in runs_of("a **W**_{*hh*}^{⊤} `tanh`")] == [
        ("a ", "plain", 0),
        ("W", "bold", 0),
        ("hh", "italic", -1),
        ("⊤", "upright", 1),
        (" ", "plain", 0),
        ("tanh", "upright", 0),
    ]
    for wrong in ("*x", "**x*", "_x", "^{a", "_{a_{b}}"):
        with pytest.raises(ValueError, match="markup"):
            runs_of(wrong)
    with pytest.raises(ValueError, match="size"):
        Picture(9, 9, "x").text(0, 0, "x", size=11)
    with pytest.raises(ValueError, match="sign"):
        Picture(9, 9, "x").operation(0, 0, "−")


def test_words_are_escaped():
    picture = Picture(100, 50, 'a < b & "c"')
    picture.text(10, 20, "a < b & c", anchor="start")
    root = drawing(picture)
    assert root.get("aria-label") == 'a < b & "c"'
    assert "".join(root.find(f"{SVG}text").itertext()) == "a < b & c"


def test_tangents_touch_and_have_the_slope_that_is_written():
    picture = pictures.tanh_slope()
    top, bottom = (lines(picture, COLOURS[name], 3) for name in ("blue", "vermillion"))
    curves = lines(picture, COLOURS["black"], 2.4)
    across = (curves[0][-1, 0] - curves[0][0, 0]) / 6.4
    up = (curves[0][:, 1].max() - curves[0][:, 1].min()) / (2 * np.tanh(3.2))
    for at, (tangent, stem) in ((1.0, top), (2.0, bottom)):
        slope = 1 - np.tanh(at) ** 2
        (left, high), (right, low) = tangent
        assert (high - low) / up / ((right - left) / across) == pytest.approx(slope, abs=2e-3)
        middle = tangent.mean(axis=0)
        place = np.abs(curves[0][:, 0] - middle[0]).argmin()
        assert middle[1] == pytest.approx(curves[0][place, 1], abs=1.5)
        ratio = (stem[0, 1] - stem[1, 1]) / (curves[1][:, 1].max() - curves[1][:, 1].min())
        assert ratio == pytest.approx(slope, abs=0.01)
    assert numbers(picture) == [round(1 - np.tanh(a) ** 2, 2) for a in (0, 1, 2)]


def test_the_ellipse_is_the_image_of_the_circle():
    picture = pictures.ellipse()
    W = np.array([[0.8, 1.2], [0.0, 0.6]])
    circle, image = (shape - shape.mean(axis=0) for shape in lines(picture, COLOURS["black"], 1.8))
    turned = np.array([1, -1])  # on paper, up is negative
    assert np.abs(turned * image - (turned * circle) @ W.T).max() < 0.05
    unit = np.hypot(*circle.T).max()
    assert np.hypot(*image.T).max() / unit == pytest.approx(spectral_norm(W), abs=2e-3)
    assert numbers(picture)[-2:] == [round(spectral_norm(W), 2), round(spectral_radius(W), 1)]
    assert [float(said(w)) for w in picture.words if re.fullmatch(r"[\d.]+", said(w))] == list(W.ravel())


def test_the_descent_goes_where_gradient_descent_goes():
    picture = pictures.descent()
    curvature = np.array([1.0, 10.0])
    for rate, colour in ((0.18, "vermillion"), (0.02, "blue")):
        (walk,) = lines(picture, COLOURS[colour], 1.8)
        minimum = dots(picture, COLOURS["black"])[0 if colour == "vermillion" else 1]
        place = (walk - minimum) * (1, -1)
        assert len(place) == 17
        np.testing.assert_allclose(place[1:], place[:-1] * (1 - rate * curvature), atol=0.02)
        end = place[-1] / (place[0, 0] / 9)
        (said_rate, said_loss) = next(
            re.findall(r"[\d.]+(?!\d*steps)", said(w).replace("16 steps", ""))
            for w in picture.words
            if str(rate) in said(w)
        )
        assert float(said_rate) == rate
        assert float(said_loss) == pytest.approx(0.5 * (curvature * end**2).sum(), rel=0.03)


def test_the_intensity_jumps_and_decays_and_is_added_up():
    picture = pictures.intensity()
    parts = lines(picture, COLOURS["blue"], 2.6)
    (grown,) = lines(picture, COLOURS["vermillion"], 2.6)
    start, end = grown[0, 0], grown[-1, 0]
    time = [(part[:, 0] - start) / (end - start) * 10 for part in parts]
    events = np.array([t[0] for t in time[1:]])
    floor = parts[0][0, 1] + 66 * 0.2
    rate = [(floor - part[:, 1]) / 66 for part in parts]

    def exact(at, before):
        past = events[events < at - 1e-6] if before else events[events < at + 1e-6]
        return 0.2 + (0.8 * np.exp(-(at - past))).sum()

    for t, r in zip(time, rate, strict=True):
        assert r[0] == pytest.approx(exact(t[0], before=False), abs=2e-3)
        assert r[-1] == pytest.approx(exact(t[-1], before=True), abs=2e-3)
    shown = dots(picture, COLOURS["black"])[:, 0]
    np.testing.assert_allclose((shown - start) / (end - start) * 10, events, atol=1e-3)
    area = sum(np.trapezoid(r, t) for t, r in zip(time, rate, strict=True))
    (total,) = numbers(picture)
    assert total == pytest.approx(area, abs=0.01)
    rise = grown[0, 1] - grown[:, 1]
    assert (np.diff(rise) > 0).all()
    assert rise[-1] / 30 == pytest.approx(total, abs=0.01)


def test_the_gradient_does_not_leave_a_window_and_the_state_does():
    picture = pictures.truncated_paths()
    borders = {
        float(box.get("x")) - 6  # half of what is between two windows
        for box in drawing(picture).iter(f"{SVG}rect")
        if box.get("stroke-dasharray")
    }
    inner = sorted(borders)[1:]
    assert len(inner) == 2

    def over(colour, width):
        return [
            any(
                (line[:, 0].min() < border - 7) & (line[:, 0].max() > border + 7)
                for line in lines(picture, colour, width)
            )
            for border in inner
        ]

    assert over(COLOURS["black"], 1.6) == [True, True]
    assert over(COLOURS["vermillion"], 2) == [False, False]


def test_what_the_map_shows_is_what_the_chapters_say():
    """Each chapter names what it needs; the map has it, directly or by way of another, and nothing else."""
    from rnn_widgets.pictures.dependence_map import BORROWS, NAMES, NEEDS

    def behind(name):
        return {one for need in NEEDS.get(name, ()) for one in (need, *behind(need))}

    of_equation = [(1, 5, "5"), (6, 10, "6"), (11, 12, "7"), (13, 15, "8"), (16, 21, "9")]
    files = {
        path.stem: path
        for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")
        if "study" not in path.stem
    }
    number = {stem: "9R" if stem == "09_remedies" else stem[:2].lstrip("0") for stem in files}
    assert set(number.values()) == set(NAMES)
    for stem, path in files.items():
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        (said_so, *_) = [*re.findall(r"(?:^|\s)You need[^\n]*(?:\n[^\n]+)*", text), ""]
        said_so = re.split("Th(?:e|is) chapter", said_so)[0]  # what follows says what it mirrors
        named = {number[link] for link in re.findall(r"\((\w+)\.ipynb", said_so) if link in number}
        for some in re.findall(r"chapters? ((?:\d+R?(?:, | and )?)+)", said_so):
            named |= set(re.findall(r"\d+R?", some))
        for eq in re.findall(r"#eq-(\d+)", said_so):
            named |= {name for first, last, name in of_equation if first <= int(eq) <= last}
        name = number[stem]
        named -= {name}
        if name in ("2", "3"):  # they say in which chapter the network is defined, and do without it
            named -= {"5"}
        allowed = behind(name) | ({BORROWS[name]} if name in BORROWS else set())
        assert named <= allowed, f"chapter {name}"
        assert allowed <= {other for one in named for other in (one, *behind(one))}, f"chapter {name}"
