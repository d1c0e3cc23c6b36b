# The cliff: the loss of one unit along its recurrent weight
import matplotlib.pyplot as plt
import numpy as np

from rnn_core.cliff import cliff_loss

w = np.linspace(3, 6, 400)
fig, ax = plt.subplots()
ax.plot(w, cliff_loss(w, np.full_like(w, -2.2)))
ax.set(xlabel="w", ylabel="loss")
plt.show()
