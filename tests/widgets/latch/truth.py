"""The latch's settings, what is true in each of them, and whether its sentences say that."""

import re
from typing import NamedTuple

import numpy as np
from claims import claim, claim_compared, compared
from javascript import room

from rnn_core import RNNParams, forward
from rnn_widgets import LatchExplorer

resting_state = room("latch", "vectors").resting_state
OTHERWISE = 0.0  # rounding decides nothing here
STATE = r"(?:[+−]\d\.\d{3}…?|0)"


def settings(count, rng):
    """Return a grid of weights and readings, random ones, and guesses at the first state."""
    readings = (
        "",
        "c",
        "a",
        "b",
        "ab",
        "acc",
        "a" + 40 * "c",
        "b" + 45 * "d",
        "ac" + "b" + 12 * "c",
        "b" + 11 * "c",
    )
    grid = [{"w": w / 20, "letters": letters} for w in range(81) for letters in readings]
    near = [{"w": 1 + sign * 10.0**-k, "letters": "a" + 50 * "c"} for k in range(1, 12) for sign in (1, -1)]
    drawn = []
    for i in range(count):
        letters = "".join(rng.choice(list("abcd"), int(rng.integers(0, 61)), p=(0.1, 0.1, 0.4, 0.4)))
        if i % 3 == 0:
            letters = (
                "".join(rng.choice(list("ab"), int(rng.integers(0, 4)))) + int(rng.integers(0, 50)) * "c"
            )
        drawn.append(
            {
                "w": round(float(rng.uniform(0, 4)), 2) if i % 2 else float(rng.uniform(0, 4)),
                "letters": letters,
            }
        )
    first = LatchExplorer().settings
    guesses = [{**first, "guess": guess} for guess in np.linspace(-1, 1, 401).tolist()]
    return grid + near + drawn + guesses


def carried():
    """Return what the browser's program is given besides."""
    return {}


class Fact(NamedTuple):
    """What is true of a setting."""

    h: list
    markers: list
    since: int | None


def facts(all_settings, _carried, _measured):
    """Compute the states anew, by rnn_core."""
    unit = RNNParams(np.array([[1.0, -1.0, 0.0, 0.0]]), np.eye(1), np.zeros((1, 1)), np.zeros(1), np.zeros(1))
    for each in all_settings:
        letters = each["letters"]
        x = np.eye(4)[["abcd".index(letter) for letter in letters]] if letters else None
        params = unit._replace(W_hh=np.array([[each["w"]]]))
        h = [0.0] if x is None else forward(params, x).h[:, 0].tolist()
        markers = [letter for letter in letters if letter in "ab"]
        since = next((i for i, letter in enumerate(reversed(letters)) if letter in "ab"), None)
        yield Fact(h, markers, since)


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    return len(fact.h) == len(measured["h"]) and np.allclose(fact.h, measured["h"], rtol=0, atol=1e-10)


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def claim_state(text, h):
    """A state is written with its sign and three decimals."""
    if text == "0":
        return claim(h == 0, f"{h} is not 0")
    claim((text[0] == "+") == (h > 0) and h != 0, f"the sign of {h}")
    if text.endswith("…"):
        return claim(abs(h) < 0.0005, f"{h} is no 0.000…")
    return claim(abs(float(text[1:]) - abs(h)) <= 0.00051 and abs(h) >= 0.00049, f"{text} is not {h}")


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    w, end = each["w"], fact.h[-1]
    text = said["verdict"]
    head = re.match(compared("w") + r": left alone, (?P<who>.*?) is drawn to (?P<to>.*?)\. ", text)
    claim_compared(head, w, "w")
    if "or to" in head["to"]:
        claim(w > 1 and head["who"] == "a state other than 0", f"two traps at w = {w}")
        up, down = re.fullmatch(rf"({STATE}) or to ({STATE}), to the one with its sign", head["to"]).groups()
        claim_state(up, resting_state(w))
        claim_state(down, -resting_state(w))
    else:
        claim(head["to"] == "0" and head["who"] == "every state" and w <= 1 + 1e-8, "where it rests")
    check_memory(text[head.end() :], fact, end)
    check_summary(said["summary"], each, fact)
    hold, overwrite = said["tasks"]
    holds = bool(fact.markers) and fact.markers[-1] == "a" and fact.since >= 40 and end > 0.5
    claim((hold is not None) == holds, "task: hold")
    if hold:
        found = re.fullmatch(
            rf"After (\d+) letters the state is still ({STATE}): w = \S+ is above 1, and the trap holds it\.",
            hold,
        )
        claim(int(found[1]) == fact.since and w > 1, "why it holds")
        claim_state(found[2], end)
    over = "ab" in "".join(fact.markers) and fact.markers[-1] == "b" and fact.since >= 10 and end < -0.5
    claim((overwrite is not None) == over, "task: overwrite")
    if overwrite:
        found = re.match(
            rf"The b has won: the state is ({STATE})\. With w = \d\.\d\d the trap holds", overwrite
        )
        claim_state(found[1], end)
        claim(w > 1, "a trap")
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_memory(text, fact, end):
    """What became of the markers."""
    if text == "No marker was read yet, so the state is 0.":
        return claim(not fact.markers and end == 0, "no marker")
    found = re.match(
        r"(?:Its markers were all (?P<all>[ab])|The first marker was (?P<first>[ab]), "
        r"the last (?P<last>[ab])), the last (?:(?P<now>just now)|(?P<ago>\d+) letters? ago); ",
        text,
    )
    first, last = found["all"] or found["first"], found["all"] or found["last"]
    claim((first, last) == (fact.markers[0], fact.markers[-1]), "the markers")
    claim((found["all"] is not None) == (len(set(fact.markers)) == 1), "all the same")
    claim(fact.since == (0 if found["now"] else int(found["ago"])), "how long ago")
    rest = text[found.end() :]
    if rest == "of that less than 0.01 is left.":
        return claim(abs(end) < 0.01, f"{end} is left")
    claim(abs(end) >= 0.01, f"only {end} is left")
    value = re.fullmatch(
        rf"the state is ({STATE}) and has (the(?:ir| other) sign|the sign of \w+(?: \w+)?)\.", rest
    )
    claim_state(value[1], end)
    own = "a" if end > 0 else "b"
    expected = {
        (True, True): "their sign" if found["all"] else "the sign of both",
        (True, False): "the sign of the first",
        (False, True): "the sign of the last",
        (False, False): "the other sign",
    }[own == first, own == last]
    claim(value[2] == expected, f"{value[2]}: it is {own}")
    return None


def check_summary(text, each, fact):
    """The short form, which is read out."""
    found = re.fullmatch(rf"w (\d\.\d\d), (\d+) letters? read, the state is ({STATE})\.", text)
    claim(int(found[2]) == len(each["letters"]), "letters")
    claim_state(found[3], fact.h[-1])


def check_gap(text, each, fact):
    """What is said of a guess."""
    found = re.fullmatch(
        rf"You put it at ({STATE}); after (\d+) letters it is ({STATE})\. "
        r"That is (?:(within 0\.05)|(\d\.\d\d) off): "
        r"each c makes the state smaller by a factor of at most w = 0\.90\.",
        text,
    )
    claim(found, "what is said of a guess")
    off = abs(each["guess"] - fact.h[-1])
    claim_state(found[3], fact.h[-1])
    claim(found[4] is not None if off < 0.05 else found[5] is not None, f"off by {off}")
    if found[5]:
        claim(abs(float(found[5]) - off) <= 0.0051, "how far off")
    ratios = [abs(b / a) for a, b in zip(fact.h[1:], fact.h[2:], strict=False)]
    claim(max(ratios) <= each["w"] < 1, "the factor")
