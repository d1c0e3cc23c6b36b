"""Interactive figures of the book: Jupyter widgets that also work on the published page, without a kernel."""

from .cell.explorer import CellExplorer
from .circle.explorer import CircleExplorer
from .cliff.explorer import ClippingExplorer
from .clock.explorer import ClockExplorer
from .excite.explorer import ExciteExplorer
from .hopfield.explorer import HopfieldExplorer
from .jacobian.explorer import JacobianExplorer
from .latch.explorer import LatchExplorer
from .lit.explorer import LitTextExplorer
from .softmax.explorer import SoftmaxExplorer
from .thinning.explorer import ThinningExplorer
from .triangle.explorer import TriangleExplorer
from .unrolled.explorer import UnrolledExplorer

__all__ = [
    "CellExplorer",
    "CircleExplorer",
    "ClippingExplorer",
    "ClockExplorer",
    "ExciteExplorer",
    "HopfieldExplorer",
    "JacobianExplorer",
    "LatchExplorer",
    "LitTextExplorer",
    "SoftmaxExplorer",
    "ThinningExplorer",
    "TriangleExplorer",
    "UnrolledExplorer",
]
