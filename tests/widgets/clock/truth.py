"""The settings of the change of clock, what is true in each of them, and whether its sentences say that."""

import itertools
import re
from typing import NamedTuple

import numpy as np
from claims import claim, claim_number, claim_percent, take

from rnn_widgets import ClockExplorer
from rnn_widgets.clock.explorer import EVALUATIONS
from rnn_widgets.kit.proposals import random_proposals

OTHERWISE = 0.0  # rounding decides nothing here
NAMES = ("mu", "alpha", "beta", "evaluation", "draw", "clock")
CEILING, END = 50, 50.0
QUIET = 9  # a seed: with μ = 0.05 its draws have no event, one, and two


def grid():
    for mu, alpha, beta, draw, evaluation in itertools.product(
        (0.05, 0.2, 0.5, 1.0),
        (0.0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95),
        (0.1, 0.5, 0.95, 1.0, 2.0, 3.0),
        range(3),
        EVALUATIONS,
    ):
        yield mu, alpha, beta, evaluation, draw, 1.0
    for alpha, beta, draw, evaluation, clock in itertools.product(
        (0.0, 0.75), (1.0, 2.0), range(6), EVALUATIONS, (0.0, 1e-9, 0.5, 1 - 1e-9, 1.0)
    ):
        yield 0.05 if draw > 2 else 0.5, alpha, beta, evaluation, draw, clock


def at_random(count, rng):
    for i in range(count):
        mu, alpha, beta, clock = rng.uniform((0.05, 0, 0.1, 0), (1, 0.95, 3, 1)).tolist()
        if i % 4:
            mu, alpha, clock = (round(value, 2) for value in (mu, alpha, clock))
            beta = round(round(beta / 0.05) * 0.05, 2)
        yield mu, alpha, beta, EVALUATIONS[i // 2 % 4], int(rng.integers(3)), clock if i % 3 == 0 else 1.0


def settings(count, rng):
    """Return a grid with corners, random settings, and guesses at the first state."""
    chosen = [dict(zip(NAMES, values, strict=True)) for values in (*grid(), *at_random(count, rng))]
    first = ClockExplorer().settings
    return chosen + [{**first, "guess": float(guess)} for guess in np.linspace(0, 120, 241)]


def carried():
    """Return what the browser's program is given besides: some more draws, for a quiet window."""
    rng = np.random.default_rng(QUIET)
    more = [random_proposals(ceiling=CEILING, length=END, rng=rng) for _ in range(30)]
    quiet = {}
    for draw in more:
        times, heights = np.cumsum(draw["gaps"]) / 10_000, (np.array(draw["heights"]) + 0.5) / 1000
        quiet.setdefault(int((heights[times <= END] < 0.05).sum()), draw)
    return {"draws": ClockExplorer().draws + [quiet[count] for count in (0, 1, 2)]}


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
    uneven: float | None  # standard deviation of the gaps on the present clock, in units of their mean
    came: int  # in the first half of the window
    middle: float  # the model's Λ there


def facts(all_settings, _carried, measured):
    """What is true of the events that were measured; that these are the right ones is tested elsewhere."""
    known = {}
    for each, numbers in zip(all_settings, measured, strict=True):
        mu, alpha, beta = (each[name] for name in NAMES[:3])
        key = mu, alpha, beta, each["draw"]
        times = np.array(numbers["events"])
        if key not in known:
            known[key] = (times, explain(mu, alpha, beta, times, END))
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
    gaps, rates, at_end, _ = explain(*process, times, END)
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
        expected_number=mean * END - (mean - a) * (1 - np.exp(-b * END)) / b,
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
        uneven=uneven(times, gaps, at_end, each["clock"]),
        came=int((times <= END / 2).sum()),
        middle=explain(*process, times[times <= END / 2], END / 2)[2],
    )


def uneven(times, gaps, at_end, clock):
    """The spread of the gaps when a share of each is the model's, the rest the calendar's, at one rate."""
    if not len(times):
        return None
    mixed = (1 - clock) * np.diff(times, prepend=0.0) * at_end / END + clock * gaps
    return mixed.std() / mixed.mean()


def distance(gaps):
    below = -np.expm1(-np.sort(gaps))
    steps = np.arange(len(gaps) + 1) / len(gaps)
    return max((steps[1:] - below).max(), (below - steps[:-1]).max())


def fitted_limit(n):
    """As the page uses it for gaps of mean 1; test_clock_explorer.py draws samples against it."""
    return 0.2 / n + 1.094 / (n**0.5 + 0.26 + 0.5 / n**0.5)


def limit(n):
    """As the page uses it; test_clock_explorer.py holds it against the exact distribution."""
    return 0.975 if n == 1 else 1.358 / (np.sqrt(n) + 0.12 + 0.11 / np.sqrt(n))


def agrees(fact, measured):
    numbers = measured["model"]
    return (
        abs(numbers["logLikelihood"] - fact.log_likelihood) < 1e-7 * max(1, abs(fact.log_likelihood))
        and abs(numbers["atEnd"] - fact.model_expects) < 1e-7 * max(1, fact.model_expects)
        and (fact.distance is None or abs(measured["distance"] - fact.distance) < 1e-9)
    )


def assert_sensitive(chosen, found, carried):
    """Nothing here multiplies rounding errors."""
    assert not chosen


PAIR = r"distance (?P<d>\d\.\d+), limit (?P<l>\d\.\d+)\."


def claim_pair(match, fact, beyond):
    claim_number(match["d"], fact.distance, "distance")
    claim_number(match["l"], fact.limit, "limit")
    claim((fact.distance > fact.limit) == beyond, f"{fact.distance} against {fact.limit}")
    close = abs(fact.distance - fact.limit) < 1e-6
    claim((float(match["d"]) > float(match["l"])) == beyond or close, "not so, in the digits shown")


def as_measured(fact, measured):
    """Never needed."""
    return fact


def is_true_process(each):
    alpha, beta, evaluation = each["alpha"], each["beta"], each["evaluation"]
    return alpha == 0 or evaluation == "true" or (evaluation == "no_beta" and abs(beta - 1) < 1e-9)


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    check_verdict(said["verdict"], each, fact)
    counted = f"{fact.events} event{'' if fact.events == 1 else 's'}, "
    text = said["summary"]
    claim(text.startswith(counted), "number of events")
    shown, rest = text.removeprefix(counted).split(" expected. ", 1)
    claim_number(shown, fact.expected_number, "expected")
    claim(rest.startswith(f"{said['verdict']} Log-likelihood "), "summary")
    signed = rest.removeprefix(f"{said['verdict']} Log-likelihood ").removesuffix(" nats.")
    claim(abs(float(signed.replace("−", "-")) - fact.log_likelihood) < 0.0501, "log-likelihood")
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_tasks(tasks, each, fact):
    """What is solved, and why."""
    caught, unseen = tasks
    ready = each["clock"] == 1 and fact.events > 0 and fact.peak <= CEILING and not is_true_process(each)
    beyond = fact.events > 0 and fact.distance > fact.limit
    alone = beyond and fact.truth_distance <= fact.limit
    claim((caught is not None) == (ready and alone), "task: caught")
    if caught:
        found, rest = take(
            r"Its gaps are at the distance (?P<d>\d\.\d+) from unit exponentials, "
            r"beyond the limit (?P<l>\d\.\d+)\.",
            caught,
        )
        claim_pair(found, fact, True)
        claim(rest == "", "more is said")
    claim((unseen is not None) == (ready and not beyond), "task: unseen")
    if unseen:
        found, _ = take(
            r"The distance is (?P<d>\d\.\d+), the limit (?P<l>\d\.\d+)\. To pass is no proof", unseen
        )
        claim_pair(found, fact, False)


def check_gap(text, each, fact):
    """What is said of a guess."""
    found, rest = take(
        r"You put it at (\d+\.\d); it is (\d+\.\d), and (\d+) came\. That is (?:(within 2)|(\d+\.\d) off):",
        text,
    )
    off = abs(each["guess"] - fact.middle)
    claim_number(found[1], each["guess"], "the guess")
    claim_number(found[2], fact.middle, "Λ")
    claim(int(found[3]) == fact.came, "came")
    claim((found[4] is not None) == (off < 2), f"off by {off}")
    claim(found[4] is not None or abs(float(found[5]) - off) <= 0.0501, "how far off")
    claim("for the process that made them" in rest and each["evaluation"] == "true", "which process")


def check_evenness(text, each, fact):
    """What is said on a clock that is not the model's."""
    clock = each["clock"]
    claim("ts clock Λ" not in text and "gaps pass" not in text, "nothing is tested on this clock")
    where, rest = take(r"(?:By the calendar|(?P<share>.* %) of the way from t to Λ\(t\)) (?=the|there)", text)
    claim((where["share"] is None) == (clock == 0), "the calendar")
    if where["share"]:
        claim_percent(where["share"], clock, "the way")
    if rest == "there is one event, and one gap.":
        claim(fact.events == 1, "one event")
        return
    found = re.fullmatch(
        r"the (\d+) gaps have a standard deviation of (\d+\.\d+) times their mean; for a Poisson "
        r"process it is 1\.0+(?:: these are (less|more) even)?\. On the clock Λ there "
        r"is a test of the model\.",
        rest,
    )
    claim(int(found[1]) == fact.events > 1, "gaps")
    claim_number(found[2], fact.uneven, "their standard deviation")
    if found[3]:
        claim(fact.uneven > 1 if found[3] == "less" else fact.uneven < 1, found[3])
        claim(float(found[2]) != 1 or abs(fact.uneven - 1) < 1e-6, "not so, in the digits shown")
    else:
        claim(abs(fact.uneven - 1) < 1e-8, "as even")


def check_verdict(text, each, fact):
    evaluation, alpha, beta = each["evaluation"], each["alpha"], each["beta"]
    same = is_true_process(each)
    beyond = fact.distance is not None and fact.distance > fact.limit
    truth_beyond = fact.truth_distance is not None and fact.truth_distance > fact.limit
    if text == "No events in the window: no gaps to test.":
        claim(fact.events == 0, "no events")
        return
    claim(fact.events > 0, "there are no events")
    if each["clock"] < 1:
        check_evenness(text, each, fact)
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
