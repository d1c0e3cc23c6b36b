"""The valley's settings, what is true in each of them, and whether its sentences say that."""

import re
from typing import NamedTuple

import numpy as np
from claims import NUMBER, SIGNS, claim, claim_number

from rnn_widgets import ValleyExplorer

OTHERWISE = 0.0  # rounding decides nothing here
SIGNED = rf"(?:−?{NUMBER}|−?just (?:below|above) 1)"
STEPS = 30


def settings(count, rng):
    """Return a grid of starts, rates and curvatures with the edges in it, random ones, and guesses."""
    first = ValleyExplorer().settings
    starts = ((0.0, 0.0), (4.0, 0.3), (-2.0, 0.0), (0.0, 1.5), (3.0, -1e-9), (0.05, 2.0))
    curvatures = (0.5, 0.8, 1 - 1e-9, 1 - 1e-6, 1.0, 1 + 1e-9, 1.6, 2.5, 4.0, 8.0, 10.0)
    edges = [
        {"u": u, "v": v, "eta": eta, "kappa": kappa, "step": (0, 1, 30)[i % 3]}
        for i, (u, v) in enumerate(starts)
        for kappa in curvatures
        for product in (1.0, 2.0)
        for off in (0.0, 1e-10, -1e-10, 1e-9, -1e-9, 2e-9, 1e-6, -1e-6, 1e-3, -1e-3, 0.02)
        for eta in (product * (1 + off) / max(1.0, kappa),)
        if eta <= 2.2
    ]
    grid = [
        {"u": u, "v": v, "eta": eta, "kappa": kappa, "step": 17}
        for u, v in starts
        for eta in (0.01, 0.1, 0.2, 0.21, 0.4, 0.5, 0.8, 1.0, 1.25, 1.9, 2.0, 2.2)
        for kappa in (*curvatures, 7.5, 9.9)
    ]
    drawn = []
    for i in range(count):
        fine = i % 2 == 0
        kappa = _between(rng, 0.5, 10, 1, fine)
        most = 2.4 / max(1.0, kappa) if i % 3 else 2.2
        drawn.append(
            {
                "u": 0.0 if i % 11 == 0 else _between(rng, -4, 4, 2, fine),
                "v": 0.0 if i % 7 == 0 else _between(rng, -2, 2, 2, fine) * (1e-6 if i % 13 == 0 else 1),
                "eta": max(0.01, _between(rng, 0.01, min(2.2, most), 2, fine)),
                "kappa": kappa,
                "step": int(rng.integers(0, 31)),
            }
        )
    guesses = [{**first, "guess": guess} for guess in np.linspace(-4, 4, 401).tolist()]
    return [{**first, **each} for each in edges + grid + drawn] + guesses


def _between(rng, least, most, places, fine):
    value = float(rng.uniform(least, most))
    return value if fine else round(value, places)


def carried():
    """Return what the browser's program is given besides."""
    return {}


class Fact(NamedTuple):
    """What is true of a setting: the losses, and for each direction that moves its factor and its share."""

    losses: np.ndarray
    factors: dict
    parts: dict


def facts(all_settings, _carried, _measured):
    """Compute the losses by powers, in closed form."""
    t = np.arange(STEPS + 1)
    for each in all_settings:
        factors, parts = {}, {}
        for name, curvature in (("u", 1.0), ("v", each["kappa"])):
            if each[name] != 0:
                factors[name] = 1 - each["eta"] * curvature
                parts[name] = 0.5 * curvature * each[name] ** 2 * np.abs(factors[name]) ** (2 * t)
        yield Fact(sum(parts.values(), np.zeros(STEPS + 1)), factors, parts)


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    return np.allclose(fact.losses, np.array(measured["losses"], float), rtol=1e-10, atol=1e-250)


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def claim_amount(text, exact):
    """A loss is written with three significant digits."""
    if text == "0":
        return claim(exact == 0, f"{exact} is not 0")
    mantissa, _, power = text.partition(" × ")
    shown = float(mantissa) * (10.0 ** int(power[2:].translate(SIGNS)) if power else 1.0)
    return claim(abs(shown - exact) <= 0.00501 * exact, f"{text} is not {exact}")


def claim_signed(text, exact):
    """A factor is written with its sign, and with digits that tell it from 0 and from 1."""
    claim(text.startswith("−") == (exact < 0), f"the sign of {exact}")
    size = text.removeprefix("−")
    if size.startswith("just"):
        return claim((abs(exact) < 1) == ("below" in size) and abs(exact) != 1, f"{text}: {exact}")
    if size == "0":
        return claim(exact == 0, f"{exact} is not 0")
    return claim_number(size, abs(exact), "a factor", figures=2 if abs(exact) < 0.1 else None)


def claim_placed(text, product):
    """Where ηΛ lies; the sentence's own digits must say the same."""
    found = re.fullmatch(
        r"ηΛ(?: = (?P<exact>[12])| is (?P<nearly>[12]) to nine digits| is just (?P<side>below|above) "
        r"(?P<edge>[12])| = (?P<small>[\d.]+) < 1| = (?P<large>[\d.]+) > 2)|1 < ηΛ = (?P<middle>[\d.]+) < 2",
        text,
    )
    claim(found, "where ηΛ lies")
    kinds = found.groupdict()
    if kinds["exact"]:
        return claim(product == int(kinds["exact"]), f"{product} is not {kinds['exact']}")
    if kinds["nearly"]:
        edge = int(kinds["nearly"])
        return claim(0 < abs(product - edge) < 1e-9, f"{product} is not nearly {edge}")
    if kinds["side"]:
        edge = int(kinds["edge"])
        claim((product < edge) == (kinds["side"] == "below") and abs(product - edge) >= 1e-9, text)
        return claim(abs(product - edge) < 1e-4, text)
    number = kinds["small"] or kinds["large"] or kinds["middle"]
    claim_number(number, product, "ηΛ")
    for value in (float(number), product):
        inside = {"small": value < 1, "large": value > 2, "middle": 1 < value < 2}
        claim(inside[next(kind for kind in inside if kinds[kind])], f"{text}: {product}")
    return None


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    check_verdict(said["verdict"], each, fact)
    where, rest = said["summary"].split(". ", 1)
    claim_placed(where, each["eta"] * max(1.0, each["kappa"]))
    check_now(re.fullmatch(rf"{NOW}\.", rest), each, fact)
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


NOW = rf"(?:(?P<start>At the start)|After (?P<step>\d+) steps?) the loss is (?P<loss>{NUMBER})"
JUMPS = r"jumps? from side to side"
FATES = {
    "keep": r"keeps? to one side and shrinks?",
    "gone": r"becomes? 0 in one step",
    "almost": r"becomes? 0 in one step, or nearly",
    "shrink": rf"{JUMPS} and shrinks?",
    "level": rf"{JUMPS} for ever",
    "unknown": rf"{JUMPS}, and so few steps do not tell for how long",
    "grow": rf"{JUMPS} and grows?",
}


def fate(product):
    """What becomes of the steep direction."""
    for edge, exact, beside in ((1, "gone", "almost"), (2, "level", "unknown")):
        if product == edge:
            return exact
        if abs(product - edge) < 1e-9:
            return beside
    return "keep" if product < 1 else "shrink" if product < 2 else "grow"


def check_now(found, each, fact):
    """The loss at the present step."""
    claim(found, "the loss now")
    claim((found["start"] is not None) == (each["step"] == 0), "the start")
    claim(each["step"] == 0 or int(found["step"]) == each["step"], "the step")
    claim_amount(found["loss"], fact.losses[each["step"]])


def check_verdict(text, each, fact):
    """All sentences of the verdict."""
    product = each["eta"] * max(1.0, each["kappa"])
    edge, text = re.fullmatch(r"2/Λ is (\d\.\d\d\d?), and (.*)", text).groups()
    claim_number(edge, 2 / max(1.0, each["kappa"]), "the edge")
    steep = {"u", "v"} if each["kappa"] == 1 else {"v"} if each["kappa"] > 1 else {"u"}
    nothing = re.fullmatch(
        r"(.*?), but this start is the minimum: the gradient is 0 there, and nothing moves\.", text
    )
    claim((nothing is not None) == (not fact.factors), "whether it moves")
    if nothing:
        return claim_placed(nothing[1], product)
    head, rest = re.fullmatch(r"(.*?\.) ((?:At the start|After \d).*)", text).groups()
    only = re.fullmatch(
        rf"(.*), but this start has ([uv]) = 0: the steep direction plays no part, "
        rf"and each step multiplies ([uv]) by ({SIGNED})\.",
        head,
    )
    claim((only is not None) == (not steep & set(fact.factors)), "the steep direction")
    if only:
        claim_placed(only[1], product)
        claim({only[2]} == steep and each[only[2]] == 0, f"{only[2]} is steep and 0")
        claim(set(fact.factors) == {only[3]}, f"{only[3]} moves")
        claim_signed(only[4], fact.factors[only[3]])
    else:
        where, which, what = re.fullmatch(r"(.*?): (u and v|u|v) (.*)\.", head).groups()
        claim_placed(where, product)
        claim(set(which.split(" and ")) == steep & set(fact.factors), f"{which} is steep, and moves")
        claim(re.fullmatch(FATES[fate(product)], what), f"{what}: {product}")
        claim(("u and" in which) == (re.match(r"(keep|jump|become) ", what) is not None), "one or two")
    check_course(rest, each, fact)
    return None


def check_course(text, each, fact):
    """The loss now, and what becomes of it."""
    found = re.match(NOW, text)
    check_now(found, each, fact)
    said = text[found.end() :]
    sizes = [abs(factor) for factor in fact.factors.values()]
    most, changes = max(sizes), np.diff(fact.losses)
    if said == ".":
        return claim(most != 1 and abs(most - 1) < 1e-9, f"{most} is known")
    claim(most == 1 or abs(most - 1) >= 1e-9, f"{most} is not known")
    if said == "; one step is enough.":
        return claim(set(sizes) == {0.0} and (fact.losses[1:] == 0).all(), "one step")
    if said == "; it falls at each step, towards 0.":
        return claim(0 < most < 1 and (changes[fact.losses[1:] > 1e-250] < 0).all(), "it falls")
    if said == "; it stays the same for ever.":
        return claim(set(sizes) == {1.0} and np.ptp(fact.losses) == 0, "it stays")
    if said == "; it falls, but not to 0.":
        claim(most == 1 and min(sizes) < 1 and (changes <= 0).all(), "it falls")
        return claim(changes[0] < 0 or min(part[0] for part in fact.parts.values()) < 1e-12, "it falls")
    claim(most > 1, f"{most} does not exceed 1")
    tiny = 1e-12 * fact.losses
    if said == "; it is never lower than at the start, and rises without bound.":
        return claim((changes >= -tiny[1:]).all(), "it falls")
    if said == "; it falls for 30 steps and more, and then rises without bound.":
        return claim((changes < tiny[1:]).all(), "it has risen")
    lowest = int(re.fullmatch(r"; it falls until step (\d+), then rises without bound\.", said)[1])
    claim(0 < lowest < STEPS, "the step")
    claim((changes[:lowest] < tiny[1 : lowest + 1]).all(), "it falls until then")
    return claim((changes[lowest:] > -tiny[lowest + 1 :]).all(), "it rises after that")


def check_tasks(tasks, each, fact):
    """Whether a task is solved, and why."""
    fast, level, spared = tasks
    u, v, eta, kappa = (each[name] for name in ("u", "v", "eta", "kappa"))
    ratio = fact.losses[-1] / fact.losses[0] if fact.losses[0] else 1.0
    claim((fast is not None) == (kappa >= 8 and min(abs(u), abs(v)) >= 0.5 and ratio < 1e-4), "task: fast")
    if fast:
        found = re.fullmatch(
            rf"Each step multiplies u by ({SIGNED}) and v by ({SIGNED})\. "
            r"The slower of the two is fastest at η = 2/\(1 \+ κ\), here (\d\.\d{3})\.",
            fast,
        )
        claim_signed(found[1], fact.factors["u"])
        claim_signed(found[2], fact.factors["v"])
        best = 2 / (1 + kappa)
        claim_number(found[3], best, "the best rate")
        slower = [max(abs(1 - rate), abs(1 - rate * kappa)) for rate in (best, best + 0.01, best - 0.01, eta)]
        claim(slower[0] <= min(slower) + 1e-12, "the best rate")
    sizes = [abs(factor) for factor in fact.factors.values()]
    claim((level is not None) == (bool(sizes) and all(abs(s - 1) < 1e-9 for s in sizes)), "task: level")
    if level:
        found = re.fullmatch(
            rf"The loss is ({NUMBER}) at each step: a step only changes the sign of (u and v|u|v)\.", level
        )
        claim_amount(found[1], fact.losses[0])
        claim(np.ptp(fact.losses) <= 1e-6 * fact.losses[0], "the loss changes")
        claim(set(found[2].split(" and ")) == set(fact.factors), "what moves")
        claim(all(factor < 0 for factor in fact.factors.values()), "the sign")
    above = eta * max(1.0, kappa) > 2
    claim((spared is not None) == (above and fact.losses[0] > 0 and ratio < 1e-3), "task: spared")
    if spared:
        found = re.match(
            rf"The loss is ({NUMBER}) in the end: of the first, less than a thousandth lay in ([uv]), ",
            spared,
        )
        claim_amount(found[1], fact.losses[-1])
        part = fact.parts.get(found[2])
        claim(part is None or part[0] < 1e-3 * fact.losses[0], "its part")
        claim((found[2] == "v") == (kappa > 1) and kappa != 1, "where it is steep")


def check_gap(text, each, fact):
    """What is said of a guess."""
    found = re.fullmatch(
        rf"You put it at ({NUMBER}); it is ({NUMBER})\. "
        rf"That is (?:(within a factor of 2)|({NUMBER}) times too (high|low)): each step "
        rf"multiplies u by ({SIGNED}), but v by ({SIGNED}), and that small part grew\.",
        text,
    )
    claim(found, "what is said of a guess")
    end, guess = fact.losses[each["step"]], 10 ** each["guess"]
    claim_amount(found[1], guess)
    claim_amount(found[2], end)
    off = guess / end
    claim((found[3] is not None) == (0.5 < off < 2), f"off by {off}")
    if found[4]:
        claim((found[5] == "high") == (off > 1), f"off by {off}")
        claim_amount(found[4], max(off, 1 / off))
    claim_signed(found[6], fact.factors["u"])
    claim_signed(found[7], fact.factors["v"])
    parts = fact.parts
    claim(
        parts["v"][0] < 0.1 * fact.losses[0] and parts["v"][each["step"]] > parts["v"][0], "a small part grew"
    )
    claim(parts["u"][each["step"]] < parts["u"][0], "u shrinks")
