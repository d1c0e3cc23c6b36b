"""One table of bad inputs, tried on every argument of every public name of `rnn_core.point_process`.

Each call must give a right result, or a ValueError or TypeError that names the argument. What a right result
is can be said for another form of the same numbers: it is the same result. Of other numbers it must hold no
NaN; and what a function promises to raise (a fit without a maximum, a hazard out of range) it may raise.
"""

import re
import warnings

import numpy as np
import pytest

import rnn_core

from .oracles_rmtpp import events

CONTAINERS = {  # they hold what others return or take, and check nothing
    "CoalMining",
    "EventBatch",
    "HawkesFit",
    "HawkesGradient",
    "KolmogorovSmirnov",
    "Process",
    "RMTPPParams",
}
PROMISED = (RuntimeError, FloatingPointError)


def rng():
    return np.random.default_rng(380)


def _good(core):
    """For each public name: how it is called, with arguments that are right."""
    pp = core.point_process
    e = events(381, K=0, w=-0.3)
    params, marked = e.params(core), events(381, K=2, B=3)
    hawkes, times = pp.Hawkes(0.4, 0.5, 1.2), np.array([0.4, 1.1, 1.9, 2.2, 4.0, 4.1])
    window = {"process": hawkes, "times": times, "end": 5.0, "start": 0.5}
    given = {"process": hawkes, "times": times}
    score = {"params": marked.params(core), "gaps": marked.gaps, "marks": marked.marks}
    chosen = {"lengths": np.array([7, 3, 5]), "mask": np.ones((7, 3), bool)}
    history = {"params": marked.params(core), "gaps": marked.gaps[:, 0], "marks": marked.marks[:, 0]}
    hazard = {"log_rate": np.array([0.3, -0.2]), "w": -0.4}
    gap = {"mean": 1.7, "sd": 0.9}
    calls = {
        "Gamma": {"shape": 2.0, "rate": 1.5},
        "Hawkes": {"mu": 0.4, "alpha": np.array([0.2, 0.3]), "beta": np.array([1.0, 9.0])},
        "InhomogeneousPoisson": {"rate": np.sqrt, "cumulative": lambda t: t**1.5 * 2 / 3, "bound": 3.0},
        "LogNormal": {"mu": 0.1, "sigma": 0.8},
        "PiecewisePoisson": {"changes": np.array([1.0, 2.5]), "rates": np.array([0.5, 1.0, 2.0])},
        "Poisson": {"rate": 1.3},
        "RMTPPProcess": {"params": params},
        "Renewal": {"gap": pp.Weibull(1.5, 0.9)},
        "SelfCorrecting": {"mu": 1.1, "alpha": 0.8},
        "Weibull": {"shape": 1.5, "scale": 0.9},
        "coal_mining_disasters": {},
        "compensator": {**given, "at": np.array([0.7, 3.0]), "start": 0.5},
        "cumulative_hazard": {**hazard, "tau": np.array([0.5, 2.0])},
        "event_gaps": {"times": times, "start": 0.4},
        "event_log_likelihoods": {**given, "start": 0.4},
        "exponential_qq": {"values": np.array([0.3, 1.2, 0.8])},
        "fit_hawkes": {
            "times": pp.simulate(hawkes, 60.0, rng=rng()),
            "end": 60.0,
            "start": 1.0,
            "kernels": 1,
            "initial": hawkes,
            "tolerance": 1e-6,
            "max_iterations": 200,
        },
        "gamma_from_mean_sd": gap,
        "gap_at": {**hazard, "cumulative": np.array([0.5, 2.0])},
        "gap_windows": {"gaps": e.gaps, "window": 3},
        "hawkes_gradient": window,
        "init_rmtpp": {"K": 2, "m": 4, "hazard": "constant", "gaps": e.gaps, "rho": 0.9, "rng": rng()},
        "intensity": {**given, "at": np.array([0.7, 3.0])},
        "kolmogorov_smirnov": {"values": np.array([0.3, 1.2, 0.8])},
        "log_hazard": {**hazard, "tau": np.array([0.5, 2.0])},
        "log_likelihood": window,
        "lognormal_from_mean_sd": gap,
        "mass_at_infinity": hazard,
        "rescale": {**given, "start": 0.4},
        "rmtpp_bptt": {**score, **chosen, "open_gap": np.array([0.3, 0.0, 1.0])},
        "rmtpp_event_log_likelihoods": {**score, **chosen},
        "rmtpp_features": {"gaps": marked.gaps, "marks": marked.marks, "K": 2},
        "rmtpp_gradient": {"params": params, "batch": pp.EventBatch(e.gaps)},
        "rmtpp_intensity": {"params": params, "times": times, "at": np.array([0.7, 3.0])},
        "rmtpp_log_likelihood": {**score, **chosen, "open_gap": 0.3},
        "rmtpp_rescale": score,
        "rmtpp_sample": {**history, "number": 3, "horizon": 9.0, "open_gap": 0.2, "rng": rng()},
        "rmtpp_sample_next": {**history, "size": 3, "open_gap": 0.2, "rng": rng()},
        "simulate": {"process": hawkes, "end": 9.0, "rng": rng(), "method": "thinning", "max_events": 500},
        "simulate_events": {"process": hawkes, "number": 4, "rng": rng(), "method": "inversion"},
        "window_batches": {
            "gaps": e.gaps,
            "window": 3,
            "B": 2,
            "updates": 1,
            "marks": np.array([0, 1, 1, 0, 1, 0, 0]),
            "rng": rng(),
        },
    }
    return {name: (getattr(pp, name), arguments) for name, arguments in calls.items()}


NO_MATCH = {"one entry less", "one more axis", "ragged"}
OPTIONAL = {"marks", "lengths", "mask", "open_gap", "gaps", "start", "initial"}


def same_numbers(good):
    """Other forms of the same value."""
    if isinstance(good, np.ndarray):
        yield "list", good.tolist()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            yield "matrix", np.asmatrix(good)
        yield "read-only", _read_only(good)
        yield "Fortran order", np.asfortranarray(good)
    elif isinstance(good, float):
        yield "0-d array", np.array(good)
        yield "NumPy scalar", np.float64(good)
    elif isinstance(good, int):
        yield "NumPy integer", np.int64(good)


def other_values(good):
    """What is no such argument, or only by luck."""
    yield from [("none", None), ("text", "0.5"), ("object", object()), ("complex", 0.5 + 1j), ("dict", {})]
    yield from [("array of objects", np.array([object(), None])), ("a class", float), ("bool", True)]
    yield from [("date", np.datetime64("2020-01-01")), ("dates", np.array(["2020-01-01"], "datetime64[D]"))]
    yield from [("empty", np.empty(0)), ("empty list", []), ("ragged", [[1.0], [1.0, 2.0]])]
    yield from [("nan", np.nan), ("infinite", np.inf), ("negative", -1.0), ("zero", 0.0), ("tiny", 5e-324)]
    yield from [
        ("huge", 1e300),
        ("negative integer", -1),
        ("fraction", 1.5),
        ("three axes", np.ones((2, 2, 2))),
    ]
    if isinstance(good, np.ndarray):
        number = good.astype(float)
        yield "masked", np.ma.MaskedArray(good, np.arange(good.size).reshape(good.shape) == 1)
        yield "complex array", number + 1j
        yield "text array", good.astype(str)
        yield "objects", good.astype(object)
        yield "booleans", good.astype(bool)
        yield "one more axis", good[None]
        yield "one entry less", good[:-1]
        yield "minus", -number
        yield "all zero", 0 * good
        yield "all huge", 0 * number + 1e300
        yield "all tiny", 0 * number + 5e-324
        yield "half", good.astype(np.float16)
        yield "single", good.astype(np.float32)
        for value in (np.nan, np.inf):
            spoilt = number.copy()
            spoilt.flat[-1] = value
            yield f"{value} inside", spoilt


def _read_only(array):
    array = array.copy()
    array.flags.writeable = False
    return array


def numbers(result):
    """Every array in a result; the processes and distributions that were made are used."""
    if isinstance(result, tuple | list):
        for part in result:
            yield from numbers(part)
    elif hasattr(result, "evaluate"):
        times = np.array([0.4, 1.1, 3.0])
        yield from result.evaluate(times, np.array([0.2, 1.1, 2.0]))
        yield np.array(result.ceiling(result.after(result.begin(), 0.4), 0.3))
        yield np.array(result.wait(result.begin(), rng()))
    elif hasattr(result, "log_survival"):
        yield np.array([result.mean, result.sd])
        yield result.log_survival(np.array([0.5, 2.0]))
        yield np.exp(result.log_density(np.array([0.5, 2.0])))
        yield result.sample(3, rng=rng())
    elif hasattr(result, "__next__"):
        for batch in result:
            yield from numbers(tuple(batch))
    elif hasattr(result, "process"):
        yield from numbers(tuple(result))
    elif result is not None:
        yield np.asarray(result)


def _call(core, name, argument=None, value=None):
    function, arguments = _good(core)[name]
    if argument is not None:
        arguments = arguments | {argument: value}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return list(numbers(function(**arguments)))


def _refused(error, argument):
    return isinstance(error, TypeError | ValueError) and re.search(rf"\b({argument})\b", str(error))


def test_every_public_name_is_in_the_table(core):
    assert set(_good(core)) | CONTAINERS == set(core.point_process.__all__)


NAMES = sorted(set(rnn_core.point_process.__all__) - CONTAINERS)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_numbers_give_the_same_result(core, name):
    """Lists, matrices and the like are read as the arrays that they hold, or refused by name."""
    expected = _call(core, name)
    faults = []
    for argument, good in _good(core)[name][1].items():
        for kind, value in same_numbers(good):
            try:
                actual = _call(core, name, argument, value)
            except Exception as error:
                if not _refused(error, argument):
                    faults.append(f"{argument} as {kind}: {error!r}")
                continue
            if kind == "matrix":  # of one row, where the array has one axis
                actual = [a.reshape(e.shape) for a, e in zip(actual, expected, strict=True)]
            if not all(np.array_equal(a, b) for a, b in zip(actual, expected, strict=True)):
                faults.append(f"{argument} as {kind}: {actual} in place of {expected}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", NAMES)
def test_bad_values_are_refused_by_name_or_have_a_result(core, name):
    faults = []
    for argument, good in _good(core)[name][1].items():
        for kind, value in other_values(good):
            if value is None and argument in OPTIONAL:
                continue
            try:
                result = _call(core, name, argument, value)
            except Exception as error:
                # Of two arguments that do not go together either may be named.
                blamed = "|".join([*_good(core)[name][1], "marks"]) if kind in NO_MATCH else argument
                named = _refused(error, blamed) or isinstance(error, PROMISED)
                if isinstance(error, Warning) or not named:
                    faults.append(f"{argument} {kind}: {error!r}")
                continue
            if not all(part.dtype.kind in "fiub" and not np.isnan(part).any() for part in result):
                faults.append(f"{argument} {kind} gives {result}")
            if kind == "masked":
                faults.append(f"{argument}: hidden values are used")
    assert not faults, "\n".join(faults)
