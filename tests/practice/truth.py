"""What a perfect reading of a practice document gives, in the shape the scorer reads.

An amount is (printed, pounds, note): `pounds` None where the print gives no figure (`TBC`,
a dash). A line has the fields the document prints and no others. A total carries the verdict
that its arithmetic deserves and, for a publisher's slip, printed minus computed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FIELDS = ("section", "service", "provider", "provision", "mechanism", "reach")


@dataclass
class Truth:
    """One document's truth, filled while the document is made."""

    title: str
    publisher: str
    years: list[str]
    lines: list[dict[str, Any]] = field(default_factory=list)
    totals: list[dict[str, Any]] = field(default_factory=list)
    optional: list[dict[str, Any]] = field(default_factory=list)

    def line(
        self,
        table: str | None,
        amounts: dict[Any, Any],
        unsure: tuple[str, ...] = (),
        **fields: str | None,
    ) -> None:
        """A budget line; `amounts` go by year, or by (year, phase) where phases are printed.

        `unsure` names fields that a fair reader could fill in more than one way.
        """
        unknown = set(fields) - set(FIELDS)
        if unknown:
            raise ValueError(f"no such field: {unknown}")
        kept = {name: fields[name] for name in FIELDS if fields.get(name)}
        row = {"table": table, **kept, "amounts": _amounts(amounts)}
        self.lines.append({**row, "unsure": list(unsure)} if unsure else row)

    def total(
        self,
        table: str | None,
        label: str | None,
        amounts: dict[Any, Any],
        section: str | None = None,
        slips: dict[Any, float] | None = None,
        verdict: str = "agrees",
    ) -> None:
        """A printed total; `slips` gives printed minus computed for the years that do not add up."""
        rows = _amounts(amounts)
        for row in rows:
            slip = (slips or {}).get(row["year"])
            row["verdict"] = "publisher" if slip else verdict
            if slip:
                row["difference"] = slip
        self.totals.append({"table": table, "label": label, "section": section, "amounts": rows})

    def also(self, year: str | None, value: float, why: str) -> None:
        """A figure that a reader may or may not give: neither is counted against it."""
        self.optional.append({"year": year, "value": value, "why": why})

    def as_dict(self, name: str, held: bool) -> dict[str, Any]:
        return {
            "document": {
                "file": name,
                "set": "held" if held else "tuned",
                "title": self.title,
                "publisher": self.publisher,
                "financial_years": self.years,
            },
            "budget_lines": self.lines,
            "printed_totals": self.totals,
            "optional": self.optional,
        }


def _amounts(amounts: dict[Any, Any]) -> list[dict[str, Any]]:
    rows = []
    for key, amount in amounts.items():
        if amount is None:
            continue
        year, phase = key if isinstance(key, tuple) else (key, None)
        printed, value, note = (
            (*amount, None)[:3] if isinstance(amount, tuple) else (amount, pounds(amount), None)
        )
        row: dict[str, Any] = {"year": year, "value": value, "printed": printed}
        if phase:
            row["phase"] = phase
        if note:
            row["note"] = note
        rows.append(row)
    return rows


def pounds(printed: str, unit: float = 1) -> float:
    """The value of a plainly printed sum; anything harder is given by the document's author."""
    bare = printed.replace("£", "").replace(",", "").strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = "-" + bare[1:-1]
    return round(float(bare) * unit, 2)


def commas(value: float, sign: str = "") -> str:
    """`12345` as `12,345`, pence only where there are any."""
    return f"{sign}{value:,.0f}" if value == int(value) else f"{sign}{value:,.2f}"
