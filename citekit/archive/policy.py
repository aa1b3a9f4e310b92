"""From observations to a verdict: the one stated policy, pure and without memory.

The rules in their order, for the latest observation of a link (docs/explanation/link-verdicts.md says why):

1. an address that is not fetched (no http, no address, with a password, into a private network) is not checkable;
2. 401, 402, 403, 407, 451, robots.txt, a wall for programs, cookies or members: blocked;
3. 429, 408, 425, a certificate that is not safe, an answer without content, one that began with 2xx and cannot be read
   to its end, a page that says that the server is out of order, a machine that is offline: uncertain, however often;
4. any other failure, by GET: uncertain; dead when it failed on different days and never lived between;
5. a page of a parked name: parked;
6. an error page sent as a page: soft-404;
7. words of which few are left since it was last seen well, or of which few are those of a good archived copy where it
   was never seen well; or a page where there was a file: drifted;
8. the page at another address: redirected; else live.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from citekit.archive.exchange import FailureKind
from citekit.archive.fingerprint import Fingerprint, contained, resemblance
from citekit.archive.observation import Observation, Sign
from citekit.archive.pages import PAGE_TYPES
from citekit.archive.urls import LinkKind
from citekit.matching.identifiers import canonical_url

__all__ = ["DEFAULT_POLICY", "Judgement", "Policy", "Reference", "Verdict", "judge", "likeness", "timeline"]


class Verdict(StrEnum):
    """What is said of a link."""

    LIVE = "live"
    """The page is there, at its address."""
    REDIRECTED = "redirected"
    """The page is there, at another address."""
    SOFT_404 = "soft-404"
    """An error page is there, sent as if it were the page."""
    DRIFTED = "drifted"
    """Another page is there: few of the words are left that were seen before."""
    PARKED = "parked"
    """The name of the host is for sale, or nobody uses it."""
    BLOCKED = "blocked"
    """The page may be there; programs, or strangers, are not let in."""
    DEAD = "dead"
    """There was no page, again and again, on different days."""
    UNCERTAIN = "uncertain"
    """It cannot be told yet."""
    NOT_CHECKABLE = "not-checkable"
    """It is no address that is asked."""
    UNCHECKED = "unchecked"
    """It was never looked at."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of the policy.

    Attributes:
        days_to_dead: failures on so many different days (UTC) make a link dead.
        least_apart: between the first and the last of them there must be as much time; midnight alone is no proof.
        drifted_below: a page of which a smaller share of the words is left has drifted.
        drifted_with_title_below: the same, where its title is another one too.
        least_runs: pages with fewer runs of words are too short to be compared.
    """

    days_to_dead: int = 2
    least_apart: timedelta = timedelta(hours=12)
    drifted_below: float = 0.2
    drifted_with_title_below: float = 0.35
    least_runs: int = 20


DEFAULT_POLICY = Policy()

_NOT_CHECKABLE = {FailureKind.SCHEME, FailureKind.INVALID_URL, FailureKind.CREDENTIALS, FailureKind.UNSAFE}
# RFC 9110, 15.5; RFC 7725 (451); 999 is what some networks answer to programs.
_BLOCKED = {401, 402, 403, 407, 451, 999}
_BROKEN_OFF = {FailureKind.RESET, FailureKind.TIMEOUT, FailureKind.PROTOCOL}
_LATER = {408, 425, 429}  # "not now": nothing is said about the page
_SOFT_404 = (
    Sign.ERROR_TITLE,
    Sign.ERROR_HEADING,
    Sign.ERROR_ADDRESS,
    Sign.SAME_AS_SIBLING,
    Sign.TO_ROOT,
    Sign.TO_SEARCH,
    Sign.ERROR_TEXT,
)
_UNSEEN = {
    Sign.SCRIPT_ONLY: "made by scripts in the browser: its words cannot be seen",
    Sign.PACKED: "sent in an encoding that was not asked for: its words cannot be seen",
}
_WALLS = (Sign.FORBIDDEN, Sign.CHALLENGE, Sign.CONSENT, Sign.SIGN_IN)
_TEXTS = ("text/", "application/xhtml", "application/xml", "multipart/", "application/octet-stream", "binary/")
_WORDS = {
    Sign.ERROR_TITLE: "the title says “{}”",
    Sign.ERROR_HEADING: "the heading says “{}”",
    Sign.ERROR_TEXT: "the page says little but “{}”",
    Sign.ERROR_ADDRESS: "leads to an error page ({})",
    Sign.SAME_AS_SIBLING: "shows the same as an address beside it that cannot exist",
    Sign.TO_ROOT: "leads to the start page of {}",
    Sign.TO_SEARCH: "leads to a page to search in ({})",
    Sign.PARKED_HOST: "leads to {}, which parks names of hosts",
    Sign.PARKED_TEXT: "the page says “{}”",
    Sign.CHALLENGE: "readers must show that they are no program ({})",
    Sign.CONSENT: "cookies must be accepted first (“{}”)",
    Sign.SIGN_IN: "readers must sign in",
    Sign.FORBIDDEN: "the page says “{}”",
    Sign.OUT_OF_ORDER: "the server is out of order (“{}”)",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A good archived copy, to compare a page with that was never seen well itself.

    Attributes:
        seen: what was seen at the copy; it counts for what is seen at the page from then on.
        moment: of archiving.
    """

    seen: Observation
    moment: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and what it rests on.

    Attributes:
        verdict: what is said.
        reason: why, in a few words.
        since: the observation from which on this was so without a break.
        until: the latest observation.
        resemblance: the share of words left since the page was last seen well; None where it was not compared.
    """

    verdict: Verdict
    reason: str
    since: datetime | None = None
    until: datetime | None = None
    resemblance: float | None = None


def judge(
    history: Sequence[Observation],
    *,
    kind: LinkKind = LinkKind.WEB,
    references: Sequence[Reference] = (),
    policy: Policy = DEFAULT_POLICY,
) -> Judgement:
    """The verdict on a link.

    Args:
        history: its observations, the oldest first.
        kind: what its address is; a resolver's work (DOI, handle) is to lead on.
        references: good copies in archives, the best first, to compare with where the page itself was never seen well
            before.
        policy: the numbers.
    """
    line = timeline(history, kind=kind, references=references, policy=policy)
    return line[-1] if line else Judgement(Verdict.UNCHECKED, "never checked")


def timeline(
    history: Sequence[Observation],
    *,
    kind: LinkKind = LinkKind.WEB,
    references: Sequence[Reference] = (),
    policy: Policy = DEFAULT_POLICY,
) -> list[Judgement]:
    """The verdict after each observation, from what was known by then; arguments as for `judge`."""
    line: list[Judgement] = []
    before = _Before()
    failures: list[Observation] = []
    since: datetime | None = None
    for seen in history:
        known = before
        if before.page is None and before.file is None:
            copy = next((one for one in references if one.seen.observed_at <= seen.observed_at), None)
            known = _Before().and_well(copy.seen, f"the copy of {_day(copy.moment)}") if copy else before
        verdict, reason, likeness = _now(seen, kind, known, policy)
        if verdict is None:  # it failed
            failures.append(seen)
            verdict, reason = _failed(failures, reason, policy)
        elif verdict is not Verdict.UNCERTAIN:
            failures = []
        if verdict in (Verdict.LIVE, Verdict.REDIRECTED):
            before = before.and_well(seen, _day(seen.observed_at))
        if not line or line[-1].verdict is not verdict or since is None:
            since = seen.observed_at
        line.append(Judgement(verdict, reason, since, seen.observed_at, likeness))
    return line


@dataclass(frozen=True, slots=True)
class _Before:
    """What was there before, when all was well.

    Attributes:
        page: the latest observation with words.
        name: what it is called in a reason.
        file: the latest observation, where that was of a file.
        file_name: what that is called.
    """

    page: Observation | None = None
    name: str = ""
    file: Observation | None = None
    file_name: str = ""

    def and_well(self, seen: Observation, name: str) -> _Before:
        """The same after the page was seen well once more."""
        if seen.fingerprint is not None:
            return _Before(seen, name)
        if _is_file(seen):
            return _Before(self.page, self.name, seen, name)
        return self


def _is_file(seen: Observation) -> bool:
    return seen.media_type is not None and not seen.media_type.startswith(_TEXTS)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _now(
    seen: Observation, kind: LinkKind, before: _Before, policy: Policy
) -> tuple[Verdict | None, str, float | None]:
    """What one observation says: a verdict, or None where it failed; why; how much is left of the words."""
    led_nowhere = seen.failure is FailureKind.INVALID_URL and bool(seen.hops)  # a fault of the host, not of the address
    if seen.failure in _NOT_CHECKABLE and not led_nowhere:
        return Verdict.NOT_CHECKABLE, _told(seen), None
    if seen.failure is FailureKind.ROBOTS:
        led = f"leads to {seen.hops[-1].location}, where " if seen.hops and seen.hops[-1].location else ""
        return Verdict.BLOCKED, f"{led}robots.txt of the host does not allow it", None
    if seen.failure in (FailureKind.TLS, FailureKind.OFFLINE):
        return Verdict.UNCERTAIN, _told(seen), None
    if (status := _began_with(seen)) is not None:
        return Verdict.UNCERTAIN, f"HTTP {status}, and then {_told(seen)}", None
    if seen.failure is not None:
        return None, _told(seen), None
    status = seen.status or 0
    if status in _BLOCKED or (status >= 400 and Sign.CHALLENGE in seen.signs):
        return Verdict.BLOCKED, f"HTTP {status}", None
    if status in _LATER:
        return Verdict.UNCERTAIN, f"HTTP {status}", None
    if status >= 400:
        return None, f"HTTP {status}", None
    if not 200 <= status < 300:
        return Verdict.UNCERTAIN, f"HTTP {status} leads nowhere", None
    return _answered(seen, kind, before, policy)


def _began_with(seen: Observation) -> int | None:
    """The status 2xx of an answer that could not be read to its end: the host says that the page is there."""
    if seen.failure not in _BROKEN_OFF or not seen.hops or seen.hops[-1].location is not None:
        return None
    status = seen.hops[-1].status or 0
    return status if 200 <= status < 300 else None


def _answered(seen: Observation, kind: LinkKind, before: _Before, policy: Policy) -> tuple[Verdict, str, float | None]:
    """What an answer with content says."""
    if sign := _first(seen, (Sign.PARKED_HOST, Sign.PARKED_TEXT)):
        return Verdict.PARKED, _reason(seen, sign), None
    if Sign.OUT_OF_ORDER in seen.signs:
        return Verdict.UNCERTAIN, _reason(seen, Sign.OUT_OF_ORDER), None
    unseen = _first(seen, (Sign.SCRIPT_ONLY, Sign.PACKED))
    # Walls and frames of scripts are the same at every address, whatever is behind them.
    says_little = unseen is not None or _first(seen, _WALLS) is not None
    signs = [sign for sign in _SOFT_404 if not (says_little and sign is Sign.SAME_AS_SIBLING)]
    if sign := _first(seen, signs):
        return Verdict.SOFT_404, _reason(seen, sign), None
    if sign := _first(seen, _WALLS):
        return Verdict.BLOCKED, _reason(seen, sign), None
    if Sign.EMPTY in seen.signs:
        return Verdict.UNCERTAIN, "an answer without content", None
    if unseen is not None and Sign.SIBLING_MISSING not in seen.signs:
        return Verdict.UNCERTAIN, _UNSEEN[unseen], None
    left, good = likeness(seen, before.page, policy), before.page
    if left is not None and good is not None:
        other_title = bool(seen.title and good.title) and seen.title != good.title
        if left < (policy.drifted_with_title_below if other_title else policy.drifted_below):
            return Verdict.DRIFTED, f"{left:.0%} of the words are those of {before.name}", left
    elif before.file is not None and seen.media_type in PAGE_TYPES and seen.fingerprint is not None:
        return Verdict.DRIFTED, f"a page in the place of a file ({before.file.media_type}, {before.file_name})", None
    if kind not in (LinkKind.DOI, LinkKind.HANDLE) and seen.final_url and _elsewhere(seen.url, seen.final_url):
        return Verdict.REDIRECTED, f"now at {seen.final_url}", left
    return Verdict.LIVE, f"HTTP {seen.status}", left


def _failed(failures: Sequence[Observation], reason: str, policy: Policy) -> tuple[Verdict, str]:
    first, last = failures[0].observed_at, failures[-1].observed_at
    days = {failure.observed_at.date() for failure in failures}
    if len(days) >= policy.days_to_dead and last - first >= policy.least_apart:
        return Verdict.DEAD, f"{reason}; failed on {len(days)} days since {first.date().isoformat()}"
    return Verdict.UNCERTAIN, f"{reason}; dead if it fails on another day"


def likeness(seen: Observation, good: Observation | None, policy: Policy) -> float | None:
    """The share of a page's words that are left since it was seen well; None where that cannot be told."""
    if good is None or good is seen:
        return None
    if seen.sha256 is not None and seen.sha256 == good.sha256:
        return 1.0
    if seen.fingerprint is None or good.fingerprint is None:
        return None
    now, then = Fingerprint.from_text(seen.fingerprint), Fingerprint.from_text(good.fingerprint)
    if now is None or then is None:
        return None
    if min(now.whole.runs, then.whole.runs) < policy.least_runs:
        return None
    # What stands around a page's own text stays when the text is exchanged; so that text alone is looked for in the
    # other page.
    for part, whole in ((now.main, then.whole), (then.main, now.whole)):
        if part.runs >= policy.least_runs:
            return contained(part, whole)
    return resemblance(now.whole, then.whole)


def _elsewhere(asked: str, final: str) -> bool:
    """Whether the page moved: http to https, "www." and a slash at the end are the same place."""
    return canonical_url(asked) != canonical_url(final)


def _first(seen: Observation, signs: Sequence[Sign]) -> Sign | None:
    return next((sign for sign in signs if sign in seen.signs), None)


def _reason(seen: Observation, sign: Sign) -> str:
    return _WORDS[sign].format(seen.signs[sign])


def _told(seen: Observation) -> str:
    """A failure's message without the address, which is known."""
    message = seen.message or (seen.failure.value if seen.failure else "")
    return message.rpartition(": ")[2] or message
