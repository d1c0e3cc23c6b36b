"""The memory cell's settings, what is true in each of them, and whether its sentences say that."""

import re
from typing import NamedTuple

import numpy as np
from claims import NUMBER, SIGNS, claim, claim_number

from rnn_widgets import HoldExplorer

OTHERWISE = 0.0  # rounding decides nothing here
SIGNED = r"(?:[+−]\d\.\d(?:\d\d|\d × 10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|0)"
OPENED = (10, 20, 30)
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def settings(count, rng):
    """Return a grid of gates and steps, random settings, and guesses at the first state."""
    first = HoldExplorer().settings
    grid = [
        {"b": b / 2, "lift": lift, "i": i, "step": step}
        for b in range(-8, 17)
        for lift in (-12.0, 0.0, 1e-9, -1e-9, 0.1, 12.0)
        for i in (0.0, 0.25, 1.0)
        for step in (1, 2, 9, 10, 39, 40)
    ]
    short = [{"b": 6.0, "left": 20, "right": 20 + k, "lift": -9.0, "late": bool(k % 2)} for k in range(6)]
    edge = [{"b": 5.9055 + sign * 10.0**-k} for k in range(2, 10) for sign in (1, -1)]  # nine tenths
    drawn = []
    for kind in range(count):
        start = int(rng.integers(2, 41))
        fine = kind % 2 == 0
        drawn.append(
            {
                "bit": str(rng.choice(["plus", "minus"])),
                "b": _between(rng, -4, 8, fine),
                "left": start,
                "right": int(np.clip(start + rng.integers(-5, 6), 2, 40)),
                "lift": 0.0 if kind % 3 == 0 else _between(rng, -12, 12, fine),
                "i": 0.0 if kind % 4 == 0 else _between(rng, 0, 1, fine),
                "late": bool(rng.integers(2)),
                "step": 40 if kind % 2 else int(rng.integers(1, 41)),
            }
        )
    # Near the tasks: gates that hold, and little stretches.
    held = [
        {**each, "b": round(float(rng.uniform(3.8, 8)), 1), "step": 40, "lift": lift}
        for each in drawn[: count // 4]
        for lift in (0.0, -float(rng.uniform(0, 12)))
    ]
    guesses = [{**first, "guess": guess} for guess in np.linspace(-1.1, 1.1, 441).tolist()]
    return [{**first, **each} for each in grid + short + edge + drawn + held] + guesses


def _between(rng, least, most, fine):
    value = float(rng.uniform(least, most))
    return value if fine else round(value, 1)


def carried():
    """Return what the browser's program is given besides."""
    return {}


class Fact(NamedTuple):
    """What is true of a setting: gates and cells of steps 1..40, and the cells without the distractors."""

    f: np.ndarray
    c: np.ndarray
    own: np.ndarray
    kept: float


def facts(all_settings, _carried, _measured):
    """Compute the cell anew: a sum over all that was written, each with the gates since."""
    for each in all_settings:
        steps = np.arange(1, 41)
        low, high = sorted((each["left"], each["right"]))
        lifted = min(8.0, max(-4.0, each["b"] + each["lift"]))
        a = np.where((steps >= low) & (steps <= high), lifted, each["b"])
        log_f = -np.logaddexp(0.0, -a)
        since = np.cumsum(log_f)
        sign = 1.0 if each["bit"] == "plus" else -1.0
        share = {t: np.where(steps >= t, np.exp(since - since[t - 1]), 0.0) for t in (1, *OPENED)}
        own = sign * share[1]
        rest = -sign * each["i"] * sum(share[t] for t in OPENED)
        yield Fact(np.exp(log_f), own + rest, own, float(share[1][each["step"] - 1]))


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    return (
        np.allclose(fact.c, measured["c"][1:], rtol=0, atol=1e-10)
        and np.allclose(fact.own, measured["own"][1:], rtol=0, atol=1e-10)
        and np.allclose(fact.f, measured["f"], rtol=1e-10)
        and np.isclose(fact.kept, measured["kept"], rtol=1e-9)
    )


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def claim_signed(text, value):
    """A number is written with its sign and three decimals, or three digits where these are zero."""
    if text == "0":
        return claim(value == 0, f"{value} is not 0")
    claim((text[0] == "+") == (value > 0) and value != 0, f"the sign of {value}")
    if "×" in text:
        claim(abs(value) < 0.0005, f"{value} is not small")
        return claim_product(text[1:], abs(value))
    return claim(abs(float(text[1:]) - abs(value)) <= 0.00051 and abs(value) >= 0.00049, f"{text}: {value}")


def claim_factor(text, exact):
    """A gate is written with digits that tell it from 0 and from 1."""
    claim_number(text, exact, "a gate")
    claim(0 < float(text) < 1, f"a gate written {text}")


def claim_product(text, exact):
    """A product of gates is written with three significant digits."""
    mantissa, _, power = text.partition(" × ")
    shown = float(mantissa) * (10.0 ** int(power[2:].translate(SIGNS)) if power else 1.0)
    claim(abs(shown - exact) <= 0.0051 * exact, f"{text} is not {exact}")


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    rest = check_gates(said["verdict"], each, fact)
    rest = check_kept(rest, each, fact)
    check_end(rest, each, fact)
    found = re.fullmatch(rf"Step (\d+): the cell is ({SIGNED}), the gradient ({NUMBER})\.", said["summary"])
    claim(int(found[1]) == each["step"], "the step")
    claim_signed(found[2], fact.c[each["step"] - 1])
    claim_product(found[3], fact.kept)
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_gates(text, each, fact):
    """The first sentence."""
    found = re.match(
        rf"The forget gate is ({NUMBER})(?: at every step(: each halves what the cell holds)?"
        rf"|, and (?:({NUMBER})|a little (more|less)) in (?:step (\d+)|steps (\d+) to (\d+)))\. ",
        text,
    )
    low, high = sorted((each["left"], each["right"]))
    outside, inside = fact.f[0], fact.f[low - 1]
    claim_factor(found[1], outside)
    if found[5] is None and found[6] is None:
        claim(np.ptp(fact.f) == 0, "the gates differ")
        claim((found[2] is not None) == (each["b"] == 0), "a half")
    else:
        first, last = (found[5], found[5]) if found[5] else (found[6], found[7])
        claim((int(first), int(last)) == (low, high), "the stretch")
        claim((found[5] is not None) == (low == high), "one step")
        claim(inside != outside, "the gates are equal")
        if found[3]:
            claim_factor(found[3], inside)
            claim(found[3] != found[1], "two gates that look the same")
        else:
            claim((found[4] == "more") == (inside > outside), "more or less")
            claim(abs(inside - outside) < 0.01, "a little")
    return text[found.end() :]


def check_kept(text, each, fact):
    """The product of the gates."""
    if each["step"] == 1:
        start = "Step 1 has written the bit. "
        claim(text.startswith(start), "the first step")
        return text[len(start) :]
    found = re.match(
        rf"From step 1 to step (\d+) the gates multiply to ({NUMBER}): that much of the bit is left, "
        r"and that is the gradient ∂c([₀-₉]+)/∂c₁\. ",
        text,
    )
    claim(int(found[1]) == int(found[3].translate(SUBSCRIPTS)) == each["step"], "the step")
    claim_product(found[2], fact.kept)
    claim_product(found[2], abs(fact.own[each["step"] - 1]))
    return text[found.end() :]


def check_end(text, each, fact):
    """What the cell holds, and what is shown."""
    t = each["step"]
    now = fact.c[t - 1]
    rest = now - fact.own[t - 1]
    come = each["i"] > 0 and t >= OPENED[0]
    found = re.fullmatch(
        rf"(?:(?P<kept>The input gate keeps the distractors out; the|The) cell is (?P<cell>{SIGNED})\."
        rf"|The distractors have added (?P<rest>{SIGNED}): the cell is (?P<sum>{SIGNED}) "
        r"and has (?P<whose>no sign|the sign of the bit|the other sign)\.)"
        r"(?P<closed> The output gate is closed: h is 0, whatever the cell holds\.)?",
        text,
    )
    claim((found["rest"] is not None) == come, "the distractors")
    if come:
        # The difference of two floats, where the program adds: only its last digit may be another.
        claim_signed(found["rest"], rest if abs(abs(rest) - 0.0005) > 1e-9 else float(f"{rest:.3f}"))
        claim_signed(found["sum"], now)
        sign = 1 if each["bit"] == "plus" else -1
        expected = {1: "the sign of the bit", -1: "the other sign", 0: "no sign"}[int(np.sign(now * sign))]
        claim(found["whose"] == expected, f"{found['whose']} of {now}")
    else:
        claim_signed(found["cell"], now)
        claim((found["kept"] != "The") == (each["i"] == 0 and t >= OPENED[0]), "kept out")
    claim((found["closed"] is not None) == (each["late"] and t < 40), "the output gate")


def check_tasks(tasks, each, fact):
    """Whether a task is solved, and why."""
    hold, lose, forget = tasks
    end = each["step"] == 40
    low, high = sorted((each["left"], each["right"]))
    sign = 1 if each["bit"] == "plus" else -1
    claim((hold is not None) == (end and each["i"] == 0 and fact.kept >= 0.9), "task: hold")
    if hold:
        found = re.match(rf"The gates multiply to ({NUMBER})\. A constant gate must be above 0\.9973 ", hold)
        claim_product(found[1], fact.kept)
        claim(0.9973**39 < 0.9, "a constant gate")
    claim((lose is not None) == (end and fact.c[-1] * sign < 0 and fact.kept >= 0.5), "task: lose")
    if lose:
        found = re.match(
            rf"The distractors have added ({SIGNED}), and the gradient is still ({NUMBER}): its factors ",
            lose,
        )
        claim_signed(found[1], fact.c[-1] - fact.own[-1])
        claim_product(found[2], fact.kept)
    short = high - low + 1
    solved = end and fact.f[0] >= 0.99 and short <= 3 and fact.kept < 0.01
    claim((forget is not None) == solved, "task: forget")
    if forget:
        found = re.match(
            rf"(\d) steps? with f = ({NUMBER}) did it: the product is ({NUMBER}), and no ", forget
        )
        claim(int(found[1]) == short, "so many steps")
        claim_factor(found[2], fact.f[low - 1])
        claim_product(found[3], fact.kept)
        claim((fact.f < 1).all(), "no gate brings anything back")


def check_gap(text, each, fact):
    """What is said of a guess."""
    found = re.fullmatch(
        rf"You put it at ({SIGNED}); it is ({SIGNED})\. That is (?:(within 0\.05)|(\d\.\d\d) off): "
        rf"(\d+) gates of (\d\.\d{{4}}) multiply to ({NUMBER})\.",
        text,
    )
    claim(found, "what is said of a guess")
    end = fact.c[-1]
    off = abs(each["guess"] - end)
    claim_signed(found[2], end)
    claim(abs(float(found[1].replace("−", "-")) - each["guess"]) <= 0.0051, "the guess")
    claim(found[3] is not None if off < 0.05 else found[4] is not None, f"off by {off}")
    if found[4]:
        claim(abs(float(found[4]) - off) <= 0.0051, "how far off")
    claim(int(found[5]) == fact.f[1:].size, "so many gates")
    claim_number(found[6], fact.f[1], "a gate")
    claim_product(found[7], np.prod(fact.f[1:]))
