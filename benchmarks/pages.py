"""Measure what pages of the built site cost their reader: blocked time, shifts of the layout, weight.

Each page is opened several times, with nothing in the cache, on a processor slowed down fourfold. Of each
opening are taken

- the *blocked time*: of every task of the main thread after the first paint, what it takes beyond 50 ms,
  until no such task came for two seconds;
- the *shift*: the sum of all layout shifts, none left out, while nobody scrolls or clicks.

The table has their medians. The *weight* is what is fetched until then, compressed as a server does it,
without the pictures that show an explorer to those who have no scripts. With two sites, such as those before
and after a change, the openings alternate between them, so that both meet the same machine.

Usage: python benchmarks/pages.py [SITE ...] [--pages PAGE ...] [--loads 5] [--slow 4]
"""

import argparse
import gzip
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import chromium

PAGES = (
    "book/welcome",
    "notebooks/04_preliminaries",
    "notebooks/06_backpropagation_through_time",
    "notebooks/09_vanishing_gradients",
    "notebooks/10_temporal_point_processes",
)
WATCH = """
window.seen = { tasks: [], shift: 0 };
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) seen.tasks.push([startTime, duration]);
}).observe({ type: "longtask", buffered: true });
new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) seen.shift += value;
}).observe({ type: "layout-shift", buffered: true });
"""
QUIET = """() => document.readyState === "complete"
  && performance.now() - Math.max(performance.timing.loadEventEnd - performance.timing.navigationStart,
                                  ...seen.tasks.map(([start, duration]) => start + duration)) > 2000"""
RESULT = """() => {
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  const late = seen.tasks.filter(([start, duration]) => start + duration > paint.startTime);
  const fallback = [...document.querySelectorAll(".explorer-fallback img")].map((image) => image.currentSrc);
  return {
    blocked: late.reduce((sum, [start, duration]) =>
      sum + Math.max(0, start + duration - Math.max(start, paint.startTime) - 50), 0),
    longest: Math.max(0, ...late.map(([, duration]) => duration)),
    shift: seen.shift,
    fallback,
  };
}"""


class Opening(NamedTuple):
    """What one opening of a page cost."""

    blocked: float
    longest: float
    shift: float
    weight: int
    requests: int


class QuietHandler(SimpleHTTPRequestHandler):
    """A request handler that writes no log."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site on a free port of this machine and give its address."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(site)))
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def open_page(browser: Browser, site: Path, page: str, options: argparse.Namespace) -> Opening:
    """Open a page once, with nothing in the cache."""
    context = browser.new_context(viewport={"width": options.width, "height": options.height})
    with served(site) as server:
        tab = context.new_page()
        fetched: set[str] = set()
        tab.on("request", lambda request: fetched.add(request.url))
        tab.add_init_script(WATCH)
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": options.slow})
        tab.goto(f"{server}/{page}.html", wait_until="load")
        tab.wait_for_function(QUIET, timeout=120_000)
        result = tab.evaluate(RESULT)
        files = [url for url in fetched - set(result["fallback"]) if url.startswith(server)]
        context.close()
    sizes = [
        len(gzip.compress((site / unquote(urlsplit(url).path).lstrip("/")).read_bytes(), 6)) for url in files
    ]
    return Opening(result["blocked"], result["longest"], result["shift"], sum(sizes), len(sizes))


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sites", type=Path, nargs="*", default=[Path("_build/html")])
    parser.add_argument("--pages", nargs="+", default=PAGES)
    parser.add_argument("--loads", type=int, default=5)
    parser.add_argument("--slow", type=float, default=4, help="how many times slower the processor is")
    parser.add_argument("--width", type=int, default=1350)
    parser.add_argument("--height", type=int, default=940)
    options = parser.parse_args(arguments)
    executable = chromium.find()
    if executable is None:
        parser.error(chromium.MISSING)
    print("| page | site | blocked, ms | longest task, ms | shift | weight, KB | requests |")
    print("|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=chromium.ARGUMENTS)
        for page in options.pages:
            openings: dict[Path, list[Opening]] = {site: [] for site in options.sites}
            for _ in range(options.loads):
                for site, seen in openings.items():
                    seen.append(open_page(browser, site, page, options))
            for site, seen in openings.items():
                blocked, longest, shift, weight, requests = map(median, zip(*seen, strict=True))
                print(
                    f"| {page} | {site} | {blocked:.0f} | {longest:.0f} | {shift:.3f} | {weight / 1000:.0f} "
                    f"| {requests:.0f} |",
                    flush=True,
                )
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
