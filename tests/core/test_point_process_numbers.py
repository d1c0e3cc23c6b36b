"""Processes and distributions keep their parameters as Python's floats, of whatever type they came."""

import numpy as np
import pytest

PARAMETERS = [
    ("Poisson", {"rate": 3}),
    ("InhomogeneousPoisson", {"bound": 3}),
    ("Hawkes", {"mu": 3}),
    ("SelfCorrecting", {"mu": 3, "alpha": 2}),
    ("LogNormal", {"mu": -1, "sigma": 2}),
    ("Gamma", {"shape": 3, "rate": 2}),
    ("Weibull", {"shape": 3, "scale": 2}),
]


@pytest.mark.parametrize("to", [int, np.int16, np.float32])
@pytest.mark.parametrize(("name", "parameters"), PARAMETERS)
def test_parameters_become_floats(core, name, parameters, to):
    rest = {
        "Hawkes": {"alpha": 0.4, "beta": 1.7},
        "InhomogeneousPoisson": {"rate": np.abs, "cumulative": np.square},
    }.get(name, {})
    given = {key: to(value) for key, value in parameters.items()}
    made = getattr(core.point_process, name)(**given, **rest)
    for key, value in parameters.items():
        kept = getattr(made, key)
        assert type(kept) is float
        assert kept == value


@pytest.mark.parametrize("to", [np.float32, int])
def test_sequences_become_tuples_of_floats(core, to):
    hawkes = core.point_process.Hawkes(0.7, np.array([0, 2], to), [to(3), to(5)])
    steps = core.point_process.PiecewisePoisson(np.array([1, 4], to), [to(2), to(0), to(6)])
    expected = ((0.0, 2.0), (3.0, 5.0), (1.0, 4.0), (2.0, 0.0, 6.0))
    kept = (hawkes.alpha, hawkes.beta, steps.changes, steps.rates)
    assert kept == expected
    assert {type(number) for numbers in kept for number in numbers} == {float}
