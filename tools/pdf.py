"""Print the built site as one PDF, a book: title page, contents, running heads, page numbers, outline, tags.

Chromium prints the long document twice: the first time tells on which sheet each section begins, which the
contents say the second time.

Usage: python tools/pdf.py [--check] [--solutions] [--site _build/html] [--output _build/book.pdf]
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import chromium as browser
from pdf_document import Book, document, read_book, read_parts
from pdf_finish import finish, page_numbers
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
HEADINGS = "h1, h2, h3, h4, h5, h6"
READY = """async () => {
  // What is far from the first sheet has not been drawn yet, so its fonts were not asked for.
  await Promise.all([...document.fonts].map((font) => font.load()));
  await Promise.all([...document.images].map((image) => { image.loading = "eager"; return image.decode(); }));
}"""
WORDS = 'all => [...document.querySelectorAll(all)].map(one => one.textContent.trim().replace(/\\s+/g, " "))'
# What the contents link to: a page for its title, a section for its heading.
TARGETS = """all => [...document.querySelectorAll(all)].map((heading) =>
  (heading.matches('h1') ? heading.closest('section.page') : heading.closest('section'))?.id ?? '')"""


def write_pdf(
    chromium: Browser,
    site: Path,
    parts: Sequence[tuple[str, list[str]]],
    book: Book,
    output: Path,
    solutions: bool = False,
) -> None:
    """Print the pages of the site with a browser that runs."""
    source = site / "_print.html"  # beside the site's pages, whose styles and pictures it uses
    page = chromium.new_page()
    page.set_default_timeout(0)
    try:
        source.write_text(document(site, parts, book, solutions=solutions), encoding="utf-8")
        _print(page, source, output)
        numbers = page_numbers(output, page.evaluate(TARGETS, HEADINGS))
        source.write_text(document(site, parts, book, numbers, solutions), encoding="utf-8")
        _print(page, source, output)
        finish(output, page.evaluate(WORDS, HEADINGS), book)
    finally:
        page.close()
        source.unlink(missing_ok=True)


def _print(page: Page, source: Path, output: Path) -> None:
    page.goto(source.resolve().as_uri())
    page.evaluate(READY)
    page.pdf(path=output, prefer_css_page_size=True, print_background=True, tagged=True, outline=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, default=Path("_build/html"))
    parser.add_argument("--output", type=Path, default=Path("_build/book.pdf"))
    parser.add_argument("--solutions", action="store_true", help="print the solutions of the exercises too")
    parser.add_argument("--check", action="store_true", help="only look for a browser")
    options = parser.parse_args(arguments)
    executable = browser.find()
    if executable is None:
        parser.error(browser.MISSING)
    if options.check:
        return 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=browser.ARGUMENTS)
        write_pdf(
            chromium, options.site, read_parts(ROOT), read_book(ROOT), options.output, options.solutions
        )
        chromium.close()
    print(f"Written to {options.output}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
