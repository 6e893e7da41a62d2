"""Which time an issue speaks for, what it is called, and which articles are fresh enough for it.

The one definition that everything uses. A window is half-open, `opens <= t < closes`; it opens
where the last issue closed, so that no moment is in two windows or in none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from digest.model import Article, LeftOut, Window

_PERIODS = {"daily": timedelta(days=1), "weekly": timedelta(days=7), "monthly": timedelta(days=30)}


def window(period: str, closes: datetime, last_closed: datetime | None) -> Window:
    """The window that closes at `closes`; the first one of a newsroom is one period long."""
    opens = last_closed if last_closed and last_closed < closes else closes - _PERIODS[period]
    return Window(opens, closes)


def name_of(period: str, closes: datetime, zone: tzinfo) -> str:
    """The id of the issue that closes then: `2026-W47`, `2026-11-22` or `2026-11`."""
    local = closes.astimezone(zone)
    year, week, _ = local.isocalendar()
    return {"daily": f"{local:%Y-%m-%d}", "weekly": f"{year}-W{week:02}", "monthly": f"{local:%Y-%m}"}[period]


def corrected(name: str, taken: Sequence[str]) -> str:
    """`name`, or with `.2`, `.3`, … behind it: the first that is not taken."""
    number, found = 2, name
    while found in taken:
        found = f"{name}.{number}"
        number += 1
    return found


def fresh(articles: Sequence[Article], closes: datetime, max_age: timedelta) -> tuple[tuple[Article, ...], tuple[LeftOut, ...]]:
    """The articles that may be shown, and those that are too old for it, with the reason."""
    shown, old = [], []
    for article in articles:
        if article.published is not None and closes - article.published > max_age:
            old.append(LeftOut(article, f"published more than {max_age.days} days before the issue closed (max_age)"))
        else:
            shown.append(article)
    return tuple(shown), tuple(old)
