"""What helps contributors does what CI does: hooks, dev container, issue forms."""

import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.M))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
HOOKS = {
    hook["id"]: hook
    for repository in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    for hook in repository["hooks"]
}


def test_the_hooks_run_what_lint_runs():
    lint = re.search(r"^lint:(.*)\n((?:\t.*\n)+)", MAKEFILE, re.M)
    assert "lock-check" in lint[1]
    programs = re.findall(r"\$\(BIN\)/(ruff \w+|mypy)", lint[2])
    assert programs == ["ruff check", "ruff format", "mypy"]
    assert HOOKS["ruff-check"]["entry"].startswith("ruff check")
    assert HOOKS["ruff-format"]["entry"].startswith("ruff format --check")
    assert "\n\t$(BIN)/mypy\n" in MAKEFILE[MAKEFILE.index("\nlint-types:") :]
    assert HOOKS["mypy"]["entry"] == "make lint-types"
    assert HOOKS["lock"]["entry"] == "make lock-check"
    for hook in HOOKS.values():
        if hook["entry"].startswith("make "):
            assert hook["entry"].split()[1] in TARGETS


def test_the_hooks_have_the_locks_versions_and_fetch_no_repository():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    lock = (ROOT / "requirements.txt").read_text()
    for hook in HOOKS.values():
        for package in hook.get("additional_dependencies", []):
            assert re.search(rf"^{re.escape(package)} ", lock, re.M), package


def test_the_hooks_see_the_files_that_they_are_for():
    for name, path in (
        ("mypy", "src/rnn_core/rnn.py"), ("mypy", "hatch_build.py"), ("lock", "pyproject.toml"),
        ("lock", "requirements.txt"), ("descriptions", ".github/workflows/test.yml"),
        ("descriptions", "_toc.yml"),
        ("descriptions", "CITATION.cff"), ("descriptions", "book/_published.txt"),
    ):  # fmt: skip
        assert (ROOT / path).is_file()
        assert re.search(HOOKS[name]["files"], path), (name, path)


def test_the_tests_of_descriptions_are_there():
    named = re.search(r"^test-descriptions:.*\n((?:\t.*\n)+)", MAKEFILE, re.M)[1]
    files = re.findall(r"tests/\S+\.py", named)
    assert len(files) >= 4
    assert all((ROOT / file).is_file() for file in files)


def test_the_dev_container_makes_what_is_needed_with_a_python_that_is_tested():
    settings = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    version = re.match(r"python:(3\.\d+)-", settings["image"])[1]
    assert f":: {version}" in (ROOT / "pyproject.toml").read_text()
    program, *targets = settings["postCreateCommand"].split()
    assert program == "make"
    assert set(targets) <= TARGETS
    assert "chromium" in settings["onCreateCommand"]
    port = re.search(r"^PORT +\?= (\d+)", MAKEFILE, re.M)[1]
    assert int(port) in settings["forwardPorts"]


def test_there_is_a_form_for_each_kind_of_error():
    assert {path.stem for path in FORMS} == {"code", "config", "formula", "text"}


@pytest.mark.parametrize(
    "path", [path for path in FORMS if path.stem != "config"], ids=lambda path: path.stem
)
def test_a_form_asks_where_and_what(path):
    form = yaml.safe_load(path.read_text())
    assert {"name", "description", "title", "labels", "body"} == set(form)
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    names = [field["id"] for field in fields]
    assert len(set(names)) == len(names) >= 3
    assert sum(field.get("validations", {}).get("required", False) for field in fields) >= 2
    for field in fields:
        assert field["type"] in {"input", "textarea", "dropdown"}
        assert field["attributes"]["label"]
        assert field["type"] != "dropdown" or len(field["attributes"]["options"]) > 2
