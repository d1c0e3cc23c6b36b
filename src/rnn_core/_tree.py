"""Parameters of any model: NamedTuples of arrays, which may hold further tuples; None stands for no array."""

from collections.abc import Callable, Iterator
from numbers import Number
from typing import Any, TypeVar, cast

import numpy as np

from ._checks import FLOATS, Array, expect_finite, expect_shape, typed

Tree = TypeVar("Tree")


def is_branch(value: Any) -> bool:
    """Whether this is a tuple of arrays or of further tuples; a tuple of numbers is an array."""
    first = value
    while isinstance(first, tuple | list) and not hasattr(first, "_fields") and len(first):
        first = first[0]
    return isinstance(value, tuple) and not isinstance(first, Number)


def named_leaves(tree: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Whatever is no branch of the tree, with its dotted name, in order; None too."""
    if is_branch(tree):
        fields = getattr(tree, "_fields", range(len(tree)))
        for field, branch in zip(fields, tree, strict=True):
            yield from named_leaves(
                branch, f"{name}.{field}" if isinstance(field, str) else f"{name}[{field}]"
            )
    else:
        yield name, tree


def leaves(tree: Any, name: str = "") -> Iterator[tuple[str, Array]]:
    """Every array of the tree with its dotted name, in order."""
    return ((field, leaf) for field, leaf in named_leaves(tree, name) if leaf is not None)


def tree_map(function: Callable[..., Any], tree: Tree, *others: Tree) -> Tree:
    """The tree of function(array, …) for the arrays in the same place of every tree."""
    return cast(Tree, _mapped(function, tree, *others))


def _mapped(function: Callable[..., Any], tree: Any, *others: Any) -> Any:
    if is_branch(tree):
        parts = [_mapped(function, *group) for group in zip(tree, *others, strict=True)]
        return type(tree)(*parts) if hasattr(tree, "_fields") else tuple(parts)
    return None if tree is None else function(tree, *others)


def read_tree(
    name: str, tree: Tree, *, dtype: np.dtype[Any] | None = None, finite: bool = True
) -> tuple[Tree, np.dtype[Any]]:
    """Return a NamedTuple of finite float arrays, and their one dtype, or say what is wrong with it.

    Lists become arrays: of `dtype`, or of float64 if that is left out.
    """
    if not (isinstance(tree, tuple) and hasattr(tree, "_fields")):
        raise TypeError(
            f"{name} must be a NamedTuple of arrays, such as RNNParams, got {type(tree).__name__}"
        )
    found: np.dtype[Any] | None = None
    arrays = []
    for field, value in leaves(tree, name):
        array = typed(field, value, dtype)
        if array.dtype not in FLOATS:
            raise TypeError(f"{field} must have dtype float64 or float32, got {array.dtype}")
        found = found or array.dtype
        if array.dtype != found:
            raise TypeError(f"{field} must have dtype {found}, like the arrays before it, got {array.dtype}")
        if array.size == 0:
            raise ValueError(f"{field} must have at least one entry, got shape {array.shape}")
        if finite:
            expect_finite(field, array)
        arrays.append(array)
    if found is None:
        raise ValueError(f"{name} must hold at least one array, got none")
    each = iter(arrays)
    return tree_map(lambda _: next(each), tree), found


def read_like(name: str, tree: Tree, model: Tree, *, finite: bool = True) -> Tree:
    """Return `tree` if it has the type, the shapes and the dtype of `model`, which has been read."""
    if type(tree) is not type(model):
        raise TypeError(
            f"{name} must be of type {type(model).__name__}, like params, got {type(tree).__name__}"
        )
    theirs = dict(leaves(model, name))
    dtype = next(iter(theirs.values())).dtype
    ours = [field for field, _ in leaves(tree, name)]
    if ours != [*theirs]:
        odd = sorted({*ours} ^ {*theirs})[0]
        raise ValueError(f"{name} must have the same arrays as the parameters, but {odd} is in one alone")
    tree, found = read_tree(name, tree, dtype=dtype, finite=finite)
    if found != dtype:
        raise TypeError(f"{name} must have dtype {dtype}, like the parameters, got {found}")
    for field, array in leaves(tree, name):
        expect_shape(field, array, theirs[field].shape)
    return tree
