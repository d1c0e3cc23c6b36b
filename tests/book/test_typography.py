"""The look of the pages, as far as it can be measured: measure, ranks, boxes, what belongs together."""

import re
from itertools import pairwise
from typing import Any

import formulas
import pytest
import styles
from reader import PHONE, SMALLEST, Reader
from test_pages import SPACING, TOO_WIDE, spaced

CHAPTERS = [
    "notebooks/02_history.html",
    "notebooks/05_architecture.html",
    "notebooks/09_vanishing_gradients.html",
]
CHAPTER = CHAPTERS[2]
GIVEN = "(name) => getComputedStyle(document.documentElement).getPropertyValue(name)"

# --- text -------------------------------------------------------------------------------------------------

# The characters on each line of the paragraphs without formulas, but for each one's last line.
LINES = """() => [...document.querySelectorAll(".bd-article section > p")]
  .filter((p) => !p.querySelector("mjx-container, code") && !p.closest(".admonition"))
  .flatMap((p) => {
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const lines = [];
    for (let node; (node = walker.nextNode()); ) {
      for (let i = 0; i < node.length; i++) {
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        const { top, width } = range.getBoundingClientRect();
        if (!width) continue;
        const line = lines.findLast((one) => Math.abs(one.top - top) < 8);
        if (line) line.count++;
        else lines.push({ top, count: 1 });
      }
    }
    return lines.slice(0, -1).map((line) => line.count);
  })"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 1800])
@pytest.mark.parametrize("page", CHAPTERS)
def test_a_line_has_65_to_75_characters(browser: Any, server: str, page: str, width: int) -> None:
    """In the mean over all full lines."""
    with Reader(browser, {"width": width, "height": 900}, used=True) as reader:
        reader.open(f"{server}/{page}")
        lines = reader.page.evaluate(LINES)
    assert len(lines) > 20
    assert 65 <= sum(lines) / len(lines) <= 75


@pytest.mark.browser
def test_a_reader_without_our_face_has_lines_of_that_length(browser: Any, server: str) -> None:
    """As on the first page, where the connection is slow."""
    with Reader(browser) as reader:
        reader.page.route("**/*.woff2", lambda route: route.abort())
        reader.open(f"{server}/{CHAPTERS[0]}")
        lines = reader.page.evaluate(LINES)
    assert 60 <= sum(lines) / len(lines) <= 80


SIZE = "() => parseFloat(getComputedStyle(document.querySelector('.bd-article section > p')).fontSize)"


@pytest.mark.browser
def test_the_setting_of_the_text_size_sets_it(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        assert float(reader.page.evaluate(GIVEN, "--text-size").removesuffix("rem")) * 16 == 20
        assert reader.page.evaluate(SIZE) == 20
        reader.page.evaluate("() => document.documentElement.style.setProperty('--text-size', '2rem')")
        assert reader.page.evaluate(SIZE) == 32


@pytest.mark.browser
def test_the_size_that_a_reader_set_in_the_browser_counts(browser: Any, server: str) -> None:
    with Reader(browser) as reader:
        devtools = reader.context.new_cdp_session(reader.page)
        devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 24}})
        reader.open(f"{server}/{CHAPTER}")
        assert reader.page.evaluate(SIZE) == 30


@pytest.mark.browser
def test_headings_look_like_their_rank(browser: Any, server: str) -> None:
    for viewport in ({"width": 1280, "height": 900}, PHONE):
        with Reader(browser, viewport, used=True) as reader:
            reader.open(f"{server}/{CHAPTER}")
            reader.page.evaluate(
                "() => document.querySelector('.bd-article').insertAdjacentHTML('beforeend', '<h4>4th</h4>')"
            )
            looks = reader.page.evaluate(
                """() => ["h1", "h2", "h3", "h4", "section > p"].map((name) => {
                  const element = document.querySelector(".bd-article " + name);
                  const { fontSize, fontWeight } = getComputedStyle(element);
                  return [parseFloat(fontSize), Number(fontWeight)];
                })"""
            )
        sizes, weights = zip(*looks, strict=True)
        assert all(one >= 1.15 * other for one, other in pairwise(sizes[:4]))
        assert sizes[3] >= sizes[4]
        assert set(weights[:4]) == {600}


# --- formulas ---------------------------------------------------------------------------------------------


def inline(tex: str) -> str:
    """Return what a page has of a formula, without the drawing."""
    return (
        f'<span class="math notranslate nohighlight"><mjx-container data-tex="{tex}">x</mjx-container></span>'
    )


def test_what_is_attached_to_a_formula_is_kept_with_it() -> None:
    formula, symbol = inline("x"), f'<a class="symbol reference" href="#">{inline("y")}</a>'
    for before, after in (("", ","), ("", "."), ("(", "),"), ("“", "”;"), ("", "-gram"), ("", "’s")):
        for one in (formula, symbol):
            kept = f'<span class="together">{before}{one}{after}</span>'
            assert formulas.keep_together(f"<p>a {before}{one}{after} b</p>") == f"<p>a {kept} b</p>"
    for html in (f"<p>a {formula} b</p>", f"<li>{formula}</li>", f"{formula}<em>b</em>", f"{formula}—b"):
        assert formulas.keep_together(html) == html
    displayed = formula.replace("<mjx-container", '<mjx-container display="true"')
    assert formulas.keep_together(f"({displayed}.") == f"({displayed}."
    two = formulas.keep_together(f"{formula}, {formula}")
    assert two == f'<span class="together">{formula},</span> {formula}'


# Formulas of which the sign that follows stands on another line. A long one may fill the line of a phone.
PARTED = """() => [...document.querySelectorAll(
  ".bd-article mjx-container:not([display])"
)].filter((formula) => {
  const box = formula.closest("a.symbol") ?? formula.closest("span.math");
  const next = box.nextSibling;
  if (next?.nodeType !== 3 || /^[\\s—–\\/]/.test(next.data) || !formula.checkVisibility()) return false;
  if (innerWidth < 768 && formula.matches(".long")) return false;
  const range = document.createRange();
  range.setStart(next, 0);
  range.setEnd(next, 1);
  const sign = range.getBoundingClientRect();
  const { top, bottom, right } = formula.getBoundingClientRect();
  return sign.bottom < top || sign.top > bottom || sign.left < right - 2;
}).map((formula) => formula.dataset.tex)"""


@pytest.mark.browser
def test_no_line_ends_between_a_formula_and_its_comma(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        assert reader.page.locator(".together").count() > 200
        for width in (1280, 1000, 800, 700, 600, 500, 390, 360, 320):
            reader.resize({"width": width, "height": 900})
            assert reader.page.evaluate(PARTED) == [], width


@pytest.mark.browser
def test_a_displayed_formula_stands_between_equal_spaces(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        gaps = reader.page.evaluate(
            """() => [...document.querySelectorAll("section > p + div.math:has(+ p)")].map((math) => {
              const { top, bottom } = math.getBoundingClientRect();
              return [top - math.previousElementSibling.getBoundingClientRect().bottom,
                math.nextElementSibling.getBoundingClientRect().top - bottom];
            })"""
        )
        right = reader.page.evaluate(
            """() => [...document.querySelectorAll("section > div.math:has([width=full])")].map((math) => {
              const signs = [...math.querySelectorAll("mjx-labels mjx-c")];
              const edge = Math.max(...signs.map((sign) => sign.getBoundingClientRect().right));
              return math.getBoundingClientRect().right - edge;
            })"""
        )
    assert len(gaps) > 5
    assert all(15 <= gap <= 30 and abs(gap - other) < 3 for gap, other in gaps)
    assert len(right) > 2
    assert all(-1 <= space <= 12 for space in right), "equation numbers stand at the right"


# --- small screens and wide spacing -----------------------------------------------------------------------


@pytest.mark.browser
def test_no_listing_scrolls_sideways_at_320_pixels_nor_with_wide_spacing(
    browser: Any, server: str, listing: str
) -> None:
    """Nor does any other page: see test_pages."""
    with Reader(browser, SMALLEST, used=True) as reader:
        reader.open(f"{server}/{listing}")
        assert reader.page.evaluate(TOO_WIDE) == []
        for size, wrong in spaced(reader).items():
            assert wrong == [], size


# The places of a formula's signs within it.
PLACES = """() => [...document.querySelectorAll(".bd-article p mjx-math")].slice(0, 60).flatMap((formula) => {
  const box = formula.getBoundingClientRect();
  return [...formula.querySelectorAll("mjx-c")].map((sign) => {
    const { left, top } = sign.getBoundingClientRect();
    return [left - box.left, top - box.top];
  });
})"""


@pytest.mark.browser
def test_wide_spacing_leaves_formulas_as_they_are(browser: Any, server: str) -> None:
    """Each has its box, and what stands beside it would be cut off."""
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        before = reader.page.evaluate(PLACES)
        reader.page.add_style_tag(content=SPACING)
        after = reader.page.evaluate(PLACES)
    assert len(before) > 100
    assert after == [[pytest.approx(place, abs=1) for place in one] for one in before]


# --- the style sheet --------------------------------------------------------------------------------------


def test_the_pages_have_one_style_sheet_of_ours_and_its_faces(site: Any) -> None:
    sheet = (site / "_static" / styles.SHEET).read_text(encoding="utf-8")
    files = styles.sheets()
    assert [files[0].name, files[-1].name] == ["page.css", "print.css"]
    assert {path.name for path in files} == {path.name for path in styles.SOURCES.iterdir()}
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert text in sheet
        assert text.count("\n") <= 200
    for name in re.findall(r'url\("(fonts/[^"]+)"\)', sheet):
        assert (site / "_static" / name).stat().st_size < 25_000
    assert (site / "_static" / "fonts" / "LICENSE").is_file()
    for path in (site / "notebooks").glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert len(re.findall(r"_static/book\.css\?v=", page)) == 1
        assert not re.search(r'href="[^"]*_static/(proof|exercise)\.css', page)
