"""What the benchmarks' commands have in common: their options, their bounds, and how they end."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

from contenders import Size
from timing import LEAST_ROUNDS, OtherLoad

# Largest relative difference allowed between two programs' results, in the 2-norm.
BOUND = {"float64": 1e-10, "float32": 1e-4}
BUSY = 0.05  # share of the processors' time that others may use before the figures are in doubt


def parse_size(text: str) -> Size:
    """Read "T,B,n,m,k"."""
    try:
        size = Size(*(int(part) for part in text.split(",")))
    except (TypeError, ValueError):
        raise argparse.ArgumentTypeError(f"expected T,B,n,m,k, got {text!r}") from None
    if min(size) < 1:
        raise argparse.ArgumentTypeError(f"expected sizes of at least 1, got {text!r}")
    return size


def parse_options(description: str | None, sizes: tuple[Size, ...], seconds: float) -> argparse.Namespace:
    """Read the command line; make the folder for the tables; set `least_rounds`, and `seconds` if quick."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", nargs="+", type=parse_size, default=sizes, metavar="T,B,n,m,k")
    parser.add_argument("--dtypes", nargs="+", choices=sorted(BOUND), default=("float32", "float64"))
    parser.add_argument("--seconds", type=float, default=seconds, help=f"of timing per case ({seconds:g})")
    parser.add_argument("--quick", action="store_true", help="a round or two: to see that it runs")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder for the two tables")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    options.least_rounds = 1 if options.quick else LEAST_ROUNDS
    if options.quick:
        options.seconds = 0.5
    return options


class Watch:
    """How long a run takes, and what other programs take of the processors meanwhile."""

    def __init__(self) -> None:
        self._start, self._load = perf_counter(), OtherLoad()

    def share(self) -> float | None:
        """Return the others' share so far, or None where the system does not tell."""
        return self._load.share()

    def report(self, share: float | None, missed: Iterable[str]) -> None:
        """Print the time, a warning if the machine was busy, and the goals that were missed."""
        print(f"{perf_counter() - self._start:.0f} s")
        if share is not None and share > BUSY:
            print(f"Other programs used {share:.0%} of the processors: measure again on a quiet machine.")
        for line in missed:
            print("missed:", line)
