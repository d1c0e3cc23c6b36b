"""The circle's settings, what is true in each of them, and whether its sentences say that.

The facts are computed in fractions: a rule that turns on equality is not left to rounding.
"""

import re
from fractions import Fraction
from math import atan2, degrees, log10, pi, sqrt
from typing import NamedTuple

import numpy as np
from claims import NUMBER, claim, claim_compared, claim_number, compared

from rnn_widgets import CircleExplorer

OTHERWISE = 0.0  # rounding decides nothing here
STEPS = 12
SPECIAL = (
    (0, 0, 0, 0),
    (1, 0, 0, 1),
    (-1, 0, 0, -1),
    (1, 0.8, 0, 1),
    (-1, 1.5, 0, -1),
    (1.1, 0.1, -0.1, 0.9),
    (0, 1.5, 0, 0),
    (0.3, 0.9, -0.1, -0.3),
    (0.6, -0.8, 0.8, 0.6),
    (0.6, 0.8, 0.8, -0.6),
    (0.28, -0.96, 0.96, 0.28),
    (1, 0, 0, 0.5),
    (1, 0.01, 0, 0.99),
    (0, 1.5, 0.5, 0),
    (0, 1.25, 0.8, 0),
    (0, -1.25, 0.8, 0),
    (0.5, 1.4, 0, 0.5),
    (0.9, 0, 0, 0.9),
    (1.01, 0, 0, 1.01),
    (0.99, -0.15, 0.15, 0.99),
    (1, -0.02, 0.02, 1),
    (0.98, -0.22, 0.2, 0.98),
    (1.5, 1.5, 1.5, 1.5),
    (0.85, 0.36, 0, 0.85),
)


def setting(W, steps):
    a, b, c, d = (float(entry) for entry in W)
    return {"first": [a, c], "second": [b, d], "steps": steps}


def settings(count, rng):
    """Return corners and special matrices at each step, random ones, and guesses at the first state."""
    grid = [setting(W, t) for W in SPECIAL for t in range(STEPS + 1)]
    corners = np.array(np.meshgrid(*4 * [(-1.5, -1.0, 0.0, 1.0, 1.5)])).reshape(4, -1).T
    grid += [setting(W, int(i) % (STEPS + 1)) for i, W in enumerate(corners)]
    for k in range(7, 13):
        for one in (1 - 10.0**-k, 1 + 10.0**-k):
            shapes = (
                (one, 0, 0, 0.5),
                (one, 1, 0, one),
                (one, 0, 0, one),
                (0.5, one, 0, 0.5),
                (0, 1, one, 0),
            )
            grid += [setting(W, 1 + k % STEPS) for W in shapes]
            grid.append(setting((0.6 * one, -0.8 * one, 0.8 * one, 0.6 * one), k))
    drawn = [setting(at_random(i, rng), int(rng.integers(0, STEPS + 1))) for i in range(count)]
    first = CircleExplorer().settings
    last = [-3.0, -0.7, -0.4, -0.3, -0.1, 0.0, 1.0, 3.0, *rng.uniform(-3, 3, 300).tolist()]
    guesses = [{**first, "guess": [0.0, 0.5, each]} for each in last]
    return grid + drawn + guesses


def at_random(i, rng):
    """A matrix of hundredths, or of anything; now and then nearly a turn, symmetric, or defective."""
    W = rng.uniform(-1.5, 1.5, 4)
    if i % 5 == 1:
        angle, size = rng.uniform(-pi, pi), rng.uniform(0.95, 1.05)
        W = size * np.array([np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle)])
        W += rng.uniform(-0.03, 0.03, 4)
    elif i % 5 == 2:
        W[2] = W[1]
    elif i % 5 == 3:
        W[2], W[3] = 0.0, W[0] if i % 2 else W[3]
    return W if i % 4 == 0 else W.round(2) + 0.0


def carried():
    """Return what the browser's program is given besides."""
    return {}


class Fact(NamedTuple):
    """What is true of a setting."""

    norms: list  # ‖Wᵗ‖ for t = 0..12
    gone: list  # whether Wᵗ is exactly 0
    radius: float
    beside_one: int  # sign of the spectral radius − 1, exactly
    single: bool  # one eigenvector only
    long: float  # the half axes
    short: float
    determinant: float
    turn: float  # of the nearest rotation


def exact(entry):
    """An entry as it is meant: hundredths as such, anything else as the number in the machine."""
    hundredths = round(100 * entry)
    return Fraction(hundredths, 100) if hundredths / 100 == entry else Fraction(entry)


def half_axes(a, b, c, d):
    """Singular values of [a b; c d] from its trace of squares and its determinant."""
    squares, determinant = a * a + b * b + c * c + d * d, abs(a * d - b * c)
    # σ₁ ± σ₂ are the roots of squares ± 2·determinant.
    plus, minus = sqrt(squares + 2 * determinant), sqrt(max(0, squares - 2 * determinant))
    return (plus + minus) / 2, (plus - minus) / 2


def facts(all_settings, _carried, _measured):
    """Compute the powers anew."""
    for each in all_settings:
        (a, c), (b, d) = ([exact(entry) for entry in each[name]] for name in ("first", "second"))
        power, norms, gone = (Fraction(1), Fraction(0), Fraction(0), Fraction(1)), [], []
        for _ in range(STEPS + 1):
            norms.append(half_axes(*power)[0])
            gone.append(not any(power))
            e, f, g, h = power
            power = (a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h)
        trace, determinant = a + d, a * d - b * c
        discriminant = trace**2 - 4 * determinant
        if discriminant < 0:
            radius = sqrt(determinant)
            beside = determinant - 1
        else:
            radius = (abs(trace) + sqrt(discriminant)) / 2
            # |trace| + √discriminant against 2, with no root taken.
            beside = discriminant - (2 - abs(trace)) ** 2 if abs(trace) <= 2 else Fraction(1)
        sign = (beside > 0) - (beside < 0)
        single = discriminant == 0 and (b, c) != (0, 0)
        long, short = half_axes(a, b, c, d)
        turn = atan2(c - b, a + d)
        yield Fact(norms, gone, radius, sign, single, long, short, float(determinant), turn)


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    norms = np.allclose(measured["norms"], fact.norms, rtol=1e-9, atol=0)
    return norms and abs(measured["radius"] - fact.radius) < 1e-10


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def claim_length(text, exact_length, what):
    """Three significant digits."""
    claim_number(text, exact_length, what, figures=3)
    claim((text == "0") == (exact_length == 0), f"{what}: {text}")


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    check_end(check_present(said["verdict"], each, fact), fact)
    found = re.fullmatch(
        rf"After (\d+) steps? the longest half axis is ({NUMBER}); the norm of W is ({NUMBER}), "
        rf"its spectral radius ({NUMBER})\.",
        said["summary"],
    )
    claim(int(found[1]) == each["steps"], "steps")
    for text, value in zip(
        found.groups()[1:], (fact.norms[each["steps"]], fact.norms[1], fact.radius), strict=True
    ):
        claim_length(text, value, "summary")
    check_tasks(said["tasks"], fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_present(text, each, fact):
    """What is seen now; returns the rest."""
    t = each["steps"]
    now, norm = fact.norms[t], fact.norms[1]
    if text.startswith(start := "No step yet: the circle has radius 1. "):
        claim(t == 0, "no step")
        return text.removeprefix(start)
    found = re.match(r"After (\d+) step(s?) ", text)
    claim(int(found[1]) == t > 0 and (found[2] == "s") == (t > 1), "steps")
    text = text[found.end() :]
    if text.startswith(start := "nothing is left: the circle has become a point. "):
        claim(fact.gone[t], "a point")
        return text.removeprefix(start)
    claim(not fact.gone[t], "no point")
    if found := re.match(rf"the longest half axis is the norm, ‖W‖ = ({NUMBER})\. ", text):
        claim(t == 1, "the norm")
        claim_length(found[1], norm, "norm")
    elif found := re.match(
        rf"the longest half axis is ({NUMBER}), the norm and the spectral radius to the power (\d+) alike\. ",
        text,
    ):
        claim_length(found[1], now, "length")
        claim(int(found[2]) == t and abs(norm - fact.radius) < 1e-8, "alike")
        claim(abs(now - norm**t) <= 1e-7 * now, "the power")
    else:
        found = re.match(
            rf"the longest half axis is ({NUMBER}): "
            rf"at least rᵗ = ({NUMBER}) and at most ‖W‖ᵗ = ({NUMBER})\. ",
            text,
        )
        claim_length(found[1], now, "length")
        claim_length(found[2], fact.radius**t, "radius to the power")
        claim_length(found[3], norm**t, "norm to the power")
        claim(fact.radius**t * (1 - 1e-9) <= now <= norm**t * (1 + 1e-9), "between")
    return text[found.end() :]


def check_end(text, fact):
    """What becomes of it in the long run."""
    norm = fact.norms[1]
    if text == "r = 1 to nine digits: so few steps do not tell what becomes of it.":
        return claim(abs(fact.radius - 1) < 1.1e-9, "nearly 1")
    head = re.match(compared("r"), text)
    claim_compared(head, fact.radius, "r")
    rest = text[head.end() :]
    if rest == ", with one eigenvector only: it grows without bound, in the long run in proportion to t.":
        return claim(fact.beside_one == 0 and fact.single, "one eigenvector")
    if rest == ": it neither shrinks to a point nor grows without bound.":
        return claim(fact.beside_one == 0 and not fact.single, "two eigenvectors")
    if rest == ": in the long run it grows without bound.":
        return claim(fact.beside_one > 0, "it grows")
    start = ": in the long run the circle shrinks to a point"
    claim(rest.startswith(start) and fact.beside_one < 0, "it shrinks")
    rest = rest.removeprefix(start)
    if rest == ".":
        return claim(abs(norm - 1) < 1.1e-9, "the norm is 1")
    if found := re.fullmatch(rf", and since {compared('‖W‖')} each step makes every arrow shorter\.", rest):
        claim(norm < 1, "each step")
        return claim_compared(found, norm, "‖W‖")
    found = re.fullmatch(
        rf", although {compared('‖W‖')}\. Of the first 12 steps it is longest after (?P<when>\d+)\.", rest
    )
    claim(norm > 1, "although")
    claim_compared(found, norm, "‖W‖")
    claim(fact.norms[int(found["when"])] >= max(fact.norms) * (1 - 1e-9), "longest")
    return None


def check_tasks(said, fact):
    """Each is solved where it says so, and nowhere else."""
    vanish, turn = said
    norm, last = fact.norms[1], fact.norms[-1]
    claim((vanish is not None) == (norm >= 1.5 and last < 0.01), "task: stretch and vanish")
    if vanish:
        found = re.match(
            rf"‖W‖ = ({NUMBER}), and yet 12 steps leave ({NUMBER}): "
            rf"in the long run the radius counts, r = ({NUMBER})",
            vanish,
        )
        for text, value in zip(found.groups()[:2], (norm, last), strict=True):
            claim_length(text, value, "why it vanishes")
        claim(abs(float(found[3]) - fact.radius) <= 0.0051 and fact.radius < 1, "the radius counts")
    kept = fact.long <= 1.02 and fact.short >= 0.98
    claim((turn is not None) == (kept and fact.determinant > 0 and abs(fact.turn) >= 0.1), "task: turn")
    if turn:
        found = re.fullmatch(
            rf"It turns by about (\d+)°, and its half axes are ({NUMBER}) and ({NUMBER}): "
            rf"after 12 steps the longer is ({NUMBER})\.",
            turn,
        )
        claim(abs(int(found[1]) - degrees(abs(fact.turn))) <= 0.5001, "the turn")
        for text, value in zip(found.groups()[1:], (fact.long, fact.short, last), strict=True):
            claim_length(text, value, "half axes")


def check_gap(text, each, fact):
    """What is said of a guess, in powers of ten, of the length after twelve steps."""
    found = re.fullmatch(
        rf"You put it at ({NUMBER}) after 12 steps; it is ({NUMBER})\. "
        rf"That is (?:(within a factor of 2)|({NUMBER}) times too (long|short)): "
        rf"the norm, ({NUMBER}), is the most that "
        rf"one step does to any arrow, but {compared('r')} says that in the long run it shrinks\.",
        text,
    )
    last = each["guess"][-1]
    claim_length(found[1], 10**last, "the guess")
    claim_length(found[2], fact.norms[-1], "the answer")
    off = last - log10(fact.norms[-1])
    claim((found[3] is not None) == (abs(off) < log10(2)), f"off by {off}")
    if found[4]:
        claim_length(found[4], 10 ** abs(off), "how far off")
        claim((off > 0) == (found[5] == "long"), "which way")
    claim_length(found[6], fact.norms[1], "the norm")
    claim_compared(found, fact.radius, "r")
    claim(fact.beside_one < 0, "it shrinks")
