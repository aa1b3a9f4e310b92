"""What is read soon after each other is written together, and told of in its order."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from citekit.model import Document, Extraction
from citekit.store import batches
from citekit.store.batches import Batch, Waiting
from citekit.store.report import DocumentReport, DocumentStatus


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of day, one element, as the test sets it."""
    now = [0.0]
    monkeypatch.setattr(batches, "monotonic", lambda: now[0])
    return now


def essay(name: str) -> Waiting:
    return Waiting(name, name, "1", Extraction(Document("The guild met in spring."), (), (), (), (), ()))


def added(documents: Sequence[Waiting]) -> list[DocumentReport]:
    return [DocumentReport(document.path, DocumentStatus.ADDED) for document in documents]


def test_a_batch_waits_half_a_second_from_its_first_document_on(clock: list[float]) -> None:
    batch = Batch(added, lambda report: None)
    assert (batch.patience, batch.is_full) == (0, False), "nothing waits: nobody is kept waiting"
    batch.append(essay("a"))
    assert batch.patience == 0.5
    clock[0] = 0.25
    batch.append(essay("b"))
    assert (batch.patience, batch.is_full) == (0.25, False)
    clock[0] = 0.75
    assert (batch.patience, batch.is_full) == (0, True)
    batch.write()
    assert (batch.patience, batch.is_full) == (0, False)


def test_documents_are_written_together_and_told_of_one_by_one_with_those_refused() -> None:
    written: list[list[str]] = []
    told: list[str] = []

    def keep(documents: Sequence[Waiting]) -> list[DocumentReport]:
        written.append([document.path for document in documents])
        return added(documents)

    with Batch(keep, lambda report: told.append(report.path)) as batch:
        batch.append(essay("a"))
        batch.append(DocumentReport("b", DocumentStatus.FAILED, error="b: cannot be read"))
        batch.append(essay("c"))
        assert (written, told) == ([], [])
    assert (written, told) == ([["a", "c"]], ["a", "b", "c"])


def test_an_interrupt_while_it_tells_of_documents_leaves_none_untold() -> None:
    told: list[str] = []

    def tell(report: DocumentReport) -> None:
        told.append(report.path)
        if report.path == "b":
            raise KeyboardInterrupt

    batch = Batch(added, tell)
    for name in "abcd":
        batch.append(essay(name))
    with pytest.raises(KeyboardInterrupt), batch:
        batch.write()
    assert told == ["a", "b", "c", "d"]


def test_an_interrupt_at_the_end_leaves_none_untold() -> None:
    told: list[str] = []

    def tell(report: DocumentReport) -> None:
        told.append(report.path)
        if report.path == "b":
            raise KeyboardInterrupt

    batch = Batch(added, tell)
    for name in "abcd":
        batch.append(essay(name))
    with pytest.raises(KeyboardInterrupt), batch:
        pass
    assert told == ["a", "b", "c", "d"]
