"""Every explorer that asks: guess, links, labels, layout, random inputs; each on a page of its own."""

from pathlib import Path
from typing import Any

import pytest
from explorer_page import KINDS, MOVE_ALL, WRITTEN, opened, write_explorer
from reader import PHONE, Reader
from test_pages import AXE, RUN_AXE

pytestmark = pytest.mark.browser

PROJECTOR = {"width": 1024, "height": 768}
COLUMN = {"width": 696, "height": 900}  # the book's column of text: 680 and two margins
SMALL = {"width": 320, "height": 640}
BAR = 60  # px that the book's own bar takes from a screen
ROOT = ".rnn-explorer"

# What the reader sees, without what is left of the state before.
SEEN = f"""() => {{
  const root = document.querySelector(".rnn-explorer");
  const drawn = [...root.querySelectorAll(".panels svg")].map({WRITTEN});
  const controls = [...root.querySelectorAll("input:not([type=radio], [readonly]), select")];
  return [
    root.querySelector(".verdict").textContent,
    drawn.join(),
    controls.map((each) => each.checked + each.value).join(),
  ];
}}"""

# Inputs as a reader makes them, drawn from a seed: sliders, lists, boxes, buttons, keys where they count.
INPUTS = """async ([seed, count]) => {
  let state = seed;
  const random = () => ((state = (state * 1103515245 + 12345) % 2147483648) / 2147483648);
  const any = (list) => list[Math.floor(random() * list.length)];
  const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter", "Home", "End"];
  const root = document.querySelector(".rnn-explorer");
  const away = /^(Copy link|SVG|PNG|CSV|Full screen|Guess again|Share)$/;
  const seen = (each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled;
  const kinds = "input[type=range], select, input[type=checkbox], button, .handle, [tabindex='0']";
  const change = (target, type) => target.dispatchEvent(new Event(type, { bubbles: true }));
  for (let i = 0; i < count; i++) {
    const all = [...root.querySelectorAll(kinds)];
    const target = any(all.filter((each) => seen(each) && !away.test(each.textContent.trim())));
    if (target.type === "range") {
      const share = random() < 0.2 ? Math.round(random()) : random();
      target.value = Number(target.min) + share * (target.max - target.min);
      change(target, "input");
    } else if (target.tagName === "SELECT") {
      target.value = any([...target.options]).value;
      change(target, "change");
    } else if (target.tagName === "BUTTON" || target.type === "checkbox") {
      target.click();
    } else {
      const options = { key: any(keys), shiftKey: random() < 0.3, bubbles: true, cancelable: true };
      target.dispatchEvent(new KeyboardEvent("keydown", options));
    }
    const broken = /NaN|Infinity|undefined/.exec(root.querySelector(".panels").innerHTML);
    if (broken) return `${broken[0]} after input ${i}`;
    if (i % 20 === 0) await new Promise(requestAnimationFrame);
  }
  // What plays would go on while it is looked at.
  [...root.querySelectorAll("button")].find((each) => each.textContent.includes("Pause"))?.click();
  return null;
}"""

# Pairs of labels that lie over one another, and labels that the screen cuts off.
COLLISIONS = """() => {
  const seen = { visibilityProperty: true, opacityProperty: true };
  const texts = [...document.querySelectorAll(".rnn-explorer .panels svg text")].filter(
    (text) => text.textContent.trim() && text.checkVisibility(seen));
  const boxes = texts.map((text) => text.getBoundingClientRect());
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3.5;
  const found = [];
  texts.forEach((text, i) => {
    for (let j = i + 1; j < texts.length; j++)
      if (over(boxes[i], boxes[j])) found.push(`${text.textContent} / ${texts[j].textContent}`);
    const { left, right } = boxes[i];
    const { clientWidth } = document.documentElement;
    const most = Math.min(clientWidth + 1, text.closest(".rnn-explorer").getBoundingClientRect().right + 8);
    if (right > most || left < -1) found.push(`${text.textContent} is cut off`);
  });
  return found;
}"""

# For each control: the height of screen that it takes to see it with everything in the figures that it moves.
REACH = """async () => {
  const root = document.querySelector(".rnn-explorer");
  const outermost = (svg) => !svg.parentElement.closest("svg");
  const figures = [...root.querySelectorAll(".panels svg")].filter(outermost);
  const copy = () => figures.map((svg) => svg.innerHTML);
  const reset = [...root.querySelectorAll("button")].find((each) => each.textContent === "Reset");
  const kinds = "input[type=range], select, input[type=checkbox], .presets button, .player button";
  const set = (control, value, type) => () => {
    control.value = value;
    control.dispatchEvent(new Event(type, { bubbles: true }));
  };
  const movesOf = (control) => {
    if (control.tagName === "BUTTON" || control.type === "checkbox") return [() => control.click()];
    if (control.tagName === "SELECT") return [...control.options].map((o) => set(control, o.value, "change"));
    const [min, max] = [Number(control.min), Number(control.max)];
    return [0.13, 0.5, 0.9].map((share) => set(control, min + share * (max - min), "input"));
  };
  const seen = (each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled;
  const found = [];
  for (const control of [...root.querySelectorAll(kinds)].filter(seen)) {
    const moved = new Set();
    for (const move of movesOf(control)) {
      const before = copy();
      move();
      copy().forEach((html, i) => html !== before[i] && moved.add(i));
    }
    const boxes = [control, ...[...moved].map((i) => figures[i])].map((each) => each.getBoundingClientRect());
    const height = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
    found.push([control.getAttribute("aria-label") ?? control.textContent, Math.round(height)]);
    reset.click();
  }
  return found;
}"""


@pytest.fixture(params=KINDS, ids=[kind.BUNDLE for kind in KINDS])
def kind(request: Any) -> Any:
    """Return the class of an explorer."""
    return request.param


def test_it_asks_first_and_remembers(browser: Any, tmp_path: Path, kind: Any) -> None:
    with Reader(browser, used=True) as reader:
        page = reader.page
        reader.open(write_explorer(tmp_path, kind()))
        assert page.locator(f"{ROOT} .question").inner_text() == kind.QUESTION.strip()
        assert kind.QUESTION.endswith("?")
        assert page.locator(f"{ROOT} .instruction").inner_text() == kind.INSTRUCTION.strip()
        answer = page.locator(f"{ROOT} button.primary")
        assert answer.is_disabled(), "a guess comes first"
        assert answer.inner_text().endswith(" first"), "it says what is missing"
        locked = answer.bounding_box()
        assert page.locator(f"{ROOT} .verdict").text_content() == ""
        options = page.locator(f"{ROOT} .prediction input[type=radio]")
        if options.count():
            options.first.check()
        else:
            points = page.locator(f"{ROOT} .sketch .handle")
            (points if points.count() else page.locator(f"{ROOT} .handle")).first.focus()
            page.keyboard.press("ArrowUp")
            if answer.is_disabled():
                page.keyboard.press("ArrowLeft")
        assert answer.inner_text() == "Show the answer"
        assert answer.bounding_box()["width"] == locked["width"]
        answer.click()
        gap = page.locator(f"{ROOT} .gap")
        assert gap.is_visible()
        told = gap.inner_text()
        assert len(told) > 20
        assert page.locator(f"{ROOT} .verdict").inner_text()
        page.reload()
        page.wait_for_selector(f"{ROOT} .verdict")
        assert page.locator(f"{ROOT} .gap").inner_text() == told
        assert not page.locator(f"{ROOT} .prediction").is_visible()
        page.get_by_role("button", name="Guess again").click()
        assert page.locator(f"{ROOT} .prediction").is_visible()
        assert page.locator(f"{ROOT} .tasks li").count() >= 2
        assert page.locator(f"{ROOT} .tasks li.done").count() == 0
        assert reader.troubles == []


def test_hundreds_of_inputs_and_the_link_to_where_they_lead(
    browser: Any, tmp_path: Path, kind: Any, thorough: bool
) -> None:
    """A thousand in the thorough run."""
    address = write_explorer(tmp_path, kind())
    with Reader(browser, used=True) as reader:
        opened(reader, address)
        for seed in (1, 2):
            assert reader.page.evaluate(INPUTS, [seed, 500 if thorough else 150]) is None
            reader.page.wait_for_timeout(500)
            link = reader.page.evaluate("location.href")
            assert "#explorer=" in link
            seen = reader.page.evaluate(SEEN)
            with Reader(browser, used=True, skips=True) as other:
                other.open(link)
                assert other.page.evaluate(SEEN) == seen, link
                assert other.troubles == []
        assert reader.troubles == []


@pytest.mark.parametrize("viewport", [PROJECTOR, PHONE], ids=["projector", "phone"])
def test_each_control_is_seen_with_what_it_moves(
    browser: Any, tmp_path: Path, kind: Any, viewport: Any
) -> None:
    with Reader(browser, viewport, used=True) as reader:
        opened(reader, write_explorer(tmp_path, kind()))
        found = reader.page.evaluate(REACH)
        assert found
        room = viewport["height"] - BAR
        assert [each for each in found if each[1] > room] == []


@pytest.mark.parametrize(
    "viewport", [PROJECTOR, COLUMN, PHONE, SMALL], ids=["projector", "column", "phone", "small"]
)
def test_no_labels_collide(browser: Any, tmp_path: Path, kind: Any, viewport: Any, thorough: bool) -> None:
    with Reader(browser, viewport, used=True) as reader:
        opened(reader, write_explorer(tmp_path, kind()))
        assert reader.page.evaluate(COLLISIONS) == []
        for seed in range(30 if thorough else 10):
            reader.page.evaluate(INPUTS, [100 + seed, 4])
            assert reader.page.evaluate(COLLISIONS) == [], reader.page.evaluate("location.href")
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert reader.page.evaluate(width) <= 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, kind: Any, theme: str) -> None:
    with Reader(browser, theme=theme, used=True) as reader:
        reader.open(write_explorer(tmp_path, kind(), theme=theme))
        reader.page.evaluate(AXE.read_text(encoding="utf-8"))
        assert reader.page.evaluate(RUN_AXE, {}) == []
        reader.page.get_by_role("button", name="Skip", exact=True).click()
        for summary in reader.page.locator(f"{ROOT} summary").all():
            summary.click()
        assert reader.page.evaluate(RUN_AXE, {}) == []


def test_what_can_be_taken_along(browser: Any, tmp_path: Path, kind: Any) -> None:
    with Reader(browser, used=True) as reader:
        opened(reader, write_explorer(tmp_path, kind()))
        page = reader.page
        page.locator(f"{ROOT} .share summary").click()
        files = {}
        for name in ("SVG", "PNG", "CSV"):
            with page.expect_download() as download:
                page.get_by_role("button", name=name, exact=True).click()
            files[name] = Path(download.value.path()).read_bytes()
            assert download.value.suggested_filename == f"{kind.BUNDLE}.{name.lower()}"
        assert files["SVG"].startswith(b"<svg")
        assert b"var(--" not in files["SVG"], "a colour that only the page knows"
        assert files["PNG"].startswith(b"\x89PNG")
        header, *rows = files["CSV"].decode().strip().split("\r\n")
        assert len(rows) >= 2
        assert all(len(row.split(",")) == len(header.split(",")) for row in rows if '"' not in row)
        assert reader.troubles == []


def test_the_drawing_follows_at_once(browser: Any, tmp_path: Path, kind: Any) -> None:
    """In the task of the input, wherever a slider is put; how long it takes, benchmarks/explorers.py says."""
    with Reader(browser, used=True) as reader:
        opened(reader, write_explorer(tmp_path, kind()))
        assert len(reader.page.evaluate(MOVE_ALL, 8)) >= 8
