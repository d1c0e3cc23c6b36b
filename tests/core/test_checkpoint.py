"""A checkpoint comes back to the last bit, for any model and generator; a file that lies is refused."""

import errno
import io
import json
import os
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from unittest import mock

import numpy as np
import pytest

from .models import MODELS, arrays, assert_same, batches
from .spoilt import raises

GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


def generator(kind, seed=3):
    return np.random.Generator(getattr(np.random, kind)(seed))


def checkpoint(core, seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    params = core.init_params(5, 7, 6, rng=rng, dtype=dtype)
    params = core.RNNParams(*(p + rng.standard_normal(p.shape).astype(dtype) for p in params))
    return core.Checkpoint(
        params, core.History(rng.random(11), rng.random(11), rng.random(11) < 0.5), rng.bit_generator.state
    )


def loaded(core, tmp_path, saved):
    core.save_checkpoint(tmp_path / "run.npz", saved)
    return core.load_checkpoint(tmp_path / "run.npz")


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_what_is_saved_comes_back(core, tmp_path, dtype):
    saved = checkpoint(core, dtype=dtype)
    found = loaded(core, tmp_path, saved)
    assert_same(found.params, saved.params)
    assert_same(found.history, saved.history)
    assert found.rng_state == saved.rng_state
    (tmp_path / "any").touch()
    assert (tmp_path / "run.npz").stat().st_mode == (tmp_path / "any").stat().st_mode
    (tmp_path / "any").unlink()
    assert os.listdir(tmp_path) == ["run.npz"]


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("name", MODELS)
def test_stopping_and_going_on_is_not_stopping(core, tmp_path, name, optimizer):
    """With every kind of model, and with every generator of NumPy, to the last bit."""
    model = MODELS[name](core)
    options = {"learning_rate": 0.02, "clip": 2.0, "gradient": model.gradient, "optimizer": optimizer}
    for kind in GENERATORS if name == "network" else (GENERATORS[len(name) % 5],):
        whole, record = core.train(model.params, batches(core, generator(kind), 9), **options)
        rng = generator(kind)
        half, first = core.train(model.params, batches(core, rng, 5), **options)
        found = loaded(core, tmp_path, core.Checkpoint(half, first, rng.bit_generator.state))
        del half, first, rng
        going_on = batches(core, found.generator(), 4)
        resumed, second = core.train(found.params, going_on, **options, history=found.history)
        assert_same(resumed, whole)
        assert_same(second, record)
        assert 0 < record.clipped.sum() <= 9
        assert (record.optimizer_state is None) == (optimizer == "sgd")


def test_an_array_keeps_its_order_in_memory(core, tmp_path):
    saved = checkpoint(core)
    params = core.RNNParams(*map(np.asfortranarray, saved.params))
    found = loaded(core, tmp_path, saved._replace(params=params)).params
    assert [a.flags.f_contiguous for a in found] == [True] * 5
    assert found.W_hx.flags.writeable


def test_without_a_generator(core, tmp_path):
    found = loaded(core, tmp_path, checkpoint(core)._replace(rng_state=None))
    assert found.rng_state is None
    message = (
        r"^rng_state must be the state of a generator of NumPy \(MT19937, PCG64, PCG64DXSM, Philox, SFC64\)"
    )
    raises(TypeError, f"{message}, got None$", found.generator)
    other = found._replace(rng_state={"bit_generator": "R250"})
    raises(TypeError, message + r", got {'bit_generator': 'R250'}$", other.generator)


@pytest.mark.parametrize("kind", GENERATORS)
def test_a_generator_goes_on_from_any_place_of_its_buffer(core, tmp_path, kind):
    """Before the first number, after it, and where a block of numbers ends."""
    rng, saved = generator(kind), checkpoint(core)
    for numbers in (0, 1, 2, 3, 309, 2):
        rng.random(numbers)
        found = loaded(core, tmp_path, saved._replace(rng_state=rng.bit_generator.state)).generator()
        assert type(found.bit_generator) is type(rng.bit_generator)
        draws = generator(kind)
        draws.bit_generator.state = rng.bit_generator.state
        np.testing.assert_array_equal(found.integers(0, 2**63, 700), draws.integers(0, 2**63, 700))


def test_numbers_of_numpy_in_the_state_of_a_generator_are_saved(core, tmp_path):
    saved = checkpoint(core)
    state = saved.rng_state | {"has_uint32": np.int64(1), "uinteger": np.uint32(77)}
    assert loaded(core, tmp_path, saved._replace(rng_state=state)).rng_state == state


# --- Damage and lies ---------------------------------------------------------------------------------


def test_a_truncated_or_altered_file_is_refused(core, tmp_path):
    path = tmp_path / "run.npz"
    core.save_checkpoint(path, checkpoint(core))
    whole = path.read_bytes()
    for damaged in (whole[:-40], whole[: len(whole) // 2], b"", whole[:300] + b"\x00\xff" + whole[302:]):
        path.write_bytes(damaged)
        raises(ValueError, r"path must name a checkpoint, but .*run\.npz", lambda: core.load_checkpoint(path))


def test_any_flipped_byte_is_refused_or_changes_nothing(core, tmp_path):
    """Two thousand files with one byte changed; what no checksum covers, such as a date, may differ."""
    path, rng = tmp_path / "run.npz", np.random.default_rng(5)
    saved = checkpoint(core)
    core.save_checkpoint(path, saved)
    whole, refused, unchanged = path.read_bytes(), 0, 0
    for place in rng.integers(0, len(whole), 2000):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << rng.integers(8)
        path.write_bytes(damaged)
        try:
            found = core.load_checkpoint(path)
        except ValueError as error:
            refused += "path must name a checkpoint" in str(error)
        else:
            unchanged += 1
            assert_same(found.params, saved.params)
            assert_same(found.history, saved.history)
            assert found.rng_state == saved.rng_state
    assert refused + unchanged == 2000
    assert refused > 1000


def test_a_path_is_asked_for_by_name(core):
    for call in (lambda: core.save_checkpoint(3, checkpoint(core)), lambda: core.load_checkpoint(3)):
        raises(TypeError, "^path must be a path, got 3$", call)


def test_a_foreign_file_is_refused(core, tmp_path):
    path = tmp_path / "other.npz"
    np.savez(path, weights=np.ones(3))
    raises(
        ValueError,
        r"other\.npz' is damaged or foreign: it has no format mark$",
        lambda: core.load_checkpoint(path),
    )
    path.write_text("not an archive")
    raises(ValueError, "damaged or foreign", lambda: core.load_checkpoint(path))
    raises(FileNotFoundError, "absent", lambda: core.load_checkpoint(tmp_path / "absent.npz"))


def members_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path, members, compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def npy(array):
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


def header(shape, dtype="<f8"):
    """An array that says that it has this shape, and has nothing."""
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": dtype, "fortran_order": False, "shape": shape})
    return file.getvalue()


def line(members, **changes):
    """The line of JSON, changed."""
    text = json.loads(np.load(io.BytesIO(members["format.npy"])).tobytes())
    return {"format.npy": npy(np.frombuffer(json.dumps(text | changes).encode(), np.uint8))}


TWO = {"class": "rnn_core.RNNParams", "parts": [True, True]}
SYSTEM = {"class": "os.system", "parts": [True]}
LIES = {
    "another version": (
        lambda m: line(m, format="rnn_core checkpoint, version 3"),
        "it has the mark .*version 3', not '.*version 2'$",
    ),
    "the first version": (
        lambda m: {"format.npy": npy(np.array("version 1"))},
        "it has the mark 'version 1'",
    ),
    "a mark that is no JSON": (lambda m: {"format.npy": npy(np.zeros(9, np.uint8))}, "damaged"),
    "a mark of megabytes": (
        lambda m: {"format.npy": npy(np.zeros(2_000_000, np.uint8))},
        "its format mark is too long$",
    ),
    "a class of another module": (lambda m: line(m, model=SYSTEM), r"KeyError: 'os.system'$"),
    "a model of too few arrays": (lambda m: line(m, model=TWO), ".* missing .* required"),
    "a model that is no class": (lambda m: line(m, model=[1, 2]), "damaged"),
    "a model of one array": (lambda m: line(m, model=True), "it must hold"),
    "Adam without its arrays": (lambda m: line(m, adam={"step": 1}), "it must hold"),
    "the state of no generator": (lambda m: line(m, rng_state={"bit_generator": "os"}), "rng_state must be"),
    "a generator with other arrays": (
        lambda m: line(m, rng_state={"state": {"dtype": "object", "values": [None]}}),
        "the state of a generator holds object$",
    ),
    "a missing array": (lambda m: {"params.b_h.npy": None}, "it must hold"),
    "a missing record": (lambda m: {"clipped.npy": None}, "it must hold"),
    "an array too many": (lambda m: {"more.npy": m["loss.npy"]}, "it must hold"),
    "a member that is no array": (
        lambda m: {"notes.txt": b"x"},
        "it has a member 'notes.txt' twice, or one that is no array$",
    ),
    "an array of objects": (lambda m: {"loss.npy": npy(np.array([None]))}, "loss.npy holds object$"),
    "an array of text": (lambda m: {"loss.npy": npy(np.full(11, "a"))}, "loss.npy holds <U1$"),
    "an array of integers": (lambda m: {"loss.npy": npy(np.arange(11))}, "loss.npy holds int64$"),
    "a bool for each float": (
        lambda m: {"params.b_h.npy": npy(np.zeros(7, bool))},
        "params.b_h must have dtype",
    ),
    "an array of another shape": (
        lambda m: {"params.b_h.npy": npy(np.zeros(8))},
        r"params\.b_h must have shape",
    ),
    "an array with NaN": (
        lambda m: {"params.b_h.npy": npy(np.full(7, np.nan))},
        r"params\.b_h must be finite",
    ),
    "half of the records": (lambda m: {"loss.npy": npy(np.zeros(5))}, "history must hold one loss"),
    "a header that lies": (
        lambda m: {"loss.npy": header((10**12,))},
        r"loss.npy says that its shape is \(10{12},\), which is not its size$",
    ),
    "a header that says minus one": (lambda m: {"loss.npy": header((-1,))}, "damaged"),
    "a header of another kind": (
        lambda m: {"loss.npy": b"\x93NUMPY\x03\x00" + bytes(99)},
        "loss.npy has an unknown version$",
    ),
    "no header": (lambda m: {"loss.npy": bytes(200)}, "damaged"),
    "an empty member": (lambda m: {"loss.npy": b""}, "damaged"),
}  # fmt: skip


def test_a_file_that_lies_is_refused(core, tmp_path):
    path = tmp_path / "run.npz"
    core.save_checkpoint(path, checkpoint(core))
    members = members_of(path)
    write(path, members)
    core.load_checkpoint(path)
    for label, (change, message) in LIES.items():
        write(path, {k: v for k, v in (members | change(members)).items() if v is not None})
        try:
            raises(
                ValueError,
                r"(?s)path must name a checkpoint, but .* is damaged or foreign: " + message
                if message != "damaged"
                else "damaged or foreign: .",
                lambda: core.load_checkpoint(path),
            )
        except AssertionError as error:
            raise AssertionError(f"{label}: {error}") from error


def test_compressed_encrypted_and_doubled_members_are_refused(core, tmp_path):
    path = tmp_path / "run.npz"
    core.save_checkpoint(path, checkpoint(core))
    members, whole = members_of(path), path.read_bytes()
    for compression in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        write(path, members, compression)
        raises(ValueError, "is compressed", lambda: core.load_checkpoint(path))
    central = whole.index(b"PK\x01\x02")
    for place, value, message in ((8, 1, "its member .* is encrypted"), (10, 99, "is compressed")):
        odd = bytearray(whole)
        odd[central + place : central + place + 2] = struct.pack("<H", value)
        path.write_bytes(odd)
        raises(ValueError, message, lambda: core.load_checkpoint(path))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("loss.npy", members["loss.npy"])
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("loss.npy", members["loss.npy"])
    raises(ValueError, "'loss.npy' twice", lambda: core.load_checkpoint(path))


def test_a_file_that_would_unpack_to_more_than_it_is_takes_no_memory(core, tmp_path):
    """A compressed bomb, and one member that the directory names a hundred times."""
    path = tmp_path / "bomb.npz"
    core.save_checkpoint(path, checkpoint(core))
    members = members_of(path)
    zeros = npy(np.zeros(4_000_000))
    write(path, members | {"loss.npy": zeros}, zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 100_000
    bombs = [path.read_bytes(), _overlapping(zeros[:3_200_000], 40)]
    messages = ("is compressed$", "foreign: its members say that they are larger than the file$")
    for bomb, message in zip(bombs, messages, strict=True):
        path.write_bytes(bomb)
        tracemalloc.start()
        try:
            raises(ValueError, message, lambda: core.load_checkpoint(path))
            assert tracemalloc.get_traced_memory()[1] < 2_000_000
        finally:
            tracemalloc.stop()


def _overlapping(data, times):
    """An archive of one member whose directory names it again and again."""
    file = io.BytesIO()
    write(file, {"000.npy": data})
    whole = file.getvalue()
    begin = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry, tail = whole[begin:end], bytearray(whole[end:])
    entries = b"".join(entry.replace(b"000.npy", b"%03d.npy" % i) for i in range(times))
    tail[8:16] = struct.pack("<HHI", times, times, len(entries))
    return whole[:begin] + entries + bytes(tail)


def test_states_that_would_read_beyond_memory_are_refused(core, tmp_path):
    """NumPy takes any position in a generator's buffer on trust."""
    for kind, change, reason in (
        ("MT19937", lambda s: s["state"].update(pos=10**6), "ValueError, a position of 1000000$"),
        ("MT19937", lambda s: s["state"].update(pos=625), "ValueError, a position of 625$"),
        ("MT19937", lambda s: s["state"].update(pos=-1), "ValueError, a position of -1$"),
        ("MT19937", lambda s: s["state"].update(pos=3.7), ""),
        ("MT19937", lambda s: s["state"].update(key=np.arange(700, dtype=np.uint32)), ""),
        ("Philox", lambda s: s.update(buffer_pos=-3), "ValueError, a position of -3$"),
        ("Philox", lambda s: s.update(buffer_pos=5), "ValueError, a position of 5$"),
        ("PCG64", lambda s: s.update(has_uint32=7 * 2**40), ""),
        ("SFC64", lambda s: s["state"].update(state=np.zeros(3, np.uint64)), ""),
        ("SFC64", lambda s: s.update(more=3), "ValueError, a number is out of its range$"),
    ):
        state = generator(kind).bit_generator.state
        change(state)
        bad = checkpoint(core)._replace(rng_state=state)
        message = f"^checkpoint.rng_state must be a whole state of {kind}: {reason}"
        raises(ValueError, message, lambda bad=bad: core.save_checkpoint(tmp_path / "run.npz", bad))
    assert os.listdir(tmp_path) == []


# --- Writing ------------------------------------------------------------------------------------------


def test_what_is_not_a_checkpoint_is_not_saved_and_the_old_file_stays(core, tmp_path):
    path = tmp_path / "run.npz"
    good = checkpoint(core)
    core.save_checkpoint(path, good)
    before = path.read_bytes()
    history = good.history
    moments = core.adam_init(core.init_params(2, 2, 2, rng=np.random.default_rng(0)))
    stack = core.residual.init_stack(2, 3, 4, 2, rng=np.random.default_rng(0))
    for bad, error, message in (
        (good.params, TypeError, "checkpoint must be a Checkpoint, got RNNParams"),
        (good._replace(params=history), TypeError, "checkpoint.params must be .* got History"),
        (
            good._replace(params=stack.layers[0]),
            TypeError,
            r"^checkpoint\.params must be the parameters of a model, got StackLayer$",
        ),
        (
            good._replace(params=stack._replace(b_y=np.zeros(3))),
            ValueError,
            r"^checkpoint\.params: params\.b_y must have shape \(4,\), got \(3,\)$",
        ),
        (
            good._replace(params=good.params._replace(b_h=np.zeros(3))),
            ValueError,
            r"^checkpoint\.params\.b_h must have shape",
        ),
        (good._replace(params=good.params._replace(b_h=np.full(7, np.nan))), ValueError, "must be finite"),
        (good._replace(history=None), TypeError, "checkpoint.history must be a History"),
        (good._replace(history=history._replace(loss=np.zeros(3))), ValueError, "history must hold one loss"),
        (
            good._replace(history=history._replace(optimizer_state=moments)),
            ValueError,
            "optimizer_state.mean",
        ),
        (
            good._replace(rng_state={"state": object()}),
            TypeError,
            "rng_state must be the state of a generator",
        ),
    ):
        raises(error, message, lambda bad=bad: core.save_checkpoint(path, bad))
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["run.npz"]


def test_the_file_is_on_the_disk_before_it_takes_the_place_of_the_old_one(core, tmp_path):
    steps = []
    path_class = type(tmp_path)
    replace, fsync = path_class.replace, os.fsync

    def recorded_fsync(descriptor):
        steps.append(("fsync", os.fstat(descriptor).st_size))
        fsync(descriptor)

    def recorded_replace(self, target):
        steps.append(("replace", self.stat().st_size))
        return replace(self, target)

    with (
        mock.patch.object(os, "fsync", recorded_fsync),
        mock.patch.object(path_class, "replace", recorded_replace),
    ):
        core.save_checkpoint(tmp_path / "run.npz", checkpoint(core))
    size = (tmp_path / "run.npz").stat().st_size
    assert steps == [("fsync", size), ("replace", size)]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(core, tmp_path):
    path = tmp_path / "run.npz"
    core.save_checkpoint(path, checkpoint(core))
    before = path.read_bytes()
    with mock.patch.object(os, "fsync", side_effect=OSError(28, "No space left on device")):
        raises(OSError, "No space left", lambda: core.save_checkpoint(path, checkpoint(core, seed=1)))
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["run.npz"]


def test_a_folder_that_may_not_be_written_to_is_what_the_error_tells(core, tmp_path):
    with mock.patch.object(type(tmp_path), "open", side_effect=PermissionError(13, "Permission denied")):
        raises(
            PermissionError, "denied", lambda: core.save_checkpoint(tmp_path / "run.npz", checkpoint(core))
        )


def test_what_the_machine_cannot_do_is_no_damage(core, tmp_path):
    """Its own errors are passed on; a place before the beginning of a file is asked for by a damaged one."""
    path = tmp_path / "run.npz"
    core.save_checkpoint(path, checkpoint(core))
    for error in (MemoryError("no memory"), OSError(errno.EIO, "Input/output error")):
        with mock.patch.object(zipfile, "ZipFile", side_effect=error):
            raises(type(error), str(error.args[-1]), lambda: core.load_checkpoint(path))
    with mock.patch.object(zipfile, "ZipFile", side_effect=OSError(errno.EINVAL, "Invalid argument")):
        raises(ValueError, "damaged or foreign: .*Invalid argument", lambda: core.load_checkpoint(path))


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


def test_the_checkpoint_of_the_character_model_loads(core):
    """The committed one, which chapter 8 draws from: 6000 updates, each of them clipped."""
    path = os.path.join(os.path.dirname(__file__), "..", "..", "experiments", "char_rnn.npz")
    found = core.load_checkpoint(path)
    assert [a.dtype for a in arrays(found.params)] == [np.float32] * 5
    assert found.history.clipped.tolist() == (found.history.grad_norm > 3.0).tolist()
    assert len(found.history.loss) == 6000
    assert found.generator().bit_generator.state == found.rng_state
