"""Looking at a local capture: is its file there, whole, and what was written?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from citekit.archive.capturing import CaptureFault, StoredCapture, read_payload
from citekit.archive.exchange import FailureKind, Response
from citekit.archive.fingerprint import Fingerprint
from citekit.archive.observation import Observation, Sign
from citekit.archive.pages import main_text, read_page
from citekit.archive.signs import page_signs
from citekit.version import VERSION

__all__ = ["observe_capture"]


def observe_capture(folder: Path, url: str, kept: StoredCapture | None, now: datetime) -> Observation:
    """An observation of a capture; its method is "READ".

    Args:
        folder: of the store.
        url: the memento's.
        kept: what is known of the capture; None where nothing is.
        now: the time of day.
    """
    blank = Observation(now, url, "READ", version=VERSION)
    if kept is None:
        return replace(blank, failure=FailureKind.GONE, message="is not listed any more")
    found = read_payload(
        folder / kept.file,
        record_id=kept.record_id,
        byte_offset=kept.byte_offset,
        payload_digest=kept.payload_digest,
        sha256=kept.sha256,
    )
    if isinstance(found, CaptureFault):
        return replace(blank, failure=found.kind, message=found.message)
    headers, body = found
    response = Response(kept.status, "", tuple(headers.items()), body, kept.sha256, len(body))
    seen = replace(
        blank,
        status=kept.status,
        final_url=kept.target_url,
        media_type=response.media_type,
        length=len(body),
        sha256=kept.sha256,
        signs={} if body else {Sign.EMPTY: "0 bytes"},
    )
    page = read_page(response) if body and "content-encoding" not in headers else None
    if page is None:
        return seen
    fingerprint = Fingerprint.of(main_text(page), page.text)
    signs = page_signs(page, kept.target_url, kept.target_url)
    return replace(seen, title=page.title, fingerprint=fingerprint.to_text(), signs=signs)
