"""Works that may be one, and why two are one or are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from citekit.errors import NoSuchWorkError, StoreError
from citekit.store import Store

BIBLIOGRAPHY = """
@book{first, author = {Durkheim, Émile}, title = {Le suicide}, year = 1897, publisher = {Alcan}}
@book{undated, author = {Durkheim, Émile}, title = {Le suicide}}
@book{second, author = {Durkheim, Émile}, title = {Le suicide}, year = 1930, edition = 2}
@book{other, author = {Halbwachs, Maurice}, title = {Les cadres sociaux de la mémoire}, year = 1925}
"""


@pytest.fixture
def store(open_store: Callable[..., Store], tmp_path: Path) -> Store:
    opened = open_store()
    (tmp_path / "library.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    opened.import_records(tmp_path / "library.bib")
    return opened


def pairs(store: Store, key: str | None = None) -> list[set[str]]:
    return [set(pair.keys) for pair in store.duplicates(key)]


def test_what_fits_two_works_is_listed_with_both(store: Store) -> None:
    assert sorted(map(sorted, pairs(store))) == [["first", "undated"], ["second", "undated"]]
    assert pairs(store, "first") == [{"first", "undated"}]
    assert pairs(store, "other") == []


def test_a_store_that_grew_has_the_groups_of_one_filled_at_once(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    """Also where the two records of a work share nothing but author and year, and thirty others share these."""
    titles = [f"{subject} {place}" for place in ("in Danzig", "am Rhein", "vor dem Sund", "bei Hofe", "zu Emden")
              for subject in ("Bergbau", "Chroniken", "Domherren", "Fischerei", "Gerichte", "Münzen")]  # fmt: skip
    titles = ["Annalen der deutschen Gesellschaften in Pommern", *titles]
    misprinted = "Qnnalen der deutschen Gesellschaften in Pommern"

    def bibliography(name: str, listed: list[str]) -> Path:
        written = (
            f"@book{{k{number}, author = {{Wachsmuth, Ernst}}, title = {{{title}}}, year = 1848}}"
            for number, title in enumerate(listed)
        )
        (tmp_path / name).write_text("\n".join(written), encoding="utf-8")
        return tmp_path / name

    at_once, grown = open_store("at-once.db"), open_store("grown.db")
    at_once.import_records(bibliography("all.bib", [*titles, misprinted]))
    grown.import_records(bibliography("first.bib", titles))
    grown.import_records(bibliography("then.bib", [misprinted]))
    assert len(list(at_once.works())) == len(list(grown.works())) == len(titles)


def test_only_what_one_document_cites_is_asked_about(store: Store, tmp_path: Path) -> None:
    third = "@book{third, author = {Durkheim, Émile}, title = {Le suicide}, year = 1940, edition = 3}"
    (tmp_path / "third.bib").write_text(third, encoding="utf-8")
    store.import_records(tmp_path / "third.bib")
    asked = [set(pair.keys) for pair in store.duplicates(document=tmp_path / "third.bib")]
    assert asked == [pair for pair in pairs(store) if "third" in pair] != []
    assert {"second", "undated"} in [set(pair.keys) for pair in store.duplicates(document=tmp_path / "library.bib")]
    with pytest.raises(StoreError):
        store.duplicates(document="nowhere.bib")


def test_what_was_decided_is_not_asked_again_until_it_is_undone(store: Store) -> None:
    store.apart("undated", "second")
    assert {"undated", "second"} not in pairs(store)
    store.undo()
    assert {"undated", "second"} in pairs(store)


def test_merged_works_are_no_pair(store: Store) -> None:
    store.merge(["first", "undated"])
    assert pairs(store) == []
    told = store.why("first", "undated")
    assert len(told.works) == 1
    assert [decision.kind.value for decision in told.decisions] == ["merge"]


def test_later_comes_last_and_stays_so(store: Store, tmp_path: Path) -> None:
    one, two = pairs(store)
    store.later(*sorted(one))
    assert pairs(store) == [two, one]
    (tmp_path / "library.bib").write_text(BIBLIOGRAPHY.replace("Alcan", "Félix Alcan"), encoding="utf-8")
    store.import_records(tmp_path / "library.bib")
    assert [pair.postponed for pair in store.duplicates()] == [False, True]
    assert store.history()[0].kind.value == "later"
    store.undo()
    assert pairs(store) == [one, two]


def test_later_changes_no_group(store: Store) -> None:
    before = store.export("biblatex")
    store.later("undated", "second")
    assert store.export("biblatex") == before


def test_an_edit_that_agrees_with_another_record_makes_them_a_pair(store: Store) -> None:
    store.edit("other", "title", "Le suicide")
    store.edit("other", "author", "Durkheim, Émile")
    store.edit("other", "issued", "1897")
    assert {"first", "other"} in pairs(store)


def test_a_veto_a_decision_and_an_ambiguity_are_told_apart(store: Store) -> None:
    veto = store.why("first", "second")
    assert (veto.verdict.value, "year" in veto.compared.vetoes) == ("apart-veto", True)
    assert store.why("first", "undated").verdict.value == "apart-ambiguous"
    assert store.why("first", "other").verdict.value in ("apart-veto", "apart-unlike")
    store.apart("first", "undated")
    told = store.why("first", "undated")
    assert (told.verdict.value, [decision.id for decision in told.decisions]) == ("apart-decided", [1])
    store.merge(["first", "second"])
    assert store.why("first", "second").verdict.value == "one-decided"


def test_who_merged_is_told_though_the_matcher_agrees(store: Store) -> None:
    store.merge(["first", "undated"])
    told = store.why("first", "undated")
    assert (told.verdict.value, told.to_json()["matcher"]) == ("one-decided", "one")
    store.merge(["first", "second"])
    told = store.why("undated", "second")  # by way of the first
    assert told.verdict.value == "one-decided"
    assert len(told.decisions) == 2


def test_what_the_matcher_found_is_not_the_users_for_another_decision(store: Store, tmp_path: Path) -> None:
    again = "@book{again, author = {Durkheim, E.}, title = {Le Suicide}, year = 1897, publisher = {Alcan}}"
    (tmp_path / "again.bib").write_text(again, encoding="utf-8")
    store.import_records(tmp_path / "again.bib")
    store.merge(["first", "other"])
    assert store.why("first", "other").verdict.value == "one-decided"
    assert store.why("first", "again").verdict.value == "one-matched"


NEAR = """
@book{reve, author = {Reve, Clara}, title = {Sketches of a Northern Harbour and its People}, year = 1799}
@book{reeve, author = {Reeve, Clara}, title = {Sketches of a Northern Harbour and its People}, year = 1799}
@book{third, author = {Brandt, Ilse}, title = {Die Zollrollen von Norheim}, year = 1931, edition = 3}
@book{fourth, author = {Brandt, Ilse}, title = {Die Zollrollen von Norheim}, year = 1934, edition = 4}
@book{stranger, author = {Brandt, Ilse}, title = {Register der Pfarreien}, year = 1934}
"""


def test_pairs_that_only_a_veto_parts_are_listed_when_asked_for(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    store = open_store()
    (tmp_path / "near.bib").write_text(NEAR, encoding="utf-8")
    store.import_records(tmp_path / "near.bib")
    assert pairs(store) == []
    found = {frozenset(pair.keys): pair.compared.vetoes for pair in store.duplicates(vetoed=True)}
    assert found == {frozenset({"reve", "reeve"}): ("author",), frozenset({"third", "fourth"}): ("year", "edition")}
    assert all(pair.compared.unvetoed >= 0.5 > pair.compared.probability for pair in store.duplicates(vetoed=True))
    store.apart("third", "fourth")
    assert [set(pair.keys) for pair in store.duplicates(vetoed=True)] == [{"reve", "reeve"}]
    store.merge(["reve", "reeve"])
    assert store.duplicates(vetoed=True) == []


def test_keys_that_lead_nowhere_or_are_named_twice_are_refused(store: Store) -> None:
    with pytest.raises(NoSuchWorkError):
        store.why("first", "weber")
    with pytest.raises(NoSuchWorkError):
        store.duplicates("weber")
    with pytest.raises(StoreError, match="named twice"):
        store.why("first", "first")
