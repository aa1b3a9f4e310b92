"""The version of citekit: in a module of its own, so that the store can name it without the whole package."""

VERSION = "0.1.0"
