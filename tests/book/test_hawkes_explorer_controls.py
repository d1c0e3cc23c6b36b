"""Every way of input and every reading of the Hawkes explorer, on a page of its own, against rnn_core."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from explorer_page import choose, milliseconds, slide, write_explorer
from reader import DESKTOP, PHONE, SMALL_PHONE, Reader
from test_pages import AXE, RUN_AXE

from rnn_widgets import HawkesExplorer
from rnn_widgets.hawkes.words import ks_limit

pytestmark = pytest.mark.browser

CURVES = [f".timeline .clip .curve.{name}" for name in ("measured", "model")] + [".events", ".qq .points"]


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Reader]]:
    """Return a function that opens the page for a reader; the reader must have met no trouble at the end."""
    readers: list[Reader] = []

    def open_one(
        viewport: dict[str, int] = DESKTOP, views: int = 1, theme: str = "light", **options: Any
    ) -> Reader:
        readers.append(Reader(browser, viewport, theme, **options))
        readers[-1].open(write_explorer(tmp_path, HawkesExplorer(), views, theme))
        return readers[-1]

    yield open_one
    for reader in readers:
        assert reader.troubles == []
        reader.context.close()


def point(reader: Reader) -> tuple[float, ...]:
    """Return α and β as the point tells them to a screen reader."""
    text = str(reader.page.locator(".handle").first.get_attribute("aria-valuetext"))
    alpha, beta, constant = map(float, re.findall(r"\d+\.\d\d", text))
    assert constant == pytest.approx(1 / (beta * (1 - alpha)), abs=0.0051)
    return alpha, beta


def readout(reader: Reader) -> list[str]:
    return reader.page.locator(".rnn-explorer").first.locator("dd").all_text_contents()


def expected(explorer: HawkesExplorer) -> list[str]:
    """What the readout must say, by rnn_core."""
    total, n = explorer.log_likelihood, len(explorer.times)
    compensator = explorer.model.evaluate(explorer.times, explorer.times)[1].sum()
    last = explorer.model.evaluate(explorer.times, explorer.end)[1]
    nats = [f"{value:.1f}".replace("-", "−") for value in (total, total + compensator + last)]
    distance = explorer.ks_distance
    return [
        f"{explorer.alpha:.2f}",
        f"{explorer.mean_rate:.2f}",
        f"{1 / (explorer.beta * (1 - explorer.alpha)):.2f}",
        f"{n} ({explorer.expected_number:.1f})",
        "no events" if distance is None else f"{distance:.3f} ({ks_limit(n):.3f})",
        f"{nats[0]} = {nats[1]} − {compensator + last:.1f}",
    ]


def test_readout_is_what_rnn_core_measures(open_page: Callable[..., Reader]) -> None:
    reader, explorer = open_page(), HawkesExplorer()
    assert readout(reader) == expected(explorer)
    for alpha, beta, mu, end, evaluation in (
        (0.31, 0.75, 0.83, 37.0, "poisson"),
        (0.93, 2.35, 0.21, 50.0, "half_beta"),
        (0.0, 1.1, 0.47, 22.0, "true"),
        (0.66, 0.4, 1.0, 44.0, "no_beta"),
    ):
        for label, value in (("α, the", alpha), ("β, the", beta), ("μ, the", mu), ("T, the", end)):
            slide(reader, label, value)
        choose(reader, "evaluate with", evaluation)
        explorer.alpha, explorer.beta, explorer.mu, explorer.end = alpha, beta, mu, end
        explorer.evaluation = evaluation
        assert readout(reader) == expected(explorer)
        assert point(reader) == (alpha, beta)
        ticks = str(reader.page.locator(".timeline .events").get_attribute("d"))
        assert ticks.count("M") == len(explorer.times)
    reader.page.get_by_role("button", name="Another draw").click()
    explorer.draw = 1
    assert readout(reader) == expected(explorer)
    reader.page.get_by_role("button", name="Reset").click()
    assert readout(reader) == expected(HawkesExplorer())


SWEEP = """async () => {
  const [slider, select] = ["input[type=range]", "select"].map((name) => document.querySelector(name));
  const [band, points] = [".qq .band", ".qq .points"].map((name) => document.querySelector(name));
  const found = [];
  for (const { value } of [...select.options].slice(1)) {
    select.value = value;
    select.dispatchEvent(new Event("change"));
    for (let alpha = 0.02; alpha < 0.95; alpha += 0.02) {
      slider.value = alpha;
      slider.dispatchEvent(new Event("input"));
      const at = [...points.getAttribute("d").matchAll(/M([-.\\d]+),([-.\\d]+)/g)];
      const outside = at.some(([, x, y]) => !band.isPointInFill(new DOMPoint(x, y)));
      found.push([outside, document.querySelectorAll("dd")[4].textContent]);
    }
  }
  return found;
}"""


def test_points_beyond_the_band_are_those_that_the_test_rejects(open_page: Callable[..., Reader]) -> None:
    """The band of the QQ plot and the distance in the readout say the same, for every wrong model and α."""
    close = 0
    for outside, text in open_page().page.evaluate(SWEEP):
        distance, limit = map(float, re.findall(r"\d\.\d+", text))
        if abs(distance - limit) < 0.002:  # places are drawn to a tenth of a pixel
            continue
        assert outside == (distance > limit), text
        close += abs(distance - limit) < 0.008
    assert close >= 3  # some would go over the edge if the band were a little wider or narrower


def test_arrow_keys_step_and_stop_at_the_edge(open_page: Callable[..., Reader]) -> None:
    reader = open_page()
    reader.page.locator(".handle").focus()
    for key, there in (
        ("ArrowRight", (0.76, 2.0)),
        ("ArrowUp", (0.76, 2.05)),
        ("Shift+ArrowLeft", (0.66, 2.05)),
        ("Shift+ArrowDown", (0.66, 1.55)),
        ("ArrowLeft", (0.65, 1.55)),
        ("ArrowDown", (0.65, 1.5)),
    ):
        reader.page.keyboard.press(key)
        assert point(reader) == there
    for _ in range(5):
        reader.page.keyboard.press("Shift+ArrowRight")
        reader.page.keyboard.press("Shift+ArrowDown")
    assert point(reader) == (0.95, 0.1)


def test_drag_by_mouse(open_page: Callable[..., Reader]) -> None:
    reader = open_page()
    before = [reader.page.locator(curve).first.get_attribute("d") for curve in CURVES]
    box, handle = (reader.page.locator(name).bounding_box() for name in (".plane .surface", ".handle .grip"))
    reader.page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    reader.page.mouse.down()
    reader.page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.25 * box["height"], steps=4)
    reader.page.mouse.up()
    assert point(reader) == pytest.approx((0.3, 2.25), abs=0.06)
    choose(reader, "evaluate with", "half_beta")
    after = [reader.page.locator(curve).first.get_attribute("d") for curve in CURVES]
    assert all(a != b for a, b in zip(before, after, strict=True))


def test_drag_by_finger(open_page: Callable[..., Reader]) -> None:
    """The point follows the finger, and the page does not scroll meanwhile."""
    reader = open_page(PHONE, has_touch=True, is_mobile=True)
    box, grip = (reader.page.locator(name).bounding_box() for name in (".plane .surface", ".handle .grip"))
    assert min(grip["width"], grip["height"]) >= 43.9
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    to_x, to_y = box["x"] + 0.4 * box["width"], box["y"] + 0.8 * box["height"]
    finger = reader.context.new_cdp_session(reader.page)
    for i in range(11):
        place = {"x": x + (to_x - x) * i / 10, "y": y + (to_y - y) * i / 10}
        kind = "touchMove" if i else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert point(reader) == pytest.approx((0.4, 0.6), abs=0.06)
    assert reader.page.evaluate("scrollY") == 0


def test_two_views_of_one_model_stay_in_step(open_page: Callable[..., Reader]) -> None:
    reader = open_page(views=2)
    views = reader.page.locator(".explorer-view")
    for i, value in ((0, "0.2"), (1, "0.9")):
        views.nth(i).locator("input").first.fill(value)
        assert [view.locator("input").first.input_value() for view in views.all()] == [value, value]
        drawn = [[view.locator(curve).first.get_attribute("d") for curve in CURVES] for view in views.all()]
        assert drawn[0] == drawn[1]


def test_table_and_summary_follow_the_figure(open_page: Callable[..., Reader]) -> None:
    reader, explorer = open_page(), HawkesExplorer(alpha=0.4, evaluation="half_beta")
    table, live = reader.page.locator("details"), reader.page.locator("[aria-live=polite]")
    assert table.locator("tbody tr").count() == 0
    table.locator("summary").click()
    reader.page.wait_for_function("document.querySelector('tbody tr')")
    assert live.text_content() == ""
    choose(reader, "evaluate with", "half_beta")
    for alpha in (0.6, 0.5, 0.4):
        slide(reader, "α, the", alpha)
    rows = [row.locator("th, td").all_text_contents() for row in table.locator("tbody tr").all()]
    times, gaps = explorer.times, explorer.rescaled_gaps
    assert 10 <= len(rows) <= 14
    assert int(rows[-1][0]) == len(times)
    for row in rows:
        i = int(row[0]) - 1
        assert [row[1], *row[3:]] == [f"{value:.2f}" for value in (times[i], gaps[: i + 1].sum(), gaps[i])]
    reader.page.wait_for_function("document.querySelector('[aria-live]').textContent !== ''")
    assert str(live.text_content()).startswith(f"{len(times)} events")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, SMALL_PHONE], ids=["desk", "phone"])
def test_accessible_and_not_too_wide(
    open_page: Callable[..., Reader], viewport: dict[str, int], theme: str
) -> None:
    reader = open_page(viewport, theme=theme, has_touch=viewport is SMALL_PHONE)
    choose(reader, "evaluate with", "no_beta")
    assert reader.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert reader.page.locator(".rnn-explorer [id]").count() == 0
    for target in reader.page.locator("input, select, button, summary").all():
        assert target.bounding_box()["height"] >= 24
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; run `make widgets`")
    reader.page.add_script_tag(path=AXE)
    assert reader.page.evaluate(RUN_AXE, {}) == []


def test_from_input_to_drawing_in_eight_milliseconds(open_page: Callable[..., Reader]) -> None:
    reader = open_page()
    choose(reader, "evaluate with", "half_beta")  # two processes to evaluate and to draw
    assert milliseconds(reader) <= 8.0
