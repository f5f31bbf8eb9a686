"""What the documents say of the command line is what it takes."""

from __future__ import annotations

import re

import pytest
from click import Command, Group

from pipeline.cli import main
from tests.conftest import ROOT

DOCUMENTS = ("README.md", "CHANGELOG.md", "pipeline/OPERATE.md", "pipeline/web/README.md", "pipeline/draw/README.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_name_no_command_or_option_that_is_not_there(name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"(?:`|bin/)orebook ([a-z]+)((?: [^`|&\n]*)?)", page)
    assert named
    for command, words in named:
        assert set(re.findall(r"(?<=\s)--[a-z-]+", words)) <= _options(main.commands[command]), command


def _options(command: Command) -> set[str]:
    """Those of a command, and of the commands below it."""
    below = command.commands.values() if isinstance(command, Group) else ()
    parameters = (*command.params, *(parameter for one in below for parameter in one.params))
    return {option for parameter in parameters for option in (*parameter.opts, *parameter.secondary_opts)}
