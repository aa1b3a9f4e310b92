"""Proposals for works whose page is gone. Pure but for what it is given to read works with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from citekit.archive.memento_policy import DATE_TOLERANCE, MementoVerdict
from citekit.archive.mementos import Period, period_of_day, period_of_text
from citekit.archive.rescue import URL_STATUS, Rescue, best_copy
from citekit.matching.identifiers import canonical_url
from citekit.store.link_reading import LinkCitation, StoredLink
from citekit.store.memento_reading import StoredMemento, last_good

__all__ = ["considered"]

_NOT_LOOKED_AT = {MementoVerdict.UNCHECKED, MementoVerdict.UNCERTAIN}
_LOOK = "run citekit check --archives"


def considered(
    link: StoredLink, copies: Sequence[StoredMemento], fields_of: Callable[[str], Mapping[str, object]]
) -> Iterator[tuple[str, Rescue | str]]:
    """What can be proposed for the works that cite a page, or why nothing is.

    A good copy that a work names stays; it is proposed where the work does not say that the page is gone, or gives the
    copy another day than its address does.

    Args:
        link: the page.
        copies: that are known of it.
        fields_of: `URL` and the custom fields of a work, by its key.
    """
    judged = link.judgement()
    status = URL_STATUS.get(judged.verdict)
    verdicts = [(copy.memento, copy.judgement()) for copy in copies]
    by_address = {memento.url: (memento, one) for memento, one in verdicts}
    for key in dict.fromkeys(key for one in link.citations for key in one.keys):
        fields = fields_of(key)
        if not _is_address_of(str(fields.get("URL") or ""), link):
            yield key, f"its address is not {link.url}, by what other citations or your edits say"
            continue
        if status is None:
            yield key, f"{link.url} is {judged.verdict.value} ({judged.reason})"
            continue
        wanted = _wanted([one for one in link.citations if key in one.keys])
        last = last_good(link, wanted.start if wanted else None)
        best = best_copy(verdicts, wanted, last.observed_at if last else None)
        named = str(fields.get("archive-url") or "")
        named_copy = by_address.get(named)
        if named and (named_copy is None or named_copy[1].verdict in _NOT_LOOKED_AT):
            yield key, f"nobody can tell yet what the copy is like that it names ({named}); {_LOOK}"
            continue
        if named_copy is not None and named_copy[1].verdict is MementoVerdict.GOOD:
            if best_copy([named_copy], None) is None:  # a capture of our own, or altered
                yield key, f"it names a good copy already ({named})"
                continue
            best = named_copy
        if best is None:
            told = ", ".join(dict.fromkeys(one.verdict.value for _, one in verdicts)) or "no copy is known"
            yield key, f"no good copy of {link.url} is known ({told}); run citekit archive, and then {_LOOK[4:]}"
            continue
        memento, copy = best
        moment = copy.moment or memento.moment
        assert moment is not None  # noqa: S101 - else it is not chosen
        rescue = Rescue(
            key=key,
            url=link.url,
            verdict=judged.verdict,
            reason=judged.reason,
            archive_url=memento.url,
            archive_date=moment.date().isoformat(),
            url_status=status,
            wanted=str(wanted) if wanted else None,
            copy_verdict=copy.verdict,
            copy_reason=copy.reason,
        )
        if named == memento.url and _says(fields, rescue):
            yield key, f"it names a good copy already ({named})"
        else:
            yield key, rescue


def _says(fields: Mapping[str, object], rescue: Rescue) -> bool:
    """Whether a work says already what is proposed; a day that two time zones call differently is the same."""
    stated = period_of_text(str(fields.get("archive-date") or ""))
    moment = datetime.fromisoformat(rescue.archive_date).replace(tzinfo=UTC)
    return bool(fields.get("url-status")) and stated is not None and stated.distance(moment) <= DATE_TOLERANCE


def _is_address_of(url: str, link: StoredLink) -> bool:
    return canonical_url(url, sister_hosts=False) == canonical_url(link.url, sister_hosts=False)


def _wanted(citations: Sequence[LinkCitation]) -> Period | None:
    """The first day on which the page was read, by what these citations state."""
    stated = [period for one in citations if (period := period_of_day(one.accessed)) is not None]
    return min(stated, default=None)
