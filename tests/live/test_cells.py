"""A chapter under the reader's hands: cells above run first, code is edited and put back, functions too."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser
CHECK = "BPTT and the complex step"
EQUATION = "show_source(eq.grad_previous_state)"
PRINTED = """def grad_previous_state(params, delta_t, grad_o_previous):
    return params.W_hh.T @ delta_t
"""
STOP = """async () => {
  const stop = [...document.querySelectorAll('.live-bar button')].find((b) => b.textContent === 'Stop');
  const begun = performance.now();
  stop.click();
  while (document.querySelector('.live-running')) await new Promise((resolve) => setTimeout(resolve, 5));
  return performance.now() - begun;
}"""


def test_cells_above_are_run_first_and_the_bar_says_so(reading: Any) -> None:
    reading.page.evaluate(
        "() => { window.said = []; new MutationObserver(() => "
        "said.push(document.querySelector('.live-words').textContent))"
        ".observe(document.querySelector('.live-words'), { childList: true }); }"
    )
    text = reading.run(reading.cell("n, m, k, T = 3, 4, 5, 7"))
    assert "parameters: 57" in text
    assert any("cells above are run first" in words for words in reading.page.evaluate("said"))
    assert reading.words.startswith("Done")
    ran = [cell["status"] != "" for cell in reading.cells()]
    assert ran[:4] == [True] * 4  # what is imported, the explorer, its check, and the cell itself
    assert not any(ran[4:])
    reading.page.evaluate("said.length = 0")
    reading.run(reading.cell("n, m, k, T = 3, 4, 5, 7"))
    assert not any("above" in words for words in reading.page.evaluate("said"))


def test_an_edited_cell_shows_the_readers_result_and_is_put_back(reading: Any) -> None:
    cell = reading.cell("n, m, k, T = 3, 4, 5, 7")
    stored = cell.locator(".cell_output:not(.live-output)")
    before = stored.locator("pre").inner_text()
    reading.type_into(cell, "print('another text', 6 * 7)")
    text = reading.run(cell)
    assert text.split("\n", 1) == ["Your run, on this page", "another text 42\n"]
    assert not stored.is_visible()
    cell.get_by_role("button", name="Put").click()
    assert stored.is_visible()
    assert stored.locator("pre").inner_text() == before
    assert not cell.locator(".live-output, .cm-editor").count()
    assert "n, m, k, T" in cell.locator(".cell_input").inner_text()


def test_an_error_leaves_the_session_and_is_shown_with_its_line(reading: Any) -> None:
    cell = reading.cell("n, m, k, T = 3, 4, 5, 7")
    reading.type_into(cell, "kept = 5\n1 / 0")
    text = reading.run(cell)
    assert "ZeroDivisionError" in text
    assert "line 2" in text
    assert "live_session" not in text
    assert "failed" in reading.words
    reading.type_into(cell, "print(kept)")
    assert "5" in reading.run(cell)
    cell.get_by_role("button", name="Put").click()


def test_the_printed_equation_makes_the_check_fail_until_the_right_one_is_put_back(reading: Any) -> None:
    equation, check = reading.cell(EQUATION), reading.cell(CHECK)
    assert reading.run(check, 5) == ""  # the marks, word for word as they stand in the fold
    assert check.locator(".live-status").inner_text().endswith("as in the book")
    assert reading.words.startswith("Done")
    equation.get_by_role("button", name="Edit").click()
    assert equation.locator(".cm-content").inner_text().startswith("def grad_previous_state(")
    reading.type_into(equation, PRINTED)
    reading.run(equation)
    assert "your version" in equation.locator(".live-status").inner_text()
    # The cell between, which computes the gradient, is run again without being asked for.
    assert "AssertionError" in reading.run(check)
    assert "line-through" in check.locator("summary").evaluate("s => getComputedStyle(s).textDecorationLine")
    equation.get_by_role("button", name="Put").click()
    reading.wait()
    assert "book’s own version" in equation.locator(".live-status").inner_text()
    assert reading.run(check) == ""
    assert "none" in check.locator("summary").evaluate("s => getComputedStyle(s).textDecorationLine")
    assert reading.words.startswith("Done")


def test_a_text_that_defines_the_function_no_more_leaves_the_old_one(reading: Any) -> None:
    equation = reading.cell(EQUATION)
    reading.type_into(equation, "def something_else():\n    return 1\n")
    text = reading.run(equation)
    assert "no longer defines grad_previous_state; the old one stays" in text
    equation.get_by_role("button", name="Put").click()
    reading.run(reading.cell(CHECK))
    assert reading.words.startswith("Done")


def test_shift_enter_runs_and_goes_on(reading: Any) -> None:
    cells = reading.page.locator(".bd-article div.cell:has(.cell_input pre)")
    cells.nth(0).locator(".live-tools button").first.focus()
    reading.page.keyboard.press("Shift+Enter")
    reading.wait()
    focused = "() => document.activeElement.getAttribute('aria-label')"
    assert reading.page.evaluate(focused) == "Run cell 2"
    cells.nth(1).get_by_role("button", name="Edit").click()
    reading.page.keyboard.press("Shift+Enter")
    reading.wait()
    assert reading.page.evaluate(focused) == "Run cell 3"
    assert "\n\n\n" not in cells.nth(1).locator(".cm-content").inner_text()[:10]


def test_a_figure_has_the_books_words_and_its_picture(reading: Any) -> None:
    cell = reading.cell("rng = np.random.default_rng(60)")
    words = cell.locator(".cell_output img").first.get_attribute("alt")
    reading.run(cell)
    picture = cell.locator(".live-output img")
    assert picture.get_attribute("alt") == words
    assert picture.evaluate("image => image.naturalWidth") > 500


def test_an_endless_loop_is_stopped_within_a_second_and_the_cells_are_run_again(reading: Any) -> None:
    cell = reading.cell("n, m, k, T = 3, 4, 5, 7")
    reading.type_into(cell, "while True:\n    pass")
    run = cell.locator(".live-tools button").first
    run.click()
    reading.page.wait_for_selector(".live-running .cm-editor", timeout=60_000)  # the cells above have run
    reading.page.wait_for_timeout(500)
    # Measured on the page: on a busy machine the way from this test to the browser and back takes longer.
    assert reading.page.evaluate(STOP) < 1000
    reading.wait()
    assert "gone; they are run again when they are needed" in reading.words
    cell.get_by_role("button", name="Put").click()
    assert "parameters: 57" in reading.run(cell)


def test_reset_puts_everything_back(reading: Any) -> None:
    cell = reading.cell("n, m, k, T = 3, 4, 5, 7")
    reading.type_into(cell, "print(1)")
    reading.page.once("dialog", lambda dialog: dialog.accept())
    reading.page.locator(".live-bar").get_by_role("button", name="Reset").click()
    assert not any(cell["isNew"] for cell in reading.cells())
    assert not reading.page.locator(".cm-editor").count()
    assert "parameters: 57" in cell.locator(".cell_output").inner_text()
    assert reading.troubles == []
