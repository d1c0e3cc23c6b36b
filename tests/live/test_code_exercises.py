"""A function that an exercise asks for is written on its page, judged there, and told what is wrong."""

import re
from typing import Any

import pytest
from live_page import LivePage

from rnn_exercises import all_exercises
from rnn_exercises.kinds import Code

pytestmark = pytest.mark.browser

CODE = {
    exercise.label: question
    for exercise in all_exercises()
    for question in exercise.questions
    if isinstance(question, Code)
}
SPACE = re.compile(r"\s+")


def pages(site: Any) -> dict[str, list[str]]:
    """Return the labels of the code exercises on each page."""
    found: dict[str, list[str]] = {}
    for path in sorted((site / "notebooks").glob("*.html")):
        labels = re.findall(r'<details class="answer" data-exercise="([^"]+)"', path.read_text("utf-8"))
        if code := [label for label in labels if label in CODE]:
            found[f"notebooks/{path.name}"] = code
    return found


def begin(page: LivePage, label: str) -> Any:
    """Open the place to answer and, with its own button, Python; return the cell."""
    answer = page.page.locator(f'.answer[data-exercise="{label}"]')
    answer.locator("summary").click()
    write = answer.locator(".answer-write")
    write.wait_for(state="attached")
    if page.page.locator("html.live-ready").count() == 0:
        write.click()
        page.page.wait_for_selector("html.live-ready", timeout=120_000)
    answer.locator(".cm-content").wait_for()
    assert answer.locator(".verdict").inner_text().startswith("Ready.")
    assert not write.is_visible()
    return answer


def verdict(page: LivePage, answer: Any, text: str) -> tuple[str, str]:
    """Type a program, have it judged, and return what is said: the head and the rest."""
    answer.locator(".cm-content").click()
    page.page.keyboard.press("Control+a")
    page.page.keyboard.insert_text(text)
    answer.locator(".verdict").evaluate("(place) => place.replaceChildren()")
    answer.get_by_role("button", name="Check your function").click()
    answer.locator(".verdict > strong").wait_for(timeout=60_000)
    page.wait()
    said = answer.locator(".verdict")
    head = str(said.locator("strong").inner_text())
    return head, SPACE.sub(" ", str(said.evaluate("(place) => place.textContent"))).removeprefix(head).strip()


def broken(question: Code) -> list[tuple[str, str]]:
    """Return programs that fail in ways that need no name, and words of what is said to them."""
    name = question.name
    signature = next(line for line in question.starter.splitlines() if line.startswith("def "))
    first = re.search(r"\((\w+)", signature)
    assert first is not None
    return [
        (f"{signature}\n    while True:\n        pass", "does one of its loops run for ever"),
        (f"{signature}\n    {first[1]}[...] = 0\n    return {first[1]}", f"changes its argument {first[1]}"),
        (f"{signature}\n    return np.zeros((1, 2, 3, 4))", "asked "),
        (f"{signature}\n    return", "returns nothing"),
        (f"def other_{name}():\n    return 0", "defines no function"),
        (f"{signature}\n    return (", "Python cannot read"),
    ]


def look_at(page: LivePage, label: str) -> None:
    """Try the right program, every wrong one with a name, and those that fail otherwise."""
    question = CODE[label]
    answer = begin(page, label)
    assert len(question.mistakes) >= 5
    for name, program in question.mistakes.items():
        head, said = verdict(page, answer, program.source.strip())
        reason = answer.locator(f'.reasons > [data-reason="{name}"]').evaluate("(place) => place.textContent")
        assert (head, said) == ("Not yet.", SPACE.sub(" ", reason).strip()), (label, name)
    for text, words in broken(question):
        head, said = verdict(page, answer, text)
        assert head == "Not yet.", (label, text)
        assert words in said.replace("`", ""), (label, text, said)
    assert verdict(page, answer, question.solution.strip())[0] == "Right."


def test_a_function_is_judged_on_its_page(site: Any, browser: Any, server: str) -> None:
    """The first exercise of this kind; `make test-live` tries all."""
    address, (label, *_) = next(iter(pages(site).items()))
    with LivePage(browser, server, address) as page:
        look_at(page, label)
        page.page.reload()
        page.page.locator(f'.answer[data-exercise="{label}"] summary').click()
        code = page.page.locator(f'.answer[data-exercise="{label}"] .cell_input pre')
        assert code.inner_text().strip() == CODE[label].solution.strip(), "what was written is kept"
        assert page.troubles == []
        assert page.foreign_requests(server) == []


@pytest.mark.thorough
def test_every_function_is_judged_on_its_page(site: Any, browser: Any, server: str) -> None:
    found = pages(site)
    assert sorted(label for labels in found.values() for label in labels) == sorted(CODE)
    assert len(CODE) >= 10
    for address, labels in found.items():
        with LivePage(browser, server, address) as page:
            for label in labels:
                look_at(page, label)
            assert page.troubles == []
