"""Cases whose answers are judged by a condition: checkpoints, files, sessions; what is asked and a check."""

import base64
import tempfile
from dataclasses import asdict
from pathlib import Path

import cases
import numpy as np
from engines import run_program

from rnn_core import load_checkpoint
from rnn_playground import Setup, run

SMALL = {"m": 4, "T": 6, "batch": 2}


def behaviour():
    """Yield (asked, check); a check raises an AssertionError."""
    yield (
        cases.asking("restored", Setup(task="parity", T=8, m=4, batch=2), updates=5, others={"rate": 0.5}),
        _same,
    )
    yield {"do": "broken", "setup": {**SMALL, "layers": 2}, "unit": 1, "layer": 0, "updates": 4}, _silent
    yield {"do": "exported", "setup": SMALL, "updates": 4}, _opened
    yield {"do": "exported", "setup": {**SMALL, "cell": "lstm", "layers": 2}, "updates": 4}, _two_files
    deeds = [{"change": {"rate": 0.05}}, {"zero": [1, 0]}]
    yield {"do": "exported", "setup": SMALL, "updates": 4, "deeds": deeds}, _repeated
    exploding = Setup(cell="relu", family="identity", rho=10, T=85, m=4, task="adding", clip=0, batch=2)
    yield cases.asking("train", exploding, updates=40), _stopped(exploding)
    far = cases.replace(exploding, T=153, optimizer="sgd", rate=1e6)  # the step alone goes beyond all numbers
    yield cases.asking("train", far, updates=40), _stopped(far)
    yield {"do": "history", "count": 9000, "copied": 4100}, _kept
    yield {"do": "session", "messages": PLAYED, "rounds": 80}, _played
    # The first slice begins in the same moment as the message: clocks of browsers are coarse.
    yield {"do": "session", "messages": PLAYED, "rounds": 80, "still": 9}, _played
    yield {"do": "session", "messages": PLAYED, "rounds": 80, "blind": True}, _unseen
    yield {"do": "session", "messages": RESTED, "rounds": 80, "rest": 60}, _rested
    yield {"do": "session", "messages": SLOWED, "rounds": 200, "tick": 5}, _slowed
    yield {"do": "session", "messages": BOUNDED, "rounds": 200}, _bounded
    yield {"do": "session", "messages": REFUSED}, _refused
    yield {"do": "session", "messages": WALKED}, _walked
    blown = [
        {"type": "start", "setup": asdict(exploding)},
        {"type": "play"},
        {"type": "play"},
        {"type": "step"},
    ]
    yield {"do": "session", "messages": blown, "rounds": 20}, _blown
    yield {"do": "setup", "text": "T=2&task=order"}, _told("T must be at least 10")
    yield {"do": "setup", "text": "seed=0.5"}, _told("integer")
    yield {"do": "predict", "setup": SMALL, "updates": 1, "inputs": "ab!"}, _told("“!” of step 3")
    yield {"do": "predict", "setup": SMALL, "updates": 1, "inputs": ""}, _told("one step")
    yield (
        {"do": "predict", "setup": {**SMALL, "task": "adding"}, "updates": 1, "inputs": [[1, None]]},
        _told("numbers"),
    )
    yield {"do": "changed", "setup": SMALL, "change": {"m": 3}, "updates": 1}, _told("rate, clip")


def _told(words):
    def check(answer):
        assert answer.get("expected") is True
        assert words in answer["error"], answer["error"]

    return check


def _same(answer):
    assert answer["back"] == 5
    assert answer["again"] == answer["whole"] == answer["fresh"]
    assert len(answer["whole"]["loss"]) == 10


def _silent(answer):
    h = np.array(answer["state"]).reshape(-1, 4)
    assert (h[:, 1] == 0).all()
    assert (np.delete(h, 1, axis=1) != 0).all()
    after, before = np.array(answer["after"]), np.array(answer["before"])
    assert (after[before == 0] == 0).sum() >= 4 + 4 + 3 + 3  # its weights; biases of others may move
    assert (np.array(before) == 0).sum() == 4 + 4 + 3 + 1 + 4  # into it, within, out of it, and its bias


def _kept(answer):
    assert answer["loss"] == list(range(4000, 9000))
    assert answer["clipped"] == [int(i % 3 == 0) for i in range(8994, 9000)]
    assert answer["copied"] == [4098, 4099, -1]
    assert answer["at"] == {"loss": 4100, "accuracy": -4100, "grad_norm": 8200, "clipped": 0}
    assert answer["empty"] == []
    assert answer["csv"] == ["4101,-1,,-1,0", ""]


def _read(answer):
    with tempfile.TemporaryDirectory() as folder:
        opened = []
        for file in answer["files"]:
            path = Path(folder) / file["name"]
            path.write_bytes(base64.b64decode(file["bytes"]))
            try:
                opened.append(load_checkpoint(path))
            except ValueError as error:
                raise AssertionError(error) from None
        return opened


def _opened(answer):
    [checkpoint] = _read(answer)
    params, state = [r for r in run(Setup(**SMALL), 4)][-1].params, checkpoint.history.optimizer_state
    for ours, theirs in zip(checkpoint.params, params, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)
    assert state is not None
    assert state.step == 4
    assert (state.square.W_hx >= 0).all()
    assert (state.mean.W_hx < 0).any()
    assert len(checkpoint.history.clipped) == 4


def _repeated(answer):
    assert len(answer["loss"]) == 12
    try:
        last = run_program(answer["program"])
    except (NameError, TypeError, ValueError) as error:
        raise AssertionError(error) from None
    assert abs(last - answer["loss"][-1]) < 1e-8


def _two_files(answer):
    low, high = _read(answer)
    assert np.array_equal(low.params.W_yh, np.eye(4))
    assert low.params.W_hx.shape[1] == high.params.W_hx.shape[1] == 4
    assert not np.array_equal(low.params.W_hx, high.params.W_hx)


def _stopped(setup):
    done = len(list(run(setup, 40)))

    def check(answer):
        assert answer["done"] == done < 40
        assert answer["diverged"]["update"] == done + 1
        assert not any(isinstance(value, str) for value in answer["theta"])

    return check


PLAYED = [{"type": "start", "setup": SMALL}, {"type": "play"}, {"type": "pause"}, {"type": "export", "id": 5}]


def _played(posted):
    states = [message for message in posted if message["type"] == "state"]
    while_playing = [state["time"] for state in states if state["playing"]]
    assert len(while_playing) > 15
    assert np.diff(while_playing).min() >= 1000 / 30  # at most thirty a second
    assert np.diff(while_playing).max() < 1000 / 10
    assert [states[0]["playing"], states[-1]["playing"]] == [False, False]
    assert states[0]["loss"] is None
    records = [state["records"] for state in states]
    told = [loss for record in records for loss in record["loss"]]
    assert len(told) == states[-1]["update"] > 100  # each update is told once
    assert [record["from"] for record in records[1:]] == [state["update"] for state in states[:-1]]
    expected = [record.loss for record in run(Setup(**SMALL), 30)]
    np.testing.assert_allclose(told[:30], expected, rtol=1e-8)
    last = posted[-1]
    assert (last["type"], last["id"]) == ("export", 5)
    assert len(last["csv"].splitlines()) == states[-1]["update"] + 1
    assert f"batches(setup, {states[-1]['update']})" in last["program"]


def _unseen(posted):
    """To who looks at nothing nothing is sent but what was asked for; then all that happened meanwhile."""
    states = [message for message in posted if message["type"] == "state"]
    assert [state["playing"] for state in states] == [False, False]
    assert states[1]["records"]["from"] == 0
    assert len(states[1]["records"]["loss"]) == states[1]["update"] > 100


RESTED = [{"type": "start", "setup": SMALL}, {"type": "play"}, {"type": "step"}, {"type": "play"}]
RESTED += [{"type": "play", "until": 150}]


def _rested(posted):
    """A run that plays pauses by itself now and then, unless it was said how far it should go."""
    ended = [state["update"] for state in posted if state.get("ended")]
    assert ended == [60, 120, 150]
    assert not any(state["playing"] for state in posted if state.get("ended"))
    assert posted[-1]["update"] == 150


SLOWED = [{"type": "start", "setup": SMALL}, {"type": "play", "speed": 10}]


def _slowed(posted):
    last = posted[-1]
    assert last["update"] > 15
    assert abs(last["update"] / last["time"] * 1000 - 10) < 1  # updates in a second


BOUNDED = [{"type": "start", "setup": SMALL}]
BOUNDED += [{"type": "play", "until": 37}, {"type": "play", "until": 12}, {"type": "step"}]


def _bounded(posted):
    first = next(message for message in posted[1:] if not message["playing"])
    assert first["update"] == 37
    assert "detail" in first
    assert posted[-2]["update"] == 37  # what lies behind needs no update
    assert posted[-1]["update"] == 38


REFUSED = [
    {"type": "play"},
    {"type": "start", "setup": {"m": 0}},
    {"type": "start", "setup": SMALL},
    {"type": "start", "setup": {"task": "text"}, "text": ""},
    {"type": "dance", "id": 3},
    None,
    {"type": "toString"},
    {"type": "play", "speed": 0},
    {"type": "play", "until": "x"},
    {"type": "restore", "name": "none"},
    {"type": "break", "unit": 99},
    {"type": "break", "rate": -1},
    {"type": "break", "rate": 1, "unit": 0},
    {"type": "break"},
    {"type": "restore", "saved": {"theta": [1, 2]}},
    {"type": "predict", "inputs": "xyz", "id": 9},
    {"type": "step", "updates": 2},
]


def _refused(posted):
    kinds = [message["type"] for message in posted]
    assert kinds == ["error", "error", "state", *["error"] * 13, "state"]
    assert all(message["expected"] and message["message"] for message in posted if message["type"] == "error")
    assert posted[-1]["update"] == 2  # the run is as it was
    assert (posted[4]["of"], posted[4]["id"]) == ("dance", 3)


WALKED = [
    {"type": "start", "setup": SMALL},
    {"type": "step", "updates": 3},
    {"type": "checkpoint", "name": "third"},
    {"type": "step"},
    {"type": "break", "rate": 0.5},
    {"type": "break", "unit": 1},
    {"type": "restore", "name": "third"},
    {"type": "step"},
    {"type": "predict", "inputs": "a··?", "id": 1},
]


def _walked(posted):
    assert not any(message.get("playing") for message in posted)
    updates = [message.get("update") for message in posted[:-1]]
    assert updates == [0, 3, 3, 4, 4, 4, 3, 4]
    assert posted[4]["setup"]["rate"] == 0.5
    assert [h for t in posted[5]["detail"]["layers"] for h in t["h"][1::4]] == [0.0] * 8
    assert posted[6]["setup"]["rate"] == 0.01
    assert posted[7]["loss"] == posted[3]["loss"]
    assert posted[6]["records"]["from"] == 0
    assert len(posted[6]["records"]["loss"]) == 3
    assert all("detail" in message for message in posted if message["type"] == "state")
    assert posted[-1]["T"] == 4
    assert len(posted[-1]["y"]) == 8


def _blown(posted):
    assert [message["type"] for message in posted] == ["state"] * len(posted)
    assert posted[0]["diverged"] is None
    assert not posted[-1]["playing"]
    assert all(message["diverged"] for message in posted[-3:])
