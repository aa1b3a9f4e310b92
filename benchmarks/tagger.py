"""What the tagger's features are worth, and how it reads strangers: `python -m benchmarks.tagger [--share 0.3]`.

Models are trained for it, so it takes an hour at `--share 1` and some ten minutes at 0.15. The labelled strings stand
beside the checkout (`CITEKIT_SHARED`, else `../shared`). The tables are written to tagger.md.

  families   the model trained without one family of features, on the development sets
  strangers  the model trained without one project's strings, on a sample of those
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import FOLDER, shared_folder
from citekit.citations.line import TaggedField
from citekit.citations.tag_by_model import runs
from citekit.citations.tagger.features import features
from citekit.citations.tagger.model import Labelled
from citekit.citations.tagger.tokens import Token, tokens
from citekit.model import Span
from citekit.training import learning
from citekit.training.collection import SEED, collect
from citekit.training.corpus import read_examples
from citekit.training.example import Example
from citekit.training.scoring import Scores, score

__all__ = ["main"]

REPORT = FOLDER / "tagger.md"
_TESTED = 400  # citations of a set
_ABOUT = (
    "Made by `python -m benchmarks.tagger --share {share}`: trained on {taken:,} of {all:,} citations, tested on"
    " at most {tested} of each set; the model alone, without rules and cutting. Words rightly labelled (F1) / citations"
    " without a wrong word."
)
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "the word itself": ("w=", "n="),
    "affixes": ("p=", "e=", "f="),
    "shape, script, length": ("s=", "l=", "roman", "greek", "cyrl", "other", "rtl", "hang", "cjk", "kana"),
    "neighbours": ("-w=", "+w=", "-2=", "+2=", "-wp=", "+wp="),
    "position": ("at=", "left="),
    "order: years, “in”, quotations passed": ("y=", "seen="),
    "quotation marks, brackets, italics": ("in=",),
    "the piece between two marks": ("c=", "cn=", "cN=", "cp=", "cw="),
    "lexicon": ("k=", "-k=", "+k=", "in,", "in"),
    "abbreviations, lost blanks": ("ab=", "glued"),
}
"""The name of each family, and how its features begin; the bare "in" is one by itself."""
PROJECTS = ("anystyle", "grobid", "linkedbooks")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure, write; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tagger", description=__doc__.split("\n")[0])
    parser.add_argument("--share", type=float, default=0.3, help="of the strings to train on (0.3)")
    options = parser.parse_args(arguments)
    shared = shared_folder()
    if shared is None:
        print("no labelled strings: set CITEKIT_SHARED to their folder, or put it beside the checkout as shared/")
        return 1
    folder = shared / "data" / "citations"
    examples = collect(folder / "train")
    taken = _sample(examples, round(len(examples) * options.share))
    tested = {path.stem: _sample([*read_examples(path)], _TESTED) for path in sorted((folder / "dev").glob("*.jsonl"))}
    lines = [
        "# What the tagger's features are worth, and how it reads strangers",
        "",
        _ABOUT.format(share=options.share, taken=len(taken), all=len(examples), tested=_TESTED),
        "",
        *_families(taken, tested),
        "",
        *_strangers(taken, examples),
        "",
    ]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))
    return 0


def _sample(examples: Sequence[Example], number: int) -> list[Example]:
    chance = random.Random(SEED)
    return chance.sample(list(examples), min(number, len(examples)))


def _families(taken: Sequence[Example], tested: Mapping[str, Sequence[Example]]) -> list[str]:
    rows = [f"| without | {' | '.join(tested)} |", f"|---|{'---:|' * len(tested)}"]
    for name, beginnings in {"(nothing)": (), **FAMILIES}.items():
        scores = _trained(taken, without(beginnings), tested)
        rows.append(f"| {name} | " + " | ".join(f"{each.micro:.3f} / {each.share_whole:.3f}" for each in scores) + " |")
        print(rows[-1], flush=True)
    return ["## Features", "", *rows]


def _strangers(taken: Sequence[Example], examples: Sequence[Example]) -> list[str]:
    rows = ["| project left out | its strings | words | whole |", "|---|---:|---:|---:|"]
    for project in PROJECTS:
        theirs = _sample([each for each in examples if each.source.startswith(project)], 2 * _TESTED)
        others = [each for each in taken if not each.source.startswith(project)]
        (scores,) = _trained(others, features, {project: theirs})
        rows.append(f"| {project} | {len(theirs)} | {scores.micro:.3f} | {scores.share_whole:.3f} |")
        print(rows[-1], flush=True)
    return ["## Strangers", "", *rows]


def without(beginnings: tuple[str, ...]) -> learning.Features:
    """The tagger's features but those that begin so."""
    if not beginnings:
        return features
    words = frozenset(each for each in beginnings if "=" not in each)
    prefixes = tuple(each for each in beginnings if "=" in each)

    def fewer(text: str, listed: Sequence[Token], emphasis: Sequence[Span] = ()) -> list[list[str]]:
        return [
            [each for each in row if each not in words and not each.startswith(prefixes)]
            for row in features(text, listed, emphasis)
        ]

    return fewer


def _trained(
    examples: Sequence[Example], seen: learning.Features, tested: Mapping[str, Sequence[Example]]
) -> list[Scores]:
    """Scores, set by set, of a model that sees words so."""
    from pycrfsuite import Tagger

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        learning.fit(examples, path, seen=seen)
        tagger = Tagger()
        tagger.open(str(path))
        found = [score(listed, [_read(tagger, seen, example) for example in listed]) for listed in tested.values()]
        tagger.close()
    return found


def _read(tagger: Any, seen: learning.Features, example: Example) -> list[TaggedField]:
    words = tokens(example.text)
    labels = tagger.tag(seen(example.text, words, example.emphasis)) if words else []
    return runs(Labelled(words, labels, [1.0] * len(labels)), example.text)


if __name__ == "__main__":
    raise SystemExit(main())
