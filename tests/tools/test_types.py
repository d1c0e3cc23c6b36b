"""A reader's own typed program against the package's types: right calls pass, wrong ones do not."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import numpy as np
from numpy.typing import NDArray
from rnn_core import (
    Checkpoint, History, RNNParams, Trace, Vocabulary, bptt, fit_markov, forward, init_params,
    markov_log_probs, next_symbol_batches, norm_bound, one_hot, product_log_norms, save_checkpoint,
    step_jacobians, train,
)
from rnn_core.gated import init_lstm, lstm_forward
from rnn_core.point_process import Hawkes, fit_hawkes, intensity, simulate


def steps(trace: Trace) -> int:
    return len(trace.y)


def study(text: str, seed: int) -> tuple[RNNParams, History]:
    rng = np.random.default_rng(seed)
    vocabulary = Vocabulary.of(text)
    codes, k = vocabulary.encode(text), len(vocabulary)
    params: RNNParams = init_params(n=k, m=7, k=k, rho=0.9, rng=rng, dtype=np.float32)
    batches = next_symbol_batches(codes, k, T=10, B=4, updates=3, rng=rng, dtype="float32")
    params, history = train(params, batches, learning_rate=0.1, clip=1.0)
    save_checkpoint("run.npz", Checkpoint(params, history))
    return params, history


rng = np.random.default_rng(0)
params = init_params(n=5, m=7, k=6, rng=rng)
x: NDArray[np.float64] = rng.standard_normal((20, 5))
loss, grads = bptt(params, x, rng.integers(0, 6, 20))
total: float = loss + steps(forward(params, x))
J = step_jacobians(params, forward(params, x))
measured = np.exp(product_log_norms(J, start=0))
bound = norm_bound(1.0, 0.9, [1, 2, 3])
vectors = one_hot([1, 2], 3)
gated = lstm_forward(init_lstm(n=5, m=7, k=6, rng=rng), x)
model = fit_markov([0, 1, 0, 1], k=2, order=1)
log_probs = markov_log_probs(model, (0, 1, 0))
events = simulate(Hawkes(0.5, (0.4,), (1.0,)), end=50.0, rng=rng)
rates = intensity(fit_hawkes(events, end=50.0).process, [1.0, 2.0], 3.0)
more = intensity(Hawkes(0.5, (0.4,), (1.0,)), np.array([1.0]), at=[2.0, 3.0])
"""

WRONG = (
    "loss, grads = bptt(params, x)",
    'params = init_params(n="5", m=7, k=6, rng=rng)',
    "model = fit_markov(object(), k=2, order=1)",
    "rates = intensity(Hawkes(0.5, (0.4,), (1.0,)), object(), 3.0)",
    "vectors = one_hot([1, 2], 3, dtype=7)",
    "count: str = steps(forward(params, x))",
)


def checked(checker, folder, text):
    """Return the checker's exit code and what it said."""
    program = folder / "program.py"
    program.write_text(text)
    ended = subprocess.run([*checker, str(program)], cwd=folder, capture_output=True, text=True)
    return ended.returncode, ended.stdout + ended.stderr


def test_mypy_takes_a_right_program_and_refuses_each_wrong_call(tmp_path):
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={tmp_path / 'cache'}"]
    code, said = checked(mypy, tmp_path, PROGRAM)
    assert code == 0, said
    for line in WRONG:
        code, said = checked(mypy, tmp_path, f"{PROGRAM}\n{line}\n")
        assert code == 1
        place = f"program.py:{len(PROGRAM.splitlines()) + 2}: error"
        assert said.count(" error: ") == said.count(place) >= 1, said


@pytest.mark.skipif(not shutil.which("pyright"), reason="pyright is not installed (pip install pyright)")
def test_pyright_takes_the_same_program(tmp_path):
    code, said = checked(["pyright", "--pythonpath", sys.executable], tmp_path, PROGRAM)
    assert code == 0, said


def test_the_program_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "program.py").write_text(PROGRAM)
    spec = importlib.util.spec_from_file_location("program", tmp_path / "program.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    _, history = module.study("a text to learn from, of some length", 3)
    assert len(history.loss) == 3
    assert (tmp_path / "run.npz").is_file()
