"""Same work or another: comparison, clusters and the merged record; pure.

compare(a, b)            whether two CSL-JSON items are one work, with the evidence and the vetoes
cluster(items)           the groups of items that are one work
grouped(items)           the same for libraries of any size, with how sure each item is
candidate_keys(item)     keys by which a store finds the works that an item may be
merge(items)             the item that all citations of a work say together
title_similarity(a, b)   how far one title is another, or its shortening
name_similarity(a, b)    how far two CSL names are one person
same_people(a, b)        the same for lists of names
"""

from citekit.matching.blocking import candidate_keys
from citekit.matching.clusters import Grouping, cluster, grouped
from citekit.matching.comparison import Comparison, Evidence, compare
from citekit.matching.merging import merge
from citekit.matching.names import name_similarity, same_people
from citekit.matching.titles import title_similarity

__all__ = [
    "Comparison",
    "Evidence",
    "Grouping",
    "candidate_keys",
    "cluster",
    "compare",
    "grouped",
    "merge",
    "name_similarity",
    "same_people",
    "title_similarity",
]
