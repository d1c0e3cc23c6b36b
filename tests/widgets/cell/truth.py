"""The settings of the cell, what is true in each of them, and whether its sentences say that."""

import re
from typing import NamedTuple

import numpy as np
from claims import claim
from javascript import room

from rnn_widgets.cell.explorer import PARAMS, M, N, T

vectors = room("cell", "vectors")
FIRST, WAS = vectors.FIRST, vectors.WAS
OTHERWISE = 0.0  # rounding decides nothing here
SLACK = 1e-9
FROM_SUB = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
FROM_SUP = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
VALUE = r"([+−]\d+\.\d\d…?|0)"
SUB, SUP = r"([₁₂₃₄])", r"⁽([⁰¹²³⁴⁵⁶])⁾"
SHORT = r"−?\d+(?:\.\d\d?)?"


def one_changed(i, value):
    """Return the first settings with one of the 18 inputs changed."""
    x = list(FIRST["x"])
    x[i] = value
    return {**FIRST, "x": x}


def settings(count, rng):
    """Return all steps and units, single changes, states put in, corners, random settings, and guesses."""
    each = [{**FIRST, "step": step, "unit": unit} for step in range(1, T + 1) for unit in range(1, M + 1)]
    each += [one_changed(i, value) for i in range(T * N) for value in np.linspace(-2, 2, 21).tolist()]
    each += [one_changed(0, -0.5 + by) for by in (1.0, 1.0 + 1e-9, 1.1, 1e-9, -1e-9, 0.004, -0.004, 0.02)]
    each += [
        {**FIRST, "step": step, "held_after": after, "held": [value] * M}
        for step in range(1, T + 1)
        for after in range(T)
        for value in (-1.0, 0.0, 1e-9, 0.5, 1.0)
    ]
    # States that a step leaves as they were, and units that move alike: what it makes is put in before it.
    each += [resting(step, nudge) for step in range(1, T + 1) for nudge in (0.0, 1e-9, 0.004, 0.006, 0.3)]
    each += [even(step) for step in range(1, T + 1)]
    each += [{**FIRST, "step": step, "x": [2.0, -2.0, 2.0] * T} for step in range(1, T + 1)]
    each += [{**FIRST, "step": step, "x": [0.0] * 18} for step in range(1, T + 1)]
    each += [vectors.drawn(rng) for _ in range(count)]
    return each + [{**FIRST, "guess": unit} for unit in range(1, M + 1)]


def resting(step, nudge):
    """Put in a state at which the network rests without input, but for a nudge of one unit."""
    x = np.zeros(T * N)
    h = np.zeros(M)
    for _ in range(4000):
        h = 0.5 * h + 0.5 * np.tanh(PARAMS.W_hh @ h + PARAMS.b_h)
    h[0] = min(1.0, h[0] + nudge)
    return {**FIRST, "step": step, "x": x.tolist(), "held_after": step - 1, "held": h.clip(-1, 1).tolist()}


def even(step):
    """Put in a state from which units 1 and 2 move by as much, which bisection finds."""
    x = np.zeros(T * N)

    def moves(second):
        h = np.array([-0.9, second, 0.0, 0.0])
        return np.abs(np.tanh(PARAMS.W_hh @ h + PARAMS.b_h) - h)

    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        one, two = moves(middle)[:2]
        low, high = (middle, high) if two < one else (low, middle)
    return {**FIRST, "step": step, "x": x.tolist(), "held_after": step - 1, "held": [-0.9, low, 0.0, 0.0]}


def carried():
    """Return what the browser's program is given besides."""
    return vectors.CARRIED


class Fact(NamedTuple):
    """What is true of a setting."""

    a: np.ndarray
    h: np.ndarray
    made: np.ndarray
    y: np.ndarray
    changed: list
    put: bool


def facts(all_settings, _carried, _measured):
    """Compute all steps anew, by rnn_core."""
    for each in all_settings:
        numbers = vectors.run(each)
        changed = [i for i in range(T * N) if each["x"][i] != FIRST["x"][i]]
        put = each["held_after"] != 0 or any(each["held"])
        yield Fact(numbers["a"], numbers["h"], numbers["made"], numbers["y"], changed, put)


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    return all(
        np.allclose(getattr(fact, name), measured[name], rtol=0, atol=1e-10)
        for name in ("a", "h", "made", "y")
    )


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def claim_value(text, exact, what):
    """A value is written with its sign and two decimals; what is not zero is not shown as zero."""
    if text == "0":
        return claim(abs(exact) < 2e-12, f"{what}: {exact} is not 0")
    claim((text[0] == "+") == (exact > 0) and exact != 0, f"{what}: the sign of {exact}")
    claim(text.endswith("…") == (float(text[1:].rstrip("…")) == 0), f"{what}: {text}")
    return claim(
        abs(float(text[1:].rstrip("…")) - abs(exact)) <= 0.005 + SLACK, f"{what}: {text} is not {exact}"
    )


def read(text):
    return float(text.replace("−", "-"))


def sub(text):
    return int(text.translate(FROM_SUB))


def sup(text):
    return int(text.translate(FROM_SUP))


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    t = each["step"]
    head = re.match(
        rf"Step (\d) of {T}: the five arrays are those of every step, the state is new\. ", said["verdict"]
    )
    claim(int(head[1]) == t, "the step")
    rest = check_motion(said["verdict"][head.end() :], t, fact)
    rest = check_output(rest, t, fact)
    check_consequence(rest, each, fact)
    check_sums(said["sums"], each, fact)
    check_summary(said["summary"], each, fact)
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_motion(text, t, fact):
    """Which unit moved most; gives the rest of the text."""
    before, after = fact.h[t - 1], fact.made[t - 1]
    moves = np.abs(after - before)
    head = re.match(rf"From h{SUP} to h{SUP} ", text)
    claim((sup(head[1]), sup(head[2])) == (t - 1, t), "the steps")
    text = text[head.end() :]
    still = re.match(r"no unit moved by 0\.005\. ", text)
    if still:
        claim(moves.max() < 0.005 + SLACK, f"moved by {moves.max()}")
        return text[still.end() :]
    claim(moves.max() >= 0.005 - SLACK, f"moved by {moves.max()} only")
    several = re.match(r"units ([\d, ]+) and (\d) moved most, by (\d\.\d\d) each\. ", text)
    if several:
        units = [int(unit) for unit in (*several[1].split(", "), several[2])]
        claim(
            len(units) > 1 and all(moves.max() - moves[unit - 1] < 2e-9 for unit in units), "they moved most"
        )
        claim(abs(float(several[3]) - moves.max()) <= 0.005 + SLACK, "by how much")
        return text[several.end() :]
    one = re.match(rf"unit (\d) moved most, from {VALUE} to {VALUE}\. ", text)
    i = int(one[1]) - 1
    claim(moves.max() - moves[i] < 1e-12, "it moved most")
    claim(moves.max() - np.delete(moves, i).max() > 0, "it alone")
    claim_value(one[2], before[i], "from")
    claim_value(one[3], after[i], "to")
    return text[one.end() :]


def check_output(text, t, fact):
    """The probabilities; gives the rest of the text."""
    y = fact.y[t - 1]
    head = re.match(rf"The output y{SUP} gives ", text)
    claim(sup(head[1]) == t, "the step of the output")
    text = text[head.end() :]
    both = re.match(r"both classes the probability 0\.50\.", text)
    if both:
        claim(abs(y[0] - y[1]) < 2e-9, "both classes")
        return text[both.end() :]
    one = re.match(r"class (\d) the probability (more than 0\.99|0\.\d+)\.", text)
    claim_share(one[1], one[2], y)
    return text[one.end() :]


def claim_share(number, text, y):
    """A class has more than the other, and so much, in the digits that are shown as well."""
    p = y[int(number) - 1]
    claim(p > 0.5, f"class {number} has {p}")
    if text.startswith("more"):
        return claim(p > 0.99, f"{p} is not more than 0.99")
    half = 0.5 * 10.0 ** -len(text.partition(".")[2])
    claim(float(text) < 1 and (float(text) > 0.5 or p < 0.5 + 1e-6), text)
    return claim(abs(float(text) - p) <= half + SLACK, f"{text} is not {p}")


def check_consequence(text, each, fact):
    """What became of the reader's changes."""
    if not text:
        return claim(not fact.changed and not fact.put, "something was changed")
    claim(bool(fact.changed or fact.put), "nothing was changed")
    moved = np.abs(fact.h - WAS["h"]).max(axis=1)
    none = re.match(r" What you changed has moved no state by 0\.01\.", text)
    if none:
        claim((moved < 0.01 + SLACK).all(), "a state moved")
        text = text[none.end() :]
    else:
        found = re.match(rf" What you changed is first seen, by 0\.01 or more, in h{SUP}\.", text)
        first = sup(found[1])
        claim(moved[first] >= 0.01 - SLACK and (moved[:first] < 0.01 + SLACK).all(), "where it is first seen")
        text = text[found.end() :]
    after = each["held_after"]
    if not text:
        return claim(after == 0, "a state was put in")
    found = re.fullmatch(
        rf" Since h{SUP} was put in, nothing that was read up to step (\d) counts after it\.", text
    )
    claim(after > 0 and sup(found[1]) == after == int(found[2]), "which state was put in")
    # With other inputs before it, all that comes after it is the same.
    other = vectors.run(
        {**each, "x": [1.0 - value / 2 for value in each["x"][: N * after]] + each["x"][N * after :]}
    )
    return claim(
        np.array_equal(other["h"][after:], fact.h[after:])
        and np.array_equal(other["y"][after:], fact.y[after:]),
        "what was read before counts",
    )


def products(text):
    """The sum of the products as they are written, and how far rounding may have moved it."""
    total = slack = 0.0
    sign = rf"(?:^(−?)|(?: ([+−]) ))(\d+(?:\.\d\d?)?) · (\(?)({SHORT})(\)?)"
    position = 0
    for found in re.finditer(sign, text):
        claim(found.start() == position, f"read at {text[position:]}")
        position = found.end()
        factor = read(found[5])
        claim((factor < 0) == bool(found[4]) == bool(found[6]), "brackets around what is negative")
        minus = "−" in (found[1] or "") + (found[2] or "")
        total += (-1 if minus else 1) * float(found[3]) * factor
        slack += float(found[3]) * 0.005
    claim(position == len(text), f"read up to {position} of {text}")
    return total, slack


def check_sums(lines, each, fact):
    """Row times column: its products, its value, and what they make."""
    t, i = each["step"], each["unit"] - 1
    x, before = np.reshape(each["x"], (T, N))[t - 1], fact.h[t - 1]
    parts = [PARAMS.W_hx[i] @ x, PARAMS.W_hh[i] @ before]
    for line, matrix, letter, column, step, exact in zip(
        lines[:2], ("W_hx", "W_hh"), "xh", (x, before), (t, t - 1), parts, strict=True
    ):
        name = re.fullmatch(rf"row (\d) of {matrix} times {letter}{SUP}", line["name"])
        claim(int(name[1]) == i + 1 and sup(name[2]) == step, "which row, which column")
        left, right = line["text"].split(" = ")
        total, slack = products(left)
        claim(left.count("·") == len(column), "so many products")
        claim(abs(total - exact) <= slack + SLACK, f"{left} is not {exact}")
        claim_value(right, exact, "a product")
    text = lines[2]["text"]
    found = re.fullmatch(
        rf"a{SUB} = {VALUE} ([+−]) (\d+\.\d\d…?|0) ([+−]) (\d+\.\d\d) = {VALUE}, "
        rf"and h{SUB} = tanh a{SUB} = {VALUE}",
        text,
    )
    claim(sub(found[1]) == sub(found[8]) == sub(found[9]) == i + 1, "the unit")
    claim_value(found[2], parts[0], "from the input")
    claim_value("0" if found[4] == "0" else found[3] + found[4], parts[1], "from the state")
    claim_value(found[5] + found[6], PARAMS.b_h[i], "the bias")
    claim_value(found[7], fact.a[t - 1][i], "a")
    claim_value(found[10], fact.made[t - 1][i], "h")
    claim(abs(sum(parts) + PARAMS.b_h[i] - fact.a[t - 1][i]) < 1e-12, "the sum")


def check_summary(text, each, fact):
    """The short form, which is read out."""
    t, i = each["step"], each["unit"] - 1
    found = re.fullmatch(
        rf"Step (\d), unit (\d): {VALUE} from the input, {VALUE} from the state, with the bias a is {VALUE}, "
        rf"h is {VALUE}\. Output (\d\.\d\d) and (\d\.\d\d)\.",
        text,
    )
    claim(int(found[1]) == t and int(found[2]) == i + 1, "the step and the unit")
    claim_value(found[3], PARAMS.W_hx[i] @ np.reshape(each["x"], (T, N))[t - 1], "from the input")
    claim_value(found[4], PARAMS.W_hh[i] @ fact.h[t - 1], "from the state")
    claim_value(found[5], fact.a[t - 1][i], "a")
    claim_value(found[6], fact.made[t - 1][i], "h")
    for shown, p in zip((found[7], found[8]), fact.y[t - 1], strict=True):
        claim(abs(float(shown) - p) <= 0.005 + SLACK, "the output")


def check_tasks(texts, each, fact):
    """What is solved, and why."""
    turn, high, remember = texts
    single = len(fact.changed) == 1 and fact.changed[0] < N and not fact.put
    by = each["x"][fact.changed[0]] - FIRST["x"][fact.changed[0]] if single else 0.0
    was, now = WAS["a"][0][1], fact.a[0][1]
    claim(
        (turn is not None) == (single and abs(by) <= 1 + 2e-9 and (was > 0) != (now > 0) and now != 0),
        "task: turn",
    )
    if turn:
        found = re.fullmatch(rf"a₂ went from {VALUE} to {VALUE}: by {VALUE} for each 1 of entry (\d)\.", turn)
        claim_value(found[1], was, "a before")
        claim_value(found[2], now, "a now")
        claim(int(found[4]) == fact.changed[0] + 1, "which entry")
        claim_value(found[3], PARAMS.W_hx[1][fact.changed[0]], "the weight")
        claim(abs(PARAMS.W_hx[1][fact.changed[0]]) == np.abs(PARAMS.W_hx[1]).max(), "the largest of its row")
    top = fact.made[-1][0]
    claim((high is not None) == (top > 0.9), "task: high")
    if high:
        found = re.fullmatch(rf"h₁⁽⁶⁾ = {VALUE}, the tanh of {VALUE}\.", high)
        claim_value(found[1], top, "h")
        claim_value(found[2], fact.a[-1][0], "a")
    other = (fact.y[-1][0] > fact.y[-1][1]) != (WAS["y"][-1][0] > WAS["y"][-1][1])
    claim((remember is not None) == (single and other), "task: remember")
    if remember:
        found = re.fullmatch(
            r"It gives class (\d) the probability (more than 0\.99|0\.\d+)\. "
            r"What you changed at step 1 came there through h alone\.",
            remember,
        )
        claim_share(found[1], found[2], fact.y[-1])


def check_gap(text, each, fact):
    """What is said of a guess."""
    now, i = fact.a[0], each["guess"] - 1
    right = re.match(rf"Yes: no entry is larger than a{SUB} = {VALUE}\.", text)
    if right:
        claim(sub(right[1]) == i + 1 and now[i] == now.max(), "it is the largest")
        claim_value(right[2], now[i], "its a")
        rest = text[right.end() :]
    else:
        wrong = re.match(
            rf"You chose unit (\d), with a{SUB} = {VALUE}; the largest is a{SUB} = {VALUE}\.", text
        )
        claim(int(wrong[1]) == sub(wrong[2]) == i + 1 and now[i] < now.max(), "it is not")
        claim_value(wrong[3], now[i], "its a")
        claim(now[sub(wrong[4]) - 1] == now.max(), "the largest")
        claim_value(wrong[5], now.max(), "its a")
        rest = text[wrong.end() :]
    claim(rest == " The state before is zero, so W_hh adds nothing yet.", rest)
    claim(not fact.h[0].any(), "the state before is zero")
