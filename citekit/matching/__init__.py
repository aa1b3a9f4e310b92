"""Same work or another: comparison, clusters and the merged record; pure."""

from citekit.matching.names import name_similarity, same_people
from citekit.matching.titles import title_similarity

__all__ = ["name_similarity", "same_people", "title_similarity"]
