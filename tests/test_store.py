"""The database: typed, whole, the same for the same records, and never half there."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.model import Box, Place
from pipeline.records import (
    AmountRow,
    CellRow,
    DocumentRow,
    LineRow,
    PassageRow,
    PrintedTotalRow,
    Records,
    TableRow,
)
from pipeline.schema import SHAPES
from pipeline.store import build, dump
from pipeline.views import VIEWS

HERE = Place(3, Box(10.126, 20, 30, 40))
RECORDS = Records(
    documents=(DocumentRow(document="a.pdf", sha256="00", format="pdf", publisher="PCC"),),
    tables=(
        TableRow(
            document="a.pdf",
            table_number=1,
            title="Budget",
            subtitle=None,
            intro=None,
            heading_path=None,
            row_count=2,
            column_count=2,
            header_rows=1,
            repeated_headers=0,
            joined_rows=None,
            reader="ruled",
            reasons=None,
        ),
    ),
    cells=(
        CellRow(
            document="a.pdf",
            table_number=1,
            row=1,
            column=1,
            row_span=1,
            column_span=1,
            text="52,445",
            raw="52,445*",
            marks="*",
            place=HERE,
        ),
    ),
    lines=(
        LineRow(
            line_id="a-1",
            document="a.pdf",
            position=1,
            table_number=1,
            row=1,
            table_title="Budget",
            section="VICTIMS",
            service_printed="C2ARA",
        ),
    ),
    amounts=(
        AmountRow(
            amount_id="a-1-1",
            line_id="a-1",
            document="a.pdf",
            position=1,
            column=1,
            financial_year="2017-18",
            phase="budget",
            pence=5_244_549,
            printed="52,445.49",
            unit_pence=100,
            note="from reserves",
            status="proven",
            place=HERE,
        ),
    ),
    printed_totals=(
        PrintedTotalRow(
            document="a.pdf",
            table_number=1,
            row=2,
            column=1,
            table_title="Budget",
            section="VICTIMS",
            label="Total",
            financial_year="2017-18",
            phase="budget",
            pence=5_244_500,
            printed="52,445",
            computed_pence=5_244_549,
            verdict="rounding",
        ),
    ),
    passages=(
        PassageRow(
            document="a.pdf",
            key="p1",
            position=1,
            heading="Budget",
            number="3.2",
            kind="paragraph",
            text="Grants for youth projects",
            place=HERE,
        ),
        PassageRow(
            document="a.pdf",
            key="p2",
            position=2,
            heading="Budget",
            number=None,
            kind="paragraph",
            text="Everything else",
        ),
    ),
)


def rows(path: Path, question: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(question)]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    build(RECORDS, tmp_path / "spendtrail.db")
    return tmp_path / "spendtrail.db"


def test_money_is_pence_in_tables_and_pounds_in_views(database: Path) -> None:
    assert rows(database, "SELECT pence FROM amount") == [{"pence": 5244549}]
    (row,) = rows(database, "SELECT * FROM spending")
    assert row["amount"] == 52445.49
    assert (row["document"], row["page"], row["x0"], row["bottom"]) == ("a.pdf", 3, 10.13, 40.0)
    assert (row["service"], row["service_printed"], row["note"]) == (None, "C2ARA", "from reserves")
    (total,) = rows(database, "SELECT * FROM printed_totals")
    assert (total["amount"], total["computed"], total["difference"]) == (52445.0, 52445.49, -0.49)


def test_passages_are_searched_through_their_view(database: Path) -> None:
    found = rows(database, "SELECT number, page FROM passages WHERE text MATCH 'youth AND grant*'")
    assert found == [{"number": "3.2", "page": 3}]
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("VACUUM")
    assert rows(database, "SELECT key FROM passages WHERE text MATCH 'else'") == [{"key": "p2"}]


def test_every_table_is_strict_and_has_its_row_types_columns(database: Path) -> None:
    tables = {r["name"]: r for r in rows(database, "PRAGMA table_list") if r["type"] == "table"}
    for shape in SHAPES.values():
        assert tables[shape.name]["strict"] == 1, shape.name


def test_the_written_statements_are_what_the_shapes_come_to() -> None:
    from pipeline.tables import WRITTEN, statements

    assert WRITTEN.read_text(encoding="utf-8") == statements(), "run python -m pipeline.tables"


def test_a_word_where_pence_belong_is_refused(tmp_path: Path) -> None:
    wrong = replace(RECORDS.amounts[0], pence="a lot")  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        build(replace(RECORDS, amounts=(wrong,)), tmp_path / "x.db")


def test_an_amount_without_its_line_is_refused_and_the_old_database_stays(database: Path) -> None:
    before = database.read_bytes()
    with pytest.raises(sqlite3.IntegrityError):
        build(replace(RECORDS, lines=()), database)
    assert database.read_bytes() == before
    build(RECORDS, database)
    assert database.read_bytes() == before
    assert [path.name for path in database.parent.iterdir()] == ["spendtrail.db"]


def test_a_reader_of_the_old_database_is_not_disturbed_by_the_new(database: Path) -> None:
    with closing(sqlite3.connect(database)) as reader:
        assert reader.execute("SELECT count(*) FROM amount").fetchone() == (1,)
        build(Records(), database)
        assert reader.execute("SELECT count(*) FROM amount").fetchone() == (1,)
    assert rows(database, "SELECT count(*) AS n FROM amount") == [{"n": 0}]


def test_the_same_records_give_the_same_bytes(database: Path, tmp_path: Path) -> None:
    build(RECORDS, tmp_path / "again.db")
    assert (tmp_path / "again.db").read_bytes() == database.read_bytes()
    assert list(dump(tmp_path / "again.db")) == list(dump(database))


PROMISE = """
spending | amount_id, line_id, publisher, published_on, table_title, section, theme, service, service_printed, provider, provider_printed, provision, mechanism, mechanism_printed, reach, reach_printed, priorities, financial_year, phase, amount, amount_printed, note, status, is_current, document, page, x0, top, x1, bottom
printed_totals | table_title, section, label, financial_year, amount, amount_printed, computed, difference, verdict, document, page, x0, top, x1, bottom
narrative_amounts | heading, paragraph, sentence, printed, amount, qualifier, kind, subject, financial_year, verdict, explanation, document, page, x0, top, x1, bottom
comments | number, theme, question, comment, response, document, page, x0, top, x1, bottom
glossary | term, meaning, document, page, x0, top, x1, bottom
cells | table_title, row, column, row_span, column_span, text, document, page, x0, top, x1, bottom
provider_names | printed, provider, role, decided_by, reason, document, page, x0, top, x1, bottom
service_links | line_id, service_printed, provider_printed, financial_years, service_id, service, decided_by, reason, score, document, page, x0, top, x1, bottom
service_events | kind, from_services, to_services, financial_year, evidence, confidence, decided_by, document, page, x0, top, x1, bottom
spending_history | service, provider, theme, financial_year, amount, phase, document, restated, page, x0, top, x1, bottom
checks | kind, scope, expected, found, difference, verdict, explanation, document, page, x0, top, x1, bottom
issues | code, severity, message, printed, document, page, x0, top, x1, bottom
passages | heading, number, kind, text, document, page, x0, top, x1, bottom
leads | rule, question, pounds, receipts, document, page, x0, top, x1, bottom
changes | kind, service, financial_year, before, after, explanation, document, page, x0, top, x1, bottom
runs | started, finished, version, documents_read, documents_unchanged, documents_failed, amounts, stages, document, page, x0, top, x1, bottom
coverage | publisher, financial_year, documents, lines, printed_total, proven, unproven, contradicted, document, page, x0, top, x1, bottom
"""  # noqa: E501


@pytest.mark.parametrize("line", PROMISE.strip().splitlines(), ids=lambda line: line.split()[0])
def test_a_view_keeps_its_promised_columns_in_order(line: str, database: Path) -> None:
    name, promised = (part.strip() for part in line.split("|"))
    listed = [row["name"] for row in rows(database, f'PRAGMA table_info("{name}")')]
    columns = promised.split(", ")
    assert listed[: len(columns)] == columns


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_answers_and_each_column_is_described(view, database: Path) -> None:  # type: ignore[no-untyped-def]
    rows(database, f'SELECT * FROM "{view.name}"')
    for column in view.columns:
        assert column.meaning, f"{view.name}.{column.name}"
        assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
