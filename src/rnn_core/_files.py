"""Files that a caller names are not trusted: what one is and how large it is comes before what it says."""

from typing import IO

from ._checks import positive_int

LARGEST_FILE = 2**63 - 1

# Bytes read at a time: memory is taken as they come, not as somebody says that they will.
PART = 2**20

ARCHIVE = "a ZIP archive"

# How files of other kinds begin. None of these is the beginning of a text.
BEGINNINGS = (
    (b"PK\x03\x04", ARCHIVE),
    (b"\x93NUMPY", "one array of NumPy (.npy)"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "compressed by gzip"),
    (b"BZh91AY&SY", "compressed by bzip2"),
    (b"\xfd7zXZ\x00", "compressed by xz"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    *((bytes([0x80, version]), "a pickle, which could run any code") for version in range(2, 6)),
)


def kind_of(data: bytes) -> str:
    """What a file is by its beginning, in words, or nothing if that is not known."""
    return next((kind for beginning, kind in BEGINNINGS if data.startswith(beginning)), "")


def byte_limit(max_bytes: int) -> int:
    """Return the most bytes that a file may have."""
    return positive_int("max_bytes", max_bytes, most=LARGEST_FILE)


def expect_size(path: object, size: int, max_bytes: int) -> None:
    """Raise a ValueError if a file is larger than is allowed."""
    if size > max_bytes:
        raise ValueError(
            f"path must name a file of at most max_bytes = {max_bytes} bytes, and {str(path)!r} has more"
        )


def read_at_most(file: IO[bytes], path: object, max_bytes: int) -> bytes:
    """Return an open file, unless it is larger than that; one without an end is left as soon as it is."""
    parts, size = [], 0
    while part := file.read(PART):
        size += len(part)
        expect_size(path, size, max_bytes)
        parts.append(part)
    return b"".join(parts)
