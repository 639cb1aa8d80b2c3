"""One service in one year: the figure that stands, what it replaced, and real terms."""

import random
import sqlite3
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from bench_lines import read_lines
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from naming import make_database, name

from normalizers.deflators import deflators, in_prices_of
from normalizers.model import BudgetLine
from normalizers.reference import ReferenceFault
from pipeline.cli import main
from pipeline.records import HistoryRow


def history(lines: list[BudgetLine], folder: Path) -> dict[tuple[str, str], HistoryRow]:
    rows = name(lines, folder).records.history
    return {(row.service_id.partition("/")[2], row.financial_year): row for row in rows}


def line(service: str, document: str, **years: int) -> BudgetLine:
    """A line of one service in one document: `y2019=100` is £100 for 2019-20."""
    base = read_lines()[21]
    amounts = tuple(
        replace(
            base.amounts[0],
            amount_id=f"{document}{service}{year}",
            financial_year=f"{year[1:]}-{(int(year[1:]) + 1) % 100:02}",
            pence=pounds * 100,
        )
        for year, pounds in years.items()
    )
    return replace(
        base,
        line_id=f"{document}{service}",
        document=document,
        service_printed=service,
        amounts=amounts,
    )


def test_a_later_document_s_figure_stands_and_says_what_it_replaced(tmp_path: Path) -> None:
    found = history(
        [
            line("Victim First", "a.pdf", y2019=100),
            line("Victim First", "b.pdf", y2019=90, y2020=95),
        ],
        tmp_path,
    )
    row = found["victim-first", "2019-20"]
    assert (row.pence, row.document) == (9_000, "b.pdf")
    assert row.restated == "replaces £100 (budget, a.pdf)"
    assert found["victim-first", "2020-21"].restated is None


def test_a_figure_said_again_replaces_nothing(tmp_path: Path) -> None:
    lines = [
        line("Victim First", "a.pdf", y2019=100),
        line("Victim First", "b.pdf", y2019=100, y2020=95),
    ]
    assert history(lines, tmp_path)["victim-first", "2019-20"].restated is None
    amounts = name(lines, tmp_path).records.amounts
    assert [row.is_current for row in amounts] == [False, True, True]


def test_an_outturn_beats_a_later_budget_and_a_budget_beats_a_later_proposal(
    tmp_path: Path,
) -> None:
    first = line("Victim First", "a.pdf", y2019=100)
    outturn = replace(first, amounts=(replace(first.amounts[0], phase="outturn"),))
    later = line("Victim First", "b.pdf", y2019=90, y2020=95)
    row = history([outturn, later], tmp_path)["victim-first", "2019-20"]
    assert (row.pence, row.phase) == (10_000, "outturn")
    proposal = replace(later, amounts=tuple(replace(a, phase="proposed") for a in later.amounts))
    row = history([first, proposal], tmp_path)["victim-first", "2019-20"]
    assert (row.pence, row.document) == (10_000, "a.pdf")


def test_columns_that_share_a_year_add_up(tmp_path: Path) -> None:
    """Quarters, or what each of two funders gives: no money of the line is left out."""
    one = line("Victim First", "a.pdf", y2019=100)
    half = replace(one.amounts[0], amount_id="second", pence=5_050, printed="50.50")
    lines = [replace(one, amounts=(*one.amounts, half))]
    row = history(lines, tmp_path)["victim-first", "2019-20"]
    assert (row.pence, row.restated) == (15_050, f"the sum of {one.amounts[0].printed} + 50.50")
    assert all(row.is_current for row in name(lines, tmp_path).records.amounts)


def test_nothing_is_summed_twice_where_services_merged(tmp_path: Path) -> None:
    """The whole's document states the year before as well, when the parts still stood alone."""
    lines = [
        replace(
            one,
            amounts=(
                replace(one.amounts[0], amount_id="prior", financial_year="2016-17"),
                *one.amounts,
            ),
        )
        if one.line_id == "B22"
        else one
        for one in read_lines()
    ]
    rows = name(lines, tmp_path).records.history
    year = [
        r for r in rows if r.financial_year == "2016-17" and "outh prevention" in r.service.lower()
    ]
    assert [row.pence for row in year] == [13_967_500]
    assert year[0].restated == (
        "stands for £72,150 (budget, partnerships-and-commissioning-2016.docx), "
        "£63,825 (budget, partnerships-and-commissioning-2016.docx), "
        "£3,700 (budget, partnerships-and-commissioning-2016.docx), which merged"
    )


def test_each_year_sums_to_what_its_document_prints(tmp_path: Path) -> None:
    rows = name(read_lines(), tmp_path).records.history
    printed = {
        "2016-17": 3_939_983,
        "2017-18": 4_668_359,
        "2018-19": 4_283_405,
        "2019-20": 4_316_550,
        "2020-21": 4_395_961,
    }
    sums = {
        year: sum(row.pence or 0 for row in rows if row.financial_year == year) for year in printed
    }
    # The lines of 2017-18 have pence, 4,668,358.75 together.
    assert {year: round(pence / 100) for year, pence in sums.items()} == printed


def test_a_service_keeps_its_id_and_takes_its_newest_name(tmp_path: Path) -> None:
    services = {row.service_id: row.name for row in name(read_lines(), tmp_path).records.services}
    assert services["pcc-leicestershire/anchor-centre"] == "Number 5"


def test_an_earlier_document_added_later_renames_nothing(tmp_path: Path) -> None:
    lines = read_lines()
    late = name([one for one in lines if one.line_id[0] in "BC"], tmp_path)
    late.keep_ids(tmp_path)
    whole = name(lines, tmp_path)
    before = {row.line_id: row.service_id for row in late.records.service_links}
    after = {row.line_id: row.service_id for row in whole.records.service_links}
    assert {line_id: after[line_id] for line_id in before} == before
    assert {row.provider_id for row in late.records.providers} <= {
        row.provider_id for row in whole.records.providers
    }
    whole.keep_ids(tmp_path)
    again = name(lines, tmp_path)
    assert again.service_ids == () and again.provider_ids == ()
    assert again.records == whole.records


@given(seed=st.integers(0, 10_000))
@settings(max_examples=3, deadline=None)
def test_ids_depend_neither_on_the_order_of_documents_nor_on_other_publishers(seed: int) -> None:
    nowhere = Path("no such folder")
    lines = read_lines()
    whole = name(lines, nowhere).records
    mixed = [*lines, *read_lines("other_lines.csv")]
    mixed = random.Random(seed).sample(mixed, len(mixed))
    found = name(mixed, nowhere).records
    ids = {row.line_id: row.service_id for row in found.service_links}
    assert {row.line_id: row.service_id for row in whole.service_links}.items() <= ids.items()
    assert {(row.provider_id, row.name) for row in whole.providers} <= {
        (row.provider_id, row.name) for row in found.providers
    }


def test_numbers_that_a_person_filled_in_stand_with_the_organisation(tmp_path: Path) -> None:
    name(read_lines(), tmp_path).keep_ids(tmp_path)
    path = tmp_path / "provider_ids.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(
            "turning-point,,Turning Point,,", "turning-point,,Turning Point,00793558,234887"
        ),
        encoding="utf-8",
    )
    (row,) = [
        r for r in name(read_lines(), tmp_path).records.providers if r.name == "Turning Point"
    ]
    assert (row.company_number, row.charity_number) == ("00793558", "234887")


def test_documents_of_unknown_publishers_are_not_compared(tmp_path: Path) -> None:
    lines = [
        replace(line("Victim First", "a.pdf", y2019=100), publisher=""),
        replace(line("Victim First", "b.pdf", y2020=100), publisher=""),
    ]
    links = name(lines, tmp_path).records.service_links
    assert len({row.service_id for row in links}) == 2


def test_the_history_is_printed_and_deflated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_database(tmp_path)
    monkeypatch.chdir(tmp_path)
    cash = CliRunner().invoke(main, ["history", "--service", "victim first"]).stdout.splitlines()
    assert cash[0].split("\t")[3:] == ["2016-17", "2017-18", "2018-19", "2019-20", "2020-21"]
    row = next(text for text in cash if text.startswith("Victim First\t"))
    assert row.split("\t")[3:] == ["634384.00", "307849.00", "573925.00", "543752.00", "558322.00"]
    real = CliRunner().invoke(main, ["history", "--real", "2020-21", "--service", "victim first"])
    row = next(text for text in real.stdout.splitlines() if text.startswith("Victim First\t"))
    index = deflators()
    expected = 634384 * index["2020-21"] / index["2016-17"]
    assert row.split("\t")[3] == f"{float(expected):.2f}"
    assert row.split("\t")[7] == "558322.00"
    assert "HM Treasury" in real.stderr


def test_a_year_without_a_deflator_is_an_error_that_says_which_there_are() -> None:
    with pytest.raises(ReferenceFault, match="no deflator for 2031-32; the table has 1999-00 to"):
        in_prices_of(100, "2020-21", "2031-32")
    assert in_prices_of(100, "2022-25", "2020-21") is None


def test_the_history_view_has_the_promised_columns(tmp_path: Path) -> None:
    with sqlite3.connect(make_database(tmp_path)) as db:
        columns = [c[0] for c in db.execute("SELECT * FROM spending_history").description]
    promised = [
        "service",
        "provider",
        "theme",
        "financial_year",
        "amount",
        "phase",
        "document",
        "restated",
    ]
    assert columns[:6] == promised[:6] and set(promised) <= set(columns)


YEARS = st.sampled_from(sorted(deflators()))


@given(pence=st.integers(0, 10**10), year=YEARS, base=YEARS)
def test_prices_of_the_same_year_are_unchanged_and_a_way_there_and_back_is_near(
    pence: int, year: str, base: str
) -> None:
    assert in_prices_of(pence, year, year) == pence
    there = in_prices_of(pence, year, base)
    assert there is not None
    back = in_prices_of(there, base, year)
    assert back is not None
    slack = Fraction(1, 2) * deflators()[year] / deflators()[base] + Fraction(1, 2)
    assert abs(back - pence) <= slack
