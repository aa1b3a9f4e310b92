"""Which pages are worth to be saved. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from citekit.archive.archives import LOCAL
from citekit.archive.memento_policy import MementoVerdict
from citekit.archive.policy import Verdict
from citekit.archive.urls import LinkKind
from citekit.store.link_reading import StoredLink
from citekit.store.memento_reading import StoredMemento

__all__ = ["is_to_be_saved", "may_be_there"]

_THERE = {Verdict.LIVE, Verdict.REDIRECTED, Verdict.UNCERTAIN, Verdict.UNCHECKED, Verdict.BLOCKED}
_SERVES = {MementoVerdict.GOOD, MementoVerdict.DRIFTED}


def may_be_there(link: StoredLink) -> bool:
    """Whether a page may be found at a link; a copy of what took its place would only mislead.

    DOIs and handles are kept by those who resolve them; what they lead to is often closed to archives.
    """
    return link.kind is LinkKind.WEB and link.judgement().verdict in _THERE


def is_to_be_saved(link: StoredLink, copies: Iterable[StoredMemento], *, every: bool) -> bool:
    """Whether an archive is to be asked to save a page.

    Args:
        link: the page.
        copies: that are known of it.
        every: though there is a copy that serves.
    """
    return may_be_there(link) and (every or not any(_serves(copy) for copy in copies))


def _serves(copy: StoredMemento) -> bool:
    """Whether a copy in an archive is good, or not known to be bad."""
    if copy.memento.archive in (LOCAL, "archive.today"):
        return False
    verdict = copy.judgement().verdict
    if verdict in (MementoVerdict.UNCHECKED, MementoVerdict.UNCERTAIN):
        return copy.memento.status is None or copy.memento.status < 400
    return verdict in _SERVES
