"""The triangle's settings, what is true in each of them, and whether its sentences say that."""

import re
from typing import NamedTuple

import numpy as np
from claims import NUMBER, SIGNS, claim, claim_number, value
from javascript import room

import rnn_core
from rnn_widgets import TriangleExplorer
from rnn_widgets.triangle.networks import NETWORKS, problem
from rnn_widgets.triangle.networks import carried as carried_of

vectors = room("triangle", "vectors")
OTHERWISE = 0.0  # rounding decides nothing here
T, OTHERS = 9, 40
N = rf"({NUMBER})"


def made_up():
    """Networks in which something is 0: the gradient, the matrix, or all that a narrow band keeps."""
    draw = np.random.default_rng(5).uniform
    h, W, rows = draw(-0.9, 0.9, (T + 1, 2)), draw(-1, 1, (2, 2)), draw(-1, 1, (T, 2))
    silent = h.copy()
    silent[T - 1] = 0.0
    last = np.where(np.arange(1, T + 1)[:, None] == T, rows, 0.0)
    calm = np.zeros_like(h)
    calm[0] = 0.5
    every = {
        "no gradient": (h, W, 0 * rows),
        "no matrix": (h, 0 * W, rows),
        "nothing kept": (silent, W, last),
        "against": (np.full((T + 1, 2), 0.5), -4 * np.eye(2), np.ones((T, 2))),
        "orthogonal": (calm, np.array([[0.0, -1.0], [1.0, 0.0]]), rows),
    }
    return {
        name: {"h": a.ravel().tolist(), "W": b.ravel().tolist(), "rows": c.ravel().tolist()}
        for name, (a, b, c) in every.items()
    }


def carried():
    """Return what the browser's program is given: both networks, random ones, and those made up."""
    rng = np.random.default_rng(4)
    others = {
        f"other {i}": carried_of(vectors.any_problem(rng, T, int(rng.integers(1, 6)))) for i in range(OTHERS)
    }
    return {"networks": {**{name: carried_of(problem(name)) for name in NETWORKS}, **others, **made_up()}}


def settings(count, rng):
    """Return each entry with each sum, each cut, random settings, and guesses at the first state."""
    steps = range(1, T + 1)
    names = [*NETWORKS, *(f"other {i}" for i in range(OTHERS)), *made_up()]
    make = dict
    cuts = [(tau, cut) for tau in steps for cut in ("band", "windows")]
    grid = [
        make(network=network, t=t, k=k, sum=sum_, tau=tau, cut=cut)
        for network in NETWORKS
        for t in steps
        for k in steps
        for sum_ in vectors.SUMS
        for tau, cut in ((9, "band"), (4, "windows"))
    ]
    grid += [
        make(network=network, t=t, k=k, sum=sum_, tau=tau, cut=cut)
        for network in (*NETWORKS, *made_up())
        for t, k in ((9, 2), (4, 4))
        for sum_ in vectors.SUMS
        for tau, cut in cuts
    ]
    drawn = [vectors.any_settings(rng, T, str(rng.choice(names))) for _ in range(count)]
    first = TriangleExplorer().settings
    return grid + drawn + [{**first, "guess": tau} for tau in steps]


class Base(NamedTuple):
    """What is true of a network."""

    terms: np.ndarray
    norms: np.ndarray
    products: np.ndarray
    rho: float
    size: float
    lost: dict


class Fact(NamedTuple):
    """What is true of a setting."""

    base: Base
    cells: int
    ends: float
    total: float
    dropped: int
    short: int
    kept: np.ndarray


def analyse(name, data):
    """Multiply each term of Equation (11) out, as it stands."""
    m = round(len(data["W"]) ** 0.5)
    h, W, rows = (np.array(data[key]).reshape(-1, m) for key in ("h", "W", "rows"))
    slope = 1 - h[1:] ** 2
    J = [rnn_core.equations.jacobian(W, each) for each in slope]
    terms, products = np.zeros((T, T, m, m)), np.ones((T, T))
    for t in range(1, T + 1):
        for k in range(1, t + 1):
            product = rnn_core.equations.jacobian_product(J, t, k) if k < t else np.eye(m)
            terms[t - 1, k - 1] = np.outer(rows[t - 1] @ product * slope[k - 1], h[k - 1])
            products[t - 1, k - 1] = np.linalg.norm(product, 2)
    if name in NETWORKS:
        assert np.allclose(terms, rnn_core.lag_contributions(*problem(name)), rtol=0, atol=1e-12)
    size = float(np.linalg.norm(terms.sum(axis=(0, 1))))
    lost = {
        cut: [
            float(np.linalg.norm(terms[~vectors.kept(T, cut, w)].sum(axis=0))) / size if size else None
            for w in range(1, T + 1)
        ]
        for cut in ("band", "windows")
    }
    norms = np.linalg.norm(terms, axis=(2, 3))
    return Base(terms, norms, products, float(np.linalg.norm(W, 2)), size, lost)


def facts(all_settings, carried, _measured):
    """Add up and cut, by masks over all pairs."""
    bases = {name: analyse(name, data) for name, data in carried["networks"].items()}
    stays = {(cut, tau): vectors.kept(T, cut, tau) for cut in ("band", "windows") for tau in range(1, T + 1)}
    inside = np.tri(T, dtype=bool)
    for each in all_settings:
        base = bases[each["network"]]
        chosen, stay = vectors.members(T, each), stays[each["cut"], each["tau"]]
        yield Fact(
            base,
            int(chosen.sum()),
            float(base.norms[chosen].sum()),
            float(np.linalg.norm(base.terms[chosen].sum(axis=0))),
            int((inside & ~stay).sum()),
            int((inside & ~stay & stays["band", each["tau"]]).sum()),
            base.terms[stay].sum(axis=0),
        )


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    close = {"rtol": 1e-10, "atol": 1e-12}
    return (
        len(measured["cells"]) == fact.cells
        and np.allclose([measured["ends"], measured["total"]], [fact.ends, fact.total], **close)
        and np.allclose(measured["size"], fact.base.size, **close)
        and measured["cut"]["dropped"] == fact.dropped
    )


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def claim_length(text, exact, what):
    """A length with three significant digits; only 0 is shown as 0, but for rounding."""
    if text == "0":
        return claim(exact < 1e-15, f"{what}: {exact} is not 0")
    if exact < 1e-14:
        return claim(value(text)[0] < 1e-14, f"{what}: {text} is not {exact}")
    return claim_number(text, exact, what, figures=3)


def claim_power(text, lag):
    """ρ to a power."""
    claim(text == "ρ" if lag == 1 else int(text[1:].translate(SIGNS)) == lag, f"{text} for the lag {lag}")


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    rest = check_chosen(said["verdict"], each, fact)
    check_loss(rest, each, fact)
    check_summary(said["summary"], each, fact)
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_chosen(text, each, fact):
    """What was chosen and what it adds up to; what follows is left."""
    if each["sum"] == "cell":
        return check_term(text, each, fact)
    t, k = each["t"], each["k"]
    if found := re.match(r"No loss asks anything of a later step: this diagonal is empty\. ", text):
        claim(each["sum"] == "diagonal" and t < k and fact.cells == 0, "an empty diagonal")
        return text[found.end() :]
    heads = {
        "row": rf"Row {t}, all that loss {t} asks for: ",
        "column": rf"Column {k}, all that is asked of W_hh at step {k}: ",
        "diagonal": "Lag 0, what each loss asks of its own step: "
        if t == k
        else rf"Lag {t - k}, what is asked {t - k} steps? ahead of a loss: ",
        "all": "All of it: ",
    }
    found = re.match(heads[each["sum"]], text)
    claim(found is not None, "which terms these are")
    text = text[found.end() :]
    if found := re.match(rf"1 term, {N} long\. ", text):
        claim(fact.cells == 1, "one term")
        claim_length(found[1], fact.total, "its length")
        return text[found.end() :]
    found = re.match(
        rf"(\d+) terms, {N} long if laid end to end; their sum(, the gradient,)? is {N} long\. ", text
    )
    claim(int(found[1]) == fact.cells > 1, "how many terms")
    claim_length(found[2], fact.ends, "laid end to end")
    claim_length(found[4], fact.total, "their sum")
    claim((found[3] is not None) == (each["sum"] == "all"), "what their sum is")
    if found[3]:
        claim(abs(fact.total - fact.base.size) < 1e-12, "the gradient")
    text = text[found.end() :]
    found = re.match(
        r"One loss at a time they take (\d+) products with W_hhᵀ; added on the way back, (\d+)\. ", text
    )
    first = {"column": k, "all": 1}.get(each["sum"])
    single = None if first is None else sum(loss - first for loss in range(first, T + 1))
    claim((found is not None) == (first is not None and single > T - first), "whether adding saves anything")
    if found:
        claim(int(found[1]) == single, f"{found[1]} products are not {single}")
        claim(int(found[2]) == T - first, f"{found[2]} products are not {T - first}")
        text = text[found.end() :]
    return text


def check_term(text, each, fact):
    """One term."""
    t, k, base = each["t"], each["k"], fact.base
    if found := re.match(r"Step (\d+) comes after loss (\d+): no path leads .*?, so the entry is 0\. ", text):
        claim((int(found[1]), int(found[2])) == (k, t) and k > t, "no path")
        claim(fact.total == 0, "the entry")
        return text[found.end() :]
    own = rf"loss {t} and the use of W_hh at its own step, with no Jacobian between them"
    past = (
        rf"the row of loss {t} goes back past "
        rf"(?:(?P<one>1) Jacobian\. It has|(?P<many>\d+) Jacobians\. Their product has) "
        rf"norm (?P<norm>{NUMBER}), at most (?P<power>ρ[⁰¹²³⁴⁵⁶⁷⁸⁹]*) = (?P<bound>{NUMBER})"
    )
    found = re.match(
        rf"C\({t}, {k}\): (?:(?P<own>{own})|{past}); the term is {N} long, the gradient {N}\. ", text
    )
    claim(found is not None and t >= k, f"not the term ({t}, {k})")
    claim((found["own"] is not None) == (t == k), "whether a Jacobian lies between")
    if not found["own"]:
        claim(int(found["one"] or found["many"]) == t - k, "how many Jacobians")
        norm, bound = float(base.products[t - 1, k - 1]), base.rho ** (t - k)
        claim_length(found["norm"], norm, "the product")
        claim_power(found["power"], t - k)
        claim_length(found["bound"], bound, "its bound")
        claim(norm <= bound * (1 + 1e-9), "the bound")
    *_, term, gradient = found.groups()
    claim_length(term, float(base.norms[t - 1, k - 1]), "the term")
    claim_length(gradient, base.size, "the gradient")
    return text[found.end() :]


def claim_cosine(text, exact):
    """A cosine with three decimals."""
    if text == "1":
        claim(exact > 1 - 1e-8, f"the cosine {exact} is not 1")
    elif text == "above 0.999":
        claim(0.999 < exact < 1 - 1e-10, f"the cosine {exact}")
    else:
        claim(abs(float(text.replace("−", "-")) - exact) <= 0.00051, f"the cosine {text} is not {exact}")
        claim(text != "1.000", "shown as 1")


def check_loss(text, each, fact):
    """What the cut loses."""
    tau, size = each["tau"], fact.base.size
    if text == "Nothing is cut.":
        return claim(fact.dropped == 0, "something is cut")
    if each["cut"] == "band":
        head = rf"The cut drops the (?:term of lag {tau}|(?P<many>\d+) terms of lag {tau} and more)"
    else:
        short = rf"(?:, (?P<short>\d+) of them of lags below {tau})?"
        head = rf"Windows of {tau} steps? drop (?P<many>\d+) terms?{short}"
    found = re.match(head, text)
    claim(found is not None, "what is cut")
    claim(int(found["many"] or 1) == fact.dropped > 0, "how many are cut")
    if each["cut"] == "windows":
        claim(int(found["short"] or 0) == fact.short, "how many short ones")
        claim((found["short"] is not None) == (fact.short > 0), "short ones")
    text = text[found.end() :]
    if text == "; the gradient is 0.":
        return claim(size == 0, "the gradient")
    lost = fact.base.lost[each["cut"]][tau - 1]
    found = re.fullmatch(
        rf": what is lost is {N} times as long as the gradient, "
        rf"(?:(nothing is kept)|what is kept {N} times, with cosine (.*))\.",
        text,
    )
    claim_length(found[1], lost, "what is lost")
    ratio = float(np.linalg.norm(fact.kept)) / size
    claim((found[2] is not None) == (ratio < 1e-15), "whether something is kept")
    if not found[2]:
        gradient = fact.base.terms.sum(axis=(0, 1))
        claim_length(found[3], ratio, "what is kept")
        claim_cosine(found[4], float((fact.kept * gradient).sum()) / size / (ratio * size))
    return None


def check_summary(text, each, fact):
    """The short form, which is read out."""
    t, k = each["t"], each["k"]
    what = {
        "cell": f"term {t}, {k}",
        "row": f"row {t}",
        "column": f"column {k}",
        "diagonal": f"lag {t - k}".replace("-", "−"),
        "all": "all terms",
    }
    cut = {"band": "band", "windows": "cut into windows"}[each["cut"]]
    head = rf"The {each['network']} network, {what[each['sum']]}: length {N}\. "
    start = rf"{head}A {cut} with τ = {each['tau']} drops "
    found = re.fullmatch(rf"{start}(?:(nothing)|(\d+) terms?(?:, {N} of the gradient's length)?)\.", text)
    claim(found is not None, "what is seen")
    claim_length(found[1], fact.total, "the sum")
    claim((found[2] is not None) == (fact.dropped == 0), "whether something is dropped")
    if not found[2]:
        claim(int(found[3]) == fact.dropped, "how many are dropped")
        lost = fact.base.lost[each["cut"]][each["tau"] - 1]
        claim((found[4] is not None) == (lost is not None), "whether there is a gradient")
        if found[4]:
            claim_length(found[4], lost, "what is lost")


def check_tasks(said, each, fact):
    """Each task is solved where it is, and only there."""
    cancel, shortest, windows = said
    tau, lost = each["tau"], fact.base.lost
    line = each["sum"] in ("row", "column", "diagonal")
    claim((cancel is not None) == (line and fact.cells >= 3 and fact.total < 0.4 * fact.ends), "task: cancel")
    if cancel:
        found = re.fullmatch(
            rf"The (\d+) terms measure {N}, their sum only {N}: they point in different directions\.", cancel
        )
        claim(int(found[1]) == fact.cells, "how many")
        claim_length(found[2], fact.ends, "laid end to end")
        claim_length(found[3], fact.total, "their sum")
    right = each["network"] == "trained" and each["cut"] == "band" and lost["band"][tau - 1] <= 0.1
    right = right and all(share > 0.1 for share in lost["band"][: tau - 1])
    claim((shortest is not None) == right, "task: shortest")
    if shortest:
        found = re.fullmatch(rf"With τ = (\d), {N} is lost; with τ = (\d) it would be {N}\.", shortest)
        claim((int(found[1]), int(found[3])) == (tau, tau - 1), "which τ")
        claim_length(found[2], lost["band"][tau - 1], "lost")
        claim_length(found[4], lost["band"][tau - 2], "lost with one less")
    band, cut = lost["band"][tau - 1], lost["windows"][tau - 1]
    wide = each["cut"] == "windows" and band is not None and band > 1e-7 and cut >= 5 * band
    claim((windows is not None) == wide, "task: windows")
    if windows:
        found = re.fullmatch(
            rf"Windows of (\d) lose {N}, the band {N}: they also drop (\d+) terms of lags below (\d)\.",
            windows,
        )
        claim((int(found[1]), int(found[5])) == (tau, tau), "which τ")
        claim_length(found[2], cut, "lost by windows")
        claim_length(found[3], band, "lost by the band")
        claim(int(found[4]) == fact.short > 0, "short ones")


def check_gap(text, each, fact):
    """What is said of a guess."""
    found = re.fullmatch(
        rf"You cut at τ = (\d), and that loses {N} of the gradient's length, (no )?more than a tenth\. "
        rf"(?:(No shorter band will do)|The shortest band that will do is τ = (\d)): "
        rf"(\d) Jacobians of norm at most ρ = {N} leave a row at most {N} of its length\.",
        text,
    )
    guess, lost = each["guess"], fact.base.lost["band"]
    least = min(tau for tau in range(1, T + 1) if lost[tau - 1] <= 0.1)
    claim(int(found[1]) == guess, "the guess")
    claim_length(found[2], lost[guess - 1], "what it loses")
    claim((found[3] is not None) == (lost[guess - 1] <= 0.1), "whether that is too much")
    claim(found[4] is not None if guess == least else int(found[5]) == least, "the shortest band")
    claim(int(found[6]) == least, "its lag")
    claim_length(found[7], fact.base.rho, "ρ")
    claim_length(found[8], fact.base.rho**least, "the bound")
    ofs = [fact.base.products[t, t - least] for t in range(least, T)]
    claim(max(ofs) <= fact.base.rho**least * (1 + 1e-9), "the bound holds")
