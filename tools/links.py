"""Ask every other site that the book links to whether the page is still there.

Usage: python tools/links.py [FILE ...]

Without files all pages, notebooks, the bibliography and the readme are read. A page that is gone, or a host
that does not answer in three tries, is an error; a host that refuses programs (401, 403, 429) is only named.
"""

import json
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = re.compile(r"https?://[^\s<>\"'`\\|{}^]+")
REFUSALS = (401, 403, 405, 406, 429, 999)
# Addresses that stand for others in examples, and ones on this machine.
EXAMPLES = re.compile(r"https?://([^/]*\.)?(example(\.\w+)?|127\.0\.0\.1|localhost|www\.w3\.org)([:/]|$)")


def sources() -> list[Path]:
    """Return the files that readers see."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("book/*.md"), *ROOT.glob("book/*.bib"), ROOT / "CITATION.cff"]
    return sorted([*found, *ROOT.glob("notebooks/*.ipynb")])


def text_of(path: Path) -> str:
    """Return what an author wrote; of a notebook, its Markdown."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    if path.suffix == ".bib":
        for field, host in (("doi", "doi.org"), ("eprint", "arxiv.org/abs")):
            text += "".join(
                f"\nhttps://{host}/{name}" for name in re.findall(rf"{field}\s*=\s*{{([^}}]+)}}", text)
            )
    return text


def addresses(text: str) -> set[str]:
    """Return the outside addresses in a text, without what only follows them in a sentence."""
    found = set()
    for raw in ADDRESS.findall(text.replace("](", "] ")):
        address = raw.split("#")[0].rstrip(".,;:!?*_")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:*_")
        address = address.rstrip("]")
        if not EXAMPLES.match(address):
            found.add(address)
    return found


def ask(address: str, *, tries: int = 3, wait: float = 5.0) -> str:
    """Return "" if the page is there, "?" and a reason if the host refuses programs, else what is wrong."""
    reason = ""
    for attempt in range(tries):
        if attempt:
            time.sleep(wait * attempt)
        try:
            request = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0 (link check)"})
            with urllib.request.urlopen(request, timeout=30):
                return ""
        except urllib.error.HTTPError as error:
            if error.code in REFUSALS:
                return f"? {error.code}"
            reason = f"{error.code} {error.reason}"
            if error.code in (404, 410):
                return reason
        except (OSError, ValueError) as error:
            reason = str(error)
    return reason


def check(paths: Iterable[Path], *, tries: int = 3, wait: float = 5.0) -> list[str]:
    """Ask for all addresses in the files; return the errors, and print them and the refusals."""
    where: dict[str, list[str]] = {}
    for path in paths:
        for address in addresses(text_of(path)):
            where.setdefault(address, []).append(path.name)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda address: ask(address, tries=tries, wait=wait), where))
    errors = []
    for (address, names), answer in zip(where.items(), answers, strict=True):
        if answer:
            print(f"{address} ({', '.join(names)}): {answer}")
        if answer and not answer.startswith("?"):
            errors.append(address)
    print(f"{len(where)} addresses, {len(errors)} of them gone")
    return errors


def main(arguments: list[str]) -> int:
    """Return the exit code."""
    return bool(check([Path(name) for name in arguments] or sources()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
