"""The page Try it: examples, links that carry a text, and the links of the API and the concordance."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from live_page import ROOT, LivePage

pytestmark = pytest.mark.browser
EXAMPLES = sorted((ROOT / "src" / "live" / "examples").glob("*.py"))
TRY = "book/try_it.html"


def test_every_example_runs(browser: Any, server: str) -> None:
    with LivePage(browser, server, TRY) as page:
        page.begin()
        sections = page.page.locator(".live-example")
        assert sections.count() == len(EXAMPLES) >= 12
        for i, path in enumerate(EXAMPLES):
            sections.nth(i).get_by_role("button").first.click()
            title, code = path.read_text(encoding="utf-8").split("\n", 1)
            cell = page.page.locator(".live-try")
            assert cell.locator(".cm-content").inner_text().replace("\n\n", "\n").split() == code.split()
            page.run(cell, 5)
            assert page.words.startswith("Done"), (title, cell.inner_text())
            body = cell.locator(".live-body")
            assert body.inner_text().strip() or body.locator("img").count(), title


def test_a_drawn_picture_is_shown(browser: Any, server: str) -> None:
    with LivePage(browser, server, TRY) as page:
        page.begin()
        cell = page.page.locator(".live-try")
        page.type_into(cell, "from rnn_widgets import pictures\npictures.lstm()")
        page.run(cell, 1)
        picture = cell.locator(".live-body img")
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 540


def test_the_examples_use_every_part_of_the_package() -> None:
    used = "".join(path.read_text(encoding="utf-8") for path in EXAMPLES)
    parts = [path.parent.name for path in (ROOT / "src" / "rnn_core").glob("*/__init__.py")]
    assert [part for part in [*parts, "equations", "cliff"] if part not in used] == []


def test_a_link_carries_a_text_that_is_shown_and_not_run(browser: Any, server: str) -> None:
    text = "print('a text, 100 % & + # ü')\nprint(6 * 7)"
    with LivePage(browser, server, f"{TRY}#code={quote(text)}") as page:
        cell = page.page.locator(".live-try")
        assert cell.locator("pre").inner_text().strip() == text
        assert "Read it before you run it" in page.page.locator(".live-share").inner_text()
        page.begin()
        assert not page.page.locator(".live-output").count()
        assert "100 % & + # ü\n42" in page.run(cell)


def test_a_link_is_made_of_what_stands_in_the_cell(browser: Any, server: str) -> None:
    with LivePage(browser, server, TRY) as page:
        page.begin()
        page.type_into(page.page.locator(".live-try"), "print('äö <b>' + \"%\")")
        page.page.get_by_role("button", name="Link to this text").click()
        page.page.wait_for_function("() => location.hash.startsWith('#code=')")
        address = page.page.url
        page.page.goto("about:blank")
        page.page.goto(address)
        shown = page.page.locator(".live-try pre").first.inner_text().strip()
        assert shown == "print('äö <b>' + \"%\")"


def test_a_link_that_carries_nonsense_is_told(browser: Any, server: str) -> None:
    with LivePage(browser, server, f"{TRY}#code=%E4%A") as page:
        assert "does not carry a text" in page.page.locator(".live-share").inner_text()
        assert "import rnn_core" in page.page.locator(".live-try pre").inner_text()
        assert page.troubles == []


def test_each_function_of_the_api_has_a_link_that_shows_it(browser: Any, server: str, site: Path) -> None:
    links = []
    for name in ("api", "api_gated", "api_point_processes"):
        soup = BeautifulSoup((site / "book" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        signatures = [entry.find("dt", recursive=False) for entry in soup.select("dl.py.function")]
        assert len(signatures) > 10
        for signature in signatures:
            link = signature.select_one("a.live-link")
            assert link is not None, signature["id"]
            links.append((signature["id"], str(link["href"])))
    with LivePage(browser, server, TRY) as page:
        for name, address in links[:: len(links) // 10]:
            page.page.goto("about:blank")
            page.page.goto(f"{server}/book/{address}")
            assert name.rpartition(".")[2] in page.page.locator(".live-try pre").first.inner_text()


def test_each_function_of_the_concordance_has_a_link(site: Path) -> None:
    html = (site / "book" / "concordance.html").read_text(encoding="utf-8")
    functions = re.findall(r'class="reference internal" href="api[^"]*#rnn_core', html)
    assert len(functions) > 15
    assert html.count('class="live-link"') == len(functions)


def test_what_runs_here_lists_every_file_with_size_and_hash(site: Path) -> None:
    import hashlib
    import json

    listing = json.loads((site / "_static/live/parts.json").read_text(encoding="utf-8"))
    text = BeautifulSoup((site / "book/what_runs_here.html").read_text(encoding="utf-8"), "html.parser").text
    for part in listing["parts"].values():
        content = (site / "_static/live" / part["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == part["sha256"]
        assert len(content) == part["bytes"]
        assert part["sha256"] in text
        assert f"{part['bytes'] / 1e6:.2f} MB" in text
    for piece in listing["contents"]:
        assert piece["name"] in text
        assert piece["version"] in text
        assert piece["licence"]
