"""Notes composed of citations whose bounds are known, with signals, remarks and short forms between them.

The citations are labelled strings or are rendered anew from their fields in the manner of notes; the remarks are
composed of the small words and verbs in `remarks.toml` and of words and phrases from the titles of the same strings,
so that only the small words and the order tell a remark from a title.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from random import Random

from citekit.model import Span

__all__ = ["ComposedNote", "LabelledString", "compose"]

_SHARES = {"fr": 4, "en": 4, "it": 3, "de": 2, "es": 2}  # of the notes, by what historians' notes are written in
_IBID = ("Ibid.", "Ibidem", "Ibid", "Ivi", "Ebd.", "Ib.", "Id.", "ID.", "Idem")
_CITED = ("op. cit.", "op. cit", "art. cit.", "cit.", "loc. cit.", "ouv. cité", "art. cité", "a.a.O.")
_LOCATORS = (
    ", p. {a}",
    ", pp. {a}-{b}",
    ", p. {a}-{b}",
    ", p. {a} sq.",
    ", {a}",
    ": {a}-{b}",
    ", S. {a}",
    ", pp. {a}–{b}",
)
_QUOTES = {"fr": ("« ", " »"), "en": ("“", "”"), "it": ("«", "»"), "es": ("«", "»"), "de": ("„", "“")}
_PLACES = ("Paris", "London", "Roma", "Madrid", "Berlin", "Lyon", "Milano", "New York", "Wien", "Genève")
_SLOT = re.compile(r"\{(\w)\}")
_EDGES = ' .,;:«»“”"()'
_MARKUP = re.compile(r"<[^<>]{1,40}>")
_HEAD = re.compile(r"^\s*(?:\[?\d{1,3}[\].)]|Cfr\.|Si veda|Ibid|Vedi|cfr\.|v\.)\s*")
_DEEPEST = 4  # remarks inside remarks


@dataclass(frozen=True, slots=True)
class LabelledString:
    """A citation string, its language, and its fields by name (author, title, container-title, date …)."""

    text: str
    language: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ComposedNote:
    """A note, the places of its citations, and its language."""

    text: str
    citations: tuple[Span, ...]
    language: str


@cache
def _remarks() -> dict[str, dict[str, list[str]]]:
    file = resources.files(__package__).joinpath("remarks.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def compose(
    strings: Iterable[LabelledString], count: int, *, seed: int = 1, languages: Sequence[str] | None = None
) -> Iterator[ComposedNote]:
    """`count` notes, the same for the same strings and seed; `languages` are those of the words between citations."""
    composer = _Composer(strings, Random(seed))  # noqa: S311 – dice, no secrets
    chosen = [
        language for language, share in _SHARES.items() for _ in range(share) if language in (languages or _SHARES)
    ]
    for _ in range(count):
        yield composer.note(composer.random.choice(chosen))


@dataclass(slots=True)
class _Line:
    """A note that is being written."""

    pieces: list[str] = field(default_factory=list)
    citations: list[Span] = field(default_factory=list)
    length: int = 0

    def add(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)

    def cite(self, words: str) -> None:
        self.citations.append(Span(self.length, self.length + len(words)))
        self.add(words)


class _Composer:
    """The strings, sorted, and the dice."""

    def __init__(self, strings: Iterable[LabelledString], random: Random) -> None:
        self.random = random
        self.strings: defaultdict[str, list[LabelledString]] = defaultdict(list)
        self.titles: defaultdict[str, list[str]] = defaultdict(list)
        self.phrases: defaultdict[str, list[str]] = defaultdict(list)
        self.words: defaultdict[str, list[str]] = defaultdict(list)
        self.names: defaultdict[str, list[str]] = defaultdict(list)
        self.periodicals: defaultdict[str, list[str]] = defaultdict(list)
        for string in strings:
            language = string.language
            self.strings[language].append(string)
            title = string.fields.get("title", "").strip(_EDGES)
            if 2 <= len(title.split()) <= 20:
                self.titles[language].append(title)
                self.phrases[language].extend(_phrases(title))
                self.words[language].extend(word for word in re.findall(r"[^\W\d_]{4,}", title) if word.islower())
            author = string.fields.get("author", "").strip(_EDGES)
            if author.count(",") <= 1 and 4 < len(author) < 40:
                self.names[language].append(author)
            periodical = string.fields.get("container-title", "").strip(_EDGES)
            if 4 < len(periodical) < 40 and not any(char.isdigit() for char in periodical):
                self.periodicals[language].append(periodical)

    def note(self, language: str) -> ComposedNote:
        chance, line = self.random.random, _Line()
        if chance() < 0.25:
            for number in range(self.random.choice((1, 1, 1, 2, 3))):
                line.add((" " if number else "") + self.remark(language) + ".")
            return ComposedNote("".join(line.pieces), (), language)
        remarks = _remarks()[language]
        closing = ""
        if chance() < 0.35:
            line.add(self.remark(language))
            opening = self.random.choice((". ", ". ", " : ", ": ", ", ", " (", "."))
            closing = ")" if opening == " (" else ""
            line.add(opening)
        if chance() < 0.3:
            line.add(self._filled(self.random.choice(remarks["signal"]), language))
        for number in range(self.random.choice((1, 1, 1, 1, 2, 2, 3, 4))):
            if number:
                line.add(self.random.choice(remarks["join"]))
                if chance() < 0.2:
                    line.add(self.remark(language) + self.random.choice((" : ", ": ", ". ")))
            line.cite(self.citation(language))
            if chance() < 0.08:
                line.add(self._filled(self.random.choice(remarks["behind"]), language))
        line.add(closing)
        if chance() < 0.18:
            line.add(". " + self.remark(language) + ".")
        elif chance() < 0.75:
            line.add(".")
        return ComposedNote("".join(line.pieces), tuple(line.citations), language)

    def remark(self, language: str) -> str:
        """A sentence, or a remark without a verb."""
        pick, remarks = self.random.choice, _remarks()[language]
        if self.random.random() < 0.1:
            words = self._filled(pick(remarks["without_verb"]), language)
        else:
            parts = (pick(remarks["opening"]), pick(remarks["subject"]), " ", pick(remarks["verb"]), " ")
            words = self._filled("".join((*parts, pick(remarks["object"]), pick(remarks["tail"]))), language)
        words = words[:1].upper() + words[1:]
        if self.random.random() < 0.12:
            opening, closing = _QUOTES[language]
            words = opening + words + closing
        return words

    def citation(self, language: str) -> str:
        """One citation: a short form, a newspaper's day, a string as it is, or one rendered in the manner of notes."""
        chance = self.random.random()
        if chance < 0.10:
            return self.random.choice(_IBID) + self._locator(0.6)
        if chance < 0.28:
            return self._short(language)
        if chance < 0.35:
            return self._newspaper(language)
        known = language if self.random.random() < 0.75 else self.random.choice(("en", "it", "und"))
        pool = self.strings[known] or self.strings["en"]
        string = self.random.choice(pool)
        for _ in range(20):
            if 15 < len(string.text) < 350:
                break
            string = self.random.choice(pool)
        if "author" in string.fields and "title" in string.fields and self.random.random() < 0.55:
            return self._rendered(string)
        words = _HEAD.sub("", _MARKUP.sub("", string.text)).rstrip(" .;,")
        if not re.search(r"pp?\.|\d-\d", words[-25:]):
            words += self._locator(0.4)
        return " ".join(words.split())

    def _short(self, language: str) -> str:
        name = self._name(language)
        if self.random.random() < 0.4:
            name = name.split()[-1]
        words = self.random.choice(self.titles[language] or self.titles["en"]).split()
        title = " ".join(words[: self.random.randint(2, 6)])
        if self.random.random() < 0.4:
            opening, closing = _QUOTES[language]
            title = opening + title + closing
        chance = self.random.random()
        if chance < 0.25:
            return f"{name}, {self.random.choice(_CITED)}" + self._locator(0.8)
        if chance < 0.65:
            dots = self.random.choice(("…", "...", ""))
            return f"{name}, {title}{dots}, {self.random.choice(_CITED)}" + self._locator(0.8)
        if chance < 0.75:
            return f"{title}, {self.random.choice(_CITED)}" + self._locator(0.8)
        if chance < 0.9:
            year = self.random.randint(1900, 2012)
            return self.random.choice((f"{name} {year}", f"{name} ({year})", f"{name}, {year}")) + self._locator(0.7)
        number = self.random.randint(1, 150)
        return f"{name}, {self.random.choice(('supra note', 'note', 'n.'))} {number}" + self._locator(0.6)

    def _newspaper(self, language: str) -> str:
        name = self.random.choice(self.periodicals[language] or self.periodicals["en"] or self.titles[language])
        issue = f", n° {self.random.randint(1, 900)}" if self.random.random() < 0.2 else ""
        return f"{name}{issue}, {self._day(language)} {self._year()}" + self._locator(0.4)

    def _rendered(self, string: LabelledString) -> str:
        pick, chance = self.random.choice, self.random.random
        fields = {name: value.strip(_EDGES) for name, value in string.fields.items()}
        name = self._turned(fields["author"])
        if chance() < 0.15:
            given, _, family = name.rpartition(" ")
            name = f"{given} {family.upper()}".strip()
        if chance() < 0.15:
            name += pick((" et ", " and ", " e ", " und ", " & ")) + self._name(string.language)
        title, container = fields["title"], fields.get("container-title")
        if container or chance() < 0.1:
            opening, closing = pick((("« ", " »"), ("“", "”"), ("«", "»"), ("", ""), ("„", "“")))
            title = opening + title + closing
        words = f"{name}, {title}"
        if container:
            words += ", " + pick(("", "in ", "dans ", "in: ", "")) + container
        if "editor" in fields and chance() < 0.5:
            words += ", " + fields["editor"]
        if "volume" in fields:
            words += ", " + pick(("vol. ", "", "t. ", "n° ")) + fields["volume"]
        place = fields.get("publisher-place") or pick(_PLACES)
        publisher = fields.get("publisher", "")
        year = fields.get("date") or self._year()
        if container and chance() < 0.6:
            words += pick((f", {year}", f" ({year})"))
        elif publisher:
            words += pick(
                (f", {place}, {publisher}, {year}", f" ({place}: {publisher}, {year})", f", {publisher}, {year}")
            )
        else:
            words += pick((f", {place}, {year}", f" ({place}, {year})", f", {place} {year}"))
        if "pages" in fields:
            words += ", " + fields["pages"]
        words += self._locator(0.5)
        if chance() < 0.12:
            words += f", {self.random.randint(80, 700)} p."
        return " ".join(words.split()).strip(" ,;")

    def _filled(self, words: str, language: str, depth: int = 0) -> str:
        return _SLOT.sub(lambda match: self._slot(match[1], language, depth), words)

    def _slot(self, letter: str, language: str, depth: int) -> str:
        match letter:
            case "p":
                phrase = self.random.choice(self.phrases[language] or self.phrases["en"])
                return phrase[0].lower() + phrase[1:] if self.random.random() < 0.6 else phrase
            case "n":
                name = self._name(language)
                return name if self.random.random() < 0.7 else name.split()[-1]
            case "y":
                return self._year()
            case "d":
                return self._day(language)
            case "k":
                smallest = self.random.choice((2, 40, 1000))
                return str(self.random.randint(smallest, smallest * 9))
            case "s" | "v" | "o" if depth < _DEEPEST:
                table = {"s": "subject", "v": "verb", "o": "object"}[letter]
                return self._filled(self.random.choice(_remarks()[language][table]), language, depth + 1)
            case _:
                return self.random.choice(self.words[language] or self.words["en"])

    def _name(self, language: str) -> str:
        return self._turned(self.random.choice(self.names[language] or self.names["en"]))

    @staticmethod
    def _turned(name: str) -> str:
        """ "Weber, Max" as notes print it: "Max Weber"."""
        family, comma, given = name.partition(", ")
        return f"{given} {family}" if comma and "," not in given else name

    def _year(self) -> str:
        return str(self.random.randint(1650, 2012))

    def _day(self, language: str) -> str:
        return f"{self.random.randint(1, 28)} {self.random.choice(_remarks()[language]['month'])}"

    def _locator(self, share: float) -> str:
        if self.random.random() > share:
            return ""
        page = self.random.randint(1, 400)
        return self.random.choice(_LOCATORS).format(a=page, b=page + self.random.randint(1, 40))


def _phrases(title: str) -> Iterator[str]:
    words = title.split()
    yield " ".join(words[-3:])
    yield " ".join(words[:4])
    if len(words) > 4:
        yield " ".join(words[1:5])
