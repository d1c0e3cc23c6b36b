"""Every page of the site, opened once in a browser, in both colour modes and on a desk and on a phone."""

import re
from pathlib import Path
from typing import Any

import pytest
from reader import DESKTOP, PHONE, SMALL_PHONE, SMALLEST, Reader

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """async (options) => {
  const { violations } = await axe.run({ resultTypes: ["violations"], ...options });
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`);
}"""
# The words of the article and their colours are on a desk those of a phone, with more room: axe-core looks at
# them once, and on a desk at what lies around them. That nothing else comes up in the article is asked, too,
# but for the explorers, which are drawn anew at each width: test_kit looks at them.
NOTE_SEEN = "() => document.querySelectorAll('.bd-article *').forEach((e) => (e.seen = e.checkVisibility()))"
NOT_SEEN = """() => [...document.querySelectorAll(".bd-article *")]
  .filter((e) => !e.seen && e.checkVisibility() && !e.closest(".explorer"))
  .map((e) => e.outerHTML.slice(0, 120))"""
LEAVE_THE_TITLE = """() => document.querySelectorAll(".bd-article > section")
  .forEach((section) => section.replaceChildren(...section.querySelectorAll("h1")))"""
# A drawn formula is hidden from assistive technology and has the colour of the text around it: thousands
# of elements that axe-core need not visit.
DROP_DRAWN_FORMULAS = (
    "() => document.querySelectorAll('mjx-math').forEach((formula) => formula.replaceChildren())"
)
# What is told of a formula has no place on the page: but in the thorough run the first formula in a line and
# the first displayed one stand for the others.
DROP_TOLD_FORMULAS = """() => {
  const told = [...document.querySelectorAll("mjx-assistive-mml")];
  const firsts = [true, false].map((block) =>
    told.find((each) => each.parentElement.hasAttribute("display") === block));
  told.filter((each) => !firsts.includes(each)).forEach((formula) => formula.replaceChildren());
}"""
# Where axe-core is asked about one part of a page, it need not visit the formulas of the others.
DROP_FORMULAS_OUTSIDE = """(part) => document.querySelectorAll("mjx-container")
  .forEach((formula) => formula.closest(part) ?? formula.replaceChildren())"""
# Neither need it see a colour of code again in a block.
DROP_REPEATED_COLOURS = """() => document.querySelectorAll("div.highlight pre").forEach((block) => {
  const seen = new Set();
  for (const span of block.querySelectorAll("span")) {
    const kind = `${span.parentElement.className}/${span.className}`;
    if (seen.has(kind)) span.replaceWith(...span.childNodes);
    seen.add(kind);
  }
  block.normalize();
})"""
EVERY_RULE: dict[str, Any] = {}
COLOURS_ONLY = {"runOnly": ["color-contrast"]}  # no other rule depends on the colour mode

# Elements that stick out of the page, unless a box around them scrolls or clips them. What a drawing clips
# has its whole width still; whether the words of a drawing are all seen, test_kit asks. A formula is a whole.
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const boxed = (e) => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
      if (getComputedStyle(p).overflowX !== "visible") return true;
    return false;
  };
  const wide = [...document.querySelectorAll(".bd-article-container :not(mjx-container *)")].filter(
    (e) => e.getBoundingClientRect().right > width + 1 && !boxed(e) && !e.ownerSVGElement
      && !e.closest(".visually-hidden"));
  const page = document.documentElement.scrollWidth - width;
  return page > 0 || wide.length ? [page, ...wide.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))] : [];
}"""

# Boxes that scroll sideways and cannot be scrolled with the keyboard.
OUT_OF_REACH = """() => [...document.querySelectorAll(".bd-article *")].filter((e) =>
    e.scrollWidth > e.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(e).overflowX)
    && e.clientWidth && e.tabIndex < 0 && !e.querySelector("a, button, input, select")
  ).map((e) => e.outerHTML.slice(0, 120))"""

# Displayed formulas of which a part lies where no scrolling reaches: left of their box, or in a box too wide.
CUT_OFF = """() => [...document.querySelectorAll("mjx-container[display]")].filter((box) => {
  const column = box.closest("div.math").parentElement.getBoundingClientRect();
  const { left, width } = box.getBoundingClientRect();
  const signs = [...box.querySelectorAll("mjx-c")]
    .map((e) => e.getBoundingClientRect()).filter((r) => r.width);
  const first = Math.min(...signs.map((r) => r.left)) - left + box.scrollLeft;
  const last = Math.max(...signs.map((r) => r.right)) - left + box.scrollLeft;
  return width && (width > column.width + 1 || first < -1 || last > box.scrollWidth + 2);
}).map((box) => box.closest("div.math").textContent.slice(0, 80))"""

# Figures that are not shown in their own proportions.
DISTORTED = """() => [...document.querySelectorAll(".bd-article img")].filter((e) =>
    e.naturalWidth && e.clientWidth
    && Math.abs((e.clientWidth * e.naturalHeight) / (e.clientHeight * e.naturalWidth) - 1) > 0.02
  ).map((e) => e.outerHTML.slice(0, 120))"""

# Lines of code as the chapters wrap them that do not fit their box on a desk.
CODE_TOO_WIDE = """() => [...document.querySelectorAll("div.highlight pre")].filter((e) =>
    e.scrollWidth > e.clientWidth + 1
    && Math.max(...e.textContent.split("\\n").map((line) => line.length)) <= 78
  ).map((e) => e.textContent.slice(0, 80))"""


# What WCAG 2.2, 1.4.12, lets a reader set.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
CLIPPED = """() => [...document.querySelectorAll(
    ".bd-article :is(p, li, td, th, dt, dd, h1, h2, h3, h4, summary, a)"
  )].filter((e) => e.checkVisibility() && !e.closest("mjx-container, .visually-hidden"))
  .filter((e) => {
    const { overflowX, overflowY } = getComputedStyle(e);
    return (overflowX === "hidden" && e.scrollWidth > e.clientWidth + 1)
      || (overflowY === "hidden" && e.scrollHeight > e.clientHeight + 1);
  }).map((e) => e.outerHTML.slice(0, 100))"""


OF_ONE_MAKE = re.compile(r"_study_|book/api_|_modules/")  # studies, parts of the API, listings
SIZES = {"desktop": DESKTOP, "phone": PHONE, "small phone": SMALL_PHONE, "smallest": SMALLEST}


def sized(reader: Reader, *sizes: str) -> dict[str, list[str]]:
    """Return what is wrong with a page at these sizes of the window."""
    found = {}
    for name in sizes:
        viewport = SIZES[name]
        reader.resize(viewport)
        found[f"too wide, {name}"] = reader.page.evaluate(TOO_WIDE)
        found[f"out of the keyboard's reach, {name}"] = reader.page.evaluate(OUT_OF_REACH)
        found[f"formula cut off, {name}"] = reader.page.evaluate(CUT_OFF)
        found[f"distorted, {name}"] = reader.page.evaluate(DISTORTED)
        if viewport is DESKTOP:
            found["code wider than its box"] = reader.page.evaluate(CODE_TOO_WIDE)
    return found


def spaced(reader: Reader, *sizes: str) -> dict[str, list[str]]:
    """Return what is wrong with a page whose text a reader has set wide."""
    found = {}
    style = reader.page.add_style_tag(content=SPACING)
    for name in sizes:
        reader.resize(SIZES[name])
        found[f"too wide with wide spacing, {name}"] = reader.page.evaluate(TOO_WIDE)
        found[f"clipped with wide spacing, {name}"] = reader.page.evaluate(CLIPPED)
    style.evaluate("(style) => style.remove()")
    return found


def with_all_code(reader: Reader, *sizes: str) -> dict[str, list[str]]:
    """Return what is wrong with a page when its folded code is open; then fold it again."""
    switch = reader.page.locator(".code-switch")
    if not switch.count():
        return {}
    switch.locator("input[value=all]").check()
    found = {f"all code: {where}": wrong for where, wrong in sized(reader, *sizes).items()}
    switch.locator("input[value=mathematics]").check()
    return found


def test_a_page_in_all_forms(browser: Any, server: str, opened_page: str, thorough: bool) -> None:
    """No trouble, no request elsewhere, nothing too wide, and nothing that axe-core objects to.

    One window for all of it: to open a chapter takes longer than most of what is asked of it. The smallest
    window and the desk stand for the sizes between; what axe-core sees of a desk is for the thorough run. So
    are, of pages that are made like the chapters or like one another, wide spacing, open code and the dark.
    """
    in_all = thorough or not OF_ONE_MAKE.search(opened_page)
    with Reader(browser, SMALLEST, used=True) as reader:
        reader.open(f"{server}/{opened_page}")
        found = sized(reader, "smallest")
        if in_all:
            found |= spaced(reader, "smallest", *["desktop"] * thorough)
        reader.resize(DESKTOP)
        reader.load_figures()  # on a desk there are fewer screens to go down
        found |= sized(reader, "desktop", *["phone", "small phone"] * thorough)
        if in_all:
            found |= with_all_code(reader, "phone", *["desktop"] * thorough)
        reader.page.evaluate(AXE.read_text(encoding="utf-8"))
        reader.page.evaluate(DROP_DRAWN_FORMULAS)
        if not thorough:
            reader.page.evaluate(DROP_TOLD_FORMULAS)
        reader.page.evaluate(DROP_REPEATED_COLOURS)
        for name, viewport in [("phone", PHONE), ("desktop", DESKTOP)][: 1 + thorough]:
            reader.resize(viewport)
            if viewport is DESKTOP:
                found["not there on a phone"] = reader.page.evaluate(NOT_SEEN)
                reader.page.evaluate(LEAVE_THE_TITLE)
            for theme, rules in [("light", EVERY_RULE), ("dark", COLOURS_ONLY)][: 1 + in_all]:
                reader.use_theme(theme)
                found[f"axe, {theme}, {name}"] = reader.page.evaluate(RUN_AXE, rules)
            reader.page.evaluate(NOTE_SEEN)
        found["trouble"] = reader.troubles
        found["requests elsewhere"] = reader.foreign_requests(server)
    wrong = [f"{where}: {item}" for where, items in found.items() for item in items]
    assert not wrong, "\n".join(wrong)


def test_the_root_leads_to_the_welcome_page(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.page.goto(f"{server}/")
        reader.page.wait_for_url("**/book/welcome.html")
        assert not reader.troubles


def test_nothing_slides_for_readers_who_asked_for_less_motion(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/book/notation.html")
        reader.resize(PHONE)
        reader.resize(DESKTOP)
        width = "() => document.querySelector('.bd-article').clientWidth"
        at_once = reader.page.evaluate(width)
        reader.page.wait_for_timeout(500)
        assert reader.page.evaluate(width) == at_once


def test_search_finds_a_word_of_the_book(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/book/welcome.html")
        reader.page.keyboard.press("Control+k")
        reader.page.locator("#pst-search-dialog input").fill("spectral norm")
        reader.page.keyboard.press("Enter")
        reader.page.wait_for_url("**/search.html?q=spectral*")
        results = reader.page.locator("#search-results li a")
        results.first.wait_for()
        assert any("notation" in (link.get_attribute("href") or "") for link in results.all())
        assert not reader.troubles


def test_keyboard_focus_is_seen(browser: Any, server: str) -> None:
    """Whatever Tab reaches first on the welcome page shows where the reader is."""
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/book/welcome.html")
        for _ in range(12):
            reader.page.keyboard.press("Tab")
            style = reader.page.evaluate(
                """() => {
                  const element = document.activeElement;
                  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
                  return [element.tagName, outlineStyle, parseFloat(outlineWidth), boxShadow];
                }"""
            )
            assert style[0] != "BODY"
            assert (style[1] != "none" and style[2] >= 2) or style[3] != "none", style


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colour_mode_is_chosen_by_the_reader(browser: Any, server: str, theme: str) -> None:
    with Reader(browser, theme=theme, used=True) as reader:
        reader.open(f"{server}/book/notation.html")
        assert reader.page.locator("html").get_attribute("data-theme") == theme
        text, ground = reader.page.evaluate(
            "() => ['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])"
        )
        assert (brightness(text) > brightness(ground)) == (theme == "dark")


def brightness(colour: str) -> float:
    """Return the mean of the three channels of ``rgb(…)``."""
    channels = colour[colour.index("(") + 1 : -1].split(",")[:3]
    return sum(map(float, channels)) / 3
