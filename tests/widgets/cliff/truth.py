"""The clipping explorer's settings, what is true in each of them, and whether its sentences say that."""

import itertools
import re
from typing import NamedTuple

import numpy as np
from claims import LEAST, NUMBER, claim, claim_digits, claim_number, digits, take, value

from rnn_widgets import ClippingExplorer

# The share of settings that rounding may decide, where a network or a descent multiplies it at each step.
OTHERWISE = 0.12
NAMES = ("w", "b", "learning_rate", "clip", "updates", "T", "update", "paths")
PATHS = ("both", "unclipped", "clipped")
PROBLEM = ClippingExplorer().problem
CORNERS = (  # where an explorer once said what is not so: identical paths, and equal losses
    (3.0, -3.0, 1.0, 0.2, 1, 2),
    (3.0, -3.5, 1.0, 0.05, 300, 1),
    (4.0, -1.0, 0.4, 0.05, 100, 50),
    (5.0, -2.0, 0.2, 0.2, 100, 50),
    (6.0, -1.0, 1.0, 2.0, 300, 100),
)
FIRST = ClippingExplorer().settings


def grid():
    for corner in (*CORNERS, tuple(FIRST[name] for name in NAMES[:6])):
        for update, paths in itertools.product((0, 1, 2, 15, 21, 22, 99, 100, 300), PATHS):
            yield *corner, update, paths
    wall = np.round(np.arange(4.1, 4.6, 0.02), 2)  # where the very first step is long
    for w, b, update, paths in itertools.product(wall, (-2.07, -2.1, -2.16, -2.26, -2.3), (0, 1, 300), PATHS):
        yield w, b, 0.4, 0.2, 100, 50, update, paths
    for i, each in enumerate(product()):
        yield *each, (300, 300, 1, 7, 24)[i % 5], PATHS[(0, 0, 1, 2)[i % 4]]


def product():
    yield from itertools.product(
        (3.0, 3.6, 4.2, 4.6, 5.0, 6.0),
        (-3.5, -2.6, -2.2, -1.6, -1.0),
        (0.01, 0.4, 1.0),
        (0.05, 0.2, 2.0),
        (1, 2, 25, 100),
        (1, 2, 9, 50, 100),
    )


def at_random(count, rng):
    for i in range(count):
        w, b, eta, clip = rng.uniform((3, -3.5, 0.01, 0.05), (6, -1, 1, 2 if i % 2 else 0.4))
        if i % 4:
            w, b, eta, clip = np.round((w, b, eta, clip), 2).tolist()
        updates = int(rng.integers(1, 301 if i % 3 else 40))
        update = 300 if i % 2 else int(rng.integers(0, updates + 2))
        yield w, b, eta, clip, updates, int(rng.integers(1, 101)), update, PATHS[int(rng.integers(3))]


def settings(count, rng):
    chosen = [*grid(), *at_random(count, rng)]
    guesses = [{**FIRST, "guess": guess / 50} for guess in range(-200, 201)]
    return guesses + [dict(zip(NAMES, map(_plain, values), strict=True)) for values in chosen]


def _plain(value):
    return value if isinstance(value, int | str) else float(value)


def carried():
    return PROBLEM


class Path(NamedTuple):
    """What is true of a descent, as far as it is shown."""

    first: tuple  # length of the gradient and loss at the start
    norm: float  # at the last place
    largest: float  # of all gradients
    used: float  # of all but the last
    over: int  # how many of the used ones are longer than c
    loss: float
    leaves: int | None
    leaving: float | None
    longest_step: float


class Fact(NamedTuple):
    k: int  # so many updates are shown
    without: Path
    clipped: Path
    same: bool  # whether both paths are one


def facts(all_settings, problem, measured):
    column = {name: np.array([each[name] for each in all_settings]) for name in NAMES[:-1]}
    column["updates"] = np.minimum(column["updates"], column["update"])  # what is said is of what is shown
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
                    first=(norm[k, 0], loss[k, 0]),
                    norm=norm[k, -1],
                    largest=norm[k].max(),
                    used=norm[k, :-1].max(initial=0.0),
                    over=int((norm[k, :-1] > column["clip"][i]).sum()),
                    loss=loss[k, -1],
                    leaves=leaves,
                    leaving=norm[k, leaves - 1] if leaves else None,
                    longest_step=np.hypot(np.diff(w[k]), np.diff(b[k])).max(initial=0.0),
                )
            )
        found[i] = Fact(n - 1, *described, bool((w[0] == w[1]).all() and (b[0] == b[1]).all()))
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
        for name in ("largest", "used", "loss", "norm"):
            mine = getattr(path, name)
            if abs(mine - numbers[name]) > 1e-7 * abs(mine) + 1e-13:
                return False
    return fact.k == measured["k"]


def assert_sensitive(chosen, found, problem):
    """Where the page measures otherwise, a start that is moved by 10⁻¹² must lead elsewhere as well."""
    moved = facts([{**each, "w": each["w"] * (1 + 1e-12)} for each in chosen], problem, None)
    for each, fact, other in zip(chosen, found, moved, strict=True):
        ends = [(path.loss, path.largest) for path in (*fact[1:3], *other[1:3])]
        assert not np.allclose(ends[:2], ends[2:], rtol=1e-9, atol=1e-15), each


def as_measured(fact, measured):
    """What the page's own path shows: a descent that meets the cliff multiplies rounding errors each time."""
    paths = []
    for name in ("without", "clipped"):
        numbers = measured[name]
        over = numbers["shortened"] if name == "clipped" else getattr(fact, name).over
        paths.append(
            getattr(fact, name)._replace(
                over=over, **{k: numbers[k] for k in ("largest", "used", "loss", "norm", "leaves", "leaving")}
            )
        )
    return Fact(fact.k, *paths, paths[1].over == 0)


def claim_loss(match, exact):
    text = match["loss"]
    if text is None:
        claim(exact < 1e-12, f"a loss below 1e-12: {exact}")
    else:
        claim_digits(text, exact, "loss")


LOSS = rf"(?:a loss of (?P<loss>{NUMBER})|a loss below 10⁻¹²)"
LENGTH = rf"(?:a gradient of length (?P<length>{NUMBER})|a gradient shorter than 10⁻¹²)"
C = rf"c = (?P<clip>{NUMBER})"
BOUND = rf"no step is longer than ηc = (?P<bound>{NUMBER})"
AFTER = r"[Aa]fter (?P<k>\d+)(?: of (?P<of>\d+))? updates?"
GONE = rf"Without clipping, {LENGTH} led off the map at update (?P<at>\d+)\."
NOT_ACTED = rf"{AFTER} clipping at {C} has not acted: no gradient that was used is longer\."
WHERE = r"(?:stayed on the map|left the map at update (?P<at>\d+))"
CUT = (
    r"Clipping shortened (?P<over>\d+) of (?P<n>\d+) gradients?, "
    rf"(?P<most>the longest )?from (?:(?P<longest>{NUMBER}) to|just above) {C}"
)
SHOWN = {"both": [True, True], "unclipped": [True, False], "clipped": [False, True]}


def check(each, fact, said):
    claim(said["shown"] == SHOWN[each["paths"]], "what is shown")
    check_verdict(said["verdict"], each, fact)
    for path, leaves in zip((fact.without, fact.clipped), said["leaves"], strict=True):
        claim(leaves == ("no" if path.leaves is None else f"update {path.leaves}"), leaves)
    rest = said["summary"].removeprefix(said["verdict"])
    number = rf"({NUMBER}|{LEAST})"
    for shown, name, path in zip(
        SHOWN[each["paths"]], ("Without", "With"), (fact.without, fact.clipped), strict=True
    ):
        found = re.match(rf" {name} clipping: longest gradient {number}, loss {number}\.", rest)
        claim((found is not None) == shown, "summary")
        if found:
            claim_digits(found[1], path.largest, "summary")
            claim_digits(found[2], path.loss, "summary")
            rest = rest[found.end() :]
    claim(rest == "", f"more is said: {rest}")
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def claim_after(match, each, fact):
    """So many updates are shown, and of how many is said where they are not all."""
    claim(int(match["k"]) == fact.k, "how many updates are shown")
    of = fact.k if match["of"] is None else int(match["of"])
    claim(of == each["updates"] and (match["of"] is None) == (fact.k == each["updates"]), "of how many")


def claim_clip(match, each):
    claim_number(match["clip"], each["clip"], "c")
    claim(value(match["clip"])[1] == 0.005, "two decimals of c")


def claim_bound(match, each, fact):
    bound = each["learning_rate"] * each["clip"]
    claim_digits(match["bound"], bound, "ηc")
    claim(fact.clipped.longest_step <= bound * (1 + 1e-9), "a step is longer")


def claim_at(match, leaves, what):
    claim(leaves == (None if match["at"] is None else int(match["at"])), what)


def claim_cut(match, each, fact):
    """How many gradients were shortened, and from what."""
    path = fact.clipped
    claim_clip(match, each)
    claim(int(match["over"]) == path.over > 0 and int(match["n"]) == fact.k, "how many")
    claim((match["most"] is None) == (path.over == 1), "the longest")
    claim(path.used > each["clip"], "shortened")
    if match["longest"] is None:
        claim(path.used < 1.2 * each["clip"], "just above")
    else:
        claim_digits(match["longest"], path.used, "the longest")
        claim(digits(match["longest"]) > digits(match["clip"]), "not longer, in the digits shown")


def check_verdict(text, each, fact):
    without, clipped, paths = fact.without, fact.clipped, each["paths"]
    if found := re.fullmatch(rf"No update yet: the start has {LOSS} and {LENGTH}\.", text):
        claim(fact.k == 0, "no update yet")
        claim_loss(found, without.first[1])
        return claim_digits(found["length"], without.first[0], "the start's gradient")
    claim(fact.k > 0, "an update, before the first")
    if found := re.fullmatch(
        rf"{NOT_ACTED} (?P<who>Both paths.*?they|The descent) {WHERE} and (?:are|is) at {LOSS}\.", text
    ):
        claim(paths != "unclipped" and ("Both" in found["who"]) == (paths == "both"), "who is shown")
        claim_after(found, each, fact)
        claim_clip(found, each)
        claim(without.used <= each["clip"] and clipped.used <= each["clip"], "a used gradient is longer")
        claim(fact.same, "the paths differ")
        for path in (without, clipped):
            claim_at(found, path.leaves, "where they go")
            claim_loss(found, path.loss)
        return None
    if paths != "unclipped":
        claim(clipped.over > 0, "clipped, although clipping never acts")
    return {"both": check_both, "unclipped": check_unclipped, "clipped": check_clipped}[paths](
        text, each, fact
    )


def check_both(text, each, fact):
    without, clipped = fact.without, fact.clipped
    if found := take(GONE, text):
        claim_at(found[0], without.leaves, "where the descent leaves")
        claim_digits(found[0]["length"], without.leaving, "the gradient that leads off")
        rest = found[1]
        if found := re.fullmatch(
            rf"Clipped at {C}, the descent left it too, at update (?P<at>\d+); {BOUND}\.", rest
        ):
            claim_at(found, clipped.leaves, "where the clipped descent leaves")
        else:
            found = re.fullmatch(
                rf"Clipped at {C}, {BOUND}, and {AFTER} the descent is still on the map, at {LOSS}\.", rest
            )
            claim(clipped.leaves is None, "it stays")
            claim_after(found, each, fact)
            claim_loss(found, clipped.loss)
        claim_clip(found, each)
        return claim_bound(found, each, fact)
    if found := re.fullmatch(
        r"Here it is the clipped descent that left the map, at update (?P<at>\d+); "
        r"the one without clipping stayed\.",
        text,
    ):
        claim_at(found, clipped.leaves, "the clipped one alone")
        return claim(without.leaves is None, "the clipped one alone")
    match, rest = take(rf"Both descents stayed on the map\. {CUT}\.", text)
    claim(without.leaves is None and clipped.leaves is None, "both stay")
    claim_cut(match, each, fact)
    number = rf"{NUMBER}|{LEAST}"
    if found := re.fullmatch(
        rf"{AFTER} the clipped one is at the (?P<side>\w+) loss: (?P<cut>{number}) "
        rf"against (?P<plain>{number})\.",
        rest,
    ):
        claim_digits(found["cut"], clipped.loss, "with clipping")
        claim_digits(found["plain"], without.loss, "without clipping")
        lower = digits(found["cut"]) < digits(found["plain"])
        higher = digits(found["cut"]) > digits(found["plain"])
        claim(found["side"] == "lower" if lower else higher and found["side"] == "higher", "which is lower")
    else:
        found = re.fullmatch(rf"{AFTER} both are at {LOSS}\.", rest)
        for path in (without, clipped):
            claim_loss(found, path.loss)
    return claim_after(found, each, fact)


def check_unclipped(text, each, fact):
    path = fact.without
    now = rf"{AFTER} it is at {LOSS}"
    if found := take(GONE, text):
        claim_at(found[0], path.leaves, "where it leaves")
        claim_digits(found[0]["length"], path.leaving, "the gradient that leads off")
        found = re.fullmatch(rf"{now}, with {LENGTH}\.", found[1])
        claim_digits(found["length"], path.norm, "the gradient now")
    else:
        claim(path.leaves is None, "it stays")
        found = re.fullmatch(
            rf"Without clipping the descent stayed on the map\. {now}; "
            rf"the longest that it used was {LENGTH}\.",
            text,
        )
        claim_digits(found["length"], path.used, "the longest used")
    claim_after(found, each, fact)
    claim_loss(found, path.loss)


def check_clipped(text, each, fact):
    path = fact.clipped
    match, rest = take(rf"{CUT}; {BOUND}\.", text)
    claim_cut(match, each, fact)
    claim_bound(match, each, fact)
    if found := re.fullmatch(
        rf"The descent left the map at update (?P<at>\d+); {AFTER} it is at {LOSS}\.", rest
    ):
        claim_at(found, path.leaves, "where it leaves")
    else:
        found = re.fullmatch(rf"{AFTER} the descent is still on the map, at {LOSS}\.", rest)
        claim(path.leaves is None, "still on the map")
    claim_after(found, each, fact)
    claim_loss(found, path.loss)


def check_tasks(said, each, fact):
    """Each task is solved where it is, and its reason is true."""
    throw, rescue, loose = said
    without, clipped = fact.without, fact.clipped
    number = rf"({NUMBER})"
    step = each["learning_rate"] * without.first[0]
    claim((throw is not None) == (each["paths"] != "clipped" and fact.k > 0 and step > 3), "task: throw")
    if throw:
        found = re.fullmatch(
            rf"The gradient there has length {number}, the step {number}: the map is {number} wide\.", throw
        )
        claim_digits(found[1], without.first[0], "the first gradient")
        claim_digits(found[2], step, "the first step")
        claim(found[3] == "3", "the map's width")
    done = fact.k == each["updates"] and clipped.first[1] > 0.2 and clipped.loss < 0.01
    done = done and clipped.leaves is None and clipped.over > 0 and each["paths"] != "unclipped"
    claim((rescue is not None) == done, "task: rescue")
    if rescue:
        found = re.fullmatch(
            rf"From {number} to ({NUMBER}|{LEAST}): at {C} clipping shortened (\d+) of its (\d+) gradients\.",
            rescue,
        )
        claim_digits(found[1], clipped.first[1], "the first loss")
        claim_digits(found[2], clipped.loss, "the last loss")
        claim_clip(found, each)
        claim((int(found[4]), int(found[5])) == (clipped.over, fact.k), "how many")
    led = clipped.leaves is not None and clipped.leaving > each["clip"]
    claim((loose is not None) == (led and each["paths"] != "unclipped"), "task: loose")
    if loose:
        found = re.fullmatch(
            rf"A gradient of length {number} was cut to {C}, and a step of ηc = (?P<bound>{NUMBER}) "
            r"was long enough at update (?P<at>\d+)\.",
            loose,
        )
        claim_digits(found[1], clipped.leaving, "the gradient that led off")
        claim_clip(found, each)
        claim_bound(found, each, fact)
        claim_at(found, clipped.leaves, "where it leaves")


def check_gap(text, each, fact):
    """What is said of a guess of the longest gradient."""
    found = re.fullmatch(
        rf"You said (?P<said>{NUMBER})\. "
        rf"The longest gradient without clipping has length (?P<length>{NUMBER}), "
        rf"(?:(?P<close>close to that)|(?P<more>{NUMBER}) times as long|(?P<less>{NUMBER}) times shorter)\. "
        rf"Its step is η = 0\.40 times as long, (?P<step>{NUMBER}), on a map that is 3 wide\.",
        text,
    )
    said, exact = 10 ** each["guess"], fact.without.used
    claim_digits(found["said"], said, "what was said")
    claim_digits(found["length"], exact, "the longest")
    claim_digits(found["step"], 0.4 * exact, "its step")
    claim(fact.without.longest_step == max(fact.without.longest_step, 0.4 * exact * (1 - 1e-9)), "the step")
    if found["close"]:
        claim(1 / 1.5 < exact / said < 1.5, "close")
    elif found["more"]:
        claim_digits(found["more"], exact / said, "times as long")
        claim(exact / said >= 1.5, "far")
    else:
        claim_digits(found["less"], said / exact, "times shorter")
        claim(said / exact >= 1.5, "far")


def python_words(each, measured):
    """What the Python side says of the same measurement, by the names of said.json."""
    from rnn_widgets.cliff import words

    paths = [
        words.Descent(**{name: measured[key][name] for name in words.Descent._fields})
        for key in ("without", "clipped")
    ]
    rest = {name: each[name] for name in ("clip", "learning_rate", "updates", "paths")}
    return {"verdict": words.verdict(*paths, k=measured["k"], **rest)}
