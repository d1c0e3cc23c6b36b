"""Deliberate errors in the residual stack; see `mutants`."""

from .mutant import mutants_of

SKIP, PLAIN = {"skip": True}, {"skip": False}
TANH = {"skip": True, "phi": "tanh"}
FORWARD, GRADIENTS = "test_residual.test_stack_forward", "test_residual.test_stack_gradients"
STATES = "test_residual.test_derivatives_by_the_states"
DRAWN = "test_residual_params.test_drawn_stacks"

MUTANTS = [
    *mutants_of(
        "residual/stack.py",
        ("no skip connection on the way up", "z[-1] + h_l[1:] if skip", "h_l[1:] if skip", FORWARD, TANH),
        ("skip connections where none are asked for", "z[-1] + h_l[1:] if skip else h_l[1:]",
         "z[-1] + h_l[1:]", FORWARD, TANH | PLAIN),
        ("the skip connection starts from the first layer", "z[-1] + h_l[1:] if skip",
         "z[0] + h_l[1:] if skip", FORWARD, TANH),
        ("the state one step late", "z[-1] + h_l[1:] if skip", "z[-1] + h_l[:-1] if skip", FORWARD, TANH),
        ("no skip connection on the way down", "through_layer + grad if skip else through_layer",
         "through_layer", GRADIENTS, TANH),
        ("a skip connection on the way down alone", "through_layer + grad if skip else through_layer",
         "through_layer + grad", GRADIENTS, TANH | PLAIN),
        ("the gradient does not pass through the layer", "through_layer + grad if skip", "grad if skip",
         GRADIENTS, TANH),
        ("layers backwards in the wrong order", "zip(params.layers[::-1], z", "zip(params.layers, z",
         GRADIENTS, TANH),
        ("gradients of the layers in the wrong order", "tuple(layers[::-1])", "tuple(layers)",
         GRADIENTS, TANH),
        ("the layer's own output for its input", "z[-2::-1], h[::-1]", "z[:0:-1], h[::-1]", GRADIENTS, TANH),
        ("the state of the same step", "rows.T @ _rows(h_l[:-1])", "rows.T @ _rows(h_l[1:])",
         GRADIENTS, TANH),
        ("W_hx not transposed", "(rows @ layer.W_hx)", "(rows @ layer.W_hx.T)", GRADIENTS, TANH),
        ("W_hh in place of W_hx", "(rows @ layer.W_hx)", "(rows @ layer.W_hh)", GRADIENTS, TANH),
        ("δ overwrites ∂L/∂z", "delta = grad.copy()", "delta = grad", STATES, SKIP),
        ("∂L/∂z in the wrong order", "tuple(grad_z[::-1])", "tuple(grad_z)", STATES, SKIP),
        ("δ in the wrong order", "tuple(deltas[::-1])", "tuple(deltas)", STATES, SKIP),
        ("∂L/∂h^(0) in the wrong order", "np.stack(grad_h0[::-1])", "np.stack(grad_h0)", GRADIENTS, TANH),
        ("the gradient of W_in from the first layer's output", "_rows(grad).T @ _rows(x)",
         "_rows(grad_z[-2]).T @ _rows(x)", GRADIENTS, TANH),
        ("the slope at the sum in place of the state", "activation.slope(h_l[1:])",
         "activation.slope(h_l[1:] + z_below[..., :1])", GRADIENTS, TANH),
        ("the output reads the last state, not the sum", "params.b_y, z[-1], targets",
         "params.b_y, h[-1][1:], targets", GRADIENTS, TANH),
        ("the mask is left out", "with_mask(inside, mask, x.shape[:-1])",
         "with_mask(inside, None, x.shape[:-1])", "test_residual.test_stack_lengths_and_mask", SKIP),
        ("the lengths are left out", "inside = within_lengths(lengths, x.shape[:-1])", "inside = None",
         "test_residual.test_stack_lengths_and_mask", SKIP),
        ("states in the padding stay", "h_l[1:][~inside] = 0.0", "pass",
         "test_residual.test_stack_padding_that_overflows_changes_nothing", SKIP),
        ("the input in the padding stays", "z[0][~inside] = 0.0", "pass",
         "test_residual.test_stack_padding_that_overflows_changes_nothing", SKIP),
        ("the same initial state for all layers", "h_l[0] = start_l", "h_l[0] = start[0]", FORWARD, TANH),
    ),
    *mutants_of(
        "residual/params.py",
        ("variance of the rows", "/ np.sqrt(columns)", "/ np.sqrt(rows)", DRAWN),
        ("the spectral norm is left out", "recurrent_matrix(recurrent, m, rho, rng=rng)",
         "recurrent_matrix(recurrent, m, 1.0, rng=rng)", DRAWN),
        ("all layers are the same", "for _ in range(depth)\n    )", "for _ in range(1)\n    ) * depth",
         DRAWN),
    ),
]  # fmt: skip
