"""The public views as files: CSV, JSON Lines or Parquet, a file a view, each one whole or not there at all."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from models.view import View
from models.views import VIEWS
from pipeline.errors import DatabaseError, ExportError
from pipeline.read_only import ReadOnly, open_read_only

if TYPE_CHECKING:
    import pyarrow

BATCH = 5000
"""Rows in memory at a time."""

_PARQUET_DIGITS = 38
"""Digits of the widest decimal that every reader of Parquet knows (128 bits)."""

Row = Sequence[object]
Batches = Iterable[Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written, and how many rows it has."""

    path: Path
    rows: int


def export(url: str, names: Sequence[str], folder: Path, form: str, seconds: float) -> Iterator[Exported]:
    """Writes the named public views (all where none is named) into the folder, which is made, as NAME.csv and so on.

    A file of that name is replaced once the new one is whole. Each view may take so many seconds. Raises ExportError
    where there is no such view, where the files cannot be written, or where pyarrow is missing for Parquet.
    """
    views = _named(names)
    if form == "parquet":
        _need_pyarrow()
    database = open_read_only(url, seconds)
    try:
        for view in views:
            yield _export_view(database, view, folder / f"{view.name}.{form}", form)
    finally:
        database.engine.dispose()


def _named(names: Sequence[str]) -> list[View]:
    known = {view.name: view for view in VIEWS}
    if unknown := [name for name in names if name not in known]:
        raise ExportError(f"{', '.join(unknown)}: no such public view; there are {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(names)] or list(VIEWS)


def _need_pyarrow() -> None:
    try:
        import pyarrow.parquet  # noqa: F401  only whether it is there
    except ImportError:
        raise ExportError("Parquet is written by pyarrow, which is missing: pip install 'orebook[parquet]'") from None


def _export_view(database: ReadOnly, view: View, path: Path, form: str) -> Exported:
    try:
        with database.connect() as connection, whole_file(path) as unfinished:
            return Exported(path, _write(connection, view, unfinished, form))
    except DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        raise DatabaseError(f"{view.name}: the database failed: {reason}") from None


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary name beside the path, which takes its place once all is on the disk; else nothing stays of it.

    Raises ExportError where the disk does not take it.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror or error}); choose another folder") from error
    finally:
        with suppress(OSError):  # where its folder is no folder, it cannot be looked for
            unfinished.unlink(missing_ok=True)


def _write(connection: Connection, view: View, path: Path, form: str) -> int:
    # Where a view's types are asked for first, they and its rows are of the same moment.
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
    heads = [column.name for column in view.columns]
    if form == "parquet":
        schema = _schema(connection, view)
        return _write_parquet(path, view, schema, _batches(connection, view))
    write = _write_csv if form == "csv" else _write_jsonl
    return write(path, heads, _batches(connection, view))


def _batches(connection: Connection, view: View) -> Iterator[Sequence[Row]]:
    columns = ", ".join(column.name for column in view.columns)
    question = text(f"SELECT {columns} FROM {view.name}")  # noqa: S608  names of our own views
    result = connection.execution_options(stream_results=True, max_row_buffer=BATCH).execute(question)
    yield from result.partitions(BATCH)


def _write_csv(path: Path, heads: Sequence[str], batches: Batches) -> int:
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads)
        for batch in batches:
            writer.writerows([plain(value) for value in row] for row in batch)
            rows += len(batch)
    return rows


def _write_jsonl(path: Path, heads: Sequence[str], batches: Batches) -> int:
    rows = 0
    keys = [json.dumps(head) for head in heads]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for batch in batches:
            for row in batch:
                pairs = (f"{key}: {_in_json(value)}" for key, value in zip(keys, row, strict=True))
                file.write(f"{{{', '.join(pairs)}}}\n")
            rows += len(batch)
    return rows


def plain(value: object) -> str:
    """A value as text: nothing for NULL, all digits of a number and no exponent, a moment in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"  # SQLite's 357000.0 is PostgreSQL's 357000
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _in_json(value: object) -> str:
    """A value in JSON; a number has the digits that the view gives, which ``json`` would put through a float."""
    if isinstance(value, float | Decimal):
        return plain(value)
    written = value if value is None or isinstance(value, bool | int | str) else plain(value)
    return json.dumps(written, ensure_ascii=False)


def _write_parquet(path: Path, view: View, schema: pyarrow.Schema, batches: Batches) -> int:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    rows = 0
    try:
        with ParquetWriter(path, schema) as writer:
            for batch in batches:
                columns = zip(*batch, strict=True)
                arrays = [pyarrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
                writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
                rows += len(batch)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError) as error:
        raise ExportError(f"{view.name}: Parquet cannot hold a value of it ({error}); export it as csv") from error
    return rows


def _schema(connection: Connection, view: View) -> pyarrow.Schema:
    import pyarrow

    on_server = connection.dialect.name == "postgresql"
    types = _declared_types(connection, view) if on_server else _found_types(connection, view)
    return pyarrow.schema(list(zip((column.name for column in view.columns), types, strict=True)))


def _declared_types(connection: Connection, view: View) -> list[pyarrow.DataType]:
    """PostgreSQL knows the types of a view; the digits after the point of a number are counted."""
    import pyarrow

    types = {column["name"]: column["type"] for column in inspect(connection).get_columns(view.name)}
    numbers = [name for name, type_ in types.items() if type_.python_type is Decimal]
    scales = _each(connection, view, "MAX(SCALE({}))", numbers)
    simple = {int: pyarrow.int64(), bool: pyarrow.bool_(), float: pyarrow.float64(), str: pyarrow.string()}
    simple[datetime] = pyarrow.timestamp("us", "UTC")
    decimals = {name: pyarrow.decimal128(_PARQUET_DIGITS, scale or 0) for name, scale in scales.items()}
    return [decimals.get(c.name) or simple[types[c.name].python_type] for c in view.columns]


def _found_types(connection: Connection, view: View) -> list[pyarrow.DataType]:
    """SQLite knows the type of each value only: of those of a column the widest counts, integer < real < text."""
    import pyarrow

    widest = "MAX(CASE WHEN {0} IS NOT NULL THEN typeof({0}) END)"
    found = _each(connection, view, widest, [column.name for column in view.columns])
    types = {"integer": pyarrow.int64(), "real": pyarrow.float64(), "text": pyarrow.string(), None: pyarrow.null()}
    return [types[found[column.name]] for column in view.columns]


def _each(connection: Connection, view: View, expression: str, names: Sequence[str]) -> dict[str, Any]:
    """What an aggregate expression gives for each of these columns."""
    if not names:
        return {}
    asked = ", ".join(expression.format(name) for name in names)
    return dict(zip(names, connection.execute(text(f"SELECT {asked} FROM {view.name}")).one(), strict=True))  # noqa: S608
