"""A stand-in: the backend itself is `live_figures`."""

from typing import Any

__all__ = ["set_matplotlib_formats"]


def set_matplotlib_formats(*formats: str, **options: Any) -> None:
    """Accept the notebook's choice: figures here always have twice the pixels, for sharp screens."""
