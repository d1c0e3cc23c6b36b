"""Activation functions φ: the value, the slope as a function of h = φ(a), and γ = sup|φ'|.

Backpropagation keeps h and not a, and every φ here lets its slope be read off h: tanh' = 1 − h².
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from ._checks import Array, expect_function, finite_number, shown

__all__ = ["IDENTITY", "RELU", "SIGMOID", "TANH", "Activation", "linear", "relu", "tanh_with_gain"]

Elementwise = Callable[..., Any]
Out = Array | None


@dataclass(frozen=True, slots=True)
class Activation:
    """An elementwise activation function.

    Attributes
    ----------
    name : str
        What it is called in a message or a figure.
    gamma : float
        γ, the supremum of |φ'(a)| over all real a: the γ of Equation (20).
    value : callable
        ``value(a, out=None)`` is φ(a) for a number or an array; ``out`` may be ``a`` itself.
    slope : callable
        ``slope(h, out=None)`` is φ'(a) as a function of h = φ(a).
    """

    name: str
    gamma: float
    value: Elementwise
    slope: Elementwise

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise TypeError(f"name must be a str, got {shown(self.name)}")
        object.__setattr__(self, "gamma", finite_number("gamma", self.gamma, least=0.0))
        expect_function("value", self.value)
        expect_function("slope", self.slope)


def read_activation(value: Any, name: str = "activation") -> Activation:
    """Return `value` if it is an activation."""
    if not isinstance(value, Activation):
        raise TypeError(f"{name} must be an Activation, got {shown(value)}")
    return value


def _room(like: Any, out: Out) -> Array:
    """Return `out`, or a new array for a result of the shape and floating type of `like`."""
    # By the types alone: for a number itself NumPy 1 says float32, and would compute in single precision.
    if out is not None:
        return out
    return np.empty(np.shape(like), np.result_type(np.asarray(like).dtype, np.float32))


def _tanh_slope(h: Array, out: Out = None, *, gain: float = 1.0) -> Any:
    out = np.multiply(h, h, _room(h, out))
    out = np.subtract(1.0, out, out)
    return out if gain == 1.0 else np.multiply(out, gain, out)


def _tanh_value(a: Array, out: Out = None, *, gain: float) -> Any:
    out = np.multiply(a, gain, _room(a, out))
    return np.tanh(out, out)


def _sigmoid_value(a: Array, out: Out = None) -> Any:
    # σ(a) = (1 + tanh(a/2)) / 2: no exponential of a large number, so nothing overflows.
    out = np.multiply(a, 0.5, _room(a, out))
    np.tanh(out, out)
    np.multiply(out, 0.5, out)
    return np.add(out, 0.5, out)


def _sigmoid_slope(h: Array, out: Out = None) -> Any:
    # A temporary keeps h intact when out is h.
    return np.multiply(h, 1.0 - h, _room(h, out))


def _linear_value(a: Array, out: Out = None, *, slope: float) -> Any:
    return np.multiply(a, slope, _room(a, out))


def _linear_slope(h: Array, out: Out = None, *, slope: float) -> Any:
    out = _room(h, out)
    out[...] = slope
    return out


def _relu_value(a: Array, out: Out = None, *, slope: float) -> Any:
    out = np.maximum(a, 0.0, out=_room(a, out))  # NumPy 2.4 deprecates the positional form for this one
    return out if slope == 1.0 else np.multiply(out, slope, out)


def _relu_slope(h: Array, out: Out = None, *, slope: float) -> Any:
    out = _room(h, out)
    np.greater(h, 0.0, out)
    return out if slope == 1.0 else np.multiply(out, slope, out)


def tanh_with_gain(gain: float) -> Activation:
    """φ(a) = tanh(g·a), whose γ is the gain g.

    Parameters
    ----------
    gain : float
        g ≥ 0, without unit.

    Raises
    ------
    ValueError
        If the gain is negative or not finite.
    """
    g = finite_number("gain", gain, least=0.0)
    return Activation(f"tanh({g:g}·a)", g, partial(_tanh_value, gain=g), partial(_tanh_slope, gain=g))


def linear(slope: float) -> Activation:
    """φ(a) = s·a, whose γ is the slope s ≥ 0."""
    s = finite_number("slope", slope, least=0.0)
    return Activation(f"{s:g}·a", s, partial(_linear_value, slope=s), partial(_linear_slope, slope=s))


def relu(slope: float) -> Activation:
    """φ(a) = s·max(0, a), whose γ is the slope s ≥ 0. At a = 0 its slope is taken as 0."""
    s = finite_number("slope", slope, least=0.0)
    return Activation(f"{s:g}·max(0, a)", s, partial(_relu_value, slope=s), partial(_relu_slope, slope=s))


TANH = Activation("tanh", 1.0, np.tanh, _tanh_slope)
SIGMOID = Activation("sigmoid", 0.25, _sigmoid_value, _sigmoid_slope)
RELU = Activation("ReLU", 1.0, partial(_relu_value, slope=1.0), partial(_relu_slope, slope=1.0))
IDENTITY = Activation("identity", 1.0, np.positive, partial(_linear_slope, slope=1.0))
