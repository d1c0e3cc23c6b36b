"""The window's settings, what is true in each of them, and whether its sentences say that."""

import re
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
from claims import claim, claim_percent

from rnn_widgets import WindowExplorer

OTHERWISE = 0.0  # rounding decides nothing here
NUMBERS = ("singular", "plural")
P = r"(?:0\.\d\d|[01]|just (?:above|below) 0\.50)"


def settings(count, rng):
    """Return a grid, states near an even chance and near the tasks' limits, random ones, and guesses."""
    names = ("tau", "adjectives", "subject", "noun", "q", "clue")
    nouns = list(product(("dog", "dogs"), ("cat", "cats")))
    grid = [
        (tau, n, *pair, q, clue)
        for tau in range(2, 15)
        for n in (1, 2, 5, 6, 9)
        for pair in nouns
        for q, clue in ((0.2, 0.5), (0.05, 0.05), (0.9, 0.95), (0.5, 0.9), (0.5, 0.1), (0.6, 0.65))
    ]
    near = [
        (5, n, *pair, 0.2, middle + sign * 10.0**-k)
        for n in (1, 3)
        for pair in nouns
        for middle in (0.5, 0.9, 0.1, 0.495, 0.505)
        for k in range(2, 12)
        for sign in (1, -1)
    ]
    reach = [
        (tau, 3, "dogs", "cat", 0.5 + d, 0.5) for tau in range(8, 13) for d in (-0.01, -1e-9, 0, 1e-9, 0.2)
    ]
    chosen = rng.uniform((0.05, 0.05), (0.9, 0.95), (1200, 2))
    chosen[::2] = chosen[::2].round(2)
    drawn = [
        (
            int(rng.integers(2, 15)),
            int(rng.integers(1, 10)),
            *nouns[int(rng.integers(4))],
            *chosen[int(rng.integers(len(chosen)))].tolist(),
        )
        for _ in range(count)
    ]
    states = [dict(zip(names, each, strict=True)) for each in grid + near + reach + drawn]
    first = WindowExplorer().settings
    guesses = [{**first, "guess": guess} for guess in np.linspace(0, 1, 401).tolist()]
    return states + guesses


def carried():
    """Return what the browser's program is given besides."""
    return {}


class Fact(NamedTuple):
    """What is true of a setting."""

    back: int
    seen: bool
    window: list
    right: float
    missed: float
    fewest: int


def tail(subject, adjectives, noun, tau):
    """What a window shows; which adjective it is tells nothing."""
    return ("the", subject, "near", "the", *adjectives * ("old",), noun)[-tau:]


@cache
def windows(tau, q, clue):
    """Each window before a verb with the probabilities of a singular and a plural verb after it, jointly."""
    found = {}
    for singular, alike, adjectives in product((True, False), (True, False), range(1, tau + 2)):
        # Longer sentences have the window of the longest here, which is full of adjectives.
        amount = q ** (adjectives - 1) * (1 - q if adjectives <= tau else 1)
        subject, noun = ("dog" if singular else "dogs"), ("cat" if singular == alike else "cats")
        both = found.setdefault(tail(subject, adjectives, noun, tau), [0.0, 0.0])
        both[0 if singular else 1] += amount * (clue if alike else 1 - clue) / 2
    right = sum(max(both) for both in found.values())
    missed = sum(sum(both) for shown, both in found.items() if not {"dog", "dogs"} & set(shown))
    return found, right, missed


def facts(all_settings, _carried, _measured):
    """Enumerate what the window can show, and what may follow."""
    for each in all_settings:
        tau, adjectives = each["tau"], each["adjectives"]
        found, right, missed = windows(tau, each["q"], each["clue"])
        shown = tail(each["subject"], adjectives, each["noun"], tau)
        joint = np.array(found[shown])
        sentence = tail(each["subject"], adjectives, each["noun"], 99)
        fewest = next(n for n in range(1, 99) if "dog" not in tail("dog", n, "cat", tau))
        yield Fact(
            len(sentence) - sentence.index(each["subject"]),
            each["subject"] in shown,
            (joint / joint.sum()).tolist(),
            right,
            missed,
            fewest,
        )


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    return np.allclose(fact.window, measured["window"], rtol=0, atol=1e-10) and fact.seen == measured["seen"]


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def claim_probability(text, p, what):
    """A probability with two decimals, or on its side of a half."""
    if text.startswith("just"):
        claim(1e-10 < abs(p - 0.5) < 0.00501 and ("above" in text) == (p > 0.5), f"{what}: {p} is not {text}")
    elif text in ("0", "1"):
        claim(abs(p - int(text)) < 1e-12, f"{what}: {p} is not {text}")
    else:
        claim(abs(float(text) - p) < 0.00501 and 0 < p < 1, f"{what}: {p} is not {text}")
        claim(text != "0.50" or abs(p - 0.5) < 1e-8, f"{what}: {p} is no half")


def claim_share(text, share):
    """A share of sentences."""
    if text == "fewer than one of a million sentences":
        return claim(0 < share < 1e-6, f"{share} is not below a millionth")
    if found := re.fullmatch(r"1 of ([\d,]+) sentences", text):
        every = int(found[1].replace(",", ""))
        return claim(abs(every * share - 1) < 0.006 and share < 0.01001, f"{share} is not {text}")
    return claim_percent(re.fullmatch(r"(.*) of all sentences", text)[1], share, "the share of sentences")


def claim_verbs(text, share):
    """A share of verbs below 1."""
    if text == "just less than 100 %":
        return claim(1 - 1e-7 < share < 1, f"{share} is not just less than 1")
    number = text.removesuffix(" %")
    half = 0.501 * 10.0 ** -len(number.partition(".")[2])
    return claim(float(number) < 100 and abs(float(number) - 100 * share) <= half, f"{share} is not {text}")


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    tau, singular = each["tau"], each["subject"] == "dog"
    text = said["verdict"]
    head = re.match(
        r"The subject, (dogs?), stands (\d+) words before the verb, (inside|outside) the window of (\d+)\. ",
        text,
    )
    claim((head[1], int(head[2]), int(head[4])) == (each["subject"], fact.back, tau), "the subject")
    claim((head[3] == "inside") == fact.seen, "where the subject is")
    check_often(check_known(text[head.end() :], each, fact), each, fact)
    check_summary(said["summary"], each, fact)
    right = fact.window[0 if singular else 1]
    check_tasks(said["tasks"], each, fact, right)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_known(text, each, fact):
    """What the window knows; returns what is said after it."""
    if found := re.match(
        r"Who sees the window knows as much as who saw all: the verb is (singular|plural)\. ", text
    ):
        claim(fact.window[NUMBERS.index(found[1])] == 1, "what is known")
        claim((found[1] == "singular") == (each["subject"] == "dog"), "the verb")
    elif found := re.match(
        r"No word inside tells its number: singular and plural are equally probable\. ", text
    ):
        claim(abs(fact.window[0] - 0.5) < 1e-8, f"{fact.window} is not even")
    else:
        found = re.match(
            rf"Only (cats?) is left as a clue: with probability ({P}) it has the subject’s number\. "
            rf"So the window says (singular|plural) with probability ({P}), which is (right|wrong) here\. ",
            text,
        )
        more = int(np.argmax(fact.window))
        claim(abs(fact.window[0] - 0.5) > 1e-10 and max(fact.window) < 1, "something is told, not all")
        claim(found[1] == each["noun"], "the second noun")
        claim_probability(found[2], each["clue"], "the clue")
        claim(NUMBERS.index(found[3]) == more, "what the window says")
        claim_probability(found[4], fact.window[more], "how sure it is")
        claim((found[5] == "right") == ((more == 0) == (each["subject"] == "dog")), "right or wrong")
    return text[found.end() :]


def check_often(text, each, fact):
    """In which sentences the subject is out of sight."""
    tau = each["tau"]
    if found := re.fullmatch(
        r"No sentence has its subject inside: the last (\d+) words before a verb never reach it\.", text
    ):
        claim(int(found[1]) == tau and not fact.seen, "so it is")
        return claim(abs(fact.missed - 1) < 1e-9, f"out of sight in {fact.missed} only")
    found = re.fullmatch(
        r"With (\d+) adjectives? or more the subject is out of a window of (\d+) words; that is so in (.*)\.",
        text,
    )
    claim((int(found[1]), int(found[2])) == (fact.fewest, tau), "the fewest adjectives")
    claim(int(found[1]) > 1, "no sentence has fewer")
    return claim_share(found[3], fact.missed)


def check_summary(text, each, fact):
    """The short form, which is read out."""
    found = re.fullmatch(
        rf"Window of (\d+) words, subject (inside|outside): singular ({P}), plural ({P})\. "
        r"Over all sentences (.*) of the verbs are guessed right\.",
        text,
    )
    claim(int(found[1]) == each["tau"] and (found[2] == "inside") == fact.seen, "the window")
    claim_probability(found[3], fact.window[0], "singular")
    claim_probability(found[4], fact.window[1], "plural")
    claim_verbs(found[5], fact.right)


def check_tasks(tasks, each, fact, right):
    """When they are solved, and why."""
    defeat, mislead, reach = tasks
    tau = each["tau"]
    claim((defeat is not None) == (tau >= 9 and not fact.seen), "task: defeat")
    if defeat:
        found = re.fullmatch(
            r"The subject stands (\d+) words back\. Any window can be defeated so: (\d+) adjectives are "
            r"enough for "
            r"(\d+) words, and the grammar sets no limit to them\.",
            defeat,
        )
        claim([int(n) for n in found.groups()] == [fact.back, fact.fewest, tau], "why it is defeated")
        claim(each["q"] > 0, "a limit to adjectives")
    claim((mislead is not None) == (1 - right >= 0.9 - 2e-9), "task: mislead")
    if mislead:
        found = re.fullmatch(
            rf"It gives the right verb ({P})\. Where the subject is out of sight, going by (cats?) is "
            rf"right in "
            r"most sentences, and not in this one\.",
            mislead,
        )
        claim_probability(found[1], right, "the right verb")
        claim(
            found[2] == each["noun"] and not fact.seen and max(fact.window) > 0.5 > right, "why it is misled"
        )
    claim((reach is not None) == (each["q"] >= 0.5 and fact.right >= 0.99), "task: reach")
    if reach:
        found = re.fullmatch(
            r"With (\d+) words (.*?) of them are guessed right\. The subject is out of sight in (.*); "
            r"a longer window makes "
            r"that smaller, and none makes it zero\.",
            reach,
        )
        claim(int(found[1]) == tau, "the window")
        claim_verbs(found[2], fact.right)
        claim_share(found[3], fact.missed)
        claim(fact.missed > windows(tau + 1, each["q"], each["clue"])[2] > 0, "smaller, never zero")


def check_gap(text, each, fact):
    """What is said of a guess."""
    found = re.fullmatch(
        rf"You gave it (\d\.\d\d); it is ({P})\. That is (?:(within 0\.05)|(\d\.\d\d) off): (dogs?) has "
        rf"just left the "
        r"window, and (cats?) goes with a singular subject as often as with a plural one\.",
        text,
    )
    claim(found, "what is said of a guess")
    off = abs(each["guess"] - fact.window[0])
    claim(abs(float(found[1]) - each["guess"]) < 0.00501, "the guess")
    claim_probability(found[2], fact.window[0], "the answer")
    claim(found[3] is not None if off < 0.05 else found[4] is not None, f"off by {off}")
    if found[4]:
        claim(abs(float(found[4]) - off) <= 0.0051, "how far off")
    claim(found[5] == each["subject"] and fact.back == each["tau"] + 1, "just left")
    claim(found[6] == each["noun"] and each["clue"] == 0.5, "as often")
