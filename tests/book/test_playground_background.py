"""A run that plays in a tab that nobody looks at: it goes on, nothing waits in a queue, nothing is lost.

RNN_BOOK_HIDDEN_SECONDS says how long the tab is hidden; a minute and more shows the same and takes a minute.
"""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromium
import pytest
from conftest import missing
from playground_page import APP, PAGE, opened
from tabs import Chromium

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "live"))
import firefox

pytestmark = pytest.mark.browser

SECONDS = float(os.environ.get("RNN_BOOK_HIDDEN_SECONDS", "8"))
WAIT = "(async () => {{ while (!({0})) await new Promise((r) => setTimeout(r, 50)); return {1}; }})()"
# Notes every state: whether the page was hidden, and whether its records follow on those of the one before.
WATCH = f"""(() => {{
  const app = {APP};
  window.seen = {{ hidden: 0, shown: 0, gaps: 0, frames: 0, next: app.state.update }};
  app.on("state", ({{ records }}) => {{
    seen[document.hidden ? "hidden" : "shown"] += 1;
    seen.gaps += records.from !== seen.next;
    seen.next = records.from + records.loss.length;
    seen.fresh = !document.hidden;
  }});
  app.on("frame", () => {{
    seen.frames += document.hidden;
    if (seen.fresh) seen.wait ??= performance.now() - seen.back;
  }});
  document.addEventListener("visibilitychange", () => {{
    Object.assign(seen, {{ back: performance.now(), fresh: false, wait: null }});
  }});
}})()"""
# What the page shows; `wait` is how long it took until it drew a state that came after the reader did.
NOW = f"""({{
  ...seen,
  update: {APP}.state.update,
  recorded: {APP}.history.update.at(-1),
  playing: {APP}.playing,
  words: document.querySelector(".pg-count").textContent,
}})"""
KEPT = """new Promise((resolve) => {
  const opening = indexedDB.open("rnn-book:playground");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("runs").objectStore("runs").getAll();
    asked.onsuccess = () => {
      opening.result.close();
      resolve(Math.max(0, ...asked.result.map(({ update }) => update)));
    };
  };
})"""


class Firefox(firefox.Firefox):
    """The page is in the only tab until another one comes before it."""

    def hide(self) -> None:
        """Open another tab before the page's."""
        self.send("browsingContext.create", type="tab")

    def show(self) -> None:
        """Bring the page's tab to the front again."""
        self.send("browsingContext.activate", context=self.context)


def let_play(tab: Any, server: str) -> None:
    """Open the playground in a tab, let its default run play, and watch it."""
    tab.open(f"{server}/{PAGE}")
    tab.evaluate(WAIT.format(f"document.querySelector('.rnn-playground')?.pgApp?.state && {APP}", 1))
    tab.evaluate(f"{APP}.play()")
    tab.evaluate(WAIT.format(f"{APP}.state.update > 20", 1))
    tab.evaluate(WATCH)


@pytest.fixture(params=["Chromium", "Firefox"])
def tab(request: pytest.FixtureRequest, server: str) -> Iterator[Any]:
    """Give a browser in which the playground's default run plays."""
    find, kind = {"Chromium": (chromium.find, Chromium), "Firefox": (firefox.executable, Firefox)}[
        request.param
    ]
    if find() is None:
        missing(f"no {request.param} was found")
    with kind() as tab:
        let_play(tab, server)
        yield tab


def test_a_hidden_tab_trains_on_and_is_up_to_date_when_seen(tab: Any) -> None:
    begin = tab.evaluate(NOW)
    tab.hide()
    tab.evaluate(WAIT.format("document.hidden", 1))
    hidden = time.monotonic()
    heap = tab.heap() if isinstance(tab, Chromium) else 0
    time.sleep(1)
    early = tab.evaluate(NOW)
    time.sleep(SECONDS - 1)
    while (kept := tab.evaluate(KEPT)) <= early["update"] and time.monotonic() < hidden + SECONDS + 40:
        time.sleep(1)  # what was learnt meanwhile is kept, should the browser drop the tab
    late = tab.evaluate(NOW)
    seconds = time.monotonic() - hidden
    grown = tab.heap() - heap if isinstance(tab, Chromium) else 0
    tab.show()
    back = tab.evaluate(WAIT.format("seen.wait", NOW))
    print(
        f"hidden for {seconds:.0f} s: {late['update'] - begin['update']} updates in {late['hidden']} states,"
    )
    print(f"kept at {kept}, {grown:.1f} MB more; back: {back['shown'] - late['shown']} states, {back}")
    assert late["update"] > early["update"] > begin["update"]
    assert late["hidden"] <= seconds + 2  # at most about one a second
    assert late["frames"] <= seconds + 2  # Chromium draws none, Firefox one a second
    assert kept > early["update"]
    assert grown < 10
    assert back["playing"]
    assert back["gaps"] == 0
    assert back["recorded"] == back["update"] > late["update"]
    assert back["shown"] - late["shown"] < 60  # no queue was waiting
    shown = int("".join(filter(str.isdigit, back["words"])))
    assert shown > late["update"]  # drawn since
    waits = [back["wait"]]
    while waits[-1] > 1000 and len(waits) < 4:  # a busy machine is no fault of the page
        tab.hide()
        tab.evaluate(WAIT.format("document.hidden", 1))
        time.sleep(1)
        tab.show()
        waits.append(tab.evaluate(WAIT.format("seen.wait", "seen.wait")))
    assert waits[-1] <= 1000, waits


def test_a_frozen_tab_goes_on_where_it_was(server: str) -> None:
    if chromium.find() is None:
        missing(chromium.MISSING)
    with Chromium() as tab:
        let_play(tab, server)
        tab.hide()
        tab.evaluate(WAIT.format("document.hidden", 1))
        tab.freeze(True)
        time.sleep(3)
        tab.freeze(False)
        frozen = tab.evaluate(NOW)
        tab.show()
        back = tab.evaluate(WAIT.format(f"seen.wait && {APP}.state.update > {frozen['update']}", NOW))
    assert back["playing"]
    assert back["gaps"] == 0
    assert back["recorded"] == back["update"]


def test_a_page_that_is_stuck_finds_no_queue(browser: Any, server: str) -> None:
    """Two seconds would be sixty states, and an open dialog of the browser can last for hours."""
    with opened(browser, server) as playground:
        playground.press("Play")
        playground.wait_for(f"() => {APP}.state.update > 20")
        playground.page.evaluate(f"() => {WATCH}")
        found = playground.page.evaluate(
            f"""async () => {{
              const [app, {{ update }}] = [{APP}, {APP}.state];
              for (const end = performance.now() + 2000; performance.now() < end; );
              const before = seen.shown;
              await new Promise((resolve) => setTimeout(resolve, 60));
              const came = seen.shown - before;
              while (app.state.update === update) await new Promise((resolve) => setTimeout(resolve, 50));
              return {{ came, gaps: seen.gaps }};
            }}"""
        )
        assert found["came"] <= 6
        assert found["gaps"] == 0
