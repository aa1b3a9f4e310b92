"""Whatever string comes in, an answer comes out, in bounded time: `python -m benchmarks.any_text`.

The strings are made from the cases in tests/: pieces cut out, doubled, turned round, put where they do not belong;
signs that other programs choke on between the words; random characters of many scripts; and lines of 100,000 characters
of one kind. The same seed gives the same strings. The exit status is 1 where a string had no answer, or took too long.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import citekit
from benchmarks.corpus import ROOT
from citekit.model import Citation

__all__ = ["LONG_LINES", "answer", "main", "note_strings", "strings"]

COUNT = 20_000
SEED = 1
LEAST = 2.0  # processor seconds that any string may take: a hundred times what a citation takes, the first load of all
EACH = 0.0003  # seconds more for each character: 30 for a line of 100,000
LONGEST = 100_000  # characters

# What other programs choke on: signs without width, right-to-left marks, NUL, halves of a character, ligatures, digits
# that are no decimal digits, letters that change their length with their case, a combining mark in front.
_SIGNS = (
    *"()[]{}<>«»“”„‟‘’‚\"'‹›《》〈〉「」『』（）【】〔〕.,;:·…–—-_/\\|*&%$#@^~+=?!¿¡§¶†‡°№",
    *"\x00\x01\x1b\x7f\x85\xa0\xad\u0301\u0345\u200b\u200d\u200e\u200f\u202e\u2028\u2066\u3000\ufe0f\ufeff\ufffc\ufffd",
    *"\ud800\udfff\U000e0001\U0001f4da\U0010ffff",
    *"²³①Ⅻ½٣०零〇ßſﬁİıΐǅꝭՙאبतกᄀ한中龘𠮷",
    *(
        "\r",
        "\t",
        "\x0b",
        "\x0c",
        "\r\r",
        "e\u0301\u0302\u0303",
        "שלום",
        "الكتاب",
        "http://",
        "www.",
        "10.1000/",
        "ISBN ",
    ),
    *("ibid.", "op. cit.", "in: ", "S. ", "pp. ", "(ed.)", "et al.", "n. d.", "19", "9" * 40, "1" * 400, "MCMXC", "年"),
)
_UNITS = (
    *(
        "(",
        "[",
        "«",
        "“",
        "»",
        "(a",
        "[1]",
        "()",
        "1",
        "9",
        "1 ",
        "1-",
        "1990 ",
        "(1990) ",
        "a",
        "A",
        "A.",
        "a ",
        "Aa, ",
    ),
    *(
        "Aa B. ",
        "中",
        "か",
        "א ",
        "ب",
        "\u202e",
        "\u0301",
        "e\u0301",
        "\x00",
        "\ud800",
        ", ",
        "; ",
        ". ",
        ": ",
        "/",
        "-",
        "in ",
    ),
    *(
        "see ",
        "Ibid. ",
        "cit., ",
        "p. 1, ",
        "pp. ",
        "vol. ",
        "https://",
        "https://a/ ",
        "10.1/",
        "M",
        "IV ",
        "年",
        "《",
        "“a” ",
    ),
)
LONG_LINES = tuple((unit * LONGEST)[:LONGEST] for unit in _UNITS)
"""Lines of 100,000 characters, each of one thing again and again."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """How long a string took, and what was wrong with its answer, if anything."""

    text: str
    seconds: float
    trouble: str = ""

    @property
    def late(self) -> bool:
        return self.seconds > LEAST + EACH * len(self.text)


def answer(text: str) -> tuple[Citation, ...]:
    """The citations of a string, looked over.

    Raises:
        AssertionError: a field is outside its citation, a citation is not what it slices to, or cannot be printed.
    """
    found = citekit.parse(text)
    for citation in found:
        assert 0 <= citation.span.start < citation.span.end <= len(text), "a span outside the string"
        assert citation.text == text[citation.span.start : citation.span.end], "a span that does not slice back"
        assert 0 <= citation.confidence <= 1, "a confidence that is no probability"
        for name, spans in citation.field_spans.items():
            inside = all(citation.span.start <= start < end <= citation.span.end for start, end in spans)
            assert inside, f"{name} outside its citation"
        json.dumps(citation.to_json(), allow_nan=False)
    return found


def strings(count: int, seed: int = SEED) -> Iterator[str]:
    """Random and injured strings, the same for the same seed."""
    chance = random.Random(seed)  # no secret
    real = _real_strings()
    for number in range(count):
        yield _random_text(chance) if number % 5 == 4 else _injured(chance.choice(real), real, chance)


def _real_strings() -> Sequence[str]:
    """The strings of the cases that a historian wrote down."""
    found = []
    for file in sorted((ROOT / "tests").rglob("cases/*.toml")):
        found += [text for text in _texts(tomllib.loads(file.read_text(encoding="utf-8"))) if len(text) > 12]
    return [*found, *note_strings()]


def note_strings() -> Iterator[str]:
    """The notes of the cases in tests/: what stands in these files without indent or "#"."""
    for file in sorted((ROOT / "tests").rglob("cases/*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and line[0] not in " #":
                yield line


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _random_text(chance: random.Random) -> str:
    size = chance.choice((1, 3, 10, 40, 120, 400))
    if chance.random() < 0.5:
        return "".join(chance.choice(_SIGNS) for _ in range(size))
    highest = chance.choice((0x80, 0x250, 0x600, 0x3000, 0xFFFF, 0x10FFFF))
    return "".join(chr(chance.randint(0, highest)) for _ in range(size))


def _injured(text: str, real: Sequence[str], chance: random.Random) -> str:
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((0, 1, 1, 3, 8, 20)))
        piece = text[start:end]
        put = chance.choice(("", piece * 2, piece[::-1], piece.upper(), piece.lower(), chance.choice(_SIGNS), "other"))
        if put == "other":
            other = chance.choice(real)
            put = other[chance.randint(0, len(other)) :]
        text = text[:start] + put + text[end:]
    if chance.random() < 0.02:
        text *= chance.choice((10, 40))
    return text.replace("\n", " ")


def _answered(text: str) -> _Answered:
    start = time.process_time()
    trouble = ""
    try:
        answer(text)
    except Exception as error:  # whatever it is, it is what is looked for
        trouble = f"{type(error).__name__}: {error}"
    return _Answered(text, time.process_time() - start, trouble)


def main() -> int:
    """Read them all, print what went wrong and the slowest; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.any_text", description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=COUNT, help="how many random and injured strings (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="which ones (%(default)s)")
    asked = parser.parse_args()
    _answered("Max Weber, Wirtschaft und Gesellschaft, Tübingen 1922.")  # loads the model
    short = _read("random and injured strings", strings(asked.count, asked.seed))
    long = _read(f"lines of {LONGEST:,} characters", LONG_LINES)
    wrong = [found for found in (*short, *long) if found.trouble or found.late]
    for found in wrong:
        why = found.trouble or f"took {found.seconds:.1f} s"
        print(f"{why}: {found.text[:300]!r}{'…' if len(found.text) > 300 else ''}")
    return 1 if wrong else 0


def _read(what: str, texts: Sequence[str] | Iterator[str]) -> list[_Answered]:
    read = [_answered(text) for text in texts]
    slowest = max(read, key=lambda found: found.seconds)
    print(
        f"{len(read):,} {what}: {sum(bool(found.trouble) for found in read)} without an answer, "
        f"{sum(found.late for found in read)} late; "
        f"processor seconds: {sum(found.seconds for found in read):.0f} in all, "
        f"{slowest.seconds:.2f} the slowest ({slowest.text[:24]!r}…, {len(slowest.text):,} characters)"
    )
    return read


if __name__ == "__main__":
    sys.exit(main())
