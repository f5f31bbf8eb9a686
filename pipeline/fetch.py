"""Finds the filings under the paths that a run is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.filing import Filing
from pipeline.errors import SourceNotFoundError

SUFFIXES = frozenset({".pdf", ".htm", ".html", ".xhtml", ".txt"})
"""What is taken from a folder; a file named outright is taken whatever its name."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be a filing, as the disk lists it; its bytes are read when they are asked for."""

    path: Path
    byte_size: int
    modified_ns: int

    @property
    def source_uri(self) -> str:
        """The file's address."""
        return self.path.as_uri()

    def load(self) -> Filing:
        """Read the file; raises OSError where the disk does not give it."""
        return Filing(self.path.name, self.source_uri, self.path.read_bytes())


def find_files(paths: Iterable[str | Path]) -> Iterator[Found]:
    """The files that the paths name: each file itself, and what a folder and its folders hold, by name.

    A file that two paths name comes once. Raises SourceNotFoundError for a path that is not there.
    """
    seen: set[Path] = set()
    for path in map(Path, paths):
        if not path.exists():
            raise SourceNotFoundError(f"{path}: there is no such file or folder")
        for file in _under(path.resolve()):
            if file not in seen:
                seen.add(file)
                stat = file.stat()
                yield Found(file, stat.st_size, stat.st_mtime_ns)


def _under(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in SUFFIXES and file.is_file():
            yield file
