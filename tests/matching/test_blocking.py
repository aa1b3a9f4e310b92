from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.matching import candidate_keys, cluster, compare, grouped
from citekit.matching.candidates import candidates
from citekit.matching.skeleton import skeleton
from citekit.training.library import mixture
from tests.matching.matching_cases import cases

LIBRARY = list(mixture(3_000, seed=1793))
LABELS = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=4, unique=True), max_size=12)


def test_what_is_one_work_shares_a_key() -> None:
    assert [case.title for case in cases() if case.same and not candidate_keys(case.a) & candidate_keys(case.b)] == []


def test_of_an_invented_library_hardly_a_true_pair_is_lost() -> None:
    keys = [candidate_keys(item) for item, _ in LIBRARY]
    together: dict[int, list[int]] = {}
    for place, (_, work) in enumerate(LIBRARY):
        together.setdefault(work, []).append(place)
    true = [(a, b) for places in together.values() for a in places for b in places if a < b]
    kept = sum(not keys[a].isdisjoint(keys[b]) for a, b in true)
    assert len(true) > 500
    assert kept >= 0.995 * len(true)


def test_a_title_that_begins_with_a_stray_name_or_year_meets_the_clean_one() -> None:
    clean = {"author": [{"family": "Bloch", "given": "Marc"}], "title": "Les caractères originaux de l'histoire rurale"}
    stray = "Marc. Les caractères originaux de l’histoire rurale", "(1931) Caractères originaux de l’histoire rurale"
    for odd in stray:
        assert candidate_keys(clean) & candidate_keys({"title": odd}), odd


def test_duplicates_of_an_invented_library_are_found() -> None:
    found = {place: number for number, group in enumerate(cluster([item for item, _ in LIBRARY])) for place in group}
    hits = false = missed = 0
    for place, (_, work) in enumerate(LIBRARY):
        for other in range(place):
            same, said = LIBRARY[other][1] == work, found[other] == found[place]
            hits, false, missed = hits + (same and said), false + (said and not same), missed + (same and not said)
    assert hits / (hits + false) >= 0.99
    assert hits / (hits + missed) >= 0.95


def test_romanisations_of_a_name_have_one_skeleton() -> None:
    for names in (("khrushchev", "chruscev"), ("dostoevskij", "dostoyevsky"), ("mueller", "muller"), ("karl", "carl")):
        assert len({skeleton(name) for name in names}) == 1, names


def test_a_short_name_keeps_its_vowels() -> None:
    assert len({skeleton(name) for name in ("wu", "wei", "wo", "wa")}) == 4


@given(LABELS)
def test_few_records_under_a_key_all_meet(keys: list[list[str]]) -> None:
    met = {(place, other) for place, others in candidates(keys) for other in others}
    assert met == {(a, b) for a in range(len(keys)) for b in range(a + 1, len(keys)) if set(keys[a]) & set(keys[b])}


def test_a_crowded_key_alone_brings_neighbours_together_and_a_second_key_all() -> None:
    met = {(place, other) for place, others in candidates([["crowded"]] * 1_000) for other in others}
    assert all(0 < other - place <= 6 for place, other in met)
    keys = [["crowded", "as crowded"] if place in (3, 90) else ["crowded", *(["as crowded"] if place % 3 else [])]
            for place in range(100)]  # fmt: skip
    assert (3, 90) in {(place, other) for place, others in candidates(keys) for other in others}


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_two_records_compare_alike_from_both_sides(data: st.DataObject) -> None:
    items = [item for item, _ in LIBRARY]
    one, other = data.draw(st.sampled_from(items)), data.draw(st.sampled_from(items))
    assert compare(one, other) == compare(other, one)


def test_several_processes_find_the_same() -> None:
    library = [item for item, _ in mixture(4_500, seed=1830)]
    assert grouped(iter(library), processes=2) == grouped(library)


def test_a_record_that_stands_alone_is_sure_of_it() -> None:
    item = LIBRARY[0][0]
    found = grouped([item, {"title": "Quite another thing altogether"}])
    assert found.confidence == (1.0, 1.0)
    doubled = grouped([item, {**item, "id": "other"}])
    assert doubled.groups == ((0, 1),)
    assert all(0.5 <= confidence <= 1 for confidence in doubled.confidence)
