"""The lit text's settings, what is true in each of them, and whether its sentences say that."""

import re
from typing import NamedTuple

import numpy as np
from claims import NUMBER, claim, claim_compared, claim_number, compared
from javascript import room

from rnn_widgets import LitTextExplorer
from rnn_widgets.lit.text import ALPHABET, READ, UNREAD

vectors = room("lit", "vectors")
T, EDGE = vectors.T, vectors.EDGE
DARK = np.log(0.01)
OTHERWISE = 0.0  # the measured logarithms agree everywhere
EXPLORER = LitTextExplorer()
PLACE = r"(?P<{0}_letter>space after|[A-Za-z] of) “(?P<{0}_word>\w+)”, (?P<{0}>\d+) letters? back"
FACTOR = rf"(?P<mean>{NUMBER}|just below 1|just above 1)"
SHARE = rf"(?P<share>{NUMBER}) (?P<unit>% of|times)"


def settings(count, rng):
    """Return a grid of ρ, networks and letters, random ones, the edges of darkness, and guesses."""
    grid = [
        {"rho": rho, "draw": draw, "back": back}
        for rho in (0.3, 0.31, 0.5, 0.9, 0.99, 1.0, 1.01, 1.1, 1.15, 1.3, 1.5, 1.59, 1.6)
        for draw in range(3)
        for back in (0, 1, 2, 21, 22, 51, 52, 55, 58, 59)
    ]
    fine = [{"rho": k / 100, "draw": draw, "back": 59} for k in range(30, 161) for draw in range(3)]
    near = [
        {"rho": 1 + sign * 10.0**-k, "draw": draw, "back": 59}
        for k in range(1, 17)
        for sign in (1, -1)
        for draw in range(3)
    ]
    drawn = [
        {
            "rho": float(rng.uniform(1.05, 1.25) if i % 3 == 0 else rng.uniform(0.3, 1.6)),
            "draw": int(rng.integers(3)),
            "back": 59 if i % 2 else int(rng.integers(60)),
        }
        for i in range(count)
    ]
    guesses = [{**EXPLORER.settings, "guess": guess} for guess in range(1, T)]
    return grid + fine + near + edges() + drawn + guesses


def edges():
    """The ρ at which a letter's light passes a hundredth, or the last one's: both sides, and closely."""
    found = []
    for draw in range(3):
        for level in (DARK, 0.0):
            for back in (4, 22, 40, 52, 53, 54, 55, 59):
                low, high = 0.3, 1.6
                for _ in range(60):
                    middle = (low + high) / 2
                    if all_logs([middle], draw)[0][back] < level:
                        low = middle
                    else:
                        high = middle
                found += [
                    {"rho": min(1.6, max(0.3, rho)), "draw": draw, "back": 59}
                    for rho in (low, high, low - 1e-9, high + 1e-9)
                ]
    return found


def carried():
    """Return what the browser's program is given besides."""
    return {"networks": EXPLORER.networks, "text": EXPLORER.text}


def all_logs(rhos, draw):
    """The logarithms of the light for many ρ at once: (len(rhos), T)."""
    rho = np.array(rhos)[:, None]
    network = EXPLORER.networks[draw]
    W_hh = np.reshape(network["W_hh"], (16, 16))
    W_hx, W_yh = np.reshape(network["W_hx"], (16, -1)), np.reshape(network["W_yh"], (-1, 16))
    h = [np.zeros((len(rho), 16))]
    for one in READ:
        h.append(np.tanh(rho * (h[-1] @ W_hh.T) + W_hx[:, ALPHABET.index(one)]))
    o = h[-1] @ W_yh.T
    y = np.exp(o) / np.exp(o).sum(axis=1, keepdims=True)
    y[:, ALPHABET.index(UNREAD[0])] -= 1
    gradient = [y @ W_yh]
    for state in h[:1:-1]:
        gradient.append(rho * ((gradient[-1] * (1 - state**2)) @ W_hh))
    logs = np.log(np.linalg.norm(gradient, axis=2)).T
    return logs - logs[:, :1]


class Fact(NamedTuple):
    """What is true of a setting."""

    logs: np.ndarray
    dark: np.ndarray
    sure: bool


def facts(all_settings, _carried, _measured):
    """Compute the light anew, and hold the bound against it."""
    logs = np.empty((len(all_settings), T))
    for draw in range(3):
        own = [i for i, each in enumerate(all_settings) if each["draw"] == draw]
        logs[own] = all_logs([all_settings[i]["rho"] for i in own], draw)
    for each, one in zip(all_settings, logs, strict=True):
        claim(np.all(np.diff(one) <= np.log(each["rho"]) + 1e-12), "a step back leaves at most ρ")
        yield Fact(one, one < DARK, bool(np.abs(one - DARK).min() > EDGE))


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    return len(measured["logs"]) == T and np.allclose(fact.logs, measured["logs"], rtol=0, atol=1e-10)


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def take(pattern, text):
    """Read the start of a text; return the match and what is left."""
    match = re.match(pattern, text)
    return (match, text[match.end() :].lstrip()) if match else (None, text)


def claim_place(match, name, back=None):
    """A letter is called what it is, so many letters back."""
    shown = int(match[name])
    place = T - 1 - shown
    what, word = match[f"{name}_letter"], match[f"{name}_word"]
    if what == "space after":
        claim(READ[place] == " " and READ[:place].endswith(word), f"{match[0]}: no space")
    else:
        claim(READ[place] == what[0], f"{match[0]}: it is {READ[place]}")
        start = len(READ[: place + 1].rsplit(" ", 1)[0]) + 1 if " " in READ[:place] else 0
        claim(READ[start:].split()[0] == word, f"{match[0]}: in another word")
    if back is not None:
        claim(shown == back, f"{match[0]}: it is {back} back")


def claim_mean(match, logs, steps):
    """The factor by which a step back multiplies on average."""
    exact = float(np.exp(logs[steps] / steps))
    if match["mean"].startswith("just"):
        claim(abs(exact - 1) < 1e-4 and (exact < 1) == ("below" in match["mean"]), f"the mean {exact}")
    else:
        claim_number(match["mean"], exact, "the mean")


def claim_share(match, log, of="share"):
    """A share of the last letter's light, in three digits."""
    shown, unit = match[of], match["unit"]
    exact = float(np.exp(log)) * (100 if unit == "% of" else 1)
    claim_number(shown, exact, "share")
    claim((unit == "times") == (np.exp(log) > 2), "in percent, or times")


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    rho, back, logs = each["rho"], each["back"], fact.logs
    head, rest = take(compared("ρ") + ": each step back multiplies the light by at most ρ", said["verdict"])
    claim_compared(head, rho, "ρ")
    if back == 0:
        claim(rest == ". So far only the last letter is lit: press play.", "nothing is lit yet")
    else:
        found, rest = take(rf", here by {FACTOR}(?P<often> on average)?\. ", rest)
        claim_mean(found, logs, back)
        claim((found["often"] is None) == (back == 1), "one step has no average")
        if back < T - 1:
            found = re.fullmatch(
                "The " + PLACE.format("at") + rf", gets {SHARE} the last one's light\.", rest
            )
            claim_place(found, "at", back)
            claim_share(found, logs[back])
        else:
            check_whole(rest, fact)
    check_summary(said["summary"], each, fact)
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_whole(text, fact):
    """Where it is dark, what is brightest, and the word that decides."""
    first = int(np.argmax(fact.dark))
    dark, rest = take("All is dark from the " + PLACE.format("at") + r", to the first letter\.", text)
    again, rest = take(
        "The " + PLACE.format("at") + r", is the first dark one; further back some are lit again\.", rest
    )
    none, rest = take(r"No letter is dark\.", rest)
    claim(sum(one is not None for one in (dark, again, none)) == 1, "one of three")
    if fact.sure:
        claim((none is None) == fact.dark.any(), "some letter is dark")
        if dark or again:
            claim_place(dark or again, "at", first)
            claim((again is None) == fact.dark[first:].all(), "dark to the end")
    most = int(np.argmax(fact.logs))
    bright, rest = take(
        "Brightest is the " + PLACE.format("at") + rf", with ({NUMBER}) times the last one's light\.", rest
    )
    claim((bright is not None) == (fact.logs[most] > 0.005), "the brightest")
    if bright:
        claim_place(bright, "at", most)
        claim_number(bright[4], float(np.exp(fact.logs[most])), "the brightest")
        claim(float(bright[4]) > 1, "brighter than the last")
    found = re.fullmatch(r"The word “keys” is (lit|lit in part|dark)\.", rest)
    if fact.sure:
        lit = int((~fact.dark[52:56]).sum())
        claim(found[1] == {4: "lit", 0: "dark"}.get(lit, "lit in part"), f"{lit} letters of keys are lit")


def check_summary(text, each, fact):
    """The short form, which is read out."""
    found, rest = take(r"ρ (\d\.\d\d)\.", text)
    claim(abs(float(found[1]) - each["rho"]) <= 0.00501, "ρ")
    if each["back"] < T - 1:
        claim_place(re.fullmatch("Lit to the " + PLACE.format("at") + r"\.", rest), "at", each["back"])
        return
    if not fact.sure:
        return
    if rest == "No letter is dark.":
        claim(not fact.dark.any(), "none is dark")
        return
    claim(fact.dark.any(), "some is dark")
    claim_place(
        re.fullmatch("The first dark letter is the " + PLACE.format("at") + r"\.", rest),
        "at",
        int(np.argmax(fact.dark)),
    )


def check_tasks(said, each, fact):
    """A task is solved where it is, and what is said then is true."""
    light, ceiling, flood = said
    rho, logs, own = each["rho"], fact.logs, fact.logs[52:56]
    if fact.sure:
        claim((light is not None) == bool((own >= DARK).all()), "task: light")
        claim((ceiling is not None) == bool(rho - 1 > 1e-9 and (own < DARK).all()), "task: ceiling")
    claim((flood is not None) == (logs[-1] > 0.005), "task: flood")
    if light:
        found = re.fullmatch(
            r"With ρ = (\d\.\d\d) its dimmest letter, the (?P<at_letter>\w of) “(?P<at_word>keys)”, gets "
            rf"{SHARE} the last one's light, (?P<at>\d+) letters back\.",
            light,
        )
        claim(abs(float(found[1]) - rho) <= 0.00501, "ρ")
        claim_place(found, "at", 52 + int(np.argmin(own)))
        claim_share(found, own.min())
    if ceiling:
        found = re.fullmatch(
            compared("ρ")
            + r", but that is only the most that a step leaves: on the way back to “keys” it leaves "
            rf"{FACTOR} on average\.",
            ceiling,
        )
        claim_compared(found, rho, "ρ")
        claim_mean(found, logs, 52)
        claim(logs[52] < 0, "it is less than 1")
    if flood:
        found = re.fullmatch(
            rf"It gets ({NUMBER}) times the last one's light: 59 steps back, and each leaves "
            rf"{FACTOR} on average\.",
            flood,
        )
        claim_number(found[1], float(np.exp(logs[-1])), "the T")
        claim_mean(found, logs, 59)


def check_gap(text, each, fact):
    """What is said of a guess."""
    guess, rho = each["guess"], each["rho"]
    first = int(np.argmax(fact.dark))
    found = re.fullmatch(
        "You marked the "
        + PLACE.format("guess")
        + "; the first dark letter is the "
        + PLACE.format("at")
        + r"\. "
        r"(?:(?P<right>Right)|You were (?P<off>\d+) letters? too (?P<side>far|near)): a factor of "
        r"(?P<rho>\d\.\d\d) alone "
        rf"takes (?P<alone>\d+) steps to fall below a hundredth, but here (?P<here>\d+) did, at {FACTOR} "
        r"each on average\.",
        text,
    )
    claim_place(found, "guess", guess)
    claim_place(found, "at", first)
    claim((found["right"] is not None) == (guess == first), "right")
    claim(int(found["here"]) == first, "how many steps it took")
    if found["off"]:
        claim(
            int(found["off"]) == abs(guess - first) and (found["side"] == "far") == (guess > first),
            "how far off",
        )
    claim(float(found["rho"]) == rho, "ρ")
    alone = int(found["alone"])
    claim(rho**alone < 0.01 <= rho ** (alone - 1) and alone > first, "ρ alone")
    claim_mean(found, fact.logs, first)
