"""What is said of a copy, as `citekit check --archives` says it: looked at twice, compared with the page as it was."""

from __future__ import annotations

from datetime import UTC, datetime

from citekit.archive.exchange import Response
from citekit.archive.fingerprint import Fingerprint
from citekit.archive.memento_observing import MementoObserver
from citekit.archive.memento_policy import MementoJudgement, judge_memento
from citekit.archive.mementos import page_of
from citekit.archive.observation import Observation
from citekit.archive.pages import main_text, read_page
from citekit.archive.session import Session

from .doubles.copies import CopyBehaviour
from .doubles.server import LoopbackServer


def verdict_on(copy: CopyBehaviour, server: LoopbackServer, session: Session) -> MementoJudgement:
    """The verdict on a copy of an archive."""
    url = server.url(copy.path)
    attempt = MementoObserver(session).look(url)
    reference = seen_well(copy.page, copy.then) if copy.then is not None else None
    return judge_memento([attempt.observation], url=url, page=page_of(copy.page), reference=reference)


def seen_well(url: str, source: str) -> Observation:
    """An observation of a page as it was."""
    page = read_page(Response(200, "OK", (("Content-Type", "text/html"),), source.encode()))
    assert page is not None
    words = Fingerprint.of(main_text(page), page.text).to_text()
    return Observation(
        datetime(2009, 10, 13, tzinfo=UTC), url, "GET", status=200, final_url=url, title=page.title, fingerprint=words
    )
