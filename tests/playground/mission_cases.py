"""Runs that are made up for the missions: each with whether it solves one."""

FAR = {"T": 20, "rho": 0.7, "optimizer": "sgd", "rate": 0.1}
BURST = {"T": 40, "cell": "relu", "family": "identity", "rho": 2, "optimizer": "sgd", "rate": 0.1, "clip": 0}
HOLD = {"T": 40, "cell": "lstm", "forget_bias": 2.5, "seed": 8}
ADDING = {"task": "adding", "T": 20, "cell": "relu"}
BOUND = {"T": 18, "cell": "relu"}
ORDER = {"task": "order", "T": 23, "window": 7}
ECHO = {"T": 21, "window": 10}

AT_LAST = {"diverged": {"update": 6, "what": "loss"}, "updates": 5, "accuracy": 0.5}
CHANGED = {"changed": [{"update": 100, "rate": 0.2}]}
# Below what is asked for, but for the last 40 updates of 16 sequences, which are 640; in the other for 39.
JUST = [0.5] * 260 + [0.96] * 40
SHORT = [0.5] * 261 + [0.96] * 39


def one(setup, **record):
    return [{"setup": setup, **record}]


def detail(norm, T=20, bound=-2.0):
    """Two layers, of which the second is nearer to its bound."""
    ends = [(-9.0, -1.0), (norm, bound)]
    layers = [{"log_norms": [0.0, end], "log_bound": [0.0, edge]} for end, edge in ends]
    return {"T": T, "layers": layers}


def pair(first, second):
    return [first, second]


def cases():
    """Yield (mission, runs, solved)."""
    yield "far", one(FAR, accuracy=JUST, updates=300), True
    yield "far", one({**FAR, "T": 33, "cell": "relu", "layers": 2, "clip": 0}), True
    yield "far", one(FAR, accuracy=SHORT, updates=300), False
    yield "far", one(FAR, accuracy=0.94), False
    yield "far", one(FAR, updates=39), False
    yield "far", one({**FAR, "batch": 3}, updates=213), False
    yield "far", one({**FAR, "batch": 3}, updates=214), True
    for wrong in ({"T": 19}, {"cell": "lstm"}, {"cell": "gru"}, {"optimizer": "adam"}, {"task": "order"}):
        yield "far", one({**FAR, **wrong}), False
    yield "far", one(FAR, changed=[{"update": 661, "rate": 0.2}]), False
    yield "far", one(FAR, changed=[{"update": 3, "rate": 0.2}, {"update": 660, "rate": 0.2}]), True

    failed, saved = one(BURST, **AT_LAST), {**BURST, "clip": 0.3}
    yield "burst", [*failed, *one(saved)], True
    yield "burst", failed, False
    yield "burst", one(saved), False
    yield "burst", [*failed, *one(BURST)], False
    yield "burst", [*failed, *one(saved, accuracy=0.94)], False
    yield "burst", [*failed, *one(saved, **CHANGED)], False
    yield "burst", [*one(BURST, **AT_LAST, **CHANGED), *one(saved)], False
    yield "burst", [*one({**BURST, "clip": 5}, **AT_LAST), *one(saved)], False
    yield "burst", [*one(BURST), *one(saved)], False
    for wrong in ({"seed": 1}, {"rho": 1.9}, {"T": 39}):
        yield "burst", [*failed, *one({**saved, **wrong})], False
    text = {**BURST, "task": "reber"}
    yield "burst", [*one(text, **AT_LAST), *one({**text, "clip": 1})], False

    yield "hold", one(HOLD, accuracy=JUST, updates=300), True
    yield "hold", one(HOLD, accuracy=[0.5, *JUST], updates=301), False
    yield "hold", one(HOLD, accuracy=[*JUST, *[0.5] * 99], updates=399), True
    yield "far", one(FAR, accuracy=[*JUST, *[0.5] * 99], updates=399), True
    for wrong in ({"T": 39}, {"rho": 1}, {"m": 17}, {"cell": "gru"}, {"rate": 0.02}, {"batch": 64}):
        yield "hold", one({**HOLD, **wrong}), False
    yield "hold", one(HOLD, **CHANGED), False

    yield "adding", one(ADDING, accuracy=0.9), True
    yield "adding", one(ADDING, accuracy=0.89), False
    for wrong in ({"T": 19}, {"cell": "lstm"}, {"task": "recall"}):
        yield "adding", one({**ADDING, **wrong}), False

    yield "bound", one(BOUND, detail=detail(-2.1)), True
    yield "bound", one(BOUND, detail=detail(-2.11)), False
    yield "bound", one(BOUND, detail=detail(-2.0, T=19)), False
    yield "bound", one({**BOUND, "cell": "lstm"}, detail=detail(-2.0)), False
    yield "bound", one(BOUND), False
    yield "bound", one(BOUND, detail=detail("-Infinity", bound="-Infinity")), False

    poor = one(ORDER, updates=400, accuracy=0.6)
    yield "window", [*poor, *one({**ORDER, "window": 0})], True
    yield "window", [*poor, *one({**ORDER, "window": 12})], True
    yield "window", poor, False
    yield "window", [*poor, *one(ORDER)], False
    yield "window", one({**ORDER, "window": 0}), False
    yield "window", [*poor, *one({**ORDER, "window": 0}, accuracy=0.94)], False
    yield "window", [*one(ORDER, updates=399, accuracy=0.6), *one({**ORDER, "window": 0})], False
    yield "window", [*one(ORDER, updates=400, accuracy=0.61), *one({**ORDER, "window": 0})], False
    for window in (0, 23):
        uncut = one({**ORDER, "window": window}, updates=400, accuracy=0.3)
        yield "window", [*uncut, *one({**ORDER, "window": 22})], False
    for wrong in ({"seed": 1}, {"cell": "gru"}, {"rate": 0.02}):
        yield "window", [*poor, *one({**ORDER, "window": 0, **wrong})], False
    for wrong in ({"T": 19}, {"task": "recall"}):
        easy = {**ORDER, **wrong}
        runs = [*one(easy, updates=400, accuracy=0.6), *one({**easy, "window": 0})]
        yield "window", runs, False

    yield "echo", one(ECHO), True
    yield "echo", one({**ECHO, "window": 1, "cell": "lstm"}), True
    yield "echo", one(ECHO, accuracy=0.94), False
    for wrong in ({"window": 11}, {"window": 0}, {"T": 19}, {"task": "parity"}):
        yield "echo", one({**ECHO, **wrong}), False
    yield "echo", one(ECHO, **CHANGED), False


# What would make a mission easier: (module, text, other text).
MUTANTS = {
    "half the answers": ("lately", "SEQUENCES = 640", "SEQUENCES = 320"),
    "one more update": ("lately", "Math.ceil(SEQUENCES / batch)", "Math.floor(SEQUENCES / batch)"),
    "what came before": (
        "lately",
        "(before(update, i) < since || !Number.isFinite(accuracy[i])) {",
        "(!Number.isFinite(accuracy[i])) {",
    ),
    "a step later": (
        "lately",
        "if (before(update, i) < since || !Number.isFinite(accuracy[i])) return",
        "if (before(update, i) <= since || !Number.isFinite(accuracy[i])) return",
    ),
    "too few": ("lately", "return updates >= needed(batch) ?", "return updates > 0 ?"),
    "too early": ("lately", "if (updates >= needed(batch) &&", "if (updates > 0 &&"),
    "a point is an update": (
        "lately",
        "return null;\n    sum += accuracy[i] * (update[i] - before(update, i));",
        "return null;\n    sum += accuracy[i];",
    ),
    "all that came": ("lately", ">= needed(batch); first++", ">= 1e9; first++"),
    "a gap is nothing": ("lately", "[sum, updates, first] = [0, 0, i + 1];", ""),
    "any gates": ("missions", 'cell === "tanh" || cell === "relu"', "cell.length > 2"),
    "nearly": ("missions", "ENOUGH = 0.95", "ENOUGH = 0.94"),
    "nearly a sum": ("missions", "ADDED = 0.9;", "ADDED = 0.89;"),
    "a step less": ("missions", "steps >= T,", "steps >= T - 1,"),
    "any task": ("missions", 'task === "recall"', "task.length > 2"),
    "Adam": ("missions", 'optimizer === "sgd"', "optimizer.length > 2"),
    "also changed": (
        "missions",
        "if (changed.length > 0) return not(UNCHANGED);\n    const sentence",
        "const sentence",
    ),
    "another seed": ("missions", "other.length === 1 && other[0] === name", "other.includes(name)"),
    "nothing else": ("missions", "other.length === 1 && other[0] === name", "true"),
    "a clipped burst": ("missions", "setup.clip === 0 && state?.diverged", "state?.diverged"),
    "no burst": ("missions", "setup.clip === 0 && state?.diverged", "setup.clip === 0"),
    "any budget": ("missions", "BUDGET = 300", "BUDGET = 301"),
    "for ever": ("missions", "found.solved && found.update <= BUDGET", "found.solved"),
    "a larger network": (
        "missions",
        'name !== "forget_bias" && name !== "seed"',
        'name !== "m" && name !== "forget_bias" && name !== "seed"',
    ),
    "changed forget bias": (
        "missions",
        "      if (changed.length > 0) return not(UNCHANGED);\n      const found",
        "      const found",
    ),
    "not so near": ("missions", "NEAR = 0.9;", "NEAR = 0.89;"),
    "a short product": ("missions", "detail.T < 20", "detail.T < 19"),
    "the first layer": ("missions", "Math.max(...shares.filter", "Math.min(...shares.filter"),
    "impatient": ("missions", "PATIENCE = 400", "PATIENCE = 399"),
    "not so poor": ("missions", "POOR = 0.6;", "POOR = 0.61;"),
    "no window": ("missions", "window > 0 && window < T && (", "window < T && ("),
    "a window as long": ("missions", "window > 0 && window < T && (", "window > 0 && ("),
    "a longer window": ("missions", "window >= 1 && window <= 10", "window >= 1 && window <= 11"),
    "an open window": ("missions", "window >= 1 && window <= 10", "window <= 10"),
    "opened later": ("missions", "run.changed.length > 0 ? not(UNCHANGED) : answers", "answers"),
}
