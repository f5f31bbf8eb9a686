"""Ways to damage a file, each by a seeded generator, so that a finding can be made again."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Damage = Callable[[bytes, Random], bytes]


def truncated(content: bytes, random: Random) -> bytes:
    """A download that broke off."""
    return content[: random.randrange(len(content))]


def flipped(content: bytes, random: Random) -> bytes:
    """A few bytes that are others."""
    damaged = bytearray(content)
    for _ in range(random.randint(1, 30)):
        damaged[random.randrange(len(damaged))] = random.randrange(256)
    return bytes(damaged)


def with_controls(content: bytes, random: Random) -> bytes:
    """Control characters, NUL, lone surrogates and marks of direction between the others."""
    signs = (b"\x00", b"\x0c", b"\x1b[2J", b"\xef\xbf\xbe", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\x85", b"\r")
    damaged = content
    for _ in range(random.randint(1, 20)):
        place = random.randrange(len(damaged))
        damaged = damaged[:place] + random.choice(signs) + damaged[place:]
    return damaged


def repeated(content: bytes, random: Random) -> bytes:
    """A piece that comes again and again."""
    start = random.randrange(len(content))
    piece = content[start : start + random.randint(1, 200)]
    return content[:start] + piece * random.randint(2, 200) + content[start:]


def spliced(content: bytes, random: Random) -> bytes:
    """A piece that is missing from the middle."""
    start = random.randrange(len(content))
    return content[:start] + content[start + random.randint(1, 2000) :]


def with_digits(content: bytes, random: Random) -> bytes:
    """A number somewhere that is far too long or too large: lengths, sizes, spans of cells, tonnages."""
    place = random.randrange(len(content))
    number = random.choice(
        (b"9" * 400, b"-1", b"2147483648", b"1e999", b"0.0000000000000000000001", b"colspan=1000000 ")
    )
    return content[:place] + number + content[place:]


DAMAGES: tuple[Damage, ...] = (truncated, flipped, with_controls, repeated, spliced, with_digits)

HOSTILE: dict[str, bytes] = {
    "colspan.html": b"<table><tr><td colspan=999999999 rowspan=999999999>Measured<td>1.0 Mt</table>" * 3,
    "deep.html": b"<div>" * 50_000 + b"Measured 1.0 Mt at 2.0 g/t Au",
    "nested-tables.html": b"<table><tr><td>" * 2_000 + b"Measured",
    "entities.html": b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><p>&c;&c;&c;</p>',
    "controls.txt": bytes(range(256)) * 20,
    "digits.txt": b"Measured " + b"9" * 20_000 + b" Mt at " + b"1," * 5_000 + b"0 g/t Au\n",
    "one-line.txt": b"Measured Resource 1.0 Mt at 2.0 g/t Au " * 500,
    "columns.txt": b"Measured  1.0  2.0  3.0\n" * 2_000,
    "brackets.txt": b"(" * 5_000 + b"Measured" + b")" * 5_000,
    "objects.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>",
    "archive.pdf": b"PK\x03\x04" + bytes(60),
}
"""Files made to hurt a reader: spans, depth, entities, digits, loops."""
