"""The playground on its page: every control, and runs of every kind."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playground_page import APP, Playground, opened
from reader import Reader

pytestmark = pytest.mark.browser

FIELDS = (
    "task",
    "T",
    "cell",
    "m",
    "layers",
    "family",
    "rho",
    "input_scale",
    "forget_bias",
    "seed",
    "optimizer",
)
FIELDS += ("rate", "clip", "batch", "window")


@pytest.fixture
def playground(browser: Any, server: str) -> Iterator[Playground]:
    with opened(browser, server) as playground:
        yield playground


@pytest.mark.parametrize(
    "setup",
    [{"T": 8}, {"task": "adding", "T": 8, "cell": "lstm"}, {"task": "parity", "T": 5, "cell": "gru"}],
    ids=["recall", "adding", "parity"],
)
def test_it_learns(playground: Playground, setup: dict[str, Any]) -> None:
    """The mean loss of the last tenth of a run is below that of the first."""
    playground.steps(400, **setup)
    losses = playground.app("history.loss")
    assert sum(losses[-40:]) < 0.8 * sum(losses[:40])
    assert re.search(r"Loss .* \(chance .*, floor 0\)", playground.status())


def test_play_pause_step_again_and_seed(playground: Playground) -> None:
    playground.press("Step")
    playground.wait_for(f"() => {APP}.state.update === 1")
    first = playground.app("history.loss[0]")  # of a long run the first point is a mean
    playground.press("Play")
    playground.wait_for(f"() => {APP}.state.update > 20")
    playground.press("Pause")
    playground.wait_for(f"() => {APP}.state.playing === false")
    playground.press("Again")
    playground.wait_for(f"() => {APP}.state?.update === 0")
    playground.press("100 steps")
    playground.wait_for(f"() => {APP}.state?.update === 100")
    assert playground.app("history.loss[0]") == first
    playground.press("Other seed")
    playground.steps(1)
    assert playground.app("setup.seed") == 1
    assert playground.app("history.loss[0]") != first


def test_a_run_that_pauses_by_itself_says_so(playground: Playground) -> None:
    """As it does at every millionth update."""
    playground.app("send({ type: 'play', until: 50 })")
    playground.wait_for(f"() => {APP}.state.update === 50 && !{APP}.playing")
    assert playground.said() == "Paused after 50 updates. Press Play to go on."
    playground.press("Play")
    playground.wait_for(f"() => {APP}.state.update > 60")


def test_a_slow_run_does_as_many_updates_as_it_should(playground: Playground) -> None:
    playground.page.get_by_label("Speed").select_option("5")
    playground.press("Play")
    playground.wait_for(f"() => {APP}.state.update >= 2")
    playground.page.wait_for_timeout(1000)
    assert 2 < playground.app("state.update") < 40


def test_every_control_begins_the_run_that_it_says(playground: Playground) -> None:
    """Each is changed by hand: lists by choice, numbers by typing. The form and the address follow."""
    page = playground.page
    for number, name in enumerate(FIELDS):
        control = page.locator(".pg-setup .pg-field").nth(number).locator("select, input[type=number]")
        before = playground.app(f"setup.{name}")
        if control.evaluate("(e) => e.tagName") == "SELECT":
            values = control.evaluate("(e) => [...e.options].map((o) => o.value)")
            value = next(each for each in values[::-1] if each not in ("text", str(before)))
            control.select_option(value)
        else:
            value = {"rate": "0.02", "clip": "0.5"}.get(name, "3" if str(before) != "3" else "4")
            if name == "T":
                value = "12"
            control.fill(value)
            control.press("Enter")
        playground.wait_for(
            f"({{name, value}}) => String({APP}.setup[name]) === value && {APP}.state",
            {"name": name, "value": value},
        )
    playground.wait_for("() => location.hash.includes('window=3')")
    address = page.url
    with Reader(playground.reader.context.browser) as other:
        again = Playground(other, address)
        assert again.app("setup") == playground.app("setup")
        assert again.app("state.playing") is False
        assert again.app("state.update") == 0


def shown_fields(playground: Playground) -> list[str]:
    """Return the names beside the controls that are shown."""
    return playground.page.locator(".pg-setup .pg-field:visible .pg-name").all_text_contents()


def test_only_what_matters_can_be_set(playground: Playground) -> None:
    playground.page.evaluate(f"() => {APP}.start({{ task: 'reber', cell: 'tanh' }})")
    assert not {"Steps T", "Blanks T", "Forget bias"} & set(shown_fields(playground))
    playground.page.evaluate(f"() => {APP}.start({{ task: 'order', T: 12, cell: 'lstm' }})")
    assert {"Steps T", "Forget bias"} <= set(shown_fields(playground))


@pytest.mark.parametrize("value", ["", "-1", "1e9"])
def test_what_cannot_be_is_said_and_nothing_changes(playground: Playground, value: str) -> None:
    playground.steps(3)
    rate = playground.page.get_by_label("Rate η").first
    rate.fill(value)
    rate.press("Tab")
    assert playground.said().startswith("Rate must be a number from 0")
    assert rate.get_attribute("aria-invalid") == "true"
    assert playground.app("state.update") == 3


def test_a_run_that_explodes_says_so_and_can_be_taken_back(playground: Playground) -> None:
    playground.page.evaluate(
        f"() => {APP}.start({{ cell: 'relu', rho: 5, T: 60, clip: 0, optimizer: 'sgd', rate: 1 }})"
    )
    playground.press("Play")
    playground.wait_for(f"() => {APP}.state?.diverged")
    assert re.match(r"Update \d+ could not be made: ", playground.said())
    assert playground.page.locator(".pg-primary").is_disabled()
    playground.press("Again")
    playground.wait_for(f"() => {APP}.state && !{APP}.state.diverged")
    assert playground.page.locator(".pg-primary").is_enabled()


@pytest.mark.parametrize("setup", [{"m": 1, "T": 1, "batch": 1}, {"rate": 0}, {"rate": 1e6, "clip": 0}])
def test_extreme_runs_are_shown(playground: Playground, setup: dict[str, Any]) -> None:
    playground.steps(5, **setup)
    for panel in playground.page.locator(".pg-panel:visible").all():
        panel.scroll_into_view_if_needed()
    playground.wait_for("() => document.querySelector('.pg-weights .pg-note').textContent")
    assert "NaN" not in (playground.page.locator(".rnn-playground").text_content() or "")


@pytest.mark.parametrize("text", ["a", "🙂🙃🙂🙂🙃 👩‍🚀", "ab\nc" * 40])
def test_any_text_can_be_learnt(playground: Playground, text: str) -> None:
    playground.page.get_by_label("Task").first.select_option("text")
    area = playground.page.get_by_role("textbox", name="Your text")
    area.fill(text)
    playground.press("Learn this text")
    playground.steps(5)
    assert playground.app("task.symbols.length") == len(set(text))
    assert playground.app("text") == text
    playground.wait_for("() => location.hash !== ''")
    assert playground.page.url.endswith("#playground=run&task=text")  # the text itself is in no address


def test_an_empty_text_and_one_that_is_too_long_are_refused(playground: Playground) -> None:
    playground.page.get_by_label("Task").first.select_option("text")
    for text, words in (("", "at least one character"), ("é" * 50_001, "100 kB")):
        playground.page.get_by_role("textbox", name="Your text").fill(text)
        playground.press("Learn this text")
        assert words in playground.said()


def test_a_moment_is_kept_and_gone_back_to(playground: Playground) -> None:
    playground.steps(7)
    loss = playground.app("state.loss")
    playground.press("Keep this moment")
    moments = playground.page.get_by_label("Go back to a kept moment")
    playground.wait_for(f"() => {APP}.moments.length === 1")
    playground.steps(5, task="parity", cell="gru", T=6)
    moments.select_option("0")
    playground.wait_for(f"() => {APP}.state?.update === 7")
    assert playground.app("state.loss") == loss
    assert playground.app("setup.task") == "recall"
    assert playground.page.get_by_label("Task").first.input_value() == "recall"


def test_a_run_can_be_broken(playground: Playground) -> None:
    playground.steps(4)
    fold = playground.page.locator(".pg-tool-break")
    fold.locator("summary").first.click()
    fold.get_by_label("Unit").fill("3")
    fold.get_by_role("button", name="Silence it").click()
    playground.wait_for(f"() => {APP}.changed.length === 1")
    fold.get_by_label("Window (0: whole)").fill("2")
    fold.get_by_label("Window (0: whole)").press("Enter")
    playground.wait_for(f"() => {APP}.changed.length === 2")
    assert playground.app("changed") == [{"update": 4, "unit": 2, "layer": 0}, {"update": 4, "window": 2}]
    assert playground.app("state.update") == 4
    silent = playground.page.evaluate(f"() => [...{APP}.detail.layers[0].h]")
    assert [value for i, value in enumerate(silent) if i % 16 == 2] == [0] * 12
    assert "Unit 3 was silenced after 4 updates." in (fold.text_content() or "")
    assert playground.page.locator(".pg-setup").get_by_label("Window (0: whole)").input_value() == "2"
