"""A run in Python: what the engine does in the page, by rnn_core's own gradients, clipping and optimisers."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from rnn_core import adam_init, adam_step, clip_by_global_norm, global_norm, sgd_step

from .gradient import batches, gradient_of, outputs
from .setup import Setup
from .start import start
from .tasks import make_task

__all__ = ["Record", "run"]


class Record(NamedTuple):
    """What happened at an update; the engine's history has the same names.

    Attributes
    ----------
    update : int
        1, 2, ….
    loss : float
        L of the batch before the update, summed over time and averaged over the batch.
    accuracy : float or None
        The fraction of this batch that was right before the update; None if nothing was asked.
    grad_norm : float
        Global norm before clipping.
    clipped : bool
        Whether it was clipped.
    params : parameters
        After the update.
    """

    update: int
    loss: float
    accuracy: float | None
    grad_norm: float
    clipped: bool
    params: Any


def run(setup: Setup, updates: int | None = None, text: str = "") -> Iterator[Record]:
    """Yield the record of each update, without end if `updates` is left out.

    It ends early, as the engine does, where loss, gradient or parameters stop being finite.
    """
    task, gradient, params = make_task(setup, text), gradient_of(setup, text), start(setup, text)
    state = adam_init(params) if setup.optimizer == "adam" else None
    for update, batch in enumerate(batches(setup, updates, text), start=1):
        with np.errstate(over="ignore", invalid="ignore"):
            loss, grads = gradient(params, batch)
            norm = global_norm(grads)
            if not (math.isfinite(loss) and math.isfinite(norm)):
                return
            accuracy = task.accuracy(outputs(setup, params, batch.x), batch)
            clipped = 0 < setup.clip < norm
            if clipped:
                grads, _ = clip_by_global_norm(grads, setup.clip)
            try:
                # rnn_core wants a rate above 0; with 0 Adam's means still move, and the parameters do not.
                rate = setup.rate or 1.0
                if state is None:
                    moved = sgd_step(params, grads, rate)
                else:
                    moved, state = adam_step(params, grads, state, rate)
            except FloatingPointError:
                return
            params = moved if setup.rate > 0 else params
            if not math.isfinite(global_norm(params)):
                return
        yield Record(update, loss, accuracy, norm, clipped, params)
