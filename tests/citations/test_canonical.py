"""Passages of works that all editions divide alike are a work and a verse, section or article; never a page."""

from __future__ import annotations

import pytest

import citekit
from citekit.citations.canonical import passage


@pytest.mark.parametrize(
    ("printed", "work", "term", "value"),
    [
        ("Gen. 1:1–3", "Gen.", "verse", "1:1-3"),
        ("Mt 5,3", "Mt", "verse", "5,3"),
        ("1 Kor 13,4–7", "1 Kor", "verse", "13,4-7"),
        ("Juan 3:16", "Juan", "verse", "3:16"),
        ("Мф. 5:3", "Мф", "verse", "5:3"),
        ("Qur’an 2:255", "Qur’an", "verse", "2:255"),
        ("Koran 24,35.", "Koran", "verse", "24,35"),
        ("Coran 2:255", "Coran", "verse", "2:255"),
        ("Rigveda 10.129", "Rigveda", "verse", "10.129"),
        ("Dig. 9.2.5", "Dig", "section", "9.2.5"),
        ("D. 9.2.5.1", "D.", "section", "9.2.5.1"),
        ("Cod. Theod. 16.1.2", "Cod. Theod", "section", "16.1.2"),
        ("Hom. Il. 1.1", "Il", "section", "1.1"),
        ("Homer, Iliad 1.1", "Iliad", "section", "1.1"),
        ("BGB § 433", "BGB", "section", "433"),
        ("§ 433 Abs. 1 BGB", "BGB", "section", "433 Abs. 1"),
        ("Art. 5 GG", "GG", "article-locator", "5"),
        ("art. 1382 Code civil", "Code civil", "article-locator", "1382"),
        ("art. 2043 c.c.", "c.c", "article-locator", "2043"),
        ("art. 415 k.c.", "k.c", "article-locator", "415"),
        ("ст. 15 ГК РФ", "ГК РФ", "article-locator", "15"),
    ],
)
def test_work_and_passage(printed: str, work: str, term: str, value: str) -> None:
    (found,) = citekit.parse(printed)
    assert found.item["title"] == work
    assert "page" not in found.item
    assert found.locator is not None
    assert (found.locator.label, found.locator.value) == (term, value)


@pytest.mark.parametrize(
    "printed",
    [
        "Art. 5 GG schützt die Freiheit der Kunst",
        "Mark 3 of the engine was built in 1911",
        "Koran manuscripts of the ninth century",
        "D. 9.2 was the number of the room",
        "Marc Bloch, Les rois thaumaturges, Paris 1924, p. 5",
        "Sure, 2 of them came",
        "art. 5 of the exhibition",
    ],
)
def test_what_only_looks_like_a_passage(printed: str) -> None:
    assert passage(printed) is None


@pytest.mark.parametrize(
    "printed",
    [
        "Smith, Salt and Empire, 15, Table 3",
        "Smith, Salt and Empire, p. 15, fig. 3",
        "Schmidt, Salz und Reich, S. 15, Abb. 3",
        "Morales, La sal, p. 15, lám. 3",
        "Kowal, Sól i państwo, s. 15, ryc. 3",
        "Bassi, Il sale, p. 15, tav. III",
    ],
)
def test_a_figure_stands_on_its_page(printed: str) -> None:
    (found,) = citekit.parse(printed)
    assert found.locator is not None
    assert (found.locator.label, found.locator.value) == ("page", "15")
    assert not {"container-title", "volume", "issue"} & set(found.item)


def test_a_title_that_counts_a_table() -> None:
    (found,) = citekit.parse("Smith, John. The Round Table 3. London: Methuen, 1900.")
    assert found.item["title"] == "The Round Table 3"
