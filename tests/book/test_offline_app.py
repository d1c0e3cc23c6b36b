"""What an installed book is called and shown as, and the name of an edition."""

import io
import json
from pathlib import Path
from typing import Any

import app_icons as icons
import offline
import pytest
from PIL import Image, ImageChops, ImageStat
from reader import Reader

CHAPTER = "notebooks/09_vanishing_gradients.html"


def test_an_edition_has_another_name_when_anything_in_it_is_another(tmp_path: Path) -> None:
    (tmp_path / "_static" / "offline").mkdir(parents=True)
    (tmp_path / "_sources").mkdir()
    page, style = tmp_path / "page.html", tmp_path / "_static" / "a.css"
    page.write_text(f"<p>Keep {offline.SIZE}</p>")
    style.write_text(" " * 2_600_000)
    first = offline.write_edition(tmp_path)
    assert page.read_text() == "<p>Keep 3 MB</p>"
    assert offline.write_edition(tmp_path) == first
    (tmp_path / "_sources" / "a.ipynb").write_text("not kept")
    assert offline.write_edition(tmp_path) == first
    style.write_text(" " * 2_599_999 + "x")
    second = offline.write_edition(tmp_path)
    style.rename(tmp_path / "_static" / "b.css")
    assert len({first, second, offline.write_edition(tmp_path)}) == 3
    about = json.loads((tmp_path / "_static/offline/edition.json").read_text())
    files = json.loads((tmp_path / "_static/offline" / about["list"]).read_text())
    assert files == {name: list(entry) for name, entry in offline.kept_files(tmp_path).items()}
    assert set(files) == {"page.html", "_static/b.css"}
    assert about["bytes"] == sum(size for _, size in files.values())
    assert len(list((tmp_path / "_static/offline").iterdir())) == 2


@pytest.mark.browser
def test_the_list_is_of_the_site_as_it_is(site: Path) -> None:
    about = json.loads((site / "_static/offline/edition.json").read_text())
    listed = json.loads((site / "_static/offline" / about["list"]).read_text())
    there = offline.kept_files(site)
    assert listed.keys() == there.keys()
    changed = {name for name, entry in there.items() if list(entry) != listed[name]}
    assert changed <= {"book/welcome.html"}  # where tools/take_along.py puts its links
    assert offline.edition_of({name: tuple(entry) for name, entry in listed.items()}) == about["edition"]
    assert f"on this device, {about['bytes'] / 1e6:.0f} MB" in (site / "book/welcome.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.browser
def test_the_app_has_a_name_a_beginning_and_icons(whole_browser: Any, server: str, site: Path) -> None:
    """Whether it can be installed only the whole browser says."""
    about = json.loads((site / offline.APP).read_text(encoding="utf-8"))
    assert (site / about["start_url"]).is_file()
    sizes = {(icon["sizes"], icon["purpose"]) for icon in about["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= sizes
    with Reader(whole_browser) as reader:
        reader.open(f"{server}/{CHAPTER}")
        session = reader.context.new_cdp_session(reader.page)
        found = session.send("Page.getAppManifest")
        assert found["url"] == f"{server}/{offline.APP}"
        assert found["errors"] == []
        errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert [error["errorId"] for error in errors] == ["in-incognito"]  # as every window of a test is


@pytest.mark.browser
def test_the_icons_are_the_logo(browser: Any) -> None:
    assert icons.ICONS.keys() == offline.ICONS.keys()
    for name, (size, part) in icons.ICONS.items():
        stored = Image.open(icons.STATIC / name).convert("RGB")
        drawn = Image.open(io.BytesIO(icons.draw(browser, name))).convert("RGB")
        assert stored.size == drawn.size == (size, size)
        difference = ImageChops.difference(stored, drawn).convert("L")
        assert ImageStat.Stat(difference).mean[0] < 0.5, name  # of 255
        box = ImageChops.difference(stored, Image.new("RGB", stored.size, "white")).getbbox()
        assert max(abs(edge - size / 2) for edge in box) <= size * part / 2
        assert (icons.STATIC / name).stat().st_size < 12_000
