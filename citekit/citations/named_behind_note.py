"""The author named behind the number of a note: "参见前注1，费孝通书，第30页".

Chinese notes say whose work of that note is meant by the name and a word for a book or an article, without a mark of a
title (《法学引注手册》, 第 31 条).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citekit.citations.cues import CueMatch
from citekit.citations.line import TaggedField
from citekit.model import CueKind

__all__ = ["with_author_behind_note"]

_NAMED = re.compile(
    r"[，,、]\s?(?P<name>[\u3400-\u9fff][\u3400-\u9fff·]{1,7}?)(?:书|書|文|著|论文|論文)(?=[，,、。：:]|第|頁|\s?$)"
)


def with_author_behind_note(
    fields: tuple[TaggedField, ...], text: str, cues: Sequence[CueMatch]
) -> tuple[TaggedField, ...]:
    """The fields, a name between the number of a note and a word for its work as the author."""
    for match in cues:
        named = _NAMED.match(text, match.end) if match.cue.kind is CueKind.CROSS_REFERENCE else None
        if named is not None:
            kept = [field for field in fields if field.end <= named.start() or field.start >= named.end()]
            return (TaggedField("author", *named.span("name")), *kept)
    return fields
