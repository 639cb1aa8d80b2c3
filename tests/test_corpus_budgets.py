"""Real papers of two councils: the figures of their spreadsheets, and every printed sum closed.

The spreadsheets were made from the PDFs and print the same figures; in a few names the words of
two lines stand in another order than on the page, so names are compared by their letters.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.meaning import Meaning, interpret
from pipeline.reading import read_document
from pipeline.sums import Judgement, judge

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@cache
def read(folder: str, name: str) -> tuple[Meaning, Judgement]:
    path = CORPUS / folder / f"{name}.pdf"
    reading = read_document(path, path.name)
    assert reading.document is not None
    meaning = interpret(reading.document, reading.budgets, "A council")
    second = reading.second_reading()
    assert not [n for budget in reading.budgets for n in budget.numbers if n.reason is None]
    return meaning, judge(meaning, reading.document, reading.budgets, second)


def sheet_rows(name: str, sheets: int) -> Iterator[dict[str, str]]:
    """The rows of the first sheets of a workbook: text by column letter."""
    with zipfile.ZipFile(CORPUS / "sutton-coldfield" / f"{name}.xlsx") as book:
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(t.text or "" for t in si.iter(f"{SHEET}t")) for si in strings]
        for number in range(1, sheets + 1):
            sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            for row in sheet.iter(f"{SHEET}row"):
                found = {}
                for cell in row.iter(f"{SHEET}c"):
                    value = cell.findtext(f"{SHEET}v")
                    if value is not None:
                        text = texts[int(value)] if cell.get("t") == "s" else value
                        letter = re.sub(r"\d", "", cell.get("r") or "")
                        found[letter] = " ".join(text.split())
                yield found


def letters(name: str | None) -> str:
    return "".join(sorted(re.sub(r"\W", "", name or "").lower()))


def pence(text: str) -> int | None:
    bare = text.replace("£", "").replace(",", "").strip()
    if bare == "-":
        return 0
    return round(float(bare) * 100) if re.fullmatch(r"-?\d+(?:\.\d+)?", bare) else None


@pytest.mark.parametrize(
    ("name", "sheets", "service", "provider", "amount"),
    [
        ("Community-Grants-Payments-2016-17", 1, None, "C", "H"),
        ("Contracts-2017-8-open", 1, "B", "C", "H"),
        ("Payments-over-250-2017-18-Q1", 2, None, "C", None),
    ],
)
def test_the_spreadsheet_and_the_page_give_the_same_figures(
    name: str, sheets: int, service: str | None, provider: str, amount: str | None
) -> None:
    expected = []
    for row in sheet_rows(name, sheets):
        figures = [row.get(amount, "")] if amount else list(row.values())[4:5]
        worth = pence(figures[0]) if figures else None
        if worth is not None and row.get(provider):
            expected.append((letters(row.get(service or "")), letters(row[provider]), worth))
    meaning, _ = read("sutton-coldfield", name)
    ours = [
        (letters(line.service_printed), letters(line.provider_printed), one.pence or 0)
        for line in meaning.lines
        for one in line.amounts
    ]
    assert len(ours) > 20
    assert ours == expected
    year = "2016-17" if "2016" in name else "2017-18"
    assert {one.financial_year for line in meaning.lines for one in line.amounts} == {year}


@pytest.mark.parametrize(
    ("name", "totals"),
    [
        ("Appendix-A-Capital-Investment-Summary", 22),
        ("Appendix-C-Potential-Capital-Projects", 10),
        ("Appendix-E-2025-26-Budget-by-Directorate", 99),
    ],
)
def test_every_printed_total_closes_and_proves_every_amount(name: str, totals: int) -> None:
    _, judged = read("kent-2025", name)
    assert len(judged.totals) == totals
    assert {total.verdict for total in judged.totals} <= {"agrees", "rounding"}
    assert {status for status, _ in judged.statuses.values()} == {"proven"}
