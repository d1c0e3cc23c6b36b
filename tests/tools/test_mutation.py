"""The command that tries mutants reads what its tool prints, and wants a reason for each survivor."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import mutants  # noqa: E402

DIFFERENCE = """--- src/rnn_core/grammar.py
+++ src/rnn_core/grammar.py
@@ -1,3 +1,3 @@
 def read_grammar(grammar: Any) -> Grammar:
-    if reached.max() >= len(p):
+    if reached.max() > len(p):
         raise ValueError
"""


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


def test_the_last_line_of_progress_counts():
    assert mutants.counts("⠋ 5/257  🎉 3 🫥 0\r⠋ 257/257  🎉 233 🫥 0  ⏰ 0") == (257, 233)
    with pytest.raises(SystemExit, match="tried nothing"):
        mutants.counts("collected 0 items")


def test_a_module_that_is_not_there_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(mutants, "WORK", tmp_path)
    with pytest.raises(SystemExit, match=r"There is no src/rnn_core/grammer\.py"):
        mutants.prepare(["grammer"])


def test_each_reason_is_one_of_a_change_of_a_line_that_is_there():
    known = mutants.reasons([path.stem for path in (ROOT / "src" / "rnn_core").glob("*.py")])
    for (function, before, _), reason in known.items():
        text = (ROOT / "src" / "rnn_core" / f"{function.split('.')[0]}.py").read_text(encoding="utf-8")
        assert before in text, function
        assert len(reason) > 15
    assert len(known) >= 5
