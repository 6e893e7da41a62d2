"""Sources that always brought something, and now bring nothing: the failure that nobody notices by himself."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from digest.model import QUIET, Failure

ISSUES = 3  # issues looked back on
_FEWEST = 2  # of them there must be, for "always" to mean anything


def silent(
    feeds: Sequence[str], brought: Collection[str], failed: Collection[str], earlier: Sequence[Collection[str]]
) -> tuple[Failure, ...]:
    """A Failure for each of `feeds` that brought nothing now, did not fail, and was in all `earlier` issues.

    `brought` and `earlier` hold the names of the sources of the articles, of this issue and of the last ones.
    """
    if len(earlier) < _FEWEST:
        return ()
    cause = f"{QUIET}: nothing new, though each of the last {len(earlier)} issues had something of it"
    fix = "look whether it still is where it was; a source can die without an error"
    return tuple(
        Failure(name, "", cause, fix)
        for name in feeds
        if name not in brought and name not in failed and all(name in names for names in earlier)
    )
