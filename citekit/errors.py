"""What can go wrong with the machine or the caller; trouble in a document's content is a `Diagnostic` instead.

CitekitError                     everything below; `str()` is one line: place, problem, remedy
├── ReadError                    a document that could not be read
│   └── UnsupportedFormatError   a format that citekit does not read, or whose extra is not installed
├── FormatError                  a bibliographic file or an export that could not be read or written
│   └── ChoiceError              a style, a language or a pattern of keys that there is not: another choice is right
├── UnsafeAddressError           an address that is not fetched: no web address, or one in a private network
├── ProcessEndedError            a process that read for citekit died: too little memory, or a fault of a C library
├── ArchiveError                 web archives that cannot be asked as they are configured, or a capture that is damaged
└── StoreError                   a store that could not be opened, read or written
    ├── NotAStoreError           the file is no SQLite file, or no citekit store
    ├── NewerStoreError          the store was made by a later version of citekit
    ├── StoreLockedError         another process is writing to the store
    └── NoSuchWorkError          no work has this citation key
"""

from __future__ import annotations

__all__ = [
    "ArchiveError",
    "ChoiceError",
    "CitekitError",
    "FormatError",
    "NewerStoreError",
    "NoSuchWorkError",
    "NotAStoreError",
    "ProcessEndedError",
    "ReadError",
    "StoreError",
    "StoreLockedError",
    "UnsafeAddressError",
    "UnsupportedFormatError",
]


class CitekitError(Exception):
    """The root of all errors that citekit raises on purpose."""


class ReadError(CitekitError):
    """A document could not be read."""


class UnsupportedFormatError(ReadError):
    """citekit does not read this format, or the extra that reads it is not installed."""


class FormatError(CitekitError):
    """A bibliographic file or an export could not be read or written."""


class ChoiceError(FormatError):
    """A style, a language or a pattern of keys was asked for that there is not, or that cannot be understood."""


class ProcessEndedError(CitekitError):
    """A process that worked for citekit ended before it gave its answer; the message says how, to follow a name."""


class UnsafeAddressError(CitekitError):
    """An address that is not fetched.

    Attributes:
        reason: "unsafe", "credentials", "scheme" or "invalid-url".
        problem: what is wrong with it, in words that follow the address.
    """

    def __init__(self, reason: str, problem: str) -> None:
        super().__init__(problem)
        self.reason = reason
        self.problem = problem


class ArchiveError(CitekitError):
    """Web archives cannot be asked as they are configured, or a local capture cannot be written or read."""


class StoreError(CitekitError):
    """A store could not be opened, read or written."""


class NotAStoreError(StoreError):
    """The file is no SQLite file, or no citekit store."""


class NewerStoreError(StoreError):
    """The store was made by a later version of citekit."""


class StoreLockedError(StoreError):
    """Another process is writing to the store."""


class NoSuchWorkError(StoreError):
    """No work in the store has this citation key."""
