"""Fits the weights of digest/notes/figures/weights.py to the open stories of notes/, and prints that module.

    python -m tests.quality.fit_figures > weights.py

A logistic regression over pairs of rival figures (Newton's method; a ridge on signals of unit variance). With `--folds` it
prints how well the weights do on stories that were left out of their fitting instead, ten at a time.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from digest.evaluate.notes import Counts, count, told
from digest.model import Relation
from digest.notes.figures import FiguresNoter, sides, weighed
from digest.notes.figures.around import Figure, Report
from digest.notes.figures.said import stated
from digest.notes.figures.sides import laid_beside
from digest.notes.figures.weighed import Signs, signals
from digest.settings import NotesTable

RIDGE = 20.0  # of 3 to 100, what was best on stories left out
FOLDS = 10
KINDS = ("differ", "updated", "agree", "told apart")
STORIES = Path(__file__).parent / "notes"
HEAD = '''"""What each signal of `weighed.signals` weighs; made by `python -m tests.quality.fit_figures`, never by hand.

A logistic regression over {pairs:,} pairs of rival figures ({same} of them of one thing) of the {stories} open stories of
tests/quality/notes.
"""

from __future__ import annotations

BIAS = {bias:.3f}
WEIGHTS = {{
{rows}
}}'''
Numbers = NDArray[np.float64]


def pairs(story: dict[str, Any]) -> tuple[Signs, list[bool]]:
    """The signals of every pair of rival figures, and whether they are labelled as of one thing."""
    made = told(story, NotesTable(noters=[]))
    rivals = laid_beside([Report(tuple(map(Figure, stated(member)))) for member in made.members if member.relation is not Relation.COPY])
    groups = [group["spans"] for kind in ("differ", "updated", "agree") for group in story[kind]]
    same = [any(_within(one, spans) and _within(two, spans) for spans in groups) for one, two in rivals.pairs]
    return signals(rivals), same


def _within(one: Figure, spans: list[dict[str, str]]) -> bool:
    article, quantity = one.said.article, one.said.quantity
    for span in spans:
        start = article.text.find(span["text"])
        if article.id == span["article"] and quantity.start < start + len(span["text"]) and start < quantity.end:
            return True
    return False


def fitted(signs: Numbers, same: Numbers) -> tuple[float, Numbers]:
    """Bias and weights of a logistic regression with a ridge on signals of unit variance."""
    middle, spread = signs.mean(0), signs.std(0)
    spread[spread == 0] = 1
    rows = np.hstack([np.ones((len(signs), 1)), (signs - middle) / spread])
    ridge = np.diag([0.0, *np.full(signs.shape[1], RIDGE)])
    found = np.zeros(rows.shape[1])
    for _ in range(30):
        sure = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (same - sure) - ridge @ found
        found += np.linalg.solve((rows * (sure * (1 - sure))[:, None]).T @ rows + ridge, slope)
    weights = found[1:] / spread
    return float(found[0] - weights @ middle), weights


def _files() -> list[Path]:
    return sorted(file for folder in ("", "news", "recent") for file in (STORIES / folder).glob("*.json"))


def main() -> None:
    """Print the module of weights, or the precision and recall on stories left out."""
    stories = [json.loads(file.read_bytes()) for file in _files()]
    found = [pairs(story) for story in stories]
    names = sorted(found[0][0])
    signs = np.vstack([np.column_stack([signal[name] for name in names]) for signal, _ in found]).astype(float)
    same = np.array([label for _, labels in found for label in labels], dtype=float)
    if "--folds" in sys.argv:
        _left_out(np.repeat(np.arange(len(stories)), [len(labels) for _, labels in found]) % FOLDS, names, signs, same)
        return
    bias, weights = fitted(signs, same)
    rows = "\n".join(f'    "{name}": {weight:.3f},' for name, weight in zip(names, weights, strict=True))
    print(HEAD.format(pairs=len(same), same=int(same.sum()), stories=len(stories), bias=bias, rows=rows))


def _left_out(fold: NDArray[np.int64], names: list[str], signs: Numbers, same: Numbers) -> None:
    """What the notes come to on the stories of each fold, by weights that were fitted to the others: all the way from text to note."""
    models = [fitted(signs[fold != number], same[fold != number]) for number in range(FOLDS)]
    read = [(file.parent.name, json.loads(file.read_bytes())) for file in _files()]
    told_stories = [(folder, labels, told(labels, NotesTable(noters=[]))) for folder, labels in read]
    for sure in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
        of = {folder: Counts() for folder in ("notes", "news", "recent")}
        for number, (folder, labels, story) in enumerate(told_stories):
            bias, weights = models[number % FOLDS]
            with (
                patch.multiple(weighed, BIAS=bias, WEIGHTS=dict(zip(names, weights.tolist(), strict=True))),
                patch.object(sides, "SURE", sure),
            ):
                count(str(number), labels, replace(story, notes=tuple(FiguresNoter().notes(story))), of[folder])
        for folder, counts in of.items():
            scores = ((kind, counts[kind].score()) for kind in KINDS)
            print(
                f"{folder} from {sure}: {', '.join(f'{kind} {one.precision:.3f} / {one.recall:.3f}' for kind, one in scores)}", flush=True
            )


if __name__ == "__main__":
    main()
