"""Recurrent neural networks in NumPy: the equations of the book, and an engine that computes them fast.

`equations` holds the report's equations (1) to (21) as functions that read like the page. Everything else is
the engine, which is tested equal to them. Parameters and gradients are both an immutable `RNNParams`; arrays
have time first; losses and log-norms are in nats.

The plain network and all that is about it is found here by name. The other models and their tasks are
packages of their own: `gated` (LSTM, GRU), `residual` (stacks with skip connections), `tasks` (adding, copy
memory, temporal order, embedded Reber), `cliff` (the loss of one unit) and `point_process`.
"""

from . import cliff, equations, gated, point_process, residual, tasks
from .activations import IDENTITY, RELU, SIGMOID, TANH, Activation, linear, relu, tanh_with_gain
from .checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from .descent import (
    AdamState,
    Batch,
    History,
    adam_init,
    adam_step,
    clip_by_global_norm,
    global_norm,
    sgd_step,
    train,
)
from .grammar import Grammar, agreement_grammar, entropy_rate, sample_grammar, stationary_distribution
from .jacobian import (
    decay_rate,
    lag_below,
    lag_contributions,
    log_norm_bound,
    lyapunov_exponents,
    norm_bound,
    product_log_norms,
    spectral_norm,
    spectral_radius,
    step_jacobians,
)
from .losses import cross_entropy, squared_error
from .markov import (
    MarkovModel,
    fit_markov,
    markov_conditional,
    markov_log_probs,
    markov_parameter_count,
    sample_markov,
    unseen_contexts,
)
from .params import RNNParams, init_params, nonnormal_parts, recurrent_matrix
from .rnn import (
    Backpropagation,
    Trace,
    backpropagate,
    backpropagate_outputs,
    bptt,
    forward,
    truncated_bptt,
)
from .text import Vocabulary, example_corpus, next_symbol_batches, next_symbol_pair, one_hot, read_text

__all__ = [
    "IDENTITY",
    "RELU",
    "SIGMOID",
    "TANH",
    "Activation",
    "AdamState",
    "Backpropagation",
    "Batch",
    "Checkpoint",
    "Grammar",
    "History",
    "MarkovModel",
    "RNNParams",
    "Trace",
    "Vocabulary",
    "adam_init",
    "adam_step",
    "agreement_grammar",
    "backpropagate",
    "backpropagate_outputs",
    "bptt",
    "cliff",
    "clip_by_global_norm",
    "cross_entropy",
    "decay_rate",
    "entropy_rate",
    "equations",
    "example_corpus",
    "fit_markov",
    "forward",
    "gated",
    "global_norm",
    "init_params",
    "lag_below",
    "lag_contributions",
    "linear",
    "load_checkpoint",
    "log_norm_bound",
    "lyapunov_exponents",
    "markov_conditional",
    "markov_log_probs",
    "markov_parameter_count",
    "next_symbol_batches",
    "next_symbol_pair",
    "nonnormal_parts",
    "norm_bound",
    "one_hot",
    "point_process",
    "product_log_norms",
    "read_text",
    "recurrent_matrix",
    "relu",
    "residual",
    "sample_grammar",
    "sample_markov",
    "save_checkpoint",
    "sgd_step",
    "spectral_norm",
    "spectral_radius",
    "squared_error",
    "stationary_distribution",
    "step_jacobians",
    "tanh_with_gain",
    "tasks",
    "train",
    "truncated_bptt",
    "unseen_contexts",
]
