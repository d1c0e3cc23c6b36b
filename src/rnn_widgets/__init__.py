"""Interactive figures of the book: Jupyter widgets that also work on the published page, without a kernel."""

from .cell.explorer import CellExplorer
from .cliff.explorer import ClippingExplorer
from .hawkes.explorer import HawkesExplorer
from .jacobian.explorer import JacobianExplorer
from .latch.explorer import LatchExplorer
from .softmax.explorer import SoftmaxExplorer

__all__ = [
    "CellExplorer",
    "ClippingExplorer",
    "HawkesExplorer",
    "JacobianExplorer",
    "LatchExplorer",
    "SoftmaxExplorer",
]
