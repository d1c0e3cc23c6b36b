"""Every control of the clipping explorer, on a page of its own, and its readout against rnn_core."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from explorer_page import slide, write_explorer
from reader import PHONE, SMALL_PHONE, Reader

from rnn_core.cliff import CliffPath
from rnn_widgets import ClippingExplorer

pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path: Path) -> str:
    return write_explorer(tmp_path, ClippingExplorer(), views=2)


@pytest.fixture
def reader(browser: Any, address: str) -> Iterator[Reader]:
    with Reader(browser, used=True, skips=True) as reader:
        reader.open(address)
        yield reader
        assert reader.troubles == []


def start(reader: Reader) -> tuple[float, float]:
    """Return w and b as the point tells them to a screen reader."""
    text = str(reader.page.locator(".map .handle").first.get_attribute("aria-valuetext"))
    w, b = map(float, re.findall(r"-?\d\.\d\d", text))
    return w, b


def put_start(reader: Reader, w: float, b: float) -> None:
    """Drag the start to a place, then put it right by keys."""
    page = reader.page
    page.locator(".map .handle").first.scroll_into_view_if_needed()
    surface = page.locator(".map .surface").first.bounding_box()
    handle = page.locator(".map .handle .dot").first.bounding_box()
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    right, up = (w - 3) / 3, (b + 3.5) / 2.5
    page.mouse.move(
        surface["x"] + right * surface["width"], surface["y"] + (1 - up) * surface["height"], steps=5
    )
    page.mouse.up()
    assert start(reader) == pytest.approx((w, b), abs=0.03)
    for axis, (less, more) in enumerate((("ArrowLeft", "ArrowRight"), ("ArrowDown", "ArrowUp"))):
        while (off := round(100 * ((w, b)[axis] - start(reader)[axis]))) != 0:
            page.keyboard.press(more if off > 0 else less)
    assert start(reader) == (w, b)


def readout(reader: Reader, view: int = 0) -> list[list[str]]:
    rows = reader.page.locator(".readout").nth(view).locator("tbody tr").all()
    return [row.locator("td").all_text_contents() for row in rows]


def test_readout_keeps_the_answer_to_itself_until_the_guess_is_made(browser: Any, address: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(address)
        first = reader.page.locator(".rnn-explorer").first
        cells = first.locator(".readout tbody td")
        assert cells.count() == 6
        assert not any(cell.is_visible() for cell in cells.all())
        first.get_by_role("button", name="Skip").click()
        assert all(cell.is_visible() for cell in cells.all())


def number(value: float) -> str:
    """Write a number as the explorer does."""
    if value < 1e-12:
        return "< 10⁻¹²"
    if value < 1e-4 or value >= 1e6:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{mantissa} × 10{str(int(exponent)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
    return f"{float(f'{value:.3g}'):g}" if value < 1e3 else f"{float(f'{value:.3g}'):.0f}"


def expected(explorer: ClippingExplorer) -> list[list[str]]:
    """What the readout must say of what is shown, by rnn_core."""

    def row(path: CliffPath) -> list[str]:
        leaves = explorer.leaves_map(path)
        away = "no" if leaves is None else f"update {leaves}"
        return [number(path.grad_norm.max()), number(path.loss[-1]), away]

    return [row(path) for path in explorer.shown]


def test_readout_is_what_rnn_core_computes(reader: Reader) -> None:
    explorer = ClippingExplorer()
    assert readout(reader) == expected(explorer)
    for w, b, eta, c, update, T in (
        (4.5, -1.9, 0.4, 0.2, 60, 50),
        (5.31, -2.77, 0.11, 1.3, 40, 9),
        (3.6, -3.2, 0.9, 0.5, 25, 30),
        (5.9, -1.2, 1.0, 0.05, 80, 100),
        (3.1, -1.1, 1.0, 2.0, 7, 1),
        (5.0, -2.0, 0.4, 0.2, 0, 50),
    ):
        put_start(reader, w, b)
        slide(reader, "learning rate η", eta)
        slide(reader, "threshold c of clipping", c)
        slide(reader, "updates shown", update)
        slide(reader, "steps T of the network", T)
        explorer.w, explorer.b, explorer.learning_rate, explorer.clip = w, b, eta, c
        explorer.update, explorer.T = update, T
        assert readout(reader) == expected(explorer) == readout(reader, view=1)
    reader.page.get_by_role("button", name="Reset").first.click()
    assert readout(reader) == expected(ClippingExplorer())


def test_drag_by_mouse_and_arrow_keys(reader: Reader) -> None:
    before = readout(reader)
    put_start(reader, 3.75, -3.0)
    assert readout(reader) != before
    put_start(reader, 4.2, -2.2)
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


def test_nothing_of_the_answer_is_drawn_before_the_guess(browser: Any, address: str) -> None:
    """Both descents end where they are still one, the start stays; then it says how far off the guess was."""
    with Reader(browser, used=True) as reader:
        reader.open(address)
        page = reader.page
        clipped = ".map .descent.clipped .dots"
        assert page.locator(clipped).first.get_attribute("d").count("M") == 16
        assert not page.locator(".map .descent.without .line").first.get_attribute("d")
        assert not page.locator(".norms .curve.without").first.get_attribute("d")
        assert page.locator(".map .handle").count() == 0
        point = page.get_by_role("slider", name="your guess of the longest gradient").first
        point.focus()
        page.keyboard.press("Shift+ArrowUp")
        assert point.get_attribute("aria-valuetext") == "length 10"
        page.get_by_role("button", name="Show the answer").first.click()
        assert page.locator(clipped).first.get_attribute("d").count("M") == 101
        assert "You said 10. The longest gradient without clipping has length 42.5, 4.25 times" in str(
            page.locator(".gap").first.text_content()
        )
        assert reader.troubles == []


def test_play_step_and_scrub(browser: Any, tmp_path: Path) -> None:
    with Reader(browser, used=True, skips=True) as reader:
        reader.page.emulate_media(reduced_motion="no-preference")
        reader.open(write_explorer(tmp_path, ClippingExplorer()))
        page = reader.page

        def shown() -> int:
            return int(str(page.locator(".player .value").text_content()))

        def dots(path: str) -> int:
            return str(page.locator(f".map .descent.{path} .dots").get_attribute("d")).count("M")

        slide(reader, "updates shown", 20)
        assert (shown(), dots("clipped"), dots("without")) == (20, 21, 21)
        for back, there in ((False, 21), (False, 22), (True, 21)):
            page.get_by_role("button", name=f"One step {'back' if back else 'forward'}").click()
            assert shown() == there
            assert page.locator(".norms .thrower").is_visible() == (there == 22)
        page.get_by_role("button", name="Play").click()
        page.wait_for_function("() => Number(document.querySelector('.player .value').textContent) >= 25")
        page.get_by_role("button", name="Pause").click()
        stopped = shown()
        page.wait_for_timeout(400)
        assert shown() == stopped
        assert f"after {stopped} of 100 updates" in str(page.locator(".verdict").text_content())
        slide(reader, "updates shown", 100)
        page.get_by_role("button", name="Play").click()
        assert shown() < 50, "from the end it begins again"
        assert reader.troubles == []


def test_one_descent_alone(reader: Reader) -> None:
    for value, others in (("unclipped", ["clipped"]), ("clipped", ["without"]), ("both", [])):
        reader.page.locator(".rnn-explorer select").first.select_option(value)
        for name in ("clipped", "without"):
            drawn = [
                bool(reader.page.locator(f"{svg}.{name}{line}").first.get_attribute("d"))
                for svg, line in ((".map .descent", " .line"), (".norms .curve", ""))
            ]
            assert drawn == 2 * [name not in others], (value, name)
        assert reader.page.locator(".readout").first.locator("tbody tr:visible").count() == 2 - len(others)


def test_the_lens_shows_where_the_frame_is(reader: Reader) -> None:
    """Five times as large as the map, around the present place, and its frame never far off."""
    for update in (0, 14, 22, 60, 100):
        slide(reader, "updates shown", update)
        lens = reader.page.locator(".lens").first.bounding_box()
        frame = reader.page.locator(".map .window").first
        for name in ("width", "height"):
            assert 5 * float(str(frame.get_attribute(name))) == pytest.approx(lens[name], rel=1e-3)
        end = reader.page.locator(".lens .end.clipped").first.get_attribute("d")
        assert (update == 0) == (end is None)
        x, y = map(float, re.findall(r"-?[\d.]+", end)[:2]) if end else (10.0, 10.0)
        assert 0 < x + 5 < lens["width"]
        assert 0 < y + 5 < lens["height"]


def test_the_tasks_can_be_solved(reader: Reader) -> None:
    done = reader.page.locator(".rnn-explorer").first.locator(".tasks li.done")
    slide(reader, "updates shown", 99)
    slide(reader, "updates shown", 100)
    assert done.count() == 0, "the first state solves none"
    put_start(reader, 4.3, -2.18)
    assert done.count() == 1
    assert "the step 6.6" in str(done.first.text_content())
    put_start(reader, 5.0, -3.0)
    assert done.count() == 2
    reader.page.get_by_role("button", name="Reset").first.click()
    slide(reader, "learning rate η", 1)
    slide(reader, "threshold c of clipping", 1.2)
    assert done.count() == 3


def test_the_surface_changes_with_the_steps_and_with_nothing_else(reader: Reader) -> None:
    valley = reader.page.locator(".map .valley").first
    before = valley.get_attribute("d")
    slide(reader, "learning rate η", 0.7)
    assert valley.get_attribute("d") == before
    slide(reader, "steps T of the network", 4)
    assert valley.get_attribute("d") != before
    assert not reader.page.locator(".map .region-label").first.is_visible(), "four steps make no cliff"
    slide(reader, "steps T of the network", 60)
    assert reader.page.locator(".map .region-label").first.is_visible()


def test_table_on_demand_follows_the_figure(reader: Reader) -> None:
    table = reader.page.locator(".rnn-explorer details").first
    assert table.locator("tbody tr").count() == 0
    table.locator("summary").click()
    reader.page.wait_for_function("() => document.querySelector('.rnn-explorer details tbody tr')")
    slide(reader, "updates shown", 24)
    explorer = ClippingExplorer(update=24)
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
    reader.page.wait_for_function(
        "() => document.querySelector('.rnn-explorer [aria-live]').textContent !== ''"
    )
    assert "Clipped at c = 0.30" in str(live.text_content())


def test_no_ids_targets_a_finger_can_hit_and_nothing_too_wide(browser: Any, address: str) -> None:
    for size in (SMALL_PHONE, PHONE):
        with Reader(browser, size, has_touch=True, is_mobile=True) as reader:
            reader.skip_questions()
            reader.open(address)
            explorer = reader.page.locator(".rnn-explorer").first
            for summary in explorer.locator("summary").all():
                summary.click()
            assert explorer.locator("[id]").count() == 0
            for target in explorer.locator("input:visible, button:visible, summary").all():
                assert target.bounding_box()["height"] >= 24
            for target in explorer.locator(".grip:visible").all():
                grip = target.bounding_box()
                assert min(grip["width"], grip["height"]) >= 43.9
            assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
