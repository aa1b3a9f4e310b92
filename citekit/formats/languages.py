"""Language codes (BCP 47) and the names that babel, polyglossia and BibLaTeX's `langid` know them by."""

from __future__ import annotations

__all__ = ["language_code", "language_name"]

# babel's manual, section 1.3 (options), and polyglossia's, table 1, for scripts that babel loads by other means.
_NAMES = {
    "af": "afrikaans", "ar": "arabic", "be": "belarusian", "bg": "bulgarian", "bn": "bengali", "br": "breton",
    "ca": "catalan", "cs": "czech", "cy": "welsh", "da": "danish", "de": "ngerman", "de-at": "naustrian",
    "de-ch": "nswissgerman", "el": "greek", "en": "english", "en-au": "australian", "en-ca": "canadian",
    "en-gb": "british", "en-us": "american", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "gl": "galician", "he": "hebrew",
    "hi": "hindi", "hr": "croatian", "hu": "magyar", "hy": "armenian", "id": "indonesian", "is": "icelandic",
    "it": "italian", "ja": "japanese", "ka": "georgian", "ko": "korean", "la": "latin", "lt": "lithuanian",
    "lv": "latvian", "mk": "macedonian", "mn": "mongolian", "nb": "norsk", "nl": "dutch", "nn": "nynorsk",
    "pl": "polish", "pt": "portuguese", "pt-br": "brazilian", "ro": "romanian", "ru": "russian", "sk": "slovak",
    "sl": "slovene", "sq": "albanian", "sr": "serbian", "sv": "swedish", "th": "thai", "tr": "turkish",
    "uk": "ukrainian", "ur": "urdu", "vi": "vietnamese", "zh": "chinese",
}  # fmt: skip
_SPELLINGS = {
    "german": "de", "austrian": "de-at", "hungarian": "hu", "norwegian": "nb", "slovenian": "sl", "brazil": "pt-br",
    "usenglish": "en-us", "ukenglish": "en-gb", "francais": "fr", "frenchb": "fr", "portuges": "pt", "farsi": "fa",
    "bahasa": "id", "russianb": "ru",
}  # fmt: skip
_CODES = {name: code for code, name in _NAMES.items()} | _SPELLINGS


def language_name(code: str) -> str | None:
    """The name for a code ("de-DE" is "ngerman"), None where TeX has none."""
    lowered = code.strip().lower().replace("_", "-")
    return _NAMES.get(lowered) or _NAMES.get(lowered.split("-", maxsplit=1)[0])


def language_code(name: str) -> str | None:
    """The code for a name, or the name itself where it is already a code that we know; else None."""
    lowered = name.strip().lower()
    code = _CODES.get(lowered) or (lowered if lowered in _NAMES else None)
    if code and "-" in code:
        language, region = code.split("-")
        return f"{language}-{region.upper()}"
    return code
