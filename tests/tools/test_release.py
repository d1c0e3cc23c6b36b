"""A version is set everywhere at once or nowhere; what describes the book to others agrees with itself."""

import datetime
import hashlib
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import release  # noqa: E402
import release_files  # noqa: E402
import site_zip  # noqa: E402

FILES = ["pyproject.toml", "CITATION.cff", "codemeta.json", ".zenodo.json", "CHANGELOG.md"]
DAY = datetime.date(2027, 3, 14)


@pytest.fixture
def copy(tmp_path):
    for name in FILES:
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


def texts(folder):
    return {name: (folder / name).read_text(encoding="utf-8") for name in FILES}


def test_a_version_is_set_everywhere_and_nothing_else_changes(copy):
    before = texts(copy)
    release.set_version(copy, "7.8.9", DAY)
    assert tomllib.loads((copy / "pyproject.toml").read_text())["project"]["version"] == "7.8.9"
    cff = yaml.safe_load((copy / "CITATION.cff").read_text())
    assert cff["version"] == "7.8.9"
    assert cff["date-released"] == DAY
    for name in ("codemeta.json", ".zenodo.json"):
        assert json.loads((copy / name).read_text())["version"] == "7.8.9"
    assert release.section(copy, "7.8.9") == release.section(ROOT, "Unreleased")
    assert release.section(copy, "Unreleased") == ""
    for name, text in texts(copy).items():
        changed = set(text.splitlines()) ^ set(before[name].splitlines())
        assert len(changed) <= 3, (name, changed)
    release.check(copy, "v7.8.9")


def test_two_releases_in_turn(copy):
    release.set_version(copy, "7.8.9", DAY)
    log = copy / "CHANGELOG.md"
    log.write_text(log.read_text().replace("## Unreleased\n", "## Unreleased\n\n- Something.\n"))
    release.set_version(copy, "7.9.0", DAY + datetime.timedelta(1))
    assert release.section(copy, "7.9.0") == "- Something."
    assert (copy / "CITATION.cff").read_text().count("date-released") == 1
    release.check(copy, "v7.9.0")


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("", "three numbers"),
        ("1.2", "three numbers"),
        ("v1.2.3", "three numbers"),
        ("1.2.3.4", "three numbers"),
        ("1.02.3", "three numbers"),
        ("1.2.3rc1", "three numbers"),
        ('1.2.3"; echo', "three numbers"),
        ("0.0.9", "later than"),
    ],
)
def test_nonsense_is_refused_and_nothing_is_written(copy, version, reason):
    before = texts(copy)
    with pytest.raises(SystemExit, match=reason):
        release.set_version(copy, version, DAY)
    assert texts(copy) == before


def test_a_version_comes_once_and_with_news(copy):
    release.set_version(copy, "7.8.9", DAY)
    for version, reason in (("7.8.9", "already"), ("7.9.0", "says nothing")):
        with pytest.raises(SystemExit, match=reason):
            release.set_version(copy, version, DAY)


def test_files_that_disagree_are_not_released(copy):
    path = copy / "codemeta.json"
    path.write_text(re.sub('"version": "[^"]+"', '"version": "9.9.9"', path.read_text()))
    with pytest.raises(SystemExit, match="do not agree"):
        release.set_version(copy, "10.0.0", DAY)
    with pytest.raises(SystemExit, match=r"these differ.*pyproject"):
        release.check(copy, "v9.9.9")


def test_a_tag_without_a_section_is_refused(copy):
    present = release.found(copy)["pyproject.toml"]
    if not release.section(copy, present):
        with pytest.raises(SystemExit, match="no section"):
            release.check(copy, f"v{present}")


def test_the_command_says_what_is_wrong_in_one_line():
    command = [sys.executable, "tools/release.py", "set", "tomorrow"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr == "A version is three numbers such as 0.2.0, got 'tomorrow'.\n"


# --- What describes the book ------------------------------------------------------------------------


def test_every_description_says_the_same():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    meta, zenodo = (json.loads((ROOT / name).read_text()) for name in ("codemeta.json", ".zenodo.json"))
    assert len({*release.found(ROOT).values()}) == 1
    assert cff["title"] == meta["name"] == zenodo["title"]
    abstract = cff["abstract"].strip()
    assert abstract == meta["description"]
    assert f"<p>{abstract}</p>" == zenodo["description"]
    names = [author["name"] for author in cff["authors"]]
    assert names == [a["name"] for a in project["authors"]] == [a["name"] for a in meta["author"]]
    assert names == [a["name"] for a in zenodo["creators"]]
    assert meta["license"] == [f"https://spdx.org/licenses/{name}" for name in cff["license"]]
    assert project["license"] == zenodo["license"] == cff["license"][0]
    assert all(name.split("-")[0] in zenodo["notes"] for name in cff["license"])
    assert cff["keywords"] == meta["keywords"] == zenodo["keywords"]
    assert set(cff["keywords"]) <= set(project["keywords"])
    assert meta["identifier"] == project["name"]
    assert meta["runtimePlatform"] == f"Python {project['requires-python']}"
    assert meta["softwareRequirements"] == project["dependencies"]


def test_the_citation_has_what_the_format_asks_for():
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= set(cff)
    assert cff["cff-version"] == "1.2.0"
    allowed = {
        "abstract", "authors", "cff-version", "date-released", "doi", "identifiers", "keywords", "license",
        "message",
        "preferred-citation", "references", "repository-code", "title", "type", "url", "version",
    }  # fmt: skip
    assert set(cff) <= allowed


# --- What a release offers --------------------------------------------------------------------------


def test_the_site_is_packed_the_same_each_time_and_summed(tmp_path):
    site = tmp_path / "html"
    (site / "_static").mkdir(parents=True)
    (site / "index.html").write_text("<p>")
    (site / "_static" / "a.css").write_text("p {}")
    (site / ".nojekyll").touch()
    folder = tmp_path / "release"
    folder.mkdir()
    site_zip.zip_folder(site, folder / "a.zip", "book")
    (site / "index.html").touch()
    site_zip.zip_folder(site, folder / "b.zip", "book")
    assert (folder / "a.zip").read_bytes() == (folder / "b.zip").read_bytes()
    with zipfile.ZipFile(folder / "a.zip") as archive:
        assert archive.namelist() == ["book/.nojekyll", "book/_static/a.css", "book/index.html"]
        assert archive.read("book/index.html") == b"<p>"
    (folder / "NOTES.md").touch()
    digest = hashlib.sha256((folder / "a.zip").read_bytes()).hexdigest()
    assert release_files.checksums(folder) == f"{digest}  a.zip\n{digest}  b.zip\n"
