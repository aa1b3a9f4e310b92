"""Days of the French Republican calendar: "12 frimaire an VIII" is 3 December 1799.

Twelve months of thirty days from the day of the autumn equinox in Paris; in use from 1793 (an II) to the end of 1805,
counted back to 22 September 1792 (decree of 4 frimaire an II).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

__all__ = ["republican_days"]

_MONTHS = ("vendémiaire", "brumaire", "frimaire", "nivôse", "pluviôse", "ventôse", "germinal", "floréal", "prairial",
           "messidor", "thermidor", "fructidor")  # fmt: skip
_PLAIN = str.maketrans("éô", "eo")
_NUMBERS = {name.translate(_PLAIN): number for number, name in enumerate(_MONTHS)}
_YEARS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")
# The day of September 1792 to 1805 on which each year began.
_FIRST = (22, 22, 22, 23, 22, 22, 22, 23, 23, 23, 23, 24, 23, 23)
_NAMES = "|".join((*_MONTHS, *(name for name in _NUMBERS if name not in _MONTHS)))
_DAY = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}}|1er)\s(?P<month>{_NAMES})\s(?:(?:de )?l[’'])?an\s(?P<year>[IVX]{{1,4}}|\d\d?)(?!\w)",
    re.IGNORECASE,
)


def republican_days(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The days of this calendar in a text, each with its EDTF value.

    >>> [edtf for _, edtf in republican_days("arrêté du 12 frimaire an VIII")]
    ['1799-12-03']
    """
    for match in _DAY.finditer(text):
        printed = match["year"].upper()
        year = int(printed) if printed.isdecimal() else _YEARS.index(printed) + 1 if printed in _YEARS else 0
        day = int(match["day"].lower().removesuffix("er"))
        if 1 <= year <= len(_YEARS) and 1 <= day <= 30:
            first = date(1791 + year, 9, _FIRST[year - 1])
            month = _NUMBERS[match["month"].lower().translate(_PLAIN)]
            yield match, (first + timedelta(days=30 * month + day - 1)).isoformat()
