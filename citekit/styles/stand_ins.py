"""What is said in another place because the style prints it in none: volumes, archives, recipients, reviewed works.

Each is put where the style does print, if there is nothing else: a letter without a title is "Letter to …", the number
of an article stands for its pages. What no such place is for becomes a variable of our own (`citekit.styles.adapted`).
"""

from __future__ import annotations

from typing import Any

from citekit.formats.types import NAMES
from citekit.styles.vocabulary import Vocabulary
from citekit.styles.wording import letter_to, review_of

__all__ = ["REST", "UPRIGHT", "UPRIGHT_END", "VOLUME", "VOLUME_TITLE", "add_stand_ins"]

REST = "citekit-rest"
"""Variable: what the style has no variable for and a reader needs to find the work, at the end of the entry."""
VOLUME, VOLUME_TITLE = "citekit-volume", "citekit-volume-title"
"""Variables: number and title of a volume behind the title of the whole, for styles that know no title of a volume."""
_EAST_ASIAN = ("zh", "ja", "ko")
UPRIGHT, UPRIGHT_END = "\ue0f1", "\ue0f2"
"""Around words that are upright within italics; `notes.lua` takes the signs away."""


def add_stand_ins(made: dict[str, Any], known: Vocabulary, language: str, *, listed: bool) -> None:
    """Put what the style does not print of such a work where it does.

    Args:
        made: an item for citeproc, which is changed.
        known: what the style prints.
        language: BCP 47 code of the language that the style prints in.
        listed: it is for a bibliography, not for a note.
    """
    printed = known.printed(made["type"])
    # GB/T 7714-2015, 4.7, puts the file before who keeps it, as its style does.
    if listed and "author" in printed and language.partition("-")[0] not in _EAST_ASIAN:
        _lead_with_depository(made, "archive" if "archive" in printed else "title")
    if "title" not in made:
        _add_title(made, printed, language)
    if "compiler" in made and "compiler" not in printed and not (made.get("author") or made.get("editor")):
        made["editor"] = made["compiler"]
    if "number" in made and "page" not in made and made["type"] == "article-journal" and "number" not in printed:
        made["page"] = made["number"]  # an article's number stands where its pages would (Chicago 14.174)
    if "status" in made and "issued" not in made and "status" not in printed:
        made["issued"] = {"literal": str(made["status"])}  # "in press" stands for the year (Chicago 14.146)
    _add_volume(made, printed)
    _add_rest(made, printed)


def _add_title(made: dict[str, Any], printed: frozenset[str], language: str) -> None:
    reviewed = made.get("reviewed-title")
    if reviewed and "reviewed-title" not in printed:
        made["title"] = review_of(f"<i>{reviewed}</i>", _people(made.get("reviewed-author")), language)
    elif made.get("recipient") and "recipient" not in printed:
        made["title"] = letter_to(_people(made["recipient"]), language)


def _lead_with_depository(made: dict[str, Any], behind: str) -> None:
    """A file that nobody signed and that has no title is listed under who keeps it, its shelfmark in `behind`.

    Chicago 17, 14.222 and 14.230: the main element of an entry is the author, the title or the depository; a note
    begins with the file. Styles have no rule for it: they print the most specific first, or the day.
    """
    kept = made.get("archive")
    if not kept or made.get("title") or any(made.get(role) for role in NAMES):
        return
    # Words that are no depository's alone stay together where the style has them.
    if made.get("archive_collection") or not made.get("archive_location"):
        return
    depository = ", ".join(str(words) for words in (kept, made.pop("archive-place", None)) if words)
    del made["archive"]
    made |= {"author": [{"literal": depository}], behind: made.pop("archive_location")}


def _people(names: list[dict[str, str]] | None) -> str:
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
    return ", ".join(" ".join(name[part] for part in parts if name.get(part)) for name in names or ())


def _add_volume(made: dict[str, Any], printed: frozenset[str]) -> None:
    """Number and title of a volume, where the style has them of no such work."""
    if made["type"].startswith("article") or not ("volume-title" in made or "volume" in made):
        return
    if "volume-title" in made and "volume-title" not in printed:
        made[VOLUME_TITLE] = made.pop("volume-title")
    elif "volume" in printed or "volume" not in made:
        return
    if "volume" in made:
        made[VOLUME] = str(made.pop("volume"))


def _add_rest(made: dict[str, Any], printed: frozenset[str]) -> None:
    """Where the work is kept, and where it was spoken, in styles that do not say it."""
    kept = [name for name in ("archive", "archive_location") if name in made]
    listed = [] if printed.issuperset(kept) else [made.pop(name) for name in kept]
    # Of what was printed the meeting need not be said.
    if "event-title" in made and "event-title" not in printed and "container-title" not in made:
        if "event" in printed:  # its name in CSL 1.0.1
            made.setdefault("event", made["event-title"])
        else:
            listed += [made.get("event-title"), made.get("event-place")]
    rest = ", ".join(str(words) for words in listed if words)
    if rest:
        made[REST] = rest
