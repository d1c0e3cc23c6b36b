# Strings of the embedded Reber grammar
import numpy as np

from rnn_core.tasks import is_embedded_reber, sample_embedded_reber

for string in sample_embedded_reber(5, rng=np.random.default_rng(7)):
    print(string, is_embedded_reber(string), is_embedded_reber(string[::-1]))
