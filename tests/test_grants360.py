"""Grants in the 360Giving standard: what it requires is there, what is not known is said."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.export import export
from pipeline.grants360 import grant, why_left_out, year_dates

# What the standard asks of a grant: field, and its type (facts of 360Giving's JSON schema, 1.x).
REQUIRED = {
    "id": str,
    "title": str,
    "description": str,
    "currency": str,
    "amountAwarded": (int, float),
    "awardDate": str,
    "recipientOrganization": list,
    "fundingOrganization": list,
}
DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])")
ROW: dict[str, Any] = {
    "amount_id": "a-t1-r2-c3",
    "amount": 5_000.0,
    "amount_printed": "£5,000",
    "service_printed": "Street pastors",
    "service": "Street pastors",
    "provision": None,
    "provider": "Night Watch",
    "provider_id": "night-watch",
    "company_number": None,
    "charity_number": None,
    "publisher": "PCC for Northfold",
    "reach": None,
    "reach_printed": None,
    "financial_year": "2021-22",
    "phase": "budget",
    "status": "proven",
    "document": "a.pdf",
    "page": 3,
}


def check(made: dict[str, Any]) -> None:
    for field, kind in REQUIRED.items():
        assert isinstance(made[field], kind), field
    assert made["currency"] == "GBP"
    assert len(made["title"]) <= 140
    assert DATE.fullmatch(made["awardDate"])
    for side in ("recipientOrganization", "fundingOrganization"):
        assert len(made[side]) == 1
        assert made[side][0]["id"] and made[side][0]["name"]


def test_a_grant_has_what_the_standard_requires_and_names_what_is_not_known() -> None:
    made = grant(ROW)
    check(made)
    assert made["awardDate"] == "2021-04-01"
    said = " ".join(made["spendtrail"]["notKnown"])
    assert "awardDate" in said and "recipientOrganization" in said


def test_a_known_charity_is_named_by_its_number() -> None:
    made = grant(ROW | {"charity_number": "1234567", "company_number": "01234567"})
    recipient = made["recipientOrganization"][0]
    assert recipient["id"] == "GB-CHC-1234567"
    assert recipient["companyNumber"] == "01234567"
    assert "recipientOrganization" not in " ".join(made["spendtrail"]["notKnown"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"amount": None}, "not known yet"),
        ({"phase": "proposed"}, "proposed, not awarded"),
        ({"provider": None}, "no recipient"),
        ({"provider": "Alpha; Beta"}, "several recipients"),
        ({"financial_year": None}, "no known year"),
    ],
)
def test_what_is_no_single_award_is_left_out_with_the_reason(
    change: dict[str, Any], reason: str
) -> None:
    assert reason in str(why_left_out(ROW | change))
    assert why_left_out(ROW) is None


def test_the_days_of_financial_years() -> None:
    assert year_dates("2017-18") == ("2017-04-01", "2018-03-31")
    assert year_dates("2022-25") == ("2022-04-01", "2025-03-31")
    assert year_dates("1999-00") == ("1999-04-01", "2000-03-31")


def test_every_grant_of_the_shipped_documents_is_written_or_left_out_with_a_reason(
    specimens: Path, tmp_path: Path
) -> None:
    import sqlite3

    export(specimens, tmp_path, ("360giving",))
    with sqlite3.connect(specimens) as db:
        ids = {
            row[0]
            for row in db.execute(
                "SELECT amount_id FROM spending WHERE mechanism = 'grant' AND is_current"
            )
        }
    grants = []
    if (tmp_path / "360giving.json").exists():
        grants = json.loads((tmp_path / "360giving.json").read_text(encoding="utf-8"))["grants"]
        with (tmp_path / "360giving.csv").open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        assert [row["Identifier"] for row in rows] == [one["id"] for one in grants]
    for one in grants:
        check(one)
    assert len({one["id"] for one in grants}) == len(grants)
    with (tmp_path / "360giving-left-out.csv").open(encoding="utf-8", newline="") as handle:
        left = list(csv.DictReader(handle))
    assert all(row["reason"] for row in left)
    assert {one["spendtrail"]["amountId"] for one in grants} | {r["amount_id"] for r in left} == ids
