"""The script that runs explorers on a static page, on small pages of its own."""

import json
from pathlib import Path
from typing import Any

import pytest
from reader import Reader

pytestmark = pytest.mark.browser

HOST = Path(__file__).resolve().parents[2] / "book" / "_ext" / "widget_host.js"
COUNTER = """export default {
  initialize({ model }) { globalThis.started = (globalThis.started ?? 0) + 1; },
  render({ model, el }) {
    const show = () => { el.textContent = `n = ${model.get("n")}`; };
    el.addEventListener("click", () => { model.set("n", model.get("n") + 1); model.save_changes(); });
    el.addEventListener("dblclick", () => model.off("change:n", show));
    model.on("change:n", show);
    show();
  },
};"""


def write_page(folder: Path, models: dict[str, Any], views: list[str], shared: tuple[Any, ...] = ()) -> str:
    """Write a page with the models and a view of each name in `views`; return its address as a file."""
    state = {name: {"state": values, "buffers": values.pop("buffers", [])} for name, values in models.items()}
    kind = "application/vnd.jupyter.widget"
    boxes = [
        f'<div class="explorer"><script type="{kind}-view+json">{json.dumps({"model_id": name})}</script>'
        '<div class="explorer-fallback">picture</div></div>'
        for name in views
    ]
    saved = json.dumps({"state": state, "shared": shared}).replace("</", "<\\/")
    (folder / "host.js").write_text(HOST.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "page.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title>'
        f'<script defer src="host.js"></script>'
        f'<script type="{kind}-state+json">{saved}</script>{"".join(boxes)}',
        encoding="utf-8",
    )
    return (folder / "page.html").as_uri()


def test_several_views_share_one_model_and_two_models_do_not(browser: Any, tmp_path: Path) -> None:
    models = {"a": {"_esm": {"shared": 0}, "n": 1}, "b": {"_esm": {"shared": 0}, "n": 7}}
    with Reader(browser) as reader:
        reader.open(write_page(tmp_path, models, ["a", "b", "a"], (COUNTER,)))
        views = reader.page.locator(".explorer-view")
        assert views.all_text_contents() == ["n = 1", "n = 7", "n = 1"]
        views.nth(2).click()
        assert views.all_text_contents() == ["n = 2", "n = 7", "n = 2"]
        assert reader.page.evaluate("started") == 2, "initialize runs once for each model"
        views.nth(0).dispatch_event("dblclick")
        views.nth(2).click()
        assert views.all_text_contents() == ["n = 2", "n = 7", "n = 3"], "off ends one listener only"
        assert reader.troubles == []


def test_a_style_sheet_is_added_once(browser: Any, tmp_path: Path) -> None:
    models = {name: {"_esm": COUNTER, "_css": ".explorer-view{color:rgb(1,2,3)}", "n": 1} for name in "ab"}
    with Reader(browser) as reader:
        reader.open(write_page(tmp_path, models, ["a", "b"]))
        assert reader.page.locator("head style").count() == 1
        colour = reader.page.locator(".explorer-view").first.evaluate("e => getComputedStyle(e).color")
        assert colour == "rgb(1, 2, 3)"


def test_binary_traits_arrive_as_data(browser: Any, tmp_path: Path) -> None:
    esm = 'export default { render({ model, el }) { el.textContent = model.get("d").x.getUint8(1); } };'
    model = {"_esm": esm, "d": {}, "buffers": [{"path": ["d", "x"], "encoding": "base64", "data": "AQID"}]}
    with Reader(browser) as reader:
        reader.open(write_page(tmp_path, {"a": model}, ["a"]))
        assert reader.page.locator(".explorer-view").text_content() == "2"


def test_a_plain_widget_says_that_it_needs_a_kernel(browser: Any, tmp_path: Path) -> None:
    with Reader(browser) as reader:
        reader.open(write_page(tmp_path, {"a": {"value": 3}}, ["a", "missing"]))
        notes = reader.page.locator(".explorer-note").all_text_contents()
        assert len(notes) == 2
        assert all("needs a running Python kernel" in note for note in notes)
        assert reader.page.locator(".explorer-live").count() == 0


@pytest.mark.parametrize(
    "esm",
    ["this is no module", "export default { render() { throw new Error('no') } };", "export default {};"],
)
def test_a_failure_is_told_and_the_picture_stays(browser: Any, tmp_path: Path, esm: str) -> None:
    with Reader(browser) as reader:
        reader.open(
            write_page(tmp_path, {"bad": {"_esm": esm}, "good": {"_esm": COUNTER, "n": 4}}, ["bad", "good"])
        )
        bad, good = reader.page.locator(".explorer").all()
        assert "could not be started" in (bad.locator(".explorer-note").text_content() or "")
        assert bad.locator(".explorer-fallback").is_visible()
        assert bad.locator(".explorer-view").count() == 0
        assert good.locator(".explorer-view").text_content() == "n = 4"
        assert "explorer-live" in (good.get_attribute("class") or "")
        assert reader.troubles, "the reason is in the console"
