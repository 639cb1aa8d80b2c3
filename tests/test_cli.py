"""The command: what it prints, where it prints it, and how it ends."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main

ROOT = Path(__file__).parent.parent
PDF = "commissioning-framework-2017-18.pdf"


@pytest.fixture
def folder(specimens: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with the shipped documents, already read."""
    (tmp_path / "output").mkdir()
    shutil.copy(specimens, tmp_path / "output")
    shutil.copytree(specimens.parent / "cache", tmp_path / "output" / "cache")
    (tmp_path / "raw_docs").symlink_to(ROOT / "raw_docs")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spendtrail(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def ask(question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect("output/spendtrail.db")) as db:
        return db.execute(question).fetchall()


def test_run_ends_with_a_summary_for_people_or_machines(folder: Path) -> None:
    told = spendtrail("run")
    assert told.exit_code == 0
    assert "documents  0 read, 5 unchanged, 0 failed" in told.stdout
    assert "output/spendtrail.db" in told.stdout
    summary = json.loads(spendtrail("run", "--json").stdout)
    assert summary["documents_unchanged"] == 5
    assert summary["failed"] == []
    assert summary["pounds_proven"] == sum(
        pounds for (pounds,) in ask("SELECT amount FROM spending WHERE status = 'proven'")
    )


def test_check_tells_every_printed_total(folder: Path) -> None:
    told = spendtrail("check").stdout
    for label, printed in ask("SELECT label, amount_printed FROM printed_totals"):
        assert str(label) in told
        assert str(printed) in told
    assert "0 unaccounted" in told


def test_show_tells_the_receipt_and_draws_the_page(folder: Path) -> None:
    ((amount_id, printed),) = ask(
        f"SELECT amount_id, amount_printed FROM spending WHERE document = '{PDF}' "
        "AND amount = 52445"
    )
    told = spendtrail("show", str(amount_id), "--png", "page.png")
    assert told.exit_code == 0
    assert f'printed "{printed}"' in told.stdout
    assert "page 9" in told.stdout
    assert (folder / "page.png").read_bytes().startswith(b"\x89PNG")


def test_the_box_of_every_amount_of_a_pdf_holds_its_printed_figure(folder: Path) -> None:
    from extractors.model import Box, Place
    from extractors.pdf.second import read_boxes

    for document in (PDF, "commissioning-framework-2020-21.pdf"):
        rows = ask(
            "SELECT amount_printed, page, x0, top, x1, bottom FROM spending "
            f"WHERE document = '{document}'"
        )
        places = [Place(int(str(row[1])), Box(*map(float, map(str, row[2:])))) for row in rows]
        texts = read_boxes(ROOT / "raw_docs" / document, places)
        assert [text.rstrip("*") for text in texts] == [str(row[0]).rstrip("*") for row in rows]


def test_show_of_a_word_file_tells_the_row_between_its_neighbours(folder: Path) -> None:
    ((amount_id,),) = ask(
        "SELECT amount_id FROM spending WHERE service_printed LIKE 'MAPPOM%' AND page IS NULL"
    )
    told = spendtrail("show", str(amount_id))
    assert "| [£216,405] |" in told.stdout
    assert "£368,000" in told.stdout and "£162,554" in told.stdout
    drawn = spendtrail("show", str(amount_id), "--png", "page.png")
    assert drawn.exit_code == 2
    assert "no pages to draw" in drawn.stderr


def test_tables_shows_what_the_reader_sees(folder: Path) -> None:
    told = spendtrail("tables", "commissioning-framework-2020-21.pdf", "--page", "1", "--png", "p")
    assert told.exit_code == 0
    assert "4,316,550" in told.stdout
    assert [path.name for path in (folder / "p").iterdir()] == [
        "commissioning-framework-2020-21-page-1.png"
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "no-such-id"), "no amounts have an id"),
        (("run", "--raw", "nowhere"), "nowhere is not there"),
        (("check", "--output", "nowhere"), "spendtrail run"),
        (("tables", "nothing.pdf"), "neither a file nor a document"),
        (("run", "--jobs", "0"), "0 is not in the range"),
        (("tables", PDF, "--page", "99", "--png", "p"), ""),
    ],
)
def test_wrong_use_says_what_is_wrong(arguments: tuple[str, ...], said: str, folder: Path) -> None:
    told = spendtrail(*arguments)
    assert told.exit_code == (2 if said else 0)
    assert said in told.stderr
    assert "Traceback" not in told.output


def test_a_faulty_register_is_wrong_use(folder: Path) -> None:
    raw = folder / "raw"
    raw.mkdir()
    (raw / "register.csv").write_text("path\n", encoding="utf-8")
    (raw / "a.pdf").write_bytes(b"%PDF-1.4")
    told = spendtrail("run", "--raw", "raw", "--output", "out")
    assert told.exit_code == 2
    assert "register.csv line 1" in told.stderr


def test_add_then_run_takes_a_document_in(folder: Path, tmp_path: Path) -> None:
    project = folder / "mine"
    project.mkdir()
    added = spendtrail("add", "--raw", "mine", str(ROOT / "raw_docs" / PDF))
    assert added.exit_code == 0
    assert PDF in added.stdout
    assert PDF in (project / "register.csv").read_text(encoding="utf-8")


def test_help_answers_at_once() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "--help"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert b"Example:" in done.stdout
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert seconds < 0.3


def test_an_update_without_a_folder_of_documents_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = spendtrail("update")
    assert result.exit_code == 2
    assert "raw_docs is not there; make the folder" in result.stderr
