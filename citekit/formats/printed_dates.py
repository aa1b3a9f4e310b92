"""Dates as people type them into the field of a reference manager: "March 5, 1983", "Frühjahr 1950", "um 1790"."""

from __future__ import annotations

from typing import Any

from citekit.formats.dates import csl_date

__all__ = ["printed_date"]


def printed_date(printed: str) -> tuple[dict[str, Any], str | None]:
    """A CSL date, and its EDTF where date-parts cannot say all of it (as `citekit.formats.dates.csl_date`).

    What is no ISO 8601 is read as the date of a note is. What has more to say than a date (a reprint, a letter behind
    the year, "n.d.") stays words: `{"raw": …}`.
    """
    from citekit.citations.dating import read_date

    plain = printed.strip()
    date, exact = csl_date(plain)
    if date != {"raw": plain}:
        return date, exact
    dated = read_date(plain)
    if dated.edtf and not (dated.unread or dated.original or dated.suffix or dated.status):
        return csl_date(dated.edtf)
    return date, exact
