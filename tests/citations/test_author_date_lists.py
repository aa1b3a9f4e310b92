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
    "Jansen, P. & de Vries, K. (2001) ‘Zout en brood in Holland’, Tijdschrift voor Zeevaart, 114(2), pp. 45–62.": {
        "author": [{"family": "Jansen", "given": "P."}, {"family": "de Vries", "given": "K."}],
        "title": "Zout en brood in Holland",
        "container-title": "Tijdschrift voor Zeevaart",
        "volume": "114",
        "issue": "2",
        "page": "45-62",
    },
    "Brown, L., & White, T. (2012). Salt and famine, 1840–1850. Journal of Maritime Trade, 72(3), 455–478.": {
        "title": "Salt and famine, 1840–1850",
        "container-title": "Journal of Maritime Trade",
        "volume": "72",
        "page": "455-478",
    },
    "Keller, Anna (2009), «Salz und Staat», in Karl Vogel (Hrsg.), Wirtschaft und Herrschaft, Zürich, Chronos, 45–9.": {
        "container-title": "Wirtschaft und Herrschaft",
        "publisher-place": "Zürich",
        "publisher": "Chronos",
        "page": "45-9",
    },
    "DUPONT J., MARTIN P., 1988 – Le sel et l'impôt. Annales du Cotentin, 38 (2) : 145-162.": {
        "author": [{"family": "Dupont", "given": "J."}, {"family": "Martin", "given": "P."}],
        "title": "Le sel et l'impôt",
        "container-title": "Annales du Cotentin",
        "volume": "38",
        "issue": "2",
        "page": "145-162",
    },
    "Rossi F. (1999), Il sale a Venezia, «Quaderni adriatici», XXXVIII, pp. 45-62.": {
        "title": "Il sale a Venezia",
        "container-title": "Quaderni adriatici",
        "volume": "XXXVIII",
        "page": "45-62",
    },
    "SILVA, João Pereira da. O sal e o pão. 2. ed. São Paulo: Companhia das Letras, 1998. 340 p.": {
        "author": [{"family": "Silva", "given": "João Pereira da"}],
        "edition": "2",
        "number-of-pages": "340",
    },
    "Novák, J. – Dvořák, K. (1987): Sůl a chléb. In: Moravský časopis historický 85, č. 3, s. 345–362.": {
        "author": [{"family": "Novák", "given": "J."}, {"family": "Dvořák", "given": "K."}],
        "container-title": "Moravský časopis historický",
        "volume": "85",
        "issue": "3",
        "page": "345-362",
    },
    "Reed, Tom. (1967). “The Salt World.” Ashcombe Press, p. 173.": {
        "title": "The Salt World",
        "publisher": "Ashcombe Press",
    },
    "Blanc, Marie. 1999. « Le sel a-t-il un prix ? ». Annales du Cotentin 12 : 3-9.": {
        "title": "Le sel a-t-il un prix ?",
        "container-title": "Annales du Cotentin",
    },
    "Moreau, Luc. 2000. Essai sur l’« or blanc ». Paris: Plon.": {
        "title": "Essai sur l’« or blanc »",
        "publisher": "Plon",
    },
    "Petrov, N. N. 1966. Istoriya soli [A History of Salt, 1775–1815]. Moscow: Nauka.": {
        "title": "Istoriya soli",
        "custom": {"translated-title": "A History of Salt, 1775–1815"},
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
