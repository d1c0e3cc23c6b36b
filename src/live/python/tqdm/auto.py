"""A stand-in: the same bar under its other name."""

from . import tqdm, trange

__all__ = ["tqdm", "trange"]
