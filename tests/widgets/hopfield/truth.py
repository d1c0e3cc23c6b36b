"""The settings of Hopfield's network, what is true in each of them, and whether its sentences say that."""

import re
from functools import cache
from typing import NamedTuple

import numpy as np
from claims import claim
from javascript import room

from rnn_widgets.hopfield.explorer import STEPS, unpack
from rnn_widgets.hopfield.pictures import NAMES, ORDER, PICTURES, UNITS

vectors = room("hopfield", "vectors")
START = vectors.START
OTHERWISE = 0.0  # all numbers are integers, or integers over a hundred
ALL = "f" * 25
PLACES = (20, 40, 60, 80)
NAME = "(" + "|".join(NAMES) + ")"
ENERGY = r"(−?\d+\.\d\d)"


def digits(units):
    """Write flipped units as hexadecimal digits."""
    marks = np.isin(np.arange(UNITS), units).astype(int).reshape(-1, 4) @ (8, 4, 2, 1)
    return "".join(f"{mark:x}" for mark in marks)


def settings(count, rng):
    """Return numbers of pictures against damage, single flips, ties, random settings, and guesses."""
    each = [
        {**START, "patterns": patterns, "picture": picture, "flipped": digits(ORDER[:n]), "step": step}
        for patterns in range(1, len(PICTURES) + 1)
        for picture in (1, 2, 7, 16)
        for n in (0, 1, 20, 50, 99, 100)
        for step in (0, 100, STEPS)
    ]
    each += [
        {**START, "flipped": flipped, "step": step} for flipped in ("", ALL, "8", "f0") for step in (0, STEPS)
    ]
    each += [{**START, "step": step, "unit": unit} for step in range(0, 120) for unit in (1, 40, 100)]
    # An even number of pictures can give fields of zero, at which a unit stays.
    for _ in range(60):
        tie = {**START, "patterns": int(rng.choice([2, 4, 6, 8])), "flipped": vectors.drawn(rng)["flipped"]}
        fields = hundredfold(tie["patterns"]) @ vectors.start_of(tie["picture"], tie["flipped"])
        each += [{**tie, "unit": int(unit) + 1} for unit in np.flatnonzero(fields == 0)]
        each += [{**tie, "step": step} for step in (1, 57, STEPS)]
    # The state is another picture than the one that was damaged, or its negative, but for a unit or none.
    for other in (2, 3, 9):
        same = np.flatnonzero(PICTURES[0] != PICTURES[other - 1])
        negative = np.flatnonzero(PICTURES[0] == PICTURES[other - 1])
        for units in (same, negative, same[1:], negative[1:]):
            each += [
                {**START, "patterns": patterns, "flipped": digits(units), "step": step}
                for patterns in (1, 2, 3, 8, 9, 16)
                for step in (0, 30, STEPS)
            ]
    each += [vectors.drawn(rng) for _ in range(count)]
    for patterns, picture in ((3, 1), (1, 1), (1, 2), (13, 1), (16, 1), (14, 7), (2, 9)):
        answer = curve(patterns, picture)
        first = {**START, "patterns": patterns, "picture": picture}
        near = [
            [min(100, max(0, answer[n] + by)) for n in PLACES] for by in (0, 3, 4, 4.9, 5, 5.1, 6, -4, -5, -6)
        ]
        guesses = near + rng.uniform(0, 100, (60, 4)).tolist() + [list(PLACES)]
        each += [{**first, "guess": guess} for guess in guesses]
    return each


def carried():
    """Return what the browser's program is given besides."""
    return vectors.CARRIED


class Fact(NamedTuple):
    """What is true of a setting."""

    state: np.ndarray
    fields: np.ndarray  # a hundredfold
    first: int  # energy, two hundredfold
    energy: int
    own: int
    fell: int
    flipped: int
    curve: list


hundredfold = cache(vectors.hundredfold)
curve = cache(vectors.curve_case)


def doubled(weights, states):
    """Two hundred times the energy."""
    return -np.sum(states * (states @ weights), axis=-1)


def facts(all_settings, _carried, _measured):
    """Run the networks anew, all with the same number of pictures at once."""
    found = [None] * len(all_settings)
    for patterns in range(1, len(PICTURES) + 1):
        chosen = [i for i, each in enumerate(all_settings) if each["patterns"] == patterns]
        weights = hundredfold(patterns).astype(float)  # integers all the same, and faster
        each = [all_settings[i] for i in chosen]
        starts = np.array([vectors.start_of(one["picture"], one["flipped"]) for one in each])
        steps = np.array([one["step"] for one in each])
        states, fell = starts.astype(float), np.zeros(len(each), int)
        for asked in range(STEPS):
            unit = asked % UNITS
            field = states @ weights[unit]
            changes = (field * states[:, unit] < 0) & (asked < steps)
            states[changes, unit] *= -1
            fell += changes
        states = states.astype(int)
        first, energy = doubled(weights, starts), doubled(weights, states)
        own = doubled(weights, PICTURES)
        assert np.all((energy < first) == (fell > 0)), "the theorem"
        assert np.all(energy <= first - fell)
        for k, i in enumerate(chosen):
            one = each[k]
            number = (int(first[k]), int(energy[k]), int(own[one["picture"] - 1]), int(fell[k]))
            flipped = int(unpack(one["flipped"]).sum())
            shape = curve(patterns, one["picture"])
            found[i] = Fact(states[k], (weights @ states[k]).astype(int), *number, flipped, shape)
    return found


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    numbers = [measured["first"], measured["energy"], measured["own"]]
    return (
        np.array_equal(fact.state, measured["state"])
        and np.allclose(fact.fields / UNITS, measured["fields"], rtol=0, atol=1e-10)
        and np.allclose([fact.first / 200, fact.energy / 200, fact.own / 200], numbers, rtol=0, atol=1e-10)
        and fact.fell == measured["fell"]
        and fact.curve == measured.get("curve", fact.curve)
    )


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def claim_energy(text, doubled_energy, what):
    """An energy is written exactly."""
    claim(round(200 * float(text.replace("−", "-"))) == doubled_energy, f"{what}: {text}")
    claim(text != "−0.00", "a zero has no sign")


def matches(fact, patterns):
    """The stored pictures that the state is, and those whose negative it is."""
    agree = np.sum(fact.state == PICTURES[:patterns], axis=1)
    return [NAMES[q] for q in np.flatnonzero(agree == UNITS)], [NAMES[q] for q in np.flatnonzero(agree == 0)]


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    target = PICTURES[each["picture"] - 1]
    wrong = int(np.sum(fact.state != target))
    check_verdict(said["verdict"], each, fact, wrong)
    found = re.fullmatch(
        rf"(\d+) stored, (\d+) units? updated, (\d+) of 100 wrong, energy {ENERGY}\.", said["summary"]
    )
    claim([int(part) for part in found.groups()[:3]] == [each["patterns"], each["step"], wrong], "summary")
    claim(("1 units" in said["summary"].replace("11 units", "")) <= (each["step"] != 1), "one unit")
    claim_energy(found[4], fact.energy, "summary")
    check_unit(said["unit"], each, fact)
    check_tasks(said["tasks"], each, fact, wrong)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_verdict(text, each, fact, wrong):
    """What is stored, how the state differs, whether it is at rest, and its energy."""
    patterns, name = each["patterns"], NAMES[each["picture"] - 1]
    stored = each["picture"] <= patterns
    head = re.match(
        rf"(?:Only {NAME} is stored\.|Only one picture is stored, and that is not {NAME}\."
        rf"|(\d+) pictures are stored, {NAME} among them\."
        rf"|(\d+) pictures are stored; {NAME} is not among them\.) ",
        text,
    )
    only, only_other, among, inside, others, outside = head.groups()
    claim((only or only_other or inside or outside) == name, "which picture")
    claim(int(among or others or 1) == patterns, "how many are stored")
    claim(
        (only or inside) is not None if stored else (only_other or outside) is not None,
        "whether it is stored",
    )
    claim((patterns == 1) == (among is None and others is None), "only one")
    rest = text[head.end() :]
    differs, _, tail = rest.partition("; ")
    same, opposite = matches(fact, patterns)
    count = re.fullmatch(
        rf"(?:(No unit differs from it)|(Every unit differs from it: the state is its negative)"
        rf"|(\d+) of the 100 units (differs?) from it(?:: the state is (the negative of )?{NAME})?)",
        differs,
    )
    none, every, some, verb, negative, other = count.groups()
    claim((none is not None) == (wrong == 0), "none differs")
    claim((every is not None) == (wrong == UNITS), "every unit differs")
    if some:
        claim(int(some) == wrong and (verb == "differs") == (wrong == 1), "how many differ")
        claim((other is not None) == bool(same or opposite), "another picture, or none")
        claim(other is None or other in (opposite if negative else same), "which picture the state is")
    willing = int(np.sum(fact.fields * fact.state < 0))
    known = bool(same or opposite)
    found = re.match(
        r"(?:(\d+) would change if updated now|(the network is at rest)"
        r"(, at a state that is neither stored nor the negative of a stored one)?)\. ",
        tail,
    )
    claim(int(found[1] or 0) == willing and (found[2] is not None) == (willing == 0), "whether it is at rest")
    claim(willing > 0 or (found[3] is None) == known, "what it rests at")
    energy = re.fullmatch(
        rf"(?:The energy is {ENERGY}|In (\d+) (changes?) the energy fell from {ENERGY} to {ENERGY})\.",
        tail[found.end() :],
    )
    claim((energy[1] is not None) == (fact.fell == 0), "whether the energy fell")
    claim_energy(energy[1] or energy[5], fact.energy, "energy")
    if energy[2]:
        claim(int(energy[2]) == fact.fell and (energy[3] == "change") == (fact.fell == 1), "how many changes")
        claim_energy(energy[4], fact.first, "energy at first")
        claim(fact.energy < fact.first, "fell")


def check_unit(text, each, fact):
    """What one unit is, feels and would do."""
    found = re.fullmatch(
        r"The unit in row (\d+), column (\d+) is ([+−]1), its field (−?\d+\.\d\d|0): "
        r"updated, it would (stay|become ([+−]1))\.",
        text,
    )
    row, column = int(found[1]), int(found[2])
    claim(1 <= row <= 10 and 1 <= column <= 10 and 10 * (row - 1) + column == each["unit"], "which unit")
    is_, field = int(fact.state[each["unit"] - 1]), int(fact.fields[each["unit"] - 1])
    claim(found[3] == ("+1" if is_ > 0 else "−1"), "what it is")
    claim(
        round(100 * float(found[4].replace("−", "-"))) == field and (found[4] == "0") == (field == 0),
        "its field",
    )
    after = is_ if field == 0 else int(np.sign(field))
    claim((found[5] == "stay") == (after == is_), "whether it would stay")
    claim(found[6] is None or found[6] == ("+1" if after > 0 else "−1"), "what it would become")


def check_tasks(said, each, fact, wrong):
    """Tasks are solved exactly where their text says so, and why is true."""
    negative, false, full = said
    stored = each["picture"] <= each["patterns"]
    willing = np.any(fact.fields * fact.state < 0)
    moved = not np.array_equal(fact.state, vectors.start_of(each["picture"], each["flipped"]))
    same, opposite = matches(fact, each["patterns"])
    claim((negative is not None) == (stored and wrong == UNITS and not willing and moved), "task: negative")
    if negative:
        found = re.fullmatch(
            rf"You flipped (\d+), and it flipped the other (\d+)\. The picture and its negative have the "
            rf"same energy, {ENERGY} and {ENERGY}\.",
            negative,
        )
        claim((int(found[1]), int(found[2])) == (fact.flipped, UNITS - fact.flipped), "who flipped how many")
        claim_energy(found[3], fact.own, "of the picture")
        claim_energy(found[4], fact.energy, "of the negative")
        claim(fact.own == fact.energy, "the same")
    claim((false is not None) == (moved and not willing and not same and not opposite), "task: false")
    if false:
        found = re.fullmatch(
            rf"It rests (\d+) units away from {NAME}, at an energy of {ENERGY}\. "
            r"Storing (one picture|(\d+) pictures) has made a place of rest that nobody asked for\.",
            false.replace("It rests 1 unit away", "It rests 1 units away"),
        )
        claim(int(found[1]) == wrong and found[2] == NAMES[each["picture"] - 1], "how far away")
        claim_energy(found[3], fact.energy, "at rest")
        claim(int(found[5] or 1) == each["patterns"], "how many are stored")
    claim((full is not None) == (stored and fact.flipped == 0 and moved), "task: full")
    if full:
        found = re.fullmatch(
            rf"With (\d+) pictures stored, {NAME} itself is not at rest: "
            r"(\d+) of its units (?:has|have) changed\.",
            full,
        )
        claim(
            int(found[1]) == each["patterns"] and found[2] == NAMES[each["picture"] - 1],
            "which is not at rest",
        )
        claim(int(found[3]) == wrong > 0 and ("has" in full.split()) == (wrong == 1), "how many have changed")


def check_gap(text, each, fact):
    """What is said of a guess."""
    found = re.fullmatch(
        rf"With (\d+) stored: (?:(you were nowhere more than 5 off)\.|you were furthest off at (\d+) flipped "
        rf"units: you put (\d+) wrong there, and it is (\d+)\.) "
        rf"(?:With up to (\d+) flipped, {NAME} comes back whole"
        rf"|Even with none flipped {NAME} does not stay whole)"
        r"(?:; with (\d+) or more, its negative comes, and that has the same energy)?\.",
        text,
    )
    stored, near, at, yours, answer, mended, name, other, turned = found.groups()
    claim(int(stored) == each["patterns"], "how many are stored")
    off = [abs(guess - fact.curve[n]) for guess, n in zip(each["guess"], PLACES, strict=True)]
    claim((name or other) == NAMES[each["picture"] - 1], "which picture")
    claim((near is not None) == (max(off) < 5), f"off by {max(off)}")
    if at:
        place = PLACES.index(int(at))
        claim(off[place] == max(off) and int(answer) == fact.curve[int(at)], "where it is furthest off")
        claim(abs(int(yours) - each["guess"][place]) <= 0.5, "what was put there")
    if mended:
        claim(not any(fact.curve[: int(mended) + 1]), "all come back")
        claim(int(mended) == UNITS or fact.curve[int(mended) + 1] > 0, "no more come back")
    else:
        claim(fact.curve[0] > 0, "none flipped")
    if turned:
        claim(set(fact.curve[int(turned) :]) == {UNITS}, "all turn")
        claim(turned == "0" or fact.curve[int(turned) - 1] < UNITS, "not fewer")
    else:
        claim(fact.curve[UNITS] < UNITS, "none turns")
