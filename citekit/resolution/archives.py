"""Archives that a citation does not name, or only by a siglum, because one before it did in full.

"TNA, FO 371/23456; FO 371/23500": the second file is kept where the first is. "Archivo General de Simancas (AGS)", then
"AGS": one archive. As with people (`persons`), what is carried completes the record of the work, never what the
citation itself says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from citekit.citations.places import is_place
from citekit.citations.shelf_series import behind_same_units
from citekit.citations.shelfmarks import repository_in
from citekit.model import Citation, CueKind, Item, Resolution
from citekit.resolution.sequence import Place, Reading
from citekit.resolution.state import Decision, State

__all__ = ["archives_in_full", "is_archive_alone", "same_file", "under_full_name", "with_carried_archives"]

SAME_FILE = 0.9
# "Geheimes Staatsarchiv Preußischer Kulturbesitz (GStA PK)": a name, and in brackets its siglum, two letters capital.
_WITH_SIGLUM = re.compile(
    r"(?P<name>[^()]{6,120}?)[\s,]{1,2}\((?P<siglum>(?=[^()\sa-zа-я]{0,3}[^\W\d_])[^\W\d_][^()\d,;:]{1,11})\)"
)


def with_carried_archives(reading: Reading, items: Sequence[Item]) -> list[Item]:
    """The items, those of further files with the repository and the larger units of the file before them.

    Args:
        reading: the order in which the citations are read.
        items: what each says, with the people carried over to it.
    """
    carried = list(items)
    for group in reading.groups.values():
        held: Item | None = None
        for index in group:
            item = carried[index]
            if item.get("archive"):
                held = item
            elif held is not None and _is_file_alone(item):
                location = behind_same_units(str(held.get("archive_location") or ""), str(item["archive_location"]))
                held = carried[index] = {**item, "archive": held["archive"], "archive_location": location}
            else:
                held = None
    return carried


def archives_in_full(citations: Sequence[Citation]) -> dict[str, str]:
    """The names of archives in full, under their sigla and under the names without their town.

    As the document itself explains them: a siglum that was given to two archives stands for neither.
    """
    names: dict[str, set[str]] = {}
    towned: dict[str, set[str]] = {}
    for citation in citations:
        archive = str(citation.item.get("archive") or "")
        explained = _WITH_SIGLUM.fullmatch(archive)
        name, comma, town = (explained["name"] if explained else archive).partition(", ")
        if comma and repository_in(name) and "," not in town:
            towned.setdefault(name, set()).add(f"{name}, {town}")
        if explained is not None and sum(map(str.isupper, explained["siglum"])) > 1:
            names.setdefault(explained["siglum"], set()).add(explained["name"])
        elif is_archive_alone(citation.item):
            for cue in citation.cues:
                if cue.kind is CueKind.DECLARES and cue.value and cue.value != archive:
                    names.setdefault(cue.value, set()).add(archive)
    full = {name: next(iter(found)) for name, found in towned.items() if len(found) == 1}
    for siglum, found in names.items():
        meant = {full.get(name, name) for name in found}
        if len(meant) == 1:
            full[siglum] = meant.pop()
    return full


def same_file(state: State, place: Place) -> Decision | None:
    """ "ASFe, Prefettura, b. 14, fasc. 3, cit.": the file of this shelfmark that was cited, or the document in it.

    A shelfmark names its file by itself: nothing cited just before is meant instead.
    """
    citation = state.citations[place.citation]
    item = state.items[place.citation]
    if citation.cue(CueKind.CITED) is None or not (item.get("archive") and item.get("archive_location")):
        return None
    if item.get("title") or item.get("author"):
        return None
    wanted = under_full_name(item, state.archives)
    shelfmark = str(wanted["archive_location"])
    kept = {draft.number: draft for ledger in (state.ledger, state.unseen) for draft in ledger.of_file(shelfmark)}
    drafts = [
        draft
        for draft in kept.values()
        if draft.last_place >= 0
        and any(_holds(under_full_name(stated, state.archives), wanted) for stated in draft.items)
    ]
    if len(drafts) != 1:
        draft = state.unseen.open([item], incomplete=True)
        return Decision((draft.number,), Resolution(None, "no-antecedent", 0.0, state.naming(drafts)))
    namer = drafts[0].namer
    antecedent = state.citations[namer].id if namer is not None else None
    return Decision((drafts[0].number,), Resolution(antecedent, "same-file", SAME_FILE))


def _holds(stated: Item, wanted: Item) -> bool:
    """Whether a work is kept in this archive, in this file: "b. 14, fasc. 3, lettera" in "b. 14, fasc. 3"."""
    if stated.get("archive") != wanted.get("archive"):
        return False
    known, asked = str(stated.get("archive_location") or ""), str(wanted["archive_location"])
    return known == asked or known.startswith((f"{asked}, ", f"{asked}. ", f"{asked}; "))


def is_archive_alone(item: Item) -> bool:
    """Whether an item is a file in an archive and no document in it: what it declares is the archive's siglum."""
    return bool(item.get("archive")) and not item.get("title") and not item.get("author")


def under_full_name(item: Item, archives: Mapping[str, str]) -> Item:
    """The item with its archive's name in full, where the document explains the siglum."""
    archive = str(item.get("archive") or "")
    explained = _WITH_SIGLUM.fullmatch(archive)
    name = explained["name"] if explained is not None else archive
    name = archives.get(name, name)
    if name not in archives.values():
        return item
    town, comma, location = str(item.get("archive_location") or "").partition(", ")
    if comma and archive not in archives and is_place(town):  # "The National Archives, Kew, FO 371/23456"
        return {**item, "archive": name, "archive_location": location}
    return {**item, "archive": name}


def _is_file_alone(item: Item) -> bool:
    return bool(item.get("archive_location")) and not any(item.get(name) for name in ("publisher", "container-title"))
