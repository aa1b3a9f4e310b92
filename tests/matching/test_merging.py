from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.matching import merge
from tests.matching.matching_cases import cases, item

RECORDS = [record for case in cases() for record in (case.a, case.b)]


def test_the_fullest_citation_speaks_first() -> None:
    merged = merge([
        item({"author": ["Stone, L."], "title": "The Revival", "issued": 1979}),
        item({"type": "article-journal", "author": ["STONE, Lawrence"], "title": "The Revival: Reflections",
              "container-title": "Past and Present", "page": "3-24", "issued": 1979}),
        item({"id": "c3", "author": ["Stone"], "title": "The Revival…"}),
    ])  # fmt: skip
    assert merged == {
        "type": "article-journal",
        "author": [{"family": "Stone", "given": "Lawrence"}],
        "title": "The Revival: Reflections",
        "container-title": "Past and Present",
        "page": "3-24",
        "issued": {"date-parts": [[1979]]},
    }


def test_characters_become_the_original_title() -> None:
    merged = merge(
        [
            item(
                {
                    "author": ["陈, 寅恪"],
                    "title": "唐代政治史述论稿",
                    "publisher": "三联书店",
                    "publisher-place": "北京",
                }
            ),
            item({"author": ["Chen, Yinke"], "title": "Tangdai zhengzhi shi shulun gao"}),
        ]
    )
    assert merged["title"] == "Tangdai zhengzhi shi shulun gao"
    assert merged["original-title"] == "唐代政治史述论稿"
    assert merged["author"] == [{"family": "Chen", "given": "Yinke"}]


def test_the_first_access_keeps_its_address_and_its_archived_copy() -> None:
    first = {
        "URL": "http://example.org/a",
        "accessed": {"date-parts": [[2009, 10, 13]]},
        "custom": {"archive-url": "A"},
    }
    later = {
        "title": "A Timeline",
        "publisher": "Example",
        "URL": "https://example.org/a?utm_source=x",
        "accessed": {"date-parts": [[2018, 2, 13]]},
        "custom": {"archive-url": "B", "translated-title": "Eine Zeittafel"},
    }
    merged = merge([later, first])
    assert merged["URL"] == "http://example.org/a"
    assert merged["accessed"] == {"date-parts": [[2009, 10, 13]]}
    assert merged["custom"] == {"archive-url": "A", "translated-title": "Eine Zeittafel"}


def test_the_more_precise_date_is_kept() -> None:
    assert merge([item({"title": "T", "issued": 1964}), item({"issued": [1964, 7, 31]})])["issued"] == {
        "date-parts": [[1964, 7, 31]]
    }


def test_editors_who_elsewhere_pass_for_authors() -> None:
    people = ["Worsley, Peter", "Hunt, Anna"]
    merged = merge(
        [
            item({"author": people, "title": "A Country Study", "publisher": "X", "issued": 1987}),
            item({"editor": people, "title": "A Country Study"}),
        ]
    )
    assert "author" not in merged
    assert [name["family"] for name in merged["editor"]] == ["Worsley", "Hunt"]


def test_nothing_makes_nothing() -> None:
    assert merge([]) == {}


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_the_merged_record_does_not_depend_on_the_order(data: st.DataObject) -> None:
    records = data.draw(st.lists(st.sampled_from(RECORDS), max_size=8))
    assert merge(data.draw(st.permutations(records))) == merge(records)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(RECORDS), min_size=1, max_size=6))
def test_authors_come_from_one_citation(records: list[dict[str, Any]]) -> None:
    def folded(names: list[dict[str, str]]) -> list[str]:
        return ["|".join(map(str.casefold, name.values())) for name in names]

    merged = merge(records)
    assert "id" not in merged
    assert folded(merged.get("author", [])) in [folded(record.get("author", [])) for record in records]
