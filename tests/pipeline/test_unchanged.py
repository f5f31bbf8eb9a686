"""A run over files that have not changed costs a look at each: no stage is imported for it, and no file is opened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from pipeline.cli import main

STAGES = {"spacy", "regex", "pdfplumber", "pypdfium2", "lxml", "charset_normalizer", "extractors", "alembic"}
INGEST = """
import io, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from pipeline.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    print(end.code, *(name for name in sys.modules if "." not in name))
    print(*(path for path in opened if path.endswith(".txt")))
"""


def test_an_unchanged_run_imports_no_stage_and_opens_no_file(database_url: str, fixtures: Path, tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_bytes((fixtures / "releases" / "almonty-lossantos-2013.tab.txt").read_bytes())
    (tmp_path / "empty.txt").write_bytes(b"")
    order = ["ingest", str(tmp_path), "--db", database_url]
    assert CliRunner().invoke(main, order).exit_code == 1
    again = subprocess.run([sys.executable, "-c", INGEST, *order], capture_output=True, text=True, check=True)
    *told, imported, opened = again.stdout.splitlines()
    assert "0 new, 0 read anew, 2 unchanged, 0 failed" in told[0]
    code, *modules = imported.split(" ")
    assert code == "0"
    assert "sqlalchemy" in modules
    assert STAGES.isdisjoint(modules)
    assert opened == ""
