"""Bad input to the neural point process: each error names the argument, what was expected and what came."""

import numpy as np
import pytest

from .oracles_rmtpp import api, events
from .spoilt import raises, with_entry


class Good:
    """Arguments that are right, for one of them to be spoilt."""

    def __init__(self, core, B=4):
        self.api, e = api(core), events(351, K=3, B=B)
        self.e, self.params = e, e.params(core)
        self.plain = events(352, K=0).params(core)
        self.mask = np.ones(e.gaps.shape, bool)

    def score(self, name="rmtpp_bptt", **changed):
        arguments = {"params": self.params, "gaps": self.e.gaps, "marks": self.e.marks} | changed
        return getattr(self.api, name)(**arguments)


def _rnn(params, **changed):
    return params._replace(rnn=params.rnn._replace(**changed))


SPOILT = {
    "params": [
        (lambda g: g.params.rnn, TypeError, r"params must be an RMTPPParams, got RNNParams"),
        (lambda g: g.params._replace(rnn=None), TypeError, r"params\.rnn must be an RNNParams, got NoneType"),
        (
            lambda g: _rnn(g.params, W_hx=g.params.rnn.W_hx[:, :3]),
            ValueError,
            r"params\.rnn must have n = k = 1 \+ K .*, got n = 3, k = 4",
        ),
        (
            lambda g: _rnn(g.params, b_h=with_entry(g.params.rnn.b_h, np.nan)),
            ValueError,
            r"params\.rnn\.b_h must be finite",
        ),
        (
            lambda g: g.params._replace(w=np.zeros(2)),
            ValueError,
            r"params\.w must have shape \(1,\), got \(2,\)",
        ),
        (lambda g: g.params._replace(w=np.array([np.inf])), ValueError, r"params\.w must be finite, got inf"),
        (
            lambda g: g.params._replace(w=np.zeros(1, np.float32)),
            TypeError,
            r"params\.w must have dtype float64, like the parameters, got float32",
        ),
    ],
    "gaps": [
        (lambda g: with_entry(g.e.gaps, 0.0), ValueError, r"gaps must be > 0, got 0\.0"),
        (lambda g: with_entry(g.e.gaps, -2.0), ValueError, r"gaps must be > 0, got -2\.0"),
        (lambda g: with_entry(g.e.gaps, np.nan), ValueError, r"gaps must be finite, got nan"),
        (lambda g: g.e.gaps[:0], ValueError, r"gaps must have shape \(N, B\), .* got \(0, 4\)"),
        (lambda g: g.e.gaps[None], ValueError, r"gaps must have shape .* got \(1, 7, 4\)"),
        (lambda g: g.e.gaps.astype(np.float32), TypeError, r"gaps must have dtype float64, .* got float32"),
        (lambda g: g.e.marks, TypeError, r"gaps must have dtype .* got int64"),
    ],
    "marks": [
        (lambda g: None, ValueError, r"marks must be given if and only if K > 0, got K = 3"),
        (lambda g: g.e.marks[:6], ValueError, r"marks must have shape \(7, 4\), got \(6, 4\)"),
        (lambda g: g.e.marks * 1.0, TypeError, r"marks must be integers, got dtype float64"),
        (lambda g: with_entry(g.e.marks, 3), ValueError, r"marks must be in \[0, K\) with K = 3, got 3"),
        (lambda g: with_entry(g.e.marks, -1), ValueError, r"marks must be in \[0, K\) with K = 3, got -1"),
    ],
    "lengths": [
        (lambda g: np.array([7, 0, 1, 2]), ValueError, r"lengths must be in 1\.\..* = 7, got"),
        (lambda g: np.array([8, 1, 1, 2]), ValueError, r"lengths must be in 1\.\..* = 7, got"),
        (lambda g: np.array([7, 1]), ValueError, r"lengths must have shape \(4,\), got \(2,\)"),
    ],
    "mask": [
        (lambda g: g.mask[:6], ValueError, r"mask must have shape \(7, 4\), got \(6, 4\)"),
        (lambda g: g.mask * 1, TypeError, r"mask must hold booleans, got dtype int64"),
        (lambda g: ~g.mask, ValueError, r"mask must choose at least one"),
    ],
    "open_gap": [
        (lambda g: -0.1, ValueError, r"open_gap must be a finite number ≥ 0, got -0\.1"),
        (lambda g: np.array([1.0, np.nan, 1.0, 1.0]), ValueError, r"open_gap must be a finite number ≥ 0"),
        (lambda g: np.ones(3), ValueError, r"open_gap must have shape \(4,\), got \(3,\)"),
        (lambda g: "1", TypeError, r"open_gap must be a number, got '1'"),
    ],
}
SCORING = ("rmtpp_bptt", "rmtpp_log_likelihood", "rmtpp_event_log_likelihoods", "rmtpp_rescale")


@pytest.mark.parametrize("name", SCORING)
def test_arguments_of_scoring(core, name):
    g = Good(core)
    g.score(name)
    for argument, rows in SPOILT.items():
        if argument == "open_gap" and name in SCORING[2:]:
            continue
        for spoil, error, message in rows:
            raises(
                error, message, lambda spoil=spoil, argument=argument: g.score(name, **{argument: spoil(g)})
            )


def _sample(g, **changed):
    arguments = {"params": g.params, "number": 5, "gaps": g.e.gaps, "marks": g.e.marks}
    return g.api.rmtpp_sample(**arguments | {"rng": np.random.default_rng(0)} | changed)


def _windows(g, **changed):
    arguments = {"gaps": g.e.gaps, "window": 3, "B": 2, "updates": 1, "marks": g.e.marks}
    return g.api.window_batches(**arguments | {"rng": np.random.default_rng(0)} | changed)


def _init(g, **changed):
    return g.api.init_rmtpp(**{"K": 2, "m": 4, "rng": np.random.default_rng(0), "gaps": g.e.gaps} | changed)


def _intensity(g, **changed):
    arguments = {"params": g.params, "times": np.cumsum(g.e.gaps), "at": np.ones(3), "marks": g.e.marks}
    return g.api.rmtpp_intensity(**arguments | changed)


REST = [
    (_sample, {"number": 0}, ValueError, r"number must be at least 1, got 0"),
    (_sample, {"rng": 3}, TypeError, r"rng must be a numpy\.random\.Generator"),
    (_sample, {"open_gap": -1.0}, ValueError, r"open_gap must be a finite number ≥ 0, got -1\.0"),
    (_sample, {"horizon": 0.0}, ValueError, r"horizon must be a finite number > 0, got 0\.0"),
    (_sample, {"marks": None}, ValueError, r"marks must be given if and only if K > 0"),
    (_sample, {"gaps": None}, ValueError, r"marks must be left out when there are no gaps"),
    (_sample, {"gaps": np.zeros(7)}, ValueError, r"gaps must be > 0, got 0\.0"),
    (_windows, {"window": 7}, ValueError, r"gaps must have shape \(N,\) with N > window = 7, got \(7,\)"),
    (_windows, {"window": 0}, ValueError, r"window must be at least 1, got 0"),
    (_windows, {"B": 0}, ValueError, r"B must be at least 1, got 0"),
    (_windows, {"updates": 0}, ValueError, r"updates must be at least 1, got 0"),
    (_windows, {"rng": None}, TypeError, r"rng must be a numpy\.random\.Generator"),
    (_windows, {"marks": np.arange(6)}, ValueError, r"marks must have shape \(7,\), got \(6,\)"),
    (_init, {"K": -1}, ValueError, r"K must be at least 0, got -1"),
    (_init, {"hazard": "linear"}, ValueError, r"hazard must be one of exponential, constant, got 'linear'"),
    (_init, {"gaps": np.ones(5)}, ValueError, r"gaps must differ .*, got 1\.0 alone"),
    (_init, {"gaps": np.array([1.0, -1.0])}, ValueError, r"gaps must be > 0, got -1\.0"),
    (_init, {"rng": 1}, TypeError, r"rng must be a numpy\.random\.Generator"),
    (_intensity, {"at": np.array([-1.0])}, ValueError, r"at must not lie before 0.*, got -1\.0"),
    (_intensity, {"times": np.arange(7.0)[::-1]}, ValueError, r"times must be strictly increasing"),
    (_intensity, {"times": np.arange(7.0) - 1.0}, ValueError, r"times must not lie before 0"),
    (_intensity, {"marks": None}, ValueError, r"marks must be given if and only if K > 0"),
    (lambda g, **k: g.score(**k), {"params": "plain"}, ValueError, r"marks must be given .* K = 0"),
    (lambda g: g.api.RMTPPProcess(g.params), {}, ValueError, r"params must have no marks .* got K = 3"),
    (lambda g: g.api.RMTPPProcess(g.e), {}, TypeError, r"params must be an RMTPPParams, got Events"),
    (
        lambda g: g.api.rmtpp_sample_next(g.plain, 0, rng=np.random.default_rng(0)),
        {},
        ValueError,
        r"size must be at least 1, got 0",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("call", "changed", "error", "message"), REST, ids=range(len(REST)))
def test_everything_else(core, call, changed, error, message):
    g = Good(core, B=None)
    if changed.get("params") == "plain":
        changed = {"params": g.plain}
    raises(error, message, lambda: call(g, **changed))
