"""Cutting a note into its citations and the comment between and around them.

Each piece of a note (see `cuts`) is stripped of signals, joining words and comment before the citation; what has
none of the signs of a citation is comment and yields nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from citekit.citations.acts import gazettes
from citekit.citations.brackets import enclosures, protected
from citekit.citations.comment import behind_colon, comment_behind, in_brackets, late_start, late_title, without_added
from citekit.citations.cues import find_cues, note_reference_pattern, starts_with_idem
from citekit.citations.cuts import can_end, ends_with_page, pieces
from citekit.citations.cutter import Reading, read
from citekit.citations.dates import find_dates
from citekit.citations.evidence import evidence
from citekit.citations.ibid_in_sentence import behind_comment, ibids_in_sentences
from citekit.citations.identifiers import find_identifiers
from citekit.citations.locators import behind_label, find_locators, pages_and_following
from citekit.citations.own_text import note_references, only_own_text
from citekit.citations.places import is_publisher
from citekit.citations.printed_short import further_short_forms, short_form_at, short_forms
from citekit.citations.prose import is_opening, sentence_words
from citekit.citations.remarks import remark_behind
from citekit.citations.shelf_series import files_behind, further_files, is_archival
from citekit.citations.signals import (
    is_of_name,
    joins_behind,
    lead_head,
    signal_behind,
    signal_closing,
    signal_head,
    signals_inside,
)
from citekit.citations.starts import LOOKED_AT, starts_citation
from citekit.citations.topics import behind_topic
from citekit.citations.trimmed import CLOSING, trim
from citekit.model import Span

__all__ = ["Segment", "in_reach", "reads_as_citation", "segment"]

# The languages of the notes that the model learned from; None is a string of which nothing else is known.
LANGUAGES = (None, "fr", "en", "it", "de", "es")
# Measured on composed notes and on notes of OpenEdition journals: where the model is this sure, it is more often right
# than the rules; below the second share, what the rules took for a citation more often is comment.
_LIKELY, _SURE, _CERTAIN = 0.8, 0.95, 0.98
_AROUND = 14  # characters: a signal, a joining word
_REPEATED = "–—-,"  # for the author of the entry before, in a list
_FIRM = 2  # signs
_SHORT = 40  # characters
_QUOTED = 3  # verbs; a title has fewer
_OTHER_LETTERS = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")

_HOUSE_AND_YEAR = re.compile(r"(?P<house>[^\d,;:()]{3,40}),\s(?:1[5-9]|20)\d{2}")
_IDEM = 12  # characters of "ders.", "Idem", with what stands behind
_LONGEST_NAME = 80  # characters of the names before a title in italics
# "zu den folgenden Seiten: Skocpol 1979": small words and a colon before the citation.
_SAID_BEFORE = re.compile(r"[^\W\d_A-Z][^\d:;,()“”«»\"]{3,80}:\s")
# "Vgl. Bergier, Salz": behind a signal or another citation a family name and a short title suffice.
_PLAIN_SHORT = re.compile(
    r"[^\W\d_a-z][\w’'-]{1,40}(?:\s?/\s?[^\W\d_a-z][\w’'-]{1,40}){0,5},\s[^\W\d_a-z][^,.;:()]{2,60}(?:,\s(?:op\.\s)?cit\.?)?\s?$"
)
# "Anna Weber, Salt, p. 5; Acts of the diet, 1845": behind another citation a title and a year suffice.
_TITLE_YEAR = re.compile(r"[^\W\d_a-z][^.;:()“”«»\"\d]{8,100},\s(?:1[5-9]|20)\d{2}$")
# "Journal of" Development Economics, "Anna Weber and" Max Roth, "Palestine Act –" Gazette, "Weber, in" Karl Roth.
_LEADS_ON = re.compile(
    r"(?:[^\W\d_a-z][\w’'-]{1,40}\s(?:of|for|di|de|du|des|del|della|van|der)(?:\sthe)?"
    r"|[^\W\d_a-z][\w’'.-]{1,40}\s(?:and|und|et|e|y|en|i|och|og|и|&)|[–—/]|,\s(?:in|dans|en)|\bv\.)\s?$"
)
# "…, 1990; e Le vie del sale": a work of the same author, as no title begins with a small "and".
_BEGINS = re.compile(r"[“„«\"‘]?[^\W\d_a-zß-öø-ÿ][\w'’]*[\s,]")
_EAST_ASIA = "\u2e80"
_DIGIT = re.compile(r"\d")
_FINITE_OR_LONG = re.compile(r"^[^“«„\"]{60}|\b(?:in|see|of)\s[“«„\"]")


@dataclass(frozen=True, slots=True)
class Segment:
    """One citation in a line of words: its bounds without signal and closing punctuation, and its signal."""

    start: int
    end: int
    signal: str | None = None


def segment(text: str, emphasis: tuple[Span, ...] = (), language: str | None = None) -> tuple[Segment, ...]:
    """The citations of a note (reading text), in order; empty when the note only comments."""
    found = tuple(
        _without_closing_signal(text, segment)
        for segment in _by_rules(text, emphasis, language)
        if not _is_page_alone(text[segment.start : segment.end])
    )
    if in_reach(text, language) and not (found and _covers(text, found, language)):
        found = _weighed(text, found, read(text), language, emphasis)
    found = tuple(
        Segment(segment.start, without_added(text, segment.start, behind_label(text, segment.end)), segment.signal)
        for one in found
        for segment in _without_own_text(text, one)
    )
    return _with_files(text, _with_ibids(text, found))


def _with_ibids(text: str, found: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The segments, and each ibid. inside a sentence, which otherwise hides it."""
    segments = list(found)
    for start, end in ibids_in_sentences(text):
        around = next((number for number, one in enumerate(segments) if one.start < end and start < one.end), None)
        if around is None:
            segments.append(_with_signal(text, Segment(start, end)))
        elif segments[around].start < start and behind_comment(text[segments[around].start : start]):
            last = end if text[start] >= _EAST_ASIA else segments[around].end  # "同書15頁に詳しい": then the verb
            segments[around] = _with_signal(text, Segment(start, last))
    return tuple(sorted(segments, key=lambda segment: segment.start))


def _with_files(text: str, found: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The segments, and the files of an archive behind one that names it, which show no other sign of a citation."""
    more: list[Segment] = []
    files = further_files(text, [(one.start, one.end) for one in found])
    for number, one in enumerate(found):
        words = text[one.start : one.end]
        if one.start in files or is_archival(words):
            behind = found[number + 1].start if number + 1 < len(found) else len(text)
            more += [Segment(start, end) for start, end in files_behind(text, one.end, behind, words)]
    return tuple(sorted((*found, *more), key=lambda segment: segment.start)) if more else found


def _without_own_text(text: str, segment: Segment) -> tuple[Segment, ...]:
    """None of a place of the document itself ("notes 1-2 above"); of "the note 2 and the appendix" the note."""
    piece = text[segment.start : segment.end]
    if only_own_text(piece):
        return ()
    return tuple(
        Segment(segment.start + start, segment.start + end, segment.signal) for start, end in note_references(piece)
    ) or (segment,)


def _is_page_alone(words: str) -> bool:
    """ "Ebd., S. 31; vgl. auch S. 40": a page and no work."""
    located = find_locators(words[:_SHORT])
    return (
        bool(located) and located[0].locator.label == "page" and located[0].start == 0 and located[0].end >= len(words)
    )


def _without_closing_signal(text: str, segment: Segment) -> Segment:
    """ "前掲注(1)参照": the signal of East Asian notes stands behind."""
    closing = signal_closing().search(text[segment.start : segment.end][-_AROUND:])
    if closing is None or segment.end - segment.start <= len(closing.group()):
        return segment
    return Segment(segment.start, segment.end - len(closing.group()), segment.signal or closing["signal"])


def reads_as_citation(text: str, language: str | None = None) -> bool:
    """Whether a string in which the rules find no citation may be one all the same."""
    if not in_reach(text, language) or text[0] in _REPEATED or (text[0].isalpha() and starts_citation(text)):
        return True
    return read(text).likelihood(0, len(text)) >= _LIKELY


def in_reach(text: str, language: str | None) -> bool:
    """Whether the model that cuts can tell anything of a line: its languages, in Latin letters."""
    return language in LANGUAGES and len(_OTHER_LETTERS.findall(text)) * 10 < len(text)


def _covers(text: str, found: tuple[Segment, ...], language: str | None) -> bool:
    """Whether the rules leave nothing to ask: plain citations, and hardly a word around them."""
    around = len(text) - sum(segment.end - segment.start for segment in found)
    return around <= _AROUND * (len(found) + 1) and all(_is_plain(text, segment, language) for segment in found)


def _is_plain(text: str, segment: Segment, language: str | None) -> bool:
    """Whether the rules suffice: a citation that begins like one and has no verb, no words quoted from a source."""
    words = text[segment.start : segment.end]
    if not starts_citation(words) or evidence(words, language=language).prose:
        return False
    quoted = next((mark for mark in enclosures(words) if mark.quoted and mark.start == 0), None)
    return quoted is None or sentence_words(words[: quoted.end]) < _QUOTED


def _weighed(
    text: str, found: tuple[Segment, ...], reading: Reading, language: str | None, emphasis: tuple[Span, ...]
) -> tuple[Segment, ...]:
    """The plain citations, and of the others those that the model takes for some, with its bounds where it is sure."""
    taken = [trim(text, *bounds) for bounds in _cut_at(reading.citations(), found)]
    weighed: list[Segment] = []
    for segment in found:
        if _is_plain(text, segment, language):
            if reading.likelihood(segment.start, segment.end) >= _LIKELY or _is_firm(text, segment, language, emphasis):
                weighed.append(_from_title(text, segment, taken, reading))
            continue
        inside = [(start, end) for start, end in taken if _most(start, end, segment)]
        sure = all(
            reading.likelihood(start, end) >= _SURE and (text[start].isupper() or starts_citation(text[start:end]))
            for start, end in inside
        )
        if inside and sure:
            weighed += [
                Segment(start, end, None if number else segment.signal) for number, (start, end) in enumerate(inside)
            ]
        elif reading.likelihood(segment.start, segment.end) >= _LIKELY or _is_firm(text, segment, language, emphasis):
            weighed.append(segment)
    for start, end in taken:
        if (
            all(end <= segment.start or segment.end <= start for segment in (*found, *weighed))
            and reading.likelihood(start, end) >= _CERTAIN
            and _could_be(text[start:end], language)
        ):
            weighed.append(Segment(start, end))
    return tuple(sorted((_with_signal(text, segment) for segment in weighed), key=lambda segment: segment.start))


def _with_signal(text: str, segment: Segment) -> Segment:
    """The segment with the signal that stands right before it."""
    signal = None if segment.signal else signal_behind().search(text, max(0, segment.start - 40), segment.start)
    return Segment(segment.start, segment.end, signal.group().strip(" :,")) if signal else segment


def _is_firm(text: str, segment: Segment, language: str | None, emphasis: tuple[Span, ...]) -> bool:
    """Whether the model is not asked: two signs of a citation and no verb, or so few words that it knows little."""
    words = text[segment.start : segment.end]
    weighed = evidence(words, language=language)
    if not weighed.prose and (weighed.strong >= _FIRM or len(words) < _SHORT):
        return True
    return short_form_at(text, segment.start, segment.end, emphasis) == segment.end


def _could_be(words: str, language: str | None) -> bool:
    """Whether words in which the rules saw no citation may be one: a capital, a sign of a citation, no verb."""
    weighed = evidence(words, language=language)
    return words[:1].isupper() and weighed.strong > 0 and not weighed.prose


def _from_title(text: str, segment: Segment, taken: list[tuple[int, int]], reading: Reading) -> Segment:
    """The segment from where the model sees it begin, if only capitals and no verb stand before."""
    for start, end in taken:
        if start < segment.start < end and segment.end - end < _AROUND:
            head = text[start : segment.start]
            if (
                head[0].isupper()
                and not head.endswith(("(", "["))
                and not sentence_words(head)
                and not is_opening(head)
                and not signal_head().match(head)
                and not lead_head().fullmatch(head)
                and reading.likelihood(start, segment.start) >= _SURE
            ):
                return Segment(start, segment.end, segment.signal)
    return segment


def _most(start: int, end: int, segment: Segment) -> bool:
    """Whether a stretch and a segment share more than half of the shorter."""
    shared = min(end, segment.end) - max(start, segment.start)
    return shared > 0.5 * min(end - start, segment.end - segment.start)


def _cut_at(taken: list[tuple[int, int]], found: tuple[Segment, ...]) -> list[tuple[int, int]]:
    """What the model takes for citations, cut where the rules end one inside and begin another."""
    cut = []
    for start, end in taken:
        first = start
        for before, after in pairwise(found):
            if first < before.end <= after.start < end:
                cut.append((first, before.end))
                first = after.start
        cut.append((first, end))
    return cut


def _by_rules(text: str, emphasis: tuple[Span, ...], language: str | None) -> tuple[Segment, ...]:
    mask = protected(text, enclosures(text))
    wholes = [(found.start, found.end) for found in find_identifiers(text)]
    wholes += [(found.start, found.end) for found in find_dates(text, language)]
    wholes += gazettes(text, language)
    wholes += pages_and_following(text)
    for start, end in wholes:
        mask[start:end] = b"\x01" * (end - start)
    reader = _Pieces(text, emphasis, language)
    segments: list[Segment] = []
    trimmed = (trim(text, *bounds) for bounds in pieces(text, mask, language))
    for start, end in trimmed:
        if start == end:
            continue
        found = reader.citation(start, end, after_one=bool(segments))
        inside = short_forms(text, start, end, emphasis) if language else []
        if inside and (found is None or reader.says_more(found, inside[0][0])):
            segments += [_with_signal(text, Segment(*bounds)) for bounds in inside]
        elif found is not None:
            # A string of no language is most often one reference, and is not parted.
            segments += reader.parted(found) if language else [found]
        elif segments and not only_own_text(text[start:end]) and _continues(text, segments[-1], start, end):
            segments[-1] = Segment(segments[-1].start, end, segments[-1].signal)
    return tuple(segments)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A note whose pieces are looked at one by one."""

    text: str
    emphasis: tuple[Span, ...]
    language: str | None

    def citation(self, start: int, end: int, *, after_one: bool) -> Segment | None:
        """The citation in a piece: leading signals and comment stripped, None where it is all comment."""
        text = self.text
        joined = joins_behind().search(text, max(start, end - 40), end)
        if joined:
            start, end = trim(text, start, joined.start())
        start, signal = self._behind_signals(start, end)
        topic = behind_topic(text, start, end, self.emphasis, self.language)
        if topic is not None:
            start, later = self._behind_signals(topic, end)
            signal = signal or later
        inside = [
            match
            for match in signals_inside(text, start, end)
            if match.end() < end and (self._starts(match.end(), end) or self._emphasised_at(match.end()))
        ]
        if inside and not self._starts(start, end):
            signal = inside[-1].group().strip(" :,")
            start = inside[-1].end()
        start = self._note_reference(start, end)
        found = self._behind_comment(start, end, signal)
        if found is None and (signal or after_one):
            start, end = trim(text, start, end)
            if _PLAIN_SHORT.match(text, start, end) or (after_one and self._title_and_year(start, end)):
                return Segment(start, end, signal)
        return found

    def says_more(self, found: Segment, inside: int) -> bool:
        """Whether what was found is a sentence that goes on behind the page ("As Bohstedt, *Riots*, 98 shows, …")."""
        words = self.text[found.start : found.end]
        bracketed = found.start < inside and "(" in self.text[inside - 2 : inside]  # "Bohstedt (*Riots*, 99) puts …"
        return bracketed or (bool(sentence_words(words)) and not ends_with_page(words))

    def parted(self, found: Segment) -> list[Segment]:
        """The citation, and each short form behind its page by itself."""
        (first, last), *further = further_short_forms(self.text, found.start, found.end, self.emphasis)
        parted = [Segment(*trim(self.text, first, last), found.signal)]
        return parted + [_with_signal(self.text, Segment(*trim(self.text, *bounds))) for bounds in further]

    def _note_reference(self, start: int, end: int) -> int:
        """ "On enclosure see below, note 2": where a note is referred to behind a remark and a signal."""
        if self._starts(start, end):
            return start
        for match in note_reference_pattern().finditer(self.text, start, end):
            if signal_behind().search(self.text, max(start, match.start() - 40), match.start()):
                return match.start()
        return start

    def _title_and_year(self, start: int, end: int) -> bool:
        return (
            self.text[:start].rstrip().endswith(";")
            and _TITLE_YEAR.match(self.text, start, end) is not None
            and not sentence_words(self.text[start:end])
        )

    def _starts(self, start: int, end: int) -> bool:
        return starts_citation(self.text[start : min(end, start + LOOKED_AT)])

    def _behind_signals(self, start: int, end: int) -> tuple[int, str | None]:
        """Where the words behind all leading signals begin, and the first signal."""
        text, signal = self.text, None
        while start < end:
            match = signal_head().match(text, start, end)
            if match:
                if match.end() >= end:
                    break
                signal = signal or match.group().strip(" :,")
                start = match.end()
                continue
            lead = lead_head().match(text, start, end)
            if (
                lead is None
                or lead.end() >= end
                or is_of_name(text, lead, end, self.language)
                or not (
                    self._starts(lead.end(), end)
                    or signal_head().match(text, lead.end(), end)
                    or lead.group().strip().endswith(":")
                    or behind_topic(text, lead.end(), end, self.emphasis, self.language) is not None
                    or self._leads_again(lead.end(), end)
                    or (start > 0 and lead.group().islower() and _BEGINS.match(text, lead.end()))
                    or (start == 0 and find_cues(text[lead.end() : end]))  # "Dans" De l’histoire, op. cit.
                )
            ):
                break
            start = lead.end()
        return start, signal

    def _leads_again(self, start: int, end: int) -> bool:
        """ "and, more generally, Bohstedt, *Riots*": a second word that leads on, and then a citation."""
        lead = lead_head().match(self.text, start, end)
        return lead is not None and lead.end() < end and self._starts(lead.end(), end)

    def _behind_comment(self, start: int, end: int, signal: str | None) -> Segment | None:
        start, end = trim(self.text, start, end)
        said = _SAID_BEFORE.match(self.text, start, end)
        named = starts_with_idem(self.text[start : start + _IDEM])  # "ders.: Salz und Staat"
        if said and not named and self.text[start].islower() and self._starts(said.end(), end):
            start = said.end()
        if start == end:
            return None
        colon = behind_colon(self.text, start, end, self.language)
        if colon is not None:
            start, end = trim(self.text, colon, end)
        if not self._starts(start, end):
            start, end, signal = self._later(start, end, signal)
        end = self._without_remark(start, end)
        if self._is_citation(start, end):
            return Segment(start, end, signal)
        if sentence_words(self.text[start:end]):
            bracketed = in_brackets(self.text, start, end, self.language)
            if bracketed is not None:
                return Segment(*trim(self.text, *bracketed), signal)
        return Segment(start, end, signal) if self._title_in_italics(start, end) else None

    def _later(self, start: int, end: int, signal: str | None) -> tuple[int, int, str | None]:
        """The bounds without words of comment at the head, and the signal that ends them."""
        later = late_start(self.text, start, end)
        piece = self.text[start:end]
        if later is None and (_FINITE_OR_LONG.search(piece) or piece.count(",") > 1):
            later = late_title(self.text, start, end, self.language)
        if later is None or (self._is_title(start, later) and self._is_citation(start, end)):
            return start, end, signal
        behind = signal_behind().search(self.text, max(start, later - 40), later)
        signal = signal or (behind.group().strip(" :,") if behind else None)
        return *trim(self.text, later, end), signal

    def _is_title(self, start: int, later: int) -> bool:
        """Whether the words before a name are a title or another name rather than comment."""
        head = self.text[start:later]
        return (
            head[:1].isupper()
            and not sentence_words(head)
            and not is_opening(head)
            and not signal_behind().search(head)
            and _LEADS_ON.search(head[-_LONGEST_NAME:]) is not None
        )

    def _is_citation(self, start: int, end: int) -> bool:
        imprint = _HOUSE_AND_YEAR.fullmatch(self.text, start, end)
        if imprint and is_publisher(imprint["house"]):
            return False  # "Denoël, 2005": which work it was, the text above says
        emphasised = any(start <= span.start < end for span in self.emphasis)
        weighed = evidence(self.text[start:end], emphasis=emphasised, language=self.language)
        return weighed.is_citation and (self._starts(start, end) or weighed.prose < 1 or weighed.strong >= 3)

    def _without_remark(self, start: int, end: int) -> int:
        """The end without what the note says of the work behind its citation."""
        behind_page = remark_behind(self.text, start, end, self.emphasis) if self.language else None
        if behind_page is not None:
            return trim(self.text, start, behind_page)[1]
        remark = comment_behind(self.text, start, end)
        if remark is None or not can_end(self.text, start, remark, self.language):
            return end
        return trim(self.text, start, remark)[1]

    def _title_in_italics(self, start: int, end: int) -> bool:
        """ "Weber, *Economy and Society*": a name and a title in italics, and nothing else (Chicago 17, 14.30)."""
        first = next((span for span in self.emphasis if 0 <= span.start - start <= 1), None)
        if first is not None and self.text[first.end : end].strip("*_, ") == "passim":
            return True
        span = next((span for span in self.emphasis if start < span.start <= start + _LONGEST_NAME), None)
        return (
            span is not None
            and abs(span.end - end) <= 1
            and self.text[start : span.start].rstrip(" *_").endswith(",")
            and self._starts(start, end)
        )

    def _emphasised_at(self, place: int) -> bool:
        return any(abs(span.start - place) <= 1 for span in self.emphasis)


def _continues(text: str, previous: Segment, start: int, end: int) -> bool:
    """Whether words without the signs of a citation still belong to the one before (a publisher, "2 vols.")."""
    piece = text[start:end].strip(CLOSING)
    between = text[previous.end : start]
    if ";" in between and not find_identifiers(piece):
        return False
    remark = " " in piece and not (piece.istitle() or _DIGIT.search(piece) or is_publisher(piece))  # "Google Scholar"
    if remark and ends_with_page(text[previous.start : previous.end]):
        return False  # "…, 1790), 3. A fine book."
    return bool(find_identifiers(piece)) or (
        len(piece.split()) <= 6
        and not evidence(piece).prose
        and not piece[:1].islower()
        and between.strip() in (".", "")
    )
