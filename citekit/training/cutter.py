"""Training the model that tells citations from remarks: `python -m citekit.training.cutter FOLDER`.

FOLDER holds labelled citation strings, a JSON object a line (`text`, `lang`, `fields` as pairs of name and value), of
sources whose licences allow it. The same strings give the same model, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pycrfsuite

from citekit.citations.cutter import BEGIN, INSIDE, OUTSIDE, features, tokens
from citekit.model import Span
from citekit.training.notes import ComposedNote, LabelledString, compose

__all__ = ["labelled_strings", "labels", "main", "train"]

MODEL = Path(__file__).parent.parent / "models" / "cutter.crf"
NOTES = 8000  # more gained nothing on notes composed apart
_PARAMETERS = {"c1": 1.0, "c2": 0.05, "max_iterations": 120, "feature.minfreq": 4}
_LANGUAGES = ("fr", "en", "it", "de", "es")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write the model; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m citekit.training.cutter", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="labelled strings, *.jsonl")
    parser.add_argument("--without", metavar="LANGUAGE", help="compose no note in this language, to measure it unseen")
    parser.add_argument("--notes", type=int, default=NOTES, help="how many notes to compose")
    parser.add_argument("--output", type=Path, default=MODEL)
    options = parser.parse_args(arguments)
    languages = [language for language in _LANGUAGES if language != options.without]
    strings = list(labelled_strings(sorted(options.folder.glob("*.jsonl"))))
    if not strings:
        parser.error(f"{options.folder}: no labelled strings (*.jsonl) in it")
    train(compose(strings, options.notes, languages=languages), options.output)
    return 0


def labelled_strings(files: Iterable[Path]) -> Iterator[LabelledString]:
    """The strings of some files, in order; of fields that occur twice the first."""
    for file in files:
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line:
                record = json.loads(line)
                fields: dict[str, str] = {}
                for name, value in record["fields"]:
                    fields.setdefault(name, value)
                yield LabelledString(record["text"], record["lang"], fields)


def train(notes: Iterable[ComposedNote], output: Path) -> None:
    """Train on composed notes and write the model."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(_PARAMETERS)
    for note in notes:
        words = tokens(note.text)
        trainer.append(
            features([word.group() for word in words]), labels([word.span() for word in words], note.citations)
        )
    output.parent.mkdir(exist_ok=True)
    trainer.train(str(output))


def labels(words: Sequence[tuple[int, int]], citations: Sequence[Span]) -> list[str]:
    """BEGIN, INSIDE or OUTSIDE for each word."""
    found = []
    previous = -1
    for start, end in words:
        number = next((i for i, span in enumerate(citations) if span.start <= start and end <= span.end), -1)
        found.append(OUTSIDE if number < 0 else INSIDE if number == previous else BEGIN)
        previous = number
    return found


if __name__ == "__main__":
    sys.exit(main())
