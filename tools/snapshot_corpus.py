"""Write the example corpus: the book's own prose as plain text.

The snapshot in src/rnn_core/data is frozen, because the numbers in the chapters depend on it; its README says
from which commit it was taken. Run this only to take a new one, and run the notebooks again afterwards.

Usage: python tools/snapshot_corpus.py > src/rnn_core/data/book_prose.txt
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
# Straight quotes and plain dashes; what is left outside ASCII is notation, and goes.
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


def markdown() -> Iterator[str]:
    for path in sorted((ROOT / "book").glob("*.md")):
        yield path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        yield "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs that are prose, without their markup."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"```\{code-cell\}.*?```|```\{math\}.*?```|```(?!\{).*?```", "", text, flags=re.S)
    text = re.sub(r"\$\$.*?\$\$", "", text, flags=re.S)
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.splitlines()]
        lines = [
            line for line in lines if not re.match(r"(#|:::|```|:[\w-]+:|\||\(.*\)=|\[\^|!\[|%|\+\+\+)", line)
        ]
        prose = " ".join(re.sub(r"^([-*+]|\d+\.)\s+", "", line) for line in lines if line)
        prose = re.sub(r"\s*\{cite:p\}`[^`]*`", "", prose)
        prose = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", prose)
        # A sentence that needs its formula or its reference makes no sense without it: leave such out.
        prose = prose.replace(" : ", ": ")  # a term and its definition
        sentences = re.split(r"(?<=[.!?])\s+", prose)
        kept = [s for s in sentences if not re.search(r"[$\\`|_^{}=<>]", s) and s.translate(PLAIN).isascii()]
        plain = re.sub(r"\s+", " ", " ".join(kept).translate(PLAIN).replace("*", "")).strip()
        if len(plain) > 40 and plain[-1] in ".!?:":
            yield plain


def main() -> int:
    sys.stdout.write("".join(f"{p}\n" for text in markdown() for p in paragraphs(text)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
