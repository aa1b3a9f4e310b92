r"""Addresses in `howpublished`, where BibTeX's users write `\url{…}` or "Available at …": it has no field for them."""

from __future__ import annotations

import re

__all__ = ["address_in"]

_ADDRESS = re.compile(
    r"\\(?:url|path|nolinkurl)\s?\{([^{}\s]+)\}|\\href\s?\{([^{}\s]+)\}\s?\{[^{}]*+\}|\b((?:https?|ftp)://[^\s{}<>\"]+)"
)
_SCHEME = re.compile(r"(?:https?|ftp)://\S|www\.", re.IGNORECASE)
_LEADING = re.compile(
    r"(?:(?:available|accessible|published|retrieved|found)(?: (?:online|only))?(?: (?:at|from|on|under|via))?|"
    r"online(?: at)?|url|web ?site|web ?page|internet|world wide web)[\s:]*\Z",
    re.IGNORECASE,
)
_SIGNS = " ,;:.([<>)]"


def address_in(latex: str) -> tuple[str, str] | None:
    """The one address that a `howpublished` has, and what else it says; None where it has none or several.

    A word that only leads to the address ("Available at") is nothing else.
    """
    found = list(_ADDRESS.finditer(latex))
    if len(found) != 1:
        return None
    stated = found[0][1] or found[0][2] or found[0][3].rstrip(".,;:)")
    address = (
        stated.replace(r"\_", "_").replace(r"\%", "%").replace(r"\&", "&").replace(r"\#", "#").replace(r"\~{}", "~")
    )
    if not _SCHEME.match(address) or "\\" in address:
        return None
    before = _LEADING.sub("", _bare(latex[: found[0].start()].lstrip("[({<")))
    after = _bare(latex[found[0].end() :])
    rest = ", ".join(part for part in (_bare(before), after) if part)
    return (address, rest) if rest.count("{") == rest.count("}") else None


def _bare(latex: str) -> str:
    return latex.strip().strip(_SIGNS)
