"""Every right answer is taken, every named mistake is recognised as that mistake, and nothing else passes."""

import itertools
import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
from answers import data_of

from rnn_exercises import all_exercises
from rnn_exercises.expressions import evaluate
from rnn_exercises.kinds import Choice, Code, Formula, Number, Order, Proof, Variant, close

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = {exercise.label: exercise for exercise in all_exercises()}
LABEL = re.compile(r"\{exercise(?:-start)?\}[^\n]*\n:label: (\S+)")
ANSWER = re.compile(r"\{answer\} (\S+)")


def notebooks():
    """Yield each notebook's text."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        yield "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_drawn_numbers_are_written_as_a_text_writes_them():
    drawn = Variant({"b": -1.3, "T": 7, "n": 2_500_000}, {})
    assert drawn.shown() == {"b": "−1.3", "T": "7", "n": "2 500 000"}


def questions(kind):
    """Yield, for each question of a kind, its exercise, its place, itself, and what the page has of it."""
    for exercise in EXERCISES.values():
        data = data_of(exercise, exercise.variants())
        for place, question in enumerate(exercise.questions):
            if isinstance(question, kind):
                yield exercise, place, question, data


def mistakes_of(exercise):
    """Return how many mistakes an exercise tells apart."""
    counts = {
        Number: lambda q: len(q.mistakes),
        Formula: lambda q: len(q.mistakes),
        Choice: lambda q: sum(not option.right for option in q.options),
        Order: lambda q: len(q.rules),
        Code: lambda q: len(q.mistakes),
        Proof: lambda q: 0,
    }
    return sum(counts[type(question)](question) for question in exercise.questions)


def test_every_exercise_of_the_book_can_be_answered_where_it_stands():
    text = "\n".join(notebooks())
    in_book, answered = LABEL.findall(text), ANSWER.findall(text)
    assert len(set(in_book)) == len(in_book)
    assert sorted(answered) == sorted(EXERCISES)
    assert set(answered) <= set(in_book)
    missing = set(in_book) - set(answered)
    assert not missing, f"without a place to answer: {sorted(missing)}"


@pytest.mark.parametrize("label", EXERCISES)
def test_an_exercise_has_hints_and_names_mistakes(label):
    exercise = EXERCISES[label]
    assert exercise.hints
    if not all(isinstance(question, Proof) for question in exercise.questions):
        assert mistakes_of(exercise) >= 2
    for question in exercise.questions:
        if isinstance(question, Choice):
            assert sum(option.right for option in question.options) == 1 or question.several
            assert len({option.text for option in question.options}) == len(question.options) >= 2
            assert all(option.reason.strip() for option in question.options)


def test_a_number_is_taken_in_several_spellings_and_its_mistakes_are_recognised(judged):
    cases, expected = [], []
    for exercise, place, question, data in questions(Number):
        for i, variant in enumerate(data["variants"]):
            for which, value in enumerate(variant["numbers"][place]):
                spellings = [
                    f"{value:.0f}" if value.is_integer() else f"{value:.4g}",
                    repr(value),
                    f"({value!r})",
                    f" {2 * value!r} / 2 ",
                    f"{value:.12g}*10^0",
                ]
                if which == 0 and i == 0:
                    spellings += [text.removesuffix(question.unit) for text in question.spellings]
                for text in spellings:
                    cases.append(
                        {
                            "question": data["questions"][place],
                            "numbers": variant["numbers"][place],
                            "text": text,
                        }
                    )
                    expected.append((exercise.label, place, text, which))
    for (label, place, text, which), verdict in zip(expected, judged(cases), strict=True):
        told = {"right": True} if which == 0 else {"right": False, "reason": str(which - 1)}
        assert verdict == told, (label, place, text)


def test_no_random_number_passes(judged):
    rng = np.random.default_rng(5)
    cases, right = [], []
    for _, place, question, data in questions(Number):
        numbers = data["variants"][0]["numbers"][place]
        for value in [*rng.normal(scale=10.0 ** rng.integers(-3, 5), size=60), 0, -1, 1e300, -1e-300]:
            cases.append(
                {"question": data["questions"][place], "numbers": numbers, "text": repr(float(value))}
            )
            right.append(close(float(value), question.answer(EXERCISES[_.label].printed), question.tolerance))
    assert len(cases) >= 1000 or len(EXERCISES) < 30
    for case, is_right, verdict in zip(cases, right, judged(cases), strict=True):
        assert verdict["right"] == is_right, case
        assert is_right or verdict.get("words") or verdict["reason"]


def test_a_formula_is_taken_in_several_spellings_and_its_mistakes_are_recognised(judged):
    cases, expected = [], []
    for exercise, place, question, data in questions(Formula):
        texts = [(0, text) for text in (question.answer, f"({question.answer})/1", *question.spellings)]
        texts += [(1 + i, mistake.answer) for i, mistake in enumerate(question.mistakes)]
        for which, text in texts:
            cases.append({"question": data["questions"][place], "text": text})
            expected.append((exercise.label, text, which))
    for (label, text, which), verdict in zip(expected, judged(cases), strict=True):
        told = {"right": True} if which == 0 else {"right": False, "reason": str(which - 1)}
        assert verdict == told, (label, text)


def test_formulas_with_one_thing_changed_do_not_pass(judged):
    """Each number, sign and name of a right formula is changed in turn."""
    cases, expected = [], []
    for _, place, question, data in questions(Formula):
        points = question.points()
        right = question.values(question.answer)
        for changed in changes(question.answer, list(question.variables)):
            try:
                values = [evaluate(changed, point) for point in points]
            except (ValueError, ArithmeticError):
                continue
            if any(isinstance(v, complex) or not math.isfinite(v) for v in values):
                continue
            cases.append({"question": data["questions"][place], "text": changed})
            expected.append(all(close(v, r, 1e-6) for v, r in zip(values, right, strict=True)))
    for case, is_right, verdict in zip(cases, expected, judged(cases), strict=True):
        assert verdict["right"] == is_right, case["text"]


def changes(formula, names):
    """Yield a formula with one thing changed."""
    for match in re.finditer(r"\d+\.?\d*|[-+*/^]|\b[a-z]\w*\b(?!\()", formula):
        others = {
            "number": [f"({match[0]}+1)", f"(-{match[0]})"],
            "sign": [sign for sign in "+-*/" if sign != match[0]],
            "name": [*(name for name in names if name != match[0]), f"(2*{match[0]})"],
        }
        kind = "number" if match[0][0].isdigit() else "name" if match[0][0].isalpha() else "sign"
        for other in others[kind]:
            yield formula[: match.start()] + other + formula[match.end() :]


def test_both_readers_give_a_formula_the_same_values(judged):
    rng = np.random.default_rng(2)
    texts = [
        "-x^2",
        "(-x)^2",
        "2^-x",
        "x^y^2",
        "-x^-2",
        "x/y/2",
        "x-y-2",
        "sqrt(x)*log(y)",
        "exp(-x)*e",
        "2*pi/x",
        "max(x, y)",
        "1e3*x",
    ]
    texts += [
        "tanh(x)**2",
        "((x))",
        "((x+1)*(y-2))^2",
        "log2(8)",
        "log10(x)",
        "min(x,2)-abs(-y)",
        "cos(x)+sin (y)",
        "-(x)",
        "lambda*x",
    ]
    cases, expected = [], []
    for text in texts:
        values = {"x": rng.uniform(1, 3), "y": rng.uniform(1, 3), "lambda": 0.7}
        cases.append({"formula": text, "values": values})
        expected.append(evaluate(text, values))
    for case, ours, theirs in zip(cases, expected, judged(cases), strict=True):
        assert theirs == pytest.approx(ours, rel=1e-12), case["formula"]


NONSENSE = [
    *(
        "",
        "   ",
        "abc",
        "2T",
        "0,5",
        "1 2",
        "(",
        "2**",
        "alert(1)",
        "x.y",
        "[1,2]",
        "'a'",
        "this",
        "1/0",
        "💥",
    ),
    *("0.5 kg", "=3", "a=3", "constructor", "toString()", "2 (3)", "f(", "9" * 500),
]


def test_nonsense_is_refused_politely(judged):
    question = {"kind": "number", "tolerance": 0.01, "unit": ""}
    verdicts = judged([{"question": question, "numbers": [7.0, 3.0], "text": text} for text in NONSENSE])
    for text, verdict in zip(NONSENSE, verdicts, strict=True):
        words = verdict.get("unreadable") or verdict.get("words") or verdict["reason"]
        assert not verdict.get("right"), text
        assert words == "otherwise" or (words[0].isupper() and words.endswith((".", "?"))), (text, words)


SPELLINGS = {
    "1 000": 1000,
    "10 000 000": 1e7,
    "8.7 %": 0.087,
    "−2": -2,
    "2·3": 6,
    "2×3²": 18,
    "9/10": 0.9,
    "√(4)": 2,
    "log (e)": 1,
    "[2+1]·{3}": 9,
}


def test_numbers_are_read_as_people_write_them(judged):
    given = judged([{"formula": text, "values": {}} for text in SPELLINGS])
    assert given == [pytest.approx(value) for value in SPELLINGS.values()]
    [greek] = judged([{"formula": "γ·ρ^2", "values": {"gamma": 3, "rho": 2}}])
    assert greek == 12


def test_what_cannot_be_read_is_said_by_its_kind(judged):
    cases = {
        "2T": "a sign is missing",
        "l b lambda": "a sign is missing",
        "(1 + 2": "not closed",
        "1 + 2)": "not opened",
        "rho = 4": "value alone",
        "ρ<=4": "value alone",
        "x": "do not know x",
        "log": "comes a bracket",
        "0,5": "point",
    }
    given = judged([{"formula": text, "values": {}} for text in cases])
    for (text, words), verdict in zip(cases.items(), given, strict=True):
        assert words in verdict["unreadable"], text
    [script_l] = judged([{"formula": "2·ℓ", "values": {"l": 4}}])
    assert script_l == 8


def test_slips_that_need_no_name_are_said(judged):
    question = {"kind": "number", "tolerance": 0.01, "unit": ""}
    cases = [
        ("-7", "sign"),
        ("700", "per cent"),
        ("0.07", "hundred times too small"),
        ("1/7", "divided"),
        ("7.2", "rounded"),
    ]
    given = judged([{"question": question, "numbers": [7.0, 3.0], "text": text} for text, _ in cases])
    for (text, word), verdict in zip(cases, given, strict=True):
        assert not verdict["right"]
        assert word in verdict["words"], text
    [one_off] = judged([{"question": {**question, "tolerance": 0}, "numbers": [90.0], "text": "91"}])
    assert "off by one" in one_off["words"]
    [unrounded] = judged(
        [{"question": {**question, "tolerance": 0}, "numbers": [90.0], "text": "log(0.01)/log(0.95)"}]
    )
    assert "whole number" in unrounded["words"]


def test_choices_are_judged_by_each_option(judged):
    cases, expected = [], []
    for _, place, question, data in questions(Choice):
        right = {i for i, option in enumerate(question.options) if option.right}
        sizes = range(len(question.options) + 1) if question.several else [1]
        for size in sizes:
            for given in itertools.combinations(range(len(question.options)), size):
                cases.append({"question": data["questions"][place], "given": list(given)})
                expected.append((set(given) - right, right - set(given) if question.several else set()))
    for case, (chosen, missed), verdict in zip(cases, expected, judged(cases), strict=True):
        assert (set(verdict["chosen"]), set(verdict["missed"])) == (chosen, missed), case
        assert verdict["right"] == (not chosen and not missed)


def test_an_order_is_judged_by_its_rules(judged):
    rng = np.random.default_rng(4)
    cases, expected = [], []
    for exercise, place, question, data in questions(Order):
        steps = len(question.steps)
        for rule in question.rules:
            assert 0 <= rule.first < rule.second < steps, exercise.label
        orders = [
            list(range(steps)),
            question.shuffled(),
            *rng.permutation(np.tile(np.arange(steps), (40, 1)), axis=1).tolist(),
        ]
        if exercise.questions[place].strict:
            assert question.otherwise
        for order in orders:
            keeps = all(order.index(rule.first) < order.index(rule.second) for rule in question.rules)
            cases.append({"question": data["questions"][place], "given": order})
            expected.append(keeps and (not question.strict or order == list(range(steps))))
        # Each rule can be the one that is named.
        named = {verdict["reason"] for verdict in judged(cases[-len(orders) :]) if "reason" in verdict}
        swapped = []
        for rule in question.rules:
            order = [i for i in range(steps) if i != rule.first]
            order.insert(order.index(rule.second) + 1, rule.first)
            swapped.append({"question": data["questions"][place], "given": order})
        assert named | {verdict["reason"] for verdict in judged(swapped)} >= {"0"}
    for case, is_right, verdict in zip(cases, expected, judged(cases), strict=True):
        assert verdict["right"] == is_right, case
