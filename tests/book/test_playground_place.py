"""The directive `playground`: the place that it makes, and what it refuses."""

import re
from pathlib import Path

import playground
import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

CONF = """
import answers, playground
extensions = ["myst_parser"]
def setup(app):
    app.add_node(answers.element, html=(answers.visit, answers.depart))
    playground.setup(app)
"""
FENCE = "```"


@pytest.fixture
def built(tmp_path, monkeypatch):
    """Return what makes a page, in a folder of its own, with a playground that has some options."""
    static = tmp_path / "scripts"
    static.mkdir()
    for name in playground.SCRIPTS:
        (static / name).write_text(f"// {name}")
    monkeypatch.setattr(playground, "STATIC", static)

    def build(options: str) -> tuple[str, str]:
        source, out = tmp_path / "source", tmp_path / "out"
        (source / "notebooks").mkdir(parents=True)
        (source / "book").mkdir()
        (source / "conf.py").write_text(CONF)
        (source / "index.md").write_text("# Start\n\nWords.\n")
        (source / "book" / "playground.md").write_text("# The page\n")
        place = f"{FENCE}{{playground}}\n{options}\n\nOne *sentence*.\n{FENCE}\n"
        (source / "notebooks" / "one.md").write_text(f"# A chapter\n\n{place}")
        warnings = tmp_path / "warnings"
        with patch_docutils(), docutils_namespace(), warnings.open("w") as stream:
            app = Sphinx(source, source, out, tmp_path / "trees", "html", status=None, warning=stream)
            app.build()
        html = (out / "notebooks" / "one.html").read_text(encoding="utf-8")
        assert (out / "_static" / playground.WORKER).is_file()
        return html, warnings.read_text()

    return build


def test_a_place_has_its_words_its_settings_and_addresses_that_hold(built) -> None:
    html, _ = built(":setup: T=20&rho=1.5\n:controls: rate clip\n:panels: norm")
    [tag] = re.findall(r'<div class="rnn-playground"[^>]*>', html)
    for part in ('size="small"', 'setup="T=20&amp;rho=1.5"', 'controls="rate clip"', 'panels="norm"'):
        assert f"data-{part}" in tag
    assert re.search(r'data-script="\.\./_static/playground\.js\?v=\w{8}"', tag)
    assert re.search(r'data-worker="\.\./_static/playground-worker\.js\?v=\w{8}"', tag)
    assert 'data-page="../book/playground.html"' in tag
    assert "One <em>sentence</em>." in html
    assert "needs scripts" in html
    assert re.search(r'<script defer="defer" src="\.\./_static/playground-open\.js', html)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (":setup: T=0", "T must be"),
        (":setup: colour=red", "colour"),
        (":controls: rate colour", "there is no colour"),
        (":panels: nothing", "there is no nothing"),
        (":size: huge", "huge"),
    ],
)
def test_what_cannot_be_is_a_warning(built, options: str, words: str) -> None:
    assert words in built(options)[1]


def test_a_page_without_one_loads_nothing(built, tmp_path: Path) -> None:
    built(":size: full")
    assert "playground-open" not in (tmp_path / "out" / "index.html").read_text()
