"""The network at each of its checkpoints, as experiments/writes.py has stored it."""

import base64
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from rnn_core import RNNParams

__all__ = ["CHECKPOINTS", "MOST_LETTERS", "NETWORK", "TYPED", "params_at"]

NETWORK: dict[str, Any] = json.loads(Path(__file__).with_name("network.json").read_text(encoding="utf-8"))
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
