"""reStructuredText: footnotes and citations where they are defined, with the labels that docutils prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from citekit.notes import find_notes
from citekit.readers import read
from citekit.readers.pandoc import pandoc_path
from citekit.readers.rst_notes import plainer_notes

needs_pandoc = pytest.mark.skipif(pandoc_path() is None, reason="pandoc is missing: install the extra 'office'")

ESSAY = """The mills
=========

The mill stood on the Aire. [#mills]_ It burnt in 1819, [#]_ says [Weber1978]_. Again [#mills]_, and
a number [2]_, a sign [*]_ and another [*]_. ``code [2]_`` and a reference that leads nowhere [9]_.

.. [#mills] John Mills, *Fire on the Aire* (London: Hall, 1820), 3; see [2]_.
.. [#]
   Ibid., 14.

.. [2] Anna Lee, *Steel* (York: Ward, 1999), 9.

   A second paragraph of it.
.. [*] A remark.
.. [*] Another remark.

Works
-----

.. [Weber1978] Max Weber, *Economy and Society* (Berkeley, 1978).
.. [Lee1999] Anna Lee, *Steel* (York: Ward, 1999).

The end.
"""


@needs_pandoc
def test_notes_have_the_labels_that_docutils_prints(tmp_path: Path) -> None:
    essay = tmp_path / "essay.rst"
    essay.write_text(ESSAY, encoding="utf-8")
    document = read(essay)
    found = find_notes(document)
    assert [(note.label, note.kind.value, note.text, len(note.markers)) for note in found.notes] == [
        ("1", "footnote", "John Mills, Fire on the Aire (London: Hall, 1820), 3; see [2].", 2),
        ("3", "footnote", "Ibid., 14.", 1),
        ("2", "footnote", "Anna Lee, Steel (York: Ward, 1999), 9.\n\nA second paragraph of it.", 2),
        ("*", "footnote", "A remark.", 1),
        ("†", "footnote", "Another remark.", 1),
        ("Weber1978", "reference", "Max Weber, Economy and Society (Berkeley, 1978).", 1),
        ("Lee1999", "reference", "Anna Lee, Steel (York: Ward, 1999).", 0),
    ]
    for note in found.notes:
        assert all(document.text[slice(*marker)] == note.label for marker in note.markers)
    assert "code [2]_" in document.text
    assert document.text.endswith("The end.")


def test_a_source_without_definitions_is_left_as_it_is() -> None:
    source = "See [1]_ and [Weber1978]_.\n"
    assert plainer_notes(source) == (source, [])
