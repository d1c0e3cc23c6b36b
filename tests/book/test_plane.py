"""The plane of γ and ρ on its page: by mouse, by keyboard and by touch, and without a network."""

from typing import Any

import pytest
from reader import PHONE, Reader

pytestmark = pytest.mark.browser

PAGE = "notebooks/09_vanishing_gradients.html"
GAMMA = ".jacobian input[type=range] >> nth=0"
CURVE = ".jacobian .decay .clip .curve.measured"


def curve(reader: Reader) -> str:
    """Return the path of the measured curve as it is drawn now."""
    return str(reader.page.locator(CURVE).first.get_attribute("d"))


def open_plane(reader: Reader, address: str) -> None:
    """Open the page with the plane of γ and ρ in the middle of the window, its question skipped."""
    reader.skip_questions()
    reader.open(address)
    reader.wake_explorers()
    plane = reader.page.locator(".jacobian .plane").first
    plane.evaluate("plane => plane.scrollIntoView({ block: 'center' })")


def range_values(reader: Reader) -> list[float]:
    """Return what the first explorer's two sliders stand at: γ and ρ."""
    return [float(reader.page.locator(".jacobian input[type=range]").nth(i).input_value()) for i in (0, 1)]


def test_live_without_network_by_mouse_and_keyboard(browser: Any, server: str) -> None:
    with Reader(browser) as reader:
        open_plane(reader, f"{server}/{PAGE}")
        reader.context.set_offline(True)

        before = curve(reader)
        box = reader.page.locator(".jacobian .plane .surface >> nth=0").bounding_box()
        x, y = box["x"] + 0.3 * box["width"], box["y"] + 0.25 * box["height"]
        handle = reader.page.locator(".jacobian .plane .handle >> nth=0").bounding_box()
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

        reader.page.locator(".jacobian .plane .handle >> nth=0").focus()
        reader.page.keyboard.press("ArrowUp")
        assert curve(reader) != stepped
        assert reader.troubles == []


def test_live_by_touch(browser: Any, server: str) -> None:
    with Reader(browser, PHONE, has_touch=True, is_mobile=True) as reader:
        open_plane(reader, f"{server}/{PAGE}")
        before = curve(reader)
        surface = reader.page.locator(".jacobian .plane .surface >> nth=0")
        box = surface.bounding_box()
        reader.page.touchscreen.tap(box["x"] + 0.25 * box["width"], box["y"] + 0.5 * box["height"])
        reader.page.wait_for_function(
            "d => document.querySelector('.decay .clip .curve.measured').getAttribute('d') !== d", arg=before
        )
        assert range_values(reader) == pytest.approx([0.5, 1.0], abs=0.05)
        assert reader.troubles == []
