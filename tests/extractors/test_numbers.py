"""Printed numbers: styles decided by their neighbours, malformed ones never read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers import Style, is_blank, is_numeric, read_digits, read_number, style_of


@pytest.mark.parametrize(
    ("printed", "style", "value", "decimals"),
    [
        ("1,932", Style.ENGLISH, "1932", 0),
        ("0.40", Style.ENGLISH, "0.40", 2),  # the zero is a printed digit: it says how far the grade was rounded
        (".40", Style.ENGLISH, "0.40", 2),
        ("22 788", Style.FRENCH, "22788", 0),
        ("1 226,5", Style.FRENCH, "1226.5", 1),
        ("1\u202f226,5", Style.FRENCH, "1226.5", 1),  # thin no-break space
        ("1.226,5", Style.CONTINENTAL, "1226.5", 1),
        ("1'226.5", Style.APOSTROPHE, "1226.5", 1),
        ("465,600,00 0", Style.ENGLISH, "465600000", 0),  # broken over two lines by a narrow cell
        ("2,310(4)", Style.ENGLISH, "2310", 0),  # marks of notes that are not raised
        ("12,4 (1, 2)", Style.FRENCH, "12.4", 1),
        ("1.42*", Style.ENGLISH, "1.42", 2),
        ("456 Mt (a)", Style.ENGLISH, "456", 0),
    ],
)
def test_well_formed_numbers_are_read_exactly(printed: str, style: Style, value: str, decimals: int) -> None:
    number = read_number(printed, style)
    assert number is not None
    assert (number.value, number.decimals) == (Decimal(value), decimals)


@pytest.mark.parametrize(
    ("printed", "style"),
    [
        ("2,760,00", Style.ENGLISH),  # a lost zero: 276,000, 2,760,000 or 2,760.00, and nobody can tell
        ("1,19", Style.ENGLISH),
        ("12,3456", Style.ENGLISH),
        ("1,226.5", Style.FRENCH),
        ("1,932 0.16", Style.ENGLISH),  # two numbers that a reader ran together
        ("9" * 400, Style.ENGLISH),  # damage: more digits than arithmetic keeps
    ],
)
def test_malformed_numbers_have_no_value(printed: str, style: Style) -> None:
    number = read_number(printed, style)
    assert number is not None
    assert number.malformed


@pytest.mark.parametrize(
    ("printed", "sign", "rest"),
    [
        ("≥320", "≥", ""),  # a cut-off column
        ("+1.25", "+", ""),
        ("0.62 Nb2O5%", "", "Nb2O5%"),  # the unit in the cell, the oxide before its sign
        ("456 Mt", "", "Mt"),
        ("97.5%", "", "%"),
    ],
)
def test_what_stands_around_the_digits_is_kept(printed: str, sign: str, rest: str) -> None:
    number = read_number(printed, Style.ENGLISH)
    assert number is not None
    assert (number.sign, number.rest) == (sign, rest)


def test_brackets_and_minus_are_negative() -> None:
    for printed in ("(14,832)", "-14,832", "–14,832"):
        number = read_number(printed, Style.ENGLISH)
        assert number is not None
        assert number.value == -14832


@pytest.mark.parametrize(
    "text", ["Measured", "4E", "No. 300", "2B", "53-65%", "December 31, 2013", "U3O8", "", "(000)", "'000 oz"]
)
def test_words_are_no_numbers(text: str) -> None:
    assert not is_numeric(text)


@pytest.mark.parametrize("text", ["", "-", "–", "—", "--", "Nil", "N/A", "n/a", " "])
def test_blank_is_not_zero(text: str) -> None:
    assert is_blank(text)
    assert not is_blank("0")
    assert not is_blank("0.00")


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["1,932", "0.16", "3,105"], Style.ENGLISH),
        (["22 788", "1,93", "1 414"], Style.FRENCH),
        (["13,2", "30 000", "71"], Style.FRENCH),
        (["1.226", "0,5", "3.812"], Style.CONTINENTAL),
        (["1,226", "3,812", "66"], Style.ENGLISH),  # three digits behind every comma: thousands
        (["52,704", "0.77", "892"], Style.ENGLISH),  # a French table that prints English numbers
        (["66", "357"], Style.ENGLISH),
        (["22.613", "23", "5.274"], Style.ENGLISH),  # Mt and Mct of a diamond reserve: nothing says that points group
        (["300", "0,152"], Style.FRENCH),  # thousands never begin with a zero
    ],
)
def test_one_style_reads_the_whole_table(texts: list[str], style: Style) -> None:
    assert style_of(texts) is style


@pytest.mark.parametrize(
    ("texts", "usual", "style"),
    [
        (["1.226", "3.812", "66"], Style.CONTINENTAL, Style.CONTINENTAL),  # tonnes alone beside tables of "1,93"
        (["5,274", "23"], Style.FRENCH, Style.FRENCH),  # carats in millions beside tables of "1,93"
        (["1,226.5", "3,812"], Style.FRENCH, Style.ENGLISH),  # one table of a French report prints English numbers
    ],
)
def test_a_table_that_does_not_tell_prints_numbers_as_its_document_does(
    texts: list[str], usual: Style, style: Style
) -> None:
    assert style_of(texts, usual) is style


@given(st.integers(0, 10**9), st.integers(0, 4), st.sampled_from(list(Style)))
def test_what_a_style_prints_it_reads_back(whole: int, decimals: int, style: Style) -> None:
    value = Decimal(whole).scaleb(-decimals)
    printed = f"{value:,.{decimals}f}".translate({ord(","): style.thousands, ord("."): style.decimal})
    assert read_digits(printed, style) == (value, decimals)


@given(st.text(alphabet="0123456789,. '", max_size=14), st.sampled_from(list(Style)))
def test_a_style_reads_digits_only_as_it_would_print_them(body: str, style: Style) -> None:
    value, decimals = read_digits(body, style)
    if value is not None and len(body.split()) < 2:
        assert f"{value:f}".replace(".", "") in body.replace(style.thousands, "").replace(style.decimal, "").rjust(
            len(f"{value:f}"), "0"
        )
        assert -int(value.as_tuple().exponent) == decimals
