"""Every control of the Jacobian explorer, on a page of its own, and its readout against rnn_core."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from explorer_page import choose, slide, write_explorer
from reader import PHONE, Reader

from rnn_widgets import JacobianExplorer
from rnn_widgets.kit.wording import factor

pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path: Path) -> str:
    return write_explorer(tmp_path, JacobianExplorer(gamma=1.0, rho=0.9))


@pytest.fixture
def reader(browser: Any, address: str) -> Iterator[Reader]:
    with Reader(browser, used=True) as reader:
        answered(reader, address)
        yield reader
        assert reader.troubles == []


def answered(reader: Reader, address: str) -> None:
    """Open the explorer and skip its question."""
    reader.open(address)
    reader.page.get_by_role("button", name="Skip", exact=True).click()


def point(reader: Reader) -> tuple[float, float]:
    """Return γ and ρ as the point tells them to a screen reader."""
    text = str(reader.page.locator(".handle").first.get_attribute("aria-valuetext"))
    gamma, rho, product = map(float, re.findall(r"\d(?:\.\d+)?", text))
    assert product == pytest.approx(gamma * rho, abs=0.0051)
    return gamma, rho


def readout(reader: Reader) -> list[str]:
    return reader.page.locator(".rnn-explorer").first.locator("dd").all_text_contents()


def expected(explorer: JacobianExplorer) -> list[str]:
    """What the readout must say, by rnn_core."""
    lag = explorer.lag_below_one_percent
    return [
        factor(explorer.gamma * explorer.rho),
        factor(explorer.decay_rate),
        f"not by lag {explorer.T}" if lag is None else f"at lag {lag}",
    ]


def test_readout_is_what_rnn_core_measures(reader: Reader) -> None:
    explorer = JacobianExplorer(gamma=1.0, rho=0.9)
    assert readout(reader) == expected(explorer)
    for gamma, rho, family, activation, scale, strength in (
        (0.83, 1.94, "orthogonal", "linear", 0.4, None),
        (1.61, 1.17, "gaussian", "tanh", 1.3, None),
        (1.22, 1.37, "symmetric", "relu", 0.0, None),
        (0.97, 1.58, "nonnormal", "linear", 0.7, 2.6),
        (0.97, 1.58, "nonnormal", "tanh", 0.7, 0.3),
    ):
        for name, value in (("γ, the", gamma), ("ρ, the", rho), ("input scale", scale)):
            slide(reader, name, value)
        choose(reader, "matrix W", family)
        choose(reader, "activation", activation)
        if strength is not None:
            slide(reader, "non-normality", strength)
            explorer.strength = strength
        explorer.gamma, explorer.rho, explorer.family = gamma, rho, family
        explorer.activation, explorer.input_scale = activation, scale
        assert readout(reader) == expected(explorer)
        assert point(reader) == (gamma, rho)
    reader.page.get_by_role("button", name="Another draw").first.click()
    explorer.draw = 1
    assert readout(reader) == expected(explorer)
    reader.page.get_by_role("button", name="Reset").first.click()
    assert readout(reader) == expected(JacobianExplorer(gamma=1.0, rho=0.9))


def test_arrow_keys_step_and_stop_at_the_edge(reader: Reader) -> None:
    reader.page.locator(".handle").first.focus()
    for key, there in (
        ("ArrowRight", (1.01, 0.9)),
        ("ArrowUp", (1.01, 0.91)),
        ("Shift+ArrowLeft", (0.91, 0.91)),
        ("Shift+ArrowDown", (0.91, 0.81)),
        ("ArrowLeft", (0.9, 0.81)),
    ):
        reader.page.keyboard.press(key)
        assert point(reader) == there
    for _ in range(15):
        reader.page.keyboard.press("Shift+ArrowRight")
        reader.page.keyboard.press("Shift+ArrowDown")
    assert point(reader) == (2.0, 0.0)


def test_the_product_is_kept_if_it_should_be(reader: Reader) -> None:
    lock = reader.page.get_by_label("keep γρ").first
    curve = reader.page.locator(".decay .curve.measured").first
    lock.check()
    seen = set()
    for key in ("Shift+ArrowRight", "ArrowUp", "ArrowLeft", "Shift+ArrowDown"):
        reader.page.locator(".handle").first.focus()
        reader.page.keyboard.press(key)
        assert readout(reader)[0] == "0.90"
        seen.add(curve.get_attribute("d"))
    slide(reader, "γ, the", 2)
    assert point(reader) == (2.0, 0.45)
    slide(reader, "ρ, the", 0.1)  # beyond the end of the curve
    assert point(reader) == (2.0, 0.45)
    assert reader.page.get_by_role("slider", name="ρ, the").first.input_value() == "0.45"
    assert len(seen) == 4
    lock.uncheck()
    slide(reader, "ρ, the", 0.1)
    assert point(reader) == (2.0, 0.1)


def test_strength_is_offered_for_non_normal_matrices_only(reader: Reader) -> None:
    strength = reader.page.get_by_label("non-normality").first
    for family in ("orthogonal", "nonnormal", "gaussian", "nonnormal", "symmetric"):
        choose(reader, "matrix W", family)
        assert strength.is_visible() == (family == "nonnormal")


def test_table_on_demand_follows_the_figure(reader: Reader) -> None:
    table = reader.page.locator(".rnn-explorer details").first
    assert table.locator("tbody tr").count() == 0
    table.locator("summary").click()
    reader.page.wait_for_function("() => document.querySelector('.rnn-explorer tbody tr')")
    choose(reader, "activation", "linear")
    rows = [row.all_text_contents() for row in (r.locator("th, td") for r in table.locator("tbody tr").all())]
    assert [row[0] for row in rows] == [str(lag) for lag in range(0, 61, 5)]
    assert rows[0][1:] == ["1.00"] * 3
    assert rows[4][1:] == ["0.122"] * 3  # 0.9^20, which an orthogonal W and a linear φ attain


def test_summary_is_announced_after_the_movement(reader: Reader) -> None:
    live = reader.page.locator(".rnn-explorer [aria-live=polite]").first
    before = live.text_content()
    assert before == reader.page.locator(".rnn-explorer .verdict").first.text_content()
    for rho in (1.1, 1.2, 1.3):
        slide(reader, "ρ, the", rho)
    assert live.text_content() == before
    changed = "before => document.querySelector('.rnn-explorer [aria-live]').textContent !== before"
    reader.page.wait_for_function(changed, arg=before)
    assert "γρ = 1.30 > 1" in str(live.text_content())


def test_no_ids_and_targets_a_finger_can_hit(browser: Any, address: str) -> None:
    with Reader(browser, PHONE, has_touch=True, is_mobile=True) as reader:
        answered(reader, address)
        choose(reader, "matrix W", "nonnormal")
        explorer = reader.page.locator(".rnn-explorer").first
        assert explorer.locator("[id]").count() == 0
        # A box to tick is hit by its label as well.
        targets = "input:not([type=checkbox]), label.toggle, select, button, summary"
        for target in explorer.locator(targets).locator("visible=true").all():
            assert target.bounding_box()["height"] >= 24
        grip = explorer.locator(".plane .grip").bounding_box()
        assert min(grip["width"], grip["height"]) >= 43.9


def test_drag_by_finger(browser: Any, address: str) -> None:
    """The point follows the finger, and the page does not scroll meanwhile."""
    with Reader(browser, PHONE, has_touch=True, is_mobile=True) as reader:
        answered(reader, address)
        handle = reader.page.locator(".handle").first
        reader.page.locator(".plane").first.evaluate("plane => plane.scrollIntoView({ block: 'center' })")
        surface = reader.page.locator(".plane .surface").first.bounding_box()
        grip = handle.bounding_box()
        scrolled = reader.page.evaluate("scrollY")
        x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
        to_x, to_y = surface["x"] + surface["width"] * 0.75, surface["y"] + surface["height"] * 0.8
        finger = reader.context.new_cdp_session(reader.page)

        def touch(kind: str, *points: tuple[float, float]) -> None:
            touches = [{"x": px, "y": py} for px, py in points]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

        touch("touchStart", (x, y))
        for i in range(1, 11):
            touch("touchMove", (x + (to_x - x) * i / 10, y + (to_y - y) * i / 10))
        touch("touchEnd")
        assert point(reader) == pytest.approx((1.5, 0.4), abs=0.03)
        assert reader.page.evaluate("scrollY") == scrolled
