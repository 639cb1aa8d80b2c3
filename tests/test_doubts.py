"""What leaves a figure in doubt though its sum closes."""

from __future__ import annotations

import pytest

from extractors.budget import read_budget
from extractors.model import Table
from pipeline.doubts import with_doubts
from pipeline.meaning import interpret
from pipeline.setting import worth_of
from pipeline.sums import Judgement, judge
from tests.tables import document, table

ROWS = [
    ["Service", "Provider", "2019/20 £"],
    ["Youth club", "Xavier Trust", "5,000"],
    ["Mentors", "Ypsilon Ltd", "7,000"],
    ["Total", "", "12,000"],
]


def judged(printed: Table) -> Judgement:
    made = document(printed)
    budgets = [read_budget(t, worth_of(t, made)) for t in made.tables]
    meaning = interpret(made, budgets, "P")
    return with_doubts(judge(meaning, made, budgets), meaning, made)


def standing(
    rows: list[list[str]],
    certainty: float | None = None,
    title: str = "Commissioning budget 2019/20",
) -> list[tuple[str, str]]:
    judgement = judged(table(rows, title=title, certainty=certainty))
    return list(judgement.statuses.values())


def test_a_closing_sum_proves_a_figure_with_a_name_and_a_year() -> None:
    assert [status for status, _ in standing(ROWS)] == ["proven", "proven"]


@pytest.mark.parametrize("name", ["Audit (internal and", "Help for", "external)", "Trees &"])
def test_a_name_that_is_cut_leaves_its_figure_in_doubt(name: str) -> None:
    rows: list[list[str]] = [ROWS[0], [name, "Xavier Trust", "5,000"], *ROWS[2:]]
    (status, reason), (other, _) = standing(rows)
    assert (status, other) == ("unproven", "proven")
    assert name in reason


@pytest.mark.parametrize("name", ["Quayside Drop-in", "Sign-up", "Advice (all ages)"])
def test_names_that_end_in_a_small_word_by_right_are_not_doubted(name: str) -> None:
    rows: list[list[str]] = [ROWS[0], [name, "Xavier Trust", "5,000"], *ROWS[2:]]
    assert [status for status, _ in standing(rows)] == ["proven", "proven"]


def test_a_figure_without_a_year_is_not_proven() -> None:
    rows: list[list[str]] = [["Service", "Provider", "Budget £"], *ROWS[1:]]
    for status, reason in standing(rows, title="Commissioning budget"):
        assert status == "unproven"
        assert "no financial year" in reason


def test_a_table_whose_rows_could_hardly_be_told_proves_nothing() -> None:
    assert {status for status, _ in standing(ROWS, certainty=0.5)} == {"unproven"}
    assert {status for status, _ in standing(ROWS, certainty=0.9)} == {"proven"}


def test_figures_of_one_year_that_no_heading_tells_apart_are_doubted() -> None:
    rows: list[list[str]] = [
        ["Budgets for 2019/20", "", "", ""],
        ["Youth club", "5,000", "6,000", "7,000"],
        ["Mentors", "7,000", "1,000", "2,000"],
        ["Total", "12,000", "7,000", "9,000"],
    ]
    judgement = judged(table(rows, header_rows=0, title="Budgets for 2019/20"))
    statuses = {status for status, _ in judgement.statuses.values()}
    assert "proven" not in statuses
    assert "figure-doubtful" in {problem.code for problem in judgement.problems}


def test_a_figure_whose_heading_alone_names_no_year_is_doubted() -> None:
    rows = [["Service", "Provider", "Plan £", "Actual 2019/20 £", "Plan 2020/21 £"]]
    rows += [["Youth club", "Xavier Trust", "5,000", "5,100", "6,000"]]
    rows += [["Mentors", "Ypsilon Ltd", "7,000", "7,200", "8,000"]]
    rows += [["Total", "", "12,000", "12,300", "14,000"]]
    found = standing(rows)
    assert [status for status, _ in found] == ["unproven", "proven", "proven"] * 2
    assert "names no year, though others" in found[0][1]


def test_a_range_is_not_proven_by_a_sum_of_its_upper_end() -> None:
    rows = [*ROWS[:2], ["Mentors", "Ypsilon Ltd", "6,000–7,000"], ROWS[3]]
    found = standing(rows)
    assert [status for status, _ in found] == ["proven", "unproven"]
