"""One run from a folder to a database: bad input told, nothing read twice, the same bytes again."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipeline.discovery import Found, find_duplicates
from pipeline.run import Project, open_project, run
from pipeline.store import dump
from pipeline.summary import summarise

ROOT = Path(__file__).parent.parent
WORD = "partnerships-and-commissioning-2016.docx"

TABLE = [
    ("Service", "Provider", "Reach", "Budget 2021/22"),
    ("Victim support", "Catch 22", "Countywide", "120,000"),
    ("Youth mentoring", "Oak Trust", "Northton", "35,500"),
    ("Street pastors", "Northton Churches", "Northton", "4,500"),
    ("Total", "", "", "160,000"),
]


@pytest.fixture(scope="module", autouse=True)
def _readers_are_loaded_once() -> None:
    """Workers are forked: what this process has imported, none of them imports again."""
    import extractors.pdf
    import extractors.word
    from normalizers.narrative import pipeline

    assert extractors.pdf and extractors.word
    pipeline()


def draw_table(canvas: Canvas, rows: list[tuple[str, ...]]) -> None:
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(60, 800, "Northton Commissioning Plan")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 780, "We commission services that make Northton safer for all of us.")
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(60, 762, "Commissioning budget 2021/22")
    left = (60, 200, 330, 430, 530)
    for number, row in enumerate(rows):
        top = 740 - 20 * number
        canvas.setFont("Helvetica-Bold" if number in (0, len(rows) - 1) else "Helvetica", 10)
        for x0, x1, text in zip(left, left[1:], row, strict=False):
            canvas.rect(x0, top - 6, x1 - x0, 20)
            canvas.drawString(x0 + 4, top, text)
    canvas.showPage()


def make_pdf(path: Path, rows: list[tuple[str, ...]] | None = None, **options: object) -> None:
    canvas = Canvas(str(path), invariant=True, **options)
    draw_table(canvas, rows or TABLE)
    canvas.save()


def project(folder: Path) -> Project:
    (folder / "raw_docs").mkdir(exist_ok=True)
    return open_project(folder)


def ask(database: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute(question).fetchall()


@pytest.fixture
def small(tmp_path: Path) -> Project:
    made = project(tmp_path)
    make_pdf(made.raw / "budget.pdf")
    return made


def test_a_small_budget_is_read_judged_and_receipted(small: Project) -> None:
    database = run(small, jobs=1)
    assert ask(
        database,
        "SELECT service_printed, provider_printed, reach_printed, financial_year, amount, status, "
        "page FROM spending ORDER BY top",
    ) == [
        ("Victim support", "Catch 22", "Countywide", "2021-22", 120000.0, "proven", 1),
        ("Youth mentoring", "Oak Trust", "Northton", "2021-22", 35500.0, "proven", 1),
        ("Street pastors", "Northton Churches", "Northton", "2021-22", 4500.0, "proven", 1),
    ]
    assert ask(database, "SELECT amount, verdict, section FROM printed_totals") == [
        (160000.0, "agrees", None)
    ]
    (coverage,) = ask(database, "SELECT financial_year, lines, printed_total, proven FROM coverage")
    assert coverage == ("2021-22", 3, 160000.0, 160000.0)
    assert summarise(database).exit_code == 0


def test_a_slip_of_the_publishers_is_called_that_once_two_readings_agree(tmp_path: Path) -> None:
    made = project(tmp_path)
    make_pdf(made.raw / "budget.pdf", [*TABLE[:-1], ("Total", "", "", "160,100")])
    database = run(made, jobs=1)
    assert ask(database, "SELECT verdict, computed, difference FROM printed_totals") == [
        ("publisher", 160000.0, 100.0)
    ]
    assert ask(database, "SELECT DISTINCT status FROM spending") == [("contradicted",)]
    assert ("sum-publisher",) in ask(database, "SELECT code FROM issues")


def docx_without(part: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(ROOT / "raw_docs" / WORD) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return buffer.getvalue()


def docx_with_entity(secret: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(ROOT / "raw_docs" / WORD) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                head = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
                at = content.index(b"<w:document")
                content = content[:at] + head + content[at:]
                content = content.replace(b"</w:t>", b"&x;</w:t>", 1)
            new.writestr(name, content)
    return buffer.getvalue()


def spoiled(folder: Path) -> dict[str, Path]:
    """Bad documents in the folder, one of each kind."""
    make_pdf(folder / "whole.pdf")
    pdf = (folder / "whole.pdf").read_bytes()
    (folder / "whole.pdf").unlink()
    contents = {
        "not a PDF": ("html.pdf", b"<html><body>404 Not found</body></html>"),
        "truncated": ("truncated.pdf", pdf[: len(pdf) // 3]),
        "empty": ("empty.pdf", b""),
        "zero pages": (
            "zero.pdf",
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        ),
        "damaged .doc": ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        "docx that is no zip": ("no-zip.docx", b"PK\x03\x04 and then nothing"),
        "docx without its text": ("no-text.docx", docx_without("word/document.xml")),
        "empty docx": ("empty.docx", b" "),
        "text called docx": ("text.docx", b"Commissioning framework"),
        "external entity": ("entity.docx", docx_with_entity(folder.parent / "secret.txt")),
        "encrypted": ("encrypted.pdf", b""),
    }
    for name, content in contents.values():
        (folder / name).write_bytes(content)
    locked = StandardEncryption("secret", ownerPassword="owner")
    make_pdf(folder / "encrypted.pdf", encrypt=locked)
    return {kind: folder / name for kind, (name, _) in contents.items()}


BAD = [
    "not a PDF",
    "truncated",
    "encrypted",
    "empty",
    "zero pages",
    "damaged .doc",
    "docx that is no zip",
    "docx without its text",
    "empty docx",
    "text called docx",
    "external entity",
]


@pytest.fixture(scope="module")
def with_bad_ones(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Path]]:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "secret.txt").write_text("the secret", encoding="utf-8")
    made = project(folder)
    make_pdf(made.raw / "budget.pdf")
    bad = spoiled(made.raw)
    return run(made, jobs=2), bad


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_document_gives_one_error_that_says_what_to_do(
    kind: str, with_bad_ones: tuple[Path, dict[str, Path]]
) -> None:
    database, bad = with_bad_ones
    name = bad[kind].name
    errors = ask(
        database,
        f"SELECT message FROM issues WHERE severity = 'error' AND document = '{name}'",
    )
    assert len(errors) == 1
    message = str(errors[0][0])
    assert name in message and len(message) > len(name) + 20
    assert name in summarise(database).failed


def test_the_good_document_among_bad_ones_is_read_and_the_status_is_1(
    with_bad_ones: tuple[Path, dict[str, Path]],
) -> None:
    database, bad = with_bad_ones
    assert "the secret" not in "".join(dump(database))
    assert summarise(database).documents_failed == len(bad) == len(BAD)
    assert summarise(database).exit_code == 1
    assert ask(database, "SELECT count(*) FROM spending") == [(3,)]


def test_a_page_that_is_an_image_needs_ocr_and_the_status_is_1(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    monkeypatch.setattr("extractors.pdf.document.ocr_installed", lambda: False)

    canvas = Canvas(str(small.raw / "bad.pdf"))
    canvas.drawInlineImage(Image.new("L", (400, 500), 200), 50, 50, 400, 500)
    canvas.save()
    database = run(small, jobs=1)
    assert ask(database, "SELECT document, page FROM issues WHERE code = 'needs-ocr'") == [
        ("bad.pdf", 1)
    ]
    assert summarise(database).exit_code == 1
    assert summarise(database).failed == ("bad.pdf",)


def test_what_is_no_document_is_told_and_left_alone(small: Project) -> None:
    (small.raw / "notes.txt").write_text("to do", encoding="utf-8")
    with zipfile.ZipFile(small.raw / "sums.xlsx", "w") as workbook:
        workbook.writestr("xl/workbook.xml", "<workbook/>")
    shutil.copy(small.raw / "budget.pdf", small.raw / "no-ending")
    (small.raw / ".DS_Store").write_bytes(b"\0")
    (small.raw / "budget.layout.toml").write_text("", encoding="utf-8")
    database = run(small, jobs=1)
    assert ask(database, "SELECT document FROM issues WHERE code = 'not-a-document'") == [
        ("notes.txt",),
        ("sums.xlsx",),
    ]
    assert ask(database, "SELECT document FROM documents") == [("budget.pdf",), ("no-ending",)]
    assert summarise(database).exit_code == 0


def test_the_same_bytes_under_two_names_count_once(small: Project) -> None:
    shutil.copy(small.raw / "budget.pdf", small.raw / "copy.pdf")
    database = run(small, jobs=2)
    assert ask(database, "SELECT DISTINCT document FROM spending") == [("budget.pdf",)]
    assert ask(database, "SELECT document, duplicate_of FROM documents ORDER BY document") == [
        ("budget.pdf", None),
        ("copy.pdf", "budget.pdf"),
    ]
    assert ask(database, "SELECT code FROM issues WHERE document = 'copy.pdf'")[0] == (
        "duplicate-document",
    )


def test_a_document_that_nobody_registered_is_read_and_its_facts_marked_as_guesses(
    small: Project,
) -> None:
    database = run(small, jobs=1)
    ((title, guessed),) = ask(database, "SELECT title, guessed FROM documents")
    assert title == "Northton Commissioning Plan"
    assert "title" in str(guessed)
    assert ("not-registered",) in ask(database, "SELECT code FROM issues")


def test_nothing_is_read_twice_and_a_damaged_cache_is_read_again(small: Project) -> None:
    make_pdf(small.raw / "other.pdf", [*TABLE[:2], ("Total", "", "", "120,000")])
    counts = []
    for change in ("first", "none", "register", "damage", "new"):
        if change == "register":
            (small.raw / "register.csv").write_text(
                "path,sha256,publisher,title,kind,published_on,source_url,licence,note\n"
                "other.pdf,,PCC for Northton,Other,framework,2021-04,,,\n",
                encoding="utf-8",
            )
        if change == "damage":
            victim = next(small.cache.rglob("*.reading"))
            victim.write_bytes(victim.read_bytes()[:-9])
            small.database.unlink()
        if change == "new":
            make_pdf(small.raw / "third.pdf", [*TABLE[:3], ("Total", "", "", "155,500")])
        summary = summarise(run(small, jobs=1))
        counts.append((summary.documents_read, summary.documents_unchanged))
    assert counts == [(2, 0), (0, 2), (0, 2), (1, 1), (1, 2)]
    assert ask(small.database, "SELECT publisher FROM documents WHERE document = 'other.pdf'") == [
        ("PCC for Northton",)
    ]
    assert len(ask(small.database, "SELECT * FROM runs")) == 2  # since the database was deleted


def test_one_job_or_two_fresh_or_not_the_database_is_the_same(small: Project) -> None:
    for number in range(2):
        rows = [*TABLE[: 2 + number % 3], ("Total", "", "", "120,000")]
        make_pdf(small.raw / f"more-{number}.pdf", rows)
    (small.raw / "bad.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    texts = set()
    for jobs, fresh in ((1, False), (2, True), (2, False)):
        texts.add("".join(dump(run(small, jobs=jobs, fresh=fresh))))
    shutil.rmtree(small.output)
    texts.add("".join(dump(run(small, jobs=2))))
    assert len(texts) == 1


KILLED = """
import os, sys
from pathlib import Path
from pipeline import store
from pipeline.run import open_project, run
moment = sys.argv[1]
name = {"before": "write", "beside": "swap_in"}[moment]
def die(*arguments):
    os.kill(os.getpid(), 9)
setattr(store, name, die)
run(open_project(Path(sys.argv[2])), jobs=1)
"""


@pytest.mark.parametrize("moment", ["before", "beside"])
def test_a_run_that_is_killed_leaves_the_old_database_whole(moment: str, small: Project) -> None:
    database = run(small, jobs=1)
    before = database.read_bytes()
    make_pdf(small.raw / "another.pdf", [*TABLE[:2], ("Total", "", "", "120,000")])
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, moment, str(small.raw.parent)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert database.read_bytes() == before
    run(small, jobs=1)
    assert ask(database, "SELECT count(*) FROM spending") == [(4,)]
    assert ask(database, "PRAGMA integrity_check") == [("ok",)]
    assert not ask(database, "PRAGMA foreign_key_check")


def test_only_takes_documents_by_name(small: Project) -> None:
    make_pdf(small.raw / "other.pdf", [*TABLE[:2], ("Total", "", "", "120,000")])
    database = run(small, jobs=1, only="oth*")
    assert ask(database, "SELECT document FROM documents") == [("other.pdf",)]


def test_no_folder_of_documents_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="raw_docs is not there"):
        run(open_project(tmp_path))


def test_a_registered_document_counts_before_a_copy_that_nobody_registered() -> None:
    found = tuple(Found(name, Path(name), "ab" * 32) for name in ("A-COPY.PDF", "framework.pdf"))
    assert find_duplicates(found, {"framework.pdf"}) == {"A-COPY.PDF": "framework.pdf"}
    assert find_duplicates(found, set()) == {"framework.pdf": "A-COPY.PDF"}


def test_a_link_that_leads_nowhere_is_told(small: Project) -> None:
    (small.raw / "lost.pdf").symlink_to(small.raw / "elsewhere.pdf")
    database = run(small, jobs=1)
    told = ask(database, "SELECT document FROM issues WHERE severity = 'error'")
    assert [row[0] for row in told] == ["lost.pdf"]
