"""Printed figures read as pence, and every liberty taken with them named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.amounts import (
    MILLION,
    POUND,
    THOUSAND,
    format_pounds,
    parse_amount,
    parse_unit,
)


@pytest.mark.parametrize(
    ("printed", "pence"),
    [
        ("307,849", 30_784_900),
        ("£ 3,000.00", 300_000),
        ("8,683.75", 868_375),
        ("£1114", 111_400),
        ("(1,234)", -123_400),
        ("£(1,234)", -123_400),
        ("-£5,000", -500_000),
        ("1,234 CR", -123_400),
        ("CR 500", -50_000),
        ("1,234-", -123_400),
        ("£1.5m", 150_000_000),
        ("£3.8 million", 380_000_000),
        ("45k", 4_500_000),
        ("£20,000 pa", 2_000_000),
        ("up to £5,000", 500_000),
        ("£5,000 - £10,000", 500_000),
        ("8-10k", 800_000),
        ("12 x £500", 600_000),
        ("£500 x 12", 600_000),
        ("£5,000 (part-funded)", 500_000),
        ("£32, 400", 3_240_000),
    ],
)
def test_a_printed_amount_is_worth_its_pence(printed: str, pence: int) -> None:
    read = parse_amount(printed)
    assert (read.kind, read.pence) == ("amount", pence)


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("", "absent"),
        ("n/a", "absent"),
        ("-", "absent"),
        ("–", "absent"),
        ("£-", "zero"),
        ("nil", "zero"),
        ("0", "zero"),
        ("£0.00", "zero"),
        ("TBC", "unknown"),
        ("###", "unknown"),
        ("to be confirmed", "unknown"),
        ("see column 3", "unknown"),
        ("part-funded", "unknown"),
        ("£1,000 and £2,000", "unknown"),
        ("31/03/2017", "not_money"),
        ("13-Dec-16", "not_money"),
        ("2017/18", "not_money"),
        ("SP3", "not_money"),
        ("12%", "not_money"),
        ("01623 555 555", "not_money"),
        ("118417/8", "not_money"),
        ("PLC - 09113787", "not_money"),
        ("24/7 Locks", "not_money"),
    ],
)
def test_what_is_no_figure_is_told_apart(printed: str, kind: str) -> None:
    assert parse_amount(printed).kind == kind


@pytest.mark.parametrize(
    ("printed", "pence", "flag"),
    [
        ("52 445", 5_244_500, "stray space in number"),
        ("1, 250", 125_000, "stray space in number"),
        ("12.500", 1_250_000, "full stop for a comma"),
        ("12,3456", 12_345_600, "odd grouping of digits"),
        ("up to £5,000", 500_000, "up to"),
        ("£20,000 p.a.", 2_000_000, "per year"),
        ("500 CR", -50_000, "credit"),
        ("c. £5,000", 500_000, "approximate"),
    ],
)
def test_a_liberty_taken_is_named(printed: str, pence: int, flag: str) -> None:
    read = parse_amount(printed)
    assert read.pence == pence
    assert flag in read.flags


@pytest.mark.parametrize(
    ("stated", "unit"),
    [
        ("2018/19 budget (£)", POUND),
        ("2016/17 funding (£m)", MILLION),
        ("(£ million)", MILLION),
        ("£000s", THOUSAND),
        ("£'000", THOUSAND),
        ("All figures in £000", THOUSAND),
        ("£k", THOUSAND),
        ("value", None),
        ("Grants of £5,000", None),
    ],
)
def test_a_unit_is_read_from_a_heading(stated: str, unit: int | None) -> None:
    assert parse_unit(stated) == unit


def test_the_unit_scales_bare_figures_but_not_those_with_their_own() -> None:
    assert parse_amount("1.995", MILLION).pence == 199_500_000
    assert parse_amount("1.995", MILLION).precision_pence == 100_000
    assert parse_amount("33.2", THOUSAND).pence == 3_320_000
    assert parse_amount("£1.2m", THOUSAND).pence == 120_000_000


@given(st.integers(min_value=-(10**13), max_value=10**13))
def test_what_is_formatted_reads_back(pence: int) -> None:
    assert parse_amount(format_pounds(pence)).pence == pence


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["({})", "-{}", "{} CR", "−£{}"]))
def test_every_style_of_minus_is_minus(pounds: int, style: str) -> None:
    assert parse_amount(style.format(f"{pounds:,}")).pence == -pounds * 100


@given(st.integers(min_value=1, max_value=10**9))
def test_a_comma_or_none_is_the_same_money(pounds: int) -> None:
    assert parse_amount(f"£{pounds:,}").pence == parse_amount(f"£{pounds}").pence == pounds * 100


def test_a_sum_with_another_product_behind_it_is_not_read() -> None:
    assert parse_amount("\u00a372,000 (3 \u00d7 \u00a325,000)").pence is None
