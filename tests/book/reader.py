"""A reader's window: a browser page that notes everything that goes wrong in it."""

from typing import Any
from urllib.parse import urlsplit

import pytest

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 568}  # also a window of 1280 pixels at 400 %
# Windows in both colour modes: each size and each mode once, and all pairs in the thorough run.
FORMS = [
    pytest.param(DESKTOP, "light", id="desktop-light"),
    pytest.param(PHONE, "dark", id="phone-dark"),
    pytest.param(DESKTOP, "dark", id="desktop-dark", marks=pytest.mark.thorough),
    pytest.param(PHONE, "light", id="phone-light", marks=pytest.mark.thorough),
]
# A promise would count as true, whatever comes of it: what is waited for is asked at once.
READY = """() => {
  // A page with formulas fetches their letters when it has nothing else to do.
  const letters = document.querySelector("mjx-container")
    ? [...document.fonts].filter((face) => face.family.startsWith("MJX"))
    : [];
  const hasExplorer = document.querySelector('script[type*="widget-view"]');
  return document.fonts.status === "loaded"
    && letters.every((face) => face.status === "loaded" || face.status === "error")
    && (!hasExplorer || performance.getEntriesByName("explorers-ready").length > 0);
}"""

SCROLL_DOWN = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
  }
  const figures = [...document.images].filter((image) => image.getClientRects().length);
  await Promise.all(figures.map((image) => image.decode()));
  scrollTo(0, 0);
}"""

# To every explorer the reader has been before, and has skipped its question.
SKIP_QUESTIONS = """{
  const stored = Storage.prototype.getItem;
  Storage.prototype.getItem = function (key) {
    return stored.call(this, key)
      ?? (key.startsWith("rnn-book:explorer:") ? '{"prediction":{"stage":"skipped"}}' : null);
  };
}"""


# Windows for the next reader who takes a used one, by browser and by whether they skip the questions. To open
# a window takes longer than to load a small page.
_kept: dict[tuple[Any, bool], list[Any]] = {}


class Reader:
    """A page with its own context; use it in a ``with`` statement.

    One who ``skips`` has skipped every explorer's question before. With ``used=True`` the window may have
    been another reader's: nothing is stored in it, but what pages have in common need not come again. It is
    for tests that do on a page what a reader can do; not for those that measure how it comes in, or that
    change the browser.
    """

    def __init__(
        self,
        browser: Any,
        viewport: dict[str, int] = DESKTOP,
        theme: str = "light",
        used: bool = False,
        skips: bool = False,
        **options: Any,
    ):
        assert not (used and options), "a used window has no options"
        self._keep_in = _kept.setdefault((browser, skips), []) if used else None
        if self._keep_in:
            self.page = self._keep_in.pop()
            self.context = self.page.context
            self.page.set_viewport_size(viewport)
            self.page.emulate_media(color_scheme=theme, reduced_motion="reduce", media="null")
        else:
            self.context = browser.new_context(
                viewport=viewport, color_scheme=theme, reduced_motion="reduce", **options
            )
            self.page = self.context.new_page()
            if skips:
                self.page.add_init_script(SKIP_QUESTIONS)
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self._listeners = {
            "request": lambda request: self.requests.append(request.url),
            "console": self._console,
            "pageerror": lambda error: self.troubles.append(f"error: {error}"),
            "requestfailed": self._failure,
        }
        for event, listener in self._listeners.items():
            self.page.on(event, listener)

    def _failure(self, request: Any) -> None:
        # A browser drops what it was still fetching when the reader goes to another page.
        if request.failure not in ("net::ERR_ABORTED", "NS_BINDING_ABORTED"):
            self.troubles.append(f"failed: {request.url} ({request.failure})")

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console {message.type}: {message.text}")

    def open(self, address: str) -> None:
        """Open a page and wait until its fonts are there and its explorers live."""
        self.page.goto(address, wait_until="load")
        self.page.wait_for_function(READY, timeout=15_000)

    def skip_questions(self) -> None:
        """Be one who has skipped every explorer's question before; call it before the page is opened."""
        self._keep_in = None  # a script cannot be taken out again
        self.page.add_init_script(SKIP_QUESTIONS)

    def wake_explorers(self) -> None:
        """Bring every explorer near enough to come alive; then go back to the top."""
        for box in self.page.locator(".explorer").all():
            box.scroll_into_view_if_needed()
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('.explorer')]"
            ".every((box) => box.querySelector('.explorer-view .rnn-explorer, .explorer-note'))"
        )
        self.page.evaluate("scrollTo(0, 0)")

    def resize(self, viewport: dict[str, int]) -> None:
        """Change the window's size and wait until the page has followed."""
        self.page.set_viewport_size(viewport)
        self.page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")

    def load_figures(self) -> None:
        """Go down the page as a reader does, until every figure has been fetched."""
        self.page.evaluate(SCROLL_DOWN)

    def use_theme(self, theme: str) -> None:
        """Choose the light or the dark colours; the page follows the system's choice."""
        self.page.emulate_media(color_scheme=theme)
        self.page.wait_for_function(f"() => document.documentElement.dataset.theme === '{theme}'")

    def foreign_requests(self, *allowed: str) -> list[str]:
        """Return the requests that went anywhere but to the allowed addresses or into the page itself."""
        return [url for url in self.requests if not url.startswith((*allowed, "blob:", "data:"))]

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, kind: Any = None, *exception: object) -> None:
        if self._keep_in is None or kind is not None:
            self.context.close()
            return
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        if self.page.url.startswith(("http:", "file:")):
            self.page.evaluate("sessionStorage.clear()")
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")
        parts = [urlsplit(url) for url in self.requests]
        devtools = self.context.new_cdp_session(self.page)
        for origin in {f"{part.scheme}://{part.netloc}" for part in parts if part.scheme in ("http", "file")}:
            devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        devtools.detach()
        self._keep_in.append(self.page)
