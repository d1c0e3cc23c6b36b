"""The results as a CSV file, as a Markdown table for the book, and against the goals of the README."""

import csv
import datetime
import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
from contenders import UNROLL, Size
from threadpoolctl import threadpool_info
from timing import Quartiles


class Row(NamedTuple):
    """One contender at one size in one precision."""

    size: Size
    dtype: str
    contender: str
    milliseconds: Quartiles
    ratio: Quartiles  # its time over rnn_core's, of paired blocks
    rounds: int
    difference: float | None  # largest relative difference of any contender's results from rnn_core's
    memory: float | None  # peak of one call over the bytes of 6·T·B·m + 3·T·B·k numbers


def write_csv(rows: list[Row], path: Path) -> None:
    """Write one line per row; times in milliseconds."""
    quartile_names = [f"{what}_{q}" for what in ("ms", "ratio") for q in Quartiles._fields]
    header = [*Size._fields, "dtype", "contender", *quartile_names, "rounds", "difference", "memory"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            numbers = (*row.milliseconds, *row.ratio)
            rest = ["" if v is None else f"{v:.3g}" for v in (row.difference, row.memory)]
            writer.writerow(
                [*row.size, row.dtype, row.contender, *(f"{v:.4g}" for v in numbers), row.rounds, *rest]
            )


def write_markdown(rows: list[Row], path: Path, other_load: float | None) -> None:
    """Write the table that a page of the book includes, and what it was measured on."""
    head = (
        "T, B, n, m, k",
        "float",
        "`bptt`, ms",
        "PyTorch ÷ `bptt`",
        "JAX ÷ `bptt`",
        f"JAX unrolled ×{UNROLL} ÷ `bptt`",
        "`bptt` ÷ products by `matmul`",
        "`bptt` ÷ products by the quickest call",
        "memory",
    )
    lines = ["| " + " | ".join(head) + " |", "|:--" + "|--:" * (len(head) - 1) + "|"]
    for case in cases(rows):
        ours = case["rnn_core"]
        cells = [
            ", ".join(map(str, ours.size)),
            ours.dtype.removeprefix("float"),
            f"{ours.milliseconds.median:.3g}",
            *(spread(case[name].ratio) for name in ("torch", "jax", f"jax_unroll{UNROLL}")),
            *(spread(_inverse(case[name].ratio)) for name in ("matmul_products", "products")),
            f"{ours.memory:.2f}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    text = "\n".join([*lines, "", *(f"- {line}" for line in machine(other_load)), ""])
    path.write_text(text, encoding="utf-8")


def cases(rows: list[Row]) -> list[dict[str, Row]]:
    """Group the rows of one size and precision by contender, in the order of the rows."""
    grouped: dict[tuple[Size, str], dict[str, Row]] = {}
    for row in rows:
        grouped.setdefault((row.size, row.dtype), {})[row.contender] = row
    return list(grouped.values())


def spread(q: Quartiles) -> str:
    """Write a median with its quartiles."""
    return f"{q.median:.2f} ({q.lower:.2f}–{q.upper:.2f})"


def _inverse(q: Quartiles) -> Quartiles:
    return Quartiles(1 / q.upper, 1 / q.median, 1 / q.lower)


def machine(other_load: float | None, *, jax: bool = True) -> list[str]:
    """Say what the figures were measured on, as far as it bears on them; `jax`: whether JAX took part."""
    pools = [
        f"{pool['internal_api']} {pool['version'] or ''}".strip()
        + (f" ({pool['architecture']} kernels)" if "architecture" in pool else "")
        + f": {pool['num_threads']}"
        for pool in threadpool_info()
    ]
    settings = sorted(
        f"`{name}={value}`"
        for name, value in os.environ.items()
        if name.startswith(("OMP_", "OPENBLAS_", "MKL_", "XLA_")) and "/" not in value
    )
    rivals = {"PyTorch": "torch"} | ({"JAX": "jax"} if jax else {})
    versions = ", ".join(f"{name} {version(package)}" for name, package in rivals.items())
    return [
        f"Measured on {datetime.date.today():%Y-%m-%d}: {platform.machine()}, {os.cpu_count()} cores,"
        f" Python {platform.python_version()}, NumPy {np.__version__}, {versions}.",
        f"Threads: {', '.join(pools)}{'; XLA its default, one per core' if jax else ''}.",
        f"Set in the environment: {', '.join(settings) or 'nothing that bears on threads or kernels'}.",
        "What other programs used of the processors meanwhile is not known on this system."
        if other_load is None
        else f"Other programs used {other_load:.0%} of the processors' time meanwhile.",
    ]


def missed_goals(rows: list[Row]) -> list[str]:
    """Name each goal of the README that the medians miss."""
    missed = []
    for case in cases(rows):
        size, dtype = case["rnn_core"].size, case["rnn_core"].dtype
        where = f"{tuple(size)} {dtype}"
        against = ["torch"] if size == Size(500, 1, 2, 50, 2) else ["torch", "jax"]
        missed += [
            f"{where}: {name} needs {case[name].ratio.median:.2f} of the time of bptt"
            for name in against
            if case[name].ratio.median < 1.0
        ]
        limit = 1.5 if size.m >= 256 else 2.5
        share = 1 / case["matmul_products"].ratio.median
        if share > limit:
            missed.append(f"{where}: bptt takes {share:.2f} times the bare products, more than {limit}")
        if case["rnn_core"].memory > 1.0:
            missed.append(f"{where}: bptt holds {case['rnn_core'].memory:.2f} of the memory it may")
    return missed
