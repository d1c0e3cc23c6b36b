"""Save a training run and go on with it later: one ``.npz`` file, replaced as a whole or not at all."""

import json
import os
import uuid
import zipfile
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .descent import History
from .params import RNNParams, check_params

__all__ = ["Checkpoint", "load_checkpoint", "save_checkpoint"]

FORMAT = "rnn_core checkpoint, version 1"


class Checkpoint(NamedTuple):
    """What is needed to go on with a run.

    Attributes
    ----------
    params : RNNParams
        The parameters so far.
    history : History
        What `train` recorded so far; its length is the number of updates done.
    rng_state : dict or None
        ``rng.bit_generator.state`` of the generator that draws the batches; assign it to the same attribute
        of a new generator of the same kind, and the batches go on where they stopped.
    """

    params: RNNParams
    history: History
    rng_state: dict[str, Any] | None = None


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
        If the checkpoint is not one, or its parameters do not fit together.
    OSError
        If the file cannot be written; the old one is then untouched.
    """
    if not isinstance(checkpoint, Checkpoint):
        raise TypeError(f"checkpoint must be a Checkpoint, got {type(checkpoint).__name__}")
    params, history, rng_state = checkpoint
    check_params(params)
    target = Path(path)
    # In the same folder, so that the replacement is one rename within a file system, which is atomic.
    part = target.parent / f".{target.name}.{uuid.uuid4().hex}.part"
    try:
        with part.open("xb") as file:
            np.savez(
                file,
                format=FORMAT,
                **params._asdict(),
                loss=history.loss,
                grad_norm=history.grad_norm,
                clipped=history.clipped,
                rng_state=json.dumps(rng_state),
            )
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def load_checkpoint(path: str | PathLike[str]) -> Checkpoint:
    """Read what `save_checkpoint` wrote.

    Parameters
    ----------
    path : path-like
        The file.

    Returns
    -------
    Checkpoint
        As saved, to the last bit.

    Raises
    ------
    ValueError
        If the file is damaged, or is not a checkpoint of this package and version.
    OSError
        If it cannot be read.
    """
    with open(path, "rb") as file:
        try:
            with np.load(file, allow_pickle=False) as data:
                fields = {name: data[name] for name in data.files}
        except (zipfile.BadZipFile, EOFError, ValueError, AttributeError) as error:
            raise ValueError(
                f"path must name a checkpoint, but {str(path)!r} is damaged or foreign: {error}"
            ) from None
    found = str(fields.get("format", "no format mark"))
    if found != FORMAT:
        raise ValueError(f"path must name a file with the mark {FORMAT!r}, but {str(path)!r} has {found!r}")
    params = RNNParams(*(fields[name] for name in RNNParams._fields))
    check_params(params)
    return Checkpoint(
        params,
        History(
            fields["loss"], fields["grad_norm"], fields.get("clipped", np.zeros(len(fields["loss"]), bool))
        ),
        json.loads(str(fields["rng_state"])),
    )
