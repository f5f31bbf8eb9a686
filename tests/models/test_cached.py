from __future__ import annotations

from dataclasses import dataclass

from models.cached import cached_property

ASKED: list[str] = []


@dataclass(frozen=True)
class Word:
    text: str

    @cached_property
    def letters(self) -> int:
        """How many letters it has."""
        ASKED.append(self.text)
        return len(self.text)


def test_a_cached_property_is_worked_out_once_for_each_object() -> None:
    """Guards a property of a frozen dataclass that thousands of objects have."""
    words = [Word("ore"), Word("grade")]
    assert [(word.letters, word.letters) for word in words] == [(3, 3), (5, 5)]
    assert ASKED == ["ore", "grade"]
    assert Word.letters.__doc__ == "How many letters it has."
