"""Every control of the clipping explorer, on a page of its own, and its readout against rnn_core."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from explorer_page import milliseconds, slide, write_explorer
from reader import DESKTOP, PHONE, SMALL_PHONE, Reader
from test_pages import AXE, RUN_AXE

from rnn_core.cliff import CliffPath
from rnn_widgets import ClippingExplorer

pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path: Path) -> str:
    return write_explorer(tmp_path, ClippingExplorer(), views=2)


@pytest.fixture
def reader(browser: Any, address: str) -> Iterator[Reader]:
    with Reader(browser) as reader:
        reader.open(address)
        yield reader
        assert reader.troubles == []


def start(reader: Reader) -> tuple[float, float]:
    """Return w and b as the point tells them to a screen reader."""
    text = str(reader.page.locator(".handle").first.get_attribute("aria-valuetext"))
    w, b = map(float, re.findall(r"-?\d\.\d\d", text))
    return w, b


def readout(reader: Reader, view: int = 0) -> list[list[str]]:
    rows = reader.page.locator(".readout").nth(view).locator("tbody tr").all()
    return [row.locator("td").all_text_contents() for row in rows]


def number(value: float) -> str:
    """Write a number as the explorer does."""
    if value < 1e-12:
        return "< 10⁻¹²"
    if value < 1e-4 or value >= 1e6:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{mantissa} × 10{str(int(exponent)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
    return f"{float(f'{value:.3g}'):g}" if value < 1e3 else f"{float(f'{value:.3g}'):.0f}"


def expected(explorer: ClippingExplorer) -> list[list[str]]:
    """What the readout must say, by rnn_core."""

    def row(path: CliffPath) -> list[str]:
        leaves = explorer.leaves_map(path)
        away = "never" if leaves is None else f"update {leaves}"
        return [number(path.grad_norm.max()), number(path.loss[-1]), away]

    return [row(explorer.without_clipping), row(explorer.with_clipping)]


def test_readout_is_what_rnn_core_computes(reader: Reader) -> None:
    explorer = ClippingExplorer()
    assert readout(reader) == expected(explorer)
    for w, b, eta, c, updates, T in (
        (4.5, -1.9, 0.4, 0.2, 60, 50),
        (5.31, -2.77, 0.11, 1.3, 40, 9),
        (3.6, -3.2, 0.9, 0.5, 25, 30),
        (5.9, -1.2, 1.0, 0.05, 80, 100),
        (3.1, -1.1, 1.0, 2.0, 7, 1),
    ):
        labels = ("w, the recurrent weight", "b, the bias", "learning rate η", "threshold c of clipping")
        for label, value in zip(labels, (w, b, eta, c), strict=True):
            slide(reader, label, value)
        slide(reader, "updates of each descent", updates)
        slide(reader, "steps T of the network", T)
        explorer.w, explorer.b, explorer.learning_rate, explorer.clip = w, b, eta, c
        explorer.updates, explorer.T = updates, T
        assert readout(reader) == expected(explorer) == readout(reader, view=1)
        assert start(reader) == (w, b)
    reader.page.get_by_role("button", name="Reset").first.click()
    assert readout(reader) == expected(ClippingExplorer())


def test_drag_by_mouse_and_arrow_keys(reader: Reader) -> None:
    surface = reader.page.locator(".map .surface").first.bounding_box()
    handle = reader.page.locator(".map .handle .dot").first.bounding_box()
    before = readout(reader)
    reader.page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    reader.page.mouse.down()
    reader.page.mouse.move(
        surface["x"] + 0.25 * surface["width"], surface["y"] + 0.8 * surface["height"], steps=5
    )
    reader.page.mouse.up()
    assert start(reader) == pytest.approx((3.75, -3.0), abs=0.02)
    assert readout(reader) != before
    slide(reader, "w, the recurrent weight", 4.2)
    slide(reader, "b, the bias", -2.2)
    reader.page.locator(".handle").first.focus()
    for key, there in (
        ("ArrowRight", (4.21, -2.2)),
        ("ArrowUp", (4.21, -2.19)),
        ("Shift+ArrowLeft", (4.11, -2.19)),
        ("Shift+ArrowDown", (4.11, -2.29)),
    ):
        reader.page.keyboard.press(key)
        assert start(reader) == there
    for _ in range(20):
        reader.page.keyboard.press("Shift+ArrowRight")
        reader.page.keyboard.press("Shift+ArrowUp")
    assert start(reader) == (6.0, -1.0)


def test_the_surface_changes_with_the_steps_and_with_nothing_else(reader: Reader) -> None:
    valley = reader.page.locator(".map .valley").first
    before = valley.get_attribute("d")
    slide(reader, "learning rate η", 0.7)
    assert valley.get_attribute("d") == before
    slide(reader, "steps T of the network", 4)
    assert valley.get_attribute("d") != before
    assert not reader.page.get_by_text("the cliff").first.is_visible(), "four steps make no cliff"
    slide(reader, "steps T of the network", 60)
    assert reader.page.get_by_text("the cliff").first.is_visible()


def test_table_on_demand_follows_the_figure(reader: Reader) -> None:
    table = reader.page.locator(".rnn-explorer details").first
    assert table.locator("tbody tr").count() == 0
    table.locator("summary").click()
    reader.page.wait_for_function("document.querySelector('.rnn-explorer details tbody tr')")
    slide(reader, "updates of each descent", 24)
    explorer = ClippingExplorer(updates=24)
    rows = [row.locator("th, td").all_text_contents() for row in table.locator("tbody tr").all()]
    assert [row[0] for row in rows] == [str(update) for update in range(0, 25, 2)]
    for row, i in zip(rows, range(0, 25, 2), strict=True):
        for path, (place, loss, norm) in (
            (explorer.without_clipping, row[1:4]),
            (explorer.with_clipping, row[4:7]),
        ):
            assert place.replace("−", "-") == f"{path.w[i]:.2f}, {path.b[i]:.2f}"
            assert (loss, norm) == (number(path.loss[i]), number(path.grad_norm[i]))


def test_summary_is_announced_after_the_movement(reader: Reader) -> None:
    live = reader.page.locator(".rnn-explorer [aria-live=polite]").first
    assert live.text_content() == ""
    slide(reader, "threshold c of clipping", 0.3)
    assert live.text_content() == ""
    reader.page.wait_for_function("document.querySelector('.rnn-explorer [aria-live]').textContent !== ''")
    assert "Clipped at c = 0.30" in str(live.text_content())


def test_no_ids_targets_a_finger_can_hit_and_nothing_too_wide(browser: Any, address: str) -> None:
    for size in (SMALL_PHONE, PHONE):
        with Reader(browser, size, has_touch=True, is_mobile=True) as reader:
            reader.open(address)
            explorer = reader.page.locator(".rnn-explorer").first
            explorer.locator("summary").click()
            assert explorer.locator("[id]").count() == 0
            for target in explorer.locator("input, button, summary").all():
                assert target.bounding_box()["height"] >= 24
            grip = explorer.locator(".grip").bounding_box()
            assert min(grip["width"], grip["height"]) >= 43.9
            assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, theme: str) -> None:
    with Reader(browser) as reader:
        reader.open(write_explorer(tmp_path, ClippingExplorer(), theme=theme))
        reader.page.locator("summary").click()
        reader.page.evaluate(AXE.read_text(encoding="utf-8"))
        for viewport in (DESKTOP, SMALL_PHONE):
            reader.resize(viewport)
            assert reader.page.evaluate(RUN_AXE, {}) == []


def test_from_input_to_drawing_in_eight_milliseconds(reader: Reader) -> None:
    reader.page.locator(".explorer-view").nth(1).evaluate("view => view.remove()")
    assert milliseconds(reader) <= 8.0
