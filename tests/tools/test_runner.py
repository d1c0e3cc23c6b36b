"""The runner of experiments: whatever is killed, the table is the same and no finished cell runs again."""

import csv
import errno
import importlib
import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack

import pytest
from tiny_study import EXPERIMENTS, Tiny, alive, process, until

sys.path.insert(0, str(EXPERIMENTS))
journal = importlib.import_module("journal")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The table of a run on one process that nobody stops."""
    tiny = Tiny(tmp_path_factory.mktemp("undisturbed") / "study", seconds=0)
    tiny.run("--workers", "1")
    assert len({worker for _, _, worker in tiny.runs()}) == 1
    return tiny.table.read_bytes()


def test_the_table_has_the_order_of_the_cells_and_six_digits(undisturbed):
    rows = list(csv.reader(undisturbed.decode().splitlines()))
    assert rows[0] == ["family", "seed", "trace", "positive", "nothing"]
    assert [row[:2] for row in rows[1:]] == [[f, str(s)] for f in ("gaussian", "symmetric") for s in range(4)]
    assert all(len(row[2].strip("-0.")) <= 7 and row[3].isdecimal() and row[4] == "" for row in rows[1:])
    assert undisturbed.endswith(b"\n")
    assert b"\r" not in undisturbed


def test_two_processes_give_the_same_table_and_a_second_run_runs_nothing(tmp_path, undisturbed):
    tiny = Tiny(tmp_path / "study")
    tiny.run("--workers", "2")
    assert tiny.table.read_bytes() == undisturbed
    assert [run[:2] for run in tiny.runs()] != tiny.kept()  # they did end in another order than they began
    provenance = tiny.table.with_suffix(".json").read_text()
    tiny.table.unlink()
    tiny.run()
    assert tiny.table.read_bytes() == undisturbed
    assert tiny.table.with_suffix(".json").read_text() == provenance
    assert len(tiny.runs()) == 8
    assert str(tmp_path) not in provenance
    assert json.loads(provenance)["command"] == "python study/tiny.py"
    assert json.loads(provenance)["environments"][0]["python"] == sys.version.split()[0]


def test_a_killed_driver_loses_and_repeats_nothing_that_is_finished(tmp_path, undisturbed):
    tiny = Tiny(tmp_path / "study", seconds=0)
    tiny.hold.touch()
    driver = tiny.start("--workers", "2")
    tiny.wait_for(
        kept=5, driver=driver
    )  # all but the two held ones and the last, for which no process is free
    driver.kill()
    driver.communicate(timeout=30)
    until(lambda: not any(alive(worker) for _, _, worker in tiny.runs()))  # no orphans
    kept = tiny.kept()
    assert not tiny.table.exists()
    tiny.hold.unlink()
    tiny.run("--workers", "2")
    assert tiny.table.read_bytes() == undisturbed
    tiny.assert_nothing_kept_ran_again(kept)


@pytest.mark.parametrize("stop", ["Ctrl-C", "kill"])
def test_a_stopped_driver_says_what_is_kept_and_stops_its_workers(tmp_path, undisturbed, stop):
    tiny = Tiny(tmp_path / "study", seconds=0)
    tiny.hold.touch()
    driver = tiny.start("--workers", "3")
    until(lambda: len(tiny.kept()) == 6)  # two processes are busy, one is idle
    if stop == "kill":
        driver.terminate()
    else:
        os.killpg(driver.pid, signal.SIGINT)
    _, err = driver.communicate(timeout=30)
    assert driver.returncode == 130
    assert "stopped: 6 of 8 cells are kept" in err
    assert "Traceback" not in err
    assert not any(alive(worker) for _, _, worker in tiny.runs())
    kept = tiny.kept()
    assert len(kept) == 6
    tiny.hold.unlink()
    tiny.run("--workers", "1")
    assert tiny.table.read_bytes() == undisturbed
    tiny.assert_nothing_kept_ran_again(kept)


def test_a_result_is_counted_from_when_it_is_written(tmp_path, monkeypatch):
    """Ctrl-C while the disk is waited for: the result is there, and the next run does not repeat it."""

    def interrupted(file):
        raise KeyboardInterrupt

    keys = ["first", "second", "third"]
    with journal.Journal(tmp_path / "tiny.jsonl", keys) as results:
        assert results.kept() == 0
        results.append("second", {"result": {"trace": 0.7}})
        results.append("of another study", {"result": {"trace": 0.1}})
        assert results.kept() == 1
        monkeypatch.setattr(journal.os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            results.append("first", {"result": {"trace": -2.5}})
        assert results.kept() == 2
    with journal.Journal(tmp_path / "tiny.jsonl", keys) as again:
        assert list(again.entries) == ["first", "second"]


def test_a_killed_process_ends_the_run_and_the_next_one_goes_on(tmp_path, undisturbed):
    tiny = Tiny(tmp_path / "study", seconds=0)
    tiny.hold.touch()
    driver = tiny.start("--workers", "1")
    until(lambda: len(tiny.runs()) == 3 and len(tiny.kept()) == 2)
    os.kill(int(tiny.runs()[-1][2]), signal.SIGKILL)
    _, err = driver.communicate(timeout=30)
    assert driver.returncode == 1
    assert "a worker process was killed: 2 of 8 cells are kept" in err
    kept = tiny.kept()
    tiny.hold.unlink()
    tiny.run("--workers", "1")
    assert tiny.table.read_bytes() == undisturbed
    tiny.assert_nothing_kept_ran_again(kept)


def test_a_cell_that_raises_is_named_and_the_others_go_on(tmp_path):
    tiny = Tiny(tmp_path / "study", seconds=0, bad=1)
    said = tiny.run("--workers", "2", code=1)
    assert said.count("failed: {'family'") == 2
    assert "failed: {'family': 'symmetric', 'seed': 1}" in said
    assert "ValueError: no such seed" in said
    assert "2 of 8 cells failed" in said
    assert not tiny.table.exists()
    assert len(tiny.kept()) == 6
    tiny.script.write_text(tiny.script.read_text().replace("no such seed", "still none"))
    assert "6 results of other cells or of other code" in tiny.run(code=1)


@pytest.mark.parametrize("keep", [1, -1])
def test_a_torn_last_line_is_run_again_and_no_other(tmp_path, undisturbed, keep):
    tiny = Tiny(tmp_path / "study", seconds=0)
    tiny.run("--workers", "1")
    lines = tiny.journal.read_bytes().splitlines(keepends=True)
    tiny.journal.write_bytes(b"".join(lines[:5]) + lines[5][:keep])
    tiny.table.unlink()
    tiny.run("--workers", "1")
    assert tiny.table.read_bytes() == undisturbed
    assert len(tiny.kept()) == 8
    assert len(tiny.runs()) == 8 + 3


def test_a_damaged_line_is_named_and_its_cell_runs_again(tmp_path, undisturbed):
    tiny = Tiny(tmp_path / "study", seconds=0)
    tiny.run("--workers", "1")
    lines = tiny.journal.read_bytes().splitlines(keepends=True)
    tiny.journal.write_bytes(b"".join([*lines[:3], lines[3][:40] + b"\n", *lines[4:]]))
    assert "line 4 of the journal is damaged: its cell runs again" in tiny.run("--workers", "1")
    assert tiny.table.read_bytes() == undisturbed
    assert len(tiny.runs()) == 8 + 1


def test_a_full_disk_leaves_no_torn_line(tmp_path, monkeypatch):
    write = os.write
    with journal.Journal(tmp_path / ".journal" / "one.jsonl", ["a", "b"]) as kept:
        kept.append("a", {"result": 1})
        monkeypatch.setattr(os, "write", lambda file, text: write(file, text[:7]))
        with pytest.raises(OSError, match="No space left"):
            kept.append("b", {"result": 2})
        monkeypatch.undo()
        assert "b" not in kept.entries
        kept.append("b", {"result": 3})
    with journal.Journal(tmp_path / ".journal" / "one.jsonl", ["a", "b"]) as kept:
        assert kept.entries == {"a": {"result": 1}, "b": {"result": 3}}
        assert kept.damaged == []


def test_a_disk_that_fills_stops_the_study_with_a_sentence(tmp_path, undisturbed):
    tiny = Tiny(tmp_path / "study", seconds=0)
    whole = tiny.script.read_text()
    limits = """    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))
    sys.exit(runner"""
    tiny.script.write_text(whole.replace("    sys.exit(runner", limits))
    said = tiny.run("--workers", "1", code=1)
    assert "the journal cannot be written" in said
    kept = tiny.kept()
    assert 0 < len(kept) < 8
    tiny.script.write_text(whole)
    tiny.run("--workers", "1")
    assert tiny.table.read_bytes() == undisturbed


def test_a_folder_that_cannot_be_locked_is_told(tmp_path, monkeypatch):
    def no_locks(*_):
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    monkeypatch.setattr(journal.fcntl, "flock", no_locks)
    with pytest.raises(OSError, match=r"cannot be locked .* a copy of this folder on a local disk"):
        journal.Journal(tmp_path / ".journal" / "one.jsonl", [])


def test_the_locale_changes_no_fingerprint(tmp_path):
    script = tmp_path / "one.py"
    script.write_text("from rnn_core import train\nρ = 1\n", encoding="utf-8")
    program = (
        f"import sys; sys.path.insert(0, {str(EXPERIMENTS)!r}); import journal, pathlib\n"
        f"print(journal.fingerprints(pathlib.Path({str(script)!r}), [{{}}]))"
    )
    found = set()
    for settings in ({"PYTHONUTF8": "1"}, {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}):
        command = [sys.executable, "-c", program]
        found.add(
            subprocess.run(command, capture_output=True, env={**os.environ, **settings}, check=True).stdout
        )
    assert len(found) == 1


def test_two_drivers_at_a_time_are_refused(tmp_path):
    tiny = Tiny(tmp_path / "study", seconds=0)
    tiny.hold.touch()
    first = tiny.start("--workers", "1")
    until(lambda: tiny.journal.exists() and tiny.runs())
    assert "tiny is being run by another process" in tiny.run(code=1)
    first.terminate()
    first.communicate(timeout=30)


def test_quick_leaves_the_table_alone(tmp_path):
    tiny = Tiny(tmp_path / "study", seconds=0)
    tiny.table.write_text("precious")
    tiny.run("--quick")
    assert tiny.table.read_text() == "precious"
    assert len(tiny.journal.with_name("tiny.quick.csv").read_text().splitlines()) == 3


@pytest.mark.parametrize(
    "options",
    [["--worker", "2"], ["--workers", "0"], ["--workers", "two"], ["--workers", "1", "--scheduler", "x"]],
)
def test_options_that_do_not_exist_or_do_not_fit_are_refused(tmp_path, options):
    tiny = Tiny(tmp_path / "study")
    assert options[0] in tiny.run(*options, code=2)
    assert not tiny.runs()


def test_results_of_other_code_are_not_used_but_comments_and_new_cells_change_nothing(tmp_path):
    tiny = Tiny(tmp_path / "study")
    text = tiny.script.read_text()
    cells = [{"family": "gaussian", "seed": 3}, {"family": "gaussian", "seed": 4}]

    def prints(changed):
        tiny.script.write_text(changed)
        return journal.fingerprints(tiny.script, cells)

    first = prints(text)
    assert first[0] != first[1]
    assert prints('"""A remark."""\n' + text.replace("SECONDS =", "# Why.\nSECONDS =")) == first
    assert prints(text.replace("range(1 if", "range(2 if")) == first
    assert not set(prints(text.replace("W > 0", "W < 0"))) & set(first)
    assert not set(prints(text.replace("recurrent_matrix", "fit_markov"))) & set(first)


def test_a_fingerprint_reads_the_modules_that_the_study_uses(tmp_path):
    def names(line):
        script = tmp_path / "one.py"
        script.write_text(line)
        return {path.name for path in journal._sources(script)} - {"one.py"}

    assert names("from rnn_core import recurrent_matrix") == {"params.py", "_checks.py"}
    assert names("from rnn_core import TANH") == {"activations.py", "_checks.py"}
    assert names("from rnn_core.params import RNNParams") == {"params.py", "_checks.py"}
    assert {"rnn.py", "descent.py", "activations.py", "params.py"} <= names("from rnn_core import train")
    assert not {"markov.py", "text.py", "__init__.py"} & names("from rnn_core import train")
    assert {"__init__.py", "markov.py"} <= names("import rnn_core")
    assert names("import numpy") == set()


def test_dask_survives_a_killed_worker_and_a_killed_driver(tmp_path, undisturbed):
    tiny = Tiny(tmp_path / "study", seconds=0.2)
    address = tmp_path / "scheduler.json"
    with ExitStack() as cluster:
        cluster.enter_context(
            process(
                *("scheduler", "--host", "127.0.0.1", "--port", 0),
                *("--dashboard-address", "127.0.0.1:0", "--scheduler-file", address),
                folder=tmp_path,
            )
        )
        until(address.exists)
        workers = [
            cluster.enter_context(
                process(
                    *("worker", "--scheduler-file", address, "--host", "127.0.0.1", "--nthreads", 1),
                    *("--no-nanny", "--no-dashboard", "--local-directory", tmp_path),
                    folder=tmp_path,
                )
            )
            for _ in range(2)
        ]
        options = ("--scheduler", json.loads(address.read_text())["address"])
        driver = tiny.start(*options)
        tiny.wait_for(kept=1, driver=driver)
        kept_before, busy = tiny.kept(), tiny.runs()[-1]
        next(worker for worker in workers if str(worker.pid) == busy[2]).kill()
        tiny.wait_for(kept=4, driver=driver)
        driver.kill()
        driver.communicate(timeout=30)
        kept, runs = tiny.kept(), len(tiny.runs())
        assert len(kept) < 8
        tiny.run(*options)
        assert tiny.table.read_bytes() == undisturbed
        assert not set(kept) & {run[:2] for run in tiny.runs()[runs:]}
        # A result that was still on the killed worker is made again, but none that the driver had.
        tiny.assert_nothing_kept_ran_again(kept_before)
        assert len({worker for _, _, worker in tiny.runs()}) == 2


def test_dask_says_that_no_worker_has_joined_and_that_the_scheduler_is_gone(tmp_path):
    tiny = Tiny(tmp_path / "study", seconds=0)
    address = tmp_path / "scheduler.json"
    options = ("--host", "127.0.0.1", "--port", 0, "--dashboard-address", "127.0.0.1:0")
    with process("scheduler", *options, "--scheduler-file", address, folder=tmp_path) as scheduler:
        until(address.exists)
        driver = tiny.start("--scheduler", json.loads(address.read_text())["address"])
        said = iter(driver.stderr.readline, "")
        assert any("No worker has joined the scheduler at tcp://127.0.0.1:" in line for line in said)
        scheduler.kill()
        _, err = driver.communicate(timeout=60)
    assert driver.returncode == 1
    assert "is gone: 0 of 8 cells are kept" in err


def test_an_address_that_nobody_answers_is_named(tmp_path):
    assert "no Dask scheduler at odd://x" in Tiny(tmp_path / "study").run("--scheduler", "odd://x", code=1)
