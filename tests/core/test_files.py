"""A file that is named is not trusted: pickles, bombs, endless and binary files are refused by name."""

import gzip
import io
import os
import pickle
import tracemalloc
import zipfile

import numpy as np
import pytest

from .spoilt import raises, works


class Trap:
    """Whoever unpickles this has run a command of its maker."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


def archive(name, data, how=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as made:
        made.writestr(name, data)
    return file.getvalue()


def saved(save, *arguments, **keywords):
    file = io.BytesIO()
    save(file, *arguments, **keywords)
    return file.getvalue()


def others(mark):
    """What is no text and no checkpoint: its bytes and what the error says of it."""
    trap = np.array([Trap(mark)], dtype=object)
    return {
        "pickle": (pickle.dumps(Trap(mark)), "is a pickle"),
        "old pickle": (pickle.dumps(Trap(mark), protocol=2), "is a pickle"),
        "array": (saved(np.save, np.ones(3)), "one array of NumPy"),
        "array of objects": (saved(np.save, trap, allow_pickle=True), "one array of NumPy"),
        "gzip": (gzip.compress(b"text " * 100), "compressed by gzip"),
        "hdf5": (b"\x89HDF\r\n\x1a\n" + bytes(100), "HDF5"),
        "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        "pdf": (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        "program": (b"\x7fELF" + bytes(100), "program"),
    }


@pytest.mark.parametrize("loader", ["read_text", "load_checkpoint"])
def test_what_is_something_else_is_refused_by_its_name_and_not_run(core, tmp_path, loader):
    path, mark = tmp_path / "file.npz", tmp_path / "mark"
    for data, message in others(mark).values():
        path.write_bytes(data)
        raises(ValueError, message, lambda: getattr(core, loader)(path))
        assert not mark.exists()


def test_pickles_within_an_archive_are_not_run(core, tmp_path):
    path, mark = tmp_path / "file.npz", tmp_path / "mark"
    trap = np.array([Trap(mark)], dtype=object)
    for data, message in (
        (saved(np.savez, format=trap, loss=trap), "holds object"),
        (archive("archive/data.pkl", pickle.dumps(Trap(mark)), zipfile.ZIP_STORED), r"data\.pkl"),
    ):
        path.write_bytes(data)
        raises(ValueError, message, lambda: core.load_checkpoint(path))
        raises(ValueError, "ZIP archive", lambda: core.read_text(path))
        assert not mark.exists()


def test_a_bomb_takes_no_memory(core, tmp_path):
    path = tmp_path / "file.npz"
    path.write_bytes(archive("loss.npy", bytes(40_000_000)))
    assert path.stat().st_size < 100_000
    for loader, message in ((core.load_checkpoint, "compressed"), (core.read_text, "ZIP archive")):
        tracemalloc.start()
        try:
            raises(ValueError, message, lambda loader=loader: loader(path))
            assert tracemalloc.get_traced_memory()[1] < 2_000_000
        finally:
            tracemalloc.stop()


def test_a_file_may_have_as_many_bytes_as_is_said_and_no_more(core, tmp_path):
    text, run = tmp_path / "a.txt", tmp_path / "a.npz"
    text.write_text("∂h " * 100, encoding="utf-8")
    rng = np.random.default_rng(5)
    nothing = np.zeros(0)
    history = core.History(nothing, nothing, np.zeros(0, bool))
    core.save_checkpoint(run, core.Checkpoint(core.init_params(5, 7, 6, rng=rng), history))
    for path, loader in ((text, core.read_text), (run, core.load_checkpoint)):
        size = path.stat().st_size
        works(lambda loader=loader, path=path, size=size: loader(path, max_bytes=size))
        message = rf"at most max_bytes = {size - 1} bytes, and .*{path.name}"
        raises(ValueError, message, lambda load=loader, p=path, s=size: load(p, max_bytes=s - 1))


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="this system has no file without an end")
def test_a_file_without_an_end_is_left(core):
    raises(
        ValueError,
        "at most max_bytes = 3000000 bytes",
        lambda: core.read_text("/dev/zero", max_bytes=3_000_000),
    )


def test_a_binary_file_of_no_known_kind_is_refused_with_the_place(core, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"a text\nand then \0 more")
    raises(ValueError, r"a\.txt', which is binary: byte 16 is zero", lambda: core.read_text(path))


def test_a_text_is_read_as_python_reads_it(core, tmp_path):
    path = tmp_path / "a.txt"
    for data in (
        b"\xef\xbb\xbfab\r\ncd\re\n",
        "Ünïcode\x85\u2028 \x0c\x1b".encode(),
        b"BZh is a word, PK too",
    ):
        path.write_bytes(data)
        assert works(lambda: core.read_text(path)) == path.read_text(encoding="utf-8-sig")


def test_a_text_of_several_parts_is_read_whole(core, tmp_path):
    path, text = tmp_path / "a.txt", "∂h^(t) " * (core._files.PART // 4)
    path.write_text(text, encoding="utf-8")
    assert path.stat().st_size > 2 * core._files.PART
    assert works(lambda: core.read_text(path)) == text


def test_a_beginning_that_is_none_of_the_known_has_no_name(core):
    assert core._files.kind_of(b"P K") == core._files.kind_of(b"") == ""


@pytest.mark.parametrize("loader", ["read_text", "load_checkpoint"])
def test_how_many_bytes_is_a_positive_integer(core, tmp_path, loader):
    path = tmp_path / "a.txt"
    path.write_bytes(b"text")
    load = getattr(core, loader)
    raises(TypeError, r"max_bytes must be an integer, got 2\.5", lambda: load(path, max_bytes=2.5))
    raises(ValueError, r"max_bytes must be at least 1, got 0", lambda: load(path, max_bytes=0))
