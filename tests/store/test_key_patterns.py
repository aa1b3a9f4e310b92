"""Keys by a pattern in a store: for works that come, for those that are there, and never against the user's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from citekit.errors import FormatError
from citekit.store import Store

from .conftest import Write

Open = Callable[..., Store]

LEVI = "Levi, Primo; La tregua; 1963"
WATCH = "Levi, Carlo; L'orologio; 1963"
WEBER = "Weber, Max; Wirtschaft und Gesellschaft; 1976"


def keys(store: Store) -> set[str]:
    return {work.key for work in store.works()}


class TestWorksThatCome:
    def test_they_get_keys_by_the_pattern_that_is_kept(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        former = keys(store)
        store.set_key_pattern("[auth][year]")
        store.add(write("b.txt", f"{WATCH}\n{WEBER}"))
        assert store.key_pattern() == "[auth][year]"
        assert keys(store) == former | {"Levi1963", "Weber1976"}

    def test_keys_that_differ_in_case_alone_are_told_apart(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        (former,) = keys(store)
        store.rename(former, "LEVI1963")
        store.set_key_pattern("[auth][year]")
        store.add(write("b.txt", WATCH))
        assert keys(store) == {"LEVI1963", "Levi1963a"}

    def test_the_program_s_own_keys_come_back(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        store.set_key_pattern("[auth]")
        store.set_key_pattern(None)
        store.add(write("b.txt", WEBER))
        assert store.key_pattern() is None
        assert "weber1976wirtschaft" in keys(store)

    def test_what_is_no_pattern_is_not_kept(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        with pytest.raises(FormatError):
            store.set_key_pattern("[nobody")
        assert store.key_pattern() is None


class TestWorksThatAreThere:
    def test_former_keys_lead_to_their_works_and_undo_takes_it_back(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{WATCH}\n{WEBER}"))
        before = keys(store)
        changed = store.rename_by_pattern("[auth][year]")
        assert keys(store) == {"Levi1963", "Levi1963a", "Weber1976"}
        assert {former for former, _ in changed} == before
        for former, new in changed:
            assert store.work(former).key == new
        store.undo(len(changed))
        assert keys(store) == before

    def test_once_more_changes_nothing(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{WATCH}\n{WEBER}"))
        store.rename_by_pattern("[auth][year]")
        assert store.rename_by_pattern("[auth][year]") == []

    def test_a_key_that_the_user_gave_stays_and_another_pattern_s_does_not(
        self, open_store: Open, write: Write
    ) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{WATCH}"))
        mine = next(work.key for work in store.works() if work.item["title"] == "La tregua")
        store.rename(mine, "Levi1963")
        store.rename_by_pattern("[auth]")
        store.rename_by_pattern("[auth][year]")
        assert keys(store) == {"Levi1963", "Levi1963a"}
        assert store.work("Levi1963").item["title"] == "La tregua"

    def test_keys_hold_when_documents_come_later(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        store.rename_by_pattern("[auth][year]")
        store.add(write("b.txt", f"{LEVI}; Torino\n{WATCH}"))
        assert store.work("Levi1963").item["title"] == "La tregua"


class TestOneBibliography:
    def test_it_has_other_keys_and_the_store_keeps_its_own(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{WATCH}"))
        before = keys(store)
        bibliography = store.export("bibtex", keys="[auth][year]")
        assert "{Levi1963," in bibliography
        assert "{Levi1963a," in bibliography
        assert keys(store) == before

    def test_only_some_works_under_the_keys_that_a_manuscript_uses(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{WATCH}"))
        mine = next(work.key for work in store.works() if work.item["title"] == "La tregua")
        bibliography = store.export("csl-json", only=[mine], keys={mine: "tregua"})
        assert '"tregua"' in bibliography
        assert "orologio" not in bibliography
