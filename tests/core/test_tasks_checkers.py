"""What the checkers of the tasks refuse, in whose words, and on which side of a boundary they stand."""

import re

import numpy as np
import pytest

from .spoilt import raises

MAKERS = {
    "adding": ("adding", lambda tasks, rng: tasks.adding(11, 5, rng=rng)),
    "copy": ("copy_memory", lambda tasks, rng: tasks.copy_memory(3, 5, 4, 4, rng=rng)),
    "temporal_order": ("temporal_order", lambda tasks, rng: tasks.temporal_order(11, 5, rng=rng)),
    "reber": ("embedded_reber", lambda tasks, rng: tasks.embedded_reber(5, rng=rng)),
}


def given(core, name):
    """The checker of a task, the name of what makes its batches, a batch, and outputs that it accepts."""
    maker, make = MAKERS[name]
    batch = make(core.tasks, np.random.default_rng(14))
    k = {"adding": 1, "copy": 5, "temporal_order": 4, "reber": 7}[name]
    o = np.random.default_rng(15).normal(size=(*batch.x.shape[:2], k))
    errors = getattr(core.tasks, f"{name}_errors")
    errors(o, batch)
    return errors, maker, batch, o


def refused(errors, o, batch, message, error=ValueError):
    """Assert that the checker says this and nothing more."""
    raises(error, f"{re.escape(message)}$", lambda: errors(o, batch))


@pytest.mark.parametrize("name", MAKERS)
def test_a_checker_names_what_makes_its_batches(core, name):
    errors, maker, batch, o = given(core, name)
    refused(errors, o, None, f"batch must be a Batch, what {maker} returns, got NoneType", TypeError)
    lengths, mask = np.full(5, len(o)), np.full(o.shape[:2], True)
    if name == "copy":
        message = f"batch must have one symbol at least, no mask and no lengths, as {maker} returns it"
        wrong = [{"mask": mask}, {"lengths": lengths}]
    elif name == "reber":
        message = f"batch must have lengths and no mask, as {maker} returns it"
        wrong = [{"mask": mask}, {"lengths": None}]
    else:
        message = f"batch must have a mask and no lengths, as {maker} returns it"
        wrong = [{"mask": None}, {"lengths": lengths}]
        late = f"batch.mask must choose the last step alone, as {maker} returns it"
        refused(errors, o, batch._replace(mask=mask), late)
        integers = "batch.mask must hold booleans, got dtype int64"
        refused(errors, o, batch._replace(mask=batch.mask.astype(int)), integers, TypeError)
    for change in wrong:
        refused(errors, o, batch._replace(**change), message)
    if name != "adding":
        padding = " and zero in the padding" if name == "reber" else ""
        for x in (batch.x * 0.0, batch.x * 2.0, (batch.x + np.roll(batch.x, 1, axis=-1)) / 2):
            refused(
                errors, o, batch._replace(x=x), f"batch.x must be one-hot{padding}, as {maker} returns it"
            )


@pytest.mark.parametrize("name", MAKERS)
def test_a_checker_says_which_shape_inputs_have(core, name):
    errors, _, batch, o = given(core, name)
    width = {"adding": 2, "copy": "symbols + 2", "temporal_order": 6, "reber": 7}[name]
    x = batch.x[:, 0]
    message = f"batch.x must have shape (T, B, {width}), each size at least 1, got {x.shape}"
    refused(errors, o, batch._replace(x=x), message)


@pytest.mark.parametrize("name", ["copy", "temporal_order", "reber"])
def test_a_checker_says_which_targets_there_may_be(core, name):
    errors, _, batch, o = given(core, name)
    k = o.shape[-1]
    top = batch.targets.max()
    for wrong, got in ((-1, f"-1 to {top}"), (k, f"0 to {k}")):
        targets = batch.targets.copy()
        targets[0, 0], targets[0, 1] = wrong, 0
        message = f"batch.targets must be in [0, {k}), got {got}"
        refused(errors, o, batch._replace(targets=targets), message)
    floats = "batch.targets must be integers, got dtype float64"
    refused(errors, o, batch._replace(targets=batch.targets * 1.0), floats, TypeError)


def test_targets_of_sums_have_the_type_of_the_numbers(core):
    errors, _, batch, o = given(core, "adding")
    single = batch._replace(x=batch.x.astype(np.float32))
    message = "batch.targets must have dtype float32, like the parameters, got float64"
    refused(errors, o, single, message, TypeError)
    refused(
        errors, o, batch._replace(x=batch.x * np.nan), "batch.x must be finite, got nan at index (0, 0, 0)"
    )


def test_an_error_of_the_tolerance_itself_is_none(core):
    errors, _, batch, o = given(core, "adding")
    batch = batch._replace(targets=np.full_like(batch.targets, 0.5))
    o[-1, :, 0] = [0.75, 0.25, 0.5, 0.8, 0.2]  # of which three lie within a quarter
    assert errors(o, batch, tolerance=0.25) == 2 / 5


def test_one_symbol_is_enough_to_copy_and_blanks_are_not(core):
    batch = core.tasks.copy_memory(3, 5, 1, 4, rng=np.random.default_rng(16))
    assert core.tasks.copy_errors(np.eye(2)[batch.targets], batch) == 0.0
    assert core.tasks.copy_errors(np.eye(2)[1 - batch.targets], batch) == 1.0
    none = core.tasks.copy_memory(3, 5, 1, 4, rng=np.random.default_rng(16))
    blanks = none._replace(targets=np.full_like(none.targets, 1))
    message = "batch.targets must ask for at least one symbol, got blanks alone"
    refused(core.tasks.copy_errors, np.eye(2)[none.targets], blanks, message)
    no_symbol = batch._replace(x=batch.x[..., :2])
    message = "batch must have one symbol at least, no mask and no lengths, as copy_memory returns it"
    refused(core.tasks.copy_errors, np.eye(2)[none.targets], no_symbol, message)


def test_eight_symbols_and_ten_of_them_unless_said(core):
    batch = core.tasks.copy_memory(3, 5, rng=np.random.default_rng(17))
    assert batch.x.shape == (3 + 2 * 10, 5, 8 + 2)
    assert core.tasks.copy_baseline(3) == 10 * np.log(8)


def test_lengths_of_strings(core):
    errors, _, batch, o = given(core, "reber")
    T = len(o)
    for wrong in (1, T + 1):
        lengths = batch.lengths.copy()
        lengths[2] = wrong
        message = f"batch.lengths must be in 2..T = {T}, got {lengths}"
        refused(errors, o, batch._replace(lengths=lengths), message)
    message = "batch.lengths must have shape (5,), got (4,)"
    refused(errors, o, batch._replace(lengths=batch.lengths[:4]), message)


def test_a_symbol_that_may_not_follow_is_named_with_its_step(core):
    batch = core.tasks.reber_batch(["BTBTXSETE", "BPBPVVEPE"])
    x = batch.x.copy()
    x[3, 1] = np.eye(7)["BTSXPVE".index("S")]
    message = "batch.x must hold strings of the grammar, got S at step 4 of one"
    raises(ValueError, f"{message}$", lambda: core.tasks.reber_legal(batch._replace(x=x)))
    # Two steps are the fewest that a batch may have: what may follow B and T.
    short = batch._replace(x=x[:2], targets=batch.targets[:2], lengths=np.array([2, 2]))
    legal = core.tasks.reber_legal(short)
    assert ["".join(np.array([*"BTSXPVE"])[row]) for row in legal[:, 0]] == ["TP", "B"]


@pytest.mark.parametrize("bad", ["BTBTXSETE", b"BTBTXSETE", 7, {"BTBTXSETE"}, None])
def test_what_is_no_sequence_of_strings(core, bad):
    raises(TypeError, "strings must be a sequence of strings, got", lambda: core.tasks.reber_batch(bad))


def test_a_string_among_others_that_is_none(core):
    message = "strings must be a sequence of strings, got 7 among them$"
    raises(TypeError, message, lambda: core.tasks.reber_batch(["BTBTXSETE", 7]))
    raises(TypeError, "string must be a str, got 7$", lambda: core.tasks.is_embedded_reber(7))
    raises(
        TypeError, "forgetful must be True or False, got 1$", lambda: core.tasks.reber_baseline(forgetful=1)
    )


def test_the_embedded_graph_is_made_of_the_graph(core):
    """The graph is made while the module is read; made again it is the one that other tests walk through."""
    module = core.tasks.reber
    assert module._embed(module.REBER) == module.EMBEDDED_REBER
