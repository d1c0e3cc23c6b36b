"""A stack of recurrent layers, with skip connections past each layer or without.

With z_0^(t) = W_in x^(t), layer ℓ = 1..D computes

    h_ℓ^(t) = φ(W_hx z_{ℓ−1}^(t) + W_hh h_ℓ^(t−1) + b_h),   each layer with its own W_hx, W_hh and b_h,
    z_ℓ^(t) = z_{ℓ−1}^(t) + h_ℓ^(t) with skip connections,  z_ℓ^(t) = h_ℓ^(t) without,

and o^(t) = W_yh z_D^(t) + b_y. With skip connections ∂z_D/∂z_ℓ at one step is a product of factors
I + diag(φ') W_hx: the identity carries the gradient past layers whose own factor is small. The path through
time, within a layer, stays the product of Equation (18). A stack of one layer without skip connections is the
plain network.
"""

from .params import StackLayer, StackParams, init_stack
from .stack import StackBackpropagation, StackTrace, stack_backpropagate, stack_bptt, stack_forward

__all__ = [
    "StackBackpropagation",
    "StackLayer",
    "StackParams",
    "StackTrace",
    "init_stack",
    "stack_backpropagate",
    "stack_bptt",
    "stack_forward",
]
