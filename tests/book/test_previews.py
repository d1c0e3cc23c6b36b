"""A reference shows what it refers to, to the pointer and to the keyboard, and loads nothing before."""

from pathlib import Path
from typing import Any

import pytest
from previews import blocks_of, linked_from_elsewhere
from reader import Reader
from test_pages import AXE, DROP_FORMULAS_OUTSIDE

CHAPTER = "notebooks/09_vanishing_gradients.html"
PAGE = """
<p>See <a class="reference internal" href="#thm-a">Theorem 1</a>.</p>
<div class="proof theorem admonition" id="thm-a">
<p class="admonition-title">Theorem 1<a class="headerlink" href="#thm-a">#</a></p>
<div id="inner"><p>By <a class="reference internal" href="b.html#eq-2">(2)</a></p></div>
</div>
<div class="math notranslate nohighlight" id="eq-2">x</div>
<section id="s"><figure class="align-default" id="fig-a"><img src="a.webp"/></figure></section>
"""
# Links of the chapter: a theorem and an equation on the page, an equation and a source on other ones.
LINKS = {
    "#thm-norm-bound": "The norm bound",
    "#eq-16": "(16)",
    "06_backpropagation_through_time.html#eq-6": "(6)",
    "../book/bibliography.html#id": "",
}


def test_a_block_is_whole_and_has_neither_ids_nor_links() -> None:
    blocks = blocks_of(PAGE, {"thm-a", "fig-a", "s", "inner"})
    assert set(blocks) == {"thm-a", "fig-a"}  # a section is no block
    assert blocks["thm-a"].startswith('<div class="proof theorem admonition">')
    assert blocks["thm-a"].endswith("<p>By (2)</p></div>\n</div>")
    assert blocks["thm-a"].count("<div") == blocks["thm-a"].count("</div>") == 2
    assert not {part for part in (" id=", "<a", "#") if part in blocks["thm-a"]}
    assert blocks["fig-a"] == '<figure class="align-default"><img src="a.webp"/></figure>'


def test_only_what_other_pages_link_to_is_kept() -> None:
    other = '<a class="x reference internal" href="../notebooks/a.html#thm-a">'
    pages = {"notebooks/a.html": PAGE, "book/c.html": other}
    assert linked_from_elsewhere(pages) == {"notebooks/b.html": {"eq-2"}, "notebooks/a.html": {"thm-a"}}


def card(reader: Reader) -> Any:
    """Return the card."""
    return reader.page.locator("#preview")


@pytest.mark.browser
@pytest.mark.parametrize("place", ["http", "file"])
def test_a_link_shows_what_it_refers_to(browser: Any, server: str, site: Path, place: str) -> None:
    root = server if place == "http" else site.as_uri()
    with Reader(browser) as reader:
        reader.open(f"{root}/{CHAPTER}")
        assert not [address for address in reader.requests if "/previews/" in address]
        for target, words in LINKS.items():
            link = reader.page.locator(f'article a.reference.internal[href^="{target}"]:visible').first
            link.scroll_into_view_if_needed()
            link.hover()
            card(reader).wait_for(state="visible")
            assert words in card(reader).inner_text() or words in card(reader).text_content()
            assert len(card(reader).text_content()) > 20
            assert link.get_attribute("aria-describedby") == "preview"
            box = card(reader).bounding_box()
            assert (
                min(box["x"], box["y"], 1280 - box["x"] - box["width"], 900 - box["y"] - box["height"]) >= 0
            )
            reader.page.mouse.move(3, 3)
            card(reader).wait_for(state="hidden")
        loaded = [address for address in reader.requests if "/previews/" in address]
        assert len(loaded) == len(set(loaded)) == 2
        assert reader.troubles == []


@pytest.mark.browser
def test_the_card_can_be_pointed_at_and_dismissed(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        link = reader.page.locator('article a.reference.internal[href="#thm-norm-bound"]:visible').first
        link.scroll_into_view_if_needed()
        link.hover()
        card(reader).hover()
        reader.page.wait_for_timeout(600)  # longer than it takes to close
        assert card(reader).is_visible()
        reader.page.keyboard.press("Escape")
        assert not card(reader).is_visible()
        assert link.get_attribute("aria-describedby") is None


@pytest.mark.browser
def test_the_keyboards_focus_shows_it_too(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        link = reader.page.locator('article a.reference.internal[href="#thm-norm-bound"]:visible').first
        link.evaluate("(link) => link.before(document.createElement('button'))")
        link.evaluate("(link) => link.previousElementSibling.focus()")
        reader.page.keyboard.press("Tab")
        card(reader).wait_for(state="visible")
        assert "The norm bound" in card(reader).text_content()
        reader.page.keyboard.press("Shift+Tab")
        card(reader).wait_for(state="hidden")
        reader.page.keyboard.press("Tab")
        reader.page.keyboard.press("Enter")
        assert reader.page.url.endswith("#thm-norm-bound")  # the link still leads there


@pytest.mark.browser
def test_every_reference_to_a_block_of_another_page_has_its_card(site: Path) -> None:
    pages = {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("book", "notebooks")
        for path in (site / folder).glob("*.html")
    }
    blocks = 0
    for name, targets in linked_from_elsewhere(pages).items():
        for target in targets:
            if target.startswith(("eq-", "thm-", "prop-", "lem-", "cor-", "def-", "ex-", "fig-", "id")):
                script = site / "_static" / "previews" / f"{name.replace('/', '-')}.js"
                assert f'"{target}": "<' in script.read_text(encoding="utf-8"), (name, target)
                blocks += 1
    assert blocks > 100


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_a_card(browser: Any, server: str, theme: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; run `make widgets`")
    with Reader(browser, theme=theme, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        link = reader.page.locator('article a.reference.internal[href="#thm-norm-bound"]:visible').first
        link.scroll_into_view_if_needed()
        link.hover()
        card(reader).wait_for(state="visible")
        reader.page.evaluate(DROP_FORMULAS_OUTSIDE, "#preview")
        reader.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = reader.page.evaluate("async () => (await axe.run('#preview')).violations.map((v) => v.id)")
        assert found == []
