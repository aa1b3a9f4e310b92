"""Proposals for works whose page is gone. Pure but for what it is given to read works with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from citekit.archive.memento_policy import MementoVerdict
from citekit.archive.mementos import Period, period_of_day
from citekit.archive.rescue import URL_STATUS, Rescue, best_copy
from citekit.matching.identifiers import canonical_url
from citekit.store.link_reading import LinkCitation, StoredLink
from citekit.store.memento_reading import StoredMemento, last_good

__all__ = ["proposals"]

_NAMED_AND_FINE = {MementoVerdict.GOOD, MementoVerdict.UNCHECKED, MementoVerdict.UNCERTAIN}


def proposals(
    link: StoredLink, copies: Sequence[StoredMemento], fields_of: Callable[[str], Mapping[str, object]]
) -> Iterator[Rescue]:
    """What can be proposed for the works that cite a page.

    Args:
        link: the page.
        copies: that are known of it.
        fields_of: `URL` and the custom fields of a work, by its key.
    """
    judged = link.judgement()
    status = URL_STATUS.get(judged.verdict)
    if status is None:
        return
    verdicts = [(copy.memento, copy.judgement()) for copy in copies]
    by_address = {memento.url: one.verdict for memento, one in verdicts}
    for key in dict.fromkeys(key for one in link.citations for key in one.keys):
        fields = fields_of(key)
        if canonical_url(str(fields.get("URL") or "")) != link.canonical:
            continue  # the work has another address, by what other citations or its user say
        named = fields.get("archive-url")
        if named is not None and by_address.get(str(named), MementoVerdict.UNCHECKED) in _NAMED_AND_FINE:
            continue
        wanted = _wanted([one for one in link.citations if key in one.keys])
        last = last_good(link, wanted.start if wanted else None)
        best = best_copy(verdicts, wanted, last.observed_at if last else None)
        if best is None:
            continue
        memento, copy = best
        assert memento.moment is not None  # noqa: S101 - else it is not chosen
        yield Rescue(
            key=key,
            url=link.url,
            verdict=judged.verdict,
            reason=judged.reason,
            archive_url=memento.url,
            archive_date=memento.moment.date().isoformat(),
            url_status=status,
            wanted=str(wanted) if wanted else None,
            copy_verdict=copy.verdict,
            copy_reason=copy.reason,
        )


def _wanted(citations: Sequence[LinkCitation]) -> Period | None:
    """The first day on which the page was read, by what these citations state."""
    stated = [period for one in citations if (period := period_of_day(one.accessed)) is not None]
    return min(stated, default=None)
