"""The playground's tools on its page: try the network, compare, repeat, take along."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playground_page import APP, Playground, opened
from playground_tools import compared, opened_tool, wait_for_words

from rnn_core import load_checkpoint

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "playground"))
from engines import run_program

pytestmark = pytest.mark.browser
RECALL = {"task": "recall", "T": 5, "m": 6, "batch": 4, "seed": 3}


@pytest.fixture
def playground(browser: Any, server: str) -> Iterator[Playground]:
    with opened(browser, server) as playground:
        yield playground


def probability(playground: Playground, inputs: str, code: int) -> float:
    """Ask the network itself: the probability of an answer after the last step."""
    y = playground.page.evaluate(
        f"async (inputs) => [...(await {APP}.send({{ type: 'predict', inputs }})).y]", inputs
    )
    return float(y[len(y) - playground.app("task.k") + code])


def test_what_is_typed_is_answered_step_by_step(playground: Playground) -> None:
    playground.steps(60, **RECALL)
    fold = opened_tool(playground, "try")
    sequence = fold.get_by_label("Sequence")
    sequence.fill("a..?")
    wait_for_words(playground, ".pg-sentence", "Step 4 of 4, after “?”")
    p = probability(playground, "a··?", 0)
    shares = [text.split() for text in fold.locator(".pg-bars li").all_inner_texts()]
    own = next(parts for parts in shares if parts[0] == "a")
    assert own[1] == "✓"
    assert own[-1] == (f"{p:.2f}" if 0.005 < p < 0.995 else "0.01" if p < 0.5 else "0.99")
    fold.get_by_role("slider", name="Step").press("ArrowLeft")
    wait_for_words(playground, ".pg-sentence", "Step 3 of 4, after “·”")
    fold.get_by_role("button", name="Add b").click()
    wait_for_words(playground, ".pg-sentence", "Step 5 of 5, after “b”")
    sequence.fill("a.x")
    wait_for_words(playground, ".pg-wrong", "“x”, step 3, is none of the symbols")
    assert sequence.get_attribute("aria-invalid") == "true"
    before = fold.locator(".pg-sentence").text_content()
    fold.get_by_role("button", name="Another sequence").click()
    wait_for_words(playground, ".pg-sentence", "of 7, after “?”")
    assert fold.locator(".pg-sentence").text_content() != before
    playground.steps(20)  # the answers are those of the network as it is now
    p = probability(playground, sequence.input_value(), 0)
    playground.wait_for(
        "(p) => document.querySelector('.pg-bars').textContent.includes(p)",
        f"{p:.2f}" if p > 0.005 else "0.01",
    )


def test_pairs_are_drawn_by_hand_and_by_keyboard(playground: Playground) -> None:
    playground.steps(3, task="adding", T=8, cell="gru", m=4)
    fold = opened_tool(playground, "try")
    sequence = fold.get_by_label("Sequence")
    sequence.fill("0.1 0.2* 0.3 0.4*")
    wait_for_words(playground, ".pg-sentence", "The sum is 0.6")
    pad = fold.locator("canvas").first
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    left, wide = box["x"] + 52, (box["width"] - 56) / 4
    playground.page.mouse.click(left + 2.5 * wide, box["y"] + box["height"] - 15)  # the third marker
    assert sequence.input_value() == "0.1 0.2* 0.3* 0.4*"
    playground.page.mouse.click(left + 0.5 * wide, box["y"] + 9)  # the top of the first bar
    assert re.fullmatch(r"(1|0\.99|0\.98) 0\.2\* 0\.3\* 0\.4\*", sequence.input_value())
    number = fold.get_by_role("spinbutton", name="Number of step 1")
    number.fill("0.55")
    playground.steps(1)  # what the network says now comes while the reader types
    playground.page.wait_for_timeout(300)
    assert number.input_value() == "0.55"
    number.press("Tab")
    fold.get_by_label("marked", exact=True).press("Space")
    assert sequence.input_value() == "0.55* 0.2* 0.3* 0.4*"


def test_a_text_goes_on_as_the_network_finds_probable(playground: Playground) -> None:
    playground.page.evaluate(f"() => {APP}.start({{ task: 'text', T: 6, m: 5 }}, 'abcab')")
    playground.steps(30)
    fold = opened_tool(playground, "try")
    sequence = fold.get_by_label("Sequence")
    sequence.fill("ab")
    fold.get_by_role("spinbutton", name="Temperature").fill("0")
    fold.get_by_role("spinbutton", name="Temperature").press("Tab")
    fold.get_by_role("button", name="Let it go on").click()
    wait_for_words(playground, ".pg-sentence", "Step 62 of 62")
    text = sequence.input_value()
    for length in (2, 17, 61):
        chances = [probability(playground, text[:length], code) for code in range(3)]
        assert text[length] == "abc"[int(np.argmax(chances))]
    sequence.fill("a" * 495)
    fold.get_by_role("button", name="Let it go on").click()
    wait_for_words(playground, ".pg-said", "500 steps are the most")
    assert len(sequence.input_value()) == 500


def test_b_is_the_run_that_it_says(playground: Playground) -> None:
    playground.steps(40, **RECALL)
    fold = opened_tool(playground, "compare")
    fold.get_by_role("button", name="Keep this run as A").click()
    compared(playground, fold)
    assert "One setting differs: Its norm ρ (A 0.95, B 0.5). Both have the seed 3." in fold.inner_text()
    rows = dict(text.split("\t", 1) for text in fold.locator("tbody tr").all_inner_texts())
    assert rows["Its norm ρ"] == "0.95\t0.5"
    assert rows["Updates"] == "40\t40"
    first, second = rows["Loss per step, mean of the last tenth"].split("\t")
    assert float(first.replace("−", "-")) == pytest.approx(
        np.mean(playground.app("history.loss")[-4:]), rel=5e-3
    )
    playground.steps(40, **RECALL, rho=0.5)
    assert float(second.replace("−", "-")) == pytest.approx(
        np.mean(playground.app("history.loss")[-4:]), rel=5e-3
    )
    assert first != second


def test_nothing_is_kept_before_anything_was_learnt(playground: Playground) -> None:
    fold = opened_tool(playground, "compare")
    fold.get_by_role("button", name="Keep this run as A").click()
    assert "Nothing has been learnt yet" in fold.inner_text()
    assert not fold.get_by_role("button", name="Run B").is_visible()


def test_ten_seeds_of_a_and_b_are_run_and_counted(playground: Playground) -> None:
    playground.steps(30, **RECALL)
    compared(playground, opened_tool(playground, "compare"))
    fold = opened_tool(playground, "repeat")
    fold.locator("select").first.select_option("both")
    fold.get_by_role("spinbutton", name="Updates of each").fill("20")
    fold.get_by_role("button", name="Run ten seeds").click()
    wait_for_words(playground, ".pg-tool-repeat", "Done: 20 runs of 20 updates")
    fold.get_by_text("Numbers").click()
    fold.locator("tbody tr").nth(19).wait_for()  # the table is filled once the fold is open
    rows = [text.split("\t") for text in fold.locator("tbody tr").all_inner_texts()]
    assert [row[:2] for row in rows] == [[name, str(seed)] for name in "AB" for seed in range(3, 13)]
    for name in "AB":
        reached = sum(row[-1] == "yes" for row in rows if row[0] == name)
        assert f"{name}: {reached} of 10 runs reached 95 % right" in fold.inner_text()
    assert re.search(r"the lower loss in \d+ of 10 pairs, B in \d+\.", fold.inner_text())
    playground.steps(20, **{**RECALL, "seed": 5})
    expected = np.mean(playground.app("history.loss")[-2:])
    assert float(rows[2][3].replace("−", "-")) == pytest.approx(expected, rel=5e-3)
    fold.get_by_role("spinbutton", name="Updates of each").fill("1000000")
    fold.get_by_role("button", name="Run ten seeds").click()
    fold.get_by_role("button", name="Stop").click()
    wait_for_words(playground, ".pg-tool-repeat", "Stopped")
    assert playground.app("state.update") == 20  # the run above is another


@pytest.mark.parametrize("cell", ["tanh", "lstm"])
def test_what_is_taken_along_is_the_run(playground: Playground, tmp_path: Path, cell: str) -> None:
    playground.steps(12, **RECALL, cell=cell, layers=2)
    fold = opened_tool(playground, "export")
    fold.get_by_role("button", name="Make the files").click()
    wait_for_words(playground, ".pg-tool-export", "Made after 12 updates")
    losses = np.array(playground.app("history.loss"))
    files = {}
    for button in fold.locator(".pg-files button").all():
        with playground.page.expect_download() as waiting:
            button.click()
        name = waiting.value.suggested_filename
        files[name] = tmp_path / name
        waiting.value.save_as(files[name])
    networks = {"network.npz"} if cell == "tanh" else {"network-below.npz", "network-above.npz"}
    assert set(files) == {"run.csv", "run.py", *networks}
    table = np.genfromtxt(files["run.csv"], delimiter=",", names=True)
    assert table["loss"].tolist() == losses.tolist()
    for name in networks:
        assert load_checkpoint(files[name]).history.loss.tolist() == losses.tolist()
    program = files["run.py"].read_text(encoding="utf-8")
    assert run_program(program) == pytest.approx(losses[-1], rel=1e-8)
    assert fold.locator("pre").inner_text().strip() == program.strip()
    assert "#code=" in str(fold.get_by_role("link").get_attribute("href"))


def test_the_readers_text_goes_into_no_address(playground: Playground) -> None:
    playground.page.evaluate(f"() => {APP}.start({{ task: 'text', T: 6, m: 5 }}, 'my own words')")
    playground.steps(2)
    fold = opened_tool(playground, "export")
    fold.get_by_role("button", name="Make the files").click()
    wait_for_words(playground, ".pg-tool-export", "put into no address")
    assert not fold.get_by_role("link").is_visible()
    links = playground.page.locator("a[href*='own']").count()
    assert links == 0
    assert "my own words" in fold.locator("pre").inner_text()
