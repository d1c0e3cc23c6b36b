"""Interactive figures of the book: Jupyter widgets that also work on the published page, without a kernel."""

from .cliff.explorer import ClippingExplorer
from .excite.explorer import ExciteExplorer
from .hawkes.explorer import HawkesExplorer
from .jacobian.explorer import JacobianExplorer
from .latch.explorer import LatchExplorer
from .thinning.explorer import ThinningExplorer

__all__ = [
    "ClippingExplorer",
    "ExciteExplorer",
    "HawkesExplorer",
    "JacobianExplorer",
    "LatchExplorer",
    "ThinningExplorer",
]
