"""The scheduled job: one writer, readers never disturbed, killed at any moment and whole again."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.lock import Busy, one_writer
from pipeline.run import Project, open_project, run
from pipeline.store import dump


def framework(path: Path, *rows: tuple[str, str, str], year: str = "2025/26") -> None:
    """A small Word framework with one budget table."""
    document = docx.Document()
    document.add_heading(f"Commissioning Framework {year}", 1)
    document.add_paragraph("The Northfold Police and Crime Commissioner sets out what is funded.")
    document.add_heading(f"Commissioning budget {year}", 2)
    table = document.add_table(rows=1, cols=3)
    total = sum(int(amount.replace(",", "")) for _, _, amount in rows)
    listed = [("Service", "Provider", f"{year} budget (£)"), *rows, ("Total", "", f"{total:,}")]
    for number, cells in enumerate(listed):
        target = table.rows[0] if number == 0 else table.add_row()
        for cell, text in zip(target.cells, cells, strict=True):
            cell.text = text
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


ROWS = (("Helpline", "Northfold Aid", "12,000"), ("Outreach", "Westmarch Trust", "8,500"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    framework(tmp_path / "raw_docs" / "framework-2025-26.docx", *ROWS)
    return open_project(tmp_path)


def counted(database: Path) -> int:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])


def test_two_writers_never_work_at_once(tmp_path: Path):
    with one_writer(tmp_path), pytest.raises(Busy, match="another run"), _other(tmp_path):
        pass
    with one_writer(tmp_path, wait=False):
        pass


def _other(output: Path):  # the same lock, as another process would ask for it
    return one_writer(output, wait=False)


def _hold(output: Path, seconds: float) -> None:
    with one_writer(output):
        (output / "held").touch()
        time.sleep(seconds)


def test_a_second_update_leaves_at_once_or_waits(project: Project):
    project.output.mkdir()
    context = multiprocessing.get_context("fork")
    holder = context.Process(target=_hold, args=(project.output, 1.0))
    holder.start()
    while not (project.output / "held").exists():
        time.sleep(0.01)
    arguments = ["run", "--raw", str(project.raw), "--output", str(project.output)]
    left = CliRunner().invoke(main, [*arguments, "--no-wait"])
    assert left.exit_code == 3
    assert "another run is writing" in left.output
    assert not project.database.exists()
    waited = CliRunner().invoke(main, arguments)
    assert waited.exit_code == 0
    holder.join()
    assert counted(project.database) == 1


def test_a_killed_holder_leaves_no_stale_lock(tmp_path: Path):
    context = multiprocessing.get_context("fork")
    holder = context.Process(target=_hold, args=(tmp_path, 60.0))
    holder.start()
    while not (tmp_path / "held").exists():
        time.sleep(0.01)
    assert holder.pid is not None
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    with one_writer(tmp_path, wait=False):
        pass


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_killed_at_any_moment_the_database_is_the_old_or_the_new_one(
    project: Project, share: float
):
    run(project, jobs=1)
    old = "".join(dump(project.database))
    framework(project.raw / "framework-2026-27.docx", *ROWS[:1], year="2026/27")
    began = time.perf_counter()
    context = multiprocessing.get_context("fork")
    whole = context.Process(target=run, args=(open_project_beside(project),), kwargs={"jobs": 1})
    whole.start()
    whole.join()
    seconds = time.perf_counter() - began
    victim = context.Process(target=run, args=(project,), kwargs={"jobs": 1})
    victim.start()
    time.sleep(seconds * share)
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    victim.join()
    new = "".join(dump(open_project_beside(project).database))
    assert counted(project.database) in (1, 2)
    assert "".join(dump(project.database)) in (old, new)
    run(project, jobs=1)
    assert "".join(dump(project.database)) == new
    assert not list(project.output.glob("*.new*"))


def open_project_beside(project: Project) -> Project:
    return Project(project.raw, project.output.with_name("beside"), project.judgements)


def test_a_reader_in_a_loop_never_sees_an_error_an_empty_or_a_mixed_database(project: Project):
    run(project, jobs=1)
    seen: list[tuple[int, int]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            uri = f"{project.database.as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                documents = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
                pages = connection.execute(
                    "SELECT count(DISTINCT document) FROM passages"
                ).fetchone()[0]
                seen.append((documents, pages))

    reader = threading.Thread(target=read)
    reader.start()
    for year in range(26, 36):
        framework(project.raw / f"f{year}.docx", *ROWS, year=f"20{year}/{year + 1}")
        run(project, jobs=1)
    stop.set()
    reader.join()
    assert seen
    assert {documents for documents, _ in seen} <= set(range(1, 12))
    assert all(documents == pages for documents, pages in seen)


def test_an_update_takes_a_new_framework_from_a_folder_and_says_what_changed(
    project: Project, monkeypatch: pytest.MonkeyPatch
):
    root = project.raw.parent
    monkeypatch.chdir(root)
    run(project, jobs=1)
    drive = root / "drive"
    framework(drive / "Commissioning Framework 2026-27.docx", *ROWS[:1], year="2026/27")
    (project.raw / "sources.toml").write_text(
        f'[[source]]\nname = "northfold"\npublisher = "Northfold Commissioner"\n'
        f'pages = ["{drive.as_uri()}"]\nevery_days = 0\n'
    )
    dry = CliRunner().invoke(main, ["update", "--dry-run"])
    assert dry.exit_code == 0
    assert "new: file:" in dry.output
    assert len(list(project.raw.rglob("*.docx"))) == 1
    done = CliRunner().invoke(main, ["update", "--jobs", "1", "--json"])
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.output)["watch"]["new"]) == 1
    (feed,) = (project.output / "changes").glob("feed.xml")
    assert "document added" in feed.read_text(encoding="utf-8")
    with closing(sqlite3.connect(project.database)) as connection:
        kinds = {row[0] for row in connection.execute("SELECT kind FROM changes")}
    assert "document added" in kinds
    again = CliRunner().invoke(main, ["update", "--jobs", "1"])
    assert again.exit_code == 0
    with closing(sqlite3.connect(project.database)) as connection:
        kept = {row[0] for row in connection.execute("SELECT kind FROM changes")}
    assert kept == kinds  # a run with nothing new does not make readers forget the last news


def test_a_version_that_its_publisher_replaced_is_kept_but_no_longer_counts(
    project: Project, monkeypatch: pytest.MonkeyPatch
):
    root = project.raw.parent
    monkeypatch.chdir(root)
    drive = root / "drive"
    (project.raw / "framework-2025-26.docx").unlink()
    (project.raw / "sources.toml").write_text(
        f'[[source]]\nname = "northfold"\npublisher = "Northfold Commissioner"\n'
        f'pages = ["{drive.as_uri()}"]\nevery_days = 0\n'
    )
    for pounds in ("12,000", "13,500"):
        framework(drive / "Commissioning Framework.docx", ("Helpline", "Northfold Aid", pounds))
        assert CliRunner().invoke(main, ["update", "--jobs", "1"]).exit_code == 0
    with closing(sqlite3.connect(project.database)) as connection:
        spending = connection.execute(
            "SELECT amount, is_current FROM spending ORDER BY amount"
        ).fetchall()
        history = connection.execute("SELECT amount FROM spending_history").fetchall()
        codes = {row[0] for row in connection.execute("SELECT code FROM issues")}
        changed = connection.execute(
            "SELECT before, after FROM changes WHERE kind = 'restated'"
        ).fetchall()
    assert spending == [(12_000, 0), (13_500, 1)]
    assert history == [(13_500,)]
    assert "superseded-version" in codes
    assert changed == [("£12,000", "£13,500")]


def test_a_fault_in_sources_toml_is_wrong_use(project: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(project.raw.parent)
    (project.raw / "sources.toml").write_text("[[source]]\nname = 'x'\n")
    result = CliRunner().invoke(main, ["watch"])
    assert result.exit_code == 2
    assert "'publisher' is missing" in result.output


def test_compare_is_a_gate_for_moved_figures(project: Project, tmp_path: Path):
    run(project, jobs=1)
    old = tmp_path / "old.db"
    old.write_bytes(project.database.read_bytes())
    same = CliRunner().invoke(main, ["compare", str(old), str(project.database), "--fail-if-moved"])
    assert same.exit_code == 0
    assert same.output.startswith("no difference")
    with closing(sqlite3.connect(project.database)) as connection, connection:
        connection.execute("UPDATE amount SET pence = pence + 1 WHERE position = 1")
    moved = CliRunner().invoke(
        main, ["compare", str(old), str(project.database), "--fail-if-moved"]
    )
    assert moved.exit_code == 1
    assert "figure moved" in moved.output.lower()


def test_runs_are_kept_from_one_database_to_the_next(project: Project):
    began = datetime.now(UTC)
    run(project, jobs=1)
    framework(project.raw / "second.docx", *ROWS, year="2026/27")
    run(project, jobs=1)
    with closing(sqlite3.connect(project.database)) as connection:
        rows = connection.execute(
            "SELECT started, documents_read, documents_unchanged FROM runs"
        ).fetchall()
    assert [row[1:] for row in rows] == [(1, 0), (1, 1)]
    assert rows[0][0] >= began.strftime("%Y-%m-%dT%H:%M:%S")
