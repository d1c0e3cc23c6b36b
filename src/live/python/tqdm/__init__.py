"""A stand-in: progress is told to the page's bar."""

import time
from collections.abc import Iterable, Iterator
from typing import Any

from live_channel import send

__all__ = ["tqdm", "trange"]


class tqdm:  # noqa: N801 (the name of what it stands for)
    """Tell the page, twice a second, how many items of an iterable have been taken."""

    def __init__(self, iterable: Iterable[Any], *args: Any, total: int | None = None, **options: Any) -> None:
        self._items = iterable
        self._total = total if total is not None else getattr(iterable, "__len__", lambda: None)()

    def __iter__(self) -> Iterator[Any]:
        last = time.monotonic()
        for number, item in enumerate(self._items):
            if time.monotonic() - last > 0.5:
                last = time.monotonic()
                send("progress", done=number, total=self._total)
            yield item

    def set_postfix(self, *args: Any, **values: Any) -> None:
        """Accept figures that are shown beside a bar."""

    set_postfix_str = set_description = update = close = set_postfix


def trange(*args: int, **options: Any) -> tqdm:
    """Go through a range with progress."""
    return tqdm(range(*args), **options)
