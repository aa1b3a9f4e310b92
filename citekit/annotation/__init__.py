"""A document with all that was found in it, as one page of HTML to check it at a glance.

    import citekit
    page = citekit.annotate(citekit.extract("thesis.docx"))

`view` indexes an extraction and says what is doubtful, `blocks` cuts the text into paragraphs, notes and headings,
`marks` nests what overlaps, `body` writes the text, `works` the works beside it, `page` puts both together.
"""

from __future__ import annotations

from citekit.annotation.page import annotate

__all__ = ["annotate"]
