"""Grant-funded lines in the 360Giving Data Standard, as JSON and CSV; what is not known is marked.

Budget documents do not print all that the standard asks for. What must be there and is not
printed (the award's date, identifiers of organisations) is filled by a stated rule and named in
`spendtrail.notKnown`; lines that are no single award to a single body (proposals, several or no
recipients, sums not known yet) are left out and listed with the reason. The standard: 360Giving
Data Standard 1.x, https://standard.threesixtygiving.org.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

from pipeline.export import safe_text
from pipeline.sightings import write_whole
from pipeline.stories import is_single

Row = dict[str, Any]
NOT_AWARDED = frozenset({"proposed", "requested", "indicative"})
MOST_TITLE = 140  # letters, by the standard
DATE_RULE = "awardDate: the document prints none; the first day of the financial year stands for it"
ID_RULE = "{}: no company or charity number is known; the identifier is Spendtrail's own"
CSV_COLUMNS = (
    "Identifier",
    "Title",
    "Description",
    "Currency",
    "Amount Awarded",
    "Award Date",
    "Planned Dates:Start Date",
    "Planned Dates:End Date",
    "Recipient Org:Identifier",
    "Recipient Org:Name",
    "Recipient Org:Charity Number",
    "Recipient Org:Company Number",
    "Funding Org:Identifier",
    "Funding Org:Name",
    "Beneficiary Location:Name",
    "Spendtrail:Not Known",
    "Spendtrail:Receipt",
    "Spendtrail:Status",
)
_SQL = """SELECT s.*, p.provider_id, p.company_number, p.charity_number
FROM spending s LEFT JOIN provider p ON p.name = s.provider
WHERE s.mechanism = 'grant' AND s.is_current
ORDER BY s.publisher, s.financial_year, s.amount_id"""


def write_grants(connection: sqlite3.Connection, folder: Path) -> list[Path]:
    """`360giving.json`, `360giving.csv`, and `360giving-left-out.csv` with the reasons.

    Where no line is a grant that the standard can hold, only the last is written.
    """
    found = connection.execute(_SQL)
    names = [entry[0] for entry in found.description]
    grants, left_out = [], []
    for values in found:
        row = dict(zip(names, values, strict=True))
        reason = why_left_out(row)
        if reason is None:
            grants.append(grant(row))
        else:
            left_out.append((row["amount_id"], row["service_printed"], row["provider"], reason))
    written = []
    if grants:
        package = {
            "version": "1.1",
            "title": "Grant-funded lines of published commissioning budgets",
            "description": "Read by Spendtrail from published documents. What they do not print "
            "is named in each grant under spendtrail.notKnown.",
            "grants": grants,
        }
        path = folder / "360giving.json"
        body = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
        write_whole(path, body.encode())
        written.append(path)
        rows = [_flat(one) for one in grants]
        written.append(_write_csv(folder / "360giving.csv", CSV_COLUMNS, rows))
    heads = ("amount_id", "service", "provider", "reason")
    written.append(_write_csv(folder / "360giving-left-out.csv", heads, left_out))
    return written


def _write_csv(path: Path, heads: tuple[str, ...], rows: list[Any]) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([safe_text(value) for value in row] for row in rows)
    write_whole(path, text.getvalue().encode())
    return path


def why_left_out(row: Row) -> str | None:
    """Why a grant-funded figure is no grant that the standard can hold; None where it is one."""
    if row["amount"] is None:
        return "the sum is not known yet"
    if row["phase"] in NOT_AWARDED:
        return f"{row['phase']}, not awarded"
    if not row["provider"]:
        return "no recipient is named"
    if "; " in row["provider"]:
        return "several recipients share one sum; what each received is not printed"
    if not row["financial_year"]:
        return "for no known year"
    return None


def grant(row: Row) -> Row:
    """A figure of the view `spending` as a grant; dates are the financial year's."""
    start, end = year_dates(row["financial_year"])
    recipient, known = _recipient(row)
    not_known = [DATE_RULE]
    if not known:
        not_known.append(ID_RULE.format("recipientOrganization"))
    not_known.append(ID_RULE.format("fundingOrganization"))
    name = row["service_printed"] or row["provision"] or row["service"] or "Grant"
    title = name if len(name) <= MOST_TITLE else f"{name[: MOST_TITLE - 1]}…"
    publisher = row["publisher"] or "Publisher not known"
    made: Row = {
        "id": f"360G-spendtrail-{row['amount_id']}",
        "title": title,
        "description": row["provision"] or name,
        "currency": "GBP",
        "amountAwarded": row["amount"],
        "awardDate": start,
        "plannedDates": [{"startDate": start, "endDate": end}],
        "recipientOrganization": [recipient],
        "fundingOrganization": [
            {"id": f"360G-spendtrail-org:{_plain(publisher)}", "name": publisher}
        ],
    }
    if row["reach"] or row["reach_printed"]:
        made["beneficiaryLocation"] = [
            {"name": place} for place in (row["reach"] or row["reach_printed"]).split("; ")
        ]
    made["spendtrail"] = {
        "amountId": row["amount_id"],
        "document": row["document"],
        "page": row["page"],
        "printed": row["amount_printed"],
        "phase": row["phase"],
        "status": row["status"],
        "notKnown": not_known,
    }
    return made


def _recipient(row: Row) -> tuple[Row, bool]:
    """The recipient, and whether its identifier is an official one."""
    made: Row = {"id": "", "name": row["provider"]}
    if row["company_number"]:
        made |= {"id": f"GB-COH-{row['company_number']}", "companyNumber": row["company_number"]}
    if row["charity_number"]:
        made |= {"id": f"GB-CHC-{row['charity_number']}", "charityNumber": row["charity_number"]}
    if made["id"]:
        return made, True
    made["id"] = f"360G-spendtrail-org:{row['provider_id'] or _plain(row['provider'])}"
    return made, False


def _plain(name: str) -> str:
    return "-".join("".join(c.lower() if c.isalnum() else " " for c in name).split())


def year_dates(year: str) -> tuple[str, str]:
    """First and last day of a financial year (1 April to 31 March), or of several: `2022-25`."""
    first = int(year[:4])
    last = first + 1 if is_single(year) else first - first % 100 + int(year[-2:])
    return f"{first}-04-01", f"{last}-03-31"


def _flat(one: Row) -> tuple[Any, ...]:
    recipient, funder = one["recipientOrganization"][0], one["fundingOrganization"][0]
    told = one["spendtrail"]
    page = f", page {told['page']}" if told["page"] else ""
    places = "; ".join(place["name"] for place in one.get("beneficiaryLocation", []))
    return (
        one["id"],
        one["title"],
        one["description"],
        one["currency"],
        one["amountAwarded"],
        one["awardDate"],
        one["plannedDates"][0]["startDate"],
        one["plannedDates"][0]["endDate"],
        recipient["id"],
        recipient["name"],
        recipient.get("charityNumber"),
        recipient.get("companyNumber"),
        funder["id"],
        funder["name"],
        places,
        "; ".join(told["notKnown"]),
        f"{told['document']}{page}, printed “{told['printed']}”",
        told["status"],
    )
