"""What Chromium leaves undone in a PDF: the outline's words, what the file is, and where sections begin."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from pdf_document import Book
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination, DictionaryObject, NameObject, TextStringObject


def page_numbers(path: Path, targets: Sequence[str]) -> dict[str, int]:
    """Return on which sheet each of the headings' targets begins; they are in the order of the outline."""
    reader = PdfReader(path)
    entries = list(_flat(reader.outline))
    if len(entries) != len(targets):
        raise RuntimeError(f"the outline has {len(entries)} entries, but there are {len(targets)} headings")
    pairs = zip(targets, entries, strict=True)
    return {target: (reader.get_destination_page_number(entry) or 0) + 1 for target, entry in pairs if target}


def finish(path: Path, headings: Sequence[str], book: Book) -> None:
    """Give the entries of the outline the words of the headings, in order, and say what the file is.

    Chromium (156) takes the words from the lines that it has set: it writes a heading twice if that begins a
    page, and joins its lines without a space.
    """
    writer = PdfWriter(clone_from=path)
    entries = list(_outline(cast(DictionaryObject, writer.root_object["/Outlines"])))
    if len(entries) != len(headings):
        raise RuntimeError(f"the outline has {len(entries)} entries, but there are {len(headings)} headings")
    for entry, heading in zip(entries, headings, strict=True):
        entry[NameObject("/Title")] = TextStringObject(heading)
    writer.add_metadata(
        {
            "/Title": f"{book.title}: {book.subtitle}",
            "/Author": book.author,
            "/Subject": book.about,
            "/Keywords": f"version {book.version}; {book.licence}",
        }
    )
    writer.root_object[NameObject("/Lang")] = TextStringObject("en")
    writer.write(path)


def _flat(entries: object) -> Iterator[Destination]:
    for entry in cast(list[object], entries):
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield cast(Destination, entry)


def _outline(parent: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every entry below one, from top to bottom."""
    entry = parent.get("/First")
    while entry is not None:
        found = cast(DictionaryObject, entry.get_object())
        yield found
        yield from _outline(found)
        entry = found.get("/Next")
