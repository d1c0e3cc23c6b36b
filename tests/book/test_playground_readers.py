"""The playground for all readers: what it loads and keeps, small screens, keyboard, axe."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import missing
from playground_page import APP, FIRST_STATE, PAGE, SLOW, SMALL, Playground, opened
from reader import FORMS, PHONE, SMALL_PHONE, Reader
from test_pages import AXE, EVERY_RULE, OUT_OF_REACH, RUN_AXE, TOO_WIDE
from test_weight import KB, zipped

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "live"))
from firefox import Firefox, executable

pytestmark = pytest.mark.browser

OPEN_ALL = "() => document.querySelectorAll('.rnn-playground details').forEach((fold) => (fold.open = true))"


@pytest.fixture
def playground(browser: Any, server: str) -> Iterator[Playground]:
    with opened(browser, server) as playground:
        yield playground


@pytest.fixture
def reader(browser: Any) -> Iterator[Reader]:
    with Reader(browser) as reader:
        yield reader


def test_its_scripts_are_light(site: Path) -> None:
    """The page's scripts and the worker are at most 60 KB together, compressed."""
    names = ("playground-open", "playground", "playground-worker")
    sizes = {name: zipped((site / "_static" / f"{name}.js").read_bytes()) for name in names}
    assert sum(sizes.values()) <= 60 * KB, sizes


def test_a_small_one_loads_nothing_before_it_is_asked_for(reader: Reader, server: str) -> None:
    playground = Playground(reader, f"{server}/{SMALL}")
    place = reader.page.locator(".rnn-playground")
    place.scroll_into_view_if_needed()
    reader.page.wait_for_timeout(300)
    loaded = [url for url in reader.requests if re.search(r"playground(-worker)?\.js", url)]
    assert loaded == []
    words = place.locator(".pg-words").text_content() or ""
    assert words.strip().endswith(".")
    place.get_by_role("button", name="Open the playground").focus()
    reader.page.keyboard.press("Enter")
    playground.wait_for(FIRST_STATE)
    assert any("playground-worker.js" in url for url in reader.requests)
    playground.steps(20)
    assert playground.app("history.update.length") == 20
    link = place.get_by_role("link", name="This run in the playground").get_attribute("href")
    assert link is not None
    assert "T=20" in link
    assert reader.troubles == []


def test_without_scripts_a_sentence_says_what_is_here(browser: Any, server: str) -> None:
    with Reader(browser, java_script_enabled=False) as reader:
        for address in (PAGE, SMALL):
            reader.page.goto(f"{server}/{address}")
            place = reader.page.locator(".rnn-playground")
            assert "needs scripts" in (place.text_content() or "")
            assert not place.get_by_role("button").is_visible()


def test_a_reload_goes_on_where_it_was(playground: Playground) -> None:
    page = playground.page
    playground.steps(30, task="adding", T=9)
    page.wait_for_function("() => location.hash.includes('T=9')")
    playground.press("Play")
    page.wait_for_timeout(4500)
    kept = playground.app("state.update")
    page.reload()
    playground.wait_for(f"() => {APP}?.state?.update > 0")
    assert 0 < playground.app("state.update") <= kept + 10_000
    assert playground.app("setup.T") == 9
    assert playground.app("playing") is False
    assert "before the page was loaded again" in playground.said()


def test_two_tabs_keep_a_run_each(reader: Reader, server: str) -> None:
    address = f"{server}/{PAGE}"
    first = Playground(reader, address)
    first.steps(11)
    first.page.wait_for_timeout(500)
    other = reader.context.new_page()
    other.set_default_timeout(SLOW)
    other.goto(address)
    other.wait_for_function(FIRST_STATE)
    assert other.evaluate(f"{APP}.state.update") == 0  # the other tab's run is offered, not taken
    other.wait_for_function(f"() => {APP}.moments.some(({{ update }}) => update === 11)")
    other.evaluate(f"{APP}.step(23)")
    other.wait_for_function(f"() => {APP}.state.update === 23")
    other.wait_for_timeout(500)
    for page, update in ((first.page, 11), (other, 23)):
        page.reload()
        page.wait_for_function(f"(update) => {APP}?.state?.update === update", arg=update)


def test_my_progress_deletes_what_was_kept(playground: Playground, server: str) -> None:
    page = playground.page
    page.on("dialog", lambda dialog: dialog.accept())
    page.evaluate(f"() => {APP}.start({{ task: 'text', T: 6, m: 5 }}, 'my own words')")
    playground.steps(13)
    playground.press("Keep this moment")
    address = page.url.partition("#")[0]
    names = "async () => (await indexedDB.databases()).map(({ name }) => name)"
    playground.wait_for(f"async () => (await ({names})()).includes('rnn-book:playground')")
    page.reload()
    playground.wait_for(f"() => {APP}?.moments.length === 1 && {APP}.text === 'my own words'")
    page.goto(f"{server}/book/my_progress.html")
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_text("All is deleted.").wait_for()
    assert page.evaluate(names) == []
    left = page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('rnn-book:'))")
    assert left in ([], ["rnn-book:exercises"])
    page.goto(address)
    playground.wait_for(FIRST_STATE)
    page.wait_for_timeout(300)
    assert playground.app("moments") == []
    assert playground.app("state.update") == 0
    assert playground.app("text") != "my own words"


def test_without_storage_it_works(reader: Reader, server: str) -> None:
    reader.page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])"
        " Object.defineProperty(window, name, { get() { throw new Error('denied'); } });"
    )
    playground = Playground(reader, f"{server}/{PAGE}")
    playground.steps(5)
    assert playground.app("state.update") == 5


def test_a_wrong_address_is_said(reader: Reader, server: str) -> None:
    playground = Playground(reader, f"{server}/{PAGE}#playground=run&cell=perceptron")
    playground.wait_for("() => document.querySelector('.pg-said').textContent")
    assert "cell must be one of" in playground.said()
    assert playground.app("setup.cell") == "tanh"


def test_on_a_phone_cause_and_effect_are_in_one_view(browser: Any, server: str) -> None:
    with Reader(browser, PHONE, has_touch=True) as reader:
        Playground(reader, f"{server}/{PAGE}")
        reader.page.locator(".pg-form > summary").tap()
        rate = reader.page.get_by_label("Rate η").first
        rate.scroll_into_view_if_needed()
        reader.page.wait_for_timeout(200)
        assert rate.bounding_box()["y"] < PHONE["height"]
        spark = reader.page.locator(".pg-spark").bounding_box()
        assert 0 < spark["y"] < rate.bounding_box()["y"]
        buttons = reader.page.locator(".pg-head button, .pg-head select").all()
        assert all(button.bounding_box()["height"] >= 44 for button in buttons)


@pytest.mark.parametrize(
    ("viewport", "theme"), [*FORMS, pytest.param(SMALL_PHONE, "light", id="small phone-light")]
)
def test_it_can_be_used_by_everybody(browser: Any, server: str, viewport: Any, theme: str) -> None:
    """Nothing too wide, nothing out of the keyboard's reach, nothing that axe objects to, with all open."""
    with Reader(browser, viewport, theme=theme) as reader:
        playground = Playground(reader, f"{server}/{PAGE}")
        playground.steps(12, cell="lstm", layers=2, m=5, T=7)
        reader.page.evaluate(OPEN_ALL)
        reader.load_figures()
        assert reader.page.evaluate(TOO_WIDE) == []
        assert reader.page.evaluate(OUT_OF_REACH) == []
        reader.page.evaluate(AXE.read_text(encoding="utf-8"))
        assert reader.page.evaluate(RUN_AXE, EVERY_RULE) == []
        assert reader.troubles == []


def test_by_keyboard_alone(playground: Playground) -> None:
    page = playground.page
    page.get_by_role("button", name="Play", exact=True).focus()
    page.keyboard.press("Space")
    playground.wait_for(f"() => {APP}.state.update > 3")
    page.keyboard.press("Space")
    playground.wait_for(f"() => !{APP}.playing")
    page.get_by_label("Rate η").first.focus()
    page.keyboard.press("ArrowUp")
    playground.wait_for(f"() => {APP}.setup.rate === 0.02")
    live = page.locator(".rnn-playground [aria-live]")
    playground.wait_for("() => document.querySelector('.rnn-playground [aria-live]').textContent.length > 10")
    assert "run" in (live.text_content() or "") or "update" in (live.text_content() or "")


def test_the_numbers_of_every_figure_are_a_table_too(playground: Playground) -> None:
    playground.steps(15, cell="gru", m=4, T=6)
    for panel in playground.page.locator(".pg-panel:visible").all():
        panel.scroll_into_view_if_needed()
        label = panel.locator("canvas").first
        panel.locator("details > summary").click()
        rows = panel.locator("tbody tr")
        rows.first.wait_for()
        assert re.search(r"\d", rows.last.text_content() or "")
        assert (label.get_attribute("aria-label") or "") != ""


def test_it_trains_in_firefox(server: str) -> None:
    if executable() is None:
        missing("no Firefox was found")
    wait = "(async () => {{ while (!({0})) await new Promise((r) => setTimeout(r, 100)); return {1}; }})()"
    with Firefox() as firefox:
        firefox.open(f"{server}/{PAGE}#playground=run&task=adding&T=8&cell=gru")
        firefox.evaluate(wait.format(f"{APP}?.state", "1"))
        firefox.evaluate(f"{APP}.step(300)")
        losses = firefox.evaluate(wait.format(f"{APP}.state.update === 300", f"{APP}.history.loss"))
        said = firefox.evaluate("document.querySelector('.pg-status').textContent")
    assert sum(losses[-30:]) < 0.8 * sum(losses[:30])
    assert said.startswith("Loss ")
