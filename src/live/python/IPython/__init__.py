"""A stand-in: what the cells and Matplotlib ask of IPython, for Python on a page."""

version_info = (9, 0, 0)


def get_ipython() -> None:
    """Say that no IPython runs."""
