"""What each page says it may load and run, in Firefox: nothing of the book is refused, all else is."""

from pathlib import Path

import pytest
from conftest import missing
from firefox import Firefox, executable
from test_policy import INJECTED, REFUSED

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
PAGES = (
    "book/welcome.html",
    "notebooks/09_vanishing_gradients.html",
    "search.html?q=gamma",
    "book/try_it.html",
)
WATCH = """() => {
  globalThis.refused = [];
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    refused.push(`${effectiveDirective} ${blockedURI}`));
}"""
LOOK = """(async () => {
  const seen = async (condition) => {
    for (let i = 0; i < 200 && !condition(); i += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  for (const box of document.querySelectorAll(".explorer")) {
    box.scrollIntoView();
    await seen(() => box.matches(".explorer-live"));
  }
  const hits = document.getElementById("search-results");
  if (hits) await seen(() => hits.querySelector("a"));
  const dead = document.querySelectorAll(".explorer:not(.explorer-live)").length;
  return [refused, dead, !hits || hits.querySelectorAll("a").length > 0];
})()"""


@pytest.mark.parametrize("opened_as", ["page", "file"])
def test_the_policy_holds(server: str, site: Path, opened_as: str) -> None:
    if executable() is None:
        missing("no Firefox was found")
    base = server if opened_as == "page" else site.as_uri()
    with Firefox() as firefox:
        firefox.send("script.addPreloadScript", functionDeclaration=WATCH)
        for page in PAGES:
            firefox.open(f"{base}/{page}")
            assert firefox.evaluate(LOOK) == [[], 0, True], page
        firefox.open(f"{base}/book/notation.html")
        ran, refused, same_base = firefox.evaluate(f"({INJECTED})({len(REFUSED.split())})")
        assert ran == ["caught"]
        assert set(refused) <= set(REFUSED.split())
        assert {"script-src-elem", "script-src-attr", "connect-src"} <= set(refused)
        assert same_base
