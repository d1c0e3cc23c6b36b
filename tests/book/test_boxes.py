"""What stands out from the text: boxes told apart at a glance, code with its output, figures, tables."""

import re
from typing import Any

import pytest
from reader import Reader

pytestmark = pytest.mark.browser

CHAPTER = "notebooks/09_vanishing_gradients.html"

# --- boxes ------------------------------------------------------------------------------------------------

KINDS = {
    "proved": ".theorem.admonition",
    "defined": ".definition.admonition",
    "example": ".example.admonition",
    "remark": ".remark.admonition",
    "proof": ".proof.admonition:not(:has(> .admonition-title))",
    "report": ".reading-report.admonition",
    "exercise": ".exercise.admonition",
    "solution": "details.solution.admonition",
}
LOOK = """(selector) => [...document.querySelectorAll(".bd-article " + selector)].map((box) => {
  const style = getComputedStyle(box);
  const sides = ["Top", "Right", "Bottom", "Left"];
  const title = box.querySelector(":scope > .admonition-title");
  return {
    rules: sides.map((side) => style[`border${side}Width`] + " " + style[`border${side}Style`]),
    colours: sides.filter((side) => parseFloat(style[`border${side}Width`]))
      .map((side) => style[`border${side}Color`]),
    ground: style.backgroundColor,
    shadow: style.boxShadow,
    label: (title ?? box.querySelector(".proof-name"))?.textContent.trim(),
    spelling: [box, title ?? box].map((e) =>
      getComputedStyle(e).fontVariantCaps + " " + getComputedStyle(e).textTransform),
    icons: title ? ["::before", "::after"].map((part) => getComputedStyle(title, part).content) : [],
  };
})"""


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_boxes_are_told_apart_without_colour_icons_and_shadows(
    browser: Any, server: str, colours: str
) -> None:
    """By the rule at their side, which forced colours keep, and by a label in words."""
    options = {"forced_colors": "active"} if colours == "forced" else {}
    theme = "light" if colours == "forced" else colours
    looks: dict[str, tuple[str, ...]] = {}
    for page in ("notebooks/05_architecture.html", CHAPTER):
        with Reader(browser, theme=theme, **options) as reader:
            reader.open(f"{server}/{page}")
            for kind, selector in KINDS.items():
                for look in reader.page.evaluate(LOOK, selector):
                    rules = tuple(
                        "none" if rule.startswith("0px") or rule.endswith("none") else rule
                        for rule in look["rules"]
                    )
                    assert looks.setdefault(kind, rules) == rules, "a kind has one look"
                    assert look["shadow"] == "none"
                    assert set(look["icons"]) <= {"none"}
                    assert set(look["spelling"]) == {"normal none"}, "capitals would make another letter of γ"
                    assert re.match(r"[A-Z][a-z]+", look["label"])
    assert looks.keys() == KINDS.keys()
    assert len(set(looks.values())) == len(KINDS)


@pytest.mark.parametrize(
    "page", ["notebooks/05_architecture", "notebooks/03_motivation", "notebooks/10_temporal_point_processes"]
)
def test_no_box_has_an_icon_or_a_coloured_title(browser: Any, server: str, page: str) -> None:
    """The theme's own kinds, such as tips, neither."""
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{page}.html")
        looks = reader.page.evaluate(LOOK, ".admonition")
        assert len(looks) > 10
        assert {icon for look in looks for icon in look["icons"]} == {"none"}
        grounds = "all => [...document.querySelectorAll(all)].map((e) => getComputedStyle(e).backgroundColor)"
        assert set(reader.page.evaluate(grounds, ".admonition > .admonition-title")) == {"rgba(0, 0, 0, 0)"}


# --- code, figures, tables --------------------------------------------------------------------------------


def test_output_hangs_from_its_code(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        cells = reader.page.evaluate(
            """() => [...document.querySelectorAll("div.cell_input + div.cell_output > .stream:first-child")]
              .filter((output) => output.checkVisibility()).map((output) => {
                const code = output.closest("div.cell").querySelector(".cell_input");
                const [above, below] = [code, output].map((e) => e.getBoundingClientRect());
                const { borderLeftStyle, borderLeftWidth } = getComputedStyle(output);
                return [below.top - above.bottom, borderLeftStyle, parseFloat(borderLeftWidth),
                  parseFloat(getComputedStyle(output.querySelector("pre")).fontSize)];
              })"""
        )
    for gap, style, width, size in cells:
        assert abs(gap) < 2
        assert (style, width) == ("solid", 2)
        assert 12 <= size <= 0.75 * 20


def test_figures_stand_in_the_middle_with_number_and_caption(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/notebooks/05_architecture.html")
        reader.load_figures()
        figures = reader.page.evaluate(
            """() => [...document.querySelectorAll(".bd-article section > .cell :is(img, figcaption)")]
              .filter((e) => e.checkVisibility()).map((e) => {
                const { left, right, width } = e.getBoundingClientRect();
                const column = e.closest(".cell").getBoundingClientRect();
                return [e.localName, left - column.left, column.right - right, width, e.textContent.trim()];
              })"""
        )
    assert {name for name, *_ in figures} == {"img", "figcaption"}
    for name, left, right, width, text in figures:
        assert abs(left - right) <= 1.5, "in the middle"
        assert width <= (680 if name == "img" else 544) + 1
        assert name == "img" or re.match(r"Figure 5\.\d+\s+[A-Z]", text)


def test_numbers_in_tables_have_one_width(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/book/benchmarks.html")
        look = reader.page.evaluate(
            """() => [...document.querySelectorAll(".bd-article table")].map((table) =>
              [getComputedStyle(table).fontVariantNumeric,
                getComputedStyle(table.querySelector("td")).borderLeftWidth])"""
        )
    assert look
    assert all("tabular-nums" in numbers and rule == "0px" for numbers, rule in look)
