"""The clipping explorer's settings, what is true in each of them, and whether its sentences say that."""

import itertools
import re
from typing import NamedTuple

import numpy as np
from claims import LEAST, NUMBER, claim, claim_digits, claim_number, digits, take, value

from rnn_widgets import ClippingExplorer

# The share of settings that rounding may decide, where a network or a descent multiplies it at each step.
OTHERWISE = 0.12
NAMES = ("w", "b", "learning_rate", "clip", "updates", "T")
PROBLEM = ClippingExplorer().problem
CORNERS = (  # where an explorer once said what is not so: identical paths, and equal losses
    (3.0, -3.0, 1.0, 0.2, 1, 2),
    (3.0, -3.5, 1.0, 0.05, 300, 1),
    (4.0, -1.0, 0.4, 0.05, 100, 50),
    (5.0, -2.0, 0.2, 0.2, 100, 50),
    (6.0, -1.0, 1.0, 2.0, 300, 100),
)


def grid():
    yield from CORNERS
    yield from itertools.product(
        (3.0, 3.6, 4.2, 4.6, 5.0, 5.5, 6.0),
        (-3.5, -3.0, -2.6, -2.2, -1.6, -1.0),
        (0.01, 0.1, 0.4, 1.0),
        (0.05, 0.2, 0.6, 2.0),
        (1, 2, 25, 100),
        (1, 2, 5, 9, 20, 50, 100),
    )


def at_random(count, rng):
    for i in range(count):
        w, b, eta, clip = rng.uniform((3, -3.5, 0.01, 0.05), (6, -1, 1, 2 if i % 2 else 0.4))
        if i % 4:
            w, b, eta, clip = np.round((w, b, eta, clip), 2).tolist()
        yield w, b, eta, clip, int(rng.integers(1, 301 if i % 3 else 40)), int(rng.integers(1, 101))


def settings(count, rng, every=1):
    chosen = [*itertools.islice(grid(), None, None, every), *at_random(count, rng)]
    return [dict(zip(NAMES, map(_plain, values), strict=True)) for values in chosen]


def _plain(value):
    return value if isinstance(value, int) else float(value)


def carried():
    return PROBLEM


class Path(NamedTuple):
    largest: float  # of all gradients
    used: float  # of all but the last
    over: int  # how many of the used ones are longer than c
    loss: float
    leaves: int | None
    leaving: float | None
    longest_step: float


class Fact(NamedTuple):
    without: Path
    clipped: Path
    same: bool  # whether both paths are one


def facts(all_settings, problem, measured):
    column = {name: np.array([each[name] for each in all_settings]) for name in NAMES}
    # Descents end after different numbers of updates, networks after different numbers of steps: all
    # stand in the order in which they end, so that those that still go on are the first.
    order = np.lexsort((-column["T"], -column["updates"]))
    paths = [walk({k: v[order] for k, v in column.items()}, clipped, problem) for clipped in (False, True)]
    found = [None] * len(order)
    for place, i in enumerate(order):
        n = column["updates"][i] + 1
        w, b, norm, loss = (np.array([path[k][place, :n] for path in paths]) for k in range(4))
        described = []
        for k in (0, 1):
            outside = np.flatnonzero((w[k] < 3) | (w[k] > 6) | (b[k] < -3.5) | (b[k] > -1))
            leaves = int(outside[0]) if len(outside) else None
            described.append(
                Path(
                    largest=norm[k].max(),
                    used=norm[k, :-1].max(),
                    over=int((norm[k, :-1] > column["clip"][i]).sum()),
                    loss=loss[k, -1],
                    leaves=leaves,
                    leaving=norm[k, leaves - 1] if leaves else None,
                    longest_step=np.hypot(np.diff(w[k]), np.diff(b[k])).max(),
                )
            )
        found[i] = Fact(*described, bool((w[0] == w[1]).all() and (b[0] == b[1]).all()))
    return found


def walk(column, clipped, problem):
    """All descents at once; the gradient by backpropagation, other than in the explorer."""
    n, most = len(column["w"]), column["updates"].max()
    w, b = column["w"].copy(), column["b"].copy()
    places = np.full((4, n, most + 1), np.nan)
    for update in range(most + 1):
        active = int((column["updates"] >= update).sum())
        loss, grad_w, grad_b = gradient(w[:active], b[:active], column["T"][:active], problem)
        norm = np.hypot(grad_w, grad_b)
        places[:, :active, update] = w[:active], b[:active], norm, loss
        clip = column["clip"][:active]
        size = np.where(norm > clip, clip / np.maximum(norm, 1e-300), 1.0) if clipped else np.ones(active)
        eta = column["learning_rate"][:active]
        w[:active] -= eta * (size * grad_w)
        b[:active] -= eta * (size * grad_b)
    return places


def gradient(w, b, T, problem):
    order = np.argsort(-T, kind="stable")
    w, b, T = w[order], b[order], T[order]
    states = [np.full(len(w), problem["h0"])]
    last = states[0].copy()
    with np.errstate(over="ignore"):
        for t in range(1, T.max() + 1):
            going = np.count_nonzero(t <= T)
            h = 1 / (1 + np.exp(-(w[:going] * states[-1][:going] + b[:going])))
            states.append(h)
            last[:going] = h
    error = last - problem["target"]
    back, grad_w, grad_b = (
        2 * error,
        np.zeros(len(w)),
        np.zeros(len(w)),
    )  # back is ∂L/∂h_t of those that have begun
    for t in range(T.max(), 0, -1):
        going = len(states[t])
        h = states[t]
        delta = back[:going] * h * (1 - h)
        grad_w[:going] += delta * states[t - 1][:going]
        grad_b[:going] += delta
        back[:going] = delta * w[:going]
    result = np.empty((3, len(w)))
    result[:, order] = error**2, grad_w, grad_b
    return result


def agrees(fact, measured):
    for path, numbers in ((fact.without, measured["without"]), (fact.clipped, measured["clipped"])):
        if (path.leaves, path.over if path is fact.clipped else 0) != (
            numbers["leaves"],
            numbers["shortened"],
        ):
            return False
        for mine, name in ((path.largest, "largest"), (path.used, "used"), (path.loss, "loss")):
            if abs(mine - numbers[name]) > 1e-7 * abs(mine) + 1e-13:
                return False
    return True


def assert_sensitive(chosen, found, problem):
    """Where the page measures otherwise, a start that is moved by 10⁻¹² must lead elsewhere as well."""
    moved = facts([{**each, "w": each["w"] * (1 + 1e-12)} for each in chosen], problem, None)
    for each, fact, other in zip(chosen, found, moved, strict=True):
        ends = [(path.loss, path.largest) for path in (*fact[:2], *other[:2])]
        assert not np.allclose(ends[:2], ends[2:], rtol=1e-9, atol=1e-15), each


def as_measured(fact, measured):
    """What the page's own path shows: a descent that meets the cliff multiplies rounding errors each time."""
    paths = []
    for name in ("without", "clipped"):
        numbers = measured[name]
        over = numbers["shortened"] if name == "clipped" else getattr(fact, name).over
        paths.append(
            getattr(fact, name)._replace(
                over=over, **{k: numbers[k] for k in ("largest", "used", "loss", "leaves", "leaving")}
            )
        )
    return Fact(*paths, paths[1].over == 0)


def claim_loss(match, exact):
    text = match["loss"]
    if text is None:
        claim(exact < 1e-12, f"a loss below 1e-12: {exact}")
    else:
        claim_digits(text, exact, "loss")


LOSS = rf"(?:a loss of (?P<loss>{NUMBER})|a loss below 10⁻¹²)"


def check(each, fact, said):
    check_verdict(said["verdict"], each, fact)
    for path, leaves in zip((fact.without, fact.clipped), said["leaves"], strict=True):
        claim(leaves == ("never" if path.leaves is None else f"update {path.leaves}"), leaves)
    text = said["summary"].removeprefix(said["verdict"])
    number = rf"({NUMBER}|{LEAST})"
    pattern = rf" Without clipping: longest gradient {number}, loss at the end {number}\."
    pattern += pattern.replace("Without", "With")
    found = re.fullmatch(pattern, text).groups()
    exact = (fact.without.largest, fact.without.loss, fact.clipped.largest, fact.clipped.loss)
    for shown, number in zip(found, exact, strict=True):
        claim_digits(shown, number, "summary")


def check_verdict(text, each, fact):
    without, clipped = fact.without, fact.clipped
    c = rf"c = (?P<clip>{NUMBER})"
    bound = rf"no step is longer than ηc = (?P<bound>{NUMBER})"
    if found := take(rf"Clipping at {c} never acts: no gradient that is used is longer\.", text):
        claim(without.used <= each["clip"] and clipped.used <= each["clip"], "a used gradient is longer")
        where = (
            r"Both paths are the same: they (?P<where>stay on the map|leave the map at update (?P<at>\d+))"
        )
        match, rest = take(rf"{where} and end at {LOSS}\.", found[1])
        claim(fact.same, "the paths differ")
        at = None if match["at"] is None else int(match["at"])
        claim(without.leaves == at == clipped.leaves, "where they go")
        for path in (without, clipped):
            claim_loss(match, path.loss)
    elif found := take(
        rf"Without clipping, (?:a gradient of length (?P<length>{NUMBER})|a gradient shorter than 10⁻¹²) "
        r"leads off the map at update (?P<at>\d+)\.",
        text,
    ):
        claim(without.leaves == int(found[0]["at"]), "where the descent leaves")
        claim_digits(found[0]["length"], without.leaving, "the gradient that leads off")
        claim(clipped.over > 0, "clipped, although clipping never acts")
        rest = found[1]
        if found := take(
            rf"Clipped at {c}, the descent leaves it too, at update (?P<at>\d+); {bound}\.", rest
        ):
            claim(clipped.leaves == int(found[0]["at"]), "where the clipped descent leaves")
        else:
            found = take(
                rf"Clipped at {c}, {bound}, and the descent stays for (?P<n>\d+) updates?: "
                rf"it ends at {LOSS}\.",
                rest,
            )
            claim(clipped.leaves is None and int(found[0]["n"]) == each["updates"], "it stays")
            claim_loss(found[0], clipped.loss)
        match, rest = found
        claim_digits(match["bound"], each["learning_rate"] * each["clip"], "ηc")
        claim(clipped.longest_step <= each["learning_rate"] * each["clip"] * (1 + 1e-9), "a step is longer")
    elif found := take(
        r"Here it is the clipped descent that leaves the map, at update (?P<at>\d+); "
        r"the one without clipping stays\.",
        text,
    ):
        match, rest = found
        claim(clipped.leaves == int(match["at"]) and without.leaves is None, "the clipped one alone")
    else:
        match, rest = take(
            r"Both descents stay on the map\. Clipping shortens (?P<over>\d+) of (?P<n>\d+) gradients?, "
            rf"(?P<most>the longest )?from (?:(?P<longest>{NUMBER}) to|just above) {c}\.",
            text,
        )
        claim(without.leaves is None and clipped.leaves is None, "both stay")
        claim(int(match["over"]) == clipped.over > 0 and int(match["n"]) == each["updates"], "how many")
        claim((match["most"] is None) == (clipped.over == 1), "the longest")
        claim(clipped.used > each["clip"], "shortened")
        if match["longest"] is None:
            claim(clipped.used < 1.2 * each["clip"], "just above")
        else:
            claim_digits(match["longest"], clipped.used, "the longest")
            claim(digits(match["longest"]) > digits(match["clip"]), "not longer, in the digits shown")
        number = rf"{NUMBER}|{LEAST}"
        if found := take(
            rf"With it the descent ends at a (?P<side>\w+) loss: (?P<cut>{number}) "
            rf"against (?P<plain>{number})\.",
            rest,
        ):
            claim(match := found[0], "")
            claim_digits(match["cut"], clipped.loss, "with clipping")
            claim_digits(match["plain"], without.loss, "without clipping")
            lower = digits(match["cut"]) < digits(match["plain"])
            higher = digits(match["cut"]) > digits(match["plain"])
            claim(
                match["side"] == "lower" if lower else higher and match["side"] == "higher", "which is lower"
            )
            rest, match = found[1], None
        else:
            found = take(rf"Both end at {LOSS}\.", rest)
            for path in (without, clipped):
                claim_loss(found[0], path.loss)
            rest, match = found[1], None
    if match is not None and "clip" in match.groupdict():
        claim_number(match["clip"], each["clip"], "c")
        claim(value(match["clip"])[1] == 0.005, "two decimals of c")
    claim(rest == "", f"more is said: {rest}")


def python_words(each, measured):
    """What the Python side says of the same measurement, by the names of said.json."""
    from rnn_widgets.cliff import words

    paths = [
        words.Descent(**{name: measured[key][name] for name in words.Descent._fields})
        for key in ("without", "clipped")
    ]
    rest = {name: each[name] for name in ("clip", "learning_rate", "updates")}
    return {"verdict": words.verdict(*paths, **rest)}
