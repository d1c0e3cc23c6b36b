"""Interactive figures of the book: Jupyter widgets that also work on the published page, without a kernel."""

from .cliff_explorer import ClippingExplorer
from .hawkes_explorer import HawkesExplorer
from .jacobian_explorer import JacobianExplorer

__all__ = ["ClippingExplorer", "HawkesExplorer", "JacobianExplorer"]
