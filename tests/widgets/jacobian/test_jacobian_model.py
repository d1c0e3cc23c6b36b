"""The explorer's JavaScript against rnn_core, and deliberate faults that this comparison must find."""

import pytest
from javascript import assert_fault_is_found, assert_passes

MODULES = ("kit/linalg.js", "jacobian/model.js")


@pytest.mark.parametrize("seed", [1, pytest.param(0, marks=pytest.mark.thorough)])
def test_javascript_agrees_with_rnn_core(seed, vectors):
    assert_passes("jacobian/model", vectors("jacobian", seed))


def test_javascript_says_what_follows_from_the_numbers():
    assert_passes("jacobian/words")


def test_point_keeps_to_the_plane_and_its_product_if_it_should():
    assert_passes("jacobian/lock")


MUTANTS = {
    "matrix product with A transposed": (
        "kit/linalg.js",
        "const a = A[i * m + l];",
        "const a = A[l * m + i];",
    ),
    "norm without its square root": (
        "kit/linalg.js",
        "Math.sqrt(largestOfSymmetric(",
        "(largestOfSymmetric(",
    ),
    "norm without its scale": ("kit/linalg.js", "return scale * Math.sqrt", "return Math.sqrt"),
    "half of Gershgorin's circle": ("kit/linalg.js", " + Math.abs(beside[i] ?? 0)", ""),
    "Householder vector not reflected": ("kit/linalg.js", "v[k + 1] -= beside[k];", ""),
    "Sturm sequence without its neighbour": ("kit/linalg.js", "beside[i - 1] ** 2 / pivot", "0 / pivot"),
    "the largest for the second": ("kit/linalg.js", "if (count >= 2)", "if (count >= 1)"),
    "the third for the second": ("kit/linalg.js", "if (count >= 2)", "if (count >= 3)"),
    "the ball one step late": (
        "jacobian/model.js",
        "onProduct?.(product, logNorms.length);",
        "onProduct?.(product, logNorms.length + 1);",
    ),
    "the ball turned over": ("jacobian/model.js", "short / long : 0", "1 - short / long : 0"),
    "W transposed in the recurrence": ("jacobian/model.js", "W[i * m + j] * prev", "W[j * m + i] * prev"),
    "Jacobians in the wrong order": (
        "jacobian/model.js",
        "multiply(W, product, m, spare);",
        "multiply(product, W, m, spare);",
    ),
    "slope dropped": ("jacobian/model.js", "*= slope[i];", "*= 1;"),
    "slope on the columns": ("jacobian/model.js", "*= slope[i];", "*= slope[j];"),
    "slope one step early": ("jacobian/model.js", "states.slice(1)", "states.slice(0, -1)"),
    "zero initial state": ("jacobian/model.js", "[Float64Array.from(draw.h0)]", "[new Float64Array(m)]"),
    "the first input at every step": (
        "jacobian/model.js",
        "draw.drive.slice(start, start + m)",
        "draw.drive.slice(0, m)",
    ),
    "input not scaled": ("jacobian/model.js", "let a = input_scale * u;", "let a = u;"),
    "tanh without its gain": ("jacobian/model.js", "Math.tanh(gamma * a)", "Math.tanh(a)"),
    "tanh slope without its gain": ("jacobian/model.js", "gamma * (1 - h * h)", "1 - h * h"),
    "linear without its slope": ("jacobian/model.js", "value: (a, gamma) => gamma * a", "value: (a) => a"),
    "ReLU that leaks": ("jacobian/model.js", "(h > 0 ? gamma : 0)", "(h >= 0 ? gamma : 0)"),
    "ReLU without its slope": ("jacobian/model.js", "gamma * Math.max(a, 0)", "Math.max(a, 0)"),
    "W not scaled to its norm": (
        "jacobian/model.js",
        "rho / spectralNorm(Float64Array.from(base), m)",
        "rho",
    ),
    "strength ignored": ("jacobian/model.js", "strength * nilpotent", "nilpotent"),
    "radius not scaled": ("jacobian/model.js", "scale * draw.radius", "rho * draw.radius"),
    "radius without γ": ("jacobian/model.js", "radius: settings.gamma * radius", "radius: radius"),
    "bound without ρ": ("jacobian/model.js", "bound: settings.gamma * settings.rho", "bound: settings.gamma"),
    "scale of the product lost": ("jacobian/model.js", "logScale += Math.log(largest)", "logScale += 0"),
    "product not rescaled": ("jacobian/model.js", "product[i] /= largest", "product[i] /= 1"),
    "rate over one step too many": ("jacobian/model.js", "logNorms[T] / T", "logNorms[T] / (T + 1)"),
    "last crossing, not the first": ("jacobian/model.js", "logNorms.findIndex(", "logNorms.findLastIndex("),
    "always the first draw": ("jacobian/model.js", "draws[settings.draw]", "draws[0]"),
    "zero to the power zero": ("jacobian/model.js", "lag === 0 ? 0 : ", ""),
}


@pytest.mark.parametrize("fault", MUTANTS.values(), ids=MUTANTS)
def test_fault_is_found(fault, vectors, tmp_path):
    assert_fault_is_found("jacobian/model", MODULES, fault, vectors("jacobian", 1), tmp_path)
