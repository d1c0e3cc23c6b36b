"""Formulas of finished pages, each with a mark that stands for it while a page is taken apart.

Most of a page is formulas, as set: without them it is parsed much sooner. The
mark is the place in the list of all formulas, between double brackets: ``⟦12⟧``.
"""

import re
from dataclasses import dataclass, field
from html import escape, unescape

FORMULA = re.compile(r"<mjx-container.*?</mjx-container>", re.S)
TEX = re.compile(r' data-tex="([^"]*)"')
DISPLAY = re.compile(r'<mjx-container[^>]* display="true"')
MARK = re.compile(r"⟦(\d+)⟧")


@dataclass
class Formulas:
    """Every formula once, as it is set in the pages."""

    html: dict[str, int] = field(default_factory=dict)

    def mark(self, page: str) -> str:
        """Return a page's HTML with marks for its formulas, which are noted."""
        return FORMULA.sub(lambda match: f"⟦{self.html.setdefault(match[0], len(self.html))}⟧", page)

    def restore(self, text: str) -> str:
        """Return a text with the formulas for which its marks stand."""
        known = list(self.html)
        return MARK.sub(lambda match: known[int(match[1])], text)

    def as_tex(self, text: str) -> str:
        """Return an HTML text with the TeX of its formulas between the brackets of LaTeX."""
        known = list(self.html)

        def bracketed(match: re.Match[str]) -> str:
            html = known[int(match[1])]
            tex = escape(tex_of(html), quote=False)
            return rf"\[{tex}\]" if DISPLAY.match(html) else rf"\({tex}\)"

        return MARK.sub(bracketed, text)

    def tex(self) -> list[str]:
        """Return the TeX of each formula."""
        return [tex_of(html) for html in self.html]


def tex_of(formula: str) -> str:
    """Return the TeX that a formula was set from; empty if it does not say."""
    return unescape(found[1]) if (found := TEX.search(formula)) else ""
