"""The default of every argument of every public function, and the settings that are not arguments."""

import inspect

import numpy as np

from .oracles import problem
from .oracles_gated import function, gated_problem
from .spoilt import raises, works

NOTHING = {
    "h0": None,
    "c0": None,
    "lengths": None,
    "mask": None,
    "loss": "cross_entropy",
    "activation": "tanh",
}


def _of_a_pass(*names):
    return {name: NOTHING[name] for name in names}


LEARN = ("lengths", "mask", "loss")
FLOAT, SIGMA_HALF = np.float64, 1 / (1 + np.exp(-0.5))

DEFAULTS = {
    "forward": _of_a_pass("h0", "activation"),
    "bptt": _of_a_pass("h0", "activation", *LEARN),
    "backpropagate": _of_a_pass("h0", "activation", *LEARN),
    "truncated_bptt": _of_a_pass("h0", "activation", *LEARN),
    "lag_contributions": _of_a_pass("h0", "activation"),
    "cross_entropy": {"valid": None},
    "squared_error": {"valid": None},
    "sgd_step": {"learning_rate": 0.1},
    "adam_step": {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
    "clip_by_global_norm": {"max_norm": 1.0},
    "train": {"learning_rate": None, "clip": None, "gradient": None, "optimizer": "sgd", "history": None,
              "progress": False} | _of_a_pass("activation", "loss"),
    "init_params": {"rho": 0.9, "recurrent": "orthogonal", "strength": 1.0, "dtype": FLOAT},
    "recurrent_matrix": {"strength": 1.0},
    "product_log_norms": {"start": None},
    "lyapunov_exponents": {"discard": 0},
    "lag_below": {"fraction": 0.01},
    "fit_markov": {"smoothing": "backoff", "alpha": 1.0},
    "sample_markov": {"start": ()},
    "one_hot": {"dtype": FLOAT},
    "read_text": {"max_bytes": 2**30},
    "load_checkpoint": {"max_bytes": 2**32},
    "next_symbol_pair": {"dtype": FLOAT},
    "next_symbol_batches": {"dtype": FLOAT},
    "cliff.cliff_loss": {"T": 50, "h0": SIGMA_HALF, "target": 0.7},
    "cliff.cliff_gradient": {"T": 50, "h0": SIGMA_HALF, "target": 0.7},
    "cliff.cliff_edge": {"h0": SIGMA_HALF},
    "cliff.cliff_descent": {"clip": None, "T": 50, "h0": SIGMA_HALF, "target": 0.7},
    "gated.lstm_forward": _of_a_pass("h0", "c0"),
    "gated.lstm_bptt": _of_a_pass("h0", "c0", *LEARN),
    "gated.lstm_backpropagate": _of_a_pass("h0", "c0", *LEARN),
    "gated.gru_forward": _of_a_pass("h0"),
    "gated.gru_bptt": _of_a_pass("h0", *LEARN),
    "gated.gru_backpropagate": _of_a_pass("h0", *LEARN),
    "gated.init_lstm": {"forget_bias": 1.0, "rho": 0.9, "peepholes": False, "dtype": FLOAT},
    "gated.init_gru": {"reset": "after", "rho": 0.9, "dtype": FLOAT},
    "gated.lstm_from_keras": {"config": None},
    "gated.gru_from_keras": {"config": None},
    "residual.init_stack": {"rho": 0.9, "recurrent": "orthogonal", "dtype": FLOAT},
    "residual.stack_forward": _of_a_pass("h0", "activation") | {"skip": True},
    "residual.stack_bptt": _of_a_pass("h0", "activation", *LEARN) | {"skip": True},
    "residual.stack_backpropagate": _of_a_pass("h0", "activation", *LEARN) | {"skip": True},
    "tasks.adding": {"dtype": FLOAT},
    "tasks.adding_errors": {"tolerance": 0.08},
    "tasks.copy_memory": {"symbols": 8, "length": 10, "dtype": FLOAT},
    "tasks.copy_baseline": {"symbols": 8, "length": 10},
    "tasks.temporal_order": {"dtype": FLOAT},
    "tasks.embedded_reber": {"dtype": FLOAT},
    "tasks.reber_batch": {"dtype": FLOAT},
    "tasks.reber_baseline": {"forgetful": False},
}  # fmt: skip

# One habit, one form: these are passed by name alone, wherever they occur.
BY_NAME = {"lengths", "mask", "loss", "rng", "dtype", "skip", "target", "forget_bias", "smoothing", "alpha"}


def _defaults(core):
    for package in ("", "cliff.", "gated.", "residual.", "tasks."):
        module = getattr(core, package[:-1]) if package else core
        for name in module.__all__:
            value = getattr(module, name)
            if inspect.isfunction(value):
                yield f"{package}{name}", inspect.signature(value).parameters


def _plain(value):
    """A function by its name, an activation by its."""
    return getattr(value, "__name__", value) if inspect.isfunction(value) else getattr(value, "name", value)


def test_the_defaults_are_those_of_the_documentation(core):
    found = {}
    for name, parameters in _defaults(core):
        given = {p.name: _plain(p.default) for p in parameters.values() if p.default is not p.empty}
        if given:
            found[name] = given
    assert found.keys() == DEFAULTS.keys()
    for name, expected in DEFAULTS.items():
        assert found[name].keys() == expected.keys(), name
        for argument, value in expected.items():
            same = found[name][argument] == value
            if isinstance(value, float):
                same = abs(found[name][argument] - value) <= 1e-15
            assert same, f"{name}: {argument} is {found[name][argument]!r}, not {value!r}"


def test_what_is_passed_by_name_is_so_everywhere(core):
    for name, parameters in _defaults(core):
        for parameter in parameters.values():
            if parameter.name in BY_NAME and not name.endswith("lstm_cell_path"):
                assert parameter.kind is parameter.KEYWORD_ONLY, f"{name}: {parameter.name}"


def test_the_default_rates_are_used(core):
    """`train` without a rate is `sgd_step` or `adam_step` without one."""
    p = problem(531, B=6)
    params = p.params(core)
    _, grads = core.bptt(params, p.x, p.targets)
    for optimizer, rate in (("sgd", 0.1), ("adam", 0.001)):
        trained, history = core.train(params, [(p.x, p.targets)], optimizer=optimizer)
        explicit, _ = core.train(params, [(p.x, p.targets)], rate, optimizer=optimizer)
        for one, other in zip(trained, explicit, strict=True):
            np.testing.assert_array_equal(one, other)
        assert not history.clipped.any()
    moved = core.sgd_step(params, grads)
    np.testing.assert_array_equal(moved.W_hh, params.W_hh - 0.1 * grads.W_hh)


def test_a_batch_of_more_sequences_than_a_block_has_steps(core):
    """Gated cells go back in blocks of 512 steps times sequences; a larger batch is one step at a time."""
    for kind in ("lstm", "after"):
        p = gated_problem(kind, 532, T=3, B=600)
        bptt = function(core, kind, "bptt")
        value, grads = works(lambda: bptt(p.params(core), p.x, p.targets))  # noqa: B023
        halves = [
            bptt(p.params(core), p.x[:, part], p.targets[:, part]) for part in (slice(300), slice(300, 600))
        ]
        assert abs(value - (halves[0][0] + halves[1][0]) / 2) < 1e-12
        for one, first, second in zip(grads, halves[0][1], halves[1][1], strict=True):
            if one is not None:
                np.testing.assert_allclose(one, (first + second) / 2, rtol=0, atol=1e-12)


def test_losses_are_added_up_in_double_precision(core):
    """Ten million losses of float32, of which single precision would lose the small ones."""
    p = problem(533, T=2, dtype=np.float32)

    def loss(o, targets, valid):
        return np.array([1.0, 2.0**-30], np.float32), np.zeros_like(o)

    assert core.bptt(p.params(core), p.x, p.targets, loss=loss)[0] == 1.0 + 2.0**-30


def test_a_mask_that_chooses_padding_alone_is_refused(core):
    p = problem(534, B=2)
    mask = np.zeros((7, 2), bool)
    mask[5:] = True
    message = "mask must choose at least one step within the sequences, got none"
    raises(
        ValueError,
        message,
        lambda: core.bptt(p.params(core), p.x, p.targets, lengths=np.array([4, 5]), mask=mask),
    )
    for kind in ("lstm", "after"):
        g = gated_problem(kind, 534, B=2)
        call = function(core, kind, "bptt")
        options = {"lengths": np.array([4, 5]), "mask": mask}
        raises(ValueError, message, lambda: call(g.params(core), g.x, g.targets, **options))  # noqa: B023


def test_what_a_loss_returns_is_checked_and_not_written_into(core):
    p = problem(535, B=6)
    kept, mask = np.ones((7, 6, 4)), np.arange(42).reshape(7, 6) % 2 == 0

    def call(loss, **options):
        return core.bptt(p.params(core), p.x, p.targets, loss=loss, **options)

    shapes = r"loss must return arrays of shapes \(7, 6\) and \(7, 6, 4\), got"
    raises(ValueError, shapes, lambda: call(lambda o, t, v: (o[..., 0], o[..., :1])))
    raises(ValueError, shapes, lambda: call(lambda o, t, v: (o[0, :, 0], o)))
    raises(TypeError, "loss must return the losses and their derivative", lambda: call(lambda o, t, v: o))
    raises(TypeError, "loss must return real numbers", lambda: call(lambda o, t, v: (o[..., 0], o + 0j)))
    raises(TypeError, "loss must be a function, got 'cross_entropy'", lambda: call("cross_entropy"))
    value, grads = call(lambda o, t, v: (kept[..., 0], kept), mask=mask)
    assert value == mask.sum() / 6
    np.testing.assert_array_equal(kept, np.ones((7, 6, 4)))
    np.testing.assert_allclose(grads.b_y, np.full(4, mask.sum() / 6), rtol=1e-14)
    # One memory for losses and derivative; and NaN where a step does not count.
    value, _ = call(lambda o, t, v: (o[..., 0], np.ones_like(o)))
    o = core.forward(p.params(core), p.x).o
    assert abs(call(lambda o, t, v: (o[..., 0], o))[0] - o[..., 0].sum() / 6) < 1e-12
    spoilt = np.where(mask[..., None], 1.0, np.nan) * np.ones(4)
    _, grads = call(lambda o, t, v: (spoilt[..., 0], spoilt), mask=mask)
    assert np.isfinite(grads.b_y).all()
