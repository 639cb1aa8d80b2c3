"""Open questions asked and answered, and what the next run makes of the answers."""

import csv
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from naming import make_database

from pipeline.cli import main
from pipeline.review import KINDS, read_questions


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    make_database(folder)
    return folder


@pytest.fixture
def project(fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(fresh, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(words: str, *what: str) -> str:
    result = CliRunner().invoke(main, ["review", *what], input=words)
    assert result.exit_code == 0, result.output
    return result.output


def decisions(project: Path, kind: str) -> list[dict[str, str]]:
    path = project / "normalizers" / "judgements" / f"{kind}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def services_of(project: Path) -> dict[str, str]:
    with sqlite3.connect(project / "output" / "spendtrail.db") as db:
        return dict(db.execute("SELECT line_id, service_id FROM service_link"))


def test_both_lines_stand_side_by_side_with_years_sums_receipts_and_reasons(project: Path) -> None:
    shown = answer("quit\n", "services")
    for words in (
        "£48,200 at stake",
        "“Child Sexual Exploitation (CSE) Return interview post”",
        "48200 (2017-18)",
        "Barnardo's (via Leicester City Council) · LLR",
        "commissioning-framework-2017-18.pdf",
        "“Missing co-ordinator”",
        "48200 (2018-19), 48200 (2019-20)",
        "+5.00  the same unusual sum: £48,200 in 2017-18 and again in 2018-19",
        "Are these two lines one service?",
    ):
        assert words in shown
    assert decisions(project, "services") == []


def test_the_most_money_comes_first(project: Path) -> None:
    judgements = project / "normalizers" / "judgements"
    questions = read_questions(project / "output" / "spendtrail.db", judgements, KINDS)
    stakes = [question.pence for question in questions]
    assert stakes == sorted(stakes, reverse=True)
    assert {question.kind for question in questions} == set(KINDS)


def test_a_yes_shows_at_the_next_run(project: Path) -> None:
    before = services_of(project)
    assert before["B17"] != before["C15"]
    answer("yes\n", "services")
    (row,) = decisions(project, "services")
    assert row["earlier_provider"] == "Barnardo's (via Leicester City Council)"
    assert (row["later_years"], row["decision"]) == ("2018-19; 2019-20", "yes")
    make_database(project)
    after = services_of(project)
    assert after["B17"] == after["C15"] == before["B17"]
    assert answer("", "services").count("nothing is open") == 1


def test_a_no_is_kept_and_not_asked_again(project: Path) -> None:
    answer("n\n", "services")
    assert [row["decision"] for row in decisions(project, "services")] == ["no"]
    assert "nothing is open" in answer("", "services")
    make_database(project)
    assert "nothing is open" in answer("", "services")
    assert services_of(project)["B17"] != services_of(project)["C15"]


def test_unsure_is_asked_again_after_all_others(project: Path) -> None:
    first = answer("u\nq\n").split("at stake")[0]
    again = answer("q\n")
    assert first.split("·")[1] != again.split("at stake")[0].split("·")[1] or "1 of 1" in again


def test_undo_takes_the_last_answer_back(project: Path) -> None:
    shown = answer("undo\nyes\nundo\nno\n", "services")
    assert "there is nothing to undo" in shown
    assert [row["decision"] for row in decisions(project, "services")] == ["yes", "undone", "no"]
    make_database(project)
    assert services_of(project)["B17"] != services_of(project)["C15"]


def test_one_yes_settles_all_candidates_of_a_name(project: Path) -> None:
    shown = answer("no\nyes\n" * 2, "providers")
    assert shown.count("the same as “Leicestershire County Council”") == 2
    make_database(project)
    with sqlite3.connect(project / "output" / "spendtrail.db") as db:
        found = db.execute(
            "SELECT DISTINCT provider, decided_by FROM provider_names "
            "WHERE printed LIKE 'Leicester County Council%'"
        ).fetchall()
    assert found == [("Leicestershire County Council", "person")]


def test_an_event_may_be_denied(project: Path) -> None:
    answer("no\nno\nno\n", "events")
    make_database(project)
    with sqlite3.connect(project / "output" / "spendtrail.db") as db:
        (undecided,) = db.execute(
            "SELECT count(*) FROM service_events WHERE decided_by = 'undecided'"
        ).fetchone()
    assert undecided == 0
    assert {row["decision"] for row in decisions(project, "events")} == {"no"}


def test_other_words_are_asked_for_again(project: Path) -> None:
    assert "please answer yes, no, unsure, undo or quit" in answer("maybe\nq\n", "services")


def test_the_end_of_the_input_ends_the_review(project: Path) -> None:
    answer("")
    assert decisions(project, "services") == []


def test_a_wrong_word_in_a_file_of_decisions_is_an_error_that_names_file_and_line(
    project: Path,
) -> None:
    answer("yes\n", "services")
    path = project / "normalizers" / "judgements" / "services.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",yes,", ",perhaps,"), encoding="utf-8"
    )
    result = CliRunner().invoke(main, ["review"])
    assert result.exit_code == 2
    assert "services.csv, line 2: decision 'perhaps'" in result.output


def test_without_a_database_the_command_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["review"])
    assert result.exit_code == 2
    assert "`spendtrail run` makes it" in result.output
