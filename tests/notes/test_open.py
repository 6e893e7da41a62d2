"""Rival counts of one thing that no role aligns, and the guards that keep them silent."""

from __future__ import annotations

import pytest

from tests.notes.test_figures import lines

RIVALS = [
    ("Police counted 1,850 tractors on the ring road in Halden.", "With 3,000 tractors the farmers moved into Halden."),
    ("The doctor of Tull wrote 430 false prescriptions.", "The doctor of Tull filled in no fewer than 610 forms."),
    ("The fire in Halden broke out at 2.10 a.m.", "The fire broke out in Halden at 3.15 a.m., police said."),
    ("Police in Halden seized 64 kilos of cocaine.", "In Halden 46 kilos of cocaine were found, police said."),
    ("The bridge at Halden was opened in 1968.", "The bridge at Halden was completed in 1974, police said."),
    ("Last year 46,200 applications were lodged in Ardenia.", "Ardenia saw 41,500 applications in the past year, the council says."),
]
APART = [
    ("Firemen pumped out 140 cellars in Halden.", "Throughout the district of Halden 310 cellars were pumped out."),
    ("Police counted 1,850 tractors in Halden.", "Police in Brannoch counted 3,000 tractors, and more on the way to Halden."),
    ("Police counted 1,850 tractors in Halden.", "More than 1,500 tractors came to Halden, police said."),
    ("Police counted 1,850 tractors in Halden.", "Each year 9,000 tractors are sold in Halden, police said."),
    ("Of the 221 people on board 198 lived, the coastguard said.", "There were 221 people on board the ferry."),
    ("Police counted 142 passengers and six passengers of the crew in Halden.", "Police counted 148 passengers in Halden."),
    ("There were 168 passengers on the ferry at Halden.", "All 174 people on the ferry at Halden, including six crew members, are well."),
    ("Four people, including the gunman, were killed in Halden.", "Three people were killed in Halden, police said."),
    ("Farmers in Halden took 2,000 sheep to safety.", "In Halden 350 people were taken to safety."),
    ("The firm will shed 600 of its 1,900 workers in Halden.", "The firm is cutting 2,400 jobs, it said in Halden."),
]


@pytest.mark.parametrize("texts", RIVALS)
def test_rival_counts_of_one_thing_differ(texts: tuple[str, str]) -> None:
    assert [kind for kind, _ in lines(*texts)] == ["differ"]


@pytest.mark.parametrize("texts", APART)
def test_counts_of_another_whole_are_not_laid_side_by_side(texts: tuple[str, str]) -> None:
    assert [kind for kind, _ in lines(*texts) if kind != "agree"] == []
