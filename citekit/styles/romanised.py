"""Words that are syllables of a romanisation: Hanyu Pinyin and Wade-Giles for Chinese, Hepburn for Japanese."""

from __future__ import annotations

import re

__all__ = ["in_syllables", "is_romanised"]

# Syllables of Hanyu Pinyin and Wade-Giles: an initial, vowels, n or ng or r at most behind them.
_ZH = re.compile(
    r"(?:(?:zh|ch|sh|ts|tz|hs|[bpmfdtnlgkhjqxrzcsyw])['’ʻ]?h?)?[aeiouüêěǎāáàēéèīíìǐōóòǒūúùǔǖǘǚǜ]{1,4}(?:ng|n|rh?|h)?",
    re.IGNORECASE,
)
# Syllables of Hepburn's romanisation.
_JA = re.compile(r"(?:ky|gy|sh|ch|ts|ny|hy|by|py|my|ry|[kgsztdnhbpmyrwjf])?[aiueoāīūēōâîûêô]n?['’]?", re.IGNORECASE)
_SYLLABLES = {"zh": (_ZH, 3), "ja": (_JA, 5)}
"""By language: a syllable, and how many a part of a name has at most."""
_TITLE_WORD = 8  # syllables; words of a title are written together
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻ][^\W\d_]+)*['’]?")


def is_romanised(words: str) -> bool:
    """Whether all words of a title are syllables of Chinese, or all of Japanese; a number is none of another."""
    listed = _WORD.findall(words)
    return bool(listed) and any(
        all(_all_syllables(word, syllable, _TITLE_WORD) for word in listed) for syllable, _ in _SYLLABLES.values()
    )


def in_syllables(word: str, language: str) -> bool:
    """Whether a word can be a name of this language ("zh" or "ja"): a few of its syllables and nothing else."""
    syllable, most = _SYLLABLES[language]
    return _all_syllables(word, syllable, most)


def _all_syllables(word: str, syllable: re.Pattern[str], most: int) -> bool:
    ends = {0}
    for _ in range(most):
        reached = set()
        for start in ends:
            whole = syllable.match(word, start)
            # An n can close one syllable or open the next: each shorter end is tried as well.
            for end in range(whole.end(), start, -1) if whole else ():
                if syllable.fullmatch(word, start, end):
                    reached.add(end)
        if len(word) in reached:
            return True
        ends = reached
    return False
