"""What each role of PostgreSQL may do, and may not, by users of a real server that are nothing but its members."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from migrations import downgrade
from models.records import METADATA
from models.views import VIEWS
from pipeline.cli import main
from pipeline.database import REVISIONS
from pipeline.errors import DatabaseError
from pipeline.roles import INGEST, RESEARCH, REVIEWER, create_roles

RELEASE = "almonty-lossantos-2013.tab.txt"


@dataclass(frozen=True)
class Users:
    """A database, its owner, who is no superuser, and one user of each role, by name."""

    url: str
    owner: str
    members: dict[str, str]

    def url_of(self, user: str) -> str:
        address = make_url(self.url).set(username=user, password=user)
        return address.render_as_string(hide_password=False)

    def run(self, role: str, statement: str) -> None:
        address = make_url(self.url_of(self.members[role])).set(drivername="postgresql+psycopg")
        engine = create_engine(address)
        try:
            with engine.begin() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()

    def refuses(self, role: str, statement: str) -> bool:
        try:
            self.run(role, statement)
        except (ProgrammingError, OperationalError) as error:
            return any(said in str(error) for said in ("permission denied", "must be owner", "cannot delete from view"))
        return False


def administrator(url: str) -> Iterator[Connection]:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def orebook(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, words)], catch_exceptions=False)


@pytest.fixture(scope="module")
def users(new_postgres: Callable[[str], str], fixtures: Path) -> Iterator[Users]:
    """A database that its owner migrated, with a release that the member of the ingest role read."""
    url, suffix = new_postgres("template0"), uuid4().hex[:8]
    owner, members = f"owner_{suffix}", {role: f"{role}_{suffix}" for role in (INGEST, RESEARCH, REVIEWER)}
    made = Users(url, owner, members)
    for connection in administrator(url):
        connection.execute(text(f"CREATE ROLE {owner} LOGIN CREATEROLE PASSWORD '{owner}'"))
        connection.execute(text(f"ALTER DATABASE {make_url(url).database} OWNER TO {owner}"))
        migrated = orebook("migrate", "--roles", "--db", made.url_of(owner))
        assert migrated.exit_code == 0, migrated.stderr
        for role, user in members.items():
            connection.execute(text(f"CREATE ROLE {user} LOGIN PASSWORD '{user}' IN ROLE {role}"))
        read = orebook(
            "ingest", fixtures / "releases" / RELEASE, "--workers", "1", "--db", made.url_of(members[INGEST])
        )
        assert read.exit_code == 0, read.stderr
        yield made
        connection.execute(text(f"REASSIGN OWNED BY {owner} TO CURRENT_USER"))
        for user in (owner, *members.values()):
            connection.execute(text(f"DROP OWNED BY {user}"))
            connection.execute(text(f"DROP ROLE {user}"))


def test_the_ingest_role_writes_what_is_read_and_no_decision(users: Users) -> None:
    users.run(INGEST, "UPDATE filings SET filename = filename")
    for statement in (
        "INSERT INTO corrections (decision_id, field, commodity, value) VALUES (1, 'tonnage', '', '1')",
        "UPDATE decisions SET action = 'accept'",
        "DELETE FROM decisions",
        "DROP TABLE filings",
        "CREATE TABLE mine (number INT)",
        "UPDATE alembic_version SET version_num = '0001'",
    ):
        assert users.refuses(INGEST, statement), statement


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_the_research_role_reads_each_view_and_changes_none(users: Users, view: str) -> None:
    users.run(RESEARCH, f"SELECT * FROM {view}")
    assert users.refuses(RESEARCH, f"DELETE FROM {view}")


@pytest.mark.parametrize("table", sorted(METADATA.tables))
def test_the_research_role_neither_reads_nor_writes_a_table(users: Users, table: str) -> None:
    assert users.refuses(RESEARCH, f"SELECT * FROM {table}")
    assert users.refuses(RESEARCH, f"DELETE FROM {table}")


@pytest.mark.parametrize("command", [["ingest", "pyproject.toml"], ["status"], ["show", RELEASE]])
def test_a_command_that_takes_another_role_says_so(users: Users, command: list[str]) -> None:
    done = CliRunner().invoke(main, [*command, "--db", users.url_of(users.members[RESEARCH])])
    assert done.exit_code == 3
    assert "permission denied for table" in done.stderr
    assert "its user has no role that may do this" in done.stderr


def test_the_research_role_searches_for_words(users: Users) -> None:
    users.run(RESEARCH, "SELECT text FROM v_texts WHERE text_id IN (SELECT rowid FROM text_search('tungsten'))")


def test_the_reviewer_role_decides_and_changes_nothing_that_was_read(users: Users) -> None:
    url = users.url_of(users.members[REVIEWER])
    (held, *_) = orebook("queue", "--db", url).output.split()
    decided = orebook("decide", held, "reject", "--why", "the total is wrong", "--who", "ada", "--db", url)
    assert decided.exit_code == 0, decided.stderr
    assert "reject" in decided.output
    for statement in (
        "UPDATE decisions SET why = ''",  # a decision is kept as it was made
        "DELETE FROM decisions",
        "UPDATE estimate_lines SET status = 'sound'",
        "DELETE FROM checks",
        "INSERT INTO runs (extractor_version) VALUES ('1')",
    ):
        assert users.refuses(REVIEWER, statement), statement


def test_a_later_migration_keeps_what_the_roles_may_do(users: Users) -> None:
    owner = create_engine(make_url(users.url_of(users.owner)).set(drivername="postgresql+psycopg"))
    with owner.begin() as connection:
        downgrade(connection, REVISIONS[6])  # the views were made anew after this one
    owner.dispose()
    assert orebook("migrate", "--db", users.url_of(users.owner)).exit_code == 0
    for view in VIEWS:
        users.run(RESEARCH, f"SELECT * FROM {view.name}")
    assert users.refuses(RESEARCH, "SELECT * FROM filings")


def test_a_user_who_may_not_create_roles_is_told_what_an_administrator_runs(users: Users) -> None:
    address = make_url(users.url_of(users.members[INGEST])).set(drivername="postgresql+psycopg")
    with create_engine(address).connect() as connection, pytest.raises(DatabaseError) as refused:
        create_roles(connection, ["orebook_new"])
    assert "have an administrator run: CREATE ROLE orebook_new NOLOGIN;" in str(refused.value)


def test_sqlite_has_no_roles(sqlite_url: str) -> None:
    refused = orebook("migrate", "--roles", "--db", sqlite_url)
    assert (refused.exit_code, "SQLite has no roles" in refused.stderr) == (3, True)
