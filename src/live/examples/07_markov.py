# A Markov model of the same text, of order 3, writes
import numpy as np

from rnn_core import Vocabulary, example_corpus, fit_markov, sample_markov

text = example_corpus()
symbols = Vocabulary.of(text)
model = fit_markov(symbols.encode(text), len(symbols), order=3)
codes = sample_markov(model, 300, rng=np.random.default_rng(6))
print(symbols.decode(codes))
