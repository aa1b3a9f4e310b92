"""Where a numbering begins anew: a chapter's end, over which an ibid. is a likely slip, or only the foot of a page."""

from __future__ import annotations

from .printed_cases import read_printed

NOTES = """
1. Keith Thomas, Religion and the Decline of Magic (London: Weidenfeld & Nicolson, 1971), 51.
   => A
{page}
1. Ibid., 53.
   => A
{page}
1. Ibid., 54.
   => A
"""


def _pointed_out(page: str) -> list[str]:
    resolved = read_printed("numbered anew", NOTES.format(page=page)).resolved
    return [diagnostic.code for diagnostic in resolved.diagnostics]


def test_ibid_at_the_head_of_a_short_chapter_is_pointed_out() -> None:
    assert _pointed_out("") == ["ibid-across-chapters", "ibid-across-chapters"]


def test_ibid_at_the_head_of_a_page_is_not() -> None:
    assert _pointed_out("[page]") == []
