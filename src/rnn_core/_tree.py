"""Parameters of any model: NamedTuples of arrays, which may hold further tuples; None stands for no array."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

import numpy as np

from ._checks import FLOATS, Array, expect_finite, expect_shape

Tree = TypeVar("Tree")


def leaves(tree: Any, name: str = "") -> Iterator[tuple[str, Array]]:
    """Every array of the tree with its dotted name, in order."""
    if isinstance(tree, tuple):
        fields = getattr(tree, "_fields", range(len(tree)))
        for field, branch in zip(fields, tree, strict=True):
            yield from leaves(branch, f"{name}.{field}" if isinstance(field, str) else f"{name}[{field}]")
    elif tree is not None:
        yield name, tree


def tree_map(function: Callable[..., Any], tree: Tree, *others: Tree) -> Tree:
    """The tree of function(array, …) for the arrays in the same place of every tree."""
    return cast(Tree, _mapped(function, tree, *others))


def _mapped(function: Callable[..., Any], tree: Any, *others: Any) -> Any:
    if isinstance(tree, tuple):
        parts = [_mapped(function, *group) for group in zip(tree, *others, strict=True)]
        return type(tree)(*parts) if hasattr(tree, "_fields") else tuple(parts)
    return None if tree is None else function(tree, *others)


def check_tree(name: str, tree: Any) -> np.dtype[Any]:
    """Return the one dtype of a NamedTuple of finite float arrays, or say what is wrong with it."""
    if not (isinstance(tree, tuple) and hasattr(tree, "_fields")):
        raise TypeError(
            f"{name} must be a NamedTuple of arrays, such as RNNParams, got {type(tree).__name__}"
        )
    dtype = None
    for field, array in leaves(tree, name):
        if not isinstance(array, np.ndarray):
            raise TypeError(f"{field} must be a NumPy array, got {type(array).__name__}")
        if array.dtype not in FLOATS:
            raise TypeError(f"{field} must have dtype float64 or float32, got {array.dtype}")
        dtype = dtype or array.dtype
        if array.dtype != dtype:
            raise TypeError(f"{field} must have dtype {dtype}, like the arrays before it, got {array.dtype}")
        expect_finite(field, array)
    if dtype is None:
        raise ValueError(f"{name} must hold at least one array, got none")
    return dtype


def check_like(name: str, tree: Any, model: Any) -> None:
    """Raise unless `tree` has the type, the shapes and the dtype of `model`, which has been checked."""
    if type(tree) is not type(model):
        raise TypeError(
            f"{name} must be of type {type(model).__name__}, like the parameters, got {type(tree).__name__}"
        )
    dtype = check_tree(name, model)
    ours, theirs = dict(leaves(tree, name)), dict(leaves(model, name))
    if ours.keys() != theirs.keys():
        odd = sorted(ours.keys() ^ theirs.keys())[0]
        raise ValueError(f"{name} must have the same arrays as the parameters, but {odd} is in one alone")
    for field, array in theirs.items():
        if ours[field].dtype != dtype:
            raise TypeError(f"{name} must have dtype {dtype}, like the parameters, got {ours[field].dtype}")
        expect_shape(field, ours[field], array.shape)
    check_tree(name, tree)
