"""Same work or another: comparison, clusters and the merged record; pure."""
