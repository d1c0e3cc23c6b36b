"""Deliberate errors that only the tests of the errata are asked to catch; see `mutants`."""

from .mutant import mutants_of

STEEPEST = "test_errata_lipschitz.test_no_smaller_constant_will_do"
RUNS = "test_errata_lipschitz.test_two_runs_stay_within_the_bound"

MUTANTS = [
    *mutants_of(
        "activations.py",
        ("the γ of ReLU is a half", 'Activation("ReLU", 1.0,', 'Activation("ReLU", 0.5,', STEEPEST,
         {"phi": "ReLU"}),
        ("the γ of a scaled ReLU is that of ReLU", 'max(0, a)", s,', 'max(0, a)", 1.0,', STEEPEST,
         {"phi": "0.6 ReLU"}),
        ("the γ of the sigmoid is that of tanh", 'Activation("sigmoid", 0.25,', 'Activation("sigmoid", 1.0,',
         STEEPEST, {"phi": "sigmoid"}),
        ("a gain does not reach γ", 'Activation(f"tanh({g:g}·a)", g,', 'Activation(f"tanh({g:g}·a)", 1.0,',
         STEEPEST, {"phi": "tanh with gain 1.7"}),
        ("ReLU is steeper on the right than its γ", "np.maximum(a, 0.0, out=_room(a, out))",
         "np.maximum(2.0 * a, 0.0, out=_room(a, out))", RUNS, {"phi": "ReLU", "apart": 1.0}),
        ("ReLU jumps at its kink", "np.maximum(a, 0.0, out=_room(a, out))",
         "np.multiply(a > 0.0, a + 1.0, out=_room(a, out))", "test_errata_lipschitz.test_relu_at_its_kinks"),
        ("the slope at the kink is that on the right", "np.greater(h, 0.0, out",
         "np.greater_equal(h, 0.0, out",
         "test_errata_lipschitz.test_at_a_kink_the_product_of_the_chosen_slopes_is_no_derivative"),
    ),
    *mutants_of(
        "jacobian.py",
        ("the radius is the largest entry", 'np.abs(np.linalg.eigvals(_square("W", W))).max()',
         'np.abs(_square("W", W)).max()', "test_errata_bound.test_a_radius_of_zero_and_an_exploding_network"),
        ("the slopes are left out", "slope[..., :, None] * params.W_hh",
         "np.ones_like(slope)[..., :, None] * params.W_hh",
         "test_errata_power.test_the_jacobians_of_a_generic_network_are_no_power"),
        ("a term has the state of its own step", "delta[:, :, None] * h[k - 1]",
         "delta[:, :, None] * h[k]", "test_errata_bound.test_the_share_of_the_long_lags_need_not_fall",
         {"T": 20, "share": 9 / 19}),
        ("an exponent counts in powers of two", "total += np.log(np.abs(np.diag(R)))",
         "total += np.log2(np.abs(np.diag(R)))",
         "test_errata_bound.test_the_exponent_may_depend_on_the_start"),
    ),
]  # fmt: skip
