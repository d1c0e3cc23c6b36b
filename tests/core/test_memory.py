"""The memory of one `bptt` call at the benchmark's sizes."""

import tracemalloc

import numpy as np
import pytest

SIZES = [
    (25, 1, 27, 32, 27),
    (50, 1, 64, 100, 64),
    (50, 16, 64, 64, 64),
    (100, 32, 64, 128, 64),
    (100, 32, 64, 256, 64),
    (100, 64, 128, 512, 128),
    (500, 1, 2, 50, 2),
    (1000, 32, 8, 64, 8),
]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_peak_of_one_call(core, size, dtype):
    """Beside the gradients that are returned, at most three arrays of T·B·m and three of T·B·k numbers.

    NumPy 2.0 takes one array of T·B·m more than 2.4 for a batch of one; the bound holds for both.
    """
    T, B, n, m, k = size
    rng = np.random.default_rng(201)
    params = core.init_params(n, m, k, rng=rng, dtype=dtype)
    x = rng.standard_normal((T, B, n)).astype(dtype)
    targets = rng.integers(0, k, (T, B))
    core.bptt(params, x[:2], targets[:2])  # first-call caches are not this call's memory
    tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        core.bptt(params, x, targets)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    gradients = sum(array.size for array in params)
    numbers = (peak - before) / np.dtype(dtype).itemsize - gradients
    print(f"{(numbers - 3 * T * B * k) / (T * B * m):.2f} arrays of T·B·m")
    assert numbers <= 3 * T * B * m + 3 * T * B * k
