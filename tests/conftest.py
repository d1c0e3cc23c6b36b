"""What `make test` asks of some cases and `make test-thorough`, by RNN_BOOK_THOROUGH=1, of all.

The questions are the same, and so are the pages, explorers and models that they are asked about. Of sizes of
the window, random inputs and repetitions `make test` takes those that tell most, so that it can be run on
every change. A test takes the fixture `thorough` where it can do with less; cases left out are marked so.
"""

import os

import pytest

THOROUGH = os.environ.get("RNN_BOOK_THOROUGH") == "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the cases that only the thorough run asks, and count them."""
    if not THOROUGH:
        left_out = [item for item in items if item.get_closest_marker("thorough")]
        items[:] = [item for item in items if not item.get_closest_marker("thorough")]
        if left_out:
            config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def thorough() -> bool:
    """Return whether all cases are asked for."""
    return THOROUGH
