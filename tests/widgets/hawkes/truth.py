"""The Hawkes explorer's settings, what is true in each of them, and whether its sentences say that."""

import itertools
from typing import NamedTuple

import numpy as np
from claims import claim, claim_number, take

from rnn_widgets import HawkesExplorer
from rnn_widgets.hawkes.explorer import EVALUATIONS

OTHERWISE = 0.0  # rounding decides nothing here
NAMES = ("mu", "alpha", "beta", "end", "evaluation", "draw")
CEILING = 50
DRAWS = 3


def grid():
    for mu, alpha, beta, end, draw in itertools.product(
        (0.05, 0.2, 0.5, 1.0),
        (0.0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95),
        (0.1, 0.5, 0.95, 1.0, 2.0, 3.0),
        (10.0, 20.0, 50.0),
        range(DRAWS),
    ):
        for evaluation in EVALUATIONS:
            yield mu, alpha, beta, end, evaluation, draw


def at_random(count, rng):
    for i in range(count):
        mu, alpha, beta, end = rng.uniform((0.05, 0, 0.1, 10), (1, 0.95, 3, 50))
        if i % 4:
            mu, alpha = np.round((mu, alpha), 2).tolist()
            beta, end = round(round(beta / 0.05) * 0.05, 2), float(round(end))
        yield (
            float(mu),
            float(alpha),
            float(beta),
            float(end),
            EVALUATIONS[i // 2 % 4],
            int(rng.integers(DRAWS)),
        )


def settings(count, rng, every=1):
    chosen = [*itertools.islice(grid(), None, None, every), *at_random(count, rng)]
    return [dict(zip(NAMES, values, strict=True)) for values in chosen]


def carried():
    return HawkesExplorer().draws


class Fact(NamedTuple):
    events: int
    expected_number: float
    distance: float | None  # of the rescaled gaps from Exp(1)
    limit: float
    truth_distance: float | None
    mean_gap: float
    even_distance: float | None  # of the gaps divided by their mean
    spread: float
    model_expects: float
    log_likelihood: float
    lost: float  # nats against the process
    peak: float
    integral: float  # of the model's kernel


def facts(all_settings, draws, measured):
    """What is true of the events that were measured; that these are the right ones is tested elsewhere."""
    known = {}
    for each, numbers in zip(all_settings, measured, strict=True):
        mu, alpha, beta, end = (each[name] for name in NAMES[:4])
        key = mu, alpha, beta, end, each["draw"]
        times = np.array(numbers["events"])
        if key not in known:
            known[key] = (times, explain(mu, alpha, beta, times, end))
        before, truth = known[key]
        assert np.array_equal(times, before)
        if each["evaluation"] == "poisson":
            process = mu / (1 - alpha), 0.0, beta
        elif each["evaluation"] == "half_beta":
            process = mu, alpha, beta / 2
        elif each["evaluation"] == "no_beta":
            process = mu, alpha / beta, beta
        else:
            process = mu, alpha, beta
        yield fact(each, times, process, truth)


def explain(mu, alpha, beta, times, end):
    """Rescaled gaps, λ at the events and just after them, Λ(end): from sums over all earlier events."""
    age = times[:, None] - times
    with np.errstate(over="ignore"):
        left = np.where(age > 0, np.exp(-beta * age), 0.0)
    rates = mu + alpha * beta * left.sum(axis=1)
    # Before event i: each earlier one has given α(1 − e^(−β age)).
    total = mu * times + alpha * np.where(age > 0, -np.expm1(-beta * np.maximum(age, 0.0)), 0.0).sum(axis=1)
    at_end = mu * end - alpha * np.expm1(-beta * (end - times)).sum()
    peak = max(mu, (rates + alpha * beta).max(initial=mu))
    return np.diff(total, prepend=0.0), rates, at_end, peak


def fact(each, times, process, truth):
    gaps, rates, at_end, _ = explain(*process, times, each["end"])
    true_gaps, true_rates, true_end, peak = truth
    log_likelihood = np.log(rates).sum() - at_end
    lost = np.log(true_rates).sum() - true_end - log_likelihood
    n = len(times)
    distances = [None] * 3
    if n:
        distances = [distance(x) for x in (gaps, true_gaps, gaps / gaps.mean())]
    a, b = each["mu"], each["beta"] * (1 - each["alpha"])
    mean = a / (1 - each["alpha"])
    return Fact(
        events=n,
        expected_number=mean * each["end"] - (mean - a) * (1 - np.exp(-b * each["end"])) / b,
        distance=distances[0],
        limit=limit(n) if n else np.nan,
        truth_distance=distances[1],
        mean_gap=gaps.mean() if n else np.nan,
        even_distance=distances[2],
        spread=gaps.std() / gaps.mean() if n else np.nan,
        model_expects=at_end,
        log_likelihood=log_likelihood,
        lost=lost,
        peak=peak,
        integral=process[1],
    )


def distance(gaps):
    below = -np.expm1(-np.sort(gaps))
    steps = np.arange(len(gaps) + 1) / len(gaps)
    return max((steps[1:] - below).max(), (below - steps[:-1]).max())


def fitted_limit(n):
    """As the page uses it for gaps of mean 1; test_hawkes_explorer.py draws samples against it."""
    return 0.2 / n + 1.094 / (n**0.5 + 0.26 + 0.5 / n**0.5)


def limit(n):
    """As the page uses it; test_hawkes_explorer.py holds it against the exact distribution."""
    return 0.975 if n == 1 else 1.358 / (np.sqrt(n) + 0.12 + 0.11 / np.sqrt(n))


def agrees(fact, measured):
    numbers = measured["model"]
    return (
        abs(numbers["logLikelihood"] - fact.log_likelihood) < 1e-7 * max(1, abs(fact.log_likelihood))
        and abs(numbers["atEnd"] - fact.model_expects) < 1e-7 * max(1, fact.model_expects)
        and (fact.distance is None or abs(measured["distance"] - fact.distance) < 1e-9)
    )


def assert_sensitive(chosen, found, draws):
    """Nothing here multiplies rounding errors."""
    assert not chosen


PAIR = r"distance (?P<d>\d\.\d+), limit (?P<l>\d\.\d+)\."


def claim_pair(match, fact, beyond):
    claim_number(match["d"], fact.distance, "distance")
    claim_number(match["l"], fact.limit, "limit")
    claim((fact.distance > fact.limit) == beyond, f"{fact.distance} against {fact.limit}")
    close = abs(fact.distance - fact.limit) < 1e-6
    claim((float(match["d"]) > float(match["l"])) == beyond or close, "not so, in the digits shown")


def check(each, fact, said):
    check_verdict(said["verdict"], each, fact)
    beyond = fact.distance is not None and fact.distance > fact.limit
    claim(said["rejected"] == beyond, "rejected")
    check_readout(said["readout"], each, fact)
    counted = f"{fact.events} event{'' if fact.events == 1 else 's'}, "
    text = said["summary"]
    claim(text.startswith(counted), "number of events")
    shown, rest = text.removeprefix(counted).split(" expected. ", 1)
    claim_number(shown, fact.expected_number, "expected")
    claim(rest.startswith(f"{said['verdict']} Log-likelihood "), "summary")
    signed = rest.removeprefix(f"{said['verdict']} Log-likelihood ").removesuffix(" nats.")
    claim(abs(float(signed.replace("−", "-")) - fact.log_likelihood) < 0.0501, "log-likelihood")


def check_readout(readout, each, fact):
    alpha, rate, constant, counted, distance, likelihood = readout
    claim_number(alpha, each["alpha"], "α")
    claim_number(rate, each["mu"] / (1 - each["alpha"]), "mean rate")
    claim_number(constant, 1 / (each["beta"] * (1 - each["alpha"])), "time constant")
    number, _, expected = counted.removesuffix(")").partition(" (")
    claim(int(number) == fact.events, "events")
    claim_number(expected, fact.expected_number, "expected")
    if fact.distance is None:
        claim(distance == "no events", distance)
    else:
        match, _ = take(r"(?P<d>\d\.\d+) \((?P<l>\d\.\d+)\)", distance)
        claim_pair(match, fact, fact.distance > fact.limit)
    total, rest = likelihood.replace("−", "-").split(" = ")
    gain, lost = rest.split(" - ")
    for shown, exact in (
        (total, fact.log_likelihood),
        (lost, fact.model_expects),
        (gain, fact.log_likelihood + fact.model_expects),
    ):
        claim(abs(float(shown) - exact) < 0.0501, f"{shown} is not {exact}")


def check_verdict(text, each, fact):
    evaluation, alpha, beta = each["evaluation"], each["alpha"], each["beta"]
    same = alpha == 0 or evaluation == "true" or (evaluation == "no_beta" and abs(beta - 1) < 1e-9)
    beyond = fact.distance is not None and fact.distance > fact.limit
    truth_beyond = fact.truth_distance is not None and fact.truth_distance > fact.limit
    if text == "No events in the window: no gaps to test.":
        claim(fact.events == 0, "no events")
        return
    if found := take(
        rf"λ rose above {CEILING}, where no proposals are carried: events may be missing there, and no model "
        rf"here is quite the one that made these\. The {PAIR}",
        text,
    ):
        claim(fact.peak > CEILING, "the ceiling")
        claim_pair(found[0], fact, beyond)
        claim(found[1] == "", "more is said")
        return
    claim(fact.peak <= CEILING, "the ceiling was reached")
    name = r"(?P<name>The true process|The model, for (?P<which>α = 0|β = 1) the true process,)"
    if found := take(rf"{name} is", text):
        match, rest = found
        claim(same, "the true process")
        claim((match["which"] is None) == (evaluation == "true"), "which model")
        claim(match["which"] != "α = 0" or alpha == 0, "α = 0")
        claim(match["which"] != "β = 1" or abs(beta - 1) < 1e-9, "β = 1")
        passed = rf", on its own clock Λ, a Poisson process of rate 1\. Its gaps pass the test: {PAIR}"
        failed = (
            r"rejected although it is true: at the 5 % level a test does that to some samples\. The " + PAIR
        )
        found = take(failed if beyond else passed, rest)
        claim(found is not None, "passed or rejected")
        claim_pair(found[0], fact, beyond)
        claim(found[1] == "", f"more is said: {found[1]}")
        return
    claim(not same, "the model is the true process")

    if found := take(r"With β halved an event is remembered for twice as long\.", text):
        claim(evaluation == "half_beta", "β halved")
    elif found := take(
        r"Without its factor β the kernel integrates to α/β, too (?P<amount>little|much)\.", text
    ):
        claim(evaluation == "no_beta" and abs(fact.integral - alpha / beta) < 1e-12, "β forgotten")
        claim(fact.integral < alpha if found[0]["amount"] == "little" else fact.integral > alpha, "too much")
    else:
        found = take(
            r"A Poisson process of this rate knows of no clusters; it expects (?P<number>[\d.]+) events "
            r"here, and (?P<came>\d+) came\.",
            text,
        )
        claim(evaluation == "poisson" and fact.integral == 0 and alpha > 0, "a Poisson process")
        claim_number(found[0]["number"], fact.model_expects, "expected")
        claim(int(found[0]["came"]) == fact.events, "came")
    rest = found[1]
    if found := take(rf"These gaps do not give it away: {PAIR}", rest):
        claim_pair(found[0], fact, False)
        rest = found[1]
    else:
        found = take(rf"The gaps (?P<who>give it away|reject it, and the true process too): {PAIR}", rest)
        claim_pair(found[0], fact, True)
        claim((found[0]["who"] == "give it away") == (not truth_beyond), "the true process")
        rest = check_level(found[1], fact) if evaluation == "poisson" else found[1]
    if found := take(r"Its log-likelihood is the truth’s, to one decimal\.", rest):
        claim(abs(fact.lost) < 0.0500001, "no nats lost")
    else:
        found = take(
            r"Its log-likelihood is (?P<nats>\d+\.\d) nats (?P<side>below|above) the truth’s\.", rest
        )
        claim_number(found[0]["nats"], abs(fact.lost), "nats")
        claim(float(found[0]["nats"]) > 0, "0.0 nats")
        claim((fact.lost > 0) == (found[0]["side"] == "below"), "which is better")
    claim(found[1] == "", f"more is said: {found[1]}")


def check_level(rest, fact):
    """Is it the level or the clusters that gives a Poisson process away? Fit the level and look again."""
    fitted = fact.even_distance
    if found := take(
        r"(?P<level>It is the level that does: b|B)rought to mean 1 they would pass "
        r"\(distance (?P<d>\d\.\d+), limit for a fitted rate (?P<l>\d\.\d+)\)\.",
        rest,
    ):
        claim(fitted <= fitted_limit(fact.events), "they would pass")
        off = abs(fact.events - fact.model_expects) > 1.96 * fact.model_expects**0.5
        claim((found[0]["level"] != "B") == off, "the level")
    else:
        found = take(
            r"Brought to mean 1 they would still fail \(distance (?P<d>\d\.\d+), limit for a fitted rate "
            r"(?P<l>\d\.\d+)\); their standard deviation would be (?P<sd>\d+\.\d\d), "
            r"and that of Exp\(1\) is 1\.",
            rest,
        )
        claim(fitted > fitted_limit(fact.events), "they would still fail")
        claim_number(found[0]["sd"], fact.spread, "standard deviation")
    claim_number(found[0]["d"], fitted, "distance at mean 1")
    claim_number(found[0]["l"], fitted_limit(fact.events), "limit at mean 1")
    return found[1]


def python_words(each, measured):
    """What the Python side says of the same measurement, by the names of said.json."""
    from rnn_widgets.hawkes import words

    evened = measured["evened"]
    numbers = words.Measured(
        events=len(measured["events"]),
        distance=measured["distance"],
        limit=measured["limit"],
        truth_rejected=measured["truthRejected"],
        evened=None if evened is None else (evened["distance"], evened["spread"]),
        at_end=measured["model"]["atEnd"],
        log_likelihood=measured["model"]["logLikelihood"],
        log_likelihood_of_truth=measured["truth"]["logLikelihood"],
        ceiling_reached=measured["ceilingReached"],
    )
    said = words.verdict(numbers, **{name: each[name] for name in ("alpha", "beta", "evaluation")})
    return {"verdict": said, "rejected": words.rejected(numbers)}
