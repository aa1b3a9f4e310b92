"""Validating archived links without a store: is what stands behind an archive's address the copy that it says it is?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from citekit.archive.memento_observing import MementoObserver
from citekit.archive.memento_policy import MementoVerdict, Warned, judge_memento, warnings_of
from citekit.archive.mementos import page_of, replay_address
from citekit.archive.session import Session, open_session
from citekit.archive.urls import clean_url
from citekit.archive.wrappers import Wrapped, archive_of, unwrap

__all__ = ["CheckedCopy", "check_archived"]


@dataclass(frozen=True, slots=True)
class CheckedCopy:
    """What is said of an archived link.

    Attributes:
        url: as it was given.
        verdict: good, wrong-date, of-an-error-page, of-a-redirect, not-playable, blocked, missing or uncertain.
        reason: why, in a few words.
        original: the address of the page, as far as the archive's address states it.
        moment: of archiving, by the archive's own word; None where it gives none.
        warnings: what a reader should know whatever the copy is like (archive.today, impossible dates).
    """

    url: str
    verdict: MementoVerdict
    reason: str
    original: str | None
    moment: datetime | None
    warnings: tuple[Warned, ...] = ()


def check_archived(urls: Iterable[str], *, session: Session | None = None) -> Iterator[CheckedCopy]:
    """Look at archived links, one after the other, and tell whether they are copies of the pages that they name.

    Args:
        urls: addresses in web archives, as printed.
        session: the way to the network; one is opened where none is given.
    """
    if session is None:
        with open_session() as opened:
            yield from check_archived(urls, session=opened)
        return
    observer = MementoObserver(session)
    for printed in [urls] if isinstance(urls, str) else urls:
        cleaned = clean_url(printed)
        wrapped = unwrap(cleaned) or _of_another_archive(cleaned)
        if wrapped is None:
            yield CheckedCopy(printed, MementoVerdict.UNCERTAIN, "is no address in a web archive", None, None)
            continue
        seen = observer.look(wrapped.memento).observation
        original = wrapped.original
        page = page_of(original) if original else _stated_original(seen.headers.get("link", "")) or ""
        judged = judge_memento([seen], url=wrapped.memento, page=page, moment=wrapped.moment)
        warnings = warnings_of(archive=wrapped.archive, url=wrapped.memento, stamp=wrapped.stamp, now=datetime.now(UTC))
        yield CheckedCopy(printed, judged.verdict, judged.reason, original, judged.moment, warnings)


def _of_another_archive(url: str) -> Wrapped | None:
    """An address in the form that pywb and archives like the Wayback Machine have, on whatever host."""
    parts = replay_address(url)
    if parts is None or len(parts.stamp) != 14 or not parts.original.startswith(("http://", "https://")):
        return None
    return Wrapped(url, parts.original, parts.stamp, archive_of(url))


def _stated_original(header: str) -> str | None:
    from citekit.archive.link_format import read_header

    return next((page_of(link.target) for link in read_header(header) if "original" in link.relations), None)
