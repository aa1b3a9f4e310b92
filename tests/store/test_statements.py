"""Who says what about a field, why one value was chosen, and what is a conflict."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from citekit.errors import NoSuchWorkError, StoreError
from citekit.store import Store
from citekit.store.agreement import agree

from .conftest import Write

Open = Callable[..., Store]

LEVI = "Levi, Primo; La tregua; 1963"


def people(*names: str) -> list[dict[str, str]]:
    return [dict(zip(("family", "given"), name.split(", "), strict=False)) for name in names]


@pytest.mark.parametrize(
    ("field", "one", "other", "expected"),
    [
        ("title", "La tregua", "LA TREGUA", True),
        ("title", "The Origins of Totalitarianism", "The origins of totalitarianism.", True),
        ("title", "Die protestantische Ethik", "Die protestantische Ethik und der Geist des Kapitalismus", True),
        ("title", "La tregua", "Se questo è un uomo", False),
        ("author", people("Levi, Primo"), people("Levi, P."), True),
        ("author", people("Levi, Primo"), people("Levi, Carlo"), False),
        ("author", people("Levi, Primo"), people("Calvino, Italo"), False),
        ("issued", {"date-parts": [[1963]]}, {"date-parts": [[1963, 4]]}, True),
        ("issued", {"date-parts": [[1963]]}, {"date-parts": [["1963"]]}, True),
        ("issued", {"date-parts": [[1963]]}, {"date-parts": [[1965]]}, False),
        ("issued", {"date-parts": [[1849], [1853]]}, {"date-parts": [[1849]]}, False),
        ("issued", {"raw": "um 1790"}, {"raw": "Um 1790."}, True),
        ("page", "209-10", "209–210", True),
        ("page", "209-210", "209-211", False),
        ("volume", "II", "2", True),
        ("volume", "2", "3", False),
        ("publisher", "Cambridge University Press", "Cambridge UP", True),
        ("publisher", "Einaudi", "Mondadori", False),
        ("publisher-place", "Torino", "TORINO", True),
        ("publisher-place", "Torino", "Milano", False),
        ("container-title", "Population and Development Review", "Popul. Dev. Rev.", True),
        ("container-title", "Past & Present", "Past and Present", True),
        ("URL", "http://www.example.org/a/", "https://example.org/a", True),
        ("URL", "http://example.org/a", "http://example.org/b", False),
        ("DOI", "10.1000/ABC", "https://doi.org/10.1000/abc", True),
        ("ISBN", "0-306-40615-2", "978-0-306-40615-7", True),
        ("type", "book", "document", True),
        ("type", "book", "chapter", False),
        ("accessed", {"date-parts": [[2020, 1, 2]]}, {"date-parts": [[2021, 3, 4]]}, True),
    ],
)
def test_spelling_and_saying_less_are_no_disagreement(field: str, one: object, other: object, expected: bool) -> None:
    assert agree(field, one, other) is expected
    assert agree(field, other, one) is expected


class TestStatements:
    def test_every_statement_has_its_place(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}; Torino\nIbid.; p. 3"), write("b.txt", f"Remark.\n{LEVI}; Milano"))
        (work,) = store.works()
        said = store.statements(work.key, "publisher-place")
        assert [(s.value, s.document[-5:] if s.document else None, s.note) for s in said.statements] == [
            ("Torino", "a.txt", "1"),
            ("Milano", "b.txt", "2"),
        ]
        assert said.statements[0].text == f"{LEVI}; Torino"
        assert (said.chosen, said.key) == (work.item["publisher-place"], work.key)
        assert "1 of 2 statements agree" in said.reason

    def test_agreement_is_the_reason(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI), write("b.txt", f"{LEVI}; p. 7"))
        (work,) = store.works()
        assert store.statements(work.key, "issued").reason == "all 2 statements say so"
        assert store.statements(work.key, "publisher").reason == "nothing says it"

    def test_the_user_comes_first_and_is_named(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        (work,) = store.works()
        store.edit(work.key, "issued", "1964")
        number = store.edit(work.key, "issued", None).decision
        said = store.statements(work.key, "issued")
        assert said.chosen is None
        assert f"taken away by the user on {said.statements[0].said_at[:10]} (decision {number})" == said.reason
        assert [statement.value for statement in said.statements] == [
            None,
            {"date-parts": [[1964]]},
            {"date-parts": [[1963]]},
        ]

    def test_what_is_not_there_is_refused(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        (work,) = store.works()
        with pytest.raises(StoreError, match="did you mean title"):
            store.statements(work.key, "titel")
        with pytest.raises(NoSuchWorkError):
            store.statements("nobody", "title")


class TestConflicts:
    def test_sources_that_disagree(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}; Torino"), write("b.txt", f"{LEVI}; Milano\n{LEVI}; MILANO; p. 7"))
        (conflict,) = store.conflicts()
        assert (conflict.field, conflict.values) == ("publisher-place", (("MILANO", 2), ("Torino", 1)))
        assert list(store.conflicts("publisher-place")) == [conflict]
        assert list(store.conflicts("title")) == []

    def test_what_the_user_set_is_settled(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}; Torino"), write("b.txt", f"{LEVI}; Milano"))
        (conflict,) = store.conflicts()
        store.edit(conflict.key, conflict.field, "Torino")
        assert list(store.conflicts()) == []
        store.undo()
        assert list(store.conflicts()) == [conflict]

    def test_more_works_than_are_read_at_once(self, open_store: Open, write: Write, monkeypatch: object) -> None:
        from citekit.store import statements

        monkeypatch.setattr(statements, "_WORKS_AT_ONCE", 1)  # type: ignore[attr-defined]
        store = open_store()
        other = "Yang, Jisheng; Mubei; 2007"
        store.add(
            write("a.txt", f"{LEVI}; Torino\n{other}; Hong Kong"), write("b.txt", f"{LEVI}; Roma\n{other}; Paris")
        )
        assert [conflict.key for conflict in store.conflicts()] == sorted(work.key for work in store.works())
