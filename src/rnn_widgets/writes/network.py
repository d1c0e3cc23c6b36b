"""The network at each of its checkpoints, as experiments/writes.py has stored it."""

import base64
from functools import cache
from typing import Any

import numpy as np

from rnn_core import RNNParams

from ..tables import EXPERIMENTS

__all__ = ["CHECKPOINTS", "MOST_LETTERS", "NETWORK", "TYPED", "params_at"]


def _read() -> dict[str, Any]:
    """Return what is stored, in the form in which the page gets it."""
    with np.load(EXPERIMENTS / "writes.npz") as stored:
        per_checkpoint = zip(*(stored[name] for name in ("updates", "loss", "units", "weights")), strict=True)
        return {
            "symbols": str(stored["symbols"]),
            "m": int(stored["m"]),
            "checkpoints": [
                {
                    "updates": int(updates),
                    "loss": float(loss),
                    "units": units.tolist(),
                    "weights": base64.b64encode(weights).decode("ascii"),
                }
                for updates, loss, units, weights in per_checkpoint
            ],
            "words": str(stored["words"]),
            "spaces": float(stored["spaces"]),
        }


NETWORK = _read()
CHECKPOINTS = NETWORK["checkpoints"]
TYPED = NETWORK["symbols"].replace("\n", "")  # what a reader can type in one line
MOST_LETTERS = 40


@cache
def params_at(checkpoint: int) -> RNNParams:
    """The rounded network: 8-bit integers, each array times its unit."""
    stored, m, k = CHECKPOINTS[checkpoint], NETWORK["m"], len(NETWORK["symbols"])
    integers = np.frombuffer(base64.b64decode(stored["weights"]), dtype=np.int8)
    shapes = ((m, k), (m, m), (k, m), (m,), (k,))
    ends = np.cumsum([np.prod(shape) for shape in shapes])[:-1]
    parts = np.split(integers, ends)
    return RNNParams(
        *(
            unit * part.astype(float).reshape(shape)
            for unit, part, shape in zip(stored["units"], parts, shapes, strict=True)
        )
    )
