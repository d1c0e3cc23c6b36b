"""The settings of the game of darts, what is true in each of them, and whether its sentences say that."""

import re
from itertools import product
from typing import NamedTuple

import numpy as np
from claims import claim, claim_number, claim_percent, take
from javascript import room

from rnn_widgets import ThinningExplorer
from rnn_widgets.kit.proposals import proposals

OTHERWISE = 0.0  # rounding decides nothing here
NAMES = ("curve", "ceiling", "fallen", "draw")
exact_share = room("thinning", "vectors").exact_share
CREST = 3.5


def settings(count, rng):
    """Return a grid with corners, random settings, and guesses at the first state."""
    ceilings = [1.0, 2.0, 3.0, 3.45, 3.5, 3.55, 3.6, 3.65, 4.0, 5.0, 6.0]
    near = [CREST * (1 + sign * 1e-9) for sign in (1, -1)] + [3.6 + 1e-9, 3.6 - 1e-9]
    chosen = list(product(("wave", "hawkes"), ceilings + near, (0, 1, 2, 20, 119, 120), range(3)))
    for i in range(count):
        ceiling = float(rng.uniform(1, 6))
        chosen.append(
            (
                ("wave", "hawkes")[i % 2],
                round(20 * ceiling) / 20 if i % 4 < 2 else ceiling,
                120 if i % 3 == 0 else int(rng.integers(0, 121)),
                int(rng.integers(0, 3)),
            )
        )
    first = ThinningExplorer().settings
    guesses = [{**first, "guess": guess} for guess in range(54)]
    return [dict(zip(NAMES, values, strict=True)) for values in chosen] + guesses


def carried():
    """Return what the browser's program is given besides."""
    return {"draws": ThinningExplorer().draws}


class Fact(NamedTuple):
    """What is true of a setting."""

    times: np.ndarray  # of all darts
    heights: np.ndarray
    rates: np.ndarray  # at those that have fallen
    kept: np.ndarray
    peak: float
    share: float | None


def facts(all_settings, given, _measured):
    """Let the darts fall anew; λ of the Hawkes process is the sum over all events before."""
    drawn = [proposals(draw) for draw in given["draws"]]
    known = {}
    for each in all_settings:
        times, heights = drawn[each["draw"]]
        thrown = heights < each["ceiling"]
        times, heights = times[thrown], heights[thrown]
        count = min(each["fallen"], len(times))
        if each["curve"] == "wave":
            rates = 2 + 1.5 * np.sin(times[:count])
            if each["ceiling"] not in known:
                known[each["ceiling"]] = exact_share(each["ceiling"])
            yield Fact(times, heights, rates, heights[:count] < rates, CREST, known[each["ceiling"]])
            continue
        rates, events, peak = [], np.zeros(0), 0.8
        for t, height in zip(times[:count], heights[:count], strict=True):
            rates.append(0.8 + 0.9 * np.exp(-1.5 * (t - events)).sum())
            if height < rates[-1]:
                events = np.append(events, t)
                peak = max(peak, rates[-1] + 0.9)
        rates = np.array(rates)
        yield Fact(times, heights, rates, heights[:count] < rates, peak, None)


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    return (
        fact.kept.tolist() == measured["kept"]
        and np.allclose(fact.rates, measured["rates"], rtol=0, atol=1e-10)
        and len(fact.times) == len(measured["times"])
        and abs(fact.peak - measured["peak"]) < 1e-10
    )


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    n, count, kept = len(fact.times), len(fact.kept), int(fact.kept.sum())
    text = said["verdict"]
    if text == "No dart falls under this ceiling.":
        claim(n == 0, "there are darts")
    else:
        if found := take(r"No dart has fallen yet, and (\d+) will\.", text):
            claim(count == 0 and int(found[0][1]) == n > 0, "none fallen")
        elif found := take(
            r"(?:The one dart has|All (\d+) darts have) fallen: (\d+) kept, (\d+) dropped\.", text
        ):
            claim(count == n == int(found[0][1] or 1), "all fallen")
            claim((int(found[0][2]), int(found[0][3])) == (kept, count - kept), "kept and dropped")
            found = check_expected(found[1], each, fact)
        else:
            found = check_dart(text, each, fact)
        check_ceiling(found[1], each, fact)
    found = re.fullmatch(r"Ceiling (\d\.\d\d), (\d+) of (\d+) darts? fallen, (\d+) kept\.", said["summary"])
    claim_number(found[1], each["ceiling"], "the ceiling")
    claim([int(found[i]) for i in (2, 3, 4)] == [count, n, kept], "summary")
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_dart(text, each, fact):
    """What is said of the last dart."""
    n, count = len(fact.times), len(fact.kept)
    claim(0 < count < n, "some have fallen")
    i = count - 1
    match, rest = take(
        r"Dart (\d+) of (\d+) fell at (\d+\.\d\d), at the height (\d\.\d+): (under|above) the curve, "
        r"(\d+\.\d+), so it is (kept|dropped)\. The chance to be kept there is ",
        text,
    )
    claim((int(match[1]), int(match[2])) == (count, n), "which dart")
    claim_number(match[3], fact.times[i], "when")
    claim_number(match[4], fact.heights[i], "height")
    claim_number(match[6], fact.rates[i], "λ")
    yes = bool(fact.heights[i] < fact.rates[i])
    claim((match[5], match[7]) == (("under", "kept") if yes else ("above", "dropped")), "kept or not")
    claim((float(match[4]) < float(match[6])) == yes, "not so, in the digits shown")
    if found := take(r"certain: the curve is not below the ceiling there\.", rest):
        claim(fact.rates[i] >= each["ceiling"], "certain")
    else:
        found = take(r"λ/B = ((?:less than |more than )?\d+ %)\.", rest)
        claim(fact.rates[i] < each["ceiling"], "no chance")
        claim_percent(found[0][1], fact.rates[i] / each["ceiling"], "the chance")
    found = take(r"So far (\d+) of (\d+) are kept\.", found[1])
    claim(found is not None, "not all have fallen")
    match, rest = found
    claim((int(match[1]), int(match[2])) == (int(fact.kept.sum()), count), "so far")
    return match, rest


def check_expected(text, each, fact):
    """What is to be expected of all darts: only where the curve is given beforehand."""
    found = take(
        r"(The part of the curve’s area that is under the ceiling|The area under the curve) is "
        r"((?:less than |more than )?\d+ %) of the area under the ceiling, so of (\d+) darts? (\d+\.\d) "
        r"are kept on average\.",
        text,
    )
    claim((found is not None) == (each["curve"] == "wave"), "an average")
    if found is None:
        return None, text
    match = found[0]
    claim(match[1].startswith("The part") == (each["ceiling"] < CREST), "the part under the ceiling")
    claim_percent(match[2], fact.share, "the share")
    claim(int(match[3]) == len(fact.times), "darts")
    claim(abs(float(match[4]) - fact.share * len(fact.times)) <= 0.0501, "the average")
    return found


def check_ceiling(text, each, fact):
    """What is said of the ceiling."""
    if (
        text
        == "The ceiling cuts off the crest of the curve: there events come at the rate of the ceiling only."
    ):
        claim(each["curve"] == "wave" and each["ceiling"] < CREST, "cut off")
    elif text == "The ceiling is nowhere below the curve, so what is kept comes at the rate λ.":
        claim(each["curve"] == "wave" and each["ceiling"] >= CREST, "above the curve")
    elif text == "Each hit lifts the curve; so far it was nowhere above the ceiling.":
        claim(each["curve"] == "hawkes" and fact.peak <= each["ceiling"], "above the curve so far")
    else:
        found = re.fullmatch(
            r"The curve rose above the ceiling, to (\d\.\d\d): there events come at the rate "
            r"of the ceiling only\.",
            text,
        )
        claim(each["curve"] == "hawkes" and fact.peak > each["ceiling"], "above the ceiling")
        claim_number(found[1], fact.peak, "the peak")


def check_tasks(tasks, each, fact):
    """What is solved, and why."""
    thrifty, low = tasks
    claim(
        (thrifty is not None) == (each["curve"] == "wave" and CREST <= each["ceiling"] <= 3.6),
        "task: thrifty",
    )
    if thrifty:
        found = re.match(
            r"Now (\d+ %) of the area under the ceiling lies under the curve; any lower "
            r"ceiling than 3\.5 cuts",
            thrifty,
        )
        claim_percent(found[1], fact.share, "the share")
    claim((low is not None) == (each["curve"] == "hawkes" and fact.peak > each["ceiling"]), "task: too low")
    if low:
        found = re.match(
            r"The kept darts lifted the curve to (\d\.\d\d), and the ceiling is (\d\.\d\d): "
            r"for such a process",
            low,
        )
        claim_number(found[1], fact.peak, "the peak")
        claim_number(found[2], each["ceiling"], "the ceiling")


def check_gap(text, each, fact):
    """What is said of a guess."""
    found = re.fullmatch(
        r"You said (\d+); of the (\d+) darts (\d+) are kept\. That is (?:(it)|(\d+) off): a dart falls "
        r"anywhere alike, and (\d+ %) of the area under the ceiling lies under the curve, "
        r"so (\d+\.\d) are to be expected\.",
        text,
    )
    n, kept = len(fact.times), int(fact.kept.sum())
    claim([int(found[i]) for i in (1, 2, 3)] == [each["guess"], n, kept], "the guess")
    claim((found[4] is not None) == (each["guess"] == kept), "it")
    claim(found[4] is not None or int(found[5]) == abs(each["guess"] - kept), "how far off")
    claim_percent(found[6], fact.share, "the share")
    claim(each["ceiling"] >= CREST, "the whole curve is under the ceiling")
    claim(abs(float(found[7]) - fact.share * n) <= 0.0501, "expected")
