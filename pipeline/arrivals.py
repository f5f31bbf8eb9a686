"""Sorts the files that a run is given: those that are done, and those that have to be read, each loaded once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.filing import Filing
from pipeline.commit import CommitOutcome, FilingRows
from pipeline.errors import OrebookError, UnreadableSourceError
from pipeline.fetch import Found
from pipeline.ledger import FilingStatus, KnownFilings, Sighting
from pipeline.outcomes import Commits, Done
from pipeline.workers import Outcome


def known_by_sight(found: Found, known: KnownFilings) -> Done | None:
    """What became of a file that looks as it did when it was done: size and time, or a server's tag. Costs nothing."""
    status = known.unread(Sighting(found.source_uri, found.byte_size, found.modified_ns, found.etag))
    if status is None:
        return None
    error = "could not be read by an earlier run" if status is FilingStatus.FAILED else None
    return Done(found, CommitOutcome.UNCHANGED, error=error)


def is_unread(found: Found, known: KnownFilings) -> bool:
    """Whether a file that is not known by sight has to be read: neither its bytes are known, nor why it gives none."""
    filing = _load(found)
    if isinstance(filing, UnreadableSourceError):
        return _still_unreadable(found, filing, known) is None
    return not _is_done(filing, known)


class Arrivals:
    """The files of a run that are not known by sight, sorted by their bytes."""

    def __init__(self, known: KnownFilings, commits: Commits) -> None:
        self._known = known
        self._commits = commits
        self._places: dict[str, list[Found]] = {}
        """Where the filings lie that are being read, by sha256."""
        self._failed: dict[str, str] = {}
        """Why this run could not read a filing, by sha256."""

    def sorted_out(self, files: Iterable[Found]) -> Iterator[Done | Filing]:
        """What became of each file that needs no reading, and each filing that does.

        A file whose filing is being read already comes as done with it.
        """
        for found in files:
            filing = _load(found)
            if isinstance(filing, UnreadableSourceError):
                yield _still_unreadable(found, filing, self._known) or self._commits.commit(found, filing, filing)
            elif filing.sha256 in self._failed:
                yield self._commits.commit(found, filing, OrebookError(self._failed[filing.sha256]))
            elif _is_done(filing, self._known):
                yield self._commits.note_place(found, filing)
            elif filing.sha256 in self._places:
                self._places[filing.sha256].append(found)
            else:
                self._places[filing.sha256] = [found]
                yield filing

    def commit(self, filing: Filing, outcome: Outcome[FilingRows]) -> Iterator[Done]:
        """Commits what was read in a filing for every place where it lies."""
        for found in self._places.pop(filing.sha256):
            done = self._commits.commit(found, filing, *outcome)
            if done.error is None:
                self._known.note_done(filing.sha256)
            else:
                self._failed[filing.sha256] = done.error
            yield done


def _load(found: Found) -> Filing | UnreadableSourceError:
    try:
        return found.load()
    except UnreadableSourceError as error:
        return error


def _still_unreadable(found: Found, error: UnreadableSourceError, known: KnownFilings) -> Done | None:
    """An earlier run has told of it: a broken archive must not fail every night's run until somebody mends it."""
    told = (found.source_uri, str(error)) in known.told_unreadable
    return Done(found, CommitOutcome.UNCHANGED, error=str(error)) if told else None


def _is_done(filing: Filing, known: KnownFilings) -> bool:
    return known.status(filing.sha256) not in (None, FilingStatus.FAILED)
