"""Deliberate errors in the one-unit network, each with the test that must fail."""

import math

from .mutant import mutants_of

PLACE = {"w": -2.3, "b": 0.8, "T": 9, "h0": 0.31, "target": 0.45}
FIGURE = {"T": 50, "h0": 1 / (1 + math.exp(-0.5)), "target": 0.7}

MUTANTS = [
    *mutants_of(
        "cliff.py",
        ("one step too many", 'range(positive_int("T", T))', 'range(positive_int("T", T) + 1)',
         "test_cliff.test_loss", PLACE),
        ("loss with a factor ½", '(h - finite_number("target", target)) ** 2',
         '(h - finite_number("target", target)) ** 2 / 2', "test_cliff.test_loss", PLACE),
        ("h0 instead of σ(1/2) taken as 1/2", "H0 = float(SIGMOID.value(0.5))", "H0 = 0.5",
         "test_cliff.test_defaults_are_those_of_figure_6"),
        ("slope at the state before", "slope = SIGMOID.slope(h_next)", "slope = SIGMOID.slope(h)",
         "test_cliff.test_gradient_by_the_complex_step", PLACE),
        ("immediate derivative only", "slope * (h + w * h_w)", "slope * h",
         "test_cliff.test_the_engine_says_the_same"),
        ("immediate derivative of the step after", "slope * (h + w * h_w)", "slope * (h_next + w * h_w)",
         "test_cliff.test_gradient_by_central_differences", PLACE),
        ("bias without the recurrent path", "slope * (1.0 + w * h_b)", "slope * 1.0",
         "test_cliff.test_gradient_on_the_edge_is_a_geometric_series"),
        ("derivatives swapped", "grad_w, grad_b = slope * h_w, slope * h_b",
         "grad_w, grad_b = slope * h_b, slope * h_w", "test_cliff.test_the_engine_says_the_same"),
        ("edge without the weight", '- real_array("w", w) * h0', '- 0 * real_array("w", w) * h0',
         "test_cliff.test_the_edge_parts_the_plane"),
        ("clipped where it should not be", "if clip is not None:", "clip = clip or 0.2\n        if True:",
         "test_cliff.test_descent", {**FIGURE, "clip": None}),
        ("not clipped", 'grads, _ = clip_gradient("clip", grads, clip)', "pass", "test_cliff.test_descent",
         {**FIGURE, "clip": 0.2}),
        ("norm after clipping", "grads = _Weights(*cliff_gradient(*weights, T, h0=h0, target=target))",
         "grads = _Weights(*cliff_gradient(*weights, T, h0=h0, target=target))\n"
         "        grads = grads if clip is None else clip_gradient('clip', grads, clip)[0]",
         "test_cliff.test_descent", {**FIGURE, "clip": 0.2}),
        ("descent with the usual T", "*cliff_gradient(*weights, T, h0=h0, target=target)",
         "*cliff_gradient(*weights, 50, h0=h0, target=target)", "test_cliff.test_descent",
         {"clip": None, "T": 13, "h0": 0.58, "target": 0.66}),
    ),
]  # fmt: skip
