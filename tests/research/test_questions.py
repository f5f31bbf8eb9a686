"""Each question of research staff has the answer that stands below it, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from pipeline.questions import Question, questions
from tests.research.answers import answer

QUESTIONS = list(questions())


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.title[:40])
def test_a_question_has_the_answer_that_stands_below_it(question: Question, engine: Engine) -> None:
    with engine.connect() as connection:
        assert answer(connection, question.sql) == question.table, "run: python -m tests.research.keep_results"


def test_there_are_twenty_questions_with_answers() -> None:
    assert [question.number for question in QUESTIONS] == list(range(1, len(QUESTIONS) + 1))
    assert len(QUESTIONS) >= 20
    assert [question.title for question in QUESTIONS if not question.table] == []
