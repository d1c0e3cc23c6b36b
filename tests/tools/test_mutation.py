"""The command that tries mutants reads what its tool prints, and wants a reason for each survivor."""

import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import mutants  # noqa: E402

CORE = ROOT / "src" / "rnn_core"

DIFFERENCE = """--- src/rnn_core/grammar.py
+++ src/rnn_core/grammar.py
@@ -1,3 +1,3 @@
 def read_grammar(grammar: Any) -> Grammar:
-    if reached.max() >= len(p):
+    if reached.max() > len(p):
         raise ValueError
"""


def about_modules():
    return tomllib.loads(mutants.MODULES.read_text(encoding="utf-8"))


def test_a_survivor_is_known_by_its_change():
    found = mutants.survivor("rnn_core.grammar.x_read_grammar__mutmut_55", DIFFERENCE)
    assert found == ("grammar.read_grammar", "if reached.max() >= len(p):", "if reached.max() > len(p):")
    assert found == mutants.survivor("rnn_core.grammar.x_read_grammar__mutmut_7", DIFFERENCE)
    method = mutants.survivor("rnn_core.text.xǁVocabularyǁencode__mutmut_3", DIFFERENCE)
    assert method[0] == "text.Vocabulary.encode"


def test_survivors_without_a_reason_and_reasons_without_a_survivor_are_told():
    first, second = (mutants.Survivor(("grammar.f", "a", letter)) for letter in "bc")
    assert mutants.compare([first], [first]) == []
    assert mutants.compare([first, second], [first]) == ["survived without a reason: grammar.f\n  - a\n  + c"]
    assert mutants.compare([first], [first, second]) == ["noticed by now, or gone: grammar.f\n  - a\n  + c"]


def test_what_became_of_each_change_is_read():
    listed = """
    rnn_core.grammar.x_read_grammar__mutmut_1: killed
    rnn_core.text.xǁVocabularyǁencode__mutmut_12: no tests
"""
    assert mutants.outcomes(listed) == {
        "rnn_core.grammar.x_read_grammar__mutmut_1": "killed",
        "rnn_core.text.xǁVocabularyǁencode__mutmut_12": "no tests",
    }
    with pytest.raises(SystemExit, match="tried nothing"):
        mutants.outcomes("collected 0 items")


def test_a_module_that_is_not_there_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(mutants, "WORK", tmp_path)
    with pytest.raises(SystemExit, match=r"There is no src/rnn_core/grammer\.py"):
        mutants.prepare("grammer")


def test_the_copy_keeps_the_settings_of_the_tests(tmp_path, monkeypatch):
    monkeypatch.setattr(mutants, "WORK", tmp_path)
    copy = mutants.prepare("gated/lstm")
    settings = tomllib.loads((copy / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert settings["pytest"]["ini_options"]["filterwarnings"] == ["error"]
    assert settings["mutmut"]["only_mutate"] == ["src/rnn_core/gated/lstm.py"]
    for path in settings["mutmut"]["pytest_add_cli_args_test_selection"]:
        assert (copy / path).exists()
    assert not (copy / "tests" / "core" / "test_mutants.py").exists()


def test_a_module_is_held_by_tests_that_are_there():
    tests = about_modules()["tests"]
    for module in tests:
        assert (mutants.ROOT / "src" / "rnn_core" / f"{module}.py").is_file(), module
        for path in mutants.held_by(module):
            assert (ROOT / path).is_file(), path
    assert mutants.held_by("nothing of that name") == ["tests/core"]


def test_several_changes_may_have_one_reason(tmp_path):
    entry = "[[survivor]]\nfunction = '{}'\nbefore = 'a'\nafter = {}\nreason = 'as it were'\n"
    (tmp_path / "gated.toml").write_text(
        entry.format("gated.lstm.f", "['b', 'c']") + entry.format("gated.gru.f", "'d'"), encoding="utf-8"
    )
    first, second = (mutants.Survivor(("gated.lstm.f", "a", letter)) for letter in "bc")
    assert mutants.reasons("gated/lstm", tmp_path) == {first: "as it were", second: "as it were"}
    assert mutants.reasons("grammar", tmp_path) == {}


def test_a_change_may_be_of_a_kind_that_makes_no_difference():
    parts = [("strict=True", "strict=False"), ("strict=True", "")]
    before = "for a, b in zip(zip(x, y, strict=True), z, strict=True):"
    for after in (
        "for a, b in zip(zip(x, y, strict=False), z, strict=True):",
        "for a, b in zip(zip(x, y, strict=True), z, ):",
    ):
        assert mutants.is_of_a_kind(mutants.Survivor(("m.f", before, after)), parts)
    for after in (
        "for a, b in zip(zip(x, y, strict=None), z, strict=True):",
        "for a, b in zip(zip(x, x, strict=False), z, strict=True):",
    ):
        assert not mutants.is_of_a_kind(mutants.Survivor(("m.f", before, after)), parts)


def test_a_kind_is_said_of_modules_that_have_it():
    for kind in about_modules()["kind"]:
        for module in kind["modules"]:
            assert kind["part"] in (CORE / f"{module}.py").read_text(encoding="utf-8"), module
            assert (kind["part"], kind["becomes"][0]) in mutants.kinds(module)
        assert len(kind["reason"]) > 15


def test_each_reason_is_one_of_a_change_of_a_line_that_is_there():
    count = 0
    for module in mutants.every_module():
        text = (CORE / f"{module}.py").read_text(encoding="utf-8")
        lines = "\n".join(line.strip() for line in text.splitlines())
        for (function, before, after), reason in mutants.reasons(module).items():
            assert before in lines, function
            assert before != after, function
            assert len(reason) > 15
            count += 1
    files = [path.stem for path in mutants.REASONS.glob("*.toml") if path != mutants.MODULES]
    entries = [entry for file in files for entry in mutants.entries(file)]
    assert count == sum(1 if isinstance(entry["after"], str) else len(entry["after"]) for entry in entries)


def test_the_tests_are_named_of_modules_that_there_are_and_are_there_themselves():
    modules = mutants.every_module()
    assert {"rnn", "gated/lstm"} < set(modules)
    assert not [module for module in modules if "__init__" in module]
    for module, tests in about_modules()["tests"].items():
        assert module in modules
        assert all((CORE.parents[1] / "tests" / "core" / test).is_file() for test in tests), module


def test_all_modules_are_tried_unless_some_are_named(monkeypatch):
    tried = []
    monkeypatch.setattr(mutants, "attempt", lambda module: tried.append(module) or module != "text")
    assert mutants.main(["rnn", "params"]) == 0
    assert tried == ["rnn", "params"]
    tried.clear()
    assert mutants.main([]) == 1
    assert tried == mutants.every_module()
