"""Writing several documents in one transaction: what is derived from them is then made once for all of them.

Nothing else depends on it. Each document is kept after the other as if it came alone, is reported when it is on the
disk, and where one of them cannot be written, the others are written alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Self

from citekit.errors import StoreLockedError
from citekit.model import Extraction
from citekit.store.report import DocumentReport

__all__ = ["Batch", "Waiting"]

_DOCUMENTS = 16
_CITATIONS = 1_500  # other processes that want to write wait for a batch of this size for a second or two
_SECONDS = 0.5  # what a kill may cost of what was read, and how long a report may wait


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that was read and is to be written.

    Attributes:
        path: as the user named it.
        source: its identity.
        version: its digest, with the pages that were read of it.
        extraction: what was found in it.
    """

    path: str
    source: str
    version: str
    extraction: Extraction


class Batch:
    """What became of documents, in their order, where some are still to be written.

    A context manager: at its end, also by an exception, all that was read is written, and told of.
    """

    def __init__(
        self,
        keep: Callable[[Sequence[Waiting]], Sequence[DocumentReport]],
        tell: Callable[[DocumentReport], None],
        beside: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """Collect documents.

        Args:
            keep: writes documents, all or none.
            tell: called with the report of each document, in order, when it is kept or was refused.
            beside: entered while documents are written.
        """
        self._keep = keep
        self._tell = tell
        self._beside = beside
        self._outcomes: list[DocumentReport | Waiting] = []
        self._untold: deque[DocumentReport] = deque()  # what an interrupt kept from being told
        self._citations = 0
        self._begun = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self.write()
        finally:
            self._tell_rest()

    @property
    def is_full(self) -> bool:
        """Whether it is time to write."""
        return (
            len(self._outcomes) >= _DOCUMENTS
            or self._citations >= _CITATIONS
            or (bool(self._outcomes) and not self.patience)
        )

    @property
    def patience(self) -> float:
        """Seconds that it can wait for one more document; 0 where it holds none."""
        return max(0.0, self._begun + _SECONDS - monotonic()) if self._outcomes else 0.0

    def append(self, outcome: DocumentReport | Waiting) -> None:
        """One more document."""
        if not self._outcomes:
            self._begun = monotonic()
        self._outcomes.append(outcome)
        if isinstance(outcome, Waiting):
            self._citations += len(outcome.extraction.citations)

    def write(self) -> None:
        """Write what waits, and tell of all.

        Raises:
            StoreError: as `keep` does; what is before the document that could not be written is kept and was told.
        """
        self._tell_rest()
        outcomes, self._outcomes, self._citations = self._outcomes, [], 0
        kept = iter(self._written([outcome for outcome in outcomes if isinstance(outcome, Waiting)]))
        try:
            for outcome in outcomes:
                self._untold.append(next(kept) if isinstance(outcome, Waiting) else outcome)
        finally:
            self._tell_rest()

    def _tell_rest(self) -> None:
        while self._untold:
            self._tell(self._untold.popleft())

    def _written(self, documents: Sequence[Waiting]) -> Iterable[DocumentReport]:
        if len(documents) > 1:
            try:
                return self._keep_all(documents)
            except StoreLockedError:
                raise
            except Exception:  # noqa: S110 - one of them comes to the same again, alone
                pass
        return (self._keep_all([document])[0] for document in documents)

    def _keep_all(self, documents: Sequence[Waiting]) -> Sequence[DocumentReport]:
        with self._beside():
            return self._keep(documents)
