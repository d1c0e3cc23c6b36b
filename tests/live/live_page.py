"""A page whose cells run: press its buttons, wait, and read what the cells show."""

import json
import re
from pathlib import Path
from typing import Any

from reader import DESKTOP, Reader

ROOT = Path(__file__).resolve().parents[2]
MINUTES = 60_000
# The one kind of output that is not repeated is a bar of progress: the page's own shows it instead.
PROGRESS = re.compile(r"100%\|#+\| \d+/\d+ \[times\]")
SILENT = "✓ checked"  # what the page says of a check that prints nothing
READ = """() => [...document.querySelectorAll('.bd-article div.cell')]
  .filter((cell) => cell.querySelector('.cell_input pre')).map((cell) => {
    const output = cell.querySelector(':scope .live-output');
    const stored = [...cell.querySelectorAll('.cell_output:not(.live-output)')];
    const shown = stored.filter((box) => !box.hidden);
    const from = output ? [output.querySelector('.live-body')] : shown;
    const all = (selector) => from.flatMap((box) => [...box.querySelectorAll(selector)]);
    return {
      code: cell.querySelector('.cell_input pre').textContent,
      isNew: Boolean(output),
      isMarked: Boolean(output?.querySelector('.live-mark')?.textContent),
      storedIsHidden: shown.length === 0,
      text: (output ? [] : [...cell.querySelectorAll('.fold-check > summary > span')])
        .concat(all('pre')).map((block) => block.textContent.trim()).join('\\n'),
      tables: all('table').map((table) =>
        [...table.rows].map((row) => [...row.cells].map((entry) => entry.textContent).join(' ')).join(' ')),
      html: all('.text_html').map((box) => box.textContent).join(''),
      figures: all('img').map((img) => [img.alt, img.naturalWidth]),
      hasExplorer: Boolean(cell.querySelector('.explorer')),
      failed: Boolean(cell.querySelector('.traceback')),
      status: cell.querySelector('.live-status')?.textContent ?? '',
    };
  })"""


class LivePage(Reader):
    """A reader's window on one page with cells."""

    def __init__(
        self, browser: Any, server: str, address: str, viewport: dict[str, int] = DESKTOP, **options: Any
    ) -> None:
        super().__init__(browser, viewport, **options)
        self.open(f"{server}/{address}")

    @property
    def words(self) -> str:
        """What the bar says."""
        return str(self.page.locator(".live-bar .live-words").inner_text())

    def begin(self) -> None:
        """Press the bar's button and wait until Python is there."""
        self.page.locator(".live-bar button").first.click()
        self.page.wait_for_selector("html.live-ready", timeout=2 * MINUTES)

    def run_all(self, minutes: float) -> str:
        """Run the chapter; return what the bar says at the end."""
        self.page.locator(".live-bar").get_by_role("button", name="Run all").click()
        return self.wait(minutes)

    def wait(self, minutes: float = 2) -> str:
        """Wait until nothing runs; return what the bar says."""
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('.live-bar button')].some((b) => b.textContent === 'Stop' "
            "&& b.disabled)",
            timeout=minutes * MINUTES,
        )
        return self.words

    def cells(self) -> list[dict[str, Any]]:
        """Return what each cell shows now."""
        return list(self.page.evaluate(READ))

    def cell(self, beginning: str) -> Any:
        """Return the first cell whose code begins so, or holds this text."""
        cells = self.page.locator(".bd-article div.cell:has(.cell_input pre)")
        for i, found in enumerate(self.cells()):
            if beginning in found["code"]:
                return cells.nth(i)
        raise AssertionError(f"no cell with {beginning!r}")

    def type_into(self, cell: Any, text: str) -> None:
        """Open a cell's editor and replace all of its text, as a reader would by pasting."""
        if not cell.locator(".cm-content").count():
            cell.get_by_role("button", name=re.compile("^Edit")).click()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def run(self, cell: Any, minutes: float = 2) -> str:
        """Press a cell's Run button and wait; return the text of its output."""
        cell.locator(".live-tools button").first.click()
        self.wait(minutes)
        output = cell.locator(".live-output")
        return str(output.inner_text()) if output.count() else ""


def stored_cells(chapter: str) -> list[dict[str, Any]]:
    """Return code and stored output of each code cell of a notebook."""
    notebook = json.loads((ROOT / "notebooks" / f"{chapter}.ipynb").read_text(encoding="utf-8"))
    return [stored(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def stored(cell: dict[str, Any]) -> dict[str, Any]:
    """Sum up one cell: its text, tables, HTML, and how many figures it has."""
    found: dict[str, Any] = {"code": "".join(cell["source"]), "tables": [], "html": "", "figures": 0}
    texts = []
    for output in cell["outputs"]:
        data = output.get("data", {})
        markdown = "".join(data.get("text/markdown", ""))
        if output["output_type"] == "stream":
            texts.append("".join(output["text"]))
        elif "image/png" in data or "image/svg+xml" in data:
            found["figures"] += 1
        elif "text/html" in data:
            found["html"] += "".join(data["text/html"])
        elif markdown.startswith("|"):
            head, _, *rows = markdown.splitlines()
            lines = [line.strip("|").replace(" | ", " ").replace("\\|", "|") for line in [head, *rows]]
            found["tables"].append(" ".join(lines))
        elif "IPython.core.display.Markdown" in "".join(data["text/plain"]):
            texts.append(markdown)  # whose text is only the name of its class
        else:
            texts.append("".join(data["text/plain"]))
    found["text"] = "\n".join(text.strip() for text in texts)
    return found


def difference(stored: dict[str, Any], live: dict[str, Any]) -> str:
    """Say in what a cell that has run differs from what is stored; nothing if in nothing."""
    wrong = []
    if live["code"].strip() != stored["code"].strip():
        wrong.append("other code")
    if live["failed"]:
        wrong.append(f"failed: {live['text'][-300:]}")
    if PROGRESS.fullmatch(stored["text"]) and live["text"] == "":
        return "; ".join(wrong)
    if live["text"].replace(SILENT, "").strip() != stored["text"]:
        wrong.append(f"text {live['text']!r} in place of {stored['text']!r}")
    if live["hasExplorer"] and not live["isNew"]:
        return "; ".join(wrong)  # it stays, with a table and a picture of its own
    if [table.split() for table in live["tables"]] != [table.split() for table in stored["tables"]]:
        wrong.append(f"tables {live['tables']} in place of {stored['tables']}")
    if without_tags(live["html"]) != without_tags(stored["html"]):
        wrong.append("other HTML")
    if len(live["figures"]) != stored["figures"]:
        wrong.append(f"{len(live['figures'])} figures in place of {stored['figures']}")
    if any(not alt or not width for alt, width in live["figures"]):
        wrong.append("a figure without words or without a picture")
    if live["isNew"] and not (live["isMarked"] and live["storedIsHidden"]):
        wrong.append("not marked as the reader's own, or shown beside the stored one")
    return "; ".join(wrong)


def without_tags(html: str) -> str:
    """Return the words of HTML, without spaces."""
    return re.sub(r"<style.*?</style>|<[^>]*>|\s", "", html, flags=re.S)
