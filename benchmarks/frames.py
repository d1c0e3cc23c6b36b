"""Measure the frames of the playground's page while it trains: whether they come sixty times a second.

For each set-up the page is opened several times in Chromium, without a window and without a graphics card.
While the run plays as fast as it goes are taken, for some seconds,

- the *interval* between the times that two calls of requestAnimationFrame are given;
- the *work*: how long the page's own drawing of a frame took, by the clock;
- the *processor's time* of the page's thread from one frame to the next, all its tasks: others on the machine
  do not count.

Of each the 95th percentile of every run is printed, least to greatest over the runs, and the share of
intervals that are longer than one and a half frames. Goals: interval at most 16.8 ms, work and processor's
time at most 16 ms, in every run.

Usage: python benchmarks/frames.py [SITE] [--runs 5] [--seconds 6]
"""

import argparse
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from pages import served
from playwright.sync_api import Browser, CDPSession, sync_playwright
from timing import OtherLoad

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import chromium

PAGE = "book/playground.html"
SETUPS = {"as at first": "", "two LSTM layers": "&cell=lstm&layers=2"}
# ms. A sixtieth of a second is 16.7, and an interval is known to 0.1 only: the browser gives times in tenths.
GOALS = {"interval": 16.8, "work": 16.0, "processor": 16.0}
APP = "document.querySelector('.rnn-playground')?.pgApp"
WATCH = """() => {
  window.frames_ = { times: [], works: [] };
  const next = (time) => { frames_.times.push(time); requestAnimationFrame(next); };
  requestAnimationFrame(next);
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) {
      if (name === "playground:frame") frames_.works.push(duration);
    }
  }).observe({ type: "measure" });
}"""


class Run(NamedTuple):
    """The 95th percentiles of one run, ms, the share of late frames, and the updates that were made."""

    interval: float
    work: float
    processor: float
    late: float
    updates: int


def traced(session: CDPSession, wait: Any) -> list[dict[str, Any]]:
    """Return what the browser's own record has of all its threads while it waits."""
    events: list[dict[str, Any]] = []
    done: list[Any] = []
    session.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    session.on("Tracing.tracingComplete", lambda told: done.append(told))
    session.send(
        "Tracing.start",
        {"categories": "toplevel,devtools.timeline,__metadata", "transferMode": "ReportEvents"},
    )
    wait(None)
    session.send("Tracing.end")
    while not done:
        wait(100)
    return events


def of_frames(events: list[dict[str, Any]]) -> np.ndarray:
    """Return the processor's time, ms, of the page's thread between the beginnings of its frames."""
    fired = [event for event in events if event["name"] == "FireAnimationFrame"]
    threads = [(event["pid"], event["tid"]) for event in fired]
    page = max(set(threads), key=threads.count)
    starts = np.array(sorted(event["ts"] for event in fired if (event["pid"], event["tid"]) == page))
    # The page's call and that of this program are in one frame.
    starts = starts[np.diff(starts, prepend=-np.inf) > 4000]
    tasks = [
        (event["ts"], event.get("tdur", 0) / 1000)
        for event in events
        if event["name"].endswith("RunTask") and (event["pid"], event["tid"]) == page
    ]
    at, used = np.array(tasks).T
    frame = np.searchsorted(starts, at)
    return np.bincount(frame, weights=used, minlength=len(starts) + 1)[1:-1]


def measure(browser: Browser, server: str, setup: str, seconds: float) -> Run:
    """Open the page, let it train, and watch."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        tab = context.new_page()
        tab.set_default_timeout(120_000)
        tab.goto(f"{server}/{PAGE}#playground=run{setup}")
        tab.wait_for_function(f"() => {APP}?.state")
        tab.evaluate(f"() => {APP}.play()")
        tab.wait_for_function(f"() => {APP}.state.update > 50")
        tab.evaluate(WATCH)
        first = tab.evaluate(f"() => {APP}.state.update")
        events = traced(
            context.new_cdp_session(tab),
            lambda ms: tab.wait_for_timeout(1000 * seconds if ms is None else ms),
        )
        seen = tab.evaluate("() => frames_")
        updates = tab.evaluate(f"() => {APP}.state.update") - first
    intervals = np.diff(seen["times"])
    parts = (intervals, seen["works"], of_frames(events))
    late = float(np.mean(intervals > 1.5 * 1000 / 60))
    return Run(*(float(np.percentile(part, 95)) for part in parts), late, updates)


def main() -> int:
    """Print the table; return 1 if a goal was missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("_build/html"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=6)
    options = parser.parse_args()
    executable = chromium.find()
    if executable is None:
        parser.error(chromium.MISSING)
    load, missed = OtherLoad(), []
    print("| set-up | interval, ms | work, ms | processor, ms | late frames, % | updates |")
    print("|---|---|---|---|---|---|")
    with sync_playwright() as playwright, served(options.site) as server:
        browser = playwright.chromium.launch(executable_path=executable, args=chromium.ARGUMENTS)
        for name, setup in SETUPS.items():
            runs = [measure(browser, server, setup, options.seconds) for _ in range(options.runs)]
            columns = dict(zip(Run._fields, zip(*runs, strict=True), strict=True))
            columns["late"] = tuple(100 * share for share in columns["late"])
            cells = [f"{min(values):.1f} – {max(values):.1f}" for values in columns.values()]
            print(f"| {name} | {' | '.join(cells)} |", flush=True)
            missed += [
                f"{name}: {part}" for part, goal in GOALS.items() if round(max(columns[part]), 1) > goal
            ]
        browser.close()
    share = load.share()
    if share is not None:
        print(f"The browser and all others used {share:.0%} of the processors.")
    for each in missed:
        print("missed:", each)
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
