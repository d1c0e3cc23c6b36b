"""The settings of excite and decay, what is true in each of them, and whether its sentences say that."""

import re
from itertools import product
from typing import NamedTuple

import numpy as np
from claims import NUMBER, claim, claim_number, take
from javascript import room

from rnn_widgets import ExciteExplorer

random_events = room("excite", "vectors").random_events
OTHERWISE = 0.0  # rounding decides nothing here
NAMES = ("mu", "alpha", "beta", "events", "at")
EVENTS = ([], [0.0], [5.0], [10.0], [1.0, 2.0, 2.5], [0.0, 4.99, 5.0, 10.0], [k / 2 for k in range(20)])
LOG2 = float(np.log(2))


def settings(count, rng):
    """Return a grid with corners, random settings, and guesses at the first state."""
    grid = list(
        product(
            (0.05, 0.2, 1.0),
            (0.0, 1e-9, 1e-3, 0.5, 0.8, 0.95),
            (0.1, 1.0, 3.0),
            EVENTS,
            (0.0, 2.5, 5.0, 10.0),
        )
    )
    for off in (0.0, 0.0045, 0.005, 0.0051):  # at the edges of the tasks
        for sign, tiny in product((1, -1), (0.0, 1e-9, -1e-9)):
            grid.append((0.2, 0.8, LOG2 + sign * off + tiny, [1.0, 2.0], 5.0))
    for beta in (2.5, 2.5 * (1 + 1e-9), 2.5 * (1 - 1e-9), 2.495, 2.505):  # one lift from 1 to 3, or nearly
        grid.append((1.0, 0.8, beta, [5.0], 6.0))
    drawn = []
    for i in range(count):
        mu, alpha, beta, at = rng.uniform((0.05, 0, 0.1, 0), (1, 0.95, 3, 10)).tolist()
        if i % 4:
            mu, alpha, beta, at = (round(value, 2) for value in (mu, alpha, beta, at))
        events = random_events(rng)
        if i % 7 == 0 and events:
            at = events[int(rng.integers(len(events)))]
        drawn.append((mu, alpha, beta, events, at))
    first = ExciteExplorer().settings
    guesses = [{**first, "guess": guess} for guess in np.linspace(0, 2, 401).tolist()]
    return [dict(zip(NAMES, values, strict=True)) for values in grid + drawn] + guesses


def carried():
    """Return what the browser's program is given besides."""
    return {}


class Fact(NamedTuple):
    """What is true of a setting."""

    peak: float
    here: float
    since: float | None  # the time since the last event before the reading


def rate(each, times, t, closed=False):
    """Return λ at t as the sum that it is; `closed` counts an event at t itself."""
    age = t - times[times <= t if closed else times < t]
    return each["mu"] + (each["alpha"] * each["beta"] * np.exp(-each["beta"] * age)).sum()


def facts(all_settings, _carried, _measured):
    """Compute the intensity anew."""
    for each in all_settings:
        times = np.array(each["events"])
        before = times[times < each["at"]]
        yield Fact(
            max([each["mu"], *(rate(each, times, t, closed=True) for t in times)]),
            rate(each, times, each["at"]),
            each["at"] - before[-1] if len(before) else None,
        )


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    return abs(fact.peak - measured["peak"]) < 1e-10 and abs(fact.here - measured["here"]) < 1e-10


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def claim_amount(text, exact, what):
    """A number ≥ 0, which is not shown as zero unless it is."""
    claim((float(text.split(" ")[0]) == 0) == (exact == 0), f"{what}: {text} for {exact}")
    if 0 < exact < 0.1 and "×" not in text:  # two significant digits
        claim(abs(float(text) - exact) <= 0.0501 * exact, f"{what}: {text} is not {exact}")
    else:
        claim_number(text, exact, what)


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    alpha, beta, count = each["alpha"], each["beta"], len(each["events"])
    text = said["verdict"]
    if found := take(rf"With α = 0 no event lifts λ: it is μ = ({NUMBER}) throughout\.", text):
        claim(alpha == 0, f"α is {alpha}")
        claim_amount(found[0][1], fact.peak, "throughout")
        text = found[1]
    else:
        pattern = rf"Each event lifts λ by αβ = ({NUMBER}); of each lift half is gone ({NUMBER}) later\."
        found = take(pattern, text)
        claim(alpha > 0, "no event lifts anything")
        claim_amount(found[0][1], alpha * beta, "the lift")
        claim(abs(np.exp(-beta * float(found[0][2])) - 0.5) < 0.006 * beta, "half of it")
        text = found[1]
        if found := take(r"No event yet, so λ is μ\.", text):
            claim(count == 0 and fact.peak == each["mu"], "no event")
        else:
            found = take(rf"With (\d+) events? λ reaches ({NUMBER})\.", text)
            claim(int(found[0][1]) == count > 0, "events")
            claim_amount(found[0][2], fact.peak, "the peak")
        text = found[1]
    check_reading(text, each, fact)
    found = re.fullmatch(
        rf"(\d+) events?, λ reaches ({NUMBER}), at (\d+\.\d\d) it is ({NUMBER})\.", said["summary"]
    )
    claim(int(found[1]) == count, "events")
    claim_amount(found[2], fact.peak, "the peak")
    claim_number(found[3], each["at"], "the time")
    claim_amount(found[4], fact.here, "the reading")
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_reading(text, each, fact):
    """What is read at the point."""
    if found := re.fullmatch(rf"Just before the event at (\S+), λ is ({NUMBER})\.", text):
        claim(each["at"] in each["events"], "no event there")
    else:
        claim(each["at"] not in each["events"], "an event there")
        found = re.fullmatch(
            rf"At (\S+), λ is ({NUMBER})(?:: of the last lift, ({NUMBER}) ago, ({NUMBER}) % is left)?\.", text
        )
        claim((found[3] is not None) == (fact.since is not None and each["alpha"] > 0), "a last lift")
        if found[3]:
            claim_amount(found[3], fact.since, "how long ago")
            claim_amount(found[4], 100 * np.exp(-each["beta"] * fact.since), "what is left")
    claim_number(found[1], each["at"], "the time")
    claim_amount(found[2], fact.here, "the reading")


def check_tasks(tasks, each, fact):
    """What is solved, and why."""
    high, half = tasks
    claim((high is not None) == (fact.peak > 3 - 1e-9) or abs(fact.peak - 3 + 1e-9) < 1e-12, "task: high")
    if high:
        found = re.match(
            rf"λ reaches ({NUMBER}), and one event alone lifts it by ({NUMBER}): the lifts", high
        )
        claim_amount(found[1], fact.peak, "the peak")
        claim_amount(found[2], each["alpha"] * each["beta"], "the lift")
    off = abs(each["beta"] - LOG2)
    claim((half is not None) == (off <= 0.005) or abs(off - 0.005) < 1e-12, "task: half")
    if half:
        found = re.match(
            rf"After one unit the share e\^\(−β\) = ({NUMBER}) is left; it is one half at β = log 2\.", half
        )
        claim_amount(found[1], np.exp(-each["beta"]), "the share")
        claim(found[1] == "0.50", "one half")


def check_gap(text, each, fact):
    """What is said of a guess."""
    found = re.fullmatch(
        rf"You put it at ({NUMBER}); it is ({NUMBER})\. That is (?:(within 0\.05)|(\d\.\d\d) off): "
        rf"what lay above μ = 0\.20 just after the last event has shrunk "
        rf"to the share e\^\(−β · (\d\.\d\d)\) = ({NUMBER})\.",
        text,
    )
    off = abs(each["guess"] - fact.here)
    claim(abs(float(found[1]) - each["guess"]) <= 0.00501, "the guess")
    claim_amount(found[2], fact.here, "the reading")
    claim(found[3] is not None if off < 0.05 else found[4] is not None, f"off by {off}")
    if found[4]:
        claim(abs(float(found[4]) - off) <= 0.0051, "how far off")
    times = np.array(each["events"])
    above = rate(each, times, times[-1], closed=True) - each["mu"]
    claim_amount(found[5], fact.since, "how long ago")
    claim_amount(found[6], (fact.here - each["mu"]) / above, "what is left of it")
