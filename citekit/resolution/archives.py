"""The archive that a citation does not name, because the one before it in the note did.

"TNA, FO 371/23456; FO 371/23500": the second file is kept where the first is. As with people (`persons`), what is
carried completes the record of the work, never what the citation itself says.
"""

from __future__ import annotations

from collections.abc import Sequence

from citekit.citations.shelf_series import behind_same_units
from citekit.model import Item
from citekit.resolution.sequence import Reading

__all__ = ["with_carried_archives"]


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


def _is_file_alone(item: Item) -> bool:
    return bool(item.get("archive_location")) and not any(item.get(name) for name in ("publisher", "container-title"))
