"""Numbers before paragraphs, as Word would print them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_documents import document, p, tbl, tc, tr

from extractors.word.numbering import print_number


def level(at: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


LEGAL = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "%3)")
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{LEGAL}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "upperRoman", "Part %1")}'
    f"{level(1, 'decimal', '%1.%2', '<w:isLgl/>')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
)


def item(list_id: int, depth: int, text: str = "Some words.") -> str:
    return p(
        text, props=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    )


@pytest.mark.parametrize(
    ("items", "numbers"),
    [
        ([(1, 0), (1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], "1. 2. 2.1 2.2 3. 3.1"),
        ([(1, 0), (1, 2), (1, 2), (1, 1), (1, 2)], "1. a) b) 1.2 a)"),
        ([(1, 0), (2, 0), (2, 0), (1, 0)], "1. 7. 8. 9."),
        ([(3, 0), (3, 0), (3, 1)], "Part I|Part II|2.1"),
        ([(1, 0), (3, 0), (1, 0)], "1.|Part I|2."),
        ([(0, 0), (99, 0)], "None None"),
    ],
)
def test_lists_count_as_word_counts(
    tmp_path: Path, items: list[tuple[int, int]], numbers: str
) -> None:
    body = "".join(item(*each) for each in items)
    passages = document(tmp_path, body, numbering=NUMBERING).passages
    printed = [str(passage.number) for passage in passages]
    assert printed == numbers.split("|" if "|" in numbers else " ")


def test_a_column_of_numbers_without_words_is_printed(tmp_path: Path) -> None:
    rows = (tr(tc(item(1, 0, "")), tc(name)) for name in ("IDVA", "ISVA"))
    cells = document(tmp_path, tbl(*rows), numbering=NUMBERING).tables[0].cells
    assert [cell.text for cell in cells] == ["1.", "IDVA", "2.", "ISVA"]


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (4, "lowerRoman", "iv"),
        (1999, "upperRoman", "1999"),
        (28, "lowerLetter", "bb"),
        (3, "decimalZero", "03"),
        (12, "ordinal", "12th"),
        (22, "ordinal", "22nd"),
        (5, "chicago", "**"),
        (5, "bullet", "•"),
        (2_000_000_000, "lowerLetter", "2000000000"),
    ],
)
def test_formats_of_numbers(number: int, form: str, printed: str) -> None:
    assert print_number(number, form) == printed


@given(st.integers(1, 999))
def test_roman_numerals_say_their_number(number: int) -> None:
    worth = dict(zip("ivxlcdm", (1, 5, 10, 50, 100, 500, 1000), strict=True))
    values = [worth[letter] for letter in print_number(number, "lowerRoman")]
    signed = [-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)]
    assert sum(signed) == number
