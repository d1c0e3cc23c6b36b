"""Time `rnn_core.bptt` beside PyTorch, JAX and the bare matrix products; write results.csv and results.md.

Run ``python benchmarks/bptt.py --help`` for the options, and see the README beside this file.
"""

import argparse
from pathlib import Path
from time import perf_counter

import numpy as np
from contenders import BUILDERS, Size, assert_equal_results, make_problem
from tables import Row, missed_goals, write_csv, write_markdown
from timing import LEAST_ROUNDS, OtherLoad, interleave, peak_memory, quartiles

SIZES = (
    Size(25, 1, 27, 32, 27),
    Size(50, 1, 64, 100, 64),
    Size(50, 16, 64, 64, 64),
    Size(100, 32, 64, 128, 64),
    Size(100, 32, 64, 256, 64),
    Size(100, 64, 128, 512, 128),
    Size(500, 1, 2, 50, 2),
    Size(1000, 32, 8, 64, 8),
)
# Largest relative difference allowed between two programs' results, in the 2-norm.
BOUND = {"float64": 1e-10, "float32": 1e-4}
BUSY = 0.05  # share of the processors' time that others may use before the figures are in doubt


def measure(size: Size, dtype: str, seconds: float, least_rounds: int) -> list[Row]:
    """Check that all contenders agree at one size in one precision, then time them."""
    problem = make_problem(size, dtype, rng=np.random.default_rng(2))
    entries = {name: build(problem) for name, build in BUILDERS.items()}
    difference = assert_equal_results(entries, BOUND[dtype])
    times = interleave({name: entry.call for name, entry in entries.items()}, seconds, least_rounds)
    T, B, _, m, k = size
    memory = peak_memory(entries["rnn_core"].call) / ((6 * m + 3 * k) * T * B * problem.x.itemsize)
    ours = times["rnn_core"]
    return [
        Row(
            size,
            dtype,
            name,
            quartiles(sample * 1e3),
            quartiles(sample / ours),
            len(sample),
            difference if name == "rnn_core" else None,
            memory if name == "rnn_core" else None,
        )
        for name, sample in times.items()
    ]


def parse_size(text: str) -> Size:
    """Read "T,B,n,m,k"."""
    try:
        size = Size(*(int(part) for part in text.split(",")))
    except (TypeError, ValueError):
        raise argparse.ArgumentTypeError(f"expected T,B,n,m,k, got {text!r}") from None
    if min(size) < 1:
        raise argparse.ArgumentTypeError(f"expected sizes of at least 1, got {text!r}")
    return size


def main() -> None:
    """Measure every size in every precision and write the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", nargs="+", type=parse_size, default=SIZES, metavar="T,B,n,m,k")
    parser.add_argument("--dtypes", nargs="+", choices=sorted(BOUND), default=("float32", "float64"))
    parser.add_argument("--seconds", type=float, default=14.0, help="of timing per size and precision (14)")
    parser.add_argument("--quick", action="store_true", help="a round or two: to see that it runs")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder for the two tables")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)

    seconds, least_rounds = (0.5, 1) if options.quick else (options.seconds, LEAST_ROUNDS)
    start, load = perf_counter(), OtherLoad()
    rows: list[Row] = []
    for size in options.sizes:
        for dtype in options.dtypes:
            case = measure(size, dtype, seconds, least_rounds)
            rows += case
            ratios = "  ".join(f"{row.contender} {row.ratio.median:.2f}" for row in case[1:])
            ms = case[0].milliseconds.median
            print(f"{tuple(size)} {dtype}: {ms:.3f} ms; in units of that: {ratios}", flush=True)
    share = load.share()
    write_csv(rows, options.out / "results.csv")
    write_markdown(rows, options.out / "results.md", share)
    print(f"{perf_counter() - start:.0f} s")
    if share is not None and share > BUSY:
        print(f"Other programs used {share:.0%} of the processors: measure again on a quiet machine.")
    for line in missed_goals(rows):
        print("missed:", line)


if __name__ == "__main__":
    main()
