"""A reader at the playground's tools."""

from typing import Any

from playground_page import Playground

TOOLS = ("try", "compare", "repeat", "export")


def opened_tool(playground: Playground, name: str) -> Any:
    """Open the fold of a tool; return it."""
    fold = playground.page.locator(f".pg-tool-{name}")
    fold.locator("summary").first.click()
    return fold


def wait_for_words(playground: Playground, selector: str, words: str) -> None:
    playground.wait_for(
        "([selector, words]) => document.querySelector(selector)?.textContent.includes(words)",
        [selector, words],
    )


def compared(playground: Playground, fold: Any) -> None:
    """Keep the run as A, and run B with another ρ."""
    fold.get_by_role("button", name="Keep this run as A").click()
    fold.locator("select").first.select_option("rho")
    fold.get_by_role("spinbutton", name="Its norm ρ").fill("0.5")
    fold.get_by_role("spinbutton", name="Its norm ρ").press("Tab")
    fold.get_by_role("button", name="Run B").click()
    wait_for_words(playground, ".pg-tool-compare", "B is done")
