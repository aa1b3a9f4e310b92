"""Names in Chinese characters, kana and hangul: where one ends without a blank, and which part is the family name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from citekit.lexicon import concept, words

__all__ = ["EastAsianPeople", "east_asian_name", "is_east_asian", "read_east_asian"]

_CHARACTERS = r"\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af々〆ヶ"
_EAST = re.compile(rf"[{_CHARACTERS}]")
_LETTER = re.compile(r"[^\W\d_]")
_BRACKET = re.compile(r"[\[［〔（(【]\s?([^\]］〕）)】]{1,8})\s?[\]］〕）)】]")  # "[美]", "（清）": country or dynasty
_CUT = re.compile(r"\s?[,，、;；/／]\s?|\s(?=[^\W\d_]{2})")
_AND = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:与|與|及|和)(?=[\u3400-\u9fff]{2})")
_ALL_HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]+")
_KATAKANA = re.compile(r"[\u30a0-\u30faー]+")
_DOT = re.compile(r"[·・•．‧]")
_TRANSCRIBED = 4  # characters: a Chinese name has seldom more than three
_INITIALS = re.compile(r"(?<![^\W_])(?:[A-ZＡ-Ｚ][·・•．.]){1,3}(?=[\u30a0-\u30ff])")  # "E・H・カー"
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]+")


@dataclass(frozen=True, slots=True)
class EastAsianPeople:
    """People by role (None where none is said), and the words that were no name."""

    groups: tuple[tuple[str | None, tuple[dict[str, str], ...]], ...]
    read: tuple[str, ...]


def is_east_asian(text: str) -> bool:
    """Whether a run of people is written in characters alone (a romanised name beside them: no)."""
    text = _INITIALS.sub("", text)
    letters = _LETTER.findall(text)
    return bool(letters) and bool(_EAST.search(text)) and all(_EAST.match(letter) for letter in letters)


@cache
def _roles() -> dict[str, str]:
    found: dict[str, str] = {}
    for role in ("translator", "editor", "contributor", "author"):
        for code in ("zh", "ja", "ko"):
            for word in concept("people", role).get(code, ()):
                found.setdefault(word, role)
    return found


@cache
def _role_behind() -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, _roles()), key=lambda word: -len(word)))
    return re.compile(rf"[\s（(]*(?P<role>{listed})[）)\s]*$")


@cache
def _others_behind() -> re.Pattern[str]:
    listed = [word for word in words("people", "others") if _EAST.match(word)]
    return re.compile(rf"\s?(?P<others>{'|'.join(map(re.escape, listed))})\s?$")


@cache
def _organ() -> re.Pattern[str]:
    listed = [
        word
        for word in (*words("roles", "institution"), *words("people", "organ"))
        if _EAST.match(word) and len(word) > 1
    ]
    return re.compile("|".join(map(re.escape, listed)))


def read_east_asian(text: str, language: str | None = None) -> EastAsianPeople:
    """The people of a run in characters: "杨奎松、李丹慧", "何怀宏等译", "[美]约翰·罗尔斯", "丸山真男著"."""
    text = re.sub(r"[：:。．]+$", "", text.strip())
    read: list[str] = []
    groups: list[tuple[str | None, list[dict[str, str]]]] = []
    read += [match.group(1) for match in _BRACKET.finditer(text)]
    text = _BRACKET.sub(lambda match: "" if not _roles().get(match.group(1)) else match.group(1), text)
    pending: list[dict[str, str]] = []
    western = any(country in words("people", "western_country") for country in read)
    for piece in _pieces(text):
        role, others, bare = _parts(piece, read)
        if bare and western and len(bare) >= _TRANSCRIBED:
            pending.append({"literal": bare})
        elif bare:
            pending.append(east_asian_name(bare, language))
        if others:
            pending.append({"literal": "et al."})
        if role:
            groups.append((role, pending))
            pending = []
    if pending:
        groups.append((None, pending))
    return EastAsianPeople(tuple((role, tuple(names)) for role, names in groups if names), tuple(read))


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _CUT.split(text):
        if not piece:
            continue
        dotted = _DOT.split(piece)
        if (
            len(dotted) > 1
            and "・" in piece
            and all(_ALL_HANZI.fullmatch(part) and 2 <= len(part) <= 5 for part in dotted)
            and (len(dotted) > 2 or min(map(len, dotted)) > 2)
        ):
            pieces += dotted  # Japanese lists: 丸山真男・加藤周一
        elif not _organ().search(piece):
            pieces += _AND.split(piece)
        else:
            pieces.append(piece)
    return pieces


def _parts(piece: str, read: list[str]) -> tuple[str | None, bool, str]:
    """Role, whether others are meant too, and the name, of "何怀宏等译"."""
    role, others = None, False
    for _ in range(2):
        match = _role_behind().search(piece)
        if match and (match.start() >= 2 or match.start() == 0) and not _organ().search(piece[match.start() :]):
            role = role or _roles()[match["role"]]
            read.append(match["role"])
            piece = piece[: match.start()]
        match = _others_behind().search(piece)
        if match and match.start() >= 2:
            others = True
            read.append(match["others"])
            piece = piece[: match.start()]
    return role, others, piece.strip(" ·・：:()（）")


def east_asian_name(characters: str, language: str | None = None) -> dict[str, str]:
    """One name in characters: family name first; a transcribed Western one ("约翰·罗尔斯") stays a literal.

    Its middle dot says nothing of which part is the family name ("让·雅克·卢梭", "列夫·托尔斯泰").
    """
    bare = characters.strip()
    if _organ().search(bare) or re.search(r"\d", bare) or not _EAST.search(bare):
        return {"literal": bare}
    parts = [part for part in re.split(r"[·・•．‧\s＝=]", bare) if part]
    if len(parts) > 1:
        if any(_KANA.search(part) for part in parts) or _DOT.search(bare):
            return {"literal": bare}
        return {"family": parts[0], "given": " ".join(parts[1:])}
    if bare in words("people", "compound_family") or _KATAKANA.fullmatch(bare):
        return {"family": bare}  # "ウェーバー": of a transcribed name the last part alone
    for length in (4, 3, 2):
        if bare[:length] in words("people", "compound_family") and len(bare) > length:
            return {"family": bare[:length], "given": bare[length:]}
    cut = _family_length(bare, language)
    if cut == len(bare):
        return {"family": bare}  # "丸山": most Japanese family names have two characters
    return {"family": bare[:cut], "given": bare[cut:]} if cut else {"literal": bare}


def _family_length(bare: str, language: str | None) -> int:
    """How many characters the family name has; 0 where the characters are no name of a person."""
    length = len(bare)
    if _HANGUL.fullmatch(bare):
        return 1 if 2 <= length <= 4 else 0
    japanese = language == "ja" or bool(_KANA.search(bare)) or "々" in bare
    if length == 2:
        return 2 if japanese and bare[0] not in words("people", "short_family") else 1
    if length == 3:
        return 2 if japanese and bare[0] not in words("people", "short_family") else 1
    if length == 4:
        return 2
    return 2 if length == 5 and japanese else 0
