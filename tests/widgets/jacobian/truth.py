"""The Jacobian explorer's settings, what is true in each of them, and whether its sentences say that."""

import itertools
import re
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from claims import NUMBER, claim, claim_compared, claim_number, claim_percent, compared, take

from rnn_widgets import JacobianExplorer
from rnn_widgets.jacobian.draws import FAMILIES

LOG_FALLEN = np.log(0.01)
ACTIVATIONS = ("tanh", "linear", "relu")
POINTS = (0.0, 0.02, 0.5, 0.66, 0.8, 0.95, 1.0, 1.05, 1.25, 1.51, 1.6, 1.7, 2.0)


def grid():
    """Every choice of matrix and activation, over the plane and the scale of the inputs."""
    for family, activation, gamma, rho, scale in itertools.product(
        FAMILIES, ACTIVATIONS, POINTS, POINTS, (0.0, 0.5, 2.0)
    ):
        for strength in (0.0, 0.01, 1.0, 4.0) if family == "nonnormal" else (1.0,):
            yield gamma, rho, family, strength, activation, scale, int(10 * (gamma + 3 * rho)) % 4


def at_random(count, rng):
    """Settings of the sliders, and every fourth one anything in between."""
    for i in range(count):
        gamma, rho, scale, strength = rng.uniform(size=4) * (2, 2, 2, 4)
        if i % 5 == 0:  # near the curve γρ = 1
            gamma = rng.uniform(0.5, 2.0)
            rho = min(2.0, rng.choice([1, 1 - 3e-6, 1 + 3e-6, 0.999, 1.001]) / gamma)
        if i % 4 and i % 10:
            gamma, rho, scale, strength = np.round((gamma, rho, scale, strength), 2).tolist()
        family, activation = FAMILIES[rng.integers(4)], ACTIVATIONS[rng.integers(3)]
        yield (
            float(gamma),
            float(rho),
            family,
            float(strength),
            activation,
            float(scale),
            int(rng.integers(4)),
        )


# The share of settings that rounding may decide, where a network or a descent multiplies it at each step.
OTHERWISE = 0.01
# States in which the explorer may open; a guess is about these.
FIRST = (
    (1.0, 0.9, "orthogonal", 1.0, "tanh", 0.5, 0),
    (1.0, 1.5, "nonnormal", 1.0, "linear", 0.5, 0),
    (1.0, 1.0, "gaussian", 1.0, "relu", 0.0, 1),
    (1.2, 1.4, "symmetric", 1.0, "tanh", 0.5, 2),
    (0.0, 1.0, "orthogonal", 1.0, "tanh", 0.5, 0),
)
NAMES = ("gamma", "rho", "family", "strength", "activation", "input_scale", "draw")


def settings(count, rng, every=1):
    chosen = [*itertools.islice(grid(), None, None, every), *at_random(count, rng)]
    found = [dict(zip(NAMES, values, strict=True)) for values in chosen]
    for first in FIRST:
        state = dict(zip(NAMES, first, strict=True))
        found += [{**state, "guess": [0.0, 0.0, each]} for each in rng.uniform(-8, 4, 80).tolist()]
    return found


def carried():
    return JacobianExplorer().draws


class Fact(NamedTuple):
    gamma: float
    bound: object  # γρ, exact for what a slider can be set to
    log_norm: float  # at the last lag
    below: np.ndarray  # whether the norm is below 1 %, at each lag
    zero_from: int | None
    radius: float  # γ times the spectral radius
    slope_share: float  # mean slope / γ
    zero_share: float  # of the slopes
    log_peak: float  # the largest log-norm; an upper bound unless a linear φ must vanish and may exceed 10


def exact_product(gamma, rho):
    hundredths = round(100 * gamma), round(100 * rho)
    if (hundredths[0] / 100, hundredths[1] / 100) == (gamma, rho):
        return Fraction(hundredths[0] * hundredths[1], 10_000)
    return gamma * rho


def facts(all_settings, draws, measured):
    for start in range(0, len(all_settings), 2000):
        yield from _facts(all_settings[start : start + 2000], draws)


def _facts(chosen, draws):
    m, n = len(draws[0]["h0"]), len(chosen)
    T = len(draws[0]["drive"]) // m
    column = {name: np.array([each[name] for each in chosen]) for name in NAMES}
    gamma, rho, draw = column["gamma"], column["rho"], column["draw"]
    base, radius = np.empty((n, m, m)), np.empty(n)
    for i, each in enumerate(chosen):
        data = draws[each["draw"]]
        if each["family"] == "nonnormal":
            normal, nilpotent = (np.reshape(data["nonnormal"][k], (m, m)) for k in ("normal", "nilpotent"))
            base[i] = normal + each["strength"] * nilpotent
        else:
            base[i] = np.reshape(data[each["family"]], (m, m))
    radii = {}
    for k, data in enumerate(draws):
        for family in FAMILIES[:3]:
            radii[family, k] = np.abs(np.linalg.eigvals(np.reshape(data[family], (m, m)))).max()
        # Similar to a triangular matrix with the eigenvalues of its normal part.
        radii["nonnormal", k] = np.linalg.norm(np.reshape(data["nonnormal"]["normal"], (m, m)), 2)
    scale = rho / np.linalg.svd(base, compute_uv=False)[:, 0]
    W = base * scale[:, None, None]
    radius = gamma * scale * [radii[each["family"], each["draw"]] for each in chosen]

    h = np.array([data["h0"] for data in draws])[draw]
    drive = np.array([np.reshape(data["drive"], (T, m)) for data in draws])[draw]
    P, log_scale = np.broadcast_to(np.eye(m), (n, m, m)), np.zeros(n)
    below, last, log_peak = np.zeros((n, T + 1), bool), np.zeros(n), np.zeros(n)
    zero_from = np.full(n, -1)
    slopes = np.zeros(n)
    zeros = np.zeros(n)
    tanh, linear = (column["activation"] == name for name in ("tanh", "linear"))
    g = gamma[:, None]
    for t in range(1, T + 1):
        a = np.einsum("nij,nj->ni", W, h) + column["input_scale"][:, None] * drive[:, t - 1]
        curved = np.tanh(g * a)
        h = np.where(tanh[:, None], curved, g * np.where(linear[:, None], a, np.maximum(a, 0.0)))
        steep = np.where(tanh[:, None], 1 - curved**2, linear[:, None] | (h > 0))
        slopes += steep.mean(axis=1)
        zeros += (steep == 0).mean(axis=1)
        P = (g * steep)[:, :, None] * (W @ P)
        size = np.sqrt((P**2).sum(axis=(1, 2)))
        zero_from[(size == 0) & (zero_from < 0)] = t
        alive = size > 0
        P = P / np.where(alive, size, 1.0)[:, None, None]
        with np.errstate(divide="ignore"):
            log_scale = log_scale + np.log(size)
        log_peak = np.maximum(log_peak, log_scale)
        # The Frobenius norm is at least the spectral norm and at most √m times it.
        near = alive & (log_scale >= LOG_FALLEN) & (log_scale < LOG_FALLEN + 0.5 * np.log(m) + 1e-9)
        near |= alive & (t == T)
        log_norm = log_scale.copy()
        log_norm[near] += np.log(np.linalg.svd(P[near], compute_uv=False)[:, 0])
        below[:, t] = log_norm < LOG_FALLEN
        last = log_norm
    for i in np.flatnonzero(linear & (radius < 1) & (log_peak > np.log(10))):
        powers = [np.eye(m)]
        for _ in range(T):
            powers.append(gamma[i] * W[i] @ powers[-1])
        log_peak[i] = np.log(np.linalg.svd(np.array(powers), compute_uv=False)[:, 0].max())
    for i, each in enumerate(chosen):
        yield Fact(
            each["gamma"],
            exact_product(each["gamma"], each["rho"]),
            last[i],
            below[i],
            None if zero_from[i] < 0 else int(zero_from[i]),
            radius[i],
            slopes[i] / T,
            zeros[i] / T,
            log_peak[i],
        )


def agrees(fact, measured):
    """Whether the page's own program, which rounds otherwise, has measured the same."""
    norms = np.array([float(value) for value in measured["logNorms"]])
    # Where the norm is 1 % exactly, rounding decides, and either is right.
    tie = np.abs(norms - LOG_FALLEN) < 1e-9
    fact.below[tie] = norms[tie] < LOG_FALLEN
    near = norms[-1] == fact.log_norm or abs(norms[-1] - fact.log_norm) < 1e-6
    return near and ((norms < LOG_FALLEN) == fact.below).all()


def assert_sensitive(chosen, found, draws):
    """Where the page measures otherwise, the network must be one whose differences may grow."""
    for each, fact in zip(chosen, found, strict=True):
        assert fact.bound > 1, each
        assert each["activation"] != "linear", each


def as_measured(fact, measured):
    """The fact that the page's own curve shows: a chaotic network multiplies rounding errors at each step."""
    norms = np.array([float(value) for value in measured["logNorms"]])
    zeros = 1 - measured["meanSlope"] / fact.gamma
    return fact._replace(
        log_norm=norms[-1],
        below=norms < LOG_FALLEN,
        zero_from=None if np.isfinite(norms).all() else int(np.argmin(norms)),
        slope_share=1 - zeros,
        zero_share=zeros,
    )


def check(each, fact, said):
    check_verdict(said["verdict"], each, fact)
    check_lag(said["lag"], fact)
    equal = fact.radius >= float(fact.bound) * (1 - 1e-9)
    claim(said["radius"] == ("the bound too" if equal else "not a bound"), "the radius' curve")
    side = "must" if fact.bound < 1 else "may"
    claim(said["allowed"] == ("neither" if abs(fact.bound - 1) < 1e-9 else side), "what is allowed")
    start, end = f"{said['verdict']} Measured mean factor per step ", f". {said['lag']}."
    claim(said["summary"].startswith(start) and said["summary"].endswith(end), "summary")
    check_rate(said["summary"][len(start) : -len(end)], fact)
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each, fact)


def check_tasks(said, each, fact):
    """Each is solved where it says so, and nowhere else."""
    vanish, detour = said
    T = len(fact.below) - 1
    solved = each["activation"] == "tanh" and float(fact.bound) >= 1.2 - 1e-9 and fact.log_norm < LOG_FALLEN
    claim((vanish is not None) == solved, "task: vanish")
    if vanish:
        found = re.fullmatch(
            rf"γρ = ({NUMBER}), and after {T} steps it is ({NUMBER}): the bound takes every slope for γ, "
            r"and the mean slope is ([\w ]+ %) of that\.",
            vanish,
        )
        claim_number(found[1], float(fact.bound), "γρ")
        claim_number(found[2], np.exp(fact.log_norm), "what is left", figures=3)
        claim_percent(found[3], fact.slope_share, "mean slope")
    solved = each["activation"] == "linear" and fact.radius < 1 - 1e-9 and fact.log_peak > np.log(10)
    claim((detour is not None) == solved, "task: detour")
    if detour:
        found = re.fullmatch(
            rf"It rises to (?P<peak>{NUMBER}), but {compared('γ times the spectral radius')}, "
            r"and for a linear φ that decides the end\.",
            detour,
        )
        claim_number(found["peak"], np.exp(fact.log_peak), "the peak", figures=3)
        claim_compared(found, fact.radius, "γ times the radius")


def check_gap(text, each, fact):
    """What is said of a guess, in powers of ten, of the influence at the last lag."""
    T = len(fact.below) - 1
    found = re.fullmatch(
        rf"You put it at ({NUMBER}) after {T} steps; it is ({NUMBER})\."
        rf"(?P<near> That is within a factor of 10\.)? The bound there is ({NUMBER})"
        r"(?:(?P<above>, and no influence exceeds it)"
        r"|; it takes every slope for γ, and the mean slope is (?P<share>[\w ]+ %) of γ)?\.",
        text,
    )
    last, most = each["guess"][-1], float(fact.bound) ** T
    for written, exact in ((1, 10**last), (2, np.exp(fact.log_norm)), (4, most)):
        claim_number(found[written], exact, "gap", figures=3)
        claim((found[written] == "0") == (exact == 0), "gap: zero")
    with np.errstate(divide="ignore"):
        claim((found["near"] is not None) == (abs(last - fact.log_norm / np.log(10)) < 1), "within 10")
    claim((found["above"] is not None) == (10**last > most * (1 + 1e-9)), "above the bound")
    if found["share"]:
        claim(each["activation"] != "linear", "slopes of a linear φ")
        claim_percent(found["share"], fact.slope_share, "mean slope")


def check_rate(text, fact):
    rate = np.exp(fact.log_norm / (len(fact.below) - 1))
    if text.startswith("just"):
        claim((rate < 1) == (text == "just below 1"), f"{text}: {rate}")
        return
    claim_number(text, rate, "mean factor per step")
    claim((float(text) == 1) <= (abs(rate - 1) < 1e-8) if "×" not in text else True, f"{rate} shown as 1")
    claim((text == "0") == (fact.log_norm == -np.inf), "a factor of zero")


def check_verdict(text, each, fact):
    T = len(fact.below) - 1
    vanished = fact.log_norm < LOG_FALLEN
    match, rest = take(compared("γρ") + ":", text)
    claim_compared(match, float(fact.bound), "γρ")
    claim(match["just"] or match["sign"] or abs(fact.bound - 1) < 1e-9, "γρ = 1")

    if found := take(r"the influence must vanish in the end\.", rest):
        claim(fact.bound < 1, "must vanish")
        rest = found[1]
        if found := take(rf"It does, by a mean factor (just \w+ 1|{NUMBER}) per step\.", rest):
            claim(vanished and fact.zero_from is None, "it does")
            check_rate(found[0][1], fact)
            if not found[0][1].startswith("just"):
                claim("×" in found[0][1] or float(found[0][1]) < 1, "a factor that does not shrink")
        elif found := take(r"It does: exactly 0 from lag (\d+) on\.", rest):
            claim(fact.zero_from == int(found[0][1]), "zero")
        else:
            found = take(rf"Not yet: after {T} steps it is still 1 % or more\.", rest)
            claim(not vanished, "not yet")
    elif found := take(r"the bound forbids growth and does not force decay\.", rest):
        claim(abs(fact.bound - 1) < 1e-9, "neither")
        rest = found[1]
        rest = check_now(rest, fact, within=False)
        found = check_reason(rest, each, fact)
    else:
        rest = take(r"the influence may grow\.", rest)[1]
        claim(fact.bound > 1, "may grow")
        rest = check_now(rest, fact, within=True)
        found = check_reason(rest, each, fact)
    claim(found[1] == "", f"more is said: {found[1]}")


def check_now(text, fact, within):
    """What is said of the last lag, where the bound does not decide: a measurement, never a limit."""
    T = len(fact.below) - 1
    fallen, grown = fact.log_norm < LOG_FALLEN, fact.log_norm > -LOG_FALLEN
    if found := take(rf"Yet after {T} steps it is below 1 % of what it was\.", text):
        claim(fallen, "below 1 %")
    elif found := take(rf"After {T} steps it is more than 100 times what it was\.", text):
        claim(grown, "more than 100 times")
    elif within:
        found = take(rf"After {T} steps it lies between 1 % and 100 times what it was\.", text)
        claim(not fallen and not grown, "between")
    elif found := take(rf"Here it is, after {T} steps, what it was\.", text):
        claim(abs(fact.log_norm) < 1e-6, "what it was")
    else:
        found = take(rf"Here it changes by a mean factor (just \w+ 1|{NUMBER}) per step\.", text)
        claim(not fallen, "changes")
        check_rate(found[0][1], fact)
    return found[1]


def check_reason(rest, each, fact):
    """What is said to decide in the end, or of a product that shrank although it need not."""
    claim(each["activation"] == "linear" or "linear" not in rest, "the radius as a cause, without a linear φ")
    claim(each["activation"] != "linear" or "slope" not in rest, "slopes of a linear φ")
    if each["activation"] == "linear":
        # ‖(γW)^t‖ tends to 0 for a radius below 1 and is at least its power; a radius of 1 decides nothing.
        if abs(fact.radius - 1) < 1e-9:
            return take("", rest)
        ends = r"For a linear φ it must (?P<ends>vanish|explode) in the end: "
        found = take(ends + compared("γ times the spectral radius") + r"\.", rest)
        claim(found is not None, "what decides for a linear φ is unsaid")
        claim((found[0]["ends"] == "vanish") == (fact.radius < 1), "the end of a linear φ")
        claim_compared(found[0], fact.radius, "γ times the radius")
        return found
    if fact.log_norm >= LOG_FALLEN:
        return take("", rest)
    zero = r"(?:, and the product is exactly 0 from lag (?P<lag>\d+) on)?\."
    share = r"(?P<share>(?:less than |more than )?\d+ %)"
    if found := take(rf"Measured: the slope is 0 for {share} of the units and steps{zero}", rest):
        claim(each["activation"] == "relu", "slopes that are 0")
        claim_percent(found[0]["share"], fact.zero_share, "share of zeros")
    else:
        found = take(rf"Measured: the mean slope is {share} of γ{zero}", rest)
        claim_percent(found[0]["share"], fact.slope_share, "mean slope")
    lag = found[0]["lag"]
    claim(fact.zero_from == (None if lag is None else int(lag)), "exactly 0")
    return found


def check_lag(text, fact):
    T = len(fact.below) - 1
    if not fact.below.any():
        claim(text == f"Not below 1 % up to lag {T}", text)
        return
    first = int(np.argmax(fact.below))
    back = "" if fact.below[first:].all() else ", but not for good"
    claim(text == f"First below 1 % at lag {first}{back}", text)


def python_words(each, measured):
    """What the Python side says of the same measurement, by the names of said.json."""
    from rnn_widgets.jacobian import words

    numbers = words.Measured(
        T=measured["T"],
        log_norms=[float(value) for value in measured["logNorms"]],
        bound=measured["bound"],
        radius=measured["radius"],
        rate=measured["rate"],
        lag_below=measured["lagBelow"],
        mean_slope=measured["meanSlope"],
    )
    return {
        "verdict": words.verdict(numbers, each["gamma"], each["activation"]),
        "lag": words.lag_text(numbers),
        "radius": words.radius_label(numbers),
    }
