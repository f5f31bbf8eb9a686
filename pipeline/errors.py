"""Every error that orebook raises on purpose; what the user reads is the message."""

from __future__ import annotations


class OrebookError(Exception):
    """Root of orebook's errors. The message says what happened, to which file, and what to do."""


class UnreadableFilingError(OrebookError):
    """The filing cannot be read: it is empty, broken, encrypted, or of no known format."""


class NoTextLayerError(UnreadableFilingError):
    """The pages of the filing are pictures: there is no text to read."""


class DatabaseError(OrebookError):
    """The database cannot be used."""


class DatabaseUnreachableError(DatabaseError):
    """The database does not answer."""


class DatabaseNotMigratedError(DatabaseError):
    """The database's schema is not the one that this version needs; `orebook migrate` brings it there."""


class QueryTimeoutError(DatabaseError):
    """A question to the database takes longer than a question may take."""


class AlreadyRunningError(OrebookError):
    """Another ingest is at work on the database."""


class DecisionError(OrebookError):
    """A reviewer's decision cannot be recorded; the message says what it lacks."""


class DrawingError(OrebookError):
    """A filing cannot be drawn as asked; the message says what can be."""


class ExportError(OrebookError):
    """Views cannot be written as files; the message says which and why."""


class SourceNotFoundError(OrebookError):
    """A path that a run was given is not there."""


class UnreadableSourceError(OrebookError):
    """The disk or an archive does not give a file: it is gone, broken, encrypted or beyond a limit."""


class ManifestError(OrebookError):
    """A manifest cannot be read at all; a broken line of one is a failed file, and no error."""


class FilingTimeoutError(OrebookError):
    """A filing took longer than a filing may take."""


class MemoryLimitError(OrebookError):
    """A filing took more memory than a filing may take."""


class ClusterError(OrebookError):
    """The Dask cluster cannot be used, or went away in mid-run."""


class WorkerLostError(OrebookError):
    """The process that read a filing ended before it was done."""


class CannotListenError(OrebookError):
    """The pages cannot be served at an address: something else is, or the machine does not have it."""


class UnsafeServerError(OrebookError):
    """The pages would be open to people of whom nothing is asked."""
