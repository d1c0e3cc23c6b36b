"""The workflow files can be read, ask for little, pin what they use, and call commands that exist."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# What may be more than to read, by workflow and job.
MORE = {
    ("pages", "deploy"): {"pages": "write", "id-token": "write"},
    ("release", "publish"): {"actions": "read", "contents": "write"},
}


def read(path):
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["on"] = data.pop(True, data.get("on"))  # YAML 1.1 reads the word as a truth value
    return data


def commands(data):
    """All shell lines of a workflow or of the second host's file."""
    for job in data.get("jobs", data).values():
        if isinstance(job, dict):
            for step in job.get("steps", []):
                yield from step.get("run", "").splitlines()
            yield from job.get("script", [])


def test_there_is_a_workflow_for_each_task():
    assert {path.stem for path in WORKFLOWS} == {"pages", "release", "test", "weekly"}
    triggers = {path.stem: set(read(path)["on"]) for path in WORKFLOWS}
    assert triggers["test"] == {"push", "pull_request"}
    assert triggers["pages"] == {"push", "workflow_dispatch"}
    assert triggers["weekly"] == {"schedule", "workflow_dispatch"}
    assert read(ROOT / ".github/workflows/release.yml")["on"] == {"push": {"tags": ["v*"]}}


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / ".gitlab-ci.yml"], ids=lambda path: path.stem)
def test_every_command_exists(path):
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M))
    sessions = set(re.findall(r"^@nox.session.*\ndef (\w+)", (ROOT / "noxfile.py").read_text(), re.M))
    lines = list(commands(read(path)))
    assert lines
    for line in lines:
        if match := re.search(r"\bmake ([\w-]+)", line):
            assert match[1] in targets, line
        elif match := re.search(r"nox --session (\S+)", line):
            assert match[1] in sessions, line
        elif match := re.search(r"bash (\S+)", line):
            assert (ROOT / match[1]).is_file(), line
        else:
            assert re.match(r"python -m pip install nox$|gh |--notes|mv _build/html public|\s", line), line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_read_and_a_job_only_what_it_needs(path):
    data = read(path)
    assert data["permissions"] == {"contents": "read"}
    for name, job in data["jobs"].items():
        assert job.get("permissions", {}) == MORE.get((path.stem, name), {}), name
        assert 0 < job["timeout-minutes"] <= 90, name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_an_action_is_pinned_by_its_commit_and_leaves_no_key_behind(path):
    uses = re.findall(r"uses: (.*)", path.read_text())
    assert len(uses) == sum("uses" in step for job in read(path)["jobs"].values() for step in job["steps"])
    for use in uses:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", use), use
    for job in read(path)["jobs"].values():
        for step in job["steps"]:
            if "actions/checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


def test_one_action_has_one_commit_everywhere():
    pins = {use for path in WORKFLOWS for use in re.findall(r"uses: (.*)", path.read_text())}
    assert len({pin.split("@")[0] for pin in pins}) == len(pins)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_text_from_outside_becomes_part_of_a_command(path):
    for line in commands(read(path)):
        assert "${{" not in line, line


def test_the_core_is_tried_on_every_python_and_system_that_the_package_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = sorted(m[1] for c in project["classifiers"] if (m := re.fullmatch(r".* :: (3\.\d+)", c)))
    matrix = read(ROOT / ".github/workflows/test.yml")["jobs"]["core"]["strategy"]["matrix"]
    assert matrix["python"] == named
    assert [system.split("-")[0] for system in matrix["system"]] == ["ubuntu", "macos", "windows"]
    second = read(ROOT / ".gitlab-ci.yml")["core"]["parallel"]["matrix"]
    assert second == [{"PYTHON": named}]
    assert named[0] == project["requires-python"].removeprefix(">=")


def test_the_whole_is_tested_with_the_browser_and_published_from_the_folder_that_is_built():
    test = read(ROOT / ".github/workflows/test.yml")["jobs"]["all"]["steps"][-1]
    assert test == {"run": "make test", "env": {"RNN_BOOK_REQUIRE_BROWSER": "1"}}
    steps = read(ROOT / ".github/workflows/pages.yml")["jobs"]["build"]["steps"]
    assert steps[-1]["with"]["path"] == "_build/html"
    second = read(ROOT / ".gitlab-ci.yml")["pages"]
    assert second["artifacts"]["paths"] == ["public"]
