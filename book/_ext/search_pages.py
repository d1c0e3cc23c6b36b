"""Take the pages apart into what a reader may look for: sections, equations, theorems, exercises, functions.

The pages are read as they were written, so that every number and every name is the one that the reader sees.
A mark stands for each formula (`formula_marks`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from posixpath import dirname, join, normpath

from bs4 import BeautifulSoup, NavigableString, Tag
from formula_marks import Formulas

SCRIPT = re.compile(r"<script.*?</script>", re.S)
CODE = re.compile(r'<div class="highlight"><pre>(.*?)</pre></div>', re.S)
DEFINED = re.compile(r'<span class="n[fc]">(\w+)</span>')
FUNCTION = re.compile(r'<dt class="sig[^>]* id="([\w.]+)"')
LINES = {"p", "li", "tr", "dt", "dd", "div", "figcaption", "caption", "summary", "h5", "h6"}
AUTHORS = re.compile(r".+?(?=\. )(?<!\b[A-Z])")  # an initial has a full stop too
LINE = "\x1e"  # stands after each line of a text until it is done
LEFT_OUT = ("headerlink", "viewcode-link", "explorer-fallback", "offline-block")


@dataclass
class Entry:
    """Something that the search finds, with the place where it stands."""

    kind: str
    page: str
    anchor: str
    name: str = ""
    title: str = ""
    within: "Entry | None" = None
    text: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # of functions that stand in its code or its text
    shows: set[str] = field(default_factory=set)  # of functions whose code it shows
    links: set[str] = field(default_factory=set)

    @property
    def address(self) -> str:
        """Return where the entry is found, from the site's root."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


def functions_of(pages: Iterable[str]) -> set[str]:
    """Return the names of the functions, classes and methods that the pages describe."""
    return {address.rsplit(".", 1)[-1] for page in pages for address in FUNCTION.findall(page)}


class Page:
    """A page, while it is taken apart."""

    def __init__(self, page: str, functions: set[str]) -> None:
        self.page, self.functions = page, functions
        self.entries: list[Entry] = []

    def read(self, html: str, formulas: Formulas) -> list[Entry]:
        """Return the entries of the page; the first is the page itself."""
        article = html[html.index("<article") : html.rindex("</article>")]
        article = CODE.sub(self._names, formulas.mark(SCRIPT.sub("", article)))
        self._visit(BeautifulSoup(article, "html.parser"), Entry("page", self.page, ""))
        return self.entries

    def _names(self, code: re.Match[str]) -> str:
        words = set(re.findall(r"[A-Za-z_]\w+", unescape(re.sub(r"<[^>]+>", "", code[1]))))
        names, shows = words & self.functions, set(DEFINED.findall(code[1])) & self.functions
        return (
            f'<code-names names="{" ".join(sorted(names))}" shows="{" ".join(sorted(shows))}"></code-names>'
        )

    def _visit(self, parent: Tag, entry: Entry) -> None:
        for child in parent.children:
            if isinstance(child, Tag):
                self._visit_tag(child, entry)
            elif type(child) is NavigableString:
                entry.text.append(str(child))

    def _visit_tag(self, tag: Tag, entry: Entry) -> None:
        classes = tag.get("class") or []
        if tag.name == "code-names":
            entry.names.update(str(tag["names"]).split())
            entry.shows.update(str(tag["shows"]).split())
            return
        folded = tag.name == "summary" and tag.find_parent("details", class_=["fold", "hide"])
        if folded or any(name in classes for name in LEFT_OUT):
            return
        if tag.name == "a" and (href := str(tag.get("href") or "")):
            here = href.startswith("#")
            entry.links.add(self.page + href if here else normpath(join(dirname(self.page), href)))
        if tag.name == "code" and (name := tag.get_text().rsplit(".", 1)[-1]) in self.functions:
            entry.names.add(name)
        made = self._entry(tag, classes, entry)
        if made is None:
            self._visit(tag, entry)
        else:
            self.entries.append(made)
            if made.kind == "equation":  # is read with the lines around it
                entry.text.append(tag.get_text())
            self._visit(tag, made)
        if tag.name in LINES:
            entry.text.append(LINE)

    def _entry(self, tag: Tag, classes: Iterable[str], around: Entry) -> Entry | None:
        """Return a new entry if one begins with this element; take its title out of the page."""
        anchor = str(tag.get("id") or "")
        make = _MAKERS.get(tag.name)
        made = make(tag, set(classes), anchor) if make else None
        if made is None:
            return None
        kind, name, title = made
        made_entry = Entry(kind, self.page, str(tag.get("id") or ""), name, plain(title), around)
        if kind == "section":
            if not self.entries:
                made_entry.kind, made_entry.anchor, made_entry.within = "page", "", None
            elif (target := tag.find(True, recursive=False)) and target.name == "span" and target.get("id"):
                made_entry.anchor = str(target["id"])  # a label is kept when the title is not
        elif kind == "equation":
            made_entry.text.append("".join(around.text[-60:]).strip(f" \n{LINE}").rsplit(LINE, 1)[-1] + LINE)
        elif kind == "symbol":
            made_entry.anchor = name
            made_entry.name = ""
        return made_entry


Made = tuple[str, str, str] | None  # the kind, the name as it is cited, and the title


def _section(tag: Tag, classes: set[str], anchor: str) -> Made:
    heading = tag.find(re.compile("h[1-6]"), recursive=False)
    if not isinstance(heading, Tag) or not anchor:
        return None
    heading.extract()
    for link in heading.find_all(class_="headerlink"):
        link.extract()
    return "section", "", heading.get_text()


def _block(tag: Tag, classes: set[str], anchor: str) -> Made:
    if "math" in classes and anchor.startswith("eq-"):
        return "equation", f"Equation ({anchor.removeprefix('eq-')})", ""
    if classes & {"proof", "exercise"} and "admonition" in classes:
        caption = tag.find(class_="caption-number")
        if isinstance(caption, Tag) and (head := caption.find_parent("p")):
            name = plain(caption.extract().get_text())
            title = head.extract().get_text().strip()
            kind = "exercise" if "exercise" in classes else "theorem"
            return kind, name, re.sub(r"^\((.*)\)$", r"\1", title, flags=re.S)
    if "citation" in classes and anchor:
        authors = AUTHORS.match(plain(" ".join(line.get_text() for line in tag.find_all("p"))))
        return "reference", "", authors[0] if authors else ""
    return None


def _solution(tag: Tag, classes: set[str], anchor: str) -> Made:
    if "solution" not in classes or not (summary := tag.find("summary")):
        return None
    return "solution", "", summary.extract().get_text()


def _figure(tag: Tag, classes: set[str], anchor: str) -> Made:
    caption = tag.find(class_="caption-number")
    return (
        ("figure", plain(caption.extract().get_text()), "") if anchor and isinstance(caption, Tag) else None
    )


def _function(tag: Tag, classes: set[str], anchor: str) -> Made:
    head = tag.find("dt", recursive=False)
    if "py" not in classes or not isinstance(head, Tag) or not head.get("id"):
        return None
    tag["id"] = head["id"]
    kind = next(iter(classes - {"py"}))
    return (
        kind,
        str(head["id"]).rsplit(".", 1)[-1],
        head.extract().get_text().split("[source]")[0].strip("#\n "),
    )


def _symbol(tag: Tag, classes: set[str], anchor: str) -> Made:
    target = tag.find("span", id=re.compile("^symbol-"))
    if not isinstance(target, Tag):
        return None
    return "symbol", str(target["id"]), str(target.extract().get_text())


_MAKERS = {
    "section": _section,
    "div": _block,
    "details": _solution,
    "figure": _figure,
    "dl": _function,
    "tr": _symbol,
}


def plain(text: str) -> str:
    """Return a text with single spaces."""
    return re.sub(r"\s+", " ", text).strip()


def lines(text: Iterable[str]) -> str:
    """Return a text with a line for each paragraph and no empty one."""
    return "\n".join(filter(None, map(plain, "".join(text).split(LINE))))
