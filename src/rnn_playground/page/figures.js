// Written by experiments/playground.py: how many seeds learnt it, how many diverged, median of the updates.
export const FIGURES = {
};
