"""Gated cells: the LSTM and the GRU with a linear output, and their full backpropagation through time."""

from .gru import GRUBackpropagation, GRUTrace, gru_backpropagate, gru_bptt, gru_forward
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
    "init_gru",
    "init_lstm",
    "lstm_backpropagate",
    "lstm_bptt",
    "lstm_forward",
]
