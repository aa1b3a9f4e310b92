r"""LaTeX that does more than print: commands that read files, write them, run programs or define commands anew.

A .bib file that comes from elsewhere is run by whoever sets a text with it. Such commands are words for citekit: they
stay readable, and an export writes them escaped. The list is TeX's primitives for files and for making commands (The
TeXbook, chapters 20 and 24; web2c manual, "Shell escapes"), LaTeX's (LaTeX2e reference manual, "Input/output"), Lua's
and those of common packages that take in files. `^^` stands for any character, a backslash too (TeXbook, chapter 8).
"""

from __future__ import annotations

import re

__all__ = ["acting_command", "acts"]

_ACTING = re.compile(
    r"\\(?:(?:@@)?input|include|includeonly|InputIfFileExists|IfFileExists|verbatiminput|VerbatimInput|lstinputlisting|"
    r"inputminted|import|subimport|includegraphics|includepdf|bibliography|addbibresource|openin|openout|closein|"
    r"closeout|read|readline|write|immediate|special|csname|endcsname|catcode|scantokens|expandafter|noexpand|"
    r"aftergroup|afterassignment|everypar|output|def|edef|gdef|xdef|let|futurelet|global|long|outer|newcommand|"
    r"renewcommand|providecommand|DeclareRobustCommand|newenvironment|renewenvironment|newwrite|newread|makeatletter|"
    r"makeatother|usepackage|RequirePackage|documentclass|LoadClass|AtBeginDocument|AtEndDocument|ShellEscape|"
    r"directlua|latelua|luaexec|luadirect|luaescapestring|pdfobj|pdffiledump|pdfshellescape|pdfprimitive|primitive|loop|"
    r"batchmode|errmessage|stop|end)(?![A-Za-z])(?!(?<=\\end)\s*\{)|\^\^"
)


def acts(latex: str) -> bool:
    """Whether LaTeX has a command that reads, writes, runs or defines."""
    return acting_command(latex) is not None


def acting_command(latex: str) -> str | None:
    """The first such command, None where there is none."""
    if "\\" not in latex and "^^" not in latex:
        return None
    found = _ACTING.search(latex)
    return found[0] if found else None
