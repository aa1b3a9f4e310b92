"""From what was seen at an archived copy to a verdict on it: one stated policy, pure and without memory.

The rules in their order, for the latest observation of a memento (docs/explanation/archiving.md says why):

1. it leads to a copy of another address, or out of the archive, as the page itself did: of-a-redirect;
2. the archive could not be reached, or asks to come later: uncertain;
3. the archive does not show copies of this page: blocked;
4. the copy's own status is 4xx or 5xx, or its words are those of an error page, an offer of the name, a wall:
   of-an-error-page; without `Memento-Datetime` status and words are the archive's own: missing (404, words of an error
   page), blocked (403), not-playable (5xx), uncertain (a wall);
5. an answer without content, a loop, an error of the archive's player: not-playable;
6. its `Memento-Datetime` is not that of its address: wrong-date;
7. few of its words are those of the page when that was seen well: drifted;
8. else good.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from citekit.archive.exchange import FailureKind
from citekit.archive.indexes import moment_of_header
from citekit.archive.link_format import read_header
from citekit.archive.mementos import Period, ReplayAddress, page_of, replay_address
from citekit.archive.observation import Observation, Sign
from citekit.archive.policy import DEFAULT_POLICY, Policy, likeness
from citekit.archive.wrappers import memento_moment

__all__ = [
    "DATE_TOLERANCE",
    "FIRST_ARCHIVES",
    "MementoJudgement",
    "MementoVerdict",
    "Warned",
    "WarningCode",
    "judge_memento",
    "period_of_stamp",
    "warnings_of",
]

DATE_TOLERANCE = timedelta(days=1)  # an archive may show the nearest copy; within a day it is the one that was meant
FIRST_ARCHIVES = datetime(1996, 1, 1, tzinfo=UTC)  # no web archive has a copy from before
_UNCERTAIN = {
    *(FailureKind.TIMEOUT, FailureKind.RESET, FailureKind.REFUSED, FailureKind.DNS, FailureKind.TLS),
    FailureKind.OFFLINE,
}
_LATER = {408, 425, 429, 503}
_ERROR_PAGE = (Sign.ERROR_TITLE, Sign.ERROR_HEADING, Sign.ERROR_TEXT, Sign.PARKED_TEXT, Sign.OUT_OF_ORDER)
_WALLS = (Sign.FORBIDDEN, Sign.CHALLENGE, Sign.CONSENT, Sign.SIGN_IN)
_ARCHIVED = ("memento-datetime", "x-archive-orig-date", "x-archive-src")  # headers that only a copy has
_RUNTIME_ERROR = "x-archive-wayback-runtime-error"


class MementoVerdict(StrEnum):
    """What is said of an archived copy."""

    GOOD = "good"
    """It is a copy of the page, of the moment that its address states."""
    WRONG_DATE = "wrong-date"
    """The archive shows a copy of another moment."""
    OF_ERROR_PAGE = "of-an-error-page"
    """A copy of an error page, of an offer of the host's name, or of a wall."""
    OF_REDIRECT = "of-a-redirect"
    """The page led elsewhere when the copy was made."""
    NOT_PLAYABLE = "not-playable"
    """The archive has it and cannot show it; or a capture of our own is damaged."""
    BLOCKED = "blocked"
    """The archive does not show copies of this page."""
    MISSING = "missing"
    """The archive has no such copy."""
    DRIFTED = "drifted"
    """Few of its words are those of the page when that was seen well."""
    UNCERTAIN = "uncertain"
    """It cannot be told yet."""
    UNCHECKED = "unchecked"
    """It was never looked at."""


@dataclass(frozen=True, slots=True)
class MementoJudgement:
    """A verdict on a memento and what it rests on.

    Attributes:
        verdict: what is said.
        reason: why, in a few words.
        checked_at: the observation that it rests on.
        moment: that the archive states of what it showed; None where it states none.
        resemblance: the share of words that it has in common with the page as last seen well; None: not compared.
    """

    verdict: MementoVerdict
    reason: str
    checked_at: datetime | None = None
    moment: datetime | None = None
    resemblance: float | None = None


class WarningCode(StrEnum):
    """Something about an archived link that a reader should know, whatever the copy is like."""

    ARCHIVE_TODAY = "archive-today"
    IMPOSSIBLE_DATE = "impossible-date"
    PRINTED_DATE = "printed-date"


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning with its words."""

    code: WarningCode
    message: str


def judge_memento(
    history: Sequence[Observation],
    *,
    url: str,
    page: str,
    moment: datetime | None = None,
    reference: Observation | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> MementoJudgement:
    """The verdict on a memento.

    Args:
        history: its observations, the oldest first.
        url: its address (URI-M).
        page: canonical form of the address of the page that it should be a copy of.
        moment: of which it should be, where its address does not state that.
        reference: the page itself as it was seen well, nearest in time.
        policy: the numbers.
    """
    if not history:
        return MementoJudgement(MementoVerdict.UNCHECKED, "never checked")
    seen = history[-1]
    shown = moment_of_header(seen.headers.get("memento-datetime"))
    share = None
    found = (
        _led_elsewhere(seen) or _failure(seen) or _refusal(seen) or _passes_elsewhere(seen, url, page) or _answer(seen)
    )
    if found is None and shown is not None:
        found = _other_page(seen, page) or _other_date(url, moment, shown)
    if found is None and seen.method == "READ":  # a capture of our own: its file says of when it is
        shown = moment
    if found is None and shown is None:
        found = MementoVerdict.UNCERTAIN, "the archive does not say of when it is"
    if found is None:
        share = likeness(seen, reference, policy)
        found = _compared(seen, reference, share, policy)
    return MementoJudgement(*found, checked_at=seen.observed_at, moment=shown, resemblance=share)


def warnings_of(
    *, archive: str, url: str, stamp: str | None, printed_dates: Iterable[str] = (), now: datetime
) -> tuple[Warned, ...]:
    """What a reader should know of an archived link, whatever its copy is like.

    Args:
        archive: its name.
        url: URI-M.
        stamp: the digits of YYYYMMDDhhmmss that the address states.
        printed_dates: the days (EDTF) on which citations say that the copy was made.
        now: what is later lies in the future.
    """
    found: list[Warned] = []
    if archive == "archive.today":
        words = "altered snapshots were found at archive.today in 2026; cite a copy in another archive"
        found.append(Warned(WarningCode.ARCHIVE_TODAY, words))
    digits = stamp or (parts.stamp if (parts := replay_address(url)) else None)
    period = period_of_stamp(digits) if digits else None
    if digits and period is None:
        found.append(Warned(WarningCode.IMPOSSIBLE_DATE, f"{digits} is no date"))
    elif period is not None and period.end <= FIRST_ARCHIVES:
        found.append(Warned(WarningCode.IMPOSSIBLE_DATE, f"{_day(period.start)}: no web archive is as old"))
    elif period is not None and period.start > now + DATE_TOLERANCE:
        found.append(Warned(WarningCode.IMPOSSIBLE_DATE, f"{_day(period.start)} lies in the future"))
    for printed in dict.fromkeys(printed_dates):
        stated = period_of_stamp(printed.replace("-", "")[:8]) if printed[:4].isdigit() else None
        if stated is None or period is None:
            continue
        apart = max(stated.start - period.end, period.start - stated.end)
        if apart >= DATE_TOLERANCE:  # a day is where two time zones differ
            words = f"printed as archived on {printed}, and the address says {_day(period.start)}"
            found.append(Warned(WarningCode.PRINTED_DATE, words))
    return tuple(found)


def period_of_stamp(stamp: str) -> Period | None:
    """The time that digits of YYYYMMDDhhmmss mean, as far as they go, to the day at the finest; None: no such time."""
    start = memento_moment(stamp)
    if start is None:
        return None
    start = start.replace(hour=0, minute=0, second=0)
    if len(stamp) < 6:
        return Period(start, _month_after(start, 12)) if start.year < 9999 else None
    if len(stamp) < 8:
        return Period(start, _month_after(start, 1)) if start.year < 9999 else None
    return Period(start, start + timedelta(days=1)) if start.year < 9999 else None


Found = tuple[MementoVerdict, str] | None


def _failure(seen: Observation) -> Found:
    if seen.failure is None:
        return None
    words = (seen.message or seen.failure.value).rpartition(": ")[2]
    if seen.failure in _UNCERTAIN:
        return MementoVerdict.UNCERTAIN, words
    if seen.failure is FailureKind.GONE:
        return MementoVerdict.MISSING, words
    return MementoVerdict.NOT_PLAYABLE, words


def _refusal(seen: Observation) -> Found:
    """What the archive's own program says."""
    named = f"{seen.headers.get(_RUNTIME_ERROR, '')} {seen.message or ''}".strip()
    if "AccessControlException" in named:
        return MementoVerdict.BLOCKED, "the archive does not show copies of this page"
    if not named:
        return None
    if "NotInArchive" in named or seen.status == 404:
        return MementoVerdict.MISSING, "the archive has no copy"
    return MementoVerdict.NOT_PLAYABLE, f"the archive cannot show it ({named.partition(':')[0].strip()})"


def _led_elsewhere(seen: Observation) -> Found:
    """Whether the page led elsewhere when it was archived; what is there now says nothing more."""
    if Sign.ARCHIVED_REDIRECT not in seen.signs:
        return None
    return MementoVerdict.OF_REDIRECT, f"the page led elsewhere ({seen.signs[Sign.ARCHIVED_REDIRECT]})"


def _passes_elsewhere(seen: Observation, url: str, page: str) -> Found:
    """Whether the chain passes from a copy of the page to something else."""
    own, page = replay_address(url), page_of(page)
    if own is None:
        return None
    for hop in seen.hops:
        here = replay_address(hop.url)
        if hop.location is None or here is None or here.page != page:
            continue
        target = replay_address(hop.location)
        if target is not None and target.page == page:
            continue  # another moment, or another way to the same copy
        if target is not None:
            return MementoVerdict.OF_REDIRECT, f"the page led to {target.original}"
        if _host(hop.location) == _host(hop.url):
            return MementoVerdict.MISSING, "the archive leads to another page of its own"
        return MementoVerdict.OF_REDIRECT, f"the page led to {hop.location}"
    return None


def _answer(seen: Observation) -> Found:
    status = seen.status or 0
    archived = any(name in seen.headers for name in _ARCHIVED) or seen.method == "READ"
    if status >= 400 and archived:
        return MementoVerdict.OF_ERROR_PAGE, f"a copy of an answer HTTP {status}"
    if status in _LATER:
        return MementoVerdict.UNCERTAIN, f"the archive answered HTTP {status}"
    if status in (404, 410):
        return MementoVerdict.MISSING, f"the archive answered HTTP {status}"
    if status in (401, 402, 403, 451):
        return MementoVerdict.BLOCKED, f"the archive answered HTTP {status}"
    if status >= 500:
        return MementoVerdict.NOT_PLAYABLE, f"the archive answered HTTP {status}"
    if 300 <= status < 400:
        return MementoVerdict.OF_REDIRECT, f"a copy of an answer HTTP {status}"
    if not 200 <= status < 300:
        return MementoVerdict.UNCERTAIN, f"the archive answered HTTP {status}"
    if Sign.EMPTY in seen.signs:
        return MementoVerdict.NOT_PLAYABLE, "a copy without content"
    if not archived and Sign.CHALLENGE in seen.signs:
        return MementoVerdict.UNCERTAIN, f"the archive lets no program in (“{seen.signs[Sign.CHALLENGE]}”)"
    sign = next((sign for sign in _ERROR_PAGE if sign in seen.signs), None)
    if sign is not None and not archived:
        return MementoVerdict.MISSING, f"the archive says “{seen.signs[sign]}”"
    if sign is not None:
        return MementoVerdict.OF_ERROR_PAGE, f"its words are those of no page: “{seen.signs[sign]}”"
    if sign := next((sign for sign in _WALLS if sign in seen.signs), None):
        return MementoVerdict.OF_ERROR_PAGE, f"a copy of a wall: “{seen.signs[sign]}”"
    return None


def _other_page(seen: Observation, page: str) -> Found:
    link = next((one for one in read_header(seen.headers.get("link", "")) if "original" in one.relations), None)
    if link is None or page_of(link.target) == page_of(page):
        return None
    return MementoVerdict.MISSING, f"the archive shows a copy of {link.target}"


def _other_date(url: str, moment: datetime | None, shown: datetime) -> Found:
    stated = _stated(replay_address(url), moment)
    if stated is None or stated.distance(shown) <= DATE_TOLERANCE:
        return None
    return MementoVerdict.WRONG_DATE, f"the archive shows a copy of {_day(shown)}, not of {_day(stated.start)}"


def _stated(parts: ReplayAddress | None, moment: datetime | None) -> Period | None:
    if parts is not None and len(parts.stamp) >= 8 and parts.moment is not None:
        return Period(parts.moment, parts.moment)
    if parts is not None:
        return period_of_stamp(parts.stamp)
    return Period(moment, moment) if moment is not None else None


def _compared(
    seen: Observation, reference: Observation | None, share: float | None, policy: Policy
) -> tuple[MementoVerdict, str]:
    if Sign.SCRIPT_ONLY in seen.signs:
        return MementoVerdict.UNCERTAIN, "made by scripts in the browser: its words cannot be seen"
    if share is None or reference is None:
        return MementoVerdict.GOOD, "a copy of the page"
    other_title = bool(seen.title and reference.title) and seen.title != reference.title
    day = reference.observed_at.date().isoformat()
    if share < (policy.drifted_with_title_below if other_title else policy.drifted_below):
        return MementoVerdict.DRIFTED, f"{share:.0%} of the words are those of the page on {day}"
    return MementoVerdict.GOOD, f"a copy of the page; {share:.0%} of the words as on {day}"


def _month_after(start: datetime, months: int) -> datetime:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start.replace(year=year, month=month + 1, day=1)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
