"""The explorers on the published page: live with no kernel and no network, by every way of input."""

from pathlib import Path
from typing import Any

import pytest
from explorer_page import WRITTEN
from reader import DESKTOP, PHONE, Reader

from rnn_widgets import LitTextExplorer

pytestmark = pytest.mark.browser

WELCOME = "book/welcome.html"
BARS = ".rnn-explorer .text .bar"


def lit(reader: Reader) -> int:
    """Return how many letters of the welcome page's text are lit, by the bars under them."""
    return sum(float(bar.get_attribute("height") or 0) > 0 for bar in reader.page.locator(BARS).all())


def test_two_views_of_one_model_stay_in_step(browser: Any, server: str, explorer_address: str) -> None:
    """A second view of each model, put on the page by hand, follows the first one and leads it."""
    with Reader(browser) as reader:
        reader.page.add_init_script(ANOTHER_VIEW)
        reader.skip_questions()
        reader.open(f"{server}/{explorer_address}")
        reader.wake_explorers()
        views = reader.page.locator(".explorer-view").all()
        assert views
        for first, second in zip(views[::2], views[1::2], strict=True):
            pair = (first, second)
            if not first.locator("input[type=range]").count():
                continue
            sliders = [view.locator("input[type=range]").first for view in pair]
            before = first.evaluate(DRAWING)
            moved: list[bool] = []
            for i, key in ((0, "Home"), (1, "End")):
                stood = sliders[i].input_value()
                sliders[i].focus()
                reader.page.keyboard.press(key)
                assert sliders[0].input_value() == sliders[1].input_value()
                assert first.evaluate(DRAWING) == second.evaluate(DRAWING)
                moved.append(sliders[i].input_value() != stood)  # it may have stood at that end
                assert (before != first.evaluate(DRAWING)) == moved[-1]
                before = first.evaluate(DRAWING)
            assert any(moved)


# What the reader sees of a drawing; neither the focus ring nor the ghost of what this view showed before.
DRAWING = f"view => [...view.querySelectorAll('svg')].map({WRITTEN}).join('')"
ANOTHER_VIEW = """document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return;
  for (const explorer of document.querySelectorAll(".explorer")) explorer.after(explorer.cloneNode(true));
});"""


@pytest.fixture(params=["server", "file"])
def welcome(request: pytest.FixtureRequest, site: Path) -> str:
    """Return the welcome page's address, on a server and as a file."""
    if request.param == "file":
        return (site / WELCOME).as_uri()
    return f"{request.getfixturevalue('server')}/{WELCOME}"


def test_live_without_network_by_mouse_and_keyboard(browser: Any, welcome: str) -> None:
    with Reader(browser) as reader:
        reader.open(welcome)
        reader.context.set_offline(True)
        page = reader.page

        frame = page.get_by_role("slider", name="the first dark letter")
        before = str(frame.get_attribute("aria-valuetext"))
        box = frame.locator(".frame").bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] - 2.5 * box["width"], box["y"] + box["height"] / 2, steps=5)
        page.mouse.up()
        dragged = str(frame.get_attribute("aria-valuetext"))
        assert dragged != before
        page.keyboard.press("ArrowRight")
        assert frame.get_attribute("aria-valuetext") not in (before, dragged)
        assert lit(reader) == 1

        page.get_by_role("button", name="Show the answer").click()
        assert lit(reader) == LitTextExplorer().reach
        page.get_by_role("slider", name="most per step").focus()
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        assert lit(reader) == LitTextExplorer(rho=0.95).reach
        page.get_by_role("slider", name="letters back").focus()
        page.keyboard.press("Home")
        page.get_by_role("button", name="One step forward").click()
        assert lit(reader) == 2
        assert reader.troubles == []


def test_live_by_touch(browser: Any, server: str) -> None:
    with Reader(browser, PHONE, has_touch=True, is_mobile=True) as reader:
        reader.open(f"{server}/{WELCOME}")
        frame = reader.page.get_by_role("slider", name="the first dark letter")
        before = frame.get_attribute("aria-valuetext")
        text = reader.page.locator(".rnn-explorer .text")
        text.scroll_into_view_if_needed()
        box = text.bounding_box()
        assert box["height"] < 0.25 * PHONE["height"]
        reader.page.touchscreen.tap(box["x"] + 0.1 * box["width"], box["y"] + 0.15 * box["height"])
        assert frame.get_attribute("aria-valuetext") != before
        reader.page.get_by_role("button", name="Show the answer").tap()
        assert lit(reader) == LitTextExplorer().reach
        assert reader.troubles == []


def test_the_text_is_on_the_first_screen(browser: Any, server: str) -> None:
    for viewport in (DESKTOP, PHONE):
        with Reader(browser, viewport, used=True) as reader:
            reader.open(f"{server}/{WELCOME}")
            box = reader.page.locator(".rnn-explorer .text").bounding_box()
            assert box["y"] + (box["height"] if viewport is DESKTOP else 0) < viewport["height"]


def test_every_explorer_of_the_site_comes_alive(browser: Any, server: str, explorer_address: str) -> None:
    with Reader(browser, used=True, skips=True) as reader:
        reader.open(f"{server}/{explorer_address}")
        reader.wake_explorers()
        explorers = reader.page.locator(".explorer").all()
        assert explorers
        for explorer in explorers:
            figures = explorer.locator(".rnn-explorer .panel > svg").all()
            assert figures
            for figure in figures:
                assert figure.is_visible()
                assert figure.locator("path[d], rect, ellipse").count() > 3
        assert reader.page.locator(".explorer-note").count() == 0
        assert not any(image.is_visible() for image in reader.page.locator(".explorer-fallback").all())


def test_a_reader_without_scripts_sees_the_picture(browser: Any, server: str, explorer_address: str) -> None:
    with Reader(browser, java_script_enabled=False) as reader:
        reader.page.goto(f"{server}/{explorer_address}")
        images = reader.page.locator(".explorer .explorer-fallback img")
        assert images.count() == reader.page.locator(".explorer").count() > 0
        for image in images.all():
            assert image.is_visible()
            assert len(str(image.get_attribute("alt"))) > 60


def test_paper_shows_the_picture_and_not_the_controls(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{WELCOME}")
        reader.page.emulate_media(media="print")
        assert reader.page.locator(".explorer-fallback img").is_visible()
        assert not reader.page.locator(".explorer-view").is_visible()
