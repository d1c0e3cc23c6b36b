"""Gated cells: LSTM and GRU with a linear output, gradients, Jacobians and conversion of weights."""

from .convert import (
    gru_from_keras,
    gru_from_torch,
    gru_to_keras,
    gru_to_torch,
    lstm_from_keras,
    lstm_from_torch,
    lstm_to_keras,
    lstm_to_torch,
)
from .gru import GRUBackpropagation, GRUTrace, gru_backpropagate, gru_bptt, gru_forward
from .jacobian import gru_step_jacobians, lstm_cell_path, lstm_step_jacobians
from .lstm import LSTMBackpropagation, LSTMTrace, lstm_backpropagate, lstm_bptt, lstm_forward
from .params import GRUParams, LSTMParams, init_gru, init_lstm

__all__ = [
    "GRUBackpropagation",
    "GRUParams",
    "GRUTrace",
    "LSTMBackpropagation",
    "LSTMParams",
    "LSTMTrace",
    "gru_backpropagate",
    "gru_bptt",
    "gru_forward",
    "gru_from_keras",
    "gru_from_torch",
    "gru_step_jacobians",
    "gru_to_keras",
    "gru_to_torch",
    "init_gru",
    "init_lstm",
    "lstm_backpropagate",
    "lstm_bptt",
    "lstm_cell_path",
    "lstm_forward",
    "lstm_from_keras",
    "lstm_from_torch",
    "lstm_step_jacobians",
    "lstm_to_keras",
    "lstm_to_torch",
]
