"""The shipped documents as CSV files that a person can lay beside the pages.

`pytest --renew-golden tests/test_golden.py` writes them anew; look at the difference in git.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"

QUESTIONS = {
    "lines": "SELECT document, coalesce(page, 'paragraph ' || paragraph) AS place, section, "
    "service_printed, provider_printed, provision, mechanism_printed, reach_printed, priorities, "
    "financial_year, phase, amount_printed, amount, note, status FROM spending "
    'ORDER BY document, table_number, row, "column"',
    "totals": "SELECT document, coalesce(page, 'paragraph ' || paragraph) AS place, section, "
    "label, financial_year, amount_printed, amount, computed, verdict FROM printed_totals "
    'ORDER BY document, table_number, row, "column"',
    "checks": "SELECT document, kind, scope, expected, found, verdict, explanation FROM checks "
    "WHERE verdict <> 'agrees' ORDER BY document, kind, scope, expected",
    "comments": "SELECT document, number, theme, question, comment, response FROM comments",
    "glossary": "SELECT document, term, meaning, source FROM glossary",
    "narrative_amounts": "SELECT document, paragraph, printed, amount, qualifier, kind, subject, "
    "financial_year, verdict, explanation FROM narrative_amounts",
    "documents": "SELECT document, publisher, title, kind, published_on, financial_years, "
    "replaces, guessed, pages FROM documents",
    "issues": "SELECT document, page, severity, code, message FROM issues",
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_shipped_documents_read_as_they_did(
    name: str, specimens: Path, pytestconfig: pytest.Config
) -> None:
    with closing(sqlite3.connect(specimens)) as db:
        rows = db.execute(QUESTIONS[name])
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow([column[0] for column in rows.description])
        writer.writerows(rows)
    path = GOLDEN / f"{name}.csv"
    if pytestconfig.getoption("--renew-golden"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(buffer.getvalue(), encoding="utf-8")
    assert buffer.getvalue() == path.read_text(encoding="utf-8")


def test_goldens_are_compared_not_renewed(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--renew-golden"):
        pytest.skip("the goldens were asked to be written anew")
    assert len(list(GOLDEN.glob("*.csv"))) == len(QUESTIONS)
