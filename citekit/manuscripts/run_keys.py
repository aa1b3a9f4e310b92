r"""The keys that a run of LaTeX left behind: for BibTeX in `.aux`, for biber in `.bcf`."""

from __future__ import annotations

import re
from pathlib import Path

from citekit.errors import ReadError
from citekit.manuscripts.cited import Cited
from citekit.manuscripts.latex_keys import read_beside
from citekit.model import Diagnostic
from citekit.readers.decoding import decode

__all__ = ["keys_in_aux", "keys_in_bcf"]

# BibLaTeX before 3.13 wrote \abx@aux@cite{key}, later ones put the number of the section before it.
_AUX = re.compile(r"\\(?:citation|abx@aux@cite|abx@aux@nociteall|@input)\s{0,9}(?:\{(\d{1,9})\})?\{([^{}]{0,5000})\}")
_KEY = re.compile(r"[^\s,{}\\]+")


def keys_in_aux(path: str) -> Cited:
    r"""The keys of an `.aux` file and of those that it takes in (`\@input`, one for each `\include`).

    Raises:
        ReadError: it cannot be read.
    """
    root = Path(path)
    keys: dict[str, None] = {}
    trouble: list[Diagnostic] = []
    seen: set[Path] = set()
    waiting = [_content(path)]
    while waiting:
        for found in _AUX.finditer(waiting.pop(0)):
            if found[0].startswith("\\@input"):
                taken_in = read_beside(root.parent, found[2], "", trouble)
                if taken_in is not None and taken_in[0].resolve() not in seen:
                    seen.add(taken_in[0].resolve())
                    waiting.append(taken_in[1])
                continue
            keys.update(dict.fromkeys(_KEY.findall(found[2])))
    everything = keys.pop("*", "") is None
    return Cited(tuple(keys), everything=everything, diagnostics=tuple(trouble))


def keys_in_bcf(path: str) -> Cited:
    """The keys of a `.bcf` file, biber's control file.

    Raises:
        ReadError: it cannot be read.
    """
    from citekit.readers.markup import local_name, xml_tree

    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); check the name and its permissions") from error
    tree, _ = xml_tree(content)
    if tree is None:
        raise ReadError(f"{path}: is no control file of biber; run LaTeX again")
    named = [element.text or "" for element in tree.iter() if local_name(element) == "citekey"]
    keys = dict.fromkeys(key.strip() for key in named if key.strip())
    everything = keys.pop("*", "") is None
    return Cited(tuple(keys), everything=everything)


def _content(path: str) -> str:
    try:
        return decode(Path(path).read_bytes()).text
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); check the name and its permissions") from error
