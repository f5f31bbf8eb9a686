"""What is read from a document once, however many extractors ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import finalize

from models.document import Document

_T = TypeVar("_T")


def once_a_document(read: Callable[[Document], _T]) -> Callable[[Document], _T]:
    """The function with its answers remembered, each for as long as its document lives.

    A document is known by its identity: to compare two would cost more than to read them.
    """
    answers: dict[int, _T] = {}

    @wraps(read)
    def answer(document: Document) -> _T:
        key = id(document)
        if key not in answers:
            answers[key] = read(document)
            finalize(document, answers.pop, key, None)
        return answers[key]

    return answer
