"""The site where scripts are restricted to its own files by a Content-Security-Policy, or switched off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import QuietHandler, served
from reader import PHONE, Reader
from scripts import inline_scripts

POLICY = "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
FONT_IS_THERE = (
    "() => [...document.fonts].some((f) => f.family.startsWith('MJXTEX') && f.status === 'loaded')"
)
CHAPTER = "notebooks/09_vanishing_gradients.html"


class StrictHandler(QuietHandler):
    """A request handler that sends the policy."""

    def end_headers(self) -> None:
        """Add the policy to the headers."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def strict_server(site: Path) -> Iterator[str]:
    with served(site, StrictHandler) as address:
        yield address


@pytest.mark.parametrize(
    "html",
    [
        "<script>let a = 1;</script>",
        '<script data-cfasync="false">\nlet a;</script>',
        '<button onclick="window.print()">',
        '<script type="module">let a;</script>',
    ],
)
def test_a_script_in_a_page_is_found(html: str) -> None:
    assert len(inline_scripts(html)) == 1


def test_a_script_in_a_file_and_data_are_none() -> None:
    assert not inline_scripts(
        '<script src="a.js"></script><script defer src="b.js"></script>'
        '<script type="application/vnd.jupyter.widget-state+json">{}</script><p>on a="b"</p>'
    )


@pytest.mark.browser
def test_no_page_has_a_script_in_it(site: Path, page_address: str) -> None:
    assert not inline_scripts((site / page_address).read_text(encoding="utf-8"))


def assert_policy_is_kept(reader: Reader) -> None:
    """Nothing is refused, formulas have their fonts, explorers live. On every page, by test_still."""
    assert reader.troubles == []
    formulas = reader.page.locator(".bd-article p mjx-container")
    if formulas.count():
        formulas.locator("visible=true").first.scroll_into_view_if_needed()
        reader.page.wait_for_function(FONT_IS_THERE)
    reader.wake_explorers()
    assert reader.troubles == []
    for explorer in reader.page.locator(".explorer").all():
        assert "explorer-live" in (explorer.get_attribute("class") or "")


@pytest.mark.browser
def test_folds_colours_and_printing_work_under_the_policy(browser: Any, strict_server: str) -> None:
    with Reader(browser) as reader:
        reader.page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
        reader.open(f"{strict_server}/{CHAPTER}")
        solution = reader.page.locator("details.solution").first
        inside = solution.locator("section p").first
        assert not inside.is_visible()
        solution.locator("summary.admonition-title").click(position={"x": 8, "y": 8})
        assert inside.is_visible()

        root = reader.page.locator("html")
        modes = []
        for _ in range(3):
            reader.page.locator(".bd-header-article .theme-switch-button").click()
            modes.append(root.get_attribute("data-mode"))
        assert sorted(map(str, modes)) == ["auto", "dark", "light"]
        while root.get_attribute("data-mode") != "dark":
            reader.page.locator(".bd-header-article .theme-switch-button").click()
        reader.page.reload()
        assert root.get_attribute("data-theme") == "dark"

        reader.page.get_by_role("button", name="Download").click()
        reader.page.locator('[data-action="print"]').click()
        assert reader.page.evaluate("printed") == 1
        assert reader.troubles == []


@pytest.mark.browser
def test_the_colours_are_right_before_the_theme_is_there(browser: Any, server: str) -> None:
    """No script of the theme has run, and the page is dark for a reader whose system is."""
    with Reader(browser, theme="dark") as reader:
        reader.page.route(
            "**/scripts/*.js*", lambda route: route.fulfill(body="", content_type="text/javascript")
        )
        reader.page.goto(f"{server}/book/notation.html")
        assert reader.page.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.browser
def test_a_reader_without_scripts_opens_solutions_and_the_menu(browser: Any, server: str) -> None:
    with Reader(browser, PHONE, java_script_enabled=False) as reader:
        reader.page.goto(f"{server}/{CHAPTER}")
        assert not reader.page.locator("button.primary-toggle").is_visible()
        chapter = reader.page.locator(".bd-sidebar-primary").get_by_role("link", name="Gradient descent")
        assert not chapter.first.is_visible()
        reader.page.locator('noscript a[title="Contents"]').click()
        assert chapter.first.is_visible()
        chapter.first.click()
        assert "08_gradient_descent" in reader.page.url
        solution = reader.page.locator("details.solution").first
        solution.locator("summary.admonition-title").click(position={"x": 8, "y": 8})
        assert solution.locator("section p").first.is_visible()
