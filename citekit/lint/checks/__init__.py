"""The checks themselves: each module has functions from an entry in its file to findings."""
