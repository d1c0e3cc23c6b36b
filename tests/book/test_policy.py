"""Each page says what it may load and run, and keeps to it; and the site with scripts switched off."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import QuietHandler, served
from policy import HEADER, TAG, guarded
from reader import PHONE, Reader
from scripts import inline_scripts
from sphinx.errors import ExtensionError

FONT_IS_THERE = (
    "() => [...document.fonts].some((f) => f.family.startsWith('MJXTEX') && f.status === 'loaded')"
)
CHAPTER = "notebooks/09_vanishing_gradients.html"
# Ways in which a script comes into a page that should not be there; each would leave a word in `ran`.
INJECTED = """async (expected) => {
  const refused = new Set();
  addEventListener("securitypolicyviolation", (event) => refused.add(event.effectiveDirective));
  globalThis.ran = [];
  const add = (name, properties) =>
    document.body.append(Object.assign(document.createElement(name), properties));
  add("script", { textContent: "ran.push('inline')" });
  add("script", { src: "data:text/javascript,ran.push('data')" });
  add("script", { src: "https://elsewhere.example/script.js" });
  add("iframe", { src: "https://elsewhere.example/" });
  add("object", { data: "https://elsewhere.example/" });
  add("base", { href: "https://elsewhere.example/" });
  document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='ran.push(`handler`)'>");
  const link = Object.assign(document.createElement("a"), { href: "javascript:ran.push('link')" });
  document.body.append(link);
  link.click();
  const form = Object.assign(document.createElement("form"), { action: "https://elsewhere.example/" });
  document.body.append(form);
  try { form.submit(); } catch {} // Firefox throws
  await fetch("https://elsewhere.example/").catch(() => ran.push("caught"));
  setTimeout(() => eval("ran.push('eval')")); // later, as a page does it: what a test says may do all
  for (let i = 0; i < 100 && refused.size < expected; i += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return [ran, [...refused].sort(), document.baseURI === location.href];
}"""
REFUSED = "base-uri connect-src form-action frame-src object-src script-src script-src-attr script-src-elem"


class StrictHandler(QuietHandler):
    """A request handler that sends the policy too."""

    def end_headers(self) -> None:
        """Add the policy to the headers."""
        self.send_header("Content-Security-Policy", HEADER)
        super().end_headers()


@pytest.fixture(scope="module")
def strict_server(site: Path) -> Iterator[str]:
    with served(site, StrictHandler) as address:
        yield address


def test_the_policy_comes_before_everything_that_a_page_loads() -> None:
    page = '<!DOCTYPE html><html><head>\n<meta charset="utf-8" />\n<script src="a.js"></script></head></html>'
    made = guarded(page)
    assert made.replace(f"\n    {TAG}", "") == page
    assert made.index("charset") < made.index(TAG) < made.index("<script")
    assert guarded(made) == made
    with pytest.raises(ExtensionError):
        guarded("<p>no head</p>")


def test_what_a_host_may_send_is_written_down() -> None:
    told = (Path(__file__).resolve().parents[2] / "SECURITY.md").read_text(encoding="utf-8")
    assert f"Content-Security-Policy: {HEADER}\n" in told


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
def test_no_page_has_a_script_in_it_and_each_has_the_policy(site: Path, page_address: str) -> None:
    html = (site / page_address).read_text(encoding="utf-8")
    assert not inline_scripts(html)
    assert TAG in html[: re.search(r"<(link|script|style|noscript|title)\b", html).start()]


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
@pytest.mark.parametrize("opened_as", ["page", "file"])
def test_a_script_that_does_not_belong_there_does_not_run(
    browser: Any, server: str, site: Path, opened_as: str
) -> None:
    with Reader(browser) as reader:
        reader.open(f"{server if opened_as == 'page' else site.as_uri()}/book/notation.html")
        ran, refused, same_base = reader.page.evaluate(INJECTED, len(REFUSED.split()))
        assert ran == ["caught"]  # the fetch, which was refused
        assert refused == REFUSED.split()
        assert same_base


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
