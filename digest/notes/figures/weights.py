"""What each signal of `weighed.signals` weighs; made by `python -m tests.quality.fit_figures`, never by hand.

A logistic regression over 2,260 pairs of rival figures (331 of them of one thing) of the 193 open stories of
tests/quality/notes.
"""

from __future__ import annotations

BIAS = 0.462
WEIGHTS = {
    "bare": 0.702,
    "clause": 0.664,
    "clause, unsaid": 3.112,
    "few": -0.619,
    "foreign": -0.232,
    "head": 0.559,
    "large": 0.289,
    "last year: one": -1.666,
    "later": -3.172,
    "later, decided": 0.908,
    "matched": -2.131,
    "matched, decided": 1.516,
    "maybe: both": 1.472,
    "maybe: one": -0.917,
    "noun one": -1.228,
    "noun same": 3.322,
    "now: one": 0.673,
    "of duration": 0.522,
    "of length": 1.419,
    "of mass": 1.577,
    "of money": -2.457,
    "of percent": -0.877,
    "of points": -3.569,
    "only": -0.505,
    "only, unsaid": 0.631,
    "others": -0.367,
    "others, decided": 0.306,
    "ratio": -1.366,
    "ratio squared": -0.775,
    "ratio, decided": 2.190,
    "ratio, unsaid": -0.470,
    "rivals": 0.054,
    "rivals, decided": -2.267,
    "role decides": 0.040,
    "role none": -0.689,
    "role other": -1.168,
    "role same": 1.881,
    "scope": -0.424,
    "sentence": 0.710,
    "sentence, decided": 0.773,
    "sentence, unsaid": 5.498,
    "sole": 0.823,
    "sooner": -0.557,
    "title": -0.333,
    "which": -0.803,
    "which, decided": -0.973,
}
