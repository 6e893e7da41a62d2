"""Times of day, years and floors are measures of their own."""

from __future__ import annotations

import pytest

from digest.notes.quantities import read

MOMENTS = [
    ("It began at 9:40 sharp.", "en", "clock", (580, 580)),
    ("It struck the bank at 9.40pm.", "en", "clock", (580, 580)),
    ("The fire started at about 3.15 a.m.", "en", "clock", (180, 210)),
    ("They broke in shortly before four.", "en", "clock", (210, 240)),
    ("They broke in just after 2am.", "en", "clock", (120, 150)),
    ("It hit the sand at a quarter past ten.", "en", "clock", (615, 615)),
    ("It fell at around five in the morning.", "en", "clock", (285, 315)),
    ("Gegen 6.15 Uhr brach der Damm.", "de", "clock", (360, 390)),
    ("Um 9 Uhr 20 war es hell.", "de", "clock", (560, 560)),
    ("El temblor se sintió a las 04.12 de la madrugada.", "es", "clock", (252, 252)),
    ("It was built in 1978.", "en", "year", (1978, 1978)),
    ("The first trains run in December 2031.", "en", "year", (2031, 2031)),
    ("Die Inbetriebnahme ist für 2036 vorgesehen.", "de", "year", (2036, 2036)),
    ("It broke out on the fourth floor.", "en", "floor", (4, 4)),
    ("Es brannte im dritten Stock.", "de", "floor", (3, 3)),
]


@pytest.mark.parametrize(("text", "language", "dimension", "interval"), MOMENTS)
def test_a_moment_is_read(text: str, language: str, dimension: str, interval: tuple[float, float]) -> None:
    (found,) = read(text, language, 2026)
    assert found.dimension == dimension
    assert (found.amount.low, found.amount.high) == interval


@pytest.mark.parametrize(
    "text",
    [
        "By eight o'clock this morning nothing was known.",  # when somebody counted
        "Nothing was known until 5.20 pm.",
        "In 2026 nothing like it was seen.",  # the report's own year
        "Nothing like it was seen since 2014.",
        "Nothing like it will be seen by 2035.",
    ],
)
def test_what_says_when_a_report_speaks_is_none(text: str) -> None:
    assert read(text, "en", 2026) == ()
