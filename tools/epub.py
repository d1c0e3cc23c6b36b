"""Make an EPUB 3 of the built site: every page that makes sense without a browser, formulas in MathML.

Explorers are the pictures of their first states, and the solutions stand at the end of their chapter. With
SOURCE_DATE_EPOCH the same site gives the same bytes.

Usage: python tools/epub.py [--site _build/html] [--output _build/book.epub]
"""

import argparse
import datetime
import io
import os
import re
import sys
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from xml.etree import ElementTree

from epub_cover import cover
from epub_page import Page, png, read_page, xhtml
from pdf_document import Book, read_book, read_parts, title_page
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
STYLE = Path(__file__).with_name("epub") / "style.css"
TYPES = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".png": "image/png", ".svg": "image/svg+xml"}
COLOUR = re.compile(r'html\[data-theme="light"\] (\.highlight \.\w+ \{[^}]*\})')
CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>\n"
)
ACCESSIBILITY = {
    "accessMode": ["textual", "visual"],
    "accessModeSufficient": ["textual"],
    "accessibilityFeature": [
        "alternativeText",
        "MathML",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
    ],
    "accessibilityHazard": ["none"],
    "accessibilitySummary": ["Formulas are MathML with their TeX, and every picture is described in words."],
}


def moment() -> str:
    """Return when the book was made, or when SOURCE_DATE_EPOCH says it was."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.now(datetime.UTC)
    made = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC) if seconds else now
    return made.strftime("%Y-%m-%dT%H:%M:%SZ")


def contents(parts: Sequence[tuple[str, list[str]]], pages: Mapping[str, Page]) -> str:
    """Return the page of the contents, which the device reads too."""

    def entry(page: Page) -> str:
        inner = "".join(
            f'<li><a href="{page.name}.xhtml#{name}">{escape(words)}</a></li>'
            for name, words in page.sections
        )
        below = f"<ol>{inner}</ol>" if inner else ""
        return f'<li><a href="{page.name}.xhtml">{escape(page.title)}</a>{below}</li>'

    lines = []
    for name, some in parts:
        entries = "".join(entry(pages[page]) for page in some)
        lines.append(f"<li><span>{escape(name)}</span><ol>{entries}</ol></li>" if name else entries)
    first = next(iter(pages))
    return xhtml(
        "Contents",
        f'<nav epub:type="toc" id="toc"><h1>Contents</h1><ol>{"".join(lines)}</ol></nav>'
        '<nav epub:type="landmarks" hidden="hidden"><h2>Landmarks</h2><ol>'
        '<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>'
        '<li><a epub:type="toc" href="nav.xhtml">Contents</a></li>'
        f'<li><a epub:type="bodymatter" href="{first}.xhtml">The book</a></li></ol></nav>',
        "nav",
    )


def package(book: Book, texts: Sequence[tuple[str, str]], files: Sequence[str]) -> str:
    """Return what describes the book: facts, files, and the pages in order, each with its properties."""
    known = {name: f' properties="{what}"' for name, what in texts if what}
    known["cover.png"] = ' properties="cover-image"'
    ids = {name: f"f{i}" for i, name in enumerate(files)}
    items = "\n".join(
        f'<item id="{ids[name]}" href="{name}" media-type="{TYPES[Path(name).suffix]}"{known.get(name, "")}/>'
        for name in files
    )
    order = "".join(f'<itemref idref="{ids[name]}"/>' for name, _ in texts)
    access = "\n".join(
        f'<meta property="schema:{name}">{escape(value)}</meta>'
        for name, values in ACCESSIBILITY.items()
        for value in values
    )
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{book.title} {book.version}")
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{number}</dc:identifier>
<dc:title>{escape(f"{book.title}: {book.subtitle}")}</dc:title>
<dc:creator>{escape(book.author)}</dc:creator>
<dc:language>en</dc:language>
<dc:rights>{escape(book.licence)}</dc:rights>
<dc:description>{escape(book.about)}</dc:description>
<dc:source>Recurrent Neural Networks: A Mathematical Overview, by Jayin Khanna</dc:source>
<meta property="dcterms:modified">{moment()}</meta>
{access}
</metadata>
<manifest>
{items}
</manifest>
<spine>{order}</spine>
</package>
"""


def picture(path: Path) -> bytes:
    """Return a picture in a format that every device draws."""
    if path.suffix != ".webp":
        return path.read_bytes()
    target = io.BytesIO()
    with Image.open(path) as image:
        image.save(target, "PNG", optimize=True)
    return target.getvalue()


def style(site: Path) -> str:
    """Return the style sheet, with the site's colours of code."""
    colours = COLOUR.findall((site / "_static" / "pygments.css").read_text(encoding="utf-8"))
    return STYLE.read_text(encoding="utf-8") + "\n" + "\n".join(colours) + "\n"


def make(site: Path, parts: Sequence[tuple[str, list[str]]], book: Book) -> dict[str, bytes]:
    """Return the files of the book by their names within it, `mimetype` first."""
    names = [page for _, some in parts for page in some]
    pages = {name: read_page(site, name, names) for name in names}
    image = f'<p class="cover"><img src="cover.png" alt="{escape(book.title)}"/></p>'
    texts = {
        "cover.xhtml": xhtml(book.title, image, "cover"),
        "title.xhtml": xhtml(book.title, title_page(book, solutions=True), "title"),
        "nav.xhtml": contents(parts, pages),
    } | {f"{name}.xhtml": page.text for name, page in pages.items()}
    for name, text in texts.items():
        try:
            ElementTree.fromstring(text)
        except ElementTree.ParseError as error:
            raise ValueError(f"{name} is not well-formed: {error}") from error
    order = [("cover.xhtml", ""), ("title.xhtml", ""), ("nav.xhtml", "nav")]
    order += [(f"{name}.xhtml", page.properties) for name, page in pages.items()]
    others = {"style.css": style(site).encode(), "cover.png": cover(book)}
    for address in sorted(set[str]().union(*(page.pictures for page in pages.values()))):
        others[png(address)] = picture(site / address)
    described = package(book, order, [*texts, *others])
    inside = (
        {"package.opf": described.encode()} | {name: text.encode() for name, text in texts.items()} | others
    )
    return {"mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER.encode()} | {
        f"EPUB/{name}": data for name, data in inside.items()
    }


def write_epub(files: Mapping[str, bytes], output: Path) -> None:
    """Pack the files: the first as it is, for programs that look at the beginning only."""
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.external_attr = 0o644 << 16
            plain = name == "mimetype"
            archive.writestr(member, data, zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED)


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, default=Path("_build/html"))
    parser.add_argument("--output", type=Path, default=Path("_build/book.epub"))
    options = parser.parse_args(arguments)
    write_epub(make(options.site, read_parts(ROOT), read_book(ROOT)), options.output)
    print(f"Written to {options.output}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
