"""What is read from a document, a grid or a table once, however many ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import finalize

_Source = TypeVar("_Source")
_T = TypeVar("_T")


def once(read: Callable[[_Source], _T]) -> Callable[[_Source], _T]:
    """The function with its answers remembered, each for as long as what it was read from lives.

    That is known by its identity: to compare two documents would cost more than to read them.
    """
    answers: dict[int, _T] = {}

    @wraps(read)
    def answer(source: _Source) -> _T:
        key = id(source)
        if key not in answers:
            answers[key] = read(source)
            finalize(source, answers.pop, key, None)
        return answers[key]

    return answer
