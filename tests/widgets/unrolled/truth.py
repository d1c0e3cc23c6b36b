"""Unrolled's settings, what is true in each of them, and whether its sentences and formulas say that."""

import math
import re
from typing import NamedTuple

import numpy as np
from claims import claim
from javascript import room

from rnn_widgets import UnrolledExplorer

vectors = room("unrolled", "vectors")
OTHERWISE = 0.0  # rounding decides nothing here
ERRORS = vectors.ERRORS
FORWARD = [f"{kind}{t}" for t in (1, 2, 3) for kind in ("a", "h", "o", "y", "L")]
GRADIENTS = [f"{kind}{t}" for t in (3, 2, 1) for kind in ("do", "dh", "da")] + ["dw", "dW_hx", "dW_hh"]
ORDER = ["h0", *FORWARD, *GRADIENTS]
NUMBER = r"[+−]?(?:\d+\.\d+…?|0)"
SMALL = "₀₁₂₃"
HEADS = {
    "direct": "Own loss left out at h₁ and h₂. ",
    "twice": "Slope applied twice: on the way into h₁ and h₂, and again by (6). ",
    "late": "Slope a step late: δ₁ takes that of step 2, δ₂ that of step 3. ",
    "printed": "(10) as printed: own loss left out, slope applied twice. ",
}
WEIGHTS = {"output": "dw", "input": "dW_hx", "recurrent": "dW_hh"}


def settings(count, rng):
    """Return a grid of networks, errors and steps, random ones, and guesses at ∂L/∂h₁."""
    every = [f"{i:03b}" for i in range(8)]
    first = UnrolledExplorer().settings
    grid = [
        {**first, "W_hh": W_hh / 2, "error": error, "targets": targets, "shown": "dW_hh"}
        for W_hh in range(-6, 7)
        for error in ERRORS
        for targets in every
    ]
    grid += [
        {**first, "step": step, "shown": ORDER[step], "error": error, "W_hh": W_hh}
        for step in range(28)
        for error in ERRORS
        for W_hh in (-1.0, 0.0, 2.0)
    ]
    near = [
        {**first, "error": error, "W_hh": W_hh + sign * 10.0**-k}
        for error in ERRORS
        for W_hh in (0.0, 2.0)
        for k in range(3, 12)
        for sign in (1, -1)
    ]
    drawn = [
        {
            "step": int(rng.integers(0, 28)) if i % 2 else 27,
            "shown": str(rng.choice([*ORDER, "x1", "x2", "x3"])),
            "error": str(rng.choice(ERRORS)),
            "W_hh": round(float(rng.uniform(-3, 3)), 2) if i % 3 else float(rng.uniform(-3, 3)),
            "targets": str(rng.choice(every)),
        }
        for i in range(count)
    ]
    guesses = [{**first, "guess": guess} for guess in np.linspace(-3, 3, 601).tolist()]
    return grid + near + drawn + guesses


def carried():
    """Return what the browser's program is given besides."""
    return {}


class Fact(NamedTuple):
    """What is true of a setting: all numbers, the gradients without an error, and the parts of each ∂L/∂h."""

    values: dict
    right: dict
    parts: dict


def facts(all_settings, _carried, _measured):
    """Compute everything anew."""
    for each in all_settings:
        network = each["W_hh"], each["targets"]
        right = vectors.right(*network)
        found = right if each["error"] == "none" else vectors.along_paths(*network, each["error"])
        parts = vectors.parts(*network, each["error"], found)
        yield Fact(vectors.run(*network) | found, right, parts)


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    near = all(abs(measured["values"][name] - value) < 1e-9 for name, value in fact.values.items())
    return near and all(abs(measured["central"][name] - value) < 2e-8 for name, value in fact.right.items())


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def full_name(name):
    """The name in the book, of a number by its name in the program."""
    if name.startswith("da"):
        return f"δ{SMALL[int(name[2])]}"
    stem = name.removeprefix("d")
    symbol = stem if stem in ("w", "W_hx", "W_hh") else stem[0] + SMALL[int(stem[1])]
    return f"∂L/∂{symbol}" if name.startswith("d") else symbol


BY_NAME = {full_name(name): name for name in [*ORDER, "x1", "x2", "x3"]}


def number(text):
    """A number as it is written: its value, and half a unit of its last digit."""
    text = text.replace("−", "-").removeprefix("+")
    if text.endswith("…"):
        return 0.0, 0.5 * 10.0 ** (3 - len(text.removeprefix("-")))
    return float(text), 0.5 * 10.0 ** -len(text.partition(".")[2]) if "." in text else 0.0


def claim_written(text, exact, what, slack=1e-9):
    """A written number is the exact one, rounded; only zero itself is written as zero."""
    shown, half = number(text)
    claim(abs(shown - exact) <= half * (1 + 1e-6) + slack, f"{what}: {text} is not {exact}")
    claim(shown != 0 or text.endswith("…") or abs(exact) < 1e-12, f"{what}: {exact} is written as 0")
    claim(text.endswith("…") <= (exact != 0), f"{what}: 0 is written as more")
    if text[0] in "+−":
        claim((text[0] == "+") == (exact > 0), f"{what}: the sign of {exact}")


def is_right(fact, name):
    """Whether a gradient is right, or None where rounding may decide."""
    off = abs(fact.values[name] - fact.right[name])
    return None if 0.95e-6 < off < 1.05e-6 else off < 1e-6


def has_wrong_sign(fact, name):
    back, right = fact.values[name], fact.right[name]
    return is_right(fact, name) is False and min(abs(back), abs(right)) > 1e-6 and (back > 0) != (right > 0)


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    text, step, error = said["verdict"], each["step"], each["error"]
    if step <= 15:
        check_forward(text, step, fact)
    else:
        rest = check_arrows(text, step, fact) if error == "none" else text.removeprefix(HEADS[error])
        claim(rest != text, "what is wrong with the pass")
        check_comparison(rest, [name for name in GRADIENTS if ORDER.index(name) <= step], fact)
    shown = check_summary(said["summary"], each, fact)
    check_formula(said["formula"], shown, fact, each)
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each["guess"], fact)


def check_forward(text, step, fact):
    if step == 0:
        expected = (
            "Given are the inputs, the first state, the weights and the classes. Nothing is computed yet."
        )
        return claim(text == expected, "nothing yet")
    if step < 15:
        found = re.fullmatch(rf"Forward, (\d+) of 15: the newest number is (\S+) = ({NUMBER})\.", text)
        claim(int(found[1]) == step and found[2] == full_name(ORDER[step]), "the newest number")
        return claim_written(found[3], fact.values[ORDER[step]], ORDER[step])
    found = re.fullmatch(
        rf"Forward pass done: L = L₁ \+ L₂ \+ L₃ = ({NUMBER}) \+ ({NUMBER}) \+ ({NUMBER}) = ({NUMBER})\. "
        r"No gradient is known yet\.",
        text,
    )
    losses = [fact.values[f"L{t}"] for t in (1, 2, 3)]
    for i, exact in enumerate([*losses, sum(losses)]):
        claim_written(found[i + 1], exact, "a loss")
    return None


def check_arrows(text, step, fact):
    """The arrows into the newest gradient of a state; return what is said after that."""
    if found := re.match(r"The way back begins at the last loss\. ", text):
        claim(step == 16, "it has gone on")
    elif found := re.match(
        r"One arrow leads back into h₃: of the three losses it acts on its own only\. ", text
    ):
        claim(17 <= step <= 19, "into h₃")
    else:
        found = re.match(
            rf"Two arrows lead back into h([₁₂]): ({NUMBER}) from its own loss, ({NUMBER}) from later ones\. "
            rf"Together, ∂L/∂h\1 = ({NUMBER})\. ",
            text,
        )
        t = SMALL.index(found[1])
        claim(t == (1 if step >= 23 else 2) and step >= 20, "the newest")
        own, later = fact.parts[f"dh{t}"].values()
        for part, exact in ((found[2], own), (found[3], later), (found[4], own + later)):
            claim_written(part, exact, f"into h{t}")
    return text[found.end() :]


def check_comparison(text, seen, fact):
    wrong = [name for name in seen if is_right(fact, name) is False]
    if text == "The first gradient agrees with its central difference.":
        return claim(len(seen) == 1 and not wrong, "the first")
    if found := re.fullmatch(r"All (\d+) gradients( so far)? agree with their central differences\.", text):
        claim(int(found[1]) == len(seen) > 1 and (found[2] is None) == (len(seen) == 12), "how many")
        return claim(not wrong, f"{wrong} are not right")
    found = re.match(rf"First wrong number: (\S+) = ({NUMBER}), by central differences ({NUMBER})\. ?", text)
    first = BY_NAME[found[1]]
    claim(first in seen and is_right(fact, first) is not True, f"{first} is right")
    earlier = seen[: seen.index(first)]
    claim(all(is_right(fact, name) is not False for name in earlier), "an earlier one is wrong")
    claim_written(found[2], fact.values[first], first, 2e-8)
    claim_written(found[3], fact.right[first], first, 2e-8)
    claim(found[2] != found[3], "they look alike")
    rest = text[found.end() :]
    reversed_ = re.match(r"∂L/∂h₁ has the wrong sign\. ?", rest)
    expected = first != "dh1" and "dh1" in seen and has_wrong_sign(fact, "dh1")
    claim((reversed_ is not None) == expected, "the sign of ∂L/∂h₁")
    rest = rest[reversed_.end() :] if reversed_ else rest
    if not rest:
        return claim("dw" not in seen, "nothing is said of the weights")
    return check_weights(re.fullmatch(r"Weights: (.*)\.", rest)[1].split(", "), seen, fact)


def check_weights(said, seen, fact):
    claim(
        [WEIGHTS[part.split()[0]] for part in said] == [n for n in seen if n in WEIGHTS.values()],
        "which weights",
    )
    for part in said:
        found = re.fullmatch(
            rf"(\w+) (?:(right)|off by (?:({NUMBER})|less than 0\.001)( with the wrong sign)?)", part
        )
        name = WEIGHTS[found[1]]
        off = abs(fact.values[name] - fact.right[name])
        claim(is_right(fact, name) in (found[2] is not None, None), f"{name}: {part}")
        if found[2]:
            continue
        if found[3]:
            claim_written(found[3], off, name, 2e-8)
        else:
            claim(off < 0.001, f"{name} is off by {off}")
        claim((found[4] is not None) == has_wrong_sign(fact, name), f"the sign of {name}")


def check_summary(text, each, fact):
    """The short form, which is read out; return the number that it is about."""
    found = re.fullmatch(
        rf"Step (\d+) of 27\. (\S+) is ({NUMBER})(?:, central difference ({NUMBER}))?\.", text
    )
    name = BY_NAME[found[2]]
    appears = ORDER.index(each["shown"]) if each["shown"] in ORDER else 0
    claim(int(found[1]) == each["step"], "the step")
    claim(name == (each["shown"] if appears <= each["step"] else ORDER[each["step"]]), "the number shown")
    claim_written(found[3], fact.values[name], name)
    claim((found[4] is not None) == (name in GRADIENTS), "a central difference")
    if found[4]:
        # Where it is zero, rounding leaves some 1e-10 of it.
        claim_written(found[4], fact.right[name], name, 2e-8) if abs(fact.right[name]) > 1e-7 else None
    return name


def evaluate(text, names):
    """Compute an expression as it is written."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, f"({float(names[name])!r})")
    text = re.sub(r"½ ln 3", "0.5 * log(3)", text).replace("−", "-").replace("·", "*").replace("²", "**2")
    return eval(text, {"__builtins__": {}, "log": math.log, "exp": math.exp, "tanh": math.tanh})


def claim_value(text, exact, what):
    """The numbers in an expression, as exactly as they are written, make up the exact value."""
    tokens = list(re.finditer(r"\d+\.\d+…?|\d+", text.replace("²", "  ")))

    def with_change(moved, by):
        parts, last = [], 0
        for token in tokens:
            value = number(token[0])[0] + (by if token is moved else 0.0)
            parts += [text[last : token.start()], f"({value!r})"]
            last = token.end()
        return evaluate("".join(parts) + text[last:], {})

    middle = with_change(None, 0.0)
    slack = 2e-6  # two numbers moved at once
    for token in tokens:
        half = max(number(token[0])[1], 0.0005)
        slack += 1.1 * max(abs(with_change(token, sign * half) - middle) for sign in (1, -1))
    claim(abs(middle - exact) <= slack, f"{what}: {text} is {middle}, not {exact}")


def check_formula(said, shown, fact, each):
    """Each line is equal to the number: in symbols exactly, with numbers as far as these are written."""
    claim(BY_NAME[said["name"]] == shown, "whose formula")
    exact = fact.values[shown]
    *lines, last = said["steps"]
    claim(last == "1" if shown == "h0" else True, "h₀")
    if shown != "h0":
        claim_written(last, exact, shown)
        claim(len(lines) >= (1 if shown[0] == "x" else 2), "a formula")
    symbols = {full_name(name): value for name, value in fact.values.items()}
    symbols |= {"w": vectors.W, "W_hx": 1.0, "W_hh": each["W_hh"]}
    for i, line in enumerate(lines):
        if i == 0:
            found = evaluate(line, symbols)
            claim(abs(found - exact) < 1e-9, f"{shown}: {line} is {found}, not {exact}")
        else:
            claim_value(line, exact, shown)


def check_tasks(said, each, fact):
    """What is said to be done is done, and why."""
    sign, unseen, seen = said
    error, step = each["error"], each["step"]
    claim((sign is not None) == (step >= 23 and has_wrong_sign(fact, "dh1")), "task: sign")
    if sign:
        found = re.fullmatch(
            rf"The backward pass says ({NUMBER}), with ({NUMBER}) from its own loss and ({NUMBER}) from "
            rf"later ones; the central difference is ({NUMBER})\.",
            sign,
        )
        own, later = fact.parts["dh1"].values()
        for i, exact in enumerate((fact.values["dh1"], own, later, fact.right["dh1"])):
            claim_written(found[i + 1], exact, "why the sign", 2e-8)
        claim(error != "none", "an error")
    off = {name: is_right(fact, name) for name in GRADIENTS}
    pencil = step == 27 and each["W_hh"] == 2
    claim((unseen is not None) == (error != "none" and pencil and all(off.values())), "task: unseen")
    slopes = [1 - fact.values[f"h{t}"] ** 2 for t in (1, 2, 3)]
    if unseen:
        found = re.fullmatch(
            rf"The three slopes are all ({NUMBER}): to take the wrong one changes nothing\.", unseen
        )
        claim(error == "late" and max(slopes) - min(slopes) < 1e-9, "the slopes are not alike")
        claim_written(found[1], slopes[0], "the slope")
    much = abs(fact.values["dW_hh"] - fact.right["dW_hh"])
    if abs(much - 0.1) > 1e-7:
        claim((seen is not None) == (error == "late" and step == 27 and much > 0.1), "task: seen")
    if seen:
        found = re.fullmatch(
            rf"The slopes are now ({NUMBER}), ({NUMBER}), ({NUMBER}), and one stands where another should\. "
            r"Equal numbers hide errors\.",
            seen,
        )
        for i, slope in enumerate(slopes):
            claim_written(found[i + 1], slope, "a slope")
        claim(max(slopes) - min(slopes) > 1e-6, "they are equal")


def check_gap(text, guess, fact):
    """What is said of a guess."""
    found = re.fullmatch(
        rf"You put it at ({NUMBER}); it is ({NUMBER})\. (?:That is (?:(within 0\.1)|(\d\.\d\d) off)|"
        rf"Your number is near what (?:(its own loss brings)|(the later losses bring)) alone): two arrows "
        rf"meet at h₁, ({NUMBER}) from its own loss and ({NUMBER}) from later ones, and they add up\.",
        text,
    )
    own, later = fact.parts["dh1"].values()
    off = abs(guess - own - later)
    claim_written(found[1], round(guess * 100) / 100, "the guess", 0.0051)
    for part, exact in ((found[2], own + later), (found[7], own), (found[8], later)):
        claim_written(part, exact, "∂L/∂h₁")
    if abs(off - 0.1) > 1e-9:
        claim((found[3] is not None) == (off < 0.1), f"off by {off}")
    if found[4]:
        claim(abs(float(found[4]) - off) <= 0.0051, "how far off")
        claim(min(abs(guess - own), abs(guess - later)) > 0.29, "near one of the two")
    if found[5]:
        claim(abs(guess - own) < 0.31, "its own loss")
    if found[6]:
        claim(abs(guess - later) < 0.31, "the later losses")
