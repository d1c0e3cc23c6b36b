"""No address that was ever published leads nowhere: a page is still there, or a page leads on."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from sphinx.testing.util import SphinxTestApp

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

import moved  # noqa: E402
import site_files  # noqa: E402


def pages():
    text = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    return set(re.findall(r"(?:file|root): (\S+)", text))


def lines(text):
    return [line for line in text.splitlines() if line and not line.startswith("#")]


PUBLISHED = lines((ROOT / "book" / "_published.txt").read_text(encoding="utf-8"))


def test_every_address_ever_published_is_there_or_leads_on():
    assert moved.missing(PUBLISHED, moved.read_moved(ROOT), pages()) == []
    assert moved.mistakes(moved.read_moved(ROOT), pages()) == []


def test_every_page_is_remembered():
    assert sorted(set(PUBLISHED)) == PUBLISHED
    assert pages() <= set(PUBLISHED), "add these to book/_published.txt: " + str(pages() - set(PUBLISHED))
    assert len(PUBLISHED) > 30


def test_no_address_is_forgotten():
    """What the last commit remembered is remembered."""
    command = ["git", "show", "HEAD:book/_published.txt"]
    before = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if before.returncode:
        pytest.skip("no history here")
    assert set(lines(before.stdout)) <= set(PUBLISHED)


def test_a_page_that_goes_without_a_way_on_is_found():
    assert moved.missing(["a", "b", "c"], {"b": "a"}, ["a"]) == ["c"]
    assert moved.mistakes({"a": "b"}, ["a", "b"]) == ["a has not moved: it is a page of the book"]
    assert moved.mistakes({"a": "b#x"}, ["c"]) == ["a has moved to b#x, which is no page of the book"]
    assert moved.mistakes({"a": "b#x"}, ["b"]) == []


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in {"a", "link"}:
            self.found.append(values["href"])
        if values.get("http-equiv") == "refresh":
            self.found.append(values["content"].split("url=")[1])
        assert tag != "script"


def build(folder, table):
    (folder / "book").mkdir()
    (folder / "book" / "_moved.yml").write_text(yaml.safe_dump(table))
    (folder / "index.rst").write_text("Book\n====\n\n.. toctree::\n\n   notebooks/one\n")
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "one.rst").write_text("One\n===\n\nText.\n")
    (folder / "conf.py").write_text("extensions = ['moved']\n")
    app = SphinxTestApp("html", srcdir=folder)
    try:
        app.build()
    finally:
        app.cleanup()
    return Path(app.outdir)


def test_the_old_address_leads_to_the_new_one(tmp_path):
    site = build(tmp_path, {"notebooks/old": "notebooks/one#place", "chapters/first": "notebooks/one"})
    for old in ("notebooks/old", "chapters/first"):
        path = site / f"{old}.html"
        found = Links(path.read_text()).found
        assert len(found) == 3
        assert len(set(found)) == 1
        target, _, place = found[0].partition("#")
        assert (path.parent / target).resolve() == (site / "notebooks" / "one.html").resolve()
        assert place == ("place" if old == "notebooks/old" else "")


def test_a_wrong_table_stops_the_build(tmp_path):
    with pytest.raises(moved.ExtensionError, match="nowhere, which is no page"):
        build(tmp_path, {"old": "nowhere"})


def test_the_extension_is_in_use():
    config = yaml.safe_load((ROOT / "_config.yml").read_text())
    assert "moved" in config["sphinx"]["config"]["extensions"]


def test_the_site_tells_its_host_to_leave_no_folder_out(tmp_path):
    (tmp_path / "404.html").write_text('<a href="index.html">')
    config = SimpleNamespace(site_url="")
    app = SimpleNamespace(builder=SimpleNamespace(format="html"), outdir=tmp_path, config=config)
    site_files.write_files(app, None)
    assert (tmp_path / ".nojekyll").is_file()
