"""Asking of both databases what every commit asks."""

from __future__ import annotations

import pytest

from pipeline.database import open_database
from pipeline.rows.select import select_rows

NUMBERS = "SELECT * FROM (SELECT 'one' AS n, 1 AS i UNION SELECT 'two', 2 UNION SELECT '100%', 3) t "


@pytest.mark.parametrize(
    ("where", "values", "found"),
    [
        ("WHERE n = :name", {"name": "one"}, [1]),
        ("WHERE n = :name AND i < :most", {"most": 3, "name": "two"}, [2]),  # not in the order of the statement
        ("WHERE n IN :names", {"names": ["two", "one"]}, [1, 2]),
        ("WHERE n IN :names", {"names": ["two"]}, [2]),  # as many names as never before: a statement of its own
        ("WHERE n IN :names", {"names": []}, []),
        ("WHERE n IN :names AND i > :least", {"least": 1, "names": ["one", "two"]}, [2]),
        ("WHERE n IN :names OR n IN :others", {"names": ["one"], "others": ["two"]}, [1, 2]),
        ("WHERE n LIKE '%!%' ESCAPE '!'", {}, [3]),  # a sign that PostgreSQL's driver has its own use for
        ("WHERE n LIKE '1%' AND n = :name", {"name": "100%"}, [3]),
        ("WHERE n = :name", {"name": "' OR 1 = 1 --"}, []),
    ],
)
def test_names_stand_for_their_values(
    database_url: str, where: str, values: dict[str, str | int | list[str]], found: list[int]
) -> None:
    with open_database(database_url).connect() as connection:
        rows = select_rows(connection, f"{NUMBERS}{where} ORDER BY i", **values)
    assert [row["i"] for row in rows] == found
