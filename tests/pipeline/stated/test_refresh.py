"""What a commit derives beside its own filing: the same as if all of it were derived anew."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from pipeline.database import open_database
from pipeline.stated.refresh import refresh_all
from tests.database.views import all_tables
from tests.pipeline.entities.filings import NEW, OLD, OTHER, Release, commit

DAYS = (None, "2018-12-31", "2018-12-31", "2019-06-30", "2020-12-31")
TONNAGES = ("", "1", "2", "3", "4")
ZONES = (None, None, "North", "South")
TICKERS = ((), ("TSX:TPM",), ("TSX:TPM", "NYSE:TP"))
DERIVED = ("stated_estimates", "entities", "printed_names", "texts", "waiting_lines")


def releases(chance: Random, number: int) -> list[Release]:
    """Of two issuers' projects, in no order of time; some again, as a newer version reads them."""
    made: list[Release] = []
    for n in range(number):
        place = chance.choice((OLD, NEW, OTHER))
        tonnage, effective, zone = chance.choice(TONNAGES), chance.choice(DAYS), chance.choice(ZONES)
        made.append(replace(place, filename=f"{n}.txt", effective=effective, tonnage=tonnage, zone=zone))
        made[-1] = replace(made[-1], tickers=chance.choice(TICKERS))
    again = [replace(release, version="2", zone=chance.choice(ZONES)) for release in made[::4]]
    moved = [replace(release, version="2", project="Short Fir") for release in made[1::4]]
    return made + again + moved


def test_each_commit_leaves_what_deriving_everything_anew_gives(database_url: str) -> None:
    """Two spellings of a name on one day, days unknown, newer versions: whichever filing comes last."""
    engine = open_database(database_url)
    for release in releases(Random(43_101), 12):  # noqa: S311  the same each time
        commit(engine, [release])
        left = all_tables(engine)
        with engine.connect() as connection:  # and rolls back
            refresh_all(connection)
            for table in DERIVED:
                rows = connection.exec_driver_sql(f"SELECT * FROM {table}").mappings()
                assert sorted(str(dict(row)) for row in rows) == left[table], release


def test_a_filing_beside_others_leaves_those_alone_that_stand_where_they_stood(sqlite_url: str) -> None:
    """An issuer repeats an estimate in release after release: to write them all each time takes ever longer."""
    engine = open_database(sqlite_url)
    commit(engine, [replace(OLD, filename=f"{n}.txt", effective=f"{1990 + n}-12-31") for n in range(9)])
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE written (what TEXT)")
        for what in ("INSERT", "UPDATE", "DELETE"):
            noted = f"INSERT INTO written VALUES ('{what}')"
            connection.exec_driver_sql(
                f"CREATE TRIGGER noted_{what} AFTER {what} ON stated_estimates BEGIN {noted}; END"
            )
    commit(engine, [replace(OLD, filename="before.txt", effective="1989-12-31")])
    with engine.connect() as connection:
        written = connection.exec_driver_sql("SELECT what FROM written").scalars().all()
    assert written == ["INSERT", "UPDATE"]  # itself, and the next one, which has a previous estimate now
