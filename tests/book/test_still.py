"""Nothing moves while a page loads, and a link puts what it leads to where it belongs."""

import re
from typing import Any

import pytest
from parsed import soup
from reader import PHONE, Reader
from test_policy import assert_policy_is_kept, strict_server  # noqa: F401

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1350, "height": 940}
NOTEBOOK = {"width": 1280, "height": 900}
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries())
    shifts.push([value, sources.map(({ node }) => (node?.outerHTML ?? "text").slice(0, 80))]);
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_moves_while_a_page_loads(
    browser: Any,
    strict_server: str,  # noqa: F811
    opened_page: str,
    viewport: Any,
) -> None:
    """The sum of all layout shifts is at most 0.02; and the page keeps the policy with which it came."""
    with Reader(browser, viewport) as reader:
        reader.page.add_init_script(WATCH)
        reader.open(f"{strict_server}/{opened_page}")
        reader.page.wait_for_timeout(500)
        shifts = reader.page.evaluate("shifts")
        assert sum(value for value, _ in shifts) <= 0.02, shifts
        if viewport is DESKTOP:
            assert_policy_is_kept(reader)


def test_a_page_that_moves_is_found_out(browser: Any, tmp_path: Any) -> None:
    (tmp_path / "page.html").write_text(
        '<!doctype html><title>t</title><p id="late"></p><p style="height: 50vh; background: red">text</p>'
        "<script>setTimeout(() => (late.style.height = '40vh'), 100)</script>"
    )
    with Reader(browser, DESKTOP) as reader:
        reader.page.add_init_script(WATCH)
        reader.page.goto((tmp_path / "page.html").as_uri())
        reader.page.wait_for_timeout(500)
        assert sum(value for value, _ in reader.page.evaluate("shifts")) > 0.1


def test_a_page_looks_the_same_before_its_end_is_there(browser: Any, server: str) -> None:
    """The column of text has its width from the start, not only when the contents beside it have come."""
    address = f"{server}/notebooks/04_preliminaries.html"
    width = "() => document.querySelector('.bd-article').getBoundingClientRect().width"
    with Reader(browser, DESKTOP, used=True) as reader:
        reader.open(address)
        whole = reader.page.evaluate(width)
        reader.page.evaluate("() => document.querySelector('.bd-sidebar-secondary').remove()")
        assert reader.page.evaluate(width) == whole


# Equations, sections and exercises; below pictures, explorers and long code, as far down as there are any.
LINKS = [
    "notebooks/05_architecture.html#eq-5",
    "notebooks/06_backpropagation_through_time.html#eq-8",
    "notebooks/07_gradient_accumulation.html#eq-12",
    "notebooks/08_gradient_descent.html#eq-15",
    "notebooks/09_vanishing_gradients.html#eq-16",
    "notebooks/09_vanishing_gradients.html#eq-20",
    "notebooks/09_vanishing_gradients.html#{exercise}",
    "notebooks/04_preliminaries.html#{exercise}",
    "notebooks/10_temporal_point_processes.html#{section}",
    "notebooks/09_vanishing_gradients.html#{section}",
    "notebooks/09_remedies.html#{section}",
    "book/errata.html#{section}",
]
# How far the element is from its place: below the bar at the top, or as far up as the page can scroll.
OFF = """(id) => {
  const target = document.getElementById(id);
  const bar = document.querySelector(".bd-header-article").getBoundingClientRect().bottom;
  const top = target.getBoundingClientRect().top;
  const wanted = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
  const { scrollHeight, clientHeight } = document.documentElement;
  const atEnd = scrollHeight - clientHeight - scrollY < 2 && top > wanted;
  return [atEnd ? 0 : top - wanted, top >= bar - 1];
}"""


def resolved(link: str, site: Any) -> str:
    """Put the last but one section or exercise of the page into an address."""
    page, _, fragment = link.partition("#")
    if not fragment.startswith("{"):
        return link
    html = soup(site / page)
    if fragment == "{section}":
        names = [str(s["id"]) for s in html.select("article section[id]") if not s.find_parent("details")]
    else:
        names = [str(tag["id"]) for tag in html.select("article .exercise[id]")]
    return f"{page}#{names[-2]}"


def assert_arrived(reader: Reader, address: str) -> None:
    """The page shows what its address names, right below the bar, within 4 pixels."""
    reader.page.wait_for_timeout(600)
    off, free = reader.page.evaluate(OFF, address.partition("#")[2])
    assert abs(off) <= 4
    assert free, "it is hidden by the bar"


@pytest.mark.parametrize(
    "viewport",
    [pytest.param(NOTEBOOK, id="desktop"), pytest.param(PHONE, id="phone", marks=pytest.mark.thorough)],
)
@pytest.mark.parametrize("link", LINKS)
def test_an_address_arrives(browser: Any, server: str, site: Any, link: str, viewport: Any) -> None:
    assert len(LINKS) == 12
    address = resolved(link, site)
    with Reader(browser, viewport) as reader:
        reader.open(f"{server}/{address}")
        assert_arrived(reader, address)


@pytest.mark.parametrize(
    "viewport",
    [pytest.param(NOTEBOOK, id="desktop", marks=pytest.mark.thorough), pytest.param(PHONE, id="phone")],
)
@pytest.mark.parametrize("link", LINKS)
def test_a_click_on_another_page_arrives(
    browser: Any, server: str, site: Any, link: str, viewport: Any
) -> None:
    address = resolved(link, site)
    with Reader(browser, viewport) as reader:
        reader.open(f"{server}/book/how_to_read.html")
        reader.page.evaluate(
            """(href) => {
              const link = Object.assign(document.createElement("a"), { href, textContent: "there" });
              document.querySelector(".bd-article p").prepend(link);
            }""",
            f"{server}/{address}",
        )
        reader.page.get_by_text("there", exact=True).first.click()
        reader.page.wait_for_url(f"**/{address}")
        reader.page.wait_for_function("() => document.readyState === 'complete'")
        assert_arrived(reader, address)


def test_every_picture_says_its_size(site: Any, page_address: str) -> None:
    html = soup(site / page_address)
    unsized = [
        str(image)[:120]
        for image in html.select("article img")
        if not re.match(r"\d", str(image.get("width")))
    ]
    assert not unsized


ROOM = """() => [...document.querySelectorAll(".explorer")].map((explorer) => {
  const kept = parseFloat(getComputedStyle(explorer).minHeight);
  explorer.style.minHeight = 0;
  const needed = explorer.getBoundingClientRect().height;
  explorer.style.minHeight = "";
  return [explorer.className, kept, needed];
})"""


def test_the_room_of_an_explorer_is_kept(
    browser: Any, server: str, explorer_address: str, thorough: bool
) -> None:
    """What is kept in book.css is what the explorer needs, to 15 parts in a hundred."""
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{explorer_address}")
        reader.wake_explorers()
        for width in (1350, 1280, 900, 600, 390) if thorough else (1280, 390):
            reader.resize({"width": width, "height": 900})
            for name, kept, needed in reader.page.evaluate(ROOM):
                assert kept == pytest.approx(needed, rel=0.15), (width, name)
