"""The book's exercises, as far as a page can judge them: questions, answers, named mistakes, hints.

Everything is computed here, once: the page, the problem sheets and the tests take it from here.
"""

from rnn_exercises.collection import all_exercises, find
from rnn_exercises.judging import Verdict, judge

__all__ = ["Verdict", "all_exercises", "find", "judge"]
