"""What each signal of `weighed.signals` weighs; made by `python -m tests.quality.fit_figures`, never by hand.

A logistic regression over 2,027 pairs of rival figures (326 of them of one thing) of the 193 open stories of
tests/quality/notes.
"""

from __future__ import annotations

BIAS = 0.553
WEIGHTS = {
    "bare": 1.003,
    "clause": -0.179,
    "clause, unsaid": 3.281,
    "few": -0.530,
    "foreign": -0.205,
    "head": 0.500,
    "large": 0.243,
    "last year: one": 0.000,
    "later": -3.203,
    "matched": -1.649,
    "maybe: both": 1.689,
    "maybe: one": -1.026,
    "noun one": -1.290,
    "noun same": 2.683,
    "now: one": 0.758,
    "of duration": 0.251,
    "of length": 1.289,
    "of mass": 1.440,
    "of money": -2.399,
    "of percent": -1.132,
    "of points": -3.652,
    "only": -0.751,
    "only, unsaid": 0.838,
    "others": -0.245,
    "ratio": -0.767,
    "ratio squared": -0.460,
    "ratio, unsaid": -1.292,
    "rivals": -0.272,
    "role decides": 1.186,
    "role none": -0.707,
    "role other": -0.368,
    "role same": 1.818,
    "scope": -0.305,
    "sentence": 1.808,
    "sentence, unsaid": 5.087,
    "sole": 0.730,
    "sooner": -0.626,
    "title": -0.251,
    "which": -0.957,
}
