"""Time `lstm_bptt` and `gru_bptt` beside PyTorch's layers; write results_gated.csv and results_gated.md.

Run ``python benchmarks/gated.py --help`` for the options, and see the README beside this file: the times are
taken as `bptt.py` takes them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from command import BOUND, Watch, parse_options
from contenders import Contender, Size
from tables import Row, machine, spread, write_csv
from timing import interleave, quartiles

from rnn_core import gated

SIZES = (Size(50, 1, 64, 100, 64), Size(100, 32, 64, 128, 64), Size(100, 32, 64, 256, 64))
# The most that our time may be, in units of PyTorch's.
GOAL = {"float64": 1.0, "float32": 1.3}


class Cell(NamedTuple):
    """A gated cell, here and in PyTorch."""

    init: Callable[..., Any]
    bptt: Callable[..., Any]
    to_torch: Callable[[Any], dict[str, np.ndarray]]
    layer: type[torch.nn.Module]


CELLS = {
    "LSTM": Cell(gated.init_lstm, gated.lstm_bptt, gated.lstm_to_torch, torch.nn.LSTM),
    "GRU": Cell(gated.init_gru, gated.gru_bptt, gated.gru_to_torch, torch.nn.GRU),
}


def contenders(name: str, size: Size, dtype: str, *, rng: np.random.Generator) -> dict[str, Contender]:
    """Draw a batch and parameters, and prepare both programs: ours first."""
    cell, (T, B, n, m, k) = CELLS[name], size
    params = cell.init(n, m, k, rng=rng, dtype=dtype)
    small = {"b_h": (0.1 * rng.standard_normal(params.b_h.shape)).astype(dtype)}
    if name == "GRU":
        small["b_hn"] = (0.1 * rng.standard_normal(m)).astype(dtype)
    params = params._replace(**small)
    x, targets = rng.standard_normal((T, B, n)).astype(dtype), rng.integers(k, size=(T, B))

    def ours() -> tuple[float, Any]:
        return cell.bptt(params, x, targets)

    return {cell.bptt.__name__: Contender(ours, ours), f"nn.{name}": with_torch(cell, params, x, targets)}


def with_torch(cell: Cell, params: Any, x: np.ndarray, targets: np.ndarray) -> Contender:
    """PyTorch, eager: the layer and `nn.Linear` with our weights, cross-entropy, `backward()`."""
    (_, B, n), (k, m) = x.shape, params.W_yh.shape
    dtype = getattr(torch, str(x.dtype))
    layer, linear = cell.layer(n, m, dtype=dtype), torch.nn.Linear(m, k, dtype=dtype)
    parameters = [*layer.parameters(), *linear.parameters()]
    with torch.no_grad():
        for parameter, value in zip(parameters, cell.to_torch(params).values(), strict=True):
            parameter.copy_(torch.from_numpy(value))
    inputs, classes = torch.from_numpy(x), torch.from_numpy(targets).reshape(-1)

    def call() -> torch.Tensor:
        for parameter in parameters:
            parameter.grad = None
        h, _ = layer(inputs)
        o = linear(h).reshape(-1, k)
        loss = torch.nn.functional.cross_entropy(o, classes, reduction="sum") / B
        loss.backward()
        return loss

    def result() -> tuple[float, Any]:
        loss = call().item()
        W_hx, W_hh, b_h, recurrent_bias, W_yh, b_y = (parameter.grad.numpy() for parameter in parameters)
        grads = params._replace(W_hx=W_hx, W_hh=W_hh, W_yh=W_yh, b_h=b_h, b_y=b_y)
        return loss, grads._replace(b_hn=recurrent_bias[2 * m :]) if hasattr(params, "b_hn") else grads

    return Contender(call, result)


def largest_difference(one: Contender, other: Contender) -> float:
    """Return the largest relative difference between two programs' losses and gradients, in the 2-norm."""
    (loss, grads), (other_loss, other_grads) = one.result(), other.result()
    pairs = [(other_loss, loss), *zip(other_grads, grads, strict=True)]
    return max(
        float(np.linalg.norm(np.subtract(theirs, ours)) / np.linalg.norm(ours))
        for theirs, ours in pairs
        if ours is not None
    )


def measure(name: str, size: Size, dtype: str, seconds: float, least_rounds: int) -> list[Row]:
    """Check that both programs agree at one size in one precision, then time them."""
    entries = contenders(name, size, dtype, rng=np.random.default_rng(2))
    ours, theirs = entries
    difference = largest_difference(*entries.values())
    if not difference <= BOUND[dtype]:
        raise AssertionError(f"{theirs} differs by {difference:.1e} relative, more than {BOUND[dtype]:g}")
    times = interleave({key: entry.call for key, entry in entries.items()}, seconds, least_rounds)
    return [
        Row(
            size,
            dtype,
            key,
            quartiles(sample * 1e3),
            quartiles(sample / times[ours]),
            len(sample),
            difference if key == ours else None,
            None,
        )
        for key, sample in times.items()
    ]


def write_markdown(pairs: list[tuple[Row, Row]], path: Path, other_load: float | None) -> None:
    """Write the table that a page of the book includes, and what it was measured on."""
    head = ("program", "T, B, n, m, k", "float", "ms", "PyTorch, ms", "PyTorch ÷ program")
    lines = ["| " + " | ".join(head) + " |", "|:--|:--" + "|--:" * (len(head) - 2) + "|"]
    for ours, theirs in pairs:
        cells = [
            f"`{ours.contender}`",
            ", ".join(map(str, ours.size)),
            ours.dtype.removeprefix("float"),
            f"{ours.milliseconds.median:.3g}",
            f"{theirs.milliseconds.median:.3g}",
            spread(theirs.ratio),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    about = machine(other_load, jax=False)
    path.write_text("\n".join([*lines, "", *(f"- {line}" for line in about), ""]), encoding="utf-8")


def missed_goals(pairs: list[tuple[Row, Row]]) -> list[str]:
    """Name each goal that the medians miss."""
    return [
        f"{tuple(ours.size)} {ours.dtype}: {ours.contender} takes {1 / theirs.ratio.median:.2f} times"
        f" what PyTorch does, more than {GOAL[ours.dtype]:g}"
        for ours, theirs in pairs
        if 1 / theirs.ratio.median > GOAL[ours.dtype]
    ]


def main() -> None:
    """Measure both cells at every size in every precision and write the tables."""
    options, watch = parse_options(__doc__, SIZES, seconds=8.0), Watch()
    pairs: list[tuple[Row, Row]] = []
    for name in CELLS:
        for size in options.sizes:
            for dtype in options.dtypes:
                ours, theirs = measure(name, size, dtype, options.seconds, options.least_rounds)
                pairs.append((ours, theirs))
                print(
                    f"{ours.contender} {tuple(size)} {dtype}: {ours.milliseconds.median:.3f} ms;"
                    f" PyTorch in units of that: {theirs.ratio.median:.2f}",
                    flush=True,
                )
    share = watch.share()
    write_csv([row for pair in pairs for row in pair], options.out / "results_gated.csv")
    write_markdown(pairs, options.out / "results_gated.md", share)
    watch.report(share, missed_goals(pairs))


if __name__ == "__main__":
    main()
