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


def write_page(
    folder: Path, models: dict[str, Any], views: list[str], shared: dict[str, Any] | None = None
) -> str:
    """Write a page with the models and a view of each name in `views`; return its address as a file.

    The values in `shared` have a file each, as on the site.
    """
    (folder / "explorers").mkdir()
    for name, value in (shared or {}).items():
        script = f"(globalThis.explorerValues ??= {{}})[{json.dumps(name)}] = {json.dumps(value)};"
        (folder / "explorers" / f"{name}.js").write_text(script, encoding="utf-8")
    state = {name: {"state": values, "buffers": values.pop("buffers", [])} for name, values in models.items()}
    kind = "application/vnd.jupyter.widget"
    boxes = [
        f'<div class="explorer"><script type="{kind}-view+json">{json.dumps({"model_id": name})}</script>'
        '<div class="explorer-fallback">picture</div></div>'
        for name in views
    ]
    saved = json.dumps({"state": state}).replace("</", "<\\/")
    (folder / "host.js").write_text(HOST.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "page.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title>'
        f'<script defer src="host.js"></script>'
        f'<script type="{kind}-state+json">{saved}</script>{"".join(boxes)}',
        encoding="utf-8",
    )
    return (folder / "page.html").as_uri()


def test_several_views_share_one_model_and_two_models_do_not(browser: Any, tmp_path: Path) -> None:
    models = {"a": {"_esm": {"shared": "c"}, "n": 1}, "b": {"_esm": {"shared": "c"}, "n": 7}}
    with Reader(browser, used=True) as reader:
        reader.open(write_page(tmp_path, models, ["a", "b", "a"], {"c": COUNTER}))
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
    with Reader(browser, used=True) as reader:
        reader.open(write_page(tmp_path, models, ["a", "b"]))
        assert reader.page.locator("head style").count() == 1
        colour = reader.page.locator(".explorer-view").first.evaluate("e => getComputedStyle(e).color")
        assert colour == "rgb(1, 2, 3)"


def test_binary_traits_arrive_as_data(browser: Any, tmp_path: Path) -> None:
    esm = 'export default { render({ model, el }) { el.textContent = model.get("d").x.getUint8(1); } };'
    model = {"_esm": esm, "d": {}, "buffers": [{"path": ["d", "x"], "encoding": "base64", "data": "AQID"}]}
    with Reader(browser, used=True) as reader:
        reader.open(write_page(tmp_path, {"a": model}, ["a"]))
        assert reader.page.locator(".explorer-view").text_content() == "2"


def test_a_plain_widget_says_that_it_needs_a_kernel(browser: Any, tmp_path: Path) -> None:
    with Reader(browser, used=True) as reader:
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
    with Reader(browser, used=True) as reader:
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


def test_a_value_that_does_not_arrive_is_told_and_asked_for_again(browser: Any, tmp_path: Path) -> None:
    """Once for all explorers that need it; the others come alive."""
    models: dict[str, Any] = {"a": {"_esm": {"shared": "c"}, "n": 1}, "b": {"_esm": COUNTER, "n": 2}}
    with Reader(browser, used=True) as reader:
        reader.open(write_page(tmp_path, models, ["a", "b"]))
        lost, good = reader.page.locator(".explorer").all()
        assert "could not be started" in (lost.locator(".explorer-note").text_content() or "")
        assert lost.locator(".explorer-fallback").is_visible()
        assert good.locator(".explorer-view").text_content() == "n = 2"
        assert any("explorers/c.js could not be loaded" in trouble for trouble in reader.troubles)


FAR = '<div style="height: 4000px"></div>'


def far_page(folder: Path) -> Path:
    """Write a page with an explorer at its head and two others far below."""
    models = {name: {"_esm": {"shared": name}, "n": 1, "name": name} for name in "abc"}
    write_page(folder, models, ["a", "b", "c"], {n: COUNTER.replace("n = ", f"{n} = ") for n in "abc"})
    page = folder / "page.html"
    html = page.read_text(encoding="utf-8")
    head, first, second, third = html.split('<div class="explorer">')
    box = '<div class="explorer">'
    page.write_text(f"{head}{box}{first}{FAR}{box}{second}{FAR}{box}{third}", encoding="utf-8")
    return page


def test_an_explorer_costs_nothing_until_it_is_near(browser: Any, tmp_path: Path) -> None:
    page = far_page(tmp_path)
    with Reader(browser, used=True) as reader:
        reader.open(page.as_uri())
        views = reader.page.locator(".explorer-view")
        assert views.all_text_contents() == ["a = 1"]
        assert reader.page.evaluate("started") == 1
        assert reader.page.evaluate("Object.keys(explorerValues)") == ["a"], (
            "the others' scripts are not fetched"
        )
        reader.page.evaluate("scrollTo(0, 3900)")
        reader.page.wait_for_function("() => document.querySelectorAll('.explorer-view').length === 2")
        assert views.all_text_contents() == ["a = 1", "b = 1"]


def test_a_link_to_an_explorer_wakes_it(browser: Any, tmp_path: Path) -> None:
    page = far_page(tmp_path)
    with Reader(browser, used=True) as reader:
        views = reader.page.locator(".explorer-view")
        reader.open(page.as_uri() + "#explorer=c")
        reader.page.wait_for_function("() => scrollY > 4000")
        # The first one is near the top, where the page stood at first: it may have woken as well.
        awake = set(views.all_text_contents())
        assert awake - {"a = 1"} == {"c = 1"}
        reader.page.evaluate("location.hash = '#explorer=b'")
        views.filter(has_text="b = 1").wait_for()
        assert set(views.all_text_contents()) == awake | {"b = 1"}
        reader.page.wait_for_function("() => scrollY < 5000")
