"""The explorers of events in a browser: what a tap, a key, a play button and a clock do, against rnn_core."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from explorer_page import choose, slide, write_explorer
from reader import DESKTOP, PHONE, SMALL_PHONE, Reader
from test_pages import AXE, RUN_AXE

from rnn_widgets import ClockExplorer, ExciteExplorer, ThinningExplorer
from rnn_widgets.clock.limits import ks_limit
from rnn_widgets.kit.explorer import Explorer

pytestmark = pytest.mark.browser
KINDS = [ExciteExplorer, ThinningExplorer, ClockExplorer]


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Reader]]:
    """Return a function that opens an explorer past its question; nobody must have met trouble at the end."""
    readers: list[Reader] = []

    def open_one(
        explorer: Explorer, viewport: dict[str, int] = DESKTOP, theme: str = "light", **options: Any
    ) -> Reader:
        reader = Reader(browser, viewport, theme, used=not options, **options)
        readers.append(reader)
        reader.open(write_explorer(tmp_path, explorer, theme=theme))
        reader.page.get_by_role("button", name="Skip").click()
        return reader

    yield open_one
    for reader in readers:
        assert reader.troubles == []
        reader.__exit__()


def verdict(reader: Reader) -> str:
    return str(reader.page.locator(".verdict").text_content())


def place(reader: Reader, right: float, up: float = 0.9) -> tuple[float, float]:
    """Where a share of the plane lies on the screen."""
    box = reader.page.locator(".surface").first.bounding_box()
    assert box is not None
    return box["x"] + right * box["width"], box["y"] + (1 - up) * box["height"]


def test_a_click_makes_an_event_and_another_takes_it_away(open_page: Callable[..., Reader]) -> None:
    reader, explorer = open_page(ExciteExplorer()), ExciteExplorer()
    assert "With 3 events" in verdict(reader)
    reader.page.mouse.click(*place(reader, 0.4))
    explorer.events = [1.0, 2.0, 2.5, 4.0]
    assert "With 4 events" in verdict(reader)
    assert f"At 5.00, λ is {explorer.rate:.2f}:" in verdict(reader)
    reader.page.mouse.click(*place(reader, 0.4, up=0.5))
    assert "With 3 events" in verdict(reader)


def test_a_finger_makes_an_event(open_page: Callable[..., Reader]) -> None:
    reader = open_page(ExciteExplorer(), PHONE, has_touch=True, is_mobile=True)
    reader.page.get_by_role("button", name="None").click()
    assert "No event yet" in verdict(reader)
    reader.page.touchscreen.tap(*place(reader, 0.2))
    assert "With 1 event λ" in verdict(reader)
    reader.page.touchscreen.tap(*place(reader, 0.2))
    assert "No event yet" in verdict(reader)


def test_the_keyboard_alone_makes_events(open_page: Callable[..., Reader]) -> None:
    reader = open_page(ExciteExplorer())
    handle = reader.page.get_by_role("slider", name="time at which λ is read")
    handle.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowLeft", "Enter"):
        reader.page.keyboard.press(key)
    assert "With 4 events" in verdict(reader)
    assert "Just before the event at 4.20" in verdict(reader)
    assert str(handle.get_attribute("aria-valuetext")).startswith("time 4.20, λ is ")
    for _ in range(8):
        reader.page.keyboard.press("Shift+ArrowRight")
    assert handle.get_attribute("aria-valuenow") == "10"
    reader.page.keyboard.press("Shift+ArrowLeft")
    reader.page.keyboard.press("Space")
    assert "Just before the event at 9.00" in verdict(reader)
    reader.page.keyboard.press("Enter")
    assert "With 4 events" in verdict(reader)


def test_there_is_room_for_twenty_events(open_page: Callable[..., Reader]) -> None:
    reader = open_page(ExciteExplorer(events=[]))
    for i in range(24):
        reader.page.mouse.click(*place(reader, 0.02 + 0.04 * i))
    assert "With 20 events" in verdict(reader)


def grip(reader: Reader) -> tuple[float, float]:
    """Where the point that reads λ lies on the screen; it is large enough for a finger."""
    box = reader.page.locator(".handle[aria-label^='time at which'] .grip").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 43.9
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_point_is_dragged_by_mouse(open_page: Callable[..., Reader]) -> None:
    reader = open_page(ExciteExplorer())
    reader.page.mouse.move(*grip(reader))
    reader.page.mouse.down()
    reader.page.mouse.move(*place(reader, 0.3), steps=4)
    reader.page.mouse.up()
    found = re.search(r"At (\d\.\d\d), λ is (\d\.\d\d)", verdict(reader))
    assert found is not None
    assert float(found[1]) == pytest.approx(3.0, abs=0.05)
    assert float(found[2]) == pytest.approx(ExciteExplorer(at=float(found[1])).rate, abs=0.0051)
    assert "With 3 events" in verdict(reader)  # to drag is not to tap


def test_the_point_is_dragged_by_finger(open_page: Callable[..., Reader]) -> None:
    """The point follows the finger, and the page does not scroll meanwhile."""
    reader = open_page(ExciteExplorer(), PHONE, has_touch=True, is_mobile=True)
    (x, y), (to_x, to_y) = grip(reader), place(reader, 0.8, up=0.1)
    finger = reader.context.new_cdp_session(reader.page)
    for i in range(11):
        there = {"x": x + (to_x - x) * i / 10, "y": y + (to_y - y) * i / 10}
        kind = "touchMove" if i else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [there]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    found = re.search(r"At (\d\.\d\d), λ is", verdict(reader))
    assert found is not None
    assert float(found[1]) == pytest.approx(8.0, abs=0.1)
    assert reader.page.evaluate("scrollY") == 0


@pytest.mark.parametrize("kind", KINDS)
def test_two_views_of_one_model_stay_in_step(browser: Any, tmp_path: Path, kind: type[Explorer]) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(write_explorer(tmp_path, kind(), views=2))
        roots = reader.page.locator(".rnn-explorer")
        for root in roots.all():
            root.get_by_role("button", name="Skip").click()
        for i, share in ((0, 0.2), (1, 0.9)):
            slider = roots.nth(i).locator(".controls input[type=range]").first
            low, high = (float(str(slider.get_attribute(end))) for end in ("min", "max"))
            slider.fill(str(low + round((high - low) * share, 1)))
            verdicts = roots.locator(".verdict").all_text_contents()
            drawn = [root.locator(".clip .curve:not(.ghost)").all() for root in roots.all()]
            curves = [[path.get_attribute("d") for path in paths] for paths in drawn]
            assert verdicts[0] == verdicts[1]
            assert curves[0] == curves[1]
        assert reader.troubles == []


def marks(reader: Reader, name: str) -> int:
    return str(reader.page.locator(f".strip .{name}").get_attribute("d") or "").count("M")


def test_the_darts_that_are_drawn_are_those_of_rnn_core(open_page: Callable[..., Reader]) -> None:
    reader, explorer = open_page(ThinningExplorer()), ThinningExplorer()
    for curve, ceiling, fallen in (
        ("wave", 5.0, 120),
        ("wave", 2.2, 9),
        ("hawkes", 4.0, 30),
        ("hawkes", 6.0, 1),
    ):
        choose(reader, "curve λ", curve)
        slide(reader, "ceiling", ceiling)
        explorer.curve, explorer.ceiling = curve, ceiling
        count = min(fallen, len(explorer.darts[0]))
        slide(reader, "darts fallen", count)
        explorer.fallen = count
        kept = int(explorer.kept.sum())
        crosses = str(reader.page.locator(".strip .dropped").get_attribute("d") or "").count("M")
        assert (marks(reader, "kept"), crosses) == (kept, count - kept)
        assert f"{kept} kept" in verdict(reader) or f"{kept} of {count} are kept" in verdict(reader)


def test_darts_fall_one_by_one(open_page: Callable[..., Reader]) -> None:
    reader = open_page(ThinningExplorer())
    reader.page.get_by_role("button", name="To the end").click()  # who wants less motion gets no motion
    assert verdict(reader).startswith("All 53 darts have fallen")
    reader.page.emulate_media(reduced_motion="no-preference")
    reader.page.locator(".play").click()
    reader.page.wait_for_function(
        "() => document.querySelector('.verdict').textContent.startsWith('Dart 3 of')"
    )
    reader.page.get_by_role("button", name="Pause").click()
    now = re.match(r"Dart (\d+) of", verdict(reader))
    assert now is not None
    reader.page.get_by_role("button", name="One step forward").click()
    assert verdict(reader).startswith(f"Dart {int(now[1]) + 1} of")


SWEEP = """async () => {
  const input = (name) => document.querySelector(`input[aria-label*="${name}"]`);
  const [clock, alpha] = ["from t to", "branching"].map(input);
  const select = document.querySelector("select");
  const [band, points] = [".qq .band", ".qq .points"].map((name) => document.querySelector(name));
  const move = (slider, value) => {
    slider.value = value;
    slider.dispatchEvent(new Event("input"));
  };
  move(clock, 1);
  const found = [];
  for (const { value } of [...select.options].slice(1)) {
    select.value = value;
    select.dispatchEvent(new Event("change"));
    for (let share = 0.02; share < 0.95; share += 0.02) {
      move(alpha, share);
      const at = [...points.getAttribute("d").matchAll(/M([-.\\d]+),([-.\\d]+)/g)];
      const outside = at.some(([, x, y]) => !band.isPointInFill(new DOMPoint(x, y)));
      found.push([outside, document.querySelector(".verdict").textContent]);
    }
  }
  return found;
}"""


def test_points_beyond_the_band_are_those_that_the_test_rejects(open_page: Callable[..., Reader]) -> None:
    """The band of the QQ plot and the distance in the sentence say the same, for every wrong model and α."""
    close = 0
    for outside, text in open_page(ClockExplorer()).page.evaluate(SWEEP):
        found = re.search(r"distance (\d\.\d+), limit (\d\.\d+)", text)
        assert found is not None
        distance, limit = float(found[1]), float(found[2])
        if abs(distance - limit) < 0.002:  # places are drawn to a tenth of a pixel
            continue
        assert outside == (distance > limit), text
        close += abs(distance - limit) < 0.008
    assert close >= 3  # some would go over the edge if the band were a little wider or narrower


def test_the_clock_carries_the_events(open_page: Callable[..., Reader]) -> None:
    reader, explorer = open_page(ClockExplorer()), ClockExplorer()
    width = float(str(reader.page.locator(".count .surface").get_attribute("width")))
    for clock in (0.0, 0.37, 1.0):
        slide(reader, "clock, from t to", clock)
        explorer.clock = clock
        rug = str(reader.page.locator(".count .events").get_attribute("d"))
        drawn = [float(value) for value in re.findall(r"M([\d.]+),", rug)]
        assert drawn == pytest.approx(list(width * explorer.readings / explorer.at_end), abs=0.0051)
    assert f"distance {explorer.ks_distance:.3f}, limit {ks_limit(len(explorer.times)):.3f}" in verdict(
        reader
    )


def test_the_table_follows(open_page: Callable[..., Reader]) -> None:
    reader, explorer = open_page(ClockExplorer()), ClockExplorer(alpha=0.4, evaluation="half_beta")
    reader.page.get_by_text("The numbers as a table").click()
    choose(reader, "whose Λ", "half_beta")
    for alpha in (0.6, 0.4):
        slide(reader, "branching", alpha)
    rows = [row.locator("th, td").all_text_contents() for row in reader.page.locator("tbody tr").all()]
    times, gaps = explorer.times, explorer.rescaled_gaps
    assert 10 <= len(rows) <= 14
    assert int(rows[-1][0]) == len(times)
    for row in rows:
        i = int(row[0]) - 1
        assert [row[1], *row[3:]] == [f"{value:.2f}" for value in (times[i], gaps[: i + 1].sum(), gaps[i])]


# Pairs of labels whose boxes meet, and those that are cut off; a box is as high as a line, its edge is empty.
LABELS = """() => {
  const all = [...document.querySelectorAll(".rnn-explorer svg text")];
  const seen = all.filter((text) => text.textContent && text.checkVisibility());
  const boxes = seen.map((text) => [text.textContent, text.getBoundingClientRect()]);
  const cut = boxes.filter(([, box]) => box.left < -0.5 || box.right > innerWidth + 0.5);
  const across = (a, b) => a.left + 1 < b.right - 1 && b.left + 1 < a.right - 1;
  const down = (a, b) => a.top + 2 < b.bottom - 2 && b.top + 2 < a.bottom - 2;
  const found = cut.map(([name]) => `${name} is cut off`);
  boxes.forEach(([name, a], i) => {
    for (const [other, b] of boxes.slice(i + 1)) {
      if (across(a, b) && down(a, b)) found.push(`${name} meets ${other}`);
    }
  });
  return found;
}"""
STATES = {
    ExciteExplorer: [{"at": 10.0, "beta": 3.0, "alpha": 0.95}, {"events": [], "at": 0.0, "mu": 1.0}],
    ThinningExplorer: [{"ceiling": 1.0}, {"ceiling": 6.0, "curve": "hawkes"}],
    ClockExplorer: [
        {"clock": 1.0},
        {"clock": 1.0, "alpha": 0.95, "beta": 3.0, "mu": 1.0},
        {"clock": 0.6, "mu": 0.05, "alpha": 0.9, "beta": 0.1, "evaluation": "no_beta"},
    ],
}
CASES = [(kind, state) for kind, states in STATES.items() for state in ({}, *states)]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, SMALL_PHONE], ids=["desk", "phone", "small phone"])
@pytest.mark.parametrize(("kind", "state"), CASES, ids=[f"{k.__name__} {json.dumps(s)}" for k, s in CASES])
def test_labels_keep_apart(
    open_page: Callable[..., Reader], kind: type[Explorer], state: dict[str, Any], viewport: dict[str, int]
) -> None:
    reader = open_page(kind(**state), viewport)
    assert reader.page.evaluate(LABELS) == []
    assert reader.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_accessible(open_page: Callable[..., Reader], kind: type[Explorer], theme: str) -> None:
    reader = open_page(kind(), SMALL_PHONE, theme=theme, has_touch=True)
    assert reader.page.locator(".rnn-explorer [id]").count() == 0
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; run `make widgets`")
    reader.page.add_script_tag(path=AXE)
    assert reader.page.evaluate(RUN_AXE, {}) == []
    reader.page.get_by_role("button", name="Guess again").click()
    assert reader.page.evaluate(RUN_AXE, {}) == []


# How much of a page each control and all that it moves take: from the top of the topmost changed drawing.
SPANS = """() => {
  const root = document.querySelector(".rnn-explorer");
  const drawings = [...root.querySelectorAll(".panel > svg")];
  const spans = {};
  for (const input of root.querySelectorAll(".controls input, .controls select")) {
    const before = drawings.map((svg) => svg.innerHTML);
    const { value } = input;
    if (input.type === "range") input.value = (2 * Number(input.min) + Number(input.max)) / 3;
    else input.selectedIndex = 1;
    input.dispatchEvent(new Event(input.type === "range" ? "input" : "change"));
    const moved = drawings.filter((svg, i) => svg.innerHTML !== before[i]);
    const boxes = [input, ...moved].map((node) => node.getBoundingClientRect());
    const span = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
    spans[input.getAttribute("aria-label") ?? input.parentNode.textContent] = moved.length ? span : null;
    input.value = value;
    input.dispatchEvent(new Event(input.type === "range" ? "input" : "change"));
  }
  return spans;
}"""


@pytest.mark.parametrize(("size", "most"), [((390, 844), 760), ((1024, 768), 690)], ids=["phone", "desk"])
@pytest.mark.parametrize("kind", KINDS)
def test_cause_and_effect_are_in_one_view(
    open_page: Callable[..., Reader], kind: type[Explorer], size: tuple[int, int], most: int
) -> None:
    width, height = size
    touch = {"has_touch": True, "is_mobile": True} if width < 600 else {}
    spans = open_page(kind(), {"width": width, "height": height}, **touch).page.evaluate(SPANS)
    assert len(spans) >= 3
    assert all(span is not None and span <= most for span in spans.values()), spans
