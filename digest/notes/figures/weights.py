"""What each signal of `weighed.signals` weighs; made by `python -m tests.quality.fit_figures`, never by hand.

A logistic regression over 2,260 pairs of rival figures (331 of them of one thing) of the 193 open stories of
tests/quality/notes.
"""

from __future__ import annotations

BIAS = 0.364
WEIGHTS = {
    "bare": 0.887,
    "clause": -0.273,
    "clause, unsaid": 4.030,
    "few": -0.453,
    "foreign": -0.150,
    "head": 0.524,
    "large": 0.278,
    "last year: one": -1.461,
    "later": -3.149,
    "matched": -1.614,
    "maybe: both": 1.527,
    "maybe: one": -1.001,
    "noun one": -1.174,
    "noun same": 2.786,
    "now: one": 0.677,
    "of duration": 0.403,
    "of length": 1.451,
    "of mass": 1.444,
    "of money": -2.475,
    "of percent": -0.947,
    "of points": -3.657,
    "only": -0.765,
    "only, unsaid": 1.009,
    "others": -0.276,
    "ratio": -0.737,
    "ratio squared": -0.505,
    "ratio, unsaid": -1.263,
    "rivals": -0.192,
    "role decides": 1.290,
    "role none": -0.707,
    "role other": -1.176,
    "role same": 1.805,
    "scope": -0.338,
    "sentence": 1.845,
    "sentence, unsaid": 4.678,
    "sole": 0.776,
    "sooner": -0.675,
    "title": -0.362,
    "which": -0.902,
}
