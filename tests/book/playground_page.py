"""A reader before a playground."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reader import Reader

PAGE = "book/playground.html"
SMALL = "notebooks/09_vanishing_gradients.html"
FIRST_STATE = "() => document.querySelector('.rnn-playground')?.pgApp?.state"
APP = "document.querySelector('.rnn-playground').pgApp"
SLOW = 60_000  # ms that a busy machine may take


class Playground:
    """A reader before a playground."""

    def __init__(self, reader: Reader, address: str) -> None:
        self.reader, self.page = reader, reader.page
        self.page.set_default_timeout(SLOW)
        self.page.goto(address)
        if "playground.html" in address:
            self.wait_for(FIRST_STATE)

    def wait_for(self, condition: str, argument: Any = None) -> None:
        self.page.wait_for_function(condition, arg=argument, timeout=SLOW)

    def app(self, expression: str) -> Any:
        """Return something of the playground's object."""
        return self.page.evaluate(f"{APP}.{expression}")

    def press(self, name: str) -> None:
        self.page.locator(".rnn-playground").get_by_role("button", name=name, exact=True).click()

    def steps(self, updates: int, **setup: Any) -> None:
        """Begin a run, if one is given, and do so many updates."""
        if setup:
            assert self.page.evaluate(f"(setup) => {APP}.start(setup)", setup)
        before = self.app("state?.update ?? 0") if not setup else 0
        self.app(f"step({updates})")
        self.wait_for(f"(least) => {APP}.state?.update >= least || {APP}.state?.diverged", before + updates)

    def said(self) -> str:
        return str(self.page.locator(".pg-said").text_content())

    def status(self) -> str:
        self.page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
        return str(self.page.locator(".pg-status").text_content())


@contextmanager
def opened(browser: Any, server: str) -> Iterator[Playground]:
    """Give the playground's page, open; nothing may have gone wrong on it in the end."""
    with Reader(browser) as reader:
        yield Playground(reader, f"{server}/{PAGE}")
        assert reader.troubles == []
        assert reader.foreign_requests(server) == []
