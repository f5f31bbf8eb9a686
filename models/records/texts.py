"""The table of printed texts that staff search; the index of its words is each database's own, see migrations."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from models.columns import Record


class TextRecord(Record):
    """A printed text of a current extraction, and its words as they are searched: without case and accents.

    ``text_id`` is a number that follows from the filing and the text, the same in every run and on every database.
    """

    __tablename__ = "texts"

    text_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    extraction_id: Mapped[str] = mapped_column(ForeignKey("extractions.extraction_id"), index=True)
    kind: Mapped[str]
    page: Mapped[int | None]
    printed: Mapped[str]
    words: Mapped[str]
