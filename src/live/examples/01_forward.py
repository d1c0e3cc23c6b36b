# A network reads a text: states and probabilities
import numpy as np

from rnn_core import Vocabulary, forward, init_params, one_hot

text = "a network reads"
symbols = Vocabulary.of(text)
k = len(symbols)
params = init_params(k, 8, k, rng=np.random.default_rng(0))
trace = forward(params, one_hot(symbols.encode(text), k))
print("states, one for each time from 0:", trace.h.shape)
print("probabilities after the last symbol:", trace.y[-1].round(3))
