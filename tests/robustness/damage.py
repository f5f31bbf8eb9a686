"""Ways to damage a file, each by a seeded generator, so that a finding can be made again."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from zlib import compress

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


def pdf(content: bytes, page: bytes = b"/MediaBox[0 0 612 792]", more: bytes = b"") -> bytes:
    """A document of one page with this content, without a cross-reference table: readers look for the objects."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R"
        + page
        + b"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>"
        b"endobj\n4 0 obj<</Length " + str(len(content)).encode() + b">>stream\n" + content + b"\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n" + more + b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def compressed_pdf(content: bytes) -> bytes:
    """A document of one page whose content is packed."""
    packed = compress(content)
    length = str(len(packed)).encode()
    return pdf(packed).replace(b"/Length " + length, b"/Filter/FlateDecode/Length " + length)


LINE = b"BT /F 10 Tf 1 0 0 1 72 720 Tm (Measured 1.0 Mt at 2.0 g/t Au) Tj ET\n"
CALLS_ITSELF = (
    b"6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>stream\n"
    b"/X Do\nendstream endobj\n"
)

HOSTILE: dict[str, bytes] = {
    "colspan.html": b"<table><tr><td colspan=999999999 rowspan=999999999>Measured<td>1.0 Mt</table>" * 3,
    "colspans.html": b"<table>" + b"<tr><td colspan=1000>Measured<td>1.0 Mt" * 1_000 + b"</table>",
    "deep.html": b"<div>" * 50_000 + b"Measured 1.0 Mt at 2.0 g/t Au",
    "nested-tables.html": b"<table><tr><td>" * 2_000 + b"Measured",
    "entities.html": b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><p>&c;&c;&c;</p>',
    "no-characters.html": b"<table><tr><th>Category<th>Tonnes<th>Au g/t"
    b"<tr><td>Measured&#0;&#xD800;&#x1F;<td>1&#0;0<td>2</table>",
    "markup.txt": b"Lynx <script>alert(1)</script> Corp.\n\nCategory\tTonnes\tAu (g/t)\n<b>Measured\t1,000\t2.0\n\n"
    b"'; DROP TABLE filings; -- Roe, P.Geo., is the qualified person for {0} %s $(id) \\N.\n",
    "controls.txt": bytes(range(256)) * 20,
    "nul.txt": b"Category\tTonnes\tAu (g/t)\nMeasured\x00\t1,\x00000\t2.0\nIndicated\t3,000\x00\t2.0\n",
    "surrogates.txt": "Category\tTonnes\tAu (g/t)\nMeasured\ud800\t1,000\t2.0\n".encode("utf-16", "surrogatepass"),
    "digits.txt": b"Measured " + b"9" * 20_000 + b" Mt at " + b"1," * 5_000 + b"0 g/t Au\n",
    "long-number.txt": b"Category\tTonnes\tAu (g/t)\nMeasured\t" + b"9" * 400 + b"\t" + b"2." + b"0" * 400 + b"\n",
    "one-line.txt": b"Measured Resource 1.0 Mt at 2.0 g/t Au " * 500,
    "megabytes.txt": b"Measured Resource 1.0 Mt at 2.0 g/t Au " * 12_000,
    "columns.txt": b"Measured  1.0  2.0  3.0\n" * 2_000,
    "wide.txt": b"Category\t" + b"Au (g/t)\t" * 1_000 + b"\nMeasured" + b"\t1.0" * 1_000,
    "brackets.txt": b"(" * 5_000 + b"Measured" + b")" * 5_000,
    "objects.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>",
    "huge-box.pdf": pdf(LINE, b"/MediaBox[-1e30 -1e30 1e30 1e30]"),
    "no-box.pdf": pdf(LINE, b"/MediaBox[0 0 0 0]"),
    "far-away.pdf": pdf(LINE.replace(b"72 720", b"1e20 -1e20")),
    "one-place.pdf": pdf(LINE * 10_000),
    "strokes.pdf": pdf(LINE + b"".join(b"%d %d m %d %d l S\n" % (n % 600, n % 700, 600, 700) for n in range(50_000))),
    "calls-itself.pdf": pdf(LINE + b"/X Do", more=CALLS_ITSELF),
    "bomb.pdf": compressed_pdf(LINE + b" " * (200 << 20)),
    "deep.pdf": pdf(b"q " * 200_000 + LINE + b"[" * 100_000),
    "archive.pdf": b"PK\x03\x04" + bytes(60),
}
"""Files made to hurt: spans, depth, entities, digits, loops, boxes, bombs, characters that no database takes."""

HOSTILE_NAMES = (
    "<img src=x onerror=alert(1)>.txt",
    "line\nbreak.txt",
    "tab\t.txt",
    "\udcff\udcfe.txt",
    "%2e%2e%2f.txt",
    "-.txt",
)
"""Names that markup, logs, shells and encodings trip over."""
