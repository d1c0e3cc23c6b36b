"""The explorers on the published page: live with no kernel and no network, by every way of input."""

import json
from pathlib import Path
from typing import Any

import pytest
from explorer_page import milliseconds
from reader import PHONE, Reader

pytestmark = pytest.mark.browser

WELCOME = "book/welcome.html"
GAMMA = "input[type=range] >> nth=0"
CURVE = ".decay .clip .curve.measured"


def curve(reader: Reader) -> str:
    """Return the path of the measured curve as it is drawn now."""
    return str(reader.page.locator(CURVE).first.get_attribute("d"))


def range_values(reader: Reader) -> list[float]:
    """Return what the first explorer's two sliders stand at: γ and ρ."""
    return [float(reader.page.locator("input[type=range]").nth(i).input_value()) for i in (0, 1)]


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
            for i, key in ((0, "Home"), (1, "End")):
                sliders[i].focus()
                reader.page.keyboard.press(key)
                assert sliders[0].input_value() == sliders[1].input_value()
                assert before != first.evaluate(DRAWING) == second.evaluate(DRAWING)
                before = first.evaluate(DRAWING)


# What the reader sees of a drawing; neither the focus ring nor the ghost of what this view showed before.
DRAWING = """view => [...view.querySelectorAll('svg')].map((svg) => {
  const copy = svg.cloneNode(true);
  copy.querySelectorAll(".ghost").forEach((ghost) => ghost.remove());
  return copy.innerHTML;
}).join('')"""
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

        before = curve(reader)
        box = reader.page.locator(".plane .surface").bounding_box()
        x, y = box["x"] + 0.3 * box["width"], box["y"] + 0.25 * box["height"]
        handle = reader.page.locator(".handle").bounding_box()
        reader.page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
        reader.page.mouse.down()
        reader.page.mouse.move(x, y, steps=5)
        reader.page.mouse.up()
        dragged = curve(reader)
        assert dragged != before
        assert range_values(reader) == pytest.approx([0.6, 1.5], abs=0.05)

        reader.page.locator(GAMMA).focus()
        reader.page.keyboard.press("ArrowRight")
        stepped = curve(reader)
        assert stepped != dragged

        reader.page.locator(".handle").focus()
        reader.page.keyboard.press("ArrowUp")
        assert curve(reader) != stepped
        assert reader.troubles == []


def test_live_by_touch(browser: Any, server: str) -> None:
    with Reader(browser, PHONE, has_touch=True, is_mobile=True) as reader:
        reader.open(f"{server}/{WELCOME}")
        before = curve(reader)
        surface = reader.page.locator(".plane .surface")
        surface.scroll_into_view_if_needed()
        box = surface.bounding_box()
        reader.page.touchscreen.tap(box["x"] + 0.25 * box["width"], box["y"] + 0.5 * box["height"])
        reader.page.wait_for_function(
            "d => document.querySelector('.decay .clip .curve.measured').getAttribute('d') !== d", arg=before
        )
        assert range_values(reader) == pytest.approx([0.5, 1.0], abs=0.05)
        assert reader.troubles == []


def test_every_explorer_of_the_site_comes_alive(browser: Any, server: str, explorer_address: str) -> None:
    with Reader(browser) as reader:
        reader.skip_questions()
        reader.open(f"{server}/{explorer_address}")
        reader.wake_explorers()
        explorers = reader.page.locator(".explorer").all()
        assert explorers
        for explorer in explorers:
            figures = explorer.locator(".rnn-explorer .panel > svg").all()
            assert figures
            for figure in figures:
                assert figure.is_visible()
                assert figure.locator("path[d]").count() > 3
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
    with Reader(browser) as reader:
        reader.open(f"{server}/{WELCOME}")
        reader.page.emulate_media(media="print")
        assert reader.page.locator(".explorer-fallback img").is_visible()
        assert not reader.page.locator(".explorer-view").is_visible()


def test_from_input_to_drawing_in_eight_milliseconds(browser: Any, server: str) -> None:
    """At m = 16 and T = 60."""
    with Reader(browser) as reader:
        reader.open(f"{server}/{WELCOME}")
        saved = json.loads(reader.page.locator("script[type*='widget-state']").text_content() or "")
        draws = next(value for value in saved["shared"] if isinstance(value, list) and "drive" in value[0])
        assert (len(draws[0]["h0"]), len(draws[0]["drive"])) == (16, 16 * 60)
        assert milliseconds(reader) <= 8.0
