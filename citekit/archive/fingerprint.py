"""How much two texts resemble each other, from a few hundred bytes that are kept of each.

A bottom-k sketch of shingles (A. Broder, On the resemblance and containment of documents, 1997): the k smallest hashes
of all runs of w words stand for the set of these runs; the share that two sketches have in common estimates the
share that the texts have in common, within about 1/√k.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from base64 import b64decode, b64encode
from binascii import Error as NotBase64Error
from dataclasses import dataclass

__all__ = ["Fingerprint", "Sketch", "resemblance"]

_KEPT = 96  # hashes: a resemblance is off by a tenth at most in 19 of 20 cases
_RUN = 3  # words of a shingle: long enough that common words do not make texts alike
_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]|[^\\W_]+")
_BYTES = 6  # of a hash: two runs out of a million share one by chance


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text's runs of words, ascending, and how many runs it has."""

    runs: int
    hashes: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Sketch:
        """The sketch of a text; case, accents' encoding, punctuation and white space do not matter."""
        tokens = _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())
        runs = {
            " ".join(tokens[start : start + _RUN]) for start in range(max(len(tokens) - _RUN + 1, min(len(tokens), 1)))
        }
        hashes = {
            int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=_BYTES).digest()) for run in runs
        }
        return cls(len(hashes), tuple(sorted(hashes)[:_KEPT]))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a page's words: of its own text where that was found, and of all that it shows."""

    main: Sketch
    whole: Sketch

    @classmethod
    def of(cls, main: str, whole: str) -> Fingerprint:
        """The fingerprint of a page.

        Args:
            main: the page's own text; may be empty.
            whole: all that a reader sees.
        """
        return cls(Sketch.of(main), Sketch.of(whole))

    def to_text(self) -> str:
        """In ASCII, for the store."""
        return "1:" + ":".join(f"{sketch.runs}:{_packed(sketch.hashes)}" for sketch in (self.main, self.whole))

    @classmethod
    def from_text(cls, text: str) -> Fingerprint | None:
        """What `to_text` gave; None for that of another version, or for what is none."""
        version, _, rest = text.partition(":")
        parts = rest.split(":")
        if version != "1" or len(parts) != 4:
            return None
        try:
            return cls(Sketch(int(parts[0]), _unpacked(parts[1])), Sketch(int(parts[2]), _unpacked(parts[3])))
        except (ValueError, NotBase64Error, struct.error):
            return None


def resemblance(one: Sketch, other: Sketch) -> float:
    """The share of runs that two texts have in common (Jaccard), 0 to 1; exact where fewer runs are than are kept."""
    if not one.hashes or not other.hashes:
        return float(one.hashes == other.hashes)
    together = sorted({*one.hashes, *other.hashes})[:_KEPT]
    shared = set(one.hashes) & set(other.hashes)
    return sum(value in shared for value in together) / len(together)


def _packed(hashes: tuple[int, ...]) -> str:
    return b64encode(b"".join(value.to_bytes(_BYTES) for value in hashes)).decode("ascii")


def _unpacked(text: str) -> tuple[int, ...]:
    raw = b64decode(text, validate=True)
    return tuple(int.from_bytes(raw[start : start + _BYTES]) for start in range(0, len(raw), _BYTES))
