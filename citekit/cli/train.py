"""`citekit train`: a model of the user's own, from corrected citations; or the shipped model, from labelled strings."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from citekit.cli.options import examples
from citekit.cli.outcome import DONE, FAILED, complain
from citekit.cli.streams import console
from citekit.errors import CitekitError

if TYPE_CHECKING:
    from citekit.training.example import Example

__all__ = ["command"]

_FOLDS = 5  # a corrected string is scored by a model that has not seen it
_REMEDIES = {
    True: "correct the lines named above",
    False: "give citations as citekit parse --json prints them, corrected",
}
_OTHERS = 0.12  # of the composed notes: enough to keep what the shipped model knows


@click.command(
    "train",
    short_help="Teach citekit how your documents cite, from corrected citations.",
    epilog=examples(
        "citekit train --from corrected.jsonl --output mine.crfsuite",
        "CITEKIT_MODEL=mine.crfsuite citekit parse --json < references.txt",
        "citekit train --data labelled/ --output citations.crfsuite.gz",
    ),
)
@click.option(
    "--from", "corrected", metavar="FILE", type=click.Path(), help="Corrected output of citekit parse --json."
)
@click.option("--data", metavar="DIR", type=click.Path(), help="Train a whole model from the labelled strings of DIR.")
@click.option("--output", "-o", metavar="MODEL", type=click.Path(), required=True, help="Where the model goes.")
def command(corrected: str | None, data: str | None, output: str) -> int:
    """Teach citekit how your documents cite.

    With --from, a small model is made that corrects what the shipped one gets wrong in strings like those of FILE; set
    CITEKIT_MODEL to its path to use it. The scores before and after are those of strings that were not learned from.
    A line that is no JSON, or whose fields are not in its text or have no known name, is named and left out; the exit
    status is then 1. With --data, a whole model is trained, as the shipped one was; that takes a quarter of an hour
    or more.
    """
    if (corrected is None) == (data is None):
        raise click.UsageError("give either --from FILE or --data DIR")
    if corrected is not None:
        return _correct(Path(corrected), Path(output))
    _whole(Path(data or ""), Path(output))
    return DONE


def _correct(source: Path, output: Path) -> int:
    from citekit.training.collection import SEED, composed
    from citekit.training.corpus import read_corrected
    from citekit.training.learning import fit_corrections

    found, complaints = read_corrected(source)
    for each in complaints:
        complain(each)
    if not found:
        raise CitekitError(
            f"{source}: has no citation to learn from, so no model was made; {_REMEDIES[bool(complaints)]}"
        )
    others = composed(SEED + 1, _OTHERS)
    _compare(found, others, output)
    number = fit_corrections(found, others, output, progress=_progress())
    console().print(f"{output}: learned from {len(found)} corrected citations ({number} examples in all)")
    console().print(f"use it with CITEKIT_MODEL={output}")
    return FAILED if complaints else DONE


def _compare(found: Sequence[Example], others: Sequence[Example], output: Path) -> None:
    """Print how the corrected strings are read by the shipped model, and by models that learned from the rest."""
    from citekit.citations.tagger.model import using
    from citekit.training.evaluation import read_fields
    from citekit.training.learning import fit_corrections
    from citekit.training.scoring import score

    if len(found) < 2 * _FOLDS:
        console().print(f"fewer than {2 * _FOLDS} citations: no scores before and after")
        return
    order = list(range(len(found)))
    random.Random(1).shuffle(order)  # noqa: S311 - which strings are scored together
    before = [read_fields(example) for example in found]
    after = list(before)
    trial = output.with_name(f".{output.name}.trial")
    try:
        for fold in range(_FOLDS):
            held = set(order[fold::_FOLDS])
            fit_corrections([each for place, each in enumerate(found) if place not in held], others, trial)
            with using(trial):
                for place in held:
                    after[place] = read_fields(found[place])
    finally:
        trial.unlink(missing_ok=True)
    for when, read in (("before", before), ("after", after)):
        scores = score(found, read)
        console().print(f"{when:8}words {scores.micro:.3f}  whole citations {scores.share_whole:.3f}")


def _whole(data: Path, output: Path) -> None:
    from citekit.training.collection import collect
    from citekit.training.learning import fit

    number = fit(collect(data), output, progress=_progress())
    console().print(f"{output}: learned from {number} citations")


def _progress() -> Callable[[int, int], None] | None:
    """A line on standard error that counts the iterations, on a terminal."""
    import sys

    from citekit.cli.streams import is_terminal

    if not is_terminal(sys.stderr):
        return None

    def show(done: int, most: int) -> None:
        click.echo(f"\rtraining: {done} of at most {most}", nl=done >= most, err=True)

    return show
