"""The text's face is cut to what the site writes, and draws all of it as before."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from fontTools.ttLib import TTFont
from styles import FACE, FACES, SOME_EXPONENTS, cut_faces, written_characters


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of one page and one script, whose faces have been cut."""
    site = tmp_path_factory.mktemp("site")
    (site / "_static" / "fonts").mkdir(parents=True)
    (site / "page.html").write_text("<p>Müller – naïve… 10⁻¹³</p>", encoding="utf-8")
    (site / "_static" / "page.js").write_text(r'const words = "caf\u00e9 \xb1 1";', encoding="utf-8")
    cut_faces(SimpleNamespace(builder=SimpleNamespace(format="html"), outdir=site), None)  # type: ignore[arg-type]
    return site


def features(font: TTFont, table: str) -> set[str]:
    """Return the names of the features in a table of a font."""
    return {record.FeatureTag for record in font[table].table.FeatureList.FeatureRecord}


@pytest.mark.parametrize("name", FACES)
def test_a_face_keeps_what_is_written(small_site: Path, name: str) -> None:
    """That of pages, of scripts with their escapes, and the keyboard; the rest goes."""
    kept = set(TTFont(small_site / "_static" / "fonts" / name).getBestCmap())
    assert set(map(ord, "Müller – naïve… é±~@Q")) <= kept
    assert not set(map(ord, "ÿþÅ¥")) & kept
    assert not set(map(ord, "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")) & kept, "some exponents of this face and some of another"
    assert kept < set(TTFont(FACE / "files" / name).getBestCmap())


@pytest.mark.parametrize("name", FACES)
def test_a_face_keeps_its_shapes(small_site: Path, name: str) -> None:
    """Widths, kerning and the figures of equal width are those of the whole face."""
    cut, whole = TTFont(small_site / "_static" / "fonts" / name), TTFont(FACE / "files" / name)
    for letter in "aWm7é":
        glyphs = [font.getBestCmap()[ord(letter)] for font in (cut, whole)]
        assert cut["hmtx"][glyphs[0]] == whole["hmtx"][glyphs[1]]
    for table, wanted in (("GPOS", {"kern"}), ("GSUB", {"tnum", "pnum"})):
        assert wanted <= features(cut, table) <= features(whole, table)


@pytest.mark.parametrize("name", FACES)
def test_the_sites_face_draws_the_sites_text(site: Path, tmp_path: Path, name: str) -> None:
    """Every character of the built site that the whole face has is in the part that is served."""
    whole = set(TTFont(FACE / "files" / name).getBestCmap())
    pages = tmp_path / "pages"
    pages.mkdir()
    for number, page in enumerate(site.rglob("*.html")):
        shutil.copy(page, pages / f"{number}.html")
    cut = set(TTFont(site / "_static" / "fonts" / name).getBestCmap())
    assert (written_characters(pages) - SOME_EXPONENTS) & whole <= cut
