"""Many draws of a Markov model have its frequencies; test_markov has what each draw is made from."""

import numpy as np

from rnn_core.markov import fit_markov, markov_conditional, sample_markov

from .test_markov import TEXT, K


def test_samples_have_the_models_frequencies():
    model = fit_markov(TEXT, K, 1)
    drawn = sample_markov(model, 20_000, rng=np.random.default_rng(5), start=[2])
    for s in range(K):
        after = drawn[1:][drawn[:-1] == s]
        frequency = np.bincount(after, minlength=K) / len(after)
        np.testing.assert_allclose(frequency, markov_conditional(model, [s]), atol=0.05)
