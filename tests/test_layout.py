"""A layout file says what a table means where the reader cannot tell; it is read strictly."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.layout import LayoutError, load_layout
from pipeline.run import open_project, run
from pipeline.summary import summarise

# Headings that say nothing: only a person knows which of the two figures is the budget.
ROWS = [
    ("A", "B", "C", "D"),
    ("Victim support", "Catch 22", "120", "7"),
    ("Youth mentoring", "Oak Trust", "35", "9"),
    ("Street pastors", "Northton Churches", "4", "8"),
]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw_docs"
    folder.mkdir()
    canvas = Canvas(str(folder / "plan.pdf"), invariant=True)
    left = (60, 200, 330, 430, 530)
    for number, row in enumerate(ROWS):
        for x0, x1, text in zip(left, left[1:], row, strict=False):
            canvas.rect(x0, 700 - 20 * number, x1 - x0, 20)
            canvas.drawString(x0 + 4, 706 - 20 * number, text)
    canvas.save()
    return folder


LAYOUT = """
[[table]]
page = 1
title = "Spending plan"
unit = "£000s"

[[table.column]]
heading = "A"
role = "service"

[[table.column]]
heading = "B"
role = "provider"

[[table.column]]
index = 2
role = "amount"
year = "2021/22"

[[table.column]]
index = 3
role = "reference"
"""


def test_roles_years_title_and_unit_come_from_the_layout(raw: Path) -> None:
    (raw / "plan.pdf.layout.toml").write_text(LAYOUT, encoding="utf-8")
    database = run(open_project(raw.parent), jobs=1)
    with closing(sqlite3.connect(database)) as db:
        rows = db.execute(
            "SELECT table_title, service_printed, provider_printed, financial_year, amount, "
            "year_source FROM spending ORDER BY row"
        ).fetchall()
    assert rows == [
        ("Spending plan", "Victim support", "Catch 22", "2021-22", 120000.0, "layout"),
        ("Spending plan", "Youth mentoring", "Oak Trust", "2021-22", 35000.0, "layout"),
        ("Spending plan", "Street pastors", "Northton Churches", "2021-22", 4000.0, "layout"),
    ]


def test_a_changed_layout_is_read_at_the_next_run_and_a_faulty_one_is_told(raw: Path) -> None:
    project = open_project(raw.parent)
    run(project, jobs=1)
    (raw / "plan.pdf.layout.toml").write_text("[[table]]\nnumber = 1\nignore = true\n")
    summary = summarise(run(project, jobs=1))
    assert (summary.documents_read, summary.lines, summary.exit_code) == (1, 0, 0)
    (raw / "plan.pdf.layout.toml").write_text("[[table]]\nnumber = 1\nrole = 'x'\n")
    summary = summarise(run(project, jobs=1))
    assert (summary.exit_code, summary.issues["layout-fault"]) == (1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[table]", "not readable as TOML"),
        ("[[tables]]", "unknown key 'tables'; known are table"),
        ("[[table]]\ntitle = 'x'", "table 1: say which table by `number` or by `page`"),
        ("[[table]]\nnumber = '1'", "table 1: number must be int, not '1'"),
        ("[[table]]\nnumber = 1\nheading = 'x'", "unknown key 'heading'"),
        ("[[table]]\nnumber = 1\n[[table.column]]\nindex = 1", "role None is none of"),
        (
            "[[table]]\nnumber = 1\n[[table.column]]\nindex = 1\nrole = 'amount'\nyear = 'x'",
            "table 1, column 1: year 'x' must be such as 2017-18",
        ),
    ],
)
def test_a_fault_names_file_table_and_key(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf.layout.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError, match=r"plan\.pdf\.layout\.toml") as caught:
        load_layout(path)
    assert said in str(caught.value)


def test_no_file_is_an_empty_layout(tmp_path: Path) -> None:
    assert load_layout(tmp_path / "plan.pdf.layout.toml").tables == ()
