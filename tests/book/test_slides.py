"""Slides are made of the chapters as they stand: nothing is written twice, and what is on a slide fits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import slides
from bs4 import BeautifulSoup
from reader import Reader

CHAPTER = """<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<meta name="description" content="D"><link rel="stylesheet" href="../_static/a.css">
<script src="../_static/search.js"></script><script src="../_static/widget_host.js"></script></head><body>
<article><section id="top"><h1>9 Title<a class="headerlink" href="#top">#</a></h1>
<p class="report-heading">Section 9</p>
<p>A question?</p><div class="cell"><div class="explorer">E</div></div><p>The answer.</p><p>You need much.</p>
<section id="one"><h2>9.1 One</h2><p>Which?</p><p>More, see <a href="#eq-1">(1)</a>.</p>
<div id="eq-1">x = 1</div>
<div class="proof theorem admonition" id="thm"><p>It holds, see <a href="#eq-1">(1)</a> and <a
href="05_b.html#eq-2">(2)</a>.</p><section><p>Inside.</p></section></div>
<div class="proof admonition"><p>Proof.</p></div><details><p>Aside.</p></details>
<div class="cell"><figure><img src="../_images/a.svg"><figcaption>F</figcaption></figure></div>
<section id="deep"><h3>Deep</h3><p>Why?</p></section></section>
<section id="sum"><h2>Summary</h2><ul><li>1</li><li>2</li><li>3</li><li>4</li></ul></section>
<section id="do"><h2>What you can do now</h2><p>Do.</p></section>
<section id="ex"><h2>Exercises</h2><p>E.</p></section>
<section id="read"><h2>Further reading</h2><p>R.</p></section></section></article></body></html>"""


def texts(html: str) -> list[str]:
    """Return the text of each slide."""
    pages = BeautifulSoup(html, "html.parser").select(".slides > section")
    return [" ".join(page.get_text(" ").split()) for page in pages]


def test_each_slide_has_one_thing_of_the_chapter() -> None:
    assert texts(slides.deck(CHAPTER, "notebooks/09_a.html")) == [
        "9 Title A question?",
        "E",
        "The answer.",
        "9.1 One Which? x = 1",
        "It holds, see (1) and (2) . Inside.",
        "F",
        "Deep Why?",
        "Summary 1 2 3",
        "Summary 4",
    ]


def test_links_lead_into_the_book_and_scripts_of_its_pages_stay_there() -> None:
    deck = BeautifulSoup(slides.deck(CHAPTER, "notebooks/09_a.html"), "html.parser")
    (policy,) = deck.select("meta[content=\"default-src 'self'\"]")  # what a page may load holds here too
    assert policy.find_next("link")
    assert not deck.select("meta[name=description]")
    links = [a["href"] for a in deck.select(".slides a")]
    assert links == ["../notebooks/09_a.html#eq-1", "../notebooks/05_b.html#eq-2"]
    scripts = [script["src"] for script in deck.select("script")]
    assert scripts == ["../_static/widget_host.js", "reveal.js", "slides.js"]
    assert deck.select(".slides section section") == [], "another slide, for reveal.js"


@pytest.mark.parametrize("missing", ["article", "h1"])
def test_a_page_that_is_no_chapter_is_refused(missing: str) -> None:
    with pytest.raises(ValueError, match="no chapter"):
        slides.deck(CHAPTER.replace(missing, "b"), "notebooks/09_a.html")


@pytest.fixture(scope="module")
def decks(site: Path, tmp_path_factory: Any) -> Path:
    """Return a folder with the site's slides, beside what they use of the site."""
    folder: Path = tmp_path_factory.mktemp("slides")
    for path in site.iterdir():
        if path.name != slides.FOLDER:  # made by `make slides`
            (folder / path.name).symlink_to(path)
    slides.make(folder)
    return folder


@pytest.fixture(scope="module")
def address(decks: Path) -> Iterator[str]:
    """Serve that folder."""
    from conftest import served

    with served(decks) as found:
        yield found


WIDE = """() => {
  const slide = document.querySelector(".slides > .present");
  return slide.scrollWidth - slide.clientWidth;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 720}, {"width": 390, "height": 844}])
def test_a_deck_is_turned_to_its_end(browser: Any, decks: Path, address: str, viewport: Any) -> None:
    """Its explorers come alive, nothing is too wide, and nothing is asked of another host."""
    (path,) = (decks / "slides").glob("09_vanishing*.html")
    count = len(texts(path.read_text(encoding="utf-8")))
    assert count > 20
    with Reader(browser, viewport) as reader:
        page = reader.page
        page.goto(f"{address}/slides/{path.name}")
        page.wait_for_function("() => window.Reveal?.isReady()")
        alive = 0
        for _ in range(count):
            assert page.evaluate(WIDE) <= 1, page.locator(".present").inner_text()
            if page.locator(".present .explorer").count():
                page.locator(".present .rnn-explorer .question").wait_for()
                alive += 1
            before = page.evaluate("Reveal.getIndices().h")
            page.evaluate("document.activeElement?.blur()")
            page.keyboard.press("ArrowRight")
            assert page.evaluate("Reveal.getIndices().h") in (before + 1, count - 1)
        assert page.evaluate("Reveal.isLastSlide()")
        assert alive >= 2
        assert all(url.startswith((address, "blob:", "data:")) for url in reader.requests)
        assert reader.troubles == []


@pytest.mark.browser
def test_the_list_of_decks_names_each_chapter(browser: Any, decks: Path, address: str) -> None:
    chapters = [path.name for path in slides.chapters(decks)]
    assert chapters.index("09_remedies.html") == chapters.index("09_vanishing_gradients.html") + 1
    with Reader(browser, used=True) as reader:
        reader.page.goto(f"{address}/slides/")
        names = reader.page.locator("li a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
        assert names == chapters
        assert reader.page.locator("li a").first.inner_text().startswith("1 ")
