"""Tells of runs: a bar on a terminal, a line a filing in a log, and what the last runs did."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from models.findings import Status

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.fetch import Found
    from pipeline.ledger import Run, RunFiling
    from pipeline.outcomes import Done, Summary

Watch = Callable[["Done"], None]


def watching(files: int, *, quiet: bool, as_json: bool) -> AbstractContextManager[Watch]:
    """What tells of each file as it is done: a bar on a terminal, else a line; failures are always told."""
    if as_json:
        return _json_lines(quiet=quiet)
    return _bar(files) if sys.stderr.isatty() and not quiet else _lines(quiet=quiet)


@contextmanager
def _bar(files: int) -> Iterator[Watch]:
    failures: list[str] = []
    with click.progressbar(length=files, label="reading", file=sys.stderr, show_pos=True) as bar:

        def tick(done: Done) -> None:
            bar.update(1)
            if done.outcome == "failed":
                failures.append(_line(done))

        yield tick
    for failure in failures:
        click.echo(failure, err=True)


@contextmanager
def _lines(*, quiet: bool) -> Iterator[Watch]:
    yield lambda done: _tell(_line(done)) if _worth_a_line(done, quiet=quiet) else None


@contextmanager
def _json_lines(*, quiet: bool) -> Iterator[Watch]:
    """The same as one JSON object a line, and so are the messages of libraries and workers."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonMessage())
    logging.getLogger().addHandler(handler)
    logging.captureWarnings(capture=True)
    try:
        yield lambda done: _tell(_json_line(done)) if _worth_a_line(done, quiet=quiet) else None
    finally:
        logging.captureWarnings(capture=False)
        logging.getLogger().removeHandler(handler)


def _tell(line: str) -> None:
    """A log on a full disk, or whose reader went away, must not end the run: the database keeps the same."""
    with suppress(OSError):
        click.echo(line, err=True)


class _JsonMessage(logging.Formatter):
    """A log record as a JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, with the traceback within."""
        return message_as_json(record.levelname.lower(), super().format(record))


def _worth_a_line(done: Done, *, quiet: bool) -> bool:
    return done.outcome == "failed" or (done.outcome != "unchanged" and not quiet)


def _line(done: Done) -> str:
    """One file of a run as a line of ``key=value`` pairs."""
    began = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {done.outcome} file={done.found.filename!r}"
    if done.error:
        return f"{began} reason={done.error!r}"
    counts = " ".join(f"{status.value}={done.count(status)}" for status in Status)
    return f"{began} {counts}" + (f" seconds={done.seconds:.1f}" if done.seconds is not None else "")


def _json_line(done: Done) -> str:
    counts = {status.value: done.count(status) for status in Status}
    seconds = None if done.seconds is None else round(done.seconds, 3)
    found = {"file": done.found.filename, "source": done.found.source_uri}
    return _json("filing", outcome=done.outcome, **found, seconds=seconds, reason=done.error, **counts)


def _json(event: str, **facts: object) -> str:
    return json.dumps({"time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "event": event, **facts}, ensure_ascii=False)


def message_as_json(level: str, message: str) -> str:
    """What is to be told beside the files, as a line of the log."""
    return _json("message", level=level, message=message)


def told_unread(found: Found, *, as_json: bool) -> str:
    """A file that a run would read."""
    return _json("would read", source=found.source_uri) if as_json else f"would read {found.source_uri}"


def told_preview(unread: int, files: int, *, as_json: bool) -> str:
    """What a run would do, in a line."""
    if as_json:
        return _json("preview", unread=unread, files=files)
    return f"{unread} of {files} files would be read; nothing was changed"


def told_page(page: Path, *, as_json: bool) -> str:
    """Where a page of a run's report was written."""
    return _json("report", file=str(page)) if as_json else str(page)


def told_run(summary: Summary, seconds: float) -> str:
    """The run in a few lines, for a person."""
    files = (
        f"{summary.new} new, {summary.re_extracted} read anew, {summary.unchanged} unchanged, {summary.failed} failed"
    )
    lines = f"{summary.sound} sound, {summary.unproven} unproven, {summary.held} held"
    told = [f"filings: {files} ({seconds:.1f} s)"]
    if summary.new or summary.re_extracted:
        told.append(f"estimate lines read: {lines}")
    if summary.failed_before:
        told.append(f"of the unchanged, {summary.failed_before} could not be read by an earlier run")
    if summary.held:
        told.append("see what does not add up: orebook show FILE, or SELECT * FROM v_held")
    if not (summary.new or summary.re_extracted or summary.failed):
        told.append("nothing had to be read")
    return "\n".join(told)


def told_run_as_json(summary: Summary, seconds: float) -> str:
    """The run as one JSON object."""
    counts = {name: getattr(summary, name) for name in summary.__dataclass_fields__}
    return _json("run", seconds=round(seconds, 3), **counts)


def told_past_run(run: Run, *, at_work: bool) -> str:
    """A run in a line; ``at_work``: an ingest is at work now, and a run that is not finished may be that one."""
    unfinished = "not finished" if at_work else "ended before it was done"
    took = f"{(run.finished_at - run.started_at).total_seconds():.1f} s" if run.finished_at else unfinished
    counts = f"{run.new} new, {run.re_extracted} read anew, {run.unchanged} unchanged, {run.failed} failed"
    return f"run {run.run_id}  {run.started_at:%Y-%m-%dT%H:%M:%SZ}  {took}  {counts}  ({run.extractor_version})"


def told_outcome(filing: RunFiling) -> str:
    """What became of a filing of a run, in a line."""
    seconds = "" if filing.seconds is None else f" {filing.seconds:.1f} s"
    reason = f": {filing.reason}" if filing.reason else ""
    return f"  {filing.outcome}{seconds}  {filing.source_uri}{reason}"
