"""All checks of `citekit lint`, each with its code for good: a code is never given to another check.

docs/reference/lint.md shows them, and a test holds the two equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from citekit.errors import FormatError
from citekit.model import Severity

__all__ = ["CHECKS", "Check", "chosen_codes"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        code: its code.
        severity: how much its findings matter.
        summary: what it finds, in a few words.
        source: the rule's: a manual and its section.
        fixable: whether `--fix` can set right some of its findings.
        on: whether it is made without being asked for; the others are matters of taste.
    """

    code: str
    severity: Severity
    summary: str
    source: str
    fixable: bool = False
    on: bool = True


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CHECKS: dict[str, Check] = {
    check.code: check
    for check in (
        # The notation
        Check("CK101", _E, "What begins like an entry and cannot be read (a brace is not closed)", "btxdoc 3; biber"),
        Check("CK102", _E, "An entry has no citation key", "btxdoc 3"),
        Check(
            "CK103", _E, "Two entries have the same key, or keys that differ in case alone", "BibTeX: “Repeated entry”"
        ),
        Check(
            "CK104",
            _W,
            "A citation key with white space, or signs that TeX or BibTeX reads otherwise",
            "btxdoc 3; BibLaTeX 2.3",
        ),
        Check("CK105", _W, "BibTeX would stumble: a comma is missing, an entry begins inside another", "btxdoc 3, 4"),
        Check("CK106", _E, "An abbreviation that no @string defines", "BibTeX: “string name … is undefined”"),
        Check("CK107", _W, "A field stands twice in an entry, and programs read only one", "biber: “Duplicate field”"),
        Check(
            "CK108",
            _W,
            "Another reader, bibtexparser 2, sees other entries or fields than BibTeX does",
            "bibtexparser 2; docs/decisions/bib-files.md",
        ),
        # Types and fields
        Check("CK201", _W, "An entry type that neither BibTeX nor BibLaTeX has", "btxdoc 3.1; BibLaTeX 2.1"),
        Check("CK202", _W, "A field's name that looks like a misprint of a known one", "biber: “invalid field”"),
        Check("CK203", _I, "A field that no standard style knows", "BibLaTeX 2.2", on=False),
        Check(
            "CK204",
            _W,
            "A field is missing that the type requires; what crossref and xdata bring counts",
            "btxdoc 3.1; BibLaTeX 2.1 and blx-dm.def",
        ),
        Check("CK205", _W, "A field is empty", "biber", fixable=True),
        Check(
            "CK206",
            _I,
            "In a BibLaTeX file, a name of the older BibTeX (journal, address, @phdthesis)",
            "BibLaTeX 2.1.2, 2.2.5",
            fixable=True,
            on=False,
        ),
        # Identifiers and addresses
        Check("CK301", _W, "An ISBN whose check digit or length is wrong", "ISO 2108"),
        Check("CK302", _W, "An ISSN whose check digit or length is wrong", "ISO 3297"),
        Check("CK303", _W, "What stands in doi is no DOI", "DOI Handbook 2.2"),
        Check(
            "CK304",
            _W,
            "A DOI with its resolver's address or “doi:” before it: styles do that",
            "BibLaTeX 2.2.2; DOI Handbook 2.6",
            fixable=True,
        ),
        Check("CK305", _W, "Two entries have the same DOI", "JabRef"),
        Check("CK306", _W, "What stands in url is no address", "RFC 3986"),
        Check("CK307", _I, "An address in note, though the entry has no url", "BibLaTeX 2.2.2"),
        # Dates, pages, numbers
        Check(
            "CK401",
            _W,
            "A date that is not as EDTF (ISO 8601-2) writes it, or a day that no calendar has",
            "BibLaTeX 2.3.8",
        ),
        Check("CK402", _W, "A year that is none", "btxdoc 3.2"),
        Check(
            "CK403",
            _W,
            "A month that is none, or an English name in words, which styles cannot translate",
            "btxdoc 3.2; BibLaTeX 2.3.9",
            fixable=True,
        ),
        Check("CK404", _W, "year and date say different years", "BibLaTeX 2.3.8"),
        Check("CK405", _W, "A range of pages that runs backwards", "biber; JabRef"),
        Check("CK406", _W, "A range of pages with one hyphen", "btxdoc 3.2; BibLaTeX 2.3.12", fixable=True),
        Check(
            "CK407",
            _I,
            "A range of pages with its second number cut (209–10): styles do that",
            "Chicago 9.61; BibLaTeX 2.3.12",
        ),
        Check("CK408", _W, "“pp.” or “S.” before pages: styles put it there", "BibLaTeX 2.3.12", fixable=True),
        Check("CK409", _W, "“vol.”, “no.” or “ed.” in a field that says so by its name", "btxdoc 3.2", fixable=True),
        # Names
        Check(
            "CK501",
            _W,
            "Several names that no “and” parts: between commas or semicolons",
            "btxdoc 3.2; BibLaTeX 2.3.3",
            fixable=True,
        ),
        Check("CK502", _W, "“et al.” instead of “and others”", "btxdoc 3.2; BibLaTeX 2.3.3", fixable=True),
        Check("CK503", _I, "A name in capitals", "JabRef"),
        Check("CK504", _W, "An “and” with no name before or behind it", "BibTeX: “name … is empty”"),
        Check("CK505", _W, "“&” between names", "btxdoc 3.2"),
        # Titles
        Check("CK601", _I, "A title in capitals", "JabRef"),
        Check(
            "CK602",
            _I,
            "A word with a capital inside (NATO, MacIntyre) without braces: styles make it small",
            "btxdoc 4; BibLaTeX 2.3.6",
            fixable=True,
        ),
        Check("CK603", _I, "A whole title in braces: no style can change its case", "btxdoc 4", on=False),
        Check("CK604", _I, "A title that ends with a full stop", "JabRef", on=False),
        # Words and LaTeX
        Check("CK701", _W, "Mojibake: letters that were decoded wrongly (Ã© for é), or lost", "ftfy", fixable=True),
        Check("CK702", _W, "An HTML entity (&amp;)", "papis doctor; JabRef", fixable=True),
        Check("CK703", _W, "An HTML tag (<i>)", "papis doctor"),
        Check("CK704", _W, "&, %, # or _ without a backslash in words that TeX sets", "JabRef; TeX", fixable=True),
        Check(
            "CK705",
            _W,
            "LaTeX that TeX could not read: an odd number of $, \\begin without \\end",
            "JabRef; pylatexenc",
        ),
        Check("CK706", _W, "A TeX command in a field that reads or writes files or redefines others", "TeX"),
        Check("CK707", _I, "A letter and its accent as two characters", "Unicode Annex 15; JabRef", fixable=True),
        Check(
            "CK708",
            _I,
            "Invisible characters: soft hyphens, zero-width spaces, marks of direction",
            "Unicode 23.2",
            fixable=True,
        ),
        # Entries that name others
        Check("CK801", _E, "crossref, xref, xdata, related or entryset names no entry of the file", "biber; JabRef"),
        Check(
            "CK802", _W, "In a BibTeX file, what crossref names stands before the entry that refers to it", "btxdoc 3.3"
        ),
        Check("CK803", _E, "crossref or xdata leads back to the entry itself", "biber"),
        # What is around the file
        Check("CK901", _W, "file names a file that is not there", "JabRef; papis doctor", on=False),
        Check("CK902", _I, "A key is not what the pattern gives (with --key-pattern)", "JabRef"),
    )
}
"""Each check by its code, in the order of the codes."""

_CODE = re.compile(r"CK\d{0,3}")


def chosen_codes(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """The codes of the checks to make.

    Args:
        select: codes or their beginnings (CK3), or ALL; none means those that are on.
        ignore: codes or their beginnings that are left out.

    Raises:
        FormatError: one is no code, or the beginning of none.
    """
    start = frozenset(_matching(select)) if select else frozenset(code for code, check in CHECKS.items() if check.on)
    return start - frozenset(_matching(ignore))


def _matching(wanted: Iterable[str]) -> Iterable[str]:
    for word in wanted:
        code = word.strip().upper()
        found = list(CHECKS) if code == "ALL" else [known for known in CHECKS if known.startswith(code)]
        if not found or not (code == "ALL" or _CODE.fullmatch(code)):
            raise FormatError(f"no check has the code {word}; citekit lint --list shows them")
        yield from found
