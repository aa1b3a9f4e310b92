"""What a note names before a citation is its topic; titles that begin with a preposition are none."""

from __future__ import annotations

from pathlib import Path

import pytest

import citekit


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (
            (
                "Edward Said, *Orientalism* (New York: Pantheon, 1978), 5.",
                "For Egypt, Said, *Orientalism*, 44; for India, *ibid.*, 45.",
                "On prices, wages, and rents, Said, *Orientalism*, 48; and, more generally, Said, *Orientalism*, 50.",
            ),
            ("44", "45", "48", "50"),
        ),
        (
            (
                "Jean Meuvret, *Études d’histoire économique*, Paris, Colin, 1971, p. 8.",
                "Sur les prix, Meuvret, *Études*, p. 47 ; pour le Midi, *ibid.*, p. 49.",
                "À Paris, Meuvret, *Études*, p. 51.",
            ),
            ("47", "49", "51"),
        ),
        (
            (
                "Gino Luzzatto, *Storia economica di Venezia*, Venezia, Einaudi, 1961, p. 4.",
                "Su Venezia Luzzatto, *Storia economica*, p. 14; per Genova, *ibid.*, p. 13.",
            ),
            ("14", "13"),
        ),
        (
            (
                "Ramón Carande, *Carlos V y sus banqueros*, Madrid, Crítica, 1965, p. 3.",
                "Sobre los asientos, Carande, *Carlos V*, p. 22.",
            ),
            ("22",),
        ),
    ],
    ids=["en", "fr", "it", "es"],
)
def test_a_topic_leads_to_the_work(tmp_path: Path, notes: tuple[str, ...], expected: tuple[str, ...]) -> None:
    first, *later = _cited(tmp_path, notes)
    assert [citation.works for citation in later] == [first.works] * len(expected)
    assert tuple(citation.locator.value for citation in later if citation.locator) == expected


def test_a_title_in_italics_may_begin_with_a_preposition(tmp_path: Path) -> None:
    barthes, title = _cited(
        tmp_path, ("Roland Barthes, *Sur Racine*, Paris, Seuil, 1963, p. 5.", "*Sur Racine*, p. 47.")
    )
    assert title.works == barthes.works
    assert title.item["title"] == "Sur Racine"


def _cited(folder: Path, notes: tuple[str, ...]) -> tuple[citekit.Citation, ...]:
    """The citations of the notes of a document in Markdown."""
    called = " ".join(f"Words of the text.[^{number}]" for number in range(1, len(notes) + 1))
    listed = "\n".join(f"[^{number}]: {note}" for number, note in enumerate(notes, start=1))
    file = folder / "essay.md"
    file.write_text(f"# Essay\n\n{called}\n\n{listed}\n", encoding="utf-8")
    return citekit.extract(file).citations


@pytest.mark.parametrize(
    ("note", "pages"),
    [
        ("Said, *Orientalism*, 40 (quoting White, *Metahistory*, 7).", ("40", "7")),
        ("White, *Metahistory*, 9 (quoted in Said, *Orientalism*, 42).", ("9", "42")),
        ("Said, *Orientalism*, 5, White, *Metahistory*, 6, and Said, *Orientalism*, 7.", ("5", "6", "7")),
        ("The usual figures (Said, *Orientalism*, 52) need revision.", ("52",)),
        ("As White, *Metahistory*, 98 shows, the plot was comic.", ("98",)),
        ("White (*Metahistory*, 99) puts the number at forty.", ("99",)),
        ("Said, *Orientalism*, 13, with further references.", ("13",)),
        ("Said, *Orientalism*, 14, which overlooks the customs records.", ("14",)),
        ("Said, *Orientalism*, 15, which White, *Metahistory*, 6, disputes.", ("15", "6")),
    ],
)
def test_citations_among_words(tmp_path: Path, note: str, pages: tuple[str, ...]) -> None:
    notes = (
        "Hayden White, *Metahistory* (Baltimore: Johns Hopkins University Press, 1973), 5.",
        "Edward Said, *Orientalism* (New York: Pantheon, 1978), 5.",
        note,
    )
    white, said, *found = _cited(tmp_path, notes)
    assert tuple(citation.locator.value for citation in found if citation.locator) == pages
    for citation in found:
        assert citation.works == (white.works if "Metahistory" in citation.text else said.works)


@pytest.mark.parametrize(
    "note",
    [
        "The *Mary Rose*, 12 guns, was lost in 1545.",
        "The ship (*Victory*, 104 guns) sailed from Portsmouth.",
        "Salt, Sugar, and Tea, vol. 3, were taxed alike.",
    ],
)
def test_italics_and_numbers_in_prose_are_no_citation(tmp_path: Path, note: str) -> None:
    assert _cited(tmp_path, (note,)) == ()


def test_who_wrote_the_preface_belongs_to_the_work(tmp_path: Path) -> None:
    (note,) = _cited(tmp_path, ("Hans Meier, *Die Zunft*, Köln 1960, S. 5, mit einem Vorwort von Karl Schulz.",))
    assert "Schulz" in note.text


def test_a_second_title_of_the_same_author(tmp_path: Path) -> None:
    town, country, *found = _cited(
        tmp_path,
        (
            "Marie Dupont, *La ville*, Paris, Seuil, 1960, p. 5.",
            "Marie Dupont, *La campagne*, Paris, Seuil, 1970, p. 5.",
            "Voir M. Dupont, *La ville*, *op. cit.*, p. 46, et *La campagne*, *op. cit.*, p. 8.",
        ),
    )
    assert [citation.works for citation in found] == [town.works, country.works]


@pytest.mark.parametrize("note", ["Bohstedt, *Riots*, passim.", "*Riots*, *passim*."])
def test_passim_is_no_title(tmp_path: Path, note: str) -> None:
    book = "John Bohstedt, *Riots and Community Politics* (London: Harvard University Press, 1983), 5–7."
    first, second = _cited(tmp_path, (book, note))
    assert second.works == first.works
    assert "container-title" not in second.item
