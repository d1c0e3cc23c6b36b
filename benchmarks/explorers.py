"""Measure how long the explorers take to answer: from an input to the end of drawing.

Each explorer is opened in Chromium, on a page of its own. Every slider, or every point of an explorer
without one, is moved forty times, here and there over its whole range, in several rounds. Of each move the
best round counts: what else a busy machine does can only add to a time, and in the first round the browser
still compiles the script, while a move that is itself too slow is so in every round. Printed are the median
and the 95th percentile of the moves. Goal: 95 of 100 moves take at most 8 ms.

Usage: python benchmarks/explorers.py [--rounds 3]
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright
from timing import OtherLoad

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "book"))
import chromium
from explorer_page import KINDS, MOVE_ALL, opened, write_explorer
from reader import Reader

GOAL = 8.0  # ms


def main() -> int:
    """Print the table; return 1 if the goal was missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    executable = chromium.find()
    if executable is None:
        parser.error(chromium.MISSING)
    load, missed = OtherLoad(), []
    print("| explorer | moves | median, ms | of 95 of 100, ms |")
    print("|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=chromium.ARGUMENTS)
        for kind in KINDS:
            with tempfile.TemporaryDirectory() as folder, Reader(browser, used=True) as reader:
                opened(reader, write_explorer(Path(folder), kind()))
                times = np.min([reader.page.evaluate(MOVE_ALL, 40) for _ in range(options.rounds)], axis=0)
            late = np.percentile(times, 95)
            print(f"| {kind.BUNDLE} | {len(times)} | {np.median(times):.1f} | {late:.1f} |", flush=True)
            missed += [kind.BUNDLE] * bool(late > GOAL)
        browser.close()
    share = load.share()
    if share is not None:
        print(f"The browser and all others used {share:.0%} of the processors.")
    for name in missed:
        print("missed:", name)
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
