"""What leaves the database for other programs: files that open, add up and run nothing."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from extractors.model import Box, Place
from pipeline.export import FORMATS, data_views, export, field_types, receipt, safe_text
from pipeline.records import AmountRow, DocumentRow, LineRow, Records
from pipeline.release import previous_edition, release
from pipeline.store import build

HOSTILE = [
    '=HYPERLINK("http://example.org","x")',
    "<script>alert(1)</script>",
    "'; DROP TABLE line; --",
    "\u202eevil\u202c",
    "x" * 40_000,
]
PLACE = Place(page=3, box=Box(10, 20, 30, 40))


def records(*pence: int) -> Records:
    lines = tuple(
        LineRow(
            line_id=f"d-t1-r{n}",
            document="a.pdf",
            position=n,
            table_number=None,
            row=None,
            table_title=None,
            section=None,
            service_printed=HOSTILE[n % len(HOSTILE)],
            place=PLACE,
        )
        for n in range(len(pence))
    )
    amounts = tuple(
        AmountRow(
            amount_id=f"d-t1-r{n}-c1",
            line_id=f"d-t1-r{n}",
            document="a.pdf",
            position=n,
            column=1,
            financial_year="2025-26",
            phase="budget",
            pence=value,
            printed=f"-{value}",
            unit_pence=100,
            place=PLACE,
        )
        for n, value in enumerate(pence)
    )
    document = DocumentRow(document="a.pdf", sha256="0" * 64, format="pdf", publisher="Northfold")
    return Records(documents=(document,), lines=lines, amounts=amounts)


PENCE = (10, 20, 30, 123_456_789, -5_000)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "db" / "spendtrail.db"
    build(records(*PENCE), path)
    return path


def test_every_view_is_written_in_every_format(database: Path, tmp_path: Path):
    written = export(database, tmp_path / "out", tuple(FORMATS))
    names = {path.name for path in written}
    assert {f"{view.name}.csv" for view in data_views()} <= names
    assert {f"{view.name}.parquet" for view in data_views()} <= names
    assert {"datapackage.json", "spendtrail.xlsx"} <= names


def test_the_same_database_gives_the_same_bytes(database: Path, tmp_path: Path):
    one = export(database, tmp_path / "one", tuple(FORMATS))
    two = export(database, tmp_path / "two", tuple(FORMATS))
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


def test_sums_of_the_files_are_exact(database: Path, tmp_path: Path):
    export(database, tmp_path, ("csv", "parquet", "xlsx"))
    total = sum(PENCE) / 100
    parquet = pd.read_parquet(tmp_path / "spending.parquet")
    assert sum(parquet["amount"]) * 100 == sum(PENCE)
    assert pd.read_csv(tmp_path / "spending.csv")["amount"].sum() == pytest.approx(total, abs=1e-9)
    sheet = pd.read_excel(tmp_path / "spendtrail.xlsx", sheet_name="spending")
    assert sheet["amount"].sum() == pytest.approx(total, abs=1e-9)


def test_printed_text_is_no_formula_in_csv_and_the_text_itself_in_the_workbook(
    database: Path, tmp_path: Path
):
    export(database, tmp_path, ("csv", "xlsx"))
    with (tmp_path / "spending.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert rows[0]["service_printed"] == f"'{HOSTILE[0]}"
    assert rows[0]["amount_printed"] == "'-10"
    assert [row["service_printed"] for row in rows[1:]] == HOSTILE[1:]
    sheet = pd.read_excel(tmp_path / "spendtrail.xlsx", sheet_name="spending")
    assert list(sheet["service_printed"][:4]) == HOSTILE[:4]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_begins_like_a_formula_is_quoted(start: str):
    assert safe_text(f"{start}1") == f"'{start}1"
    assert safe_text(-1) == -1
    assert safe_text("1=1") == "1=1"


def test_the_data_package_describes_each_file(database: Path, tmp_path: Path):
    export(database, tmp_path, ("csv",))
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    spending = next(r for r in package["resources"] if r["name"] == "spending")
    body = (tmp_path / spending["path"]).read_bytes()
    assert spending["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
    header = body.splitlines()[0].decode().split(",")
    assert [field["name"] for field in spending["schema"]["fields"]] == header
    amount = next(f for f in spending["schema"]["fields"] if f["name"] == "amount")
    assert amount["type"] == "number"


def test_the_data_package_passes_the_standards_own_validator(database: Path, tmp_path: Path):
    frictionless = pytest.importorskip("frictionless", reason="the validator is not installed")
    export(database, tmp_path, ("csv",))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["path", "type", "message"])


def test_every_column_of_every_view_has_a_type(database: Path):
    with closing(sqlite3.connect(database)) as connection:
        for view in data_views():
            types = field_types(connection, view)
            assert types["document"] == "string"
            assert types.get("page", "integer") == "integer", view.name


def test_a_receipt_in_words():
    row = {"document": "a.pdf", "page": 3, "table_number": 1, "row": 2, "column": 4}
    said = receipt(row | {"amount_printed": "52,445*"})
    assert said == "a.pdf, page 3, table 1, row 2, column 4, printed “52,445*”"


# --- editions -------------------------------------------------------------------------


def test_an_edition_is_whole_checked_and_repeatable(database: Path, tmp_path: Path):
    one = release(database, tmp_path / "one", date(2026, 4, 1))
    two = release(database, tmp_path / "two", date(2026, 4, 1))
    assert one.name == "spendtrail-2026-04-01"
    names = sorted(path.name for path in one.iterdir())
    assert {"spendtrail.db", "datapackage.json", "COVERAGE.md", "SHA256SUMS"} <= set(names)
    for name in names:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name
    for line in (one / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((one / name).read_bytes()).hexdigest() == digest


def test_an_edition_says_what_changed_since_the_one_before(database: Path, tmp_path: Path):
    release(database, tmp_path, date(2026, 4, 1))
    build(records(*PENCE[:-1]), database)
    second = release(database, tmp_path, date(2026, 5, 1))
    said = (second / "CHANGES.md").read_text()
    assert "since spendtrail-2026-04-01" in said
    assert "figure removed" in said.lower()


def test_an_edition_is_never_changed(database: Path, tmp_path: Path):
    release(database, tmp_path, date(2026, 4, 1))
    with pytest.raises(FileExistsError, match="never changed"):
        release(database, tmp_path, date(2026, 4, 1))
    assert previous_edition(tmp_path, date(2026, 4, 1)) is None
