"""Which archived copy can stand for a page that is gone. Pure; nothing is written without the user's word.

A copy is proposed when it was looked at and is good. One that has drifted from the page as it was seen later is
proposed where it is closer to the day on which the author read the page: that is what was cited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from citekit.archive.archives import LOCAL
from citekit.archive.memento_policy import MementoJudgement, MementoVerdict
from citekit.archive.mementos import Memento, Period
from citekit.archive.policy import Verdict

__all__ = ["URL_STATUS", "Rescue", "best_copy"]

URL_STATUS = {
    Verdict.DEAD: "dead",
    Verdict.SOFT_404: "dead",
    Verdict.DRIFTED: "deviated",
    Verdict.PARKED: "usurped",
}
"""The word for `url-status` (Wikipedia, Template:Citation Style 1) that a verdict on a link gives.

What is live, blocked or uncertain needs no rescue, or cannot be said to.
"""
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rescue:
    """A proposal: what a work would say of the copy of its page.

    Attributes:
        key: the work's citation key.
        url: of the page that is gone.
        verdict: on the link.
        reason: why that verdict.
        archive_url: of the copy.
        archive_date: the day of archiving, EDTF.
        url_status: dead, deviated or usurped.
        wanted: the day on which the author read the page, as stated; None where not.
        copy_verdict: on the copy.
        copy_reason: why that verdict.
    """

    key: str
    url: str
    verdict: Verdict
    reason: str
    archive_url: str
    archive_date: str
    url_status: str
    wanted: str | None
    copy_verdict: MementoVerdict
    copy_reason: str

    def fields(self) -> dict[str, str]:
        """The fields of the work that accepting it sets."""
        return {
            "archive-url": self.archive_url,
            "archive-date": self.archive_date,
            "url-status": self.url_status,
        }

    def to_json(self) -> dict[str, Any]:
        """As `citekit rescue --json` prints it (docs/schema/rescue.json)."""
        return {
            "work": self.key,
            "url": self.url,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "accessed": self.wanted,
            **self.fields(),
            "copy": {"verdict": self.copy_verdict.value, "reason": self.copy_reason},
        }


def best_copy(
    copies: Iterable[tuple[Memento, MementoJudgement]], wanted: Period | None, seen_well: datetime | None = None
) -> tuple[Memento, MementoJudgement] | None:
    """The copy to propose; None where none can be vouched for.

    Args:
        copies: of one page, each with the verdict on it.
        wanted: the day on which the author read the page; where that is not known, the latest good copy is the best.
        seen_well: when the page itself was last seen well, which is what a drifted copy has drifted from.
    """

    found = []
    for memento, judged in copies:
        moment = memento.moment
        if moment is None or memento.archive in (LOCAL, "archive.today"):
            continue
        good = judged.verdict is MementoVerdict.GOOD
        if judged.verdict is MementoVerdict.DRIFTED and wanted is not None and seen_well is not None:
            good = wanted.distance(moment) < wanted.distance(seen_well)
        if good:
            far = wanted.distance(moment) if wanted is not None else _LATEST - moment
            found.append((far, moment, (memento, judged)))
    best = min(found, key=lambda one: one[:2], default=None)
    return best[-1] if best else None
