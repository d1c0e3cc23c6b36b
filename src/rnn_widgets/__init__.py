"""Interactive figures of the book: Jupyter widgets that also work on the published page, without a kernel."""

from .cliff.explorer import ClippingExplorer
from .clock.explorer import ClockExplorer
from .excite.explorer import ExciteExplorer
from .jacobian.explorer import JacobianExplorer
from .latch.explorer import LatchExplorer
from .thinning.explorer import ThinningExplorer

__all__ = [
    "ClippingExplorer",
    "ClockExplorer",
    "ExciteExplorer",
    "JacobianExplorer",
    "LatchExplorer",
    "ThinningExplorer",
]
