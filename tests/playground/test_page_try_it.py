"""What a reader types is read as the task has it, and what is said of the answers is so."""

import numpy as np
import pytest
from pages import ask_page

TEXT = "so long a text\n👍 so long: ünd more"


@pytest.fixture
def page(tmp_path):
    """Return a function: cases that are asked -> the answers of the page's pure parts."""
    return lambda asked: ask_page(asked, tmp_path)


@pytest.mark.parametrize("task", ["recall", "order", "adding", "reber", "parity", "agreement", "text"])
def test_a_drawn_sequence_is_read_from_its_text_and_its_answers_are_known(task, page):
    setup = {"task": task, "T": 13, "batch": 40, "seed": 7}
    [sequences] = page([{"do": "drawn", "setup": setup, "text": TEXT}])
    assert len({sequence["text"] for sequence in sequences}) > 1
    for sequence in sequences:
        assert sequence["again"] == {"steps": sequence["steps"], "wrong": None}
        expected = [None if code < 0 else code for code in sequence["targets"]]
        if task == "adding":
            assert sequence["right"][:-1] == [None] * 12
            assert sequence["right"][-1] == pytest.approx(sequence["values"][-1], abs=0.0101)  # two decimals
        elif task in ("reber", "agreement", "text"):
            assert sequence["right"] == [*expected[:-1], None]  # what comes after the last nobody typed
        else:
            assert sequence["right"] == expected


READ = [
    ("recall", "a..-_ ·?", [0, 2, 2, 2, 2, 2, 3]),
    ("order", "cdA e\nBf", [2, 3, 0, 4, 1, 5]),
    ("adding", "0.3 ,5* 1, 0,25*  -2.", [[0.3, 0], [0.5, 1], [1, 0], [0.25, 1], [-2, 0]]),
    ("reber", "btpe", [0, 1, 4, 6]),
    ("parity", "0 1 1", [0, 1, 1]),
]
WRONG = [
    ("recall", "ab!", "“!”, step 3"),
    ("parity", "", "Type"),
    ("parity", "01" * 251, "these are 502"),
    ("adding", "0.3,0.7", "“0.3,0.7”"),
    ("adding", "0.3 0.2**", "Step 2"),
    ("adding", "0.3 x*", "“x*”"),
    ("agreement", "the fish sleeps.", "“fish”, step 2"),
    ("text", "sq", "“q”, step 2"),
]


def test_what_is_typed_is_read_or_it_is_said_what_is_wrong(page):
    asked = [
        {"do": "read", "setup": {"task": task}, "text": TEXT, "typed": typed}
        for task, typed, _ in READ + WRONG
    ]
    found = page(asked)
    for (_, typed, steps), answer in zip(READ, found, strict=False):
        assert answer == {"steps": steps, "wrong": None}, typed
    for (_, typed, words), answer in zip(WRONG, found[len(READ) :], strict=True):
        assert answer["steps"] == []
        assert words in answer["wrong"], typed


def test_the_words_of_the_grammar_may_stand_beside_the_full_stop(page):
    typed = {"do": "read", "setup": {"task": "agreement"}, "typed": "the dogs near\nthe old cat run.the"}
    [answer] = page([typed])
    assert answer["wrong"] is None
    assert len(answer["steps"]) == 9


def test_nothing_is_right_where_the_question_is_not_that_of_the_task(page):
    never = [("recall", [2, 2, 3]), ("recall", [0, 1, 3]), ("recall", [0, 2, 2]), ("recall", [3])]
    never += [("order", [0, 2, 0, 1]), ("order", [2, 3]), ("adding", [[0.1, 1], [0.2, 0]])]
    found = page([{"do": "right", "setup": {"task": task}, "steps": steps} for task, steps in never])
    assert all(set(answer) == {None} for answer in found)


def test_a_temperature_sharpens_and_flattens(page):
    p = [0.1, 0.6, 0.0, 0.3]
    asked = [{"do": "tempered", "p": p, "temperature": tau} for tau in (0, 0.5, 1, 2, 0.001)]
    greedy, sharp, same, flat, cold = map(np.array, page(asked))
    assert greedy.tolist() == [0, 1, 0, 0]
    np.testing.assert_allclose(same, p, rtol=1e-12)
    np.testing.assert_allclose(sharp, np.square(p) / np.square(p).sum(), rtol=1e-12)
    np.testing.assert_allclose(flat, np.sqrt(p) / np.sqrt(p).sum(), rtol=1e-12)
    np.testing.assert_allclose(cold, greedy, atol=1e-12)
    us = [0, 0.0999, 0.1, 0.1001, 0.6999, 0.7001, 1]
    edges = [{"do": "chosen", "p": [0, 0.5, 0.5, 0], "us": [0, 1]}]
    found = page([{"do": "chosen", "p": p, "us": us}, *edges])
    assert found == [[0, 0, 1, 1, 1, 3, 3], [1, 2]]  # never one whose probability is 0


def test_the_likeliest_answers_come_first_and_the_right_one_is_among_them(page):
    row = [0.05, 0.5, 0.15, 0.3]
    asked = [{"do": "likeliest", "row": row, "count": 2, "right": right} for right in (None, 3, 0)]
    assert page(asked) == [[1, 3], [1, 3], [1, 0]]
    [shares] = page([{"do": "share", "values": [0, 0.001, 0.994, 0.9999, 1]}])
    assert shares == ["0.00", "below 0.01", "0.99", "above 0.99", "1.00"]


SENTENCES = [
    ("recall", [1, 2, 3], 2, [0.2, 0.8], 1, "“b” is most probable, 0.80. That is right."),
    ("recall", [0, 2, 3], 2, [0.2, 0.8], 0, "Right is “a”, which has 0.20."),
    ("recall", [0, 2, 3], 1, [0.2, 0.8], None, "after “·”: “b” is most probable, 0.80."),
    (
        "parity",
        [1, 0],
        0,
        [0.9, 0.1],
        1,
        "Step 1 of 2, after “1”: “even” is most probable, 0.90. Right is “odd”",
    ),
    ("reber", [0, 1], 0, [0, 0.5, 0, 0, 0.5, 0, 0], 4, "Next comes “P”, which has 0.50."),
    ("reber", [0, 1], 0, [0, 0.6, 0, 0, 0.4, 0, 0], 1, "That is what comes next."),
    ("adding", [[0.3, 1], [0.5, 1]], 1, [0.75], 0.8, "The sum is 0.8: off by 0.05, which counts as right."),
    ("adding", [[0.3, 1], [0.5, 1]], 1, [0.7], 0.8, "which counts as wrong."),
    ("adding", [[0.3, 1], [0.5, 1]], 0, [0.7], None, "after “0.3*”: the answer is 0.7."),
]


def test_the_sentence_of_a_step_says_what_the_numbers_say(page):
    asked = [
        {"do": "sentence", "setup": {"task": task}, "steps": steps, "t": t, "row": row, "right": right}
        for task, steps, t, row, right, _ in SENTENCES
    ]
    for (*_, words), sentence in zip(SENTENCES, page(asked), strict=True):
        assert words in sentence
    unseen = {
        **asked[1],
        "setup": {"task": "text"},
        "text": "a \n",
        "steps": [1, 0],
        "t": 1,
        "row": [0.1, 0.7, 0.2],
    }
    assert page([unseen]) == [
        "Step 2 of 2, after “↵”: “␣” is most probable, 0.70. Next comes “↵”, which has 0.10."
    ]
