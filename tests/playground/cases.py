"""Cases that rnn_core computes for the engine: each is what is asked, what must come, and how nearly."""

import itertools
from dataclasses import asdict, replace
from typing import Any, NamedTuple

import numpy as np
from engines import flat

from rnn_core import clip_by_global_norm, global_norm
from rnn_core.params import RECURRENT_KINDS
from rnn_core.tasks import REBER_SYMBOLS
from rnn_playground import Generator, Setup, batches, gradient_of, make_task, outputs, run, start
from rnn_playground.gradient import ACTIVATIONS
from rnn_playground.measures import lag_shares, log_bound, log_norms, probe, traces
from rnn_playground.setup import CELLS, OPTIMIZERS, TASKS
from rnn_playground.start import layers_of

TEXT = "so long a text as this 👍 has letters — and some that are rare: Ǻé\n"


class Case(NamedTuple):
    asked: dict[str, Any]
    expected: Any
    tolerance: float


def asking(do, setup, **more):
    return {"do": do, "setup": asdict(setup), "text": TEXT, **more}


def random_cases():
    for seed, stream, (low, high) in [
        (0, 0, (0, 2)),
        (1, 1, (3, 10)),
        (4294967295, 2, (0, 1)),
        (20240229, 1, (-5, 1000)),
    ]:
        rng, count = Generator(seed, stream), 300
        expected = {
            "words": np.array([rng.word() for _ in range(count)]),
            "uniforms": rng.random(count),
            "integers": rng.integers(low, high, count),
        }
        asked = {"do": "random", "seed": seed, "stream": stream, "count": count, "low": low, "high": high}
        yield Case(asked, expected, 0.0)
        yield Case(asked, {"normals": rng.standard_normal(count)}, 1e-15)


def drawn(batch):
    """A batch as the engine has it."""
    x = np.asarray(batch.x)
    T, B, _ = x.shape
    inside = np.ones((T, B), bool)
    if batch.lengths is not None:
        inside = np.arange(T)[:, None] < batch.lengths
    counted = inside if batch.mask is None else batch.mask & inside
    if batch.targets.ndim == 3:
        values, targets, codes = batch.targets[-1, :, 0], np.where(counted, 0, -1), None
    else:
        values, targets, codes = (
            None,
            np.where(counted, batch.targets, -1),
            np.where(inside, x.argmax(-1), -1),
        )
    return {
        "T": T,
        "B": B,
        "x": x if codes is None else None,
        "codes": codes,
        "targets": targets,
        "values": values,
        "lengths": batch.lengths,
    }


def draw_cases():
    for task, T, B, seed in [*itertools.product(TASKS, (10, 23), (1, 5), (3,)), ("adding", 7, 4, 9)]:
        setup = Setup(task=task, T=T, batch=B, seed=seed)
        made = make_task(setup, TEXT)
        names = ("n", "k", "symbols", "answers", "chance", "floor", "steps")
        expected = [drawn(batch) for batch in batches(setup, 3, TEXT)]
        asked = asking("draw", setup, count=3)
        yield Case(asked, {"drawn": expected}, 0.0)
        yield Case(asked, {"task": {name: getattr(made, name) for name in names}}, 1e-12)


def accuracy_cases():
    """Outputs that are right here and there; a tie is none for Reber's strings."""
    for task in TASKS:
        setup = Setup(task=task, T=60 if task == "agreement" else 12, batch=6, seed=4)
        made, rng = make_task(setup, TEXT), np.random.default_rng(1)
        batch = next(batches(setup, 1, TEXT))
        o = rng.random((*batch.x.shape[:2], made.k))
        if task == "adding":
            o = batch.targets + 0.16 * rng.standard_normal(o.shape)
        else:
            wanted = rng.random(batch.targets.shape) < 0.5
            o[wanted, batch.targets[wanted]] = 2.0
        asked = asking("right", setup, y=o.ravel().tolist())
        yield Case(asked, float(made.accuracy(o, batch)), 1e-12)


def start_cases():
    for cell, layers in itertools.product(CELLS, (1, 2)):
        setup = Setup(cell=cell, layers=layers, m=7, seed=layers, forget_bias=2.5, input_scale=0.3)
        yield Case(asking("start", setup), flat(start(setup, TEXT)), 1e-12)
    for family, m in itertools.product(RECURRENT_KINDS, (1, 6, 13)):
        setup = Setup(family=family, m=m, rho=1.3, seed=m)
        yield Case(asking("start", setup), flat(start(setup, TEXT)), 1e-12)


def gradient_cases():
    """Each cell, task and number of layers, cut and not; the sizes leave something over in every product."""
    choices = itertools.product(CELLS, TASKS, (1, 2), (0, 4))
    for i, (cell, task, layers, window) in enumerate(choices):
        setup = Setup(
            task=task, T=11, cell=cell, m=5 + i % 3, layers=layers, batch=1 + i % 4, window=window, seed=i
        )
        params, batch = start(setup, TEXT), next(batches(setup, 1, TEXT))
        loss, grads = gradient_of(setup, TEXT)(params, batch)
        yield Case(asking("gradient", setup), {"loss": loss, "gradient": flat(grads)}, 1e-10)


def training_setups():
    """Each cell, optimiser and task; with one layer or two, clipped or not, cut or not in turn."""
    ways = list(itertools.product((1, 2), (0.0, 0.5), (0, 3)))
    for i, (cell, optimizer, task) in enumerate(itertools.product(CELLS, OPTIMIZERS, TASKS)):
        layers, clip, window = ways[(i + i // 7) % 8]
        yield Setup(
            task=task,
            T=10,
            cell=cell,
            m=4 + i % 4,
            layers=layers,
            optimizer=optimizer,
            rate=0.01 if optimizer == "adam" else 0.02,
            clip=clip,
            window=window,
            batch=1 + i % 3,
            seed=100 + i,
        )


def training_cases(updates):
    for setup in training_setups():
        records = list(run(setup, updates, TEXT))
        expected = {
            "done": updates,
            "theta": flat(records[-1].params),
            "loss": np.array([record.loss for record in records]),
            "grad_norm": np.array([record.grad_norm for record in records]),
            "clipped": np.array([record.clipped for record in records]),
            "accuracy": np.array([np.nan if r.accuracy is None else r.accuracy for r in records]),
            "diverged": None,
        }
        yield Case(asking("train", setup, updates=updates), expected, 1e-8)


def measure_cases():
    choices = itertools.product(
        CELLS, (1, 2), (("recall", 0), ("agreement", 0), ("parity", 4), ("adding", 5))
    )
    for i, (cell, layers, (task, window)) in enumerate(choices):
        setup = Setup(task=task, T=9, cell=cell, layers=layers, m=4 + i % 3, window=window, batch=2, seed=i)
        params = [record.params for record in run(setup, 3, TEXT)][-1]
        batch = probe(setup, TEXT)
        T = len(batch.x)
        shares, norms, bound = (
            lag_shares(setup, params, batch, TEXT),
            log_norms(setup, params, batch),
            log_bound(setup, params, T),
        )
        of_layers = traces(setup, params, batch.x)
        expected = {
            "T": T,
            "layers": [
                {
                    "lag_shares": shares[layer],
                    "log_norms": norms[layer],
                    "log_bound": None if bound is None else bound[layer],
                    "h": trace.h[1:],
                    "gates": None if cell in ACTIVATIONS else trace.gates,
                }
                for layer, trace in enumerate(of_layers)
            ],
            "y": of_layers[-1].o if task == "adding" else of_layers[-1].y,
            "weights": flat(params),
        }
        yield Case(asking("measures", setup, updates=3), expected, 1e-9)


def norm_cases():
    """Products of Jacobians that are looked at every so many steps, with a straight line between."""
    for cell, layers, T, stride in [
        ("lstm", 2, 9, 4),
        ("gru", 1, 12, 5),
        ("tanh", 2, 8, 3),
        ("relu", 1, 9, 2),
    ]:
        setup = Setup(task="parity", T=T, cell=cell, layers=layers, m=5, batch=2, seed=stride)
        params = [record.params for record in run(setup, 2, TEXT)][-1]
        size = 10 if cell == "lstm" else 5
        looked = np.append(np.arange(0, T, stride), T)
        whole = log_norms(setup, params, probe(setup, TEXT))
        lines = [np.interp(np.arange(T + 1), looked, norms[looked]) for norms in whole]
        assert all(not np.allclose(line, norms) for line, norms in zip(lines, whole, strict=True))
        expected = [{"stride": stride, "norms": line} for line in lines]
        yield Case(asking("norms", setup, updates=2, most=T * size**3 / stride), expected, 1e-9)


def odd_numbers():
    yield Case({"do": "norm", "values": [3e200, -4e200]}, 5e200, 1e-14)
    yield Case({"do": "norm", "values": [3e-200, 4e-200]}, 5e-200, 0.0)
    for values, most in [
        ([3e4, -4e4, 1.0], 0.5),
        ([0.1, 0.2], 0.5),
        ([3e300, 4e300], 1e-7),
        ([3e307, 4e307], 2e-2),
    ]:
        setup = start(Setup(m=1, task="parity"))
        grads = setup._replace(W_hx=np.array([[*values, 0.0][:2]]), W_hh=np.array([[[*values, 0.0][2]]]))
        grads = grads._replace(W_yh=np.zeros((2, 1)))
        clipped, norm = clip_by_global_norm(grads, most)
        assert norm == global_norm(grads)
        expected = np.append(clipped.W_hx, clipped.W_hh)[: len(values)]
        yield Case(
            {"do": "clip", "values": values, "most": most},
            {"clipped": norm > most, "gradient": expected},
            1e-14,
        )


def prediction_cases():
    rng = np.random.default_rng(3)
    for task, inputs, T in [("reber", "BTBTXSE", None), ("adding", None, 6), ("text", "that", None)]:
        for cell, layers in (("tanh", 1), ("lstm", 2), ("gru", 1)):
            setup = Setup(task=task, T=8, cell=cell, layers=layers, m=5, batch=2)
            params = [record.params for record in run(setup, 2, TEXT)][-1]
            made = make_task(setup, TEXT)
            given = inputs
            if task == "adding":
                x = rng.random((T, 1, 2))
                given = x[:, 0].tolist()
            else:
                symbols = REBER_SYMBOLS if task == "reber" else made.symbols
                x = np.eye(made.n)[[symbols.index(symbol) for symbol in inputs]][:, None]
            o = outputs(setup, params, x)
            if task != "adding":
                o = np.exp(o - o.max(axis=-1, keepdims=True))
                o /= o.sum(axis=-1, keepdims=True)
            states = [trace.h[1:] for trace in traces(setup, params, x)]
            expected = {"T": len(x), "y": o, "h": states}
            yield Case(asking("predict", setup, updates=2, inputs=given), expected, 1e-10)


def change_cases():
    """The window, the rate, the clip and T change in the course of a run; the batches go on."""
    for cell, change in [("tanh", {"window": 2}), ("lstm", {"T": 13}), ("gru", {"rate": 0.05, "clip": 0.01})]:
        first = Setup(task="parity", T=9, cell=cell, m=4, batch=2, seed=8)
        then = replace(first, **change)
        rng, task = Generator(first.seed, 1), make_task(first)
        params, state = start(first), None
        for setup in (first, then):
            task, gradient = make_task(setup), gradient_of(setup)
            for _ in range(4):
                params, state = updated(setup, params, state, gradient(params, task.draw(2, rng))[1])
        yield Case(
            {"do": "changed", "setup": asdict(first), "change": change, "updates": 4},
            {"theta": flat(params), "T": then.T},
            1e-9,
        )


def updated(setup, params, state, grads):
    from rnn_core import adam_init, adam_step

    grads, _ = clip_by_global_norm(grads, setup.clip)
    return adam_step(params, grads, state or adam_init(params), setup.rate)


def matrices():
    rng = np.random.default_rng(0)
    yield np.array([[-2.5]])
    yield np.zeros((3, 3))
    yield np.array([[0.0, -1.0], [1.0, 0.0]])
    yield np.array([[2.0, 1.0], [1.0, 2.0]])
    yield np.roll(np.eye(8), 1, axis=0)  # a cyclic shift, on which plain double steps stand still
    yield np.diag([3.0, 1.0, -2.0, 5.0]) + np.diag([1.0, 1.0, 1.0], 1)
    yield np.eye(6) * 0.9
    for m in (2, 3, 5, 16, 33, 64):
        A = rng.standard_normal((m, m))
        yield A
        yield np.linalg.qr(A)[0]
        yield A + A.T
    yield rng.standard_normal((7, 2)) @ rng.standard_normal((2, 7))
    yield rng.standard_normal((5, 5)) * 1e-150
    yield rng.standard_normal((5, 5)) * 1e120
    for kind in RECURRENT_KINDS:
        yield layers_of(start(Setup(family=kind, m=12, rho=1.1)))[0].W_hh
