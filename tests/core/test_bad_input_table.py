"""Bad input to everything: one table of all public functions, and for each argument whatever could be given.

Every name of `rnn_core.__all__` and of the packages in it has an entry here, or is a record, which checks
nothing itself. The point processes have a table of their own. The functions of `equations` check nothing, so
that they read like the page.
"""

import atexit
import inspect
import shutil
import tempfile
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import rnn_core as core
from rnn_core import gated, residual, tasks

from .bad_values import (
    Entry,
    bools,
    check_argument,
    choice,
    count,
    dtype,
    flag,
    floats,
    function,
    integers,
    number,
    record,
    rng,
    text,
    things,
)
from .oracles import problem

ELSEWHERE = {"equations", "point_process"}

T, B, N, M, K = 7, 6, 3, 5, 4
P = problem(211, T=T, B=B, n=N, m=M, k=K)
PARAMS, GRADS = P.params(core), problem(212).params(core)
TRACE = core.forward(PARAMS, P.x, P.theta["h0"])
J = core.step_jacobians(PARAMS, TRACE)
LENGTHS, MASK = np.array([7, 2, 5, 1, 3, 6]), np.arange(T * B).reshape(T, B) % 3 == 0
STATE = core.adam_step(PARAMS, GRADS, core.adam_init(PARAMS))[1]
_, HISTORY = core.train(PARAMS, [(P.x, P.targets)] * 3, optimizer="adam")
CODES = np.arange(40) ** 2 % 5
MODEL = core.fit_markov(CODES, 5, 2)
GRAMMAR = core.agreement_grammar()


def generator():
    """A new generator, so that every call draws the same."""
    return np.random.default_rng(213)


def entry(arguments, may_be_nan=False, **kinds):
    """An entry: right arguments, or a function that makes them, and the kind of each.

    NaN is what a product of Jacobians has where it is not defined, what a loss makes of NaN, and what is left
    of a gradient that explodes beyond the largest float or of a trace that no network has.
    """
    make = arguments if callable(arguments) else lambda: dict(arguments)
    return Entry(make, kinds, may_be_nan)


def drawn(kinds, **arguments):
    """An entry of a function that draws, with rng and dtype as all of them have it."""
    more = {"rng": rng()} | ({"dtype": dtype()} if arguments.pop("typed", True) else {})
    typed = {"dtype": np.float64} if "dtype" in more else {}
    return entry(lambda: arguments | typed | {"rng": generator()}, **kinds, **more)


# --- Records -------------------------------------------------------------------------------------

NUMBERS = ("NaN", "infinity", "minus infinity", "minus one", "zero", "one half")
MATRIX, VECTOR = floats(2), floats(1)
RNN = record(W_hx=floats(2, sized=False), W_hh=MATRIX, W_yh=MATRIX, b_h=VECTOR, b_y=VECTOR)
NETWORK_GRADS = record(W_hx=MATRIX, W_hh=MATRIX, W_yh=MATRIX, b_h=VECTOR, b_y=VECTOR)
ACTIVATION = things()
# For the norm of a gradient of whatever shapes, finite or not.
ANY_SHAPE = VECTOR.but(
    *(*NUMBERS, "None", "a list", "a matrix", "with two more axes", "with its last axis cut"),
    *("with a NaN", "with an infinity"),
)
TREE = record(b_h=ANY_SHAPE).but("another NamedTuple")
# Functions that a caller may give: these return the wrong things.
LOSS = function().also(
    of_one_thing=lambda good: lambda o, targets, valid: o[..., 0],
    of_nothing=lambda good: lambda o, targets, valid: None,
    of_three_things=lambda good: lambda o, targets, valid: (o[..., 0], o, o),
    of_strings=lambda good: lambda o, targets, valid: ("a", "b"),
    of_complex_numbers=lambda good: lambda o, targets, valid: (o[..., 0], o + 0j),
    of_wrong_shapes=lambda good: lambda o, targets, valid: (o, o),
    of_a_scalar_gradient=lambda good: lambda o, targets, valid: (o[..., 0], 1.0),
)
GATED = {"W_hx": floats(2, sized=False), "W_hh": MATRIX, "W_yh": MATRIX, "b_h": VECTOR, "b_y": VECTOR}
LSTM = record(**GATED, peepholes=MATRIX.optional())
GRU = record(**GATED, b_hn=VECTOR.optional())
LAYERS = things().also(
    no_layers=(), strings=lambda good: (good[0], "nonsense"), plain=lambda good: (tuple(good[0]),)
)
STACK = record(W_in=floats(2, sized=False).without("None"), layers=LAYERS, W_yh=MATRIX, b_y=VECTOR)
TREE_STATE = record(step=count(0), mean=NETWORK_GRADS, square=NETWORK_GRADS)
HISTORY_KIND = record(
    loss=floats(1, sized=True, integers=True, free=("with an axis of no length",)),
    grad_norm=floats(1, integers=True),
    clipped=bools(1).but("all false"),
    optimizer_state=things().optional(),
)

SEQUENCES = floats(3)
TARGETS = integers(2, below=K)
PASS = {"params": RNN, "x": SEQUENCES, "h0": floats(2).optional(), "activation": ACTIVATION}
LENGTHS_KIND = integers(1, below=T + 1).also(zero_steps=lambda good: good * 0).optional()
LEARN = {"targets": TARGETS, "lengths": LENGTHS_KIND, "mask": bools(2).optional(), "loss": LOSS}
PASSED = {"params": PARAMS, "x": P.x, "h0": P.theta["h0"], "activation": core.TANH}
LEARNT = {"targets": P.targets, "lengths": LENGTHS, "mask": MASK, "loss": core.cross_entropy}
TRACE_KIND = record(h=floats(3), activation=ACTIVATION)
JACOBIANS = floats(4, integers=True, free=("with two more axes",)).also(flat=lambda good: good[0, 0])
SQUARE = floats(2, integers=True)
LOG_NORM = floats(1, integers=True, free=("with its last axis cut", "of float16")).also(
    not_from_zero=lambda good: good + 1.0
)
WORD_CODES = integers(1, sized=False, below=5)
TEXT_CODES = WORD_CODES.also(too_short=lambda good: good[:2])

# --- The plain network, Jacobians, parameters ------------------------------------------------------

TABLE = {
    "forward": entry(PASSED, **PASS),
    "bptt": entry(PASSED | LEARNT, **PASS, **LEARN),
    "backpropagate": entry(PASSED | LEARNT, **PASS, **LEARN),
    "truncated_bptt": entry(PASSED | LEARNT | {"window": 3}, **PASS, **LEARN, window=count()),
    "backpropagate_outputs": entry(
        {"params": PARAMS, "x": P.x, "trace": TRACE, "grad_o": TRACE.o},
        may_be_nan=True,
        params=RNN,
        x=SEQUENCES,
        trace=TRACE_KIND,
        grad_o=floats(3),
    ),
    "lag_contributions": entry(
        PASSED | {"x": P.x[:, 0], "h0": P.theta["h0"][0], "targets": P.targets[:, 0]},
        params=RNN,
        x=floats(2),
        h0=floats(1).optional(),
        activation=ACTIVATION,
        targets=integers(1, below=K),
    ),
    "step_jacobians": entry({"params": PARAMS, "trace": TRACE}, params=RNN, trace=TRACE_KIND),
    "product_log_norms": entry({"J": J, "start": 2}, may_be_nan=True, J=JACOBIANS, start=count(0).optional()),
    "lyapunov_exponents": entry(
        {"J": J[:, 0], "discard": 2}, J=floats(3, integers=True), discard=count(0).also(all_steps=T)
    ),
    "decay_rate": entry({"log_norm": np.array([0.0, -1.0, -2.5])}, log_norm=LOG_NORM),
    "lag_below": entry(
        {"log_norm": np.array([0.0, -1.0, -9.0]), "fraction": 0.01},
        log_norm=LOG_NORM,
        fraction=number(above=0, below=1.5),
    ),
    "norm_bound": entry(
        {"gamma": 0.9, "rho": 1.2, "lag": np.arange(4)},
        gamma=number(least=0),
        rho=number(least=0),
        lag=integers(
            1, sized=False, free=("zero", "an empty list", "with two more axes", "with an axis of no length")
        ),
    ),
    "log_norm_bound": entry(
        {"gamma": 0.9, "rho": 1.2, "lag": np.arange(4)},
        gamma=number(least=0),
        rho=number(least=0),
        lag=integers(
            1, sized=False, free=("zero", "an empty list", "with two more axes", "with an axis of no length")
        ),
    ),
    "spectral_norm": entry({"W": PARAMS.W_hh}, W=SQUARE),
    "spectral_radius": entry({"W": PARAMS.W_hh}, W=SQUARE),
    "init_params": drawn(
        {
            "n": count(),
            "m": count(),
            "k": count(),
            "rho": number(least=0),
            "recurrent": choice(),
            "strength": number(least=0),
        },
        n=3,
        m=5,
        k=4,
        rho=0.9,
        recurrent="nonnormal",
        strength=1.5,
    ),
    "recurrent_matrix": drawn(
        {"kind": choice(), "m": count(), "rho": number(least=0), "strength": number(least=0)},
        kind="nonnormal",
        m=5,
        rho=0.9,
        strength=1.5,
        typed=False,
    ),
    "nonnormal_parts": drawn({"m": count()}, m=5, typed=False),
    "tanh_with_gain": entry({"gain": 1.5}, gain=number(least=0)),
    "linear": entry({"slope": 1.5}, slope=number(least=0)),
    "relu": entry({"slope": 1.5}, slope=number(least=0)),
    "Activation": entry(
        {"name": "mine", "gamma": 1.0, "value": np.tanh, "slope": np.cos},
        name=text(),
        gamma=number(least=0),
        value=function(),
        slope=function(),
    ),
    "cross_entropy": entry(
        lambda: {"o": TRACE.o.copy(), "targets": P.targets, "valid": MASK},
        may_be_nan=True,
        o=floats(3, sized=False, free=("with a NaN", "with an infinity")).without("a matrix"),
        targets=TARGETS,
        valid=bools(2).but("all false").optional(),
    ),
    "squared_error": entry(
        lambda: {"o": TRACE.o.copy(), "targets": TRACE.y, "valid": np.full((T, B), True)},
        may_be_nan=True,
        o=floats(3, sized=False, free=("with a NaN", "with an infinity")).without("a matrix"),
        targets=floats(3),
        valid=bools(2).but("all false").optional(),
    ),
    # --- Descent ---
    "sgd_step": entry(
        {"params": PARAMS, "grads": GRADS, "learning_rate": 0.1},
        params=RNN,
        grads=NETWORK_GRADS,
        learning_rate=number(above=0),
    ),
    "adam_init": entry({"params": PARAMS}, params=RNN.but("another NamedTuple")),
    "adam_step": entry(
        {
            "params": PARAMS,
            "grads": GRADS,
            "state": STATE,
            "learning_rate": 0.1,
            "beta1": 0.9,
            "beta2": 0.99,
            "epsilon": 1e-8,
        },
        params=RNN,
        grads=NETWORK_GRADS,
        state=TREE_STATE,
        learning_rate=number(above=0),
        beta1=number(least=0, below=1.0),
        beta2=number(least=0, below=1.0),
        epsilon=number(above=0),
    ),
    "global_norm": entry({"grads": GRADS}, may_be_nan=True, grads=TREE),
    "clip_by_global_norm": entry(
        {"grads": GRADS, "max_norm": 0.5}, grads=RNN.but("another NamedTuple"), max_norm=number(above=0)
    ),
    "train": entry(
        {
            "params": PARAMS,
            "batches": [(P.x, P.targets)] * 2,
            "learning_rate": 0.01,
            "clip": 1.0,
            "activation": core.TANH,
            "loss": core.cross_entropy,
            "gradient": None,
            "optimizer": "adam",
            "history": HISTORY,
            "progress": False,
        },
        params=RNN,
        batches=things(),
        learning_rate=number(above=0).optional(),
        clip=number(above=0).optional(),
        activation=ACTIVATION,
        loss=function(),
        gradient=function()
        .optional()
        .also(
            of_one_thing=lambda good: lambda params, batch: 1.0,
            of_nothing=lambda good: lambda params, batch: None,
            of_three_things=lambda good: lambda params, batch: (1.0, params, params),
            of_a_list=lambda good: lambda params, batch: (1.0, list(params)),
            of_a_complex_loss=lambda good: lambda params, batch: (1j, params),
            of_other_shapes=lambda good: (
                lambda params, batch: (1.0, core.init_params(2, 2, 2, rng=generator()))
            ),
        ),
        optimizer=choice(),
        history=HISTORY_KIND.optional(),
        progress=flag(),
    ),
    # --- Text, grammar, Markov models ---
    "Vocabulary": entry(
        {"symbols": ("a", "b")},
        symbols=things().also(twice=("a", "a"), words=("the", "dog"), none=(), numbers=(1, 2)),
    ),
    "Vocabulary.of": entry({"text": "abcab"}, text=things("a string", "a number in a string")),
    "Vocabulary.encode": entry(
        {"self": core.Vocabulary.of("abcab"), "text": "abba"},
        text=things("an empty string").also(list_=["a", "b"]),
    ),
    "Vocabulary.decode": entry(
        {"self": core.Vocabulary.of("abcab"), "codes": np.array([0, 2, 1])},
        codes=integers(
            1,
            sized=False,
            below=3,
            free=("an empty list", "an empty array", "with an axis of no length", "a generator"),
        ),
    ),
    "read_text": entry(
        lambda: {"path": __file__, "max_bytes": 2**30},
        path=things("a string", "a number in a string").also(a_number=3),
        max_bytes=count(),
    ),
    "one_hot": entry(
        {"codes": CODES, "k": 5, "dtype": np.float64},
        codes=integers(
            1,
            sized=False,
            below=5,
            free=("zero", "an empty list", "with two more axes", "with an axis of no length"),
        ),
        k=count(),
        dtype=dtype(),
    ),
    "next_symbol_pair": entry(
        {"codes": CODES, "k": 5, "dtype": np.float64}, codes=WORD_CODES, k=count(), dtype=dtype()
    ),
    "next_symbol_batches": drawn(
        {"codes": WORD_CODES, "k": count(), "T": count(), "B": count(), "updates": count()},
        codes=CODES,
        k=5,
        T=4,
        B=3,
        updates=2,
    ),
    "agreement_grammar": entry({}),
    "example_corpus": entry({}),
    "fit_markov": entry(
        {"codes": CODES, "k": 5, "order": 2, "smoothing": "backoff", "alpha": 0.5},
        codes=TEXT_CODES,
        k=count(),
        order=count(0),
        smoothing=choice(),
        alpha=number(above=0),
    ),
    "markov_parameter_count": entry({"order": 2, "k": 5}, order=count(0), k=count()),
}

MODEL_KIND = record(
    order=count(0),
    k=count(),
    smoothing=choice(),
    alpha=number(above=0),
    tables=things().also(
        cut=lambda good: good[:-1], plain=lambda good: tuple(tuple(table) for table in good)
    ),
)
GRAMMAR_KIND = record(
    words=things("a list").also(
        none=(), numbers=lambda good: tuple(range(len(good))), cut=lambda good: good[:-1]
    ),
    probabilities=floats(2).also(not_summing_to_one=lambda good: good * 0.5),
    successor=integers(2, free=("with a minus one",)).also(too_large=lambda good: good + 50),
    start=count(0).also(too_large=99),
)
CONTEXT = integers(
    1, sized=False, below=5, free=("an empty list", "an empty array", "with an axis of no length")
)

TABLE |= {
    "stationary_distribution": entry({"grammar": GRAMMAR}, grammar=GRAMMAR_KIND),
    "entropy_rate": entry({"grammar": GRAMMAR}, grammar=GRAMMAR_KIND),
    "sample_grammar": drawn(
        {"grammar": GRAMMAR_KIND, "length": count()}, grammar=GRAMMAR, length=9, typed=False
    ),
    "markov_conditional": entry({"model": MODEL, "context": CODES[:4]}, model=MODEL_KIND, context=CONTEXT),
    "markov_log_probs": entry({"model": MODEL, "codes": CODES}, model=MODEL_KIND, codes=WORD_CODES),
    "unseen_contexts": entry({"model": MODEL, "codes": CODES}, model=MODEL_KIND, codes=TEXT_CODES),
    "sample_markov": drawn(
        {"model": MODEL_KIND, "length": count(), "start": CONTEXT},
        model=MODEL,
        length=9,
        start=CODES[:4],
        typed=False,
    ),
}

# --- Checkpoints ------------------------------------------------------------------------------------

FOLDER = Path(tempfile.mkdtemp())
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
SAVED = core.Checkpoint(PARAMS, HISTORY, np.random.default_rng(0).bit_generator.state)
core.save_checkpoint(FOLDER / "good.npz", SAVED)

TABLE |= {
    "save_checkpoint": entry(
        {"path": FOLDER / "saved.npz", "checkpoint": SAVED},
        path=things("a string", "a number in a string").also(a_number=3),
        checkpoint=record(
            params=RNN,
            history=HISTORY_KIND,
            rng_state=things()
            .optional()
            .also(
                of_no_generator={"bit_generator": "PCG65", "state": {}},
                cut=lambda good: {"bit_generator": "PCG64"},
                with_too_large_a_number=lambda good: good | {"has_uint32": 2**80},
            ),
        ),
    ),
    "load_checkpoint": entry(
        {"path": FOLDER / "good.npz", "max_bytes": 2**32},
        may_be_nan=True,
        path=things("a string", "a number in a string").also(a_number=3, a_text=lambda good: __file__),
        max_bytes=count(),
    ),
}

# --- The cliff --------------------------------------------------------------------------------------

NUMBER_OR_ARRAY = floats(
    1,
    sized=False,
    integers=True,
    free=(
        "zero",
        "one half",
        "minus one",
        "a list",
        "an empty list",
        "an empty array",
        "a matrix",
        "with two more axes",
        "with an axis of no length",
    ),
)
CLIFF = {"T": count(), "h0": number(above=0, below=1.0), "target": number()}
AT = {"T": 9, "h0": 0.6, "target": 0.7}
GRID = np.array([[4.5, 1.0], [5.0, -2.0]])
TABLE |= {
    "cliff.cliff_loss": entry(
        {"w": GRID[0], "b": GRID[1]} | AT, w=NUMBER_OR_ARRAY, b=NUMBER_OR_ARRAY, **CLIFF
    ),
    "cliff.cliff_gradient": entry(
        {"w": GRID[0], "b": GRID[1]} | AT, w=NUMBER_OR_ARRAY, b=NUMBER_OR_ARRAY, **CLIFF
    ),
    "cliff.cliff_edge": entry({"w": GRID[0], "h0": 0.6}, w=NUMBER_OR_ARRAY, h0=CLIFF["h0"]),
    "cliff.cliff_descent": entry(
        {"w": 4.5, "b": -2.0, "learning_rate": 0.1, "updates": 3, "clip": 0.5} | AT,
        w=number(),
        b=number(),
        learning_rate=number(above=0),
        updates=count(),
        clip=number(above=0).optional(),
        **CLIFF,
    ),
}

# --- Gated cells and stacks ---------------------------------------------------------------------------

LSTM_PARAMS = gated.init_lstm(N, M, K, peepholes=True, rng=generator())
GRU_PARAMS = gated.init_gru(N, M, K, rng=generator())
LSTM_TRACE, GRU_TRACE = gated.lstm_forward(LSTM_PARAMS, P.x), gated.gru_forward(GRU_PARAMS, P.x)
LSTM_PASS = {"params": LSTM_PARAMS, "x": P.x, "h0": P.theta["h0"], "c0": 0.3 * P.theta["h0"]}
GRU_PASS = {"params": GRU_PARAMS, "x": P.x, "h0": P.theta["h0"]}
STATES = floats(2).optional()
LSTM_KINDS = {"params": LSTM, "x": SEQUENCES, "h0": STATES, "c0": STATES}
GRU_KINDS = {"params": GRU, "x": SEQUENCES, "h0": STATES}
PLAIN_LSTM = LSTM_PARAMS._replace(peepholes=None)
NO_PEEPHOLES = record(**GATED, peepholes=things().optional())
WITH_B_HN = record(**GATED, b_hn=VECTOR)
TORCH = {
    "weight_ih": floats(2, sized=False),
    "weight_hh": MATRIX,
    "bias_ih": VECTOR,
    "bias_hh": VECTOR,
    "linear_weight": MATRIX,
    "linear_bias": VECTOR,
}
KERAS = {
    "kernel": MATRIX,
    "recurrent_kernel": MATRIX,
    "bias": VECTOR,
    "dense_kernel": floats(2, sized=False),
    "dense_bias": VECTOR,
    "config": things()
    .optional()
    .also(
        hard=lambda good: good | {"recurrent_activation": "hard_sigmoid"},
        relu=lambda good: good | {"activation": "relu"},
        backwards=lambda good: good | {"go_backwards": True},
    ),
}
CONFIG = {"activation": "tanh", "recurrent_activation": "sigmoid", "go_backwards": False}
SIZES = {"n": count(), "m": count(), "k": count(), "rho": number(least=0)}

STACK_PARAMS = residual.init_stack(N, M, K, 2, rng=generator())
STACK_PASS = {
    "params": STACK_PARAMS,
    "x": P.x,
    "h0": np.stack([P.theta["h0"]] * 2),
    "activation": core.TANH,
    "skip": True,
}
STACK_KINDS = {
    "params": STACK,
    "x": SEQUENCES,
    "h0": floats(3).optional(),
    "activation": ACTIVATION,
    "skip": flag(),
}

TABLE |= {
    "gated.lstm_forward": entry(LSTM_PASS, **LSTM_KINDS),
    "gated.lstm_bptt": entry(LSTM_PASS | LEARNT, **LSTM_KINDS, **LEARN),
    "gated.lstm_backpropagate": entry(LSTM_PASS | LEARNT, **LSTM_KINDS, **LEARN),
    "gated.gru_forward": entry(GRU_PASS, **GRU_KINDS),
    "gated.gru_bptt": entry(GRU_PASS | LEARNT, **GRU_KINDS, **LEARN),
    "gated.gru_backpropagate": entry(GRU_PASS | LEARNT, **GRU_KINDS, **LEARN),
    "gated.lstm_step_jacobians": entry(
        {"params": LSTM_PARAMS, "trace": LSTM_TRACE},
        may_be_nan=True,
        params=LSTM,
        trace=record(gates=floats(3), c=floats(3)),
    ),
    "gated.gru_step_jacobians": entry(
        {"params": GRU_PARAMS, "trace": GRU_TRACE},
        may_be_nan=True,
        params=GRU,
        trace=record(gates=floats(3), h=floats(3)),
    ),
    "gated.lstm_cell_path": entry({"trace": LSTM_TRACE}, trace=record(gates=floats(3))),
    "gated.lstm_from_torch": entry(gated.lstm_to_torch(PLAIN_LSTM), **TORCH),
    "gated.gru_from_torch": entry(gated.gru_to_torch(GRU_PARAMS), **TORCH),
    "gated.lstm_from_keras": entry(gated.lstm_to_keras(PLAIN_LSTM) | {"config": CONFIG}, **KERAS),
    "gated.gru_from_keras": entry(
        gated.gru_to_keras(GRU_PARAMS) | {"config": CONFIG | {"reset_after": True}},
        **KERAS
        | {"bias": MATRIX, "config": KERAS["config"].also(before=lambda good: good | {"reset_after": False})},
    ),
    "gated.lstm_to_torch": entry({"params": PLAIN_LSTM}, params=NO_PEEPHOLES),
    "gated.lstm_to_keras": entry({"params": PLAIN_LSTM}, params=NO_PEEPHOLES),
    "gated.gru_to_torch": entry({"params": GRU_PARAMS}, params=WITH_B_HN),
    "gated.gru_to_keras": entry({"params": GRU_PARAMS}, params=GRU),
    "gated.init_lstm": drawn(
        SIZES | {"forget_bias": number(), "peepholes": flag()},
        n=3,
        m=5,
        k=4,
        rho=0.9,
        forget_bias=1.0,
        peepholes=True,
    ),
    "gated.init_gru": drawn(SIZES | {"reset": choice()}, n=3, m=5, k=4, rho=0.9, reset="before"),
    "residual.init_stack": drawn(
        SIZES | {"depth": count(), "recurrent": choice()},
        n=3,
        m=5,
        k=4,
        rho=0.9,
        depth=2,
        recurrent="gaussian",
    ),
    "residual.stack_forward": entry(STACK_PASS, **STACK_KINDS),
    "residual.stack_bptt": entry(STACK_PASS | LEARNT, **STACK_KINDS, **LEARN),
    "residual.stack_backpropagate": entry(STACK_PASS | LEARNT, **STACK_KINDS, **LEARN),
}

# --- Tasks -------------------------------------------------------------------------------------------

ADDING = tasks.adding(11, 5, rng=generator())
COPY = tasks.copy_memory(3, 5, 4, 2, rng=generator())
ORDER = tasks.temporal_order(10, 5, rng=generator())
REBER = tasks.embedded_reber(5, rng=generator())
ONE_HOT = floats(3, free=()).also(
    of_zeros=lambda good: good * 0.0, halved=lambda good: good / 2, more_than_one=lambda good: good + 1.0
)


def others(own):
    """The batches of all other tasks."""
    batches = {"adding": ADDING, "copy": COPY, "order": ORDER, "reber": REBER}
    return {f"of_{name}": lambda good, b=batch: b for name, batch in batches.items() if name != own}


def checker(own, batch, width, batch_kind, **more):
    """An entry of a function that measures errors."""
    o = np.random.default_rng(214).normal(size=(*batch.x.shape[:2], width))
    extra = {name: value for name, (value, _) in more.items()}
    kinds = {name: kind for name, (_, kind) in more.items()}
    return entry(
        {"o": o, "batch": batch} | extra,
        o=floats(3, integers=True),
        batch=batch_kind.also(**others(own)),
        **kinds,
    )


REFUSED = things().optional()
ADDING_KIND = record(x=floats(3), targets=floats(3), lengths=REFUSED, mask=bools(2))
COPY_KIND = record(x=ONE_HOT, targets=integers(2, below=5), lengths=REFUSED, mask=REFUSED)
ORDER_KIND = record(x=ONE_HOT, targets=integers(2, below=4), lengths=REFUSED, mask=bools(2))
REBER_KIND = record(
    x=ONE_HOT, targets=integers(2, below=7), lengths=integers(1, below=len(REBER.x) + 1), mask=REFUSED
).also(illegal=lambda good: good._replace(x=np.roll(good.x, 1, axis=-1)))
DRAW = {"T": count(), "B": count()}

TABLE |= {
    "tasks.adding": drawn(DRAW, T=11, B=5),
    "tasks.adding_errors": checker("adding", ADDING, 1, ADDING_KIND, tolerance=(0.08, number(above=0))),
    "tasks.copy_memory": drawn(
        {"delay": count(), "B": count(), "symbols": count(), "length": count()},
        delay=3,
        B=5,
        symbols=4,
        length=2,
    ),
    "tasks.copy_baseline": entry(
        {"delay": 3, "symbols": 4, "length": 2}, delay=count(), symbols=count(), length=count()
    ),
    "tasks.copy_errors": checker("copy", COPY, 5, COPY_KIND),
    "tasks.temporal_order": drawn(DRAW, T=10, B=5),
    "tasks.temporal_order_errors": checker("order", ORDER, 4, ORDER_KIND),
    "tasks.embedded_reber": drawn({"B": count()}, B=5),
    "tasks.sample_embedded_reber": drawn({"B": count()}, B=5, typed=False),
    "tasks.reber_batch": entry(
        {"strings": ["BTBTXSETE", "BPBTXSEPE"], "dtype": np.float64},
        strings=things().also(illegal=["BTBTXSEPE"], one_string="BTBTXSETE", numbers=[1, 2], empty=[""]),
        dtype=dtype(),
    ),
    "tasks.is_embedded_reber": entry({"string": "BTBTXSETE"}, string=text()),
    "tasks.reber_legal": entry({"batch": REBER}, batch=REBER_KIND.also(**others("reber"))),
    "tasks.reber_errors": checker("reber", REBER, 7, REBER_KIND),
    "tasks.reber_critical_errors": checker("reber", REBER, 7, REBER_KIND),
    "tasks.reber_solved": checker("reber", REBER, 7, REBER_KIND),
    "tasks.reber_baseline": entry({"forgetful": True}, forgetful=flag()),
    "tasks.reber_length": entry({}),
    "tasks.adding_baseline": entry({}),
    "tasks.temporal_order_baseline": entry({}),
}


def public(module=core, prefix=""):
    """Every public name that can be called and is no record, with its object; methods of classes too."""
    for name in module.__all__:
        value = getattr(module, name)
        if isinstance(value, ModuleType):
            if name not in ELSEWHERE:
                yield from public(value, f"{prefix}{name}.")
        elif isinstance(value, type) and hasattr(value, "_fields"):
            continue
        elif callable(value) and not isinstance(value, core.Activation):
            yield f"{prefix}{name}", value
    if module is core:
        yield from (
            (f"Vocabulary.{name}", getattr(core.Vocabulary, name)) for name in ("of", "encode", "decode")
        )


FUNCTIONS = dict(public())


def test_every_public_function_is_in_the_table():
    assert FUNCTIONS.keys() == TABLE.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_argument_is_in_the_table(name):
    signature = inspect.signature(FUNCTIONS[name]).parameters.keys() - {"self"}
    assert signature == TABLE[name].kinds.keys()
    assert signature == TABLE[name].arguments().keys() - {"self"}


ARGUMENTS = [(name, argument) for name, entry in TABLE.items() for argument in entry.kinds]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """A text is a right path: what is saved under it shall not stay."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "argument"), ARGUMENTS, ids=lambda part: part)
def test_bad_input_is_refused_by_name_or_gives_a_right_result(name, argument):
    check_argument(FUNCTIONS[name], TABLE[name], argument)
