"""Time `rnn_core.bptt` beside PyTorch, JAX and the bare matrix products; write results.csv and results.md.

Run ``python benchmarks/bptt.py --help`` for the options, and see the README beside this file.
"""

import numpy as np
from command import BOUND, Watch, parse_options
from contenders import BUILDERS, Size, assert_equal_results, make_problem
from tables import Row, missed_goals, write_csv, write_markdown
from timing import interleave, peak_memory, quartiles

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


def main() -> None:
    """Measure every size in every precision and write the tables."""
    options, watch = parse_options(__doc__, SIZES, seconds=14.0), Watch()
    rows: list[Row] = []
    for size in options.sizes:
        for dtype in options.dtypes:
            case = measure(size, dtype, options.seconds, options.least_rounds)
            rows += case
            ratios = "  ".join(f"{row.contender} {row.ratio.median:.2f}" for row in case[1:])
            ms = case[0].milliseconds.median
            print(f"{tuple(size)} {dtype}: {ms:.3f} ms; in units of that: {ratios}", flush=True)
    share = watch.share()
    write_csv(rows, options.out / "results.csv")
    write_markdown(rows, options.out / "results.md", share)
    watch.report(share, missed_goals(rows))


if __name__ == "__main__":
    main()
