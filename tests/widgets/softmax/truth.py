"""The settings of softmax, what is true in each of them, and whether its sentences say that."""

import re
from itertools import product
from typing import NamedTuple

import numpy as np
from claims import claim
from javascript import room

from rnn_core import equations
from rnn_widgets import SoftmaxExplorer

vectors = room("softmax", "vectors")
WORDS, FIRST = vectors.WORDS, vectors.FIRST
OTHERWISE = 0.0  # rounding decides nothing here
SLACK = 1e-12
WORD = r"“(is|are|was)”"
P = r"(\d+(?:\.\d+)?)"


def settings(count, rng):
    """Return a grid of logits and events, some with equal logits or nearly, random ones, and guesses."""
    values = (-5.0, -2.2, 0.0, 1.0, 2.0, 5.0)
    grid = [list(each) for each in product(values, repeat=3)]
    near = [
        (np.array(base) + sign * 10.0**-power * unit).tolist()
        for base in ([0, 0, 0], [1, 1, -2], [1, -2, 1], [-1, 2, 2], [2, 1, 0])
        for power in range(1, 13)
        for sign in (1, -1)
        for unit in np.eye(3)
    ]
    shifted = [(np.array(FIRST) + by).tolist() for by in np.linspace(-5, 3, 81)]
    drawn = [
        np.round(rng.uniform(-5, 5, 3), 1 if i % 2 else 12).tolist()
        if i % 3
        else rng.normal(0, 1.2, 3).clip(-5, 5).tolist()
        for i in range(count)
    ]
    each = [
        {"logits": logits, "happened": word, "together": False}
        for logits in (*grid, *near, *shifted)
        for word in WORDS
    ]
    each += [
        {"logits": logits, "happened": WORDS[i % 3], "together": bool(i % 2)}
        for i, logits in enumerate(drawn)
    ]
    first = SoftmaxExplorer().settings
    guesses = [{**first, "guess": guess} for guess in np.linspace(0, 1, 501).tolist()]
    return each + guesses


def carried():
    """Return what the browser's program is given besides."""
    return {"initial": {"logits": FIRST}}


class Fact(NamedTuple):
    """What is true of a setting."""

    y: list
    c: int
    loss: float
    gradient: list
    shift: float | None


def facts(all_settings, _carried, _measured):
    """Compute everything anew: softmax by rnn_core, the loss from differences of logits."""
    for each in all_settings:
        o, c = np.array(each["logits"]), WORDS.index(each["happened"])
        y = equations.softmax(o)
        loss = float(np.log(np.exp(o - o[c]).sum()))
        yield Fact(
            y.tolist(), c, loss, equations.grad_logits(y, c).tolist(), vectors.shift_of(each["logits"])
        )


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    numbers = ("y", "loss", "gradient")
    near = all(np.allclose(getattr(fact, name), measured[name], rtol=0, atol=1e-10) for name in numbers)
    return near and (fact.shift is None) == (measured["shift"] is None)


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def claim_digits(text, exact, what):
    """A number is rounded in its last digit, keeps two figures when small, and is not shown as 0 or 1."""
    shown, places = float(text), len(text.partition(".")[2])
    claim(abs(shown - exact) <= 0.5 * 10.0**-places + SLACK, f"{what}: {text} is not {exact}")
    claim((shown == 0) == (exact == 0) and (shown == 1) == (exact == 1), f"{what}: {text}")
    if exact > 0:
        claim(abs(shown / exact - 1) < 0.06, f"{what}: {text} is too coarse for {exact}")


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    rest = check_event(said["verdict"], fact)
    rest = check_cost(rest, fact)
    found = re.match(
        rf"The gradient is {P} − 1 = −{P} at {WORD}, and at the others their probability\.", rest
    )
    claim(found[3] == WORDS[fact.c], "the word of the gradient")
    claim_digits(found[1], fact.y[fact.c], "its probability")
    claim_digits(found[2], -fact.gradient[fact.c], "its gradient")
    claim(fact.gradient[fact.c] == fact.y[fact.c] - 1, "y − 1")
    claim(all(fact.gradient[i] == fact.y[i] for i in range(3) if i != fact.c), "the others")
    check_shift(rest[found.end() :], each, fact)
    check_summary(said["summary"], each, fact)
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_event(text, fact):
    """Who got the most, and what the word that happened had; gives the rest of the text."""
    y, c = np.array(fact.y), fact.c
    best = np.delete(y, c).max()
    tie = re.match(rf"No word got more than {WORD}, which happened: {P}\. ", text)
    if tie:
        claim(WORDS[c] == tie[1] and best <= y[c] + 1e-8, "no word got more")
        claim(abs(best - y[c]) < 1e-8, "one got as much")
        claim_digits(tie[2], y[c], "its probability")
        return text[tie.end() :]
    right = re.match(rf"(Sure, and right: )?{WORD} got the most, {P}, and it happened\. ", text)
    if right:
        claim(WORDS[c] == right[2] and y[c] > best, "it got the most")
        claim_sure(right[1], y[c])
        claim_digits(right[3], y[c], "its probability")
        return text[right.end() :]
    own = rf"but {WORD} happened, which had {P}\. "
    two = re.match(rf"{WORD} and {WORD} got the most, {P} each, {own}", text)
    if two:
        claim(np.ptp(np.delete(y, c)) < 1e-8 and best > y[c], "both got the most")
        claim({two[1], two[2]} == set(WORDS) - {WORDS[c]} and two[4] == WORDS[c], "which words")
        claim_digits(two[3], best, "theirs")
        claim_digits(two[5], y[c], "its probability")
        return text[two.end() :]
    wrong = re.match(rf"(Sure, and wrong: )?{WORD} got the most, {P}, {own}", text)
    claim(y[WORDS.index(wrong[2])] == best > y[c], "another got the most")
    claim(np.sort(y)[-1] > np.sort(y)[-2], "it alone got the most")
    claim(wrong[4] == WORDS[c], "what happened")
    claim_sure(wrong[1], best)
    claim_digits(wrong[3], best, "the most")
    claim_digits(wrong[5], y[c], "its probability")
    return text[wrong.end() :]


def claim_sure(says, p):
    claim(p > 0.9 - SLACK if says else p <= 0.9 + SLACK, f"sure at {p}")


def check_cost(text, fact):
    """The loss beside that of guessing; gives the rest of the text."""
    head = rf"Minus its logarithm is the loss: {P} nats, "
    off = abs(fact.loss - np.log(3))
    same = re.match(head + r"(within a millionth of )?what guessing costs \(log 3\)\. ", text)
    if same:
        claim(off < (1e-6 + SLACK if same[2] else 1e-9 + SLACK), f"off by {off}")
        claim(same[1] == "1.10", "log 3")
        return text[same.end() :]
    found = re.match(head + rf"(more|less) than guessing costs \(log 3 = {P}\)\. ", text)
    claim_digits(found[1], fact.loss, "the loss") if fact.loss < 0.1 else claim_places(found[1], fact.loss)
    claim_places(found[3], np.log(3))
    claim((fact.loss > np.log(3)) == (found[2] == "more"), found[2])
    claim((float(found[1]) > float(found[3])) == (found[2] == "more"), f"{found[1]} {found[2]} {found[3]}")
    claim(float(found[1]) != float(found[3]), f"{found[1]} {found[2]} {found[3]}")
    return text[found.end() :]


def claim_places(text, exact):
    places = len(text.partition(".")[2])
    claim(abs(float(text) - exact) <= 0.5 * 10.0**-places + SLACK, f"{text} is not {exact}")


def check_shift(text, each, fact):
    """Whether a constant was added, and what it left as it was."""
    if not text:
        return claim(fact.shift is None, "a constant was added")
    found = re.fullmatch(
        r" Each logit is (\d\.\d) (above|below) what it was at first: "
        r"no difference has changed, and no probability\.",
        text,
    )
    moves = np.array(each["logits"]) - FIRST
    claim(np.ptp(moves) < 1e-8, "by the same for all")
    claim((moves[0] > 0) == (found[2] == "above"), found[2])
    claim_places(found[1], abs(moves[0]))
    return claim(np.allclose(fact.y, equations.softmax(np.array(FIRST)), rtol=0, atol=1e-8), "no probability")


def check_summary(text, each, fact):
    """The short form, which is read out."""
    parts = [rf"{word} (−?\d\.\d), probability {P}" for word in WORDS]
    found = re.fullmatch(
        rf"Logits: {'; '.join(parts)}\. The word (\w+) happened, the loss is {P} nats\.", text
    )
    for i in range(3):
        claim_places(found[2 * i + 1].replace("−", "-"), each["logits"][i])
        claim_digits(found[2 * i + 2], fact.y[i], "a probability")
    claim(found[7] == WORDS[fact.c], "what happened")
    claim_digits(found[8], fact.loss, "the loss") if fact.loss < 0.1 else claim_places(found[8], fact.loss)


def check_tasks(texts, each, fact):
    """What is solved, and why."""
    wrong, shift, still = texts
    claim((wrong is not None) == (fact.loss > 5), "task: wrong")
    if wrong:
        found = re.fullmatch(rf"{WORD} had {P}, and costs {P} nats\.", wrong)
        claim(found[1] == WORDS[fact.c], "what happened")
        claim_digits(found[2], fact.y[fact.c], "its probability")
        claim_places(found[3], fact.loss)
        claim(fact.y[fact.c] < 0.007, "hardly anything for what happened")
        claim(max(fact.y) > 0.49, "sure of another")
    claim((shift is not None) == (fact.shift is not None), "task: shift")
    if shift:
        found = re.match(
            r"All three moved by ([+−])(\d\.\d); what is the same in all of them cancels\.", shift
        )
        claim((found[1] == "+") == (fact.shift > 0), "its sign")
        claim_places(found[2], abs(fact.shift))
    claim((still is not None) == (np.abs(fact.gradient).max() < 0.01), "task: still")
    if still:
        found = re.match(rf"{WORD} has {P}: the prediction is nearly the event", still)
        claim(found[1] == WORDS[fact.c] and fact.y[fact.c] > 0.99, "nearly the event")
        claim_digits(found[2], fact.y[fact.c], "its probability")


def check_gap(text, each, fact):
    """What is said of a guess."""
    power = r"exp\((−?\d(?:\.\d)?)\)"
    found = re.fullmatch(
        rf"You gave “are” {P}; softmax gives it {P}\. That is (?:(within 0\.03)|(\d\.\d\d) off): "
        rf"it is {power} = (\d+\.\d\d) out of {power} \+ {power} \+ {power} = (\d+\.\d\d)\.",
        text,
    )
    off = abs(each["guess"] - fact.y[1])
    claim_places(found[1], each["guess"])
    claim_digits(found[2], fact.y[1], "its probability")
    claim(found[3] is not None if off < 0.03 else found[4] is not None, f"off by {off}")
    if found[4]:
        claim_places(found[4], off)
    powers = [np.exp(float(found[i].replace("−", "-"))) for i in (7, 8, 9)]
    claim(found[5] == found[8], "the exponent")
    claim_places(found[6], powers[1])
    claim_places(found[10], sum(powers))
    claim(abs(powers[1] / sum(powers) - fact.y[1]) < 1e-9, "out of the sum")
