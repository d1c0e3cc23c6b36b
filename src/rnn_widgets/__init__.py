"""Interactive figures of the book: Jupyter widgets that also work on the published page, without a kernel."""

from .cell.explorer import CellExplorer
from .circle.explorer import CircleExplorer
from .cliff.explorer import ClippingExplorer
from .clock.explorer import ClockExplorer
from .excite.explorer import ExciteExplorer
from .hold.explorer import HoldExplorer
from .hopfield.explorer import HopfieldExplorer
from .jacobian.explorer import JacobianExplorer
from .latch.explorer import LatchExplorer
from .lit.explorer import LitTextExplorer
from .softmax.explorer import SoftmaxExplorer
from .thinning.explorer import ThinningExplorer
from .triangle.explorer import TriangleExplorer
from .unrolled.explorer import UnrolledExplorer
from .valley.explorer import ValleyExplorer
from .window.explorer import WindowExplorer

__all__ = [
    "CellExplorer",
    "CircleExplorer",
    "ClippingExplorer",
    "ClockExplorer",
    "ExciteExplorer",
    "HoldExplorer",
    "HopfieldExplorer",
    "JacobianExplorer",
    "LatchExplorer",
    "LitTextExplorer",
    "SoftmaxExplorer",
    "ThinningExplorer",
    "TriangleExplorer",
    "UnrolledExplorer",
    "ValleyExplorer",
    "WindowExplorer",
]
