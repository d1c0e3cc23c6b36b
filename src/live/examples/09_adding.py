# The adding task: what the network is shown, and what a guess costs
import numpy as np

from rnn_core.tasks import adding, adding_baseline

batch = adding(8, 1, rng=np.random.default_rng(8))
print(batch.x[:, 0].round(2))
print("target", batch.targets.ravel())
print("mean squared error of always answering one:", adding_baseline())
