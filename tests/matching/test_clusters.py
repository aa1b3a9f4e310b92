from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.matching import cluster, compare
from tests.matching.matching_cases import cases, item

RECORDS = [record for case in cases() for record in (case.a, case.b)]
ORIGINS = {
    "type": "book",
    "author": ["Ranke, Leopold von"],
    "title": "Die römischen Päpste in den letzten Jahrhunderten",
}
BETWEEN = [
    f"{subject} {place}"
    for place in ("in Danzig", "am Rhein", "vor dem Sund", "bei Hofe")
    for subject in ("Bergbau", "Chroniken", "Domherren", "Fischerei", "Gerichte", "Handel", "Kirchspiele", "Münzen")
]
"""Titles that stand between A and Q in the alphabet, more than two dozen."""


def book(**fields: Any) -> dict[str, Any]:
    return item({**ORIGINS, **fields})


def partition(groups: tuple[tuple[int, ...], ...], order: list[int]) -> set[frozenset[int]]:
    return {frozenset(order[position] for position in group) for group in groups}


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_groups_do_not_depend_on_the_order(data: st.DataObject) -> None:
    records = data.draw(st.lists(st.sampled_from(RECORDS), max_size=25))
    order = data.draw(st.permutations(range(len(records))))
    expected = partition(cluster(records), list(range(len(records))))
    assert partition(cluster([records[place] for place in order]), order) == expected


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(RECORDS), max_size=25))
def test_each_record_is_in_one_group_and_no_veto_in_any(records: list[dict[str, Any]]) -> None:
    groups = cluster(records)
    assert sorted(position for group in groups for position in group) == list(range(len(records)))
    for group in groups:
        for one, other in combinations(group, 2):
            assert compare(records[one], records[other]).vetoes == ()


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_what_is_kept_apart_stays_apart(data: st.DataObject) -> None:
    records = data.draw(st.lists(st.sampled_from(RECORDS), min_size=2, max_size=15))
    positions = st.integers(0, len(records) - 1)
    apart = data.draw(st.lists(st.tuples(positions, positions).filter(lambda pair: pair[0] != pair[1]), max_size=4))
    order = data.draw(st.permutations(range(len(records))))
    groups = cluster(records, apart=apart)
    group_of = {position: number for number, group in enumerate(groups) for position in group}
    assert all(group_of[one] != group_of[other] for one, other in apart)
    moved = {old: new for new, old in enumerate(order)}
    again = cluster([records[place] for place in order], apart=[(moved[one], moved[other]) for one, other in apart])
    assert partition(again, order) == partition(groups, list(range(len(records))))


def test_a_title_without_its_volume_joins_neither_of_two_volumes() -> None:
    records = [book(volume="1"), book(), book(volume="2"), book()]
    assert cluster(records) == ((0,), (1, 3), (2,))


def test_a_title_without_its_volume_joins_the_only_one() -> None:
    assert cluster([book(volume="1"), book(issued=1834)]) == ((0, 1),)


def test_copies_of_a_bare_preface_stay_apart() -> None:
    assert cluster([{"title": "Vorwort"}, {"title": "Vorwort"}]) == ((0,), (1,))


def test_a_user_keeps_two_equal_records_apart() -> None:
    assert cluster([book(issued=1834), book(issued=1834)], apart=[(0, 1)]) == ((0,), (1,))


def test_one_wrong_year_does_not_split_the_citations_of_an_article() -> None:
    article = {
        "type": "article-journal",
        "author": ["Stone, Lawrence"],
        "title": "The Revival of Narrative: Reflections on a New Old History",
        "container-title": "Past and Present",
    }
    cited = [item({**article, "page": f"{first}-24", "issue": "85"}) for first in range(3, 12)]
    dated = [item({**article, "issued": 1979, "note": str(number)}) for number in range(9)]
    wrong = [item({**article, "issued": 1997})]
    groups = cluster([*cited, *dated, *wrong])
    assert max(len(group) for group in groups) >= 18


def test_without_a_bound_a_group_is_the_same_among_few_and_among_many() -> None:
    # A letter misread at the very beginning and one at the end leave the two nothing in common but author and year.
    author = {"type": "book", "author": ["Wachsmuth, Ernst"], "issued": 1848, "publisher": "Barth"}
    same = [
        item({**author, "title": "Annalen der deutschen Gesellschaften in Pommern"}),
        item({**author, "title": "Qnnalen der deutschen Gesellschaften in Pommesn"}),
    ]
    others = [item({**author, "title": title}) for title in BETWEEN]
    assert cluster(same) == ((0, 1),)
    assert len(cluster([*same, *others])) == len(others) + 2
    assert cluster([*same, *others], bounded=False)[0] == (0, 1)


def test_nothing_makes_nothing() -> None:
    assert cluster([]) == ()
