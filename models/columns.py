"""How columns of the schema hold exact numbers, moments and quotes.

Exact numbers: a printed number must come back as it was printed, and SQL must be able to compare and sum it.
PostgreSQL stores NUMERIC without a precision, which keeps each digit. SQLite has only binary floats for numbers, so
there the column holds the decimal digits as TEXT, and the views cast it to REAL. Python reads a Decimal from both.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from sqlalchemy import DateTime, Dialect, ForeignKey, ForeignKeyConstraint, MetaData, Numeric, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class ExactNumber(TypeDecorator[Decimal]):
    """A Decimal without loss: NUMERIC on PostgreSQL, its digits as TEXT on SQLite.

    NaN and infinity raise ValueError.
    """

    impl = Numeric().with_variant(Text(), "sqlite")
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        """The digits without an exponent, so that 1E+3 and 1000 are stored alike."""
        if value is None:
            return None
        return digits(value) if dialect.name == "sqlite" else Decimal(digits(value))

    def process_result_value(self, value: Decimal | str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """The Decimal that was stored."""
        return None if value is None else Decimal(value)


def digits(value: Decimal) -> str:
    """A number as it is stored; NaN and infinity raise ValueError."""
    if not value.is_finite():
        raise ValueError(f"{value} is no number that a document prints")
    return format(value, "f")


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC: TIMESTAMP WITH TIME ZONE on PostgreSQL, ISO text without a zone on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment in UTC; a time without a zone raises ValueError."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} names no time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment, with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Record(DeclarativeBase):
    """Base of all tables; texts are TEXT, and constraints have names that both databases share."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text(), Decimal: ExactNumber(), datetime: UtcTime()}  # noqa: RUF012


class Quoted:
    """The printed text of a row, and where it stands: page and box in points, or a span of characters."""

    source_text: Mapped[str]
    page: Mapped[int | None]
    x0: Mapped[float | None]
    top: Mapped[float | None]
    x1: Mapped[float | None]
    bottom: Mapped[float | None]
    span_start: Mapped[int | None]
    span_end: Mapped[int | None]


Key = Annotated[str, mapped_column(primary_key=True)]
"""A hash that is, or is part of, the primary key."""

Counter = Annotated[int, mapped_column(primary_key=True)]
"""A number that counts rows within their parent."""

OfExtraction = Annotated[str, mapped_column(ForeignKey("extractions.extraction_id"), primary_key=True)]
"""The extraction that a row hangs below."""


def below(table: str, **columns: str) -> ForeignKeyConstraint:
    """A foreign key of several columns: own column = column of the parent table."""
    return ForeignKeyConstraint(list(columns), [f"{table}.{column}" for column in columns.values()])
