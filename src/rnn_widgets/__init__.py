"""Interactive figures of the book: Jupyter widgets that also work on the published page, without a kernel."""

from .cliff.explorer import ClippingExplorer
from .hawkes.explorer import HawkesExplorer
from .jacobian.explorer import JacobianExplorer
from .latch.explorer import LatchExplorer
from .triangle.explorer import TriangleExplorer

__all__ = ["ClippingExplorer", "HawkesExplorer", "JacobianExplorer", "LatchExplorer", "TriangleExplorer"]
