"""On the built pages: an exercise takes an answer, says what is wrong with it, and remembers it."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from answers import said
from reader import DESKTOP, FORMS, Reader
from test_pages import AXE, DROP_FORMULAS_OUTSIDE, RUN_AXE

from rnn_exercises import all_exercises, find
from rnn_exercises.kinds import Choice, Code, Exercise, Formula, Number, Order, Proof

pytestmark = pytest.mark.browser

NINE = "notebooks/09_vanishing_gradients.html"
# Type or tick an answer, press the button, and read what is said.
OPEN = """async (label) => {
  const root = document.querySelector(`.answer[data-exercise="${label}"]`);
  root.open = true;
  if (root.querySelector(".answer-data")) return;
  while (!root.querySelector(".answer-data")) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise(requestAnimationFrame);
}"""
GIVE = """async ([label, place, given]) => {
  await (OPEN)(label);
  const root = document.querySelector(`.answer[data-exercise="${label}"]`);
  const question = root.querySelectorAll(".question")[place];
  if (typeof given === "string") question.querySelector("input").value = given;
  else if (question.querySelector(".steps")) {
    const list = question.querySelector(".steps");
    given.forEach((step) => list.append(list.querySelector(`[data-step="${step}"]`)));
  } else question.querySelectorAll(".options input").forEach((box, i) => (box.checked = given.includes(i)));
  question.querySelector(".answer-check").click();
  const verdict = question.querySelector(".verdict");
  return [verdict.querySelector("strong").textContent, verdict.innerHTML];
}""".replace("OPEN", OPEN)
# One after the other, in one call: there are hundreds.
GIVE_ALL = """async (answers) => {
  const told = [];
  for (const answer of answers) told.push(await (GIVE)(answer));
  return told;
}""".replace("GIVE", GIVE)
REASONS = """([label, place]) => Object.fromEntries(
  [...document.querySelectorAll(`.answer[data-exercise="${label}"] .question`)[place]
    .querySelectorAll(".reasons > div")].map((each) => [each.dataset.reason, each.innerHTML]))"""


def pages_with_answers(site: Path) -> dict[str, list[str]]:
    """Return the labels of the exercises that can be answered on each page."""
    found = {}
    for path in sorted((site / "notebooks").glob("*.html")):
        labels = re.findall(r'<details class="answer" data-exercise="([^"]+)"', path.read_text("utf-8"))
        if labels:
            found[f"notebooks/{path.name}"] = labels
    return found


@pytest.fixture
def nine(browser: Any, server: str) -> Any:
    """Return chapter 9, open."""
    with Reader(browser, DESKTOP, used=True) as reader:
        reader.open(f"{server}/{NINE}")
        yield reader


def answers_to(exercise: Exercise, place: int) -> list[tuple[Any, str, set[str]]]:
    """Return answers to a question, the word that begins what is said, and the reasons that are given."""
    question = exercise.questions[place]
    match question:
        case Number():
            right, *wrong = exercise.variants()[0].numbers[place]
            pairs = [(repr(value), "Not yet.", {str(i)}) for i, value in enumerate(wrong)]
            return [*pairs, (repr(right), "Right.", set())]
        case Formula():
            pairs = [(str(m.answer), "Not yet.", {str(i)}) for i, m in enumerate(question.mistakes)]
            return [*pairs, (question.answer, "Right.", set())]
        case Choice():
            right = [i for i, option in enumerate(question.options) if option.right]
            wrong = [i for i, option in enumerate(question.options) if not option.right]
            if question.several:
                return [([*right, i], "Not yet.", {str(i)}) for i in wrong] + [(right, "Right.", set())]
            return [([i], "Not yet.", {str(i)}) for i in wrong] + [(right, "Right.", {str(right[0])})]
        case Order():
            shuffled = question.shuffled()
            broken = next(
                i for i, r in enumerate(question.rules) if shuffled.index(r.first) > shuffled.index(r.second)
            )
            return [(shuffled, "Not yet.", {str(broken)}), (list(range(len(shuffled))), "Right.", set())]
        case Proof():
            points = list(range(len(question.points)))
            return [(points[1:], "Compare.", set()), (points, "Complete.", set())]
    return []


def test_every_exercise_that_can_be_judged_has_its_place(site: Path) -> None:
    labels = [label for page in pages_with_answers(site).values() for label in page]
    assert sorted(labels) == sorted(exercise.label for exercise in all_exercises())


def test_every_answer_is_judged_on_its_page(site: Path, browser: Any, server: str) -> None:
    """The right one, and each named mistake with its own reason, as the page has set it."""
    for page, labels in pages_with_answers(site).items():
        with Reader(browser, DESKTOP, used=True) as reader:
            reader.open(f"{server}/{page}")
            for label in labels:
                exercise = find(label)
                reader.page.evaluate(OPEN, label)
                for place, question in enumerate(exercise.questions):
                    if isinstance(question, Code):
                        continue
                    reasons = reader.page.evaluate(REASONS, [label, place])
                    assert reasons.keys() == said(question).keys()
                    answers = answers_to(exercise, place)
                    verdicts = reader.page.evaluate(GIVE_ALL, [[label, place, a[0]] for a in answers])
                    for (given, head, keys), (told, html) in zip(answers, verdicts, strict=True):
                        assert told == head, (label, place, given)
                        for key in keys:
                            assert reasons[key].strip() in html, (label, place, given)
            assert reader.troubles == []
            solved = reader.page.evaluate("localStorage.getItem('rnn-book:exercises')")
            judged = {
                label
                for label in labels
                if not any(isinstance(question, Code) for question in find(label).questions)
            }
            record = json.loads(solved)
            assert {label for label in record if record[label].get("solved")} == judged


def test_a_page_weighs_little_for_its_answers(site: Path) -> None:
    """At most 30 KB gzipped: the script, and what is fetched when a reader opens the first one."""
    static = site / "_static"
    script = len(gzip.compress((static / "answers.js").read_bytes()))
    for page in pages_with_answers(site):
        addresses = set(re.findall(r'data-inside="\.\./_static/([^"]+)"', (site / page).read_text("utf-8")))
        assert len(addresses) == 1, page
        inside = len(gzip.compress((static / addresses.pop()).read_bytes()))
        assert script + inside <= 30_000, page


def test_what_was_done_is_remembered_and_quietly_marked(nine: Any) -> None:
    page = nine.page
    page.evaluate(GIVE, ["ex-09-lag", 0, "89"])
    answer = page.locator('.answer[data-exercise="ex-09-lag"]')
    assert answer.locator("summary").inner_text() == "Tried: answer it again"
    page.evaluate(GIVE, ["ex-09-lag", 0, "90"])
    page.evaluate(GIVE, ["ex-09-lag", 1, "4"])
    page.reload()
    assert (
        page.locator('.answer[data-exercise="ex-09-lag"] summary').inner_text() == "Solved: answer it again"
    )
    page.evaluate(OPEN, "ex-09-lag")
    fields = page.locator('.answer[data-exercise="ex-09-lag"] input')
    assert [field.input_value() for field in fields.all()] == ["90", "4"]
    page.evaluate(GIVE, ["ex-09-below", 0, [1, 0, 2, 4, 3]])
    page.evaluate(GIVE, ["ex-09-below", 1, [2]])
    page.reload()
    page.evaluate(OPEN, "ex-09-below")
    answer = page.locator('.answer[data-exercise="ex-09-below"]')
    steps = answer.locator(".steps > li").evaluate_all("all => all.map((each) => Number(each.dataset.step))")
    assert steps == [1, 0, 2, 4, 3]
    ticked = answer.locator(".options input").evaluate_all("all => all.map((each) => each.checked)")
    assert ticked.index(True) == 2
    record = json.loads(page.evaluate("localStorage.getItem('rnn-book:exercises')"))["ex-09-lag"]
    assert record["tries"] == 2
    assert record["stage"] == 0
    days = page.evaluate("(due) => (due - Date.now()) / 864e5", record["due"])
    assert 1.99 < days < 2.01


def test_without_storage_it_works_and_forgets(browser: Any, server: str) -> None:
    with Reader(browser, DESKTOP) as reader:
        reader.page.add_init_script(
            "Object.defineProperty(window, 'localStorage',"
            " { get() { throw new DOMException('no', 'SecurityError') } })"
        )
        reader.open(f"{server}/{NINE}")
        assert reader.page.evaluate(GIVE, ["ex-09-lag", 0, "90"])[0] == "Right."
        reader.open(f"{server}/book/my_progress.html")
        assert "keeps nothing" in reader.page.locator(".progress-said").inner_text()
        # The theme's own script, which keeps the colours, is the one that complains.
        assert set(reader.troubles) == {"error: no"}


BAD = json.dumps(
    {
        "ex-09-lag": {"given": [3, {}], "numbers": 0, "tries": "x", "due": "soon"},
        "ex-09-below": {"given": [[7, 7], "x"], "numbers": 0},
    }
)


def test_a_broken_record_is_no_obstacle(browser: Any, server: str) -> None:
    for stored in ("{", "[]", "7", '{"ex-09-lag": 3}', '{"ex-09-lag": null}', BAD):
        with Reader(browser, DESKTOP) as reader:
            reader.page.add_init_script(f"localStorage.setItem('rnn-book:exercises', {json.dumps(stored)})")
            reader.open(f"{server}/{NINE}")
            assert reader.page.evaluate(GIVE, ["ex-09-lag", 0, "90"])[0] == "Right."
            reader.open(f"{server}/book/my_progress.html")
            reader.open(f"{server}/book/practice.html")
            # Who leaves a page early breaks off its pictures.
            assert [each for each in reader.troubles if not each.startswith("failed")] == [], stored


def test_to_open_the_solution_before_a_try_is_to_give_up(nine: Any) -> None:
    page = nine.page
    solution = page.locator('details.solution[data-of="ex-09-lag"] > summary')
    assert solution.inner_text() == "Give up: show the solution"
    solution.click()
    page.wait_for_function("() => JSON.parse(localStorage.getItem('rnn-book:exercises'))['ex-09-lag'].gaveUp")
    assert solution.inner_text() == "Solution"
    other = page.locator('details.solution[data-of="ex-09-sigmoid"] > summary')
    page.evaluate(GIVE, ["ex-09-sigmoid", 0, "1"])
    assert other.inner_text() == "Solution"


def test_hints_come_one_after_the_other(nine: Any) -> None:
    page = nine.page
    page.evaluate(OPEN, "ex-09-lag")
    answer = page.locator('.answer[data-exercise="ex-09-lag"]')
    hints, button = answer.locator(".answer-hints > div"), answer.locator(".answer-hint")
    assert hints.count() == len(find("ex-09-lag").hints) == 2
    assert [hint.is_visible() for hint in hints.all()] == [False, False]
    button.click()
    assert [hint.is_visible() for hint in hints.all()] == [True, False]
    assert button.inner_text() == "Hint (2 of 2)"
    button.click()
    assert [hint.is_visible() for hint in hints.all()] == [True, True]
    assert not button.is_visible()


def test_other_numbers_are_asked_judged_and_linked(browser: Any, server: str) -> None:
    exercise = find("ex-09-lag")
    variant = exercise.variants()[3]
    with Reader(browser, DESKTOP) as reader:
        reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
        reader.open(f"{server}/{NINE}")
        page = reader.page
        page.locator('.answer[data-exercise="ex-09-lag"] > summary').click()
        answer = page.locator('.answer[data-exercise="ex-09-lag"]')
        for _ in range(3):
            answer.locator(".answer-again").click()
        shown = answer.locator(".question").first.locator(".drawn").all_inner_texts()
        assert shown == list(variant.shown().values())
        assert page.evaluate(GIVE, ["ex-09-lag", 0, repr(variant.numbers[0][0])])[0] == "Right."
        answer.locator(".answer-link").click()
        page.wait_for_function("() => document.querySelector('.answer-said')?.textContent")
        address = page.evaluate("navigator.clipboard.readText()")
        assert address.endswith(f"/{NINE}?numbers=3#ex-09-lag")
    with Reader(browser, DESKTOP) as reader:
        reader.open(address)
        assert reader.page.locator('.answer[data-exercise="ex-09-lag"]').get_attribute("open") is not None
        assert reader.page.evaluate(GIVE, ["ex-09-lag", 1, repr(variant.numbers[1][0])])[0] == "Right."
        reader.page.evaluate(OPEN, "ex-09-peak")
        other = reader.page.locator('.answer[data-exercise="ex-09-peak"] .drawn').first
        assert other.inner_text() == f"{find('ex-09-peak').printed['lam']:g}", "the link is for one exercise"


def test_everything_can_be_done_with_the_keyboard(nine: Any) -> None:
    page = nine.page
    page.locator('.answer[data-exercise="ex-09-lag"] > summary').focus()
    page.keyboard.press("Enter")
    page.locator('.answer[data-exercise="ex-09-lag"] .answer-data').wait_for(state="attached")
    page.keyboard.press("Tab")
    page.keyboard.type("90 steps")
    page.keyboard.press("Enter")
    verdict = page.locator('.answer[data-exercise="ex-09-lag"] .verdict').first
    assert verdict.get_attribute("role") == "status"
    assert verdict.inner_text() == "Right."
    page.locator('.answer[data-exercise="ex-09-below"] > summary').focus()
    page.keyboard.press("Enter")
    page.locator('.answer[data-exercise="ex-09-below"] .answer-data').wait_for(state="attached")
    steps = page.locator('.answer[data-exercise="ex-09-below"] .steps > li')
    count = steps.count()
    for target in range(count):
        order = [int(str(step.get_attribute("data-step"))) for step in steps.all()]
        step = page.locator(f'.answer[data-exercise="ex-09-below"] [data-step="{target}"]')
        step.locator(".up").focus()
        for _ in range(order.index(target) - target):
            page.keyboard.press("Enter")
    page.locator('.answer[data-exercise="ex-09-below"] .answer-check').first.focus()
    page.keyboard.press("Enter")
    assert page.locator('.answer[data-exercise="ex-09-below"] .verdict').first.inner_text() == "Right."


@pytest.mark.parametrize(("viewport", "theme"), FORMS)
def test_open_answers_fit_and_axe_finds_nothing(
    site: Path, browser: Any, server: str, viewport: dict[str, int], theme: str
) -> None:
    for page in (NINE, "notebooks/01_introduction.html"):
        if page not in pages_with_answers(site):
            continue
        with Reader(browser, viewport, theme, used=True) as reader:
            reader.open(f"{server}/{page}")
            for label in pages_with_answers(site)[page]:
                reader.page.evaluate(OPEN, label)
                exercise = find(label)
                for place in range(len(exercise.questions)):
                    for given, *_ in answers_to(exercise, place)[:1]:
                        reader.page.evaluate(GIVE, [label, place, given])
            wide = reader.page.evaluate(
                "[...document.querySelectorAll('.answer :is(.question, .verdict, .reply, .options, .steps)')]"
                ".filter((each) => each.getBoundingClientRect().right > innerWidth"
                " || each.scrollWidth > each.clientWidth + 1)"
                ".map((each) => each.className)"
            )
            assert wide == []
            reader.page.evaluate(DROP_FORMULAS_OUTSIDE, ".answer")
            reader.page.evaluate(AXE.read_text(encoding="utf-8"))
            assert reader.page.evaluate(RUN_AXE, {"include": [".answer"]}) == []


def test_without_scripts_the_exercise_and_its_solution_stand_there(browser: Any, server: str) -> None:
    with Reader(browser, DESKTOP, java_script_enabled=False) as reader:
        reader.page.goto(f"{server}/{NINE}")
        assert not reader.page.locator('.answer[data-exercise="ex-09-lag"]').is_visible()
        assert reader.page.locator("#ex-09-lag").is_visible()
        assert (
            "Solution" in reader.page.locator('details.solution[data-of="ex-09-lag"] > summary').inner_text()
        )


def test_progress_is_shown_saved_taken_over_and_deleted(browser: Any, server: str, tmp_path: Path) -> None:
    with Reader(browser, DESKTOP) as reader:
        page = reader.page
        reader.open(f"{server}/{NINE}")
        page.evaluate(GIVE, ["ex-09-sigmoid", 0, "4"])
        page.evaluate(GIVE, ["ex-09-sigmoid", 1, "-2.2"])
        page.evaluate(GIVE, ["ex-09-lag", 0, "1"])
        reader.open(f"{server}/book/my_progress.html")
        states = {
            str(item.get_attribute("data-exercise")): item.locator(".progress-state").inner_text()
            for item in page.locator(".progress-list > li").all()
        }
        assert len(states) == len(all_exercises())
        assert "solved on" in states["ex-09-sigmoid"]
        assert "comes back on" in states["ex-09-sigmoid"]
        assert states["ex-09-lag"] == "tried, one try"
        assert page.locator(".progress-sum").inner_text().startswith("1 of ")
        for name, stage in (("latch", "answered"), ("cell", "skipped"), ("lit", "answered")):
            page.evaluate(
                "([name, stage]) => localStorage.setItem(`rnn-book:explorer:${name}`,"
                " JSON.stringify({ prediction: { stage, guess: 1 } }))",
                [name, stage],
            )
        page.reload()
        titles = page.locator(".progress-title").all_inner_texts()
        assert len(titles) == len(states)
        assert "How far does it reach?" in titles
        assert not any("★" in title for title in titles)
        height = page.locator(".my-progress").evaluate("(box) => box.getBoundingClientRect().height")
        assert height > 20 * len(states), "the list is seen whole"
        assert "2 guesses made" in page.locator(".progress-sum").inner_text()
        links = page.locator(".progress-list a").evaluate_all("all => all.map((each) => each.href)")
        assert len(links) == len(states)
        with page.expect_download() as download:
            page.locator(".progress-save").click()
        saved = tmp_path / "progress.json"
        download.value.save_as(saved)
        page.on("dialog", lambda dialog: dialog.accept())
        page.locator(".progress-delete").click()
        assert page.locator(".progress-sum").inner_text().startswith("0 of ")
        assert page.evaluate(
            "Object.keys(localStorage).filter((key) => key.startsWith('rnn-book:exercises'))"
        ) in (
            [],
            ["rnn-book:exercises"],
        )
        page.locator(".progress-load").set_input_files(saved)
        page.wait_for_function(
            "() => document.querySelector('.progress-sum').textContent.startsWith('1 of ')"
        )
        bad = tmp_path / "bad.json"
        bad.write_text('{"something": "else"}')
        page.locator(".progress-load").set_input_files(bad)
        page.wait_for_function(
            "() => document.querySelector('.progress-said').textContent.includes('no file')"
        )
        assert page.locator(".progress-sum").inner_text().startswith("1 of ")
        assert reader.troubles == []


def test_what_is_due_comes_back_on_the_page_practice(browser: Any, server: str) -> None:
    with Reader(browser, DESKTOP, used=True) as reader:
        page = reader.page
        reader.open(f"{server}/book/practice.html")
        assert "Nothing is due" in page.locator(".practice-said").inner_text()
        page.evaluate(
            "localStorage.setItem('rnn-book:exercises', JSON.stringify({'ex-09-sigmoid':"
            " {tries: 1, solved: '2026-01-01T00:00:00Z', stage: 0, due: 1}}))"
        )
        page.reload()
        assert page.locator(".practice-said").inner_text() == "One exercise for today."
        assert page.locator(".practice .exercise").count() == 1
        assert page.evaluate(GIVE, ["ex-09-sigmoid", 0, "4"])[0] == "Right."
        assert page.evaluate(GIVE, ["ex-09-sigmoid", 1, "-2.2"])[0] == "Right."
        record = json.loads(page.evaluate("localStorage.getItem('rnn-book:exercises')"))["ex-09-sigmoid"]
        assert record["stage"] == 1
        assert 6.9 < page.evaluate("(due) => (due - Date.now()) / 864e5", record["due"]) < 7.1
        page.locator(".practice-any").click()
        assert page.locator(".practice .exercise").count() == 1 + 3, "what is due stays"
        addresses = page.locator(".practice a[href]").evaluate_all("all => all.map((each) => each.href)")
        for address in {each.split("#")[0] for each in addresses}:
            assert page.request.get(address).ok, address
        assert reader.troubles == []


def test_the_exercises_are_files_too(site: Path) -> None:
    static = site / "_static"
    data = json.loads((static / "exercises.json").read_text("utf-8"))
    assert [entry["label"] for entry in data if not entry["statement"]] == []
    assert sorted(entry["label"] for entry in data) == sorted(each.label for each in all_exercises())
    lag = next(entry for entry in data if entry["label"] == "ex-09-lag")
    assert lag["variants"][0]["answers"][0]["answer"] == 90
    assert "\\(\\rho=0.95\\)" in lag["statement"]
    head, *notes = re.split(
        r"\n(?!#)", (static / "exercises-anki.txt").read_text("utf-8").strip(), maxsplit=1
    )
    rows = [note.split("\t") for note in "\n".join(notes).split("\n")]
    assert "#separator:tab" in head
    assert len(rows) == len(data)
    assert all(len(row) == 3 and row[0] and row[1] for row in rows)
