"""A book that is kept on the device runs its cells without a network, and keeps Python once only."""

from typing import Any

import pytest
from live_page import LivePage

pytestmark = pytest.mark.browser
TRY = "book/try_it.html"
STORED = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys())
      if (url.endsWith('.bin')) found.push(name);
  return found;
}"""


def test_cells_run_from_the_copy(browser: Any, server: str) -> None:
    with LivePage(browser, server, "book/welcome.html") as page:
        page.page.locator(".offline-block button").click()
        page.page.get_by_text("Kept on this device").wait_for(timeout=120_000)
        assert page.page.evaluate(STORED) == ["rnn-book-live"] * 4
        page.context.set_offline(True)
        page.requests.clear()
        page.open(f"{server}/{TRY}")
        page.begin()
        page.type_into(page.page.locator(".live-try"), "print(6 * 7)")
        assert "42" in page.run(page.page.locator(".live-try"))
        assert not [url for url in page.requests if url.endswith(".bin")]
        assert page.page.evaluate(STORED) == ["rnn-book-live"] * 4
