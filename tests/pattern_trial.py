"""Gathers every regular expression that citekit compiles and runs it over long, monotonous text.

Run by test_patterns.py in a process of its own, because a pattern that hangs cannot always be interrupted. Patterns are
caught as they are compiled: those of modules on import, those that functions build when they read some documents. Each
is used as its module uses it (`match`, `search` …), and over each text it may take LIMIT seconds of processor time: a
hundred times what a linear pattern takes, a tenth of what a quadratic one does.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

CHARACTERS = 100_000
LIMIT = 3.0  # seconds of processor time
# What grows with the square of the text and needs LIMIT over CHARACTERS needs LIMIT / 10,000 over the second length.
LENGTHS = (250, 1_000, 16_000)
SUSPICIOUS = 0.0003
STEEP = (1.15, 1.3)  # times what linear growth would take

UNITS = (
    *(" ", "\t", "\n", "\n\n", " \n", "\x0c", "\u00a0", "\u00ad", "\u2003"),
    *("1", "0-", "1 ", "1 1", "1, ", "1. ", "1.1", "1-1, ", "1/", "12:", "1\n", "[1]", "[1] ", "(1) ", "¹", "*", "XIV"),
    *(
        "a",
        "A",
        "é",
        "中",
        "か",
        "한",
        "א",
        "я",
        "a ",
        "A ",
        "Aa ",
        "Aa, ",
        "a, ",
        "a, a, a,",
        "A. ",
        "A.",
        "A.-",
        "a-",
    ),
    *(",", ".", ". ", "...", ";", "; ", ":", ": ", "/", "//", "-", "–", "- ", "_", "&", " & ", "#", "%", "@", "\\"),
    *('"', "'", "’", "“", "”", "«", "»", "„", "‚", '" ', '"a', "“a", "“a” ", "«a» ", "‘a’ ", "'a' "),
    *("(", ")", "[", "]", "{", "}", "<", ">", "(a", "(a) ", "[a", "[^", "^[", "()", "[]", "](", "《", "》", "（"),
    *("http://", "https://a/", "www.a.", "a.b/", "doi:10.1/", "10.1000/a", "ISBN 1-", "a@b."),
    *(
        "p. ",
        "pp. 1",
        "vol. ",
        "S. 1f. ",
        "no. 1 ",
        "ed. ",
        "cit. ",
        "Ibid. ",
        "ibid., p. 1; ",
        "see ",
        "in: ",
        "n. 1 ",
    ),
    *(
        "and ",
        "de ",
        "von der ",
        "et al. ",
        "Id., ",
        "1 May 1900 ",
        "2001-01-01 ",
        "May ",
        "(1900), ",
        "1900–",
        "1900a ",
    ),
)

_METHOD = re.compile(
    r"(?P<name>\w+)(?P<call>\([^()\n]*\))?\.(?P<method>match|fullmatch|search|finditer|findall|sub|subn|split)\b"
)

_AS_DEMANDING = {"findall": "finditer", "sub": "finditer", "subn": "finditer"}

Caught = dict[tuple[str, int], tuple[str, tuple[str, str], "re.Pattern[str]"]]


def catch(caught: Caught) -> None:
    """From now on, note each pattern that citekit's own code compiles, with the place that compiles it."""
    compile_pattern = re.compile

    def noting(pattern: Any, flags: Any = 0) -> Any:
        compiled = compile_pattern(pattern, flags)
        frame = sys._getframe(1)
        module = frame.f_globals.get("__name__", "")
        if module.partition(".")[0] == "citekit" and isinstance(compiled.pattern, str):
            place = (f"{module}:{frame.f_lineno}", (module, frame.f_code.co_name), compiled)
            caught.setdefault((compiled.pattern, compiled.flags), place)
        return compiled

    re.compile = noting  # type: ignore[assignment]


def load_and_read() -> None:
    """Import every module, and read some documents, so that patterns built on demand are built too."""
    citekit = importlib.import_module("citekit")
    for module in pkgutil.walk_packages(citekit.__path__, "citekit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for document in sorted(Path("references").glob("*/document.*")):
        extraction = citekit.extract(document)
        for format_name in ("bibtex", "biblatex", "csl-json"):
            importlib.import_module("citekit.formats").dumps(
                [dict(work.item) for work in extraction.works], format_name
            )


def methods_used(pattern: re.Pattern[str], function: tuple[str, str]) -> set[str]:
    """How the modules use a pattern that they have a name for, or the function that builds it.

    `finditer`, the most demanding, where nothing is seen, or where what the function builds goes elsewhere as well.
    """
    found = set()
    for module_name, module in list(sys.modules.items()):
        if module_name.partition(".")[0] != "citekit" or not module.__file__:
            continue
        names = {name for name, value in vars(module).items() if value is pattern}
        builders = {
            name
            for name, value in vars(module).items()
            if (getattr(value, "__module__", None), getattr(value, "__name__", None)) == function
        }
        if not names | builders:
            continue
        source = Path(module.__file__).read_text(encoding="utf-8")
        uses = [use for use in _METHOD.finditer(source) if use["name"] in (builders if use["call"] else names)]
        found |= {_AS_DEMANDING.get(use["method"], use["method"]) for use in uses}
        calls = sum(len(re.findall(rf"(?<!def )\b{name}\b(?=\()", source)) for name in builders)
        if calls != sum(bool(use["call"]) for use in uses):
            found.add("finditer")
    return found or {"finditer"}


@cache
def texts(unit: str, length: int) -> tuple[str, ...]:
    """A unit over and over, so that the run ends well, and so that it ends in what nothing expects."""
    run = (unit * (length // len(unit) + 1))[:length]
    return run, run + "\x00", "A" + run + "\x00"


def too_slow(pattern: re.Pattern[str], function: tuple[str, str]) -> Iterator[str]:
    """The first text for each method over which the pattern needs more than LIMIT."""
    for method in sorted(methods_used(pattern, function)):
        call: Callable[[str], Any] = getattr(pattern, method)
        for unit in UNITS:
            # What looks for its beginning everywhere finds the second text inside the third.
            numbers = (0, 1, 2) if method in ("match", "fullmatch") else (0, 2)
            if any(
                grows(call, unit, number) and seconds(call, texts(unit, CHARACTERS)[number]) >= LIMIT
                for number in numbers
            ):
                yield f"{method} over {unit!r} repeated"
                break


def grows(call: Callable[[str], Any], unit: str, number: int) -> bool:
    """Whether the time is worth a full run: long already over a short text, and growing faster than the text."""
    least, short, middle = (texts(unit, length)[number] for length in LENGTHS)
    took = seconds(call, short)
    if took < SUSPICIOUS or (took < LIMIT and took < STEEP[0] * len(short) / len(least) * seconds(call, least)):
        return False
    longer = seconds(call, middle)
    return longer >= LIMIT or longer > STEEP[1] * len(middle) / len(short) * min(took, seconds(call, short))


def seconds(call: Callable[[str], Any], text: str) -> float:
    """The processor time of one call, at most LIMIT.

    The thread's clock: while the timer runs, Linux moves that of the process in steps of milliseconds.
    """
    start = time.thread_time()
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        found = call(text)
        if isinstance(found, Iterator):
            deque(found, maxlen=0)
    except TimeoutError:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.thread_time() - start


def interrupt(*_: object) -> None:
    """End the pattern that runs."""
    raise TimeoutError


def main() -> None:
    """Print how many patterns there are, and those that are too slow."""
    caught: Caught = {}
    catch(caught)
    load_and_read()
    signal.signal(signal.SIGPROF, interrupt)
    slow = [
        f"{place} {pattern.pattern[:80]!r}: {text}"
        for place, function, pattern in caught.values()
        for text in too_slow(pattern, function)
    ]
    sys.stdout.write(json.dumps({"patterns": len(caught), "too slow": slow}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
