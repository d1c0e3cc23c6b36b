"""Save a training run and go on with it later: one ``.npz`` file, replaced as a whole or not at all.

The file is a ZIP archive without compression. Each array of the parameters, of the history and of Adam's
state is a member of it, in NumPy's format. A member ``format.npy`` holds a line of JSON: the mark of this
version, the classes of the model, what is None in it, Adam's count of steps, and the state of the generator.
No pickle is written or read, and only the classes of the package's own models are made.
"""

import errno
import json
import math
import os
import uuid
import zipfile
from os import PathLike
from typing import IO, Any, NamedTuple

import numpy as np

from ._checks import Array, file_path, shown
from ._files import ARCHIVE, byte_limit, expect_size, kind_of
from ._tree import leaves, named_leaves
from .descent import AdamState, History, read_history
from .gated.params import GRUParams, LSTMParams, read_gru, read_lstm
from .params import RNNParams, read_params
from .point_process.rmtpp_params import RMTPPParams, read_rmtpp
from .residual.params import StackLayer, StackParams, read_stack

__all__ = ["Checkpoint", "load_checkpoint", "save_checkpoint"]

FORMAT = "rnn_core checkpoint, version 2"

# The classes that a file may name, by the name it has for them.
MODELS: dict[str, type] = {
    "rnn_core.RNNParams": RNNParams,
    "rnn_core.gated.LSTMParams": LSTMParams,
    "rnn_core.gated.GRUParams": GRUParams,
    "rnn_core.residual.StackParams": StackParams,
    "rnn_core.residual.StackLayer": StackLayer,
    "rnn_core.point_process.RMTPPParams": RMTPPParams,
}
NAMES = {kind: name for name, kind in MODELS.items()}

GENERATORS = ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64")

# What an array of a file may hold: floats, the flags of the history, and the characters of the line of JSON.
TYPES = (np.dtype("<f8"), np.dtype("<f4"), np.dtype(np.bool_), np.dtype(np.uint8))

# The line of JSON describes a model and its generator: some kilobytes.
LONGEST_LINE = 1_000_000


class Checkpoint(NamedTuple):
    """What is needed to go on with a run.

    Attributes
    ----------
    params : RNNParams, LSTMParams, GRUParams, StackParams or RMTPPParams
        The parameters so far.
    history : History
        What `train` recorded so far, with the state of Adam if that is used. Its length is the number of
        updates done; `train` takes it as its `history`.
    rng_state : dict or None
        ``rng.bit_generator.state`` of the generator that draws the batches, whichever of NumPy's it is. The
        method `generator` makes one that goes on where it stopped.
    """

    params: Any
    history: History
    rng_state: dict[str, Any] | None = None

    def generator(self) -> np.random.Generator:
        """A new generator in the state of the saved one, of the same kind.

        Returns
        -------
        numpy.random.Generator
            It draws what the saved one would have drawn next. What that would have spawned is not kept.

        Raises
        ------
        ValueError, TypeError
            If `rng_state` is None, or no state of a generator of NumPy.
        """
        return _generator("rng_state", self.rng_state)


def save_checkpoint(path: str | PathLike[str], checkpoint: Checkpoint) -> None:
    """Write a checkpoint; a reader finds the old file or the new one, whole, whenever the writer is stopped.

    Parameters
    ----------
    path : path-like
        The file, by custom ``.npz``. Its folder must exist.
    checkpoint : Checkpoint
        What to save.

    Raises
    ------
    TypeError, ValueError
        If the checkpoint is not one, its parameters do not fit together, the history is not theirs, or the
        state is that of no generator of NumPy.
    OSError
        If the file cannot be written; the old one is then untouched.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> from rnn_core import Batch, Checkpoint, init_params, load_checkpoint, save_checkpoint, train
    >>> rng = np.random.default_rng(0)
    >>> batch = Batch(rng.standard_normal((7, 5)), rng.integers(0, 6, 7))
    >>> params, history = train(init_params(n=5, m=7, k=6, rng=rng), [batch] * 3)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "run.npz"
    ...     save_checkpoint(path, Checkpoint(params, history, rng.bit_generator.state))
    ...     saved = load_checkpoint(path)
    >>> np.array_equal(saved.params.W_hh, params.W_hh), len(saved.history.loss)
    (True, 3)
    >>> bool(saved.generator().random() == rng.random())
    True
    """
    target = file_path("path", path)
    if not isinstance(checkpoint, Checkpoint):
        raise TypeError(f"checkpoint must be a Checkpoint, got {type(checkpoint).__name__}")
    params, history, rng_state = _read("checkpoint.", checkpoint)
    *records, state = history
    adam = None if state is None else {"step": state.step}
    trees = {"params": params} | ({} if state is None else {"mean": state.mean, "square": state.square})
    line = {
        "format": FORMAT,
        "model": _description(params),
        "adam": adam,
        "rng_state": _to_json(rng_state),
    }
    arrays: dict[str, Any] = {
        field: array for name, tree in trees.items() for field, array in leaves(tree, name)
    }
    arrays |= dict(zip(History._fields, records, strict=False))
    text = np.frombuffer(json.dumps(line).encode(), np.uint8)
    # In the same folder, so that the replacement is one rename within a file system, which is atomic.
    part = target.parent / f".{target.name}.{uuid.uuid4().hex}.part"
    try:
        with part.open("xb") as file:
            np.savez(file, format=text, **arrays)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def load_checkpoint(path: str | PathLike[str], *, max_bytes: int = 2**32) -> Checkpoint:
    """Read what `save_checkpoint` wrote.

    A file is not trusted: nothing in it is run, a pickle is refused, and before memory is taken for an
    array, what the file says of its size is compared with what the file has.

    Parameters
    ----------
    path : path-like
        The file.
    max_bytes : int
        The largest file that is read, in bytes.

    Returns
    -------
    Checkpoint
        As saved, to the last bit.

    Raises
    ------
    TypeError
        If `path` is no path.
    ValueError
        If the file is damaged, larger than `max_bytes`, or not a checkpoint of this package and version.
    OSError
        If it cannot be read.
    """
    path, limit = file_path("path", path), byte_limit(max_bytes)
    with path.open("rb") as file:
        expect_size(path, os.fstat(file.fileno()).st_size, limit)
        kind = kind_of(file.read(16))
        try:
            if kind and kind != ARCHIVE:
                raise ValueError(f"it is {kind}")
            return _load(file)
        except Exception as error:  # a damaged archive ends in errors of many kinds, all of one meaning
            if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno != errno.EINVAL):
                raise  # those of the machine; EINVAL is what a place before the beginning of a file gives
            reason = f"{type(error).__name__}: {error}" if isinstance(error, KeyError) else str(error)
    raise ValueError(f"path must name a checkpoint, but {str(path)!r} is damaged or foreign: {reason}")


def _load(file: IO[bytes]) -> Checkpoint:
    """Read an open file; whatever is wrong with it raises something."""
    with zipfile.ZipFile(file) as archive:
        members = _members(archive, os.fstat(file.fileno()).st_size)
        if "format" not in members:
            raise ValueError("it has no format mark")
        if members["format"].file_size > LONGEST_LINE:
            raise ValueError("its format mark is too long")
        text = _array(archive, members.pop("format"), text=True)
        line: Any = json.loads(text.tobytes()) if text.dtype == np.uint8 else str(text)
        found = line.get("format") if isinstance(line, dict) else line
        if found != FORMAT:
            raise ValueError(f"it has the mark {shown(found)}, not {FORMAT!r}")
        adam = line["adam"]
        trees = ("params",) if adam is None else ("params", "mean", "square")
        expected = {f for name in trees for f, present in _fields(line["model"], name) if present}
        expected |= {*History._fields[:3]}
        if members.keys() != expected:
            raise ValueError(f"it must hold {sorted(expected)}, but it holds {sorted(members)}")
        arrays = {name: _array(archive, member) for name, member in members.items()}
    params, *moments = (_model(line["model"], name, arrays) for name in trees)
    state = None if adam is None else AdamState(adam["step"], *moments)
    history = History(arrays["loss"], arrays["grad_norm"], arrays["clipped"], state)
    return _read("", Checkpoint(params, history, _from_json(line["rng_state"])))


def _members(archive: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    """The members by name without ``.npy``, if they are plainly stored and no larger than the file."""
    members: dict[str, zipfile.ZipInfo] = {}
    for member in archive.infolist():
        name = member.filename.removesuffix(".npy")
        if name in members or name == member.filename:
            raise ValueError(f"it has a member {member.filename!r} twice, or one that is no array")
        if member.flag_bits & 0x1:
            raise ValueError(f"its member {member.filename!r} is encrypted")
        if member.compress_type != zipfile.ZIP_STORED or member.file_size != member.compress_size:
            raise ValueError(f"its member {member.filename!r} is compressed")
        members[name] = member
    if sum(member.file_size for member in members.values()) > size:
        raise ValueError("its members say that they are larger than the file")
    return members


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, text: bool = False) -> Array:
    """Read one array, if its header says what the member has; text as well, the mark of older versions."""
    with archive.open(member) as stream:
        if np.lib.format.read_magic(stream) != (1, 0):
            raise ValueError(f"{member.filename} has an unknown version")
        shape, fortran_order, dtype = np.lib.format.read_array_header_1_0(stream)
        if dtype not in TYPES and not (text and dtype.kind == "U"):
            raise ValueError(f"{member.filename} holds {dtype}")
        if math.prod(shape) * dtype.itemsize != member.file_size - stream.tell():
            raise ValueError(f"{member.filename} says that its shape is {shape}, which is not its size")
        data = stream.read()  # to the end, where the checksum is compared
    array = np.frombuffer(data, dtype).reshape(shape, order="F" if fortran_order else "C")
    return array.copy(order="K")  # one that can be written to


def _read(prefix: str, checkpoint: Checkpoint) -> Checkpoint:
    """Return a checkpoint whose parts fit together, or say what is wrong with it."""
    params, history, rng_state = checkpoint
    name = f"{prefix}params"
    if type(params) not in NAMES:
        raise TypeError(f"{name} must be the parameters of a model, got {type(params).__name__}")
    params = _read_model(params, name)
    history = read_history(f"{prefix}history", history, params)
    if rng_state is not None:
        _generator(f"{prefix}rng_state", rng_state)
    return Checkpoint(params, history, rng_state)


def _read_model(params: Any, name: str) -> Any:
    """The parameters of a model of the package, as arrays."""
    try:
        if isinstance(params, RNNParams):
            return read_params(params, name)[0]
        if isinstance(params, LSTMParams):
            return read_lstm(params)[0]
        if isinstance(params, GRUParams):
            return read_gru(params)[0]
        if isinstance(params, StackParams):
            return read_stack(params, skip=False)[0]
        if isinstance(params, RMTPPParams):
            return read_rmtpp(params)[0]
    except (TypeError, ValueError) as error:
        raise type(error)(str(error) if str(error).startswith(name) else f"{name}: {error}") from None
    raise TypeError(f"{name} must be the parameters of a model, got {type(params).__name__}")


def _description(tree: Any) -> Any:
    """The classes of a model as JSON: true stands for an array, null for None."""
    if isinstance(tree, tuple):
        parts = [_description(part) for part in tree]
        return {"class": NAMES[type(tree)], "parts": parts} if hasattr(tree, "_fields") else {"tuple": parts}
    return None if tree is None else True


def _built(description: Any, leaf: Any) -> Any:
    """The tree of a description, with leaf() for each array."""
    if description is None:
        return None
    if description is True:
        return leaf()
    parts = [_built(part, leaf) for part in description.get("parts", description.get("tuple"))]
    if "tuple" in description:
        return tuple(parts)
    return MODELS[description["class"]](*parts)


def _fields(description: Any, name: str) -> list[tuple[str, bool]]:
    """The dotted names of a description, and whether there is an array."""
    return [(field, leaf is not None) for field, leaf in named_leaves(_built(description, lambda: ...), name)]


def _model(description: Any, name: str, arrays: dict[str, Array]) -> Any:
    """The tree of a description with its arrays, which have their dotted names."""
    names = iter([field for field, present in _fields(description, name) if present])
    return _built(description, lambda: arrays[next(names)])


def _generator(name: str, state: Any) -> np.random.Generator:
    """A generator in this state, if it is one."""
    kind = state.get("bit_generator") if isinstance(state, dict) else None
    if not isinstance(kind, str) or kind not in GENERATORS:
        raise TypeError(
            f"{name} must be the state of a generator of NumPy ({', '.join(GENERATORS)}), got {shown(state)}"
        )
    bits = getattr(np.random, kind)()
    try:
        inner = state["state"]
        # NumPy believes these two, and would read beyond its memory.
        for position, most in ((inner.get("pos", 0), 624), (state.get("buffer_pos", 0), 4)):
            if not 0 <= position <= most:
                raise ValueError(f"a position of {position}")
        bits.state = state
        if _to_json(bits.state) != _to_json(state):
            raise ValueError("a number is out of its range")
    except Exception as error:  # NumPy raises what it likes
        raise ValueError(f"{name} must be a whole state of {kind}: {type(error).__name__}, {error}") from None
    return np.random.Generator(bits)


def _to_json(value: Any) -> Any:
    """The state of a generator as JSON, its arrays as {"dtype", "values"}."""
    if isinstance(value, dict):
        return {key: _to_json(part) for key, part in value.items()}
    if isinstance(value, np.ndarray):
        return {"dtype": value.dtype.name, "values": value.tolist()}
    return value.item() if isinstance(value, np.generic) else value


def _from_json(value: Any) -> Any:
    """What `_to_json` was given."""
    if not isinstance(value, dict):
        return value
    if value.keys() == {"dtype", "values"}:
        if value["dtype"] not in ("uint32", "uint64"):
            raise ValueError(f"the state of a generator holds {value['dtype']}")
        return np.array(value["values"], value["dtype"])
    return {key: _from_json(part) for key, part in value.items()}
