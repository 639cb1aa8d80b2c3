"""Documents by the dozen: every seed is another mixture of house styles.

    python tests/practice/mixed.py FOLDER FIRST LAST

writes documents and truth for the seeds FIRST to LAST into FOLDER, for
`python benchmarks/practice.py --files FOLDER`. One table or one per theme; what differs is
everything else: rules, shading, type, heading words, forms of years and sums, where sections,
totals and units stand, blanks, notes, slips, and the printer.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pool import POOL
from press import chromium, libreoffice, weasyprint
from register import page, row
from truth import Truth

PLACES = [
    "Ambleford",
    "Birchmoor",
    "Cawdale",
    "Drakeford",
    "Elmsworth",
    "Foxholt",
    "Glenmere",
    "Hartsea",
    "Inchwick",
    "Jarrow-on-Sea",
    "Keldby",
    "Longmarsh",
]
KINDS = [
    "Police and Crime Commissioner",
    "Community Safety Partnership",
    "Violence Reduction Unit",
    "Borough Council",
    "Health and Justice Board",
    "Police, Fire and Crime Commissioner",
]
HEADINGS = {
    "service": [
        "Service",
        "Project",
        "Service name",
        "Scheme",
        "Name of service",
        "Initiative",
        "Project title",
        "Commissioned service",
        "Programme",
    ],
    "provider": [
        "Provider",
        "Organisation",
        "Delivered by",
        "Delivery organisation",
        "Recipient",
        "Supplier",
        "Awarded to",
        "Lead organisation",
        "Grant recipient",
    ],
    "provision": [
        "Description",
        "Purpose",
        "What is provided",
        "Details",
        "Summary",
        "Brief description of service",
        "Provision",
    ],
    "mechanism": ["How commissioned", "Funding mechanism", "Commissioning route", "Type of award"],
    "reach": ["Area", "Geographical reach", "Coverage", "Area covered", "District"],
}
YEARS = [
    lambda y: f"{y}/{(y + 1) % 100:02}", lambda y: f"{y}-{(y + 1) % 100:02}", lambda y: f"{y % 100:02}/{(y + 1) % 100:02}", lambda y: f"{y}/{y + 1}",
    lambda y: f"{y}–{(y + 1) % 100:02}", lambda y: f"FY{y % 100:02}/{(y + 1) % 100:02}", lambda y: f"{y} to {y + 1}",
]  # fmt: skip
SECTIONS = [
    "Victims",
    "Prevention",
    "Early intervention",
    "Reducing reoffending",
    "Safer places",
    "Serious violence",
    "Drugs and alcohol",
    "Supporting witnesses",
]
FONTS = [
    "Liberation Sans",
    "Liberation Serif",
    "Lato",
    "Noto Sans",
    "Noto Serif",
    "DejaVu Sans",
    "DejaVu Serif",
]
RULES = {
    "full": "td,th{border:1px solid #333}", "hair": "td,th{border:.4px solid #ccc}", "across": "td,th{border-bottom:.7px solid #555}",
    "book": "thead th,tbody tr:last-child td{border-bottom:1px solid #000} table{border-top:1px solid #000}", "none": "",
    "zebra": "tbody tr:nth-child(even) td{background:#eef1f6}", "bands": "thead th{background:#334e68;color:#fff} td{border-bottom:.5px solid #bcccdc}",
    "coloured": "td,th{border:1px solid #fff} thead th{background:#00695c;color:#fff} td{background:#e0f2f1}",
}  # fmt: skip


@dataclass
class Style:
    """What one seed chose."""

    dice: random.Random
    columns: list[str]
    years: list[int]
    unit: int
    sign: str
    pence: bool
    commas: bool
    section: str
    subtotal: str
    grand: str

    def money(self, value: float) -> str:
        if self.unit == 1_000_000:
            return f"{self.sign}{value / 1e6:.3f}"
        shown = value / self.unit
        text = f"{abs(shown):,.2f}" if self.pence else f"{abs(shown):,.0f}"
        text = self.sign + (text if self.commas else text.replace(",", ""))
        return f"({text})" if value < 0 else text


def mixed(seed: int) -> tuple[str, bytes, Truth]:
    """File name, document and truth of one seed."""
    dice = random.Random(seed)
    name = f"{dice.choice(PLACES)} {dice.choice(KINDS)}"
    start = dice.randrange(2012, 2025)
    years = list(range(start, start + dice.choice((1, 1, 2, 2, 3, 4))))
    optional = [c for c in ("provision", "mechanism", "reach") if dice.random() < 0.5]
    lead = ["service", "provider"] if dice.random() < 0.6 else ["provider", "service"]
    if dice.random() < 0.12:
        lead = [dice.choice(lead)]
    section = dice.choice(("none", "none", "banner", "banner", "joined", "first", "heading"))
    unit = dice.choice((1, 1, 1, 1, 1000, 1000, 1_000_000))
    style = Style(
        dice, [*lead, *optional], years, unit, "£" if dice.random() < 0.4 and unit == 1 else "", unit == 1 and dice.random() < 0.15,
        dice.random() < 0.9, section, dice.choice(("none", "Sub-total", "Total {}", "{} total", "Subtotal - {}")) if section != "none" else "none",
        dice.choice(("Total", "Grand total", "TOTAL", "Overall total", "Total commissioned", "")),
    )  # fmt: skip
    form = dice.choice(YEARS)
    subject = dice.choice(
        (
            "Commissioned services",
            "Grant allocations",
            "Commissioning budget",
            "Grants awarded",
            "Funding of partners",
        )
    )
    title = f"{subject} {form(years[0])}" + (f" to {form(years[-1])}" if len(years) > 1 else "")
    truth = Truth(title, name, [_year(y) for y in years])
    body, notes = _body(style, truth, form)
    word = {1000: dice.choice(("£000", "£000s", "£'000", "£k")), 1_000_000: "£m", 1: "£"}[unit]
    where = dice.choice(("heading", "title", "sentence")) if unit > 1 else "heading"
    head = _head(style, form, word if where == "heading" and not style.sign else "")
    intro = (
        f"All figures are in {'thousands' if unit == 1000 else 'millions'} of pounds."
        if where == "sentence"
        else dice.choice(
            (
                "",
                "The table shows what each service receives.",
                "Figures were agreed by the board on 14 March.",
            )
        )
    )
    shown_title = f"{title} ({word})" if where == "title" else title
    css = (
        RULES[dice.choice(list(RULES))]
        + f"body{{font:{dice.choice((8, 9, 10))}pt '{dice.choice(FONTS)}'}} table{{border-collapse:collapse;width:{dice.choice(('100%', '100%', 'auto'))}}} td,th{{padding:{dice.choice((1, 2, 4, 6))}px {dice.choice((3, 5, 8))}px;text-align:left;vertical-align:{dice.choice(('top', 'top', 'middle'))}}} .n{{text-align:{dice.choice(('right', 'right', 'right', 'center'))}}} th{{font-weight:{dice.choice(('bold', 'bold', 'normal'))}}} thead{{display:{dice.choice(('table-header-group', 'table-row-group'))}}} @page{{size:A4 {dice.choice(('portrait', 'landscape', 'landscape'))};margin:{dice.choice((12, 18))}mm}}"
    )
    tables = "".join(
        f"{above}<table><thead>{head}</thead><tbody>{inner}</tbody></table>"
        for above, inner in body
    )
    text = f"<h1>{name}</h1><h2>{shown_title}</h2><p>{intro}</p>{tables}" + "".join(
        f"<p>{note}</p>" for note in notes
    )
    printer = dice.choice((chromium, chromium, weasyprint, None))
    if printer is None:
        plain = page(
            text.replace(
                "<table>", "<table border=1 cellspacing=0 cellpadding=3 width=100%>"
            ).replace("class=n", "align=right"),
            f"body{{font-family:'{dice.choice(FONTS)}';font-size:9pt}}",
        )
        made = libreoffice(plain.encode(), "html")
    else:
        made = printer(page(text, css))
    return f"mixed-{seed:04}.pdf", made, truth


def _year(y: int) -> str:
    return f"{y}-{(y + 1) % 100:02}"


def _head(style: Style, form: Any, unit: str) -> str:
    dice = style.dice
    names = [dice.choice(HEADINGS[c]) for c in style.columns]
    if style.section in ("joined", "first"):
        names.insert(0, dice.choice(("Theme", "Priority theme", "Category", "Section")))
    if len(style.years) == 1 and dice.random() < 0.5:
        years = [
            f"{dice.choice(('Amount', 'Budget', 'Allocation', 'Award', 'Funding'))}{f' ({unit})' if unit else ''}"
        ]
    else:
        pattern = dice.choice(("{}", "{} budget", "Budget {}", "{} allocation"))
        years = [
            pattern.format(form(y))
            + (dice.choice((f" ({unit})", f" {unit}", f"<br>{unit}")) if unit else "")
            for y in style.years
        ]
    return row([*(f"<th>{n}</th>" for n in names), *(f"<th class=n>{y}</th>" for y in years)])


def _body(style: Style, truth: Truth, form: Any) -> tuple[list[tuple[str, str]], list[str]]:
    dice = style.dice
    count = dice.choice((6, 9, 12, 16, 26))
    chosen = dice.sample(POOL["services"], count)
    bodies = [
        dice.choice(POOL["providers"]) if "service" in style.columns else p
        for p in dice.sample(POOL["providers"], count)
    ]
    sections: list[str | None] = (
        [None] if style.section == "none" else list(dice.sample(SECTIONS, dice.choice((2, 3))))
    )
    width = len(style.columns) + (style.section in ("joined", "first"))
    made: list[tuple[str, str]] = []
    notes: list[str] = []
    inner, grand = "", [0.0] * len(style.years)
    slipped = dice.random() < 0.25
    for at, section in enumerate(sections):
        own = list(zip(chosen, bodies, strict=True))[
            at * count // len(sections) : (at + 1) * count // len(sections)
        ]
        if style.section == "banner":
            inner += row([f"<td colspan={width + len(style.years)}><b>{section}</b></td>"])
        whole = [0.0] * len(style.years)
        for i, ((service, what), provider) in enumerate(own):
            cells, amounts = [], {}
            for y, year in enumerate(style.years):
                value = float(
                    dice.randrange(2, 900) * 1000 if style.unit > 1 else dice.randrange(500, 250000)
                ) + (0.5 if style.pence and dice.random() < 0.3 else 0)
                printed, counted = style.money(value), value
                if len(style.years) > 1 and dice.random() < 0.08:
                    printed = dice.choice(("-", "–", "", "0", "n/a"))
                    value = 0.0 if printed == "0" else None  # type: ignore[assignment]
                    counted = 0.0
                whole[y] += counted
                note = None
                shown = printed
                if not notes and counted and dice.random() < 0.03:
                    note = "Subject to contract."
                    notes.append(f"* {note}")
                    shown += "*"
                cells.append(f"<td class=n>{shown}</td>")
                amounts[_year(year)] = (printed, value, note) if printed else None
            values = {
                "service": service,
                "provider": provider,
                "provision": what,
                "mechanism": dice.choice(POOL["mechanisms"]),
                "reach": dice.choice(POOL["reaches"]),
            }
            texts = [values[c] for c in style.columns]
            if style.section == "joined" and i == 0:
                texts.insert(0, f"<td rowspan={len(own)}>{section}</td>")
            elif style.section == "first":
                texts.insert(0, str(section) if i == 0 else "")
            inner += row([*texts, *cells])
            truth.line(None, amounts, section=section, **{c: values[c] for c in style.columns})
        grand = [a + b for a, b in zip(grand, whole, strict=True)]
        if style.subtotal != "none":
            slip = {}
            shown_whole = list(whole)
            if slipped and at == 0:
                off = (
                    dice.choice((-9, 10, 90, -100, 1000))
                    * (style.unit if style.unit < 10000 else 1000)
                    * (20 if style.unit > 1 else 1)
                )
                shown_whole[0] += off
                slip = {_year(style.years[0]): off}
            inner += _total(style, style.subtotal.format(section), shown_whole, width)
            truth.total(
                None,
                style.subtotal.format(section),
                {
                    _year(y): (style.money(v), v)
                    for y, v in zip(style.years, shown_whole, strict=True)
                },
                section,
                slip,
            )
        if style.section == "heading":
            made.append((f"<h3>{section}</h3>", inner))
            inner = ""
    if style.section != "heading":
        if style.grand:
            inner += _total(style, style.grand, grand, width)
            truth.total(
                None,
                style.grand,
                {_year(y): (style.money(v), v) for y, v in zip(style.years, grand, strict=True)},
            )
        made.append(("", inner))
    return made, notes


def _total(style: Style, label: str, whole: list[float], width: int) -> str:
    cells = [f"<td class=n><b>{style.money(v)}</b></td>" for v in whole]
    if style.dice.random() < 0.5:
        return row([f"<td colspan={width}><b>{label}</b></td>", *cells])
    return row([f"<b>{label}</b>", *[""] * (width - 1), *cells])


def main(folder: str, first: str, last: str) -> None:
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for seed in range(int(first), int(last) + 1):
        file, made, truth = mixed(seed)
        (out / file).write_bytes(made)
        text = json.dumps(truth.as_dict(file, held=False), indent=1, ensure_ascii=False)
        (out / f"{Path(file).stem}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
