"""Make slides of the chapters from the built site: their openings, explorers, statements, figures, summaries.

Each chapter becomes one page in `slides/` within the site, so that pictures, formulas and explorers are the
site's own. reveal.js turns the pages of a deck; links lead back into the chapter.

Usage: python tools/slides.py
"""

import copy
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from pdf_document import read_parts

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "book" / "_ext"))
from formula_marks import Formulas

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
REVEAL = ROOT / "node_modules" / "reveal.js" / "dist"
OWN = Path(__file__).with_suffix("")  # the folder of the decks' own script and style
FOLDER = "slides"
STATEMENTS = ("theorem", "proposition", "lemma", "corollary", "definition")
ENDINGS = ("Summary", "What you can do now", "Exercises", "Further reading")
POINTS = 3  # of a summary on one slide
# Scripts that belong to a page of the book: its bar, its cards, its search.
LEFT_OUT = re.compile(r"bootstrap|theme\.js|copybutton|clipboard|previews|search|/live/|roles\.js|book\.js")
PAGE = """<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
{head}
<link rel="stylesheet" href="reveal.css">
<link rel="stylesheet" href="slides.css">
<script defer src="reveal.js"></script>
<script defer src="slides.js"></script>
</head>
<body>
<div class="reveal"><div class="slides">
{slides}
</div></div>
</body>
</html>
"""
INDEX = """<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Slides</title>
<link rel="stylesheet" href="slides.css">
</head>
<body class="decks">
<h1>Slides</h1>
<p>One deck for each chapter. Arrow keys turn the pages, <kbd>Esc</kbd> shows all of them,
<kbd>F</kbd> fills the screen.</p>
<ol>
{decks}
</ol>
</body>
</html>
"""


def found(tag: Tag | None) -> Tag:
    """Return a tag that every chapter has."""
    if tag is None:
        raise ValueError("the page is no chapter of the book: it lacks an article, a section or a heading")
    return tag


def classes(tag: Tag) -> list[str]:
    """Return the classes of a tag."""
    return [str(name) for name in tag.get_attribute_list("class") if name]


def heading(section: Tag) -> str:
    """Return the words of a section's heading."""
    title = section.find(re.compile(r"h[1-6]"), recursive=False)
    return title.get_text().rstrip("#¶ \n").strip() if title else ""


def slides_of(article: Tag) -> Iterator[list[Tag]]:
    """Yield what stands on each slide, in the order of the chapter."""
    chapter = found(article.find("section"))
    explorer = chapter.find(class_="explorer")
    words = [p for p in chapter.find_all("p", recursive=False) if "report-heading" not in classes(p)]
    after = explorer.find_all_next("p") if explorer else []
    before = [p for p in words if not any(p is each for each in after)]
    yield [found(chapter.find("h1")), *before]
    if explorer is not None:
        yield [explorer]
    answer = [p for p in words[len(before) :] if not re.match(r"You need|The chapter mirrors", p.get_text())]
    if answer:
        yield answer
    for section in chapter.find_all("section"):
        if not (ends := heading(section) in ENDINGS) and not section.find_parent(is_ending):
            yield from slides_of_section(section)
        elif ends and heading(section) == ENDINGS[0]:
            yield from summary(section)


def is_ending(tag: Tag) -> bool:
    """Whether a tag is a section with which each chapter ends, or a statement, which may hold sections."""
    return (tag.name == "section" and heading(tag) in ENDINGS) or "admonition" in classes(tag)


def slides_of_section(section: Tag) -> Iterator[list[Tag]]:
    """Yield a section's slides: its question with the numbered equations, its statements, its figures."""
    title = section.find(re.compile(r"h[2-6]"), recursive=False)
    if title is None:
        return
    question = section.find("p", recursive=False)
    numbered = section.find_all(id=re.compile(r"^eq-\d+$"), recursive=False)
    first = [title, *([question] if question else []), *numbered]
    if len(first) > 1:
        yield first
    for child in section.find_all(True, recursive=False):
        if any(kind in classes(child) for kind in STATEMENTS):
            yield [child]
        elif "cell" in classes(child):
            for seen in child.select("figure, .explorer"):
                yield [seen]


def summary(section: Tag) -> Iterator[list[Tag]]:
    """Yield the points of a summary, a few on each slide, or its paragraphs."""
    title = found(section.find("h2"))
    points = section.select(":scope > ul > li") or section.find_all("p", recursive=False)
    for first in range(0, len(points), POINTS):
        yield [title, *points[first : first + POINTS]]


def deck(html: str, page: str) -> str:
    """Return the deck of a chapter, whose page stands at `page` beside the deck's folder."""
    formulas = Formulas()  # the half of a page in which there is nothing to look for
    soup = BeautifulSoup(formulas.mark(html), "html.parser")
    article = found(soup.find("article"))
    parts = []
    for number, slide in enumerate(slides_of(article)):
        kind = "opening" if number == 0 else "explorer-slide" if is_explorer(slide) else "page"
        first, *rest = (str(placed(tag, page)) for tag in slide)
        more = f"<ul>{''.join(rest)}</ul>" if slide[-1].name == "li" else "".join(rest)
        parts.append(f'<section class="{kind}"><div class="bd-article">{first}{more}</div></section>')
    head = [tag for tag in found(soup.head).find_all(["meta", "link", "script"]) if belongs(tag)]
    return PAGE.format(
        title=f"{heading(found(article.find('section')))}: slides",
        head="\n".join(map(str, head)),
        slides=formulas.restore("\n".join(parts)),
    )


def belongs(tag: Tag) -> bool:
    """Whether something in a page's head is for slides too."""
    if tag.name == "meta":
        return tag.get("http-equiv") == "Content-Security-Policy"
    if tag.name == "link":
        kinds = {"stylesheet", "icon"} & set(tag.get_attribute_list("rel"))
        return bool(kinds) and "/live/" not in str(tag["href"])
    return not LEFT_OUT.search(str(tag.get("src", "")))


def is_explorer(slide: list[Tag]) -> bool:
    """Whether an explorer stands on a slide."""
    return any("explorer" in classes(tag) for tag in slide)


def placed(tag: Tag, page: str) -> Tag:
    """Return a tag for a deck: links lead into the chapters, and no sign of a heading leads to itself."""
    tag = copy.copy(tag)
    for section in tag.select("section"):
        section.name = "div"  # reveal.js takes a section in a section for another slide
    for sign in tag.select(".headerlink"):
        sign.decompose()
    for link in tag.select("a[href]"):
        address = str(link["href"])
        if address.startswith("#explorer="):
            continue  # it sets an explorer of this deck
        if address.startswith("#"):
            link["href"] = f"../{page}{address}"
        elif not re.match(r"[a-z]+:|\.\./|/", address):
            link["href"] = f"../{page.rpartition('/')[0]}/{address}"
    return tag


def chapters(site: Path) -> list[Path]:
    """Return the pages of the chapters, in the order of the table of contents."""
    pages = dict(read_parts(ROOT))["Chapters"]
    return [site / f"{page}.html" for page in pages]


def make(site: Path = SITE) -> list[Path]:
    """Write the decks of a site; return their files."""
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for source in (REVEAL / "reveal.js", OWN / "slides.js", OWN / "slides.css"):
        shutil.copy(source, folder)
    # An explorer has controls of its own, which are not those of the deck.
    sheet = (
        (REVEAL / "reveal.css")
        .read_text(encoding="utf-8")
        .replace(".reveal .controls", ".reveal > .controls")
    )
    (folder / "reveal.css").write_text(sheet, encoding="utf-8")
    shutil.copy(REVEAL.parent / "LICENSE", folder / "LICENSE-reveal")
    written, entries = [], []
    for path in chapters(site):
        html = deck(path.read_text(encoding="utf-8"), f"notebooks/{path.name}")
        written.append(folder / path.name)
        written[-1].write_text(html, encoding="utf-8")
        title = re.search(r"<title>(.*): slides</title>", html)
        entries.append(f'<li><a href="{path.name}">{title[1] if title else path.stem}</a></li>')
    (folder / "index.html").write_text(INDEX.format(decks="\n".join(entries)), encoding="utf-8")
    return written


if __name__ == "__main__":
    if not (SITE / "notebooks").is_dir():
        sys.exit("There is no built site; run `make book` first.")
    print(f"{len(make())} decks are in {SITE / FOLDER}. Open {SITE / FOLDER / 'index.html'}.")
