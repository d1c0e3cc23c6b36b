"""A checkpoint comes back to the last bit, and is there whenever its writer is killed."""

import os
import subprocess
import sys

import numpy as np
import pytest

from rnn_core import (
    Checkpoint,
    History,
    RNNParams,
    init_params,
    load_checkpoint,
    next_symbol_batches,
    save_checkpoint,
    train,
)


def checkpoint(seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    params = init_params(5, 7, 6, rng=rng, dtype=dtype)
    params = RNNParams(*(p + rng.standard_normal(p.shape).astype(dtype) for p in params))
    return Checkpoint(
        params, History(rng.random(11), rng.random(11), rng.random(11) < 0.5), rng.bit_generator.state
    )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_what_is_saved_comes_back(tmp_path, dtype):
    saved = checkpoint(dtype=dtype)
    save_checkpoint(tmp_path / "run.npz", saved)
    loaded = load_checkpoint(tmp_path / "run.npz")
    for before, after in zip(
        (*saved.params, *saved.history[:3]), (*loaded.params, *loaded.history[:3]), strict=True
    ):
        assert after.dtype == before.dtype
        np.testing.assert_array_equal(after, before)
    assert loaded.rng_state == saved.rng_state
    (tmp_path / "any").touch()
    assert (tmp_path / "run.npz").stat().st_mode == (tmp_path / "any").stat().st_mode
    (tmp_path / "any").unlink()
    assert os.listdir(tmp_path) == ["run.npz"]


def test_a_run_that_is_resumed_ends_where_an_undisturbed_one_does(tmp_path):
    codes = np.random.default_rng(1).integers(0, 6, 400)
    start = init_params(6, 9, 6, rng=np.random.default_rng(2))

    def updates(rng, number):
        return next_symbol_batches(codes, 6, T=8, B=3, updates=number, rng=rng)

    whole, record = train(start, updates(np.random.default_rng(3), 20))
    rng = np.random.default_rng(3)
    half, first = train(start, updates(rng, 12))
    save_checkpoint(tmp_path / "run.npz", Checkpoint(half, first, rng.bit_generator.state))

    loaded = load_checkpoint(tmp_path / "run.npz")
    rng = np.random.default_rng(99)
    rng.bit_generator.state = loaded.rng_state
    resumed, second = train(loaded.params, updates(rng, 8))
    for a, b in zip(whole, resumed, strict=True):
        np.testing.assert_array_equal(a, b)
    np.testing.assert_array_equal(record.loss, np.concatenate([loaded.history.loss, second.loss]))


def test_a_truncated_or_altered_file_is_refused(tmp_path):
    path = tmp_path / "run.npz"
    save_checkpoint(path, checkpoint())
    whole = path.read_bytes()
    for damaged in (whole[:-40], whole[: len(whole) // 2], b"", whole[:300] + b"\x00\xff" + whole[302:]):
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"run\.npz"):
            load_checkpoint(path)


def test_a_foreign_file_is_refused(tmp_path):
    path = tmp_path / "other.npz"
    np.savez(path, weights=np.ones(3))
    with pytest.raises(ValueError, match="no format mark"):
        load_checkpoint(path)
    path.write_text("not an archive")
    with pytest.raises(ValueError, match="damaged or foreign"):
        load_checkpoint(path)
    with pytest.raises(FileNotFoundError):
        load_checkpoint(tmp_path / "absent.npz")


def test_what_is_not_a_checkpoint_is_not_saved_and_the_old_file_stays(tmp_path):
    path = tmp_path / "run.npz"
    save_checkpoint(path, checkpoint())
    before = path.read_bytes()
    with pytest.raises(TypeError, match="checkpoint must be a Checkpoint, got RNNParams"):
        save_checkpoint(path, checkpoint().params)
    unserialisable = checkpoint()._replace(rng_state={"state": object()})
    with pytest.raises(TypeError):
        save_checkpoint(path, unserialisable)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["run.npz"]


# One process imports NumPy; each writer is a fork of it, which starts within a millisecond.
FIFTY_KILLS = """
import os, signal, sys, time
import numpy as np
from rnn_core import Checkpoint, History, init_params, load_checkpoint, save_checkpoint

path, rng = sys.argv[1], np.random.default_rng(4)
params = init_params(20, 120, 20, rng=rng)
for _ in range(50):
    ready, writer = os.pipe()
    child = os.fork()
    if child == 0:
        update = 0
        while True:
            update += 1
            history = History(np.full(update, update), np.full(update, 0.5), np.full(update, False))
            save_checkpoint(path, Checkpoint(params, history))
            if update == 1:
                os.write(writer, b"1")
    os.read(ready, 1)
    time.sleep(rng.uniform(0.0, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    loaded = load_checkpoint(path)
    assert set(loaded.history.loss) == {len(loaded.history.loss)}, loaded.history.loss
    print(len(loaded.history.loss))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks of a process; this system has no fork")
def test_a_loadable_checkpoint_is_there_after_each_of_fifty_kills(tmp_path):
    command = [sys.executable, "-c", FIFTY_KILLS, str(tmp_path / "run.npz")]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    reached = [int(line) for line in result.stdout.split()]
    assert len(reached) == 50
    assert max(reached) > 1
    parts = [name for name in os.listdir(tmp_path) if name.endswith(".part")]
    assert parts, "no writer was killed while it wrote: the test shows nothing"
