"""The workbook opens elsewhere: LibreOffice reads it whole, and its sums are the database's."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

pytest.importorskip("xlsxwriter", reason="the extra `export` is not installed")

from pipeline.export import export

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture(scope="module")
def workbook(specimens: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbook")
    export(specimens, folder, ("xlsx",))
    return folder / "spendtrail.xlsx"


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_sheet_of_spending_to_the_penny(
    workbook: Path, specimens: Path, tmp_path: Path
) -> None:
    # 44 comma, 34 quote, 76 UTF-8, all sheets (-1), each as a file of its name.
    convert = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    done = subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            convert,
            "--outdir",
            str(tmp_path),
            str(workbook),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    written = tmp_path / "spendtrail-spending.csv"
    assert written.exists(), done.stderr
    with written.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    with sqlite3.connect(specimens) as db:
        pence, count = db.execute("SELECT sum(pence), count(*) FROM amount").fetchone()
    pounds = [Decimal(row["amount"].replace(",", "")) for row in rows if row["amount"]]
    assert len(rows) == count
    assert sum(pounds) * 100 == pence


def test_the_workbook_names_each_sheet_once_and_links_nowhere(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as archive:
        assert archive.testzip() is None
        relations = [name for name in archive.namelist() if name.endswith(".rels")]
        for name in relations:
            assert b'TargetMode="External"' not in archive.read(name), name
