# A small network learns to write
import numpy as np

from rnn_core import Vocabulary, example_corpus, init_params, next_symbol_batches, train

text = example_corpus()
symbols = Vocabulary.of(text)
k = len(symbols)
rng = np.random.default_rng(5)
params = init_params(k, 32, k, rng=rng)
batches = next_symbol_batches(symbols.encode(text), k, T=20, B=8, updates=200, rng=rng)
params, history = train(params, batches, 0.01, clip=1.0, optimizer="adam", progress=True)
print(f"loss at first {history.loss[:20].mean():.2f} nats, at last {history.loss[-20:].mean():.2f} nats")
