"""A big store made by chance from a seed: invented works, documents that cite them, no word of a real document.

Documents, notes and citations are written by the store's own functions (`citekit.store.documents`); the groups are
known beforehand and written as they would be found, for finding them is what adding documents one by one measures.
"""

from __future__ import annotations

import hashlib
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any

from sqlalchemy import Connection, delete, insert

from citekit.model import Citation, Document, Extraction, Form, Item, Locator, Note, NoteKind, Resolution, Span, Work
from citekit.store import documents, tables
from citekit.store.search_tables import outdated

__all__ = ["CITATIONS", "Library", "fill"]

CITATIONS = 60  # of one document
_NEW = 12  # works that a document is the first to cite
_KNOWN = 13  # works that documents before it cited
_NOTES = 40
_AT_ONCE = 100  # documents in one transaction

_ONSETS = ("b", "br", "c", "ch", "d", "dr", "f", "fr", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr", "r", "s")
_VOWELS = ("a", "e", "i", "o", "u", "ä", "ö", "é", "à", "ó", "ai", "ei", "ou")
_CODAS = ("", "n", "r", "s", "l", "t", "nd", "st", "ck")
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшыюя"
_HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 2400)]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Words with the weights that words of a language have: the n-th is about 1/n as frequent as the first."""

    words: Sequence[str]
    weights: Sequence[float]

    def draw(self, chance: random.Random, number: int) -> list[str]:
        total = self.weights[-1]
        return [self.words[bisect(self.weights, chance.random() * total)] for _ in range(number)]


def _shelf(words: Sequence[str], flatness: float = 10) -> _Shelf:
    return _Shelf(words, list(accumulate(1 / (place + flatness) for place in range(len(words)))))


class Library:
    """All works and documents that a seed gives."""

    def __init__(self, works: int, seed: int = 1959) -> None:
        chance = random.Random(seed)
        self._chance = chance
        self._latin = _shelf(sorted((_word(chance) for _ in range(40_000)), key=len))  # frequent words are short
        self._cyrillic = _shelf(["".join(chance.choices(_CYRILLIC, k=chance.randint(4, 10))) for _ in range(8_000)])
        self._han = _shelf(_HAN, flatness=60)
        self._families = _shelf([_word(chance).capitalize() for _ in range(20_000)], flatness=200)
        self._given = _shelf([_word(chance).capitalize() for _ in range(1_500)], flatness=30)
        self._houses = _shelf([_word(chance).capitalize() for _ in range(600)])
        self._places = _shelf([_word(chance).capitalize() for _ in range(200)])
        self.items: list[dict[str, Any]] = [self._item() for _ in range(works)]
        # How often works are cited: the first some hundred times in a million, most a few times.
        self._popularity = list(accumulate(1 / (place + 100) ** 0.9 for place in range(works)))

    def _item(self) -> dict[str, Any]:
        chance = self._chance
        kind = chance.random()
        item: dict[str, Any] = {"type": "book", "title": self._title()}
        item["author"] = [
            {"family": self._families.draw(chance, 1)[0], "given": self._given.draw(chance, 1)[0]}
            for _ in range(1 + (chance.random() < 0.12))
        ]
        item["issued"] = {"date-parts": [[int(2020 - 170 * chance.random() ** 2)]]}
        if kind < 0.25:
            item |= {"type": "article-journal", "container-title": " ".join(self._latin.draw(chance, 3)).capitalize()}
            item |= {
                "volume": str(chance.randint(1, 90)),
                "page": f"{chance.randint(1, 300)}-{chance.randint(301, 600)}",
            }
        elif kind < 0.4:
            item |= {"type": "chapter", "container-title": self._title()}
        if kind >= 0.25:
            item |= {
                "publisher": self._houses.draw(chance, 1)[0],
                "publisher-place": self._places.draw(chance, 1)[0],
            }
        if chance.random() < 0.05:
            item["URL"] = f"https://{self._houses.draw(chance, 1)[0].lower()}.example/{chance.randint(1, 10**6)}"
        return item

    def _title(self) -> str:
        chance = self._chance
        script = chance.random()
        if script < 0.08:
            return "".join(self._han.draw(chance, chance.randint(4, 14)))
        words = (self._cyrillic if script < 0.16 else self._latin).draw(chance, chance.randint(4, 10))
        return " ".join(words).capitalize()

    def documents(self, number: int) -> Iterator[tuple[str, Extraction, list[int]]]:
        """Documents one by one: source, what was read, and which works (by index) theirs are, in their order."""
        for place in range(number):
            first = place * _NEW % len(self.items)
            fresh = [index % len(self.items) for index in range(first, first + _NEW)]
            yield self.document(f"/library/shelf-{place % 97}/essay-{place}.txt", fresh)

    def document(self, source: str, fresh: Sequence[int] = ()) -> tuple[str, Extraction, list[int]]:
        """A document that cites the works `fresh` and others by their popularity."""
        chance, total = self._chance, self._popularity[-1]
        drawn = [bisect(self._popularity, chance.random() * total) for _ in range(_KNOWN + _NEW - len(fresh))]
        cited = list(dict.fromkeys([*fresh, *(min(index, len(self.items) - 1) for index in drawn)]))
        order = [*range(len(cited)), *(chance.randrange(len(cited)) for _ in range(CITATIONS - len(cited)))]
        return source, self._extraction(source, [self.items[index] for index in cited], order), cited

    def _extraction(self, source: str, items: Sequence[Item], order: Sequence[int]) -> Extraction:
        chance = self._chance
        pieces: list[str] = []
        length = 0
        notes: list[Note] = []
        citations: list[Citation] = []
        naming: dict[int, str] = {}
        rest = iter(order)
        sizes = [len(order) // _NOTES + (place < len(order) % _NOTES) for place in range(_NOTES)]
        for number, size in enumerate(sizes, 1):
            body = " ".join(self._latin.draw(chance, 30)).capitalize() + f".{number}\n\n{number} "
            pieces.append(body)
            length += len(body)
            begin = length
            note = f"n{number}"
            for place in islice(rest, size):
                words, citation = self._citation(
                    items[place], place, naming, number=len(citations) + 1, note=note, start=length
                )
                pieces.append(words + "; ")
                length += len(words) + 2
                citations.append(citation)
            comment = " ".join(self._latin.draw(chance, 6)) + ".\n\n"
            pieces.append(comment)
            length += len(comment)
            text = "".join(pieces[-size - 1 :])[:-2]
            span = Span(begin, length - 2)
            notes.append(Note(note, str(number), NoteKind.FOOTNOTE, Span(begin - 2, begin - 1), (span,), text))
        whole = "".join(pieces)
        mentions: dict[int, list[str]] = {}
        for place, citation in zip(order, citations, strict=True):
            mentions.setdefault(place, []).append(citation.id)
        works = tuple(Work(f"w{place + 1}", items[place], tuple(said)) for place, said in sorted(mentions.items()))
        digest = hashlib.sha256(whole.encode()).hexdigest()
        document = Document(
            whole, path=source, encoding="utf-8", language=chance.choice(["de", "en", "fr", "it"]), sha256=digest
        )
        return Extraction(document, tuple(notes), (), tuple(citations), works)

    def _citation(
        self, item: Item, place: int, naming: dict[int, str], *, number: int, note: str, start: int
    ) -> tuple[str, Citation]:
        chance = self._chance
        page = str(chance.randint(1, 500))
        name = f"c{number}"
        resolution = None
        if place in naming:
            form, said = Form.SHORT, {"author": item["author"], "title": " ".join(str(item["title"]).split()[:3])}
            words = f"{item['author'][0]['family']}, {said['title']}, p. {page}"
            resolution = Resolution(naming[place], "short-title", 0.9)
        else:
            form, said = Form.FULL, dict(item)
            naming[place] = name
            words = f"{_reference(item)}, p. {page}"
        return words, Citation(
            name, note, (Span(start, start + len(words)),), words, form, said, {}, None, Locator("page", page), (),
            round(chance.uniform(0.6, 1), 2), (f"w{place + 1}",), resolution,
        )  # fmt: skip

    def queries(self, number: int) -> list[str]:
        """Searches as people type them: author and word, words of a title, a phrase, two Chinese characters …"""
        chance = random.Random(1791)
        return [self._query(chance, chance.choice(self.items)) for _ in range(number)]

    def _query(self, chance: random.Random, item: Item) -> str:
        family, title = item["author"][0]["family"], str(item["title"])
        words = title.split()
        year = item["issued"]["date-parts"][0][0]
        if len(words) == 1:
            start = chance.randrange(len(title) - 2)
            return chance.choice(
                [title[start : start + 2], f"{family} {title[start : start + 3]}", title[:1] + f" {year}"]
            )
        kinds = (
            family, f"{family} {year}", f"{family} {chance.choice(words)}", " ".join(chance.sample(words, 2)),
            chance.choice(words), f'"{" ".join(words[:3])}"', f"{words[0][:4]}* {family}",
            f"{chance.choice(words)} {year}", str(year), f"{chance.choice(words)} -{family}",
        )  # fmt: skip
        return chance.choice(kinds)


def _word(chance: random.Random) -> str:
    syllables = range(chance.choice((1, 2, 2, 3, 3, 4)))
    return "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS) for _ in syllables)


def _reference(item: Item) -> str:
    names = ", ".join(f"{name['given']} {name['family']}" for name in item["author"])
    stated = (item.get("container-title"), item.get("publisher-place"), item.get("publisher"), item.get("URL"))
    return ", ".join(
        [names, str(item["title"]), *map(str, filter(None, stated)), str(item["issued"]["date-parts"][0][0])]
    )


def fill(connection: Connection, library: Library, number: int) -> Iterator[int]:
    """Write `number` documents; yields how many are written, whenever the caller should commit."""
    from citekit.formats.keys import citation_key, unique_key

    # The derived rows are made in one go behind the last document: a work cited in a thousand documents is then
    # indexed once, not a thousand times.
    groups: dict[int, tuple[int, int]] = {}
    taken: set[str] = set()
    for done, (source, extraction, cited) in enumerate(library.documents(number), 1):
        document = documents.store_document(connection, source, extraction.document.sha256, extraction, known=None)
        own = documents.store_reading(connection, document, extraction)
        for index in cited:
            if index not in groups:
                item = library.items[index]
                key = unique_key(citation_key(item), taken)
                taken.add(key)
                numbered = insert(tables.citation_keys).returning(tables.citation_keys.c.id)
                key_id = int(connection.execute(numbered, {"key": key}).scalar_one())
                made = insert(tables.works).returning(tables.works.c.id)
                values = {"citation_key_id": key_id, "item": item, "incomplete": False}
                groups[index] = (int(connection.execute(made, values).scalar_one()), key_id)
        connection.execute(
            insert(tables.memberships),
            [
                {"document_work_id": row, "work_id": groups[index][0], "citation_key_id": groups[index][1]}
                for row, index in zip(own, cited, strict=True)
            ],
        )
        connection.execute(
            insert(tables.machine_keys),
            [
                {"document_work_id": row, "home_id": groups[index][1], "citation_key_id": groups[index][1]}
                for row, index in zip(own, cited, strict=True)
            ],
        )
        if done % _AT_ONCE == 0 or done == number:
            connection.execute(delete(outdated))
            yield done
