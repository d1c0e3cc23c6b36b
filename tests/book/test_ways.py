"""The ways through the book: from page to page, down a page, and back."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from parsed import soup
from reader import DESKTOP, PHONE, Reader

ROOT = Path(__file__).resolve().parents[2]
CUT_OFF = """() => [...document.querySelectorAll('.bd-sidebar-primary a, .bd-sidebar-secondary a')]
  .filter((link) => link.getClientRects().length)
  .filter((link) => {
    const range = document.createRange();
    range.selectNodeContents(link); // the words themselves, wherever the box of the link ends
    const sidebar = link.closest('.bd-sidebar-primary, .bd-sidebar-secondary').getBoundingClientRect();
    return getComputedStyle(link).textOverflow !== 'clip' || link.scrollHeight > link.clientHeight + 1
      || range.getBoundingClientRect().right > sidebar.right;
  }).map((link) => link.textContent.trim())"""


@pytest.mark.browser
def test_next_leads_from_the_welcome_page_by_the_short_way_through_the_chapters(site: Path) -> None:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    parts = {part["caption"]: part["chapters"] for part in toc["parts"]}
    page = "book/welcome.html"
    for chapter in (entry["file"] for part in ("The short way", "Chapters") for entry in parts[part]):
        link = soup(site / page).find("a", class_="right-next")
        page = str((site / page).parent.joinpath(link["href"]).resolve().relative_to(site.resolve()))
        assert page == f"{chapter}.html"


@pytest.mark.browser
def test_the_pages_contents_name_every_section_explorers_among_them(site: Path, page_address: str) -> None:
    page = soup(site / page_address)
    article = page.find("article")
    if article is None or not article.find("h1"):
        pytest.skip("a page without an article")
    sections = [
        heading.parent["id"]
        for heading in article.find_all(["h2", "h3", "h4"])
        if heading.parent.name == "section" and heading.parent.get("id")
    ]
    listed = [link["href"].removeprefix("#") for link in page.select(".page-toc a")]
    # A chapter's sections, to the third level; the pages of the API list functions besides.
    assert [name for name in sections if name not in listed] == []
    for nested in page.select(".page-toc ul ul"):
        assert "visible" in nested["class"]


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_entry_of_a_sidebar_is_cut_off(browser: Any, server: str, viewport: dict[str, int]) -> None:
    with Reader(browser, viewport, used=True) as reader:
        for page in ("book/welcome", "notebooks/09_vanishing_gradients", "book/api_point_processes"):
            reader.open(f"{server}/{page}.html")
            if viewport is PHONE:
                reader.page.locator("button.primary-toggle").first.click()
                reader.page.locator(".bd-sidebar-primary a").first.wait_for(state="visible")
            assert reader.page.evaluate(CUT_OFF) == []
