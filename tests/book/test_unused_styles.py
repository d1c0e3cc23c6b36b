"""Style sheets are cut down to what the site can use, and pages ask for them by their content."""

import re
from pathlib import Path

import pytest
from sphinx.errors import ExtensionError
from unused_styles import SHEETS, cut

SHEET = """.used{color:red}.never{color:blue}.by-script .used{top:0}main>p{left:0}
.tip[data-popper-placement^=top]{right:0}[data-theme=dark] .used{bottom:0}details[open]>.used{margin:0}
.bs-tooltip-auto{top:0}
@media print{.used{padding:0}.never{padding:1px}}"""
PAGE = """<!doctype html><html><link href="{}a.css{}">
<main><p class="used"></p><details class="tip"></details></main>"""


def write_site(folder: Path, version: str = "?digest=0123") -> Path:
    """Write a site of two pages and a script."""
    (folder / "_static").mkdir()
    (folder / "deep").mkdir()
    (folder / "_static" / "a.css").write_text(SHEET)
    (folder / "_static" / "a.js").write_text('document.body.classList.add("by-script")')
    (folder / "index.html").write_text(PAGE.format("_static/", version))
    (folder / "deep" / "page.html").write_text(PAGE.format("../_static/", version))
    return folder


def test_rules_that_the_site_can_use_remain(tmp_path: Path) -> None:
    cut(write_site(tmp_path), ("_static/a.css",))
    rest = (tmp_path / "_static" / "a.css").read_text()
    assert "never" not in rest
    for rule in re.findall(r"(\w+):0", SHEET):
        assert f"{rule}:0" in rest, rule


def test_pages_ask_for_a_sheet_by_its_content(tmp_path: Path) -> None:
    addresses = set()
    for number, more in enumerate(("", ".used{width:1px}")):
        site = tmp_path / str(number)
        site.mkdir()
        write_site(site)
        (site / "_static" / "a.css").write_text(SHEET + more)
        for _ in range(2):  # a second time, as in a build that writes few pages anew
            cut(site, ("_static/a.css",))
        pages = [(site / name).read_text() for name in ("index.html", "deep/page.html")]
        versions = {re.search(r'_static/a\.css\?v=(\w{8})"', page)[1] for page in pages}
        assert len(versions) == 1
        addresses |= versions
    assert len(addresses) == 2


def test_a_sheet_that_imports_one_has_another_address_too(tmp_path: Path) -> None:
    addresses = set()
    for number, more in enumerate(("", ".used{width:1px}")):
        site = tmp_path / str(number)
        site.mkdir()
        write_site(site)
        (site / "_static" / "a.css").write_text(SHEET + more)
        (site / "_static" / "deep").mkdir()
        (site / "_static" / "deep" / "b.css").write_text('@import "../a.css";')
        page = (site / "index.html").read_text() + '<link href="_static/deep/b.css?digest=1">'
        (site / "index.html").write_text(page)
        cut(site, ("_static/a.css",))
        page = (site / "index.html").read_text()
        (mark,) = re.findall(r'href="_static/a\.css\?v=(\w{8})"', page)
        assert (site / "_static" / "deep" / "b.css").read_text() == f'@import "../a.css?v={mark}";'
        addresses |= set(re.findall(r'href="_static/deep/b\.css\?v=(\w{8})"', page))
    assert len(addresses) == 2


def test_a_sheet_that_is_missing_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(ExtensionError, match=r"no style sheet _static/gone\.css"):
        cut(write_site(tmp_path), ("_static/gone.css",))


def test_the_sites_sheets_are_cut_and_versioned(site: Path) -> None:
    page = (site / "book" / "welcome.html").read_text(encoding="utf-8")
    theme = (site / "_static" / "styles" / "theme.css").read_text(encoding="utf-8")  # imports one of them
    asking = page + theme.replace("../", "_static/")
    for name in SHEETS:
        assert (site / name).stat().st_size < 120_000
        assert re.search(rf"{re.escape(name)}\?v=\w{{8}}\"", asking), name
    assert re.search(r"styles/theme\.css\?v=\w{8}\"", page), "who has the theme's, asks for another import"
