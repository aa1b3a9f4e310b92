"""Entries of author-date lists (Chicago 17, chapter 15), read in a document, whose list they stand in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import citekit

ENTRIES = {
    "Marsh, Edith M. S. 2016. *The Great Fen: Water and Power*. Cambridge: Cambridge University Press.": {
        "author": [{"family": "Marsh", "given": "Edith M. S."}],
        "issued": {"date-parts": [[2016]]},
        "title": "The Great Fen: Water and Power",
    },
    "Marsh, Edith. Forthcoming. “Eels and Rent.” In *Wet Lands*, edited by Tom Reed. London: Routledge.": {
        "author": [{"family": "Marsh", "given": "Edith"}],
        "issued": {"literal": "Forthcoming"},
        "title": "Eels and Rent",
        "publisher": "Routledge",
    },
    "Reed, Tom. In press. “Salt and Rent.” In *Wet Lands*, edited by Edith Marsh. London: Routledge.": {
        "author": [{"family": "Reed", "given": "Tom"}],
        "title": "Salt and Rent",
        "publisher": "Routledge",
    },
    "Reed, Tom. 2005. *A Land of Reeds? Economy and Society in the Later Middle Ages*. Oxford: Clarendon Press.": {
        "author": [{"family": "Reed", "given": "Tom"}],
        "title": "A Land of Reeds? Economy and Society in the Later Middle Ages",
    },
    "Autorità portuale di Ancona. 1998. *Il porto e la città*. Ancona: Il lavoro editoriale.": {
        "author": [{"literal": "Autorità portuale di Ancona"}],
        "title": "Il porto e la città",
    },
    "The Times. 1965. “Bread and Salt.” 4 May.": {
        "author": [{"literal": "The Times"}],
        "issued": {"date-parts": [[1965, 5, 4]]},
        "title": "Bread and Salt",
    },
    "Le Monde. 1974. « Le pain et le sel ». 4 mai.": {
        "author": [{"literal": "Le Monde"}],
        "issued": {"date-parts": [[1974, 5, 4]]},
        "title": "Le pain et le sel",
    },
    "Der Spiegel (1962): „Brot und Salz“. 10. Oktober.": {
        "author": [{"literal": "Der Spiegel"}],
        "issued": {"date-parts": [[1962, 10, 10]]},
        "title": "Brot und Salz",
    },
    "El País. 1981. «La sal y el pan». 24 de febrero.": {
        "author": [{"literal": "El País"}],
        "issued": {"date-parts": [[1981, 2, 24]]},
        "title": "La sal y el pan",
    },
    "La Stampa. 1962. «Il sale e il pane». 3 maggio.": {
        "author": [{"literal": "La Stampa"}],
        "issued": {"date-parts": [[1962, 5, 3]]},
        "title": "Il sale e il pane",
    },
    "Roth, Hans (1962): Das Salz. In: Der Spiegel, 10. Oktober, S. 3.": {
        "author": [{"family": "Roth", "given": "Hans"}],
        "issued": {"date-parts": [[1962, 10, 10]]},
        "title": "Das Salz",
        "container-title": "Der Spiegel",
    },
    "Reed, Tom. 1965. “Bread and Salt.” *New York Times*, May 4, 1965.": {
        "author": [{"family": "Reed", "given": "Tom"}],
        "issued": {"date-parts": [[1965, 5, 4]]},
        "title": "Bread and Salt",
        "container-title": "New York Times",
    },
}


# The letter before the year is an initial, whatever else it stands for: "S." is a page, "T." a volume, "N." a number.
LISTS_WITH_INITIALS = (
    "Vogel, {letter}. 1977. Das Salz der Armen. Göttingen: Vandenhoeck.",
    "Hill, M. and Watson, {letter}. 1958. The salt roads. London: Methuen.",
    "Dupont, F. et Martin, {letter}. 1988. Le sel et le pain. Paris: Seuil.",
    "Nowak, {letter}. i Kowal, J. 1984. Sól i chleb. Warszawa: PWN.",
    "Rossi, F., Bianchi, G. e Conti, {letter}. 1966. Il sale e il pane. Torino: Einaudi.",
    "García Lorca, {letter}. M. 1999. La sal y el pan. Madrid: Alianza.",
)


@pytest.mark.parametrize("entry", LISTS_WITH_INITIALS)
def test_the_initial_before_the_year_is_no_page_or_volume(entry: str, tmp_path: Path) -> None:
    letters = [chr(place) for place in range(ord("A"), ord("Z") + 1)]
    entries = "\n\n".join(entry.format(letter=letter) for letter in letters)
    article = tmp_path / "salt.md"
    article.write_text(f"# Salt\n\nSalt went by water.\n\n## References\n\n{entries}\n", encoding="utf-8")
    year = int(re.search(r"\d{4}", entry).group())  # type: ignore[union-attr]
    for letter, citation in zip(letters, citekit.extract(article).citations, strict=True):
        item = citation.to_json()["item"]
        assert item["issued"] == {"date-parts": [[year]]}, item
        assert any(f"{letter}." in name.get("given", "") for name in item["author"]), item
        assert "volume" not in item
        assert citation.locator is None


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_of_a_list(entry: str, tmp_path: Path) -> None:
    article = tmp_path / "fens.md"
    others = "\n\n".join(other for other in ENTRIES if other != entry)
    article.write_text(
        f"# The fens\n\nThe fen was drained.\n\n## References\n\n{entry}\n\n{others}\n", encoding="utf-8"
    )
    first = citekit.extract(article).citations[0].to_json()["item"]
    assert {name: first.get(name) for name in ENTRIES[entry]} == ENTRIES[entry]
