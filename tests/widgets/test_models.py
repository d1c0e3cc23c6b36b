"""The explorers' JavaScript against cases by rnn_core, and deliberate faults that this comparison must find.

For the explorers whose mutants.py has a list MODEL; their cases come from their vectors.py.
"""

import pytest
from javascript import EXPLORERS, HERE, copy_modules, room, run_node

FAULTS = {
    name: faults
    for name in sorted(path.parent.name for path in HERE.glob("*/mutants.py"))
    if (faults := getattr(room(name, "mutants"), "MODEL", None)) is not None
}
CASES = [(explorer, fault) for explorer, faults in FAULTS.items() for fault in faults]


def run(explorer, vectors, modules=EXPLORERS):
    return run_node(
        "--test",
        str(HERE / "cases.test.mjs"),
        RNN_EXPLORER=explorer,
        RNN_FRONTEND=str(modules),
        RNN_VECTORS=str(vectors),
    )


@pytest.mark.parametrize("seed", [1, pytest.param(0, marks=pytest.mark.thorough)])
@pytest.mark.parametrize("explorer", FAULTS)
def test_javascript_agrees_with_rnn_core(explorer, seed, vectors):
    result = run(explorer, vectors(explorer, seed))
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("explorer", FAULTS)
def test_there_are_enough_mutants(explorer):
    assert len(FAULTS[explorer]) + len(room(explorer, "mutants").MUTANTS) >= 12


@pytest.mark.parametrize(("explorer", "fault"), CASES, ids=[f"{name}: {fault}" for name, fault in CASES])
def test_deliberate_fault_is_found(explorer, fault, vectors, tmp_path):
    module, original, replacement = FAULTS[explorer][fault]
    copy_modules([*(EXPLORERS / explorer).glob("*.js"), *(EXPLORERS / "kit").glob("*.js")], tmp_path)
    path = tmp_path / f"{module}.js"
    source = path.read_text(encoding="utf-8")
    assert source.count(original) == 1
    path.write_text(source.replace(original, replacement), encoding="utf-8")
    result = run(explorer, vectors(explorer, 1), tmp_path)
    assert result.returncode != 0, "the fault was not found"
    # Found by a comparison, not because the faulty program would not start.
    assert "ERR_ASSERTION" in result.stdout
    assert "✔ there are enough cases" in result.stdout
