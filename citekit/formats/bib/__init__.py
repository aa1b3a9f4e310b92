"""Files in the notation of BibTeX and BibLaTeX: read with each character's place, written back without a change."""

from citekit.formats.bib.content_warnings import warnings_of
from citekit.formats.bib.model import (
    VERBATIM_FIELDS,
    BibFile,
    Block,
    CommentBlock,
    EntryBlock,
    FieldBlock,
    FreeText,
    PreambleBlock,
    StringBlock,
    UnreadableBlock,
)
from citekit.formats.bib.reading import read_bytes, read_file
from citekit.formats.bib.writing import changed_entry, changed_file, to_bytes

__all__ = [
    "VERBATIM_FIELDS",
    "BibFile",
    "Block",
    "CommentBlock",
    "EntryBlock",
    "FieldBlock",
    "FreeText",
    "PreambleBlock",
    "StringBlock",
    "UnreadableBlock",
    "changed_entry",
    "changed_file",
    "read_bytes",
    "read_file",
    "to_bytes",
    "warnings_of",
]
