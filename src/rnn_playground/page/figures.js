// Written by experiments/playground.py: seeds that learnt, that diverged; median of the updates.
export const FIGURES = {};
