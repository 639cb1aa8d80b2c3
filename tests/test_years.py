"""Printed years and phases, in the forms that publishers use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.years import (
    defined_years,
    parse_years,
    phase_for_year,
    phase_of,
    without_definitions,
    year_of,
    years_in,
)


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("2018/19", "2018-19"),
        ("18/19", "2018-19"),
        ("17/18 proposed costs (£)", "2017-18"),
        ("2019/2020", "2019-20"),
        ("FY19", "2018-19"),
        ("2018 to 2019", "2018-19"),
        ("2023-4", "2023-24"),
        ("2018-2021", "2018-21"),
        ("2022-25", "2022-25"),
        ("April 2017 – March 2018", "2017-18"),
        ("1 April 2017 to 31 March 2018", "2017-18"),
        ("Apr 17 - Mar 18", "2017-18"),
        ("April 2022 - March 2025", "2022-25"),
        ("year ended 31 March 2019", "2018-19"),
        ("January – December 2018", "2018"),
        ("2019", "2019"),
        ("2018/19 and 2019/20", "2018-20"),
        ("2022/23, 2023/24 and 2024/25", "2022-25"),
        ("2018/19 to 2020/21", "2018-21"),
        ("2018/19 and 2020/21", None),
        ("24/7 Locks", None),
        ("02/11/15", None),
        ("31/03/2017", None),
        ("£2,018", None),
        ("Year 1", None),
    ],
)
def test_a_year_is_read_as_printed(printed: str, year: str | None) -> None:
    assert year_of(printed) == year


def test_a_title_of_several_periods_names_no_single_year() -> None:
    title = "Commissioning budget 2018-2021 with revised figures for 2020-21"
    assert [m.year for m in parse_years(title)] == ["2018-21", "2020-21"]
    assert year_of(title) is None
    assert phase_for_year(title, "2020-21") == "revised"
    assert phase_for_year(title, "2019-20") is None


def test_numbered_years_follow_from_one_definition() -> None:
    defined = defined_years(["In this plan Year 1 is April 2022 to March 2023."])
    assert year_of("Year 1", defined) == "2022-23"
    assert year_of("Year 3 budget", defined) == "2024-25"
    assert year_of("Blwyddyn 2 (£)", defined) == "2023-24"
    assert defined_years(["The work begins in year 1."]) == {}
    for said in ("Year 1 in this paper is the financial year 2025/26 and Year 2 is 2026/27.",
                 "Year 1 of the new agreement is 2025/26."):  # fmt: skip
        assert year_of("Year 2", defined_years([said])) == "2026-27"


def test_what_year_one_was_is_no_year_that_a_text_speaks_of() -> None:
    said = "In the table, Year 1 was 2023-24; the Commissioner now confirms the payments."
    assert not parse_years(without_definitions(said))


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("Cyfanswm 2024/25 i 2026/27 Total 2024/25 to 2026/27", "2024-27"),
        ("2018/19 and 2019/20 2018/19 and 2019/20", "2018-20"),
        ("2018/19 to 2019/20, 2018/19", None),
    ],
)
def test_a_heading_in_two_languages_says_its_years_twice(heading: str, year: str | None) -> None:
    assert year_of(heading) == year


@pytest.mark.parametrize(
    ("words", "phase"),
    [
        ("17/18 proposed costs (£)", "proposed"),
        ("Indicative allocation", "indicative"),
        ("2018/19 budget (£)", "budget"),
        ("Revised budget", "revised"),
        ("Committed", "committed"),
        ("Actual spend", "outturn"),
        ("Amount requested", "requested"),
        ("2018/19", None),
    ],
)
def test_a_phase_is_read_from_words(words: str, phase: str | None) -> None:
    assert phase_of(words) == phase


@given(st.integers(2006, 2040), st.integers(1, 5), st.sampled_from(["{}/{}", "{}-{}", "{}–{}"]))
def test_any_printed_period_reads_back(first: int, years: int, style: str) -> None:
    label = f"{first}-{(first + years) % 100:02d}"
    assert year_of(style.format(first, f"{(first + years) % 100:02d}")) == label
    assert len(years_in(label)) == years


def test_numbered_years_from_one_to_another_are_one_period() -> None:
    defined = defined_years(["Year 1 is 2025/26."])
    assert year_of("One sum for Years 1 to 3", defined) == "2025-28"
    assert year_of("Years 2 and 3", defined) == "2026-28"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Theatre for Year 8 pupils", None),  # a class at school
        ("Year 6", "2030-31"),
        ("Year 1 – 2 posts", "2025-26"),
        ("Year 1 / 2 instalments", "2025-26"),
        ("Years 1–10", None),
        ("Years 3 to 1", None),
    ],
)
def test_a_number_behind_a_year_is_no_second_year(text: str, year: str | None) -> None:
    assert year_of(text, defined_years(["Year 1 is 2025/26."])) == year


def test_what_is_to_be_paid_was_not_paid() -> None:
    assert phase_of("Each is one sum and is paid against milestones") is None
    assert phase_of("Grants paid in the year") == "outturn"
