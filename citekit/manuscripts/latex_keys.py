r"""The keys in a LaTeX manuscript, read without running it: `\cite` and its kin of LaTeX, natbib, BibLaTeX, csquotes.

Sources: LaTeX2e reference; natbib 2.3 to 2.8; BibLaTeX manual 3.9; csquotes manual 5 to 8. Nothing is expanded: keys
that a macro of the author's makes up are not seen. The `.aux` or `.bcf` file that LaTeX leaves has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from citekit.errors import ReadError
from citekit.manuscripts.cited import Cited
from citekit.model import Diagnostic, Severity
from citekit.readers.decoding import decode

__all__ = ["keys_in_latex", "read_beside"]

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_VERBATIM = re.compile(
    r"\\begin\{(verbatim|Verbatim|lstlisting|minted|comment|filecontents)(\*?)\}.*?(?:\\end\{\1\2\}|\Z)|"
    r"\\(?:verb|lstinline)\*?([^\sA-Za-z*{])[^\n]{0,2000}?\3",
    re.DOTALL,
)
_END_DOCUMENT = re.compile(r"\\end\s*\{document\}")
_COMMAND = re.compile(r"\\([A-Za-z]++)(?!@)\*?")
_FILES = frozenset(("input", "include", "subfile", "subfileinclude"))
_IMPORTS = frozenset(("import", "subimport"))
# Commands with "cite" in their names that cite nothing.
_NO_CITING = re.compile(
    r"(?:re)?newcite|newcites|citestyle|citereset|citesetup|citeindex[a-z]*|bibcite|citation|citetracker|"
    r"[a-z]*(?:new|renew|provide|Declare)[A-Za-z]*|citeform[a-z]*|citealias|citemark|citeleft|citeright|citemid|"
    r"citepunct|citedash|DefineCite[a-z]*|citeonline|precite|postcite|citecolor",
)
_OPTION = re.compile(r"\s*(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*+\})*+\}){0,2000}?\]|\([^()]{0,500}\)|<[^<>]{0,500}>)")
_GROUP = re.compile(r"\s*\{([^{}]{0,5000})\}")
_KEY = re.compile(r"[^\s,{}\\]+")
_DEEPEST = 20  # files within files; more is a circle that changes its names
_LARGEST = 50_000_000  # bytes; a book has one


def keys_in_latex(path: str) -> Cited:
    r"""What a LaTeX file cites, with the files that it takes in from its own folder.

    Raises:
        ReadError: the file itself cannot be read; one that it takes in and cannot be read is a diagnostic.
    """
    root = Path(path)
    keys: dict[str, None] = {}
    trouble: list[Diagnostic] = []
    seen: set[Path] = set()

    def follow(file: Path, text: str, depth: int) -> None:
        seen.add(file.resolve())
        for name, argument in _commands(_without_comments(text)):
            if name not in _FILES:
                # #1 is the argument of a macro that is being defined.
                keys.update((key, None) for key in _KEY.findall(argument) if "#" not in key)
                continue
            found = read_beside(root.parent, argument.strip(), ".tex", trouble)
            if found is None or found[0].resolve() in seen:
                continue
            if depth >= _DEEPEST:
                message = f"{argument.strip()}: was not followed, for {_DEEPEST} files take each other in before it"
                trouble.append(Diagnostic(Severity.WARNING, "manuscript-too-deep", message))
                continue
            follow(*found, depth + 1)

    follow(root, _read(root), 0)
    everything = keys.pop("*", "") is None
    return Cited(tuple(keys), everything=everything, diagnostics=tuple(trouble))


def read_beside(folder: Path, name: str, ending: str, trouble: list[Diagnostic]) -> tuple[Path, str] | None:
    """A file that a manuscript takes in, and its text; None, with a diagnostic, where it is not read.

    A manuscript can come from anywhere: it reaches no file outside its own folder.
    """
    if not name or "\\" in name or "#" in name:
        return None  # made up by a macro
    for candidate in (folder / f"{name}{ending}", folder / name):
        try:
            file = candidate.resolve()
            if not file.is_relative_to(folder.resolve()):
                message = f"{name}: is outside the manuscript's folder and was not opened; name it with --used"
                trouble.append(Diagnostic(Severity.WARNING, "manuscript-outside", message))
                return None
            if file.is_file():
                return candidate, _read(candidate)
        except (OSError, ValueError, ReadError):
            break
    message = f"{name}: is taken in by the manuscript and cannot be read; put it where it was"
    trouble.append(Diagnostic(Severity.WARNING, "manuscript-missing", message))
    return None


def _read(file: Path) -> str:
    try:
        if file.stat().st_size > _LARGEST:
            raise ReadError(f"{file}: this is too large for a manuscript; name the file that you wrote")
        return decode(file.read_bytes()).text
    except OSError as error:
        raise ReadError(f"{file}: cannot be read ({error.strerror}); check the name and its permissions") from error


def _without_comments(text: str) -> str:
    """The text without what LaTeX does not set: comments, verbatim words, what follows the document's end."""
    bare = _VERBATIM.sub(" ", _COMMENT.sub(r"\1", text))
    end = _END_DOCUMENT.search(bare)
    return bare[: end.start()] if end else bare


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """Each citing command with its keys, and each that takes in a file with its name."""
    for command in _COMMAND.finditer(text):
        name = command[1]
        lowered = name.lower()
        if name in _FILES:
            found, _ = _argument(text, command.end())
            if found is not None:
                yield name, found
        elif name in _IMPORTS:
            folder, place = _argument(text, command.end())
            file, _ = _argument(text, place)
            if folder is not None and file is not None:
                yield "input", f"{folder.rstrip('/')}/{file}"
        elif _cites(lowered) and not _NO_CITING.fullmatch(name):
            yield from ((name, keys) for keys in _keys(text, command.end(), lowered))


def _cites(name: str) -> bool:
    """Whether a command in small letters cites by its name: \\cite and its kin, csquotes' \\textcquote and its."""
    return "cite" in name or name.endswith(("cquote", "cquotes")) or name == "bibentry"


def _keys(text: str, place: int, name: str) -> Iterator[str]:
    # \volcite{2}[5]{key} and \foreigntextcquote{german}{key}: the first argument is no key.
    leading = 1 if "volcite" in name or name.startswith(("foreign", "hyphen")) else 0
    many = name.endswith(("cites", "cquotes"))
    while True:
        found, place = _argument(text, place)
        for _ in range(leading):
            found, place = _argument(text, place)
        if found is None:
            return
        yield found
        if not many:
            return


def _argument(text: str, place: int) -> tuple[str | None, int]:
    """The next argument in braces, behind those in brackets; None where there is none."""
    while option := _OPTION.match(text, place):
        place = option.end()
    group = _GROUP.match(text, place)
    return (group[1], group.end()) if group else (None, place)
