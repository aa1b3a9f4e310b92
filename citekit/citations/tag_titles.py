"""Titles: what quotation marks and italics enclose, and what stands between the persons and the imprint."""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.brackets import Enclosure
from citekit.citations.cues import find_cues
from citekit.citations.dates import find_dates, years
from citekit.citations.line import Line
from citekit.citations.name_runs import names_from
from citekit.citations.names import is_institution
from citekit.citations.places import is_place, is_publisher
from citekit.citations.roles import edited_by, role_after, role_pattern
from citekit.citations.theses import genre_pattern
from citekit.lexicon import alternation, words
from citekit.model import CueKind

__all__ = ["begins_responsibility", "behind_family", "tag_series", "tag_titles"]

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_CJK_RUN = re.compile(
    r"\s?(?P<run>[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af][\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\uff00-\uffef"
    r"—–•·“”‘’:：\s]*[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af》」』”)）]?)"
)
_SKIP = " \t,;:.·*_—–-：，。"
_SERIES = re.compile(
    r"[(\[]\s?=?\s?(?P<title>[^()\[\]=]{4,120}?),?\s(?:Bd\.|Band|vol\.|Vol\.|no\.|Nr\.|n\.|H\.|Heft|t\.)\s?(?P<number>[\dIVXLC]+)\s?[)\]]"
    r"|[(\[]\s?=\s?(?P<name>[^()\[\]=\d]{3,120}?),?\s(?P<count>\d{1,4})\s?[)\]]"  # "(= stw 151)"
)
_SIGLUM = re.compile(r"[^\W\d_a-z][^\W\d_]?[^\W\d_a-z]")  # of a journal: "HZ", "VfZ"
_NUMBERS_ALONE = re.compile(r"[IVXLC\d\s,.]+")
_SLASH = re.compile(r"\s/\s")
_FAMILY = re.compile(r"(?P<name>[^\W\d_a-z][\w'’-]{2,}),\s(?=[^\W\d_a-z])")
_INITIALS_AND_FAMILY = re.compile(r"(?:[^\W\d_a-zа-я]\.\s?){1,3}[^\W\d_a-zа-я][^\W\d_]+")

_TITLE_EDGES = " \t,;:.·*_([-–—/，、。"  # the slash is that of a statement of responsibility (ISBD 1.4)


@cache
def _in() -> re.Pattern[str]:
    whole, letters = alternation(_leading()), alternation(_letters())
    return re.compile(
        rf"(?:(?<=[,.;?!”\"»)*_])|(?<=\s))\s?(?:{whole})\s?:\s?|[,.;?!”\"»)*_]\s?(?:{whole})\s(?=[^\s:])|\s?//\s?"
        rf"|(?<=,)\s?\[?{letters}\]?\s?:\s?",
        re.IGNORECASE,
    )


def _leading() -> list[str]:
    """The words that lead to a container, but those that other languages join or deny with."""
    listed = (word for word in words("volumes", "container") if word[0] < "\u2e80")
    return [word for word in listed if len(word) > 1 and word not in ("//", "aus", "from", "[w")]


def _letters() -> list[str]:
    """Polish "w", Croatian "u", Danish "i": they lead to a container before a colon or behind a quotation mark."""
    return list(words("volumes", "container_letter"))


def tag_titles(line: Line) -> None:
    """Label title, original-title, translated-title, container-title with its editors, and a series."""
    tag_series(line)
    start = _skip(line, line.head)
    end = _title_end(line, start)
    quoted = _quotation_at(line, start)
    emphasis = line.emphasised(start)
    if quoted is not None and not (quoted.opening in "«" and _running_title(line, quoted)):
        after = _quoted_titles(line, quoted)
    elif emphasis is not None and start < end:
        line.label("title", emphasis.start, min(emphasis.end, end))
        after = _original_script(line, emphasis.end)
    else:
        after = _plain_title(line, start, end)
    after = _gloss(line, after)
    day = line.first("original-date")
    if day and line.text[after : day.start].strip(_SKIP + "([") in ("", "vom", "of"):
        after = day.end  # "…, 3. Mai 1848, in: …"
    _container(line, after)
    _remaining_quotation(line)


def tag_series(line: Line) -> None:
    """Label a series that is stated in brackets with its number ("(Past and Present Publications, vol. 3)")."""
    for match in _SERIES.finditer(line.text):
        if not line.quoted(match.start()) and match.start() > line.head:
            groups = ("title", "number") if match["title"] else ("name", "count")
            spans = (match.span(groups[0]), match.span(groups[1]))
            for place in range(match.start(), match.end()):
                if line.taken[place] and not _held_only(line, place):
                    break
            else:
                line.fields[:] = [f for f in line.fields if not (match.start() <= f.start < match.end())]
                line.taken[match.start() : match.end()] = bytes(match.end() - match.start())
                line.label("collection-title", *spans[0])
                line.label("collection-number", *spans[1])
                line.hold(match.start(), match.end())


def _held_only(line: Line, place: int) -> bool:
    """Whether a character is taken by a number rule that a series statement overrules."""
    return not any(f.start <= place < f.end and f.name not in ("volume", "issue") for f in line.fields)


def _skip(line: Line, place: int) -> int:
    while place < len(line.text) and (line.text[place] in _SKIP or line.taken[place]):
        place += 1
    return place


def _quotation_at(line: Line, place: int) -> Enclosure | None:
    return next((mark for mark in line.marks if mark.quoted and 0 <= mark.start - place <= 1), None)


def _running_title(line: Line, mark: Enclosure) -> bool:
    """Guillemets at the head are a title; only words go before a journal."""
    return mark.start > line.head + 4


def _quoted_titles(line: Line, mark: Enclosure) -> int:
    """“Pinyin”, “汉字” (Gloss): the first quotation is the title, one in original script behind it the same title."""
    line.label("title", *mark.inner, strip=" \t,;.*_")
    after = mark.end
    title_is_cjk = bool(_CJK.search(line.text[mark.start : mark.end]))
    following = next((m for m in line.marks if m.quoted and m.start >= after), None)
    if following is not None and not title_is_cjk and not line.text[after : following.start].strip(" ,;"):
        inner = line.text[following.start + 1 : following.end - 1]
        if _CJK.search(inner):
            stop = _cjk_stop(line, following)
            line.label(
                "original-title",
                following.start if stop > following.end else following.inner[0],
                stop if stop > following.end else following.inner[1],
                strip=" ,;.",
            )
            return max(stop, following.end)
    if not title_is_cjk:
        after = _original_script(line, after)
    return after


def _cjk_stop(line: Line, mark: Enclosure) -> int:
    """A title in original script with quotations inside runs on over them ("“自由”與“秩序”—《…》…")."""
    run = re.match(r"[^,，.(（\d]+", line.text[mark.start :])
    stop = mark.start + (run.end() if run else 0)
    stretch = line.text[mark.end : stop]
    return stop if stretch.strip() and _CJK.search(stretch) and not re.search(r"[A-Za-z]{3}", stretch) else mark.end


def _original_script(line: Line, place: int) -> int:
    """Characters that repeat a romanised title right behind it."""
    run = _CJK_RUN.match(line.text, place)
    if run and line.free(run.start("run"), run.end("run")):
        line.label("original-title", run.start("run"), run.end("run"), strip=" ,;.:：")
        return run.end()
    return place


def _gloss(line: Line, place: int) -> int:
    """A translation of the title in brackets behind it: "(The salt road: …)", "[A Swiss merchant in Milan]"."""
    if not line.has("title"):
        return place
    match = re.match(r"[\s,”\"*_]{0,6}", line.text[place:])
    start = place + (match.end() if match else 0)
    mark = next((m for m in line.marks if m.start == start and m.opening in "(["), None)
    title = line.first("title")
    if mark is None or title is None or not line.free(*mark.inner):
        return place
    inner = line.text[mark.start + 1 : mark.end - 1]
    foreign = line.has("original-title") or mark.opening == "["
    if (
        foreign
        and re.search(r"[^\W\d_]{3}", inner)
        and not years(inner[-6:])
        and not re.match(r"(?:ed|eds|hrsg|trans)\b", inner, re.IGNORECASE)
    ):
        line.label("translated-title", *mark.inner)
        line.hold(mark.start, mark.end)
        return mark.end
    return place


def _title_end(line: Line, start: int) -> int:
    """Where a title in plain words must end at the latest."""
    end = min(line.tail, len(line.text))
    for place in range(start, end):
        if line.taken[place] and not line.quoted(place):
            return place
    return end


def _plain_title(line: Line, start: int, end: int) -> int:
    """A title without quotation marks: up to "in", a journal in guillemets, a bracket, characters, or the tail."""
    if start >= end or (line.text[start].islower() and _behind_locator(line, start)):
        return start
    stop = end
    container = next(
        (
            m
            for m in _in().finditer(line.text, start + 3)
            if m.start() < end
            and not line.enclosed(m.start() + 1)
            and _leads_to_container(line, m.end(), len(line.text))
        ),
        None,
    )
    if container:
        stop = min(stop, container.start() + (1 if line.text[container.start()] in '?!”"»)*_' else 0))
    for mark in line.marks:
        if (
            start < mark.start < stop and mark.opening in '«“„"' and line.text[: mark.start].rstrip().endswith(",")
        ) or (start < mark.start < stop and mark.opening in "([" and _bracket_ends(line, mark)):
            stop = mark.start
    for span in line.emphasis:
        if start < span.start < stop:
            stop = span.start
    run = _CJK_RUN.search(line.text, start, stop)
    head_cjk = bool(_CJK.match(line.text[start]))
    if run and not head_cjk and run.start("run") > start:
        stop = min(stop, run.start("run"))
    stop = min(stop, _responsibility(line, start, stop))
    journal = None
    printed = line.has("publisher") or line.has("publisher-place")
    if container is None and not printed and (line.has("volume") or line.has("issue")) and stop == end:
        journal = _journal_split(line, start, stop)
    if journal:
        behind = stop
        earlier = _journal_split(line, start, journal[0]) if is_place(line.text[journal[1] : stop]) else None
        if earlier and line.text[earlier[0]] != ",":  # "… of eastern Africa. Steenstrupia. Copenhagen 3: 1–12"
            line.label("publisher-place", journal[1], stop)
            behind, journal = journal[0], earlier
        line.label("title", start, journal[0])
        line.label("container-title", journal[1], behind)
        return stop
    if not re.search(r"[^\W\d_]{2}", line.text[start:stop]) or _NUMBERS_ALONE.fullmatch(line.text, start, stop):
        return start
    line.label("title", start, stop, strip=_TITLE_EDGES)
    after = stop
    if run and stop == run.start("run"):
        after = _original_script(line, stop)
    return after


def _behind_locator(line: Line, place: int) -> bool:
    """Whether a place in a work stands before: small words behind it are comment ("S. 50, dort auch das Zitat")."""
    return any(found.name == "locator" and found.end <= place for found in line.fields)


def _responsibility(line: Line, start: int, stop: int) -> int:
    """Where a slash parts the title from those who wrote it: "Хлебные цены / Б. Н. Миронов" (ISBD 1.4)."""
    for match in _SLASH.finditer(line.text, start + 3, stop):
        if begins_responsibility(line.text, match.end()):
            return match.start()
    return stop


def begins_responsibility(text: str, place: int) -> bool:
    """Whether a role or initials and a family name stand here, as behind the slash of a library's description."""
    if any(role_pattern(concept).match(text, place) for concept in ("editor_before", "translator_before")):
        return True
    return _INITIALS_AND_FAMILY.match(text, place) is not None


def _leads_to_container(line: Line, place: int, end: int) -> bool:
    """ "in" leads to a container when a capital, a quotation or a name follows and more than a place is left."""
    rest = line.text[place:end].lstrip()
    return (
        bool(rest)
        and (rest[0].isupper() or rest[0] in '“«"„*_《' or bool(_CJK.match(rest)) or rest[0].isdigit())
        and len(rest) > 3
    )


def _bracket_ends(line: Line, mark: Enclosure) -> bool:
    """Whether a bracket closes the title before it: one with labelled words, a role, an exhibition or a conference."""
    if any(line.taken[mark.start : mark.end]):
        return True
    inner = line.text[mark.start + 1 : mark.end - 1]
    return "," in inner and bool(years(inner) or find_dates(inner, line.language))


def _journal_split(line: Line, start: int, stop: int) -> tuple[int, int] | None:
    """ "Title of the article. Journal, 12(3)": the last full stop (or comma) before the journal's name."""
    words_ = line.text[start:stop]
    stops = list(re.finditer(r"(?<=[^\W\d_]{3}|[^\W\d_]{2}\))[.?!]\s(?=[^\W\d_a-z])", words_))
    if stops:
        return start + stops[-1].start() + (0 if words_[stops[-1].start()] == "." else 1), start + stops[-1].end()
    comma = words_.rstrip(" ,").rfind(", ")
    if comma > 8 and words_[comma + 2 :][:1].isupper():
        return start + comma, start + comma + 2
    return None


def _container(line: Line, place: int) -> None:
    """What the work is part of: behind "in", or a journal behind a quoted title or in guillemets."""
    text, end = line.text, len(line.text)
    start = place
    told = next((mark for mark in line.marks if mark.start == place + (text[place : place + 1] == " ")), None)
    if told and told.opening in "([" and all(line.taken[told.inner[0] : told.inner[1]]):
        start = told.end  # "Vorrede (1968), in: …"
    while start < end and text[start] in ' ,.;:*_”"’?!)':
        start += 1
    lead = _lead().match(text, start)
    behind_in = bool(lead) or text[start : start + 2] == "//"
    if lead:
        start = lead.end()
    elif behind_in:
        start += 2
        while start < end and text[start] == " ":
            start += 1
    if start >= end:
        return
    if behind_in:
        for number in range(start, min(start + 20, end)):
            if not line.taken[number]:
                break
            start = number + 1  # "In: Ders.": the cue is held
        start = _container_persons(line, start)
    elif not line.has("title"):
        return
    start = _skip_plain(line, start)
    if start >= end or line.taken[start]:
        return
    mark = _quotation_at(line, start)
    emphasis = line.emphasised(start)
    if mark is not None:
        if not line.has("container-title"):
            line.label("container-title", *mark.inner)
            after = _original_container(line, mark.end)
            _editors_of_container(line, after, end)
        return
    stop = _title_end(line, start)
    if behind_in and stop <= start:  # "…-ordnung (1968), in: …": the year that closes the title is the part's
        stop = next((place for place in range(start, end) if line.taken[place]), end)
    if emphasis is not None:
        line.label("container-title", emphasis.start, min(emphasis.end, stop) if stop > start else emphasis.end)
        return
    if line.has("container-title") or stop <= start:
        return
    for bracket in line.marks:
        if start < bracket.start < stop and bracket.opening in "([" and _bracket_ends(line, bracket):
            stop = bracket.start
    run = _CJK_RUN.search(text, start, stop)
    if run and not _CJK.match(text[start]) and run.start("run") > start:
        stop = run.start("run")
    title = line.first("title")
    if (
        not behind_in
        and title is not None
        and _quotation_before(line, title.start) is None
        and not line.emphasised(title.start)
    ):
        return
    genre = None if behind_in else genre_pattern().match(text, start, stop)
    if genre:
        line.label("genre", *genre.span(), strip=" ,;")
        if genre.end() < stop and re.search(r"[^\W\d_]{2}", text[genre.end() : stop]) and not line.has("publisher"):
            line.label("publisher", genre.end(), stop)
        return
    issuer = is_publisher(text[start:stop]) or (is_institution(text[start:stop]) and line.has("number"))
    if not behind_in and issuer and not line.has("volume") and not line.has("issue"):
        if not line.has("publisher"):
            line.label("publisher", start, stop, strip=_TITLE_EDGES)
        return
    named = text[start:stop].strip()
    siglum = _SIGLUM.fullmatch(named) and (line.has("volume") or line.has("issue"))  # "in: HZ 254 (1992)"
    if re.search(r"[^\W\d_]{2}", named) and (siglum or not re.fullmatch(r"[^\W\d_]{1,3}\.?", named)):
        line.label("container-title", start, stop, strip=_TITLE_EDGES)


@cache
def _lead() -> re.Pattern[str]:
    whole, letters = alternation(_leading()), alternation(_letters())
    # Behind a closed title a letter alone leads on, too: "«Sagbruk», i Per Moe (red.), …".
    named = r"[“„«»\"‘]|[^\W\d_]+(?:\s[^\W\d_]+){0,6}\s?[(.]"
    bracketed = rf"\[(?:{whole}|{letters})\s?(?::\s?\]|\]\s?:?)\s"  # Polish "[w:]"
    return re.compile(rf"{bracketed}|(?:{whole})\s?:?\s|\[?{letters}\]?\s?:\s|{letters}\s(?={named})", re.IGNORECASE)


def _skip_plain(line: Line, place: int) -> int:
    while place < len(line.text) and line.text[place] in _SKIP + " ":
        place += 1
    return place


def _quotation_before(line: Line, place: int) -> Enclosure | None:
    return next((mark for mark in line.marks if mark.quoted and mark.start < place + 1 <= mark.end), None)


def _original_container(line: Line, place: int) -> int:
    run = _CJK_RUN.match(line.text, place)
    return run.end() if run else place


def _editors_of_container(line: Line, start: int, end: int) -> None:
    role = role_after()
    rest = _skip_plain(line, start)
    found, after = names_from(line.text, rest, end, alone=False)
    if found and role.match(line.text, after):
        for begin, stop in found:
            line.label("editor", begin, stop)


def _container_persons(line: Line, start: int) -> int:
    """Editors before the container's title: "in: Vernant, Jean Pierre/Finley, Moses (Hrsg.), Title"."""
    text = line.text
    begin = start
    while begin < len(text) and text[begin] in " /,;&":
        begin += 1
    if container := behind_family(line, begin):
        line.hold(begin, container)
        return container
    found, after = names_from(text, begin, len(text), alone=False)
    if found and edited_by(text, after):
        return start  # "in Title, ed. Name": the names come behind the title
    role = role_after().match(text, after) if found or begin > start else None
    if not found:
        return role.end() if role else start
    if role:
        for first, last in found:
            line.label("editor", first, last)
        line.hold(after, role.end())
        return role.end()
    comma = re.match(r"\s?,\s", text[after : after + 3])
    inverted = any("," in text[first:last] and "." not in text[first:last] for first, last in found)
    if (
        comma
        and not inverted  # "in Clues, Myths, and the Historical Method": without a role, these are a title's words
        and len(text[after : after + 200].split()) > 2
        and line.free(after + comma.end(), after + comma.end() + 1)
    ):
        # An author before the container's title: it is the container's own ("in Ginzburg, Il formaggio …").
        line.hold(begin, after)
        return after
    return start


def behind_family(line: Line, start: int) -> int:
    """Where the container's title begins behind its author's family name alone: "in Weber, Die Salzstadt, cit."; 0.

    The name is that of the citation's author, or the container was cited before and an article with a capital follows:
    in full, "in Religion, The State and Society" may be a title.
    """
    family = _FAMILY.match(line.text, start)
    if family is None or not line.free(*family.span()):
        return 0
    named = any(
        line.text[found.start : found.end].split(",")[0].endswith(family["name"])
        for found in line.fields
        if found.name == "author"
    )
    article = line.text[family.end() :].split(" ", 1)[0]
    again = any(found.cue.kind is CueKind.CITED and found.start > start for found in find_cues(line.text))
    return family.end() if named or (again and article in words("names", "article")) else 0


def _remaining_quotation(line: Line) -> None:
    """A quotation behind a plain title is the journal ("Titolo, «Rivista», 84"); the first one else the title."""
    for mark in line.marks:
        if not mark.quoted or not line.free(mark.start, mark.end):
            continue
        if not line.has("title"):
            line.label("title", *mark.inner)
        elif not line.has("container-title") and mark.opening in '«“„"':
            title = line.first("title")
            if (
                title is not None
                and title.end <= mark.start
                and line.text[title.end : mark.start].strip(" ,.;:") in ("", "in")
            ):
                line.label("container-title", *mark.inner)
