"""The book's own Sphinx extensions, apart from the concordance: what they find and what they change."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from alt_text import take_own_words
from api_docstrings import LITERAL_OR_BAR
from docutils import nodes
from docutils.utils import new_document
from icons import shown_characters
from light_images import size
from selfhost import foreign_addresses
from state_links import fault
from unbroken import KeepNumbers
from widget_host import compact

from rnn_widgets import pictures

FOREIGN = {
    "page.html": [
        '<script src="https://else.where/a.js"></script>',
        '<script async src="//else.where/a.js"></script>',
        '<link rel="stylesheet" href="https://else.where/a.css">',
        '<link href="https://else.where/font.woff2" rel="preload">',
        '<img alt="a" src="http://else.where/a.png">',
        '<iframe src="https://else.where"></iframe>',
        "<style>@import url(https://else.where/a.css);</style>",
    ],
    "style.css": ["a{background:url('https://else.where/a.png')}", '@import "//else.where/a.css";'],
    "code.js": ['import("https://cdn.else.where/npm/a.js")'],
}
OWN = {
    "page.html": [
        '<a href="https://else.where">a link is followed only when it is clicked</a>',
        '<script src="../_static/a.js"></script>',
        '<link rel="canonical" href="https://else.where/">',
        '<img alt="a" src="data:image/png;base64,AAAA">',
    ],
    "style.css": ["a{background:url(../a.png)}"],
    "code.js": ['const namespace = "http://www.w3.org/2000/svg";'],
}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, ts in FOREIGN.items() for t in ts])
def test_a_request_to_another_host_is_found(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert len(foreign_addresses(tmp_path)) == 1


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, ts in OWN.items() for t in ts])
def test_a_link_or_a_local_file_is_no_request_elsewhere(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert foreign_addresses(tmp_path) == []


def test_the_state_keeps_what_is_shown_and_large_values_go_to_files() -> None:
    script = "x" * 2000
    saved = {
        "a": {"model_name": "AnyModel", "state": {"_esm": script, "gamma": 1.0, "layout": "IPY_MODEL_l"}},
        "b": {"model_name": "AnyModel", "state": {"_esm": script, "gamma": 2.0, "layout": "IPY_MODEL_l"}},
        "c": {"model_name": "AnyModel", "state": {"_esm": "y" * 2000, "gamma": 3.0}},
        "l": {"model_name": "LayoutModel", "state": {}},
    }
    page, large = compact(saved, {"a", "b", "gone"})
    assert page["state"].keys() == {"a", "b", "l"}
    (name,) = large
    assert large == {name: f'"{script}"'}
    assert page["state"]["a"]["state"] == {"_esm": {"shared": name}, "gamma": 1.0, "layout": "IPY_MODEL_l"}
    assert page["state"]["b"]["state"] == {"_esm": {"shared": name}, "gamma": 2.0, "layout": "IPY_MODEL_l"}
    assert saved["a"]["state"]["_esm"] == script, "the saved state is not changed"


def test_a_drawn_picture_brings_its_size_and_its_own_words(tmp_path: Path) -> None:
    picture = pictures.lstm()
    (tmp_path / "a.svg").write_text(picture._repr_svg_(), encoding="utf-8")
    (tmp_path / "b.svg").write_text('<svg xmlns="x" width="10em" height="5">', encoding="utf-8")
    assert size(tmp_path / "a.svg") == (picture.width, picture.height)
    with pytest.raises(ValueError, match="does not say its size"):
        size(tmp_path / "b.svg")
    images = [nodes.image(uri="a.svg"), nodes.image(uri="a.svg", alt="other"), nodes.image(uri="b.svg")]
    document = nodes.container("", *images)
    take_own_words(SimpleNamespace(srcdir=tmp_path), document)  # type: ignore[arg-type]
    assert [image.get("alt") for image in images] == [picture.alt, "other", None]


def test_icons_are_found_by_name_and_by_character(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('<i class="fa-solid fa-bars"></i>')
    rules = '.fa-bars:before,.fa-navicon:before{content:"\\f0c9"}.fa-cat:before{content:"\\f6be"}'
    (tmp_path / "style.css").write_text(rules + '.tip:after{content:"\\f107"}:root{--icon:"\uf05a"}')
    assert shown_characters(tmp_path) == {0xF0C9, 0xF107, 0xF05A}


def test_a_number_stays_on_its_line() -> None:
    before = nodes.paragraph("", "", nodes.Text("38 % of 10 000 or 7 000 000, not 12 34 or a 500"))
    code = nodes.paragraph("", "", nodes.literal("", "", nodes.Text("x 5 % 3, 1 000")))
    document = new_document("")
    document += [before, code]
    KeepNumbers(document).run()
    assert before.astext() == "38\xa0% of 10\xa0000 or 7\xa0000\xa0000, not 12 34 or a 500"
    assert code.astext() == "x 5 % 3, 1 000"


def test_bars_are_escaped_outside_literal_text() -> None:
    text = LITERAL_OR_BAR.sub(lambda match: match[1] or r"\|", "sup |φ'(a)| and ``a | b``")
    assert text == r"sup \|φ'(a)\| and ``a | b``"


RULES = {
    "w": {"min": 0.0, "max": 4.0},
    "family": {"values": ["gaussian", "symmetric"]},
    "lock": {"values": [False, True]},
    "letters": {"letters": "abcd", "most": 5},
    "first": {"length": 2, "of": {"min": -1.5, "max": 1.5}},
}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("w", "3", None),
        ("w", "4.01", "it is from 0.0 to 4.0"),
        ("w", "three", "not a number"),
        ("w", "nan", "it is from 0.0 to 4.0"),
        ("v", "3", "there is no such setting"),
        ("family", "symmetric", None),
        ("family", "Gaussian", "it is one of gaussian, symmetric"),
        ("lock", "true", None),
        ("lock", "yes", "it is one of false, true"),
        ("letters", "acc", None),
        ("letters", "acccccc", "not such a text"),
        ("letters", "e", "not such a text"),
        ("first", "0.5,-1", None),
        ("first", "0.5", "it is 2 numbers"),
        ("first", "0.5,2", "it is from -1.5 to 1.5"),
    ],
)
def test_a_state_that_no_explorer_can_have_is_found(name: str, value: str, said: str | None) -> None:
    assert fault(value, RULES.get(name)) == said
