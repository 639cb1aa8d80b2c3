"""Medium-term plans, grant returns and precept reports, set by typst and WeasyPrint."""

from __future__ import annotations

from pool import projects, services, sums
from press import libreoffice, typst, weasyprint
from register import document, page, row
from truth import Truth, commas


def bracketed(value: float) -> str:
    return f"({abs(value):,.0f})" if value < 0 else f"{value:,.0f}"


@document("coldharbour-medium-term-plan.pdf")
def coldharbour() -> tuple[bytes, Truth]:
    """Five years, the last two indicative; CR for income; sub-totals without a label under a rule."""
    years = ["2022-23", "2023-24", "2024-25", "2025-26", "2026-27"]
    truth = Truth(
        "Medium term financial plan: commissioning",
        "Coldharbour Police, Fire and Crime Commissioner",
        years,
    )
    table = "Annex C: Commissioning budget 2022/23 to 2026/27"
    phases = ["budget", "budget", "budget", "indicative", "indicative"]
    lines, grand = [], [0] * 5
    plan = {
        "Victims": ["Support hub", "Advocacy", "Counselling"],
        "Community safety": ["District partnerships", "Road safety", "Youth diversion", "CCTV"],
        "Income": ["Ministry of Justice", "Partner contributions"],
    }
    at = 0
    for section, names in plan.items():
        lines.append(f"table.cell(colspan: 6)[*{section}*],")
        whole = [0] * 5
        for name in names:
            sign = -1 if section == "Income" else 1
            first = sums(3200 + at, 1, 40, 900)[0]
            money = [sign * round(first * (1.02**y)) for y in range(5)]
            if at == 4:
                money[3] = money[4] = 0
            whole = [a + b for a, b in zip(whole, money, strict=True)]
            shown = [f"{abs(v)} CR" if v < 0 else f"{v}" for v in money]
            lines.append("[" + "], [".join([name, *shown]) + "],")
            truth.line(
                table,
                {
                    (y, p): (c, v * 1000)
                    for y, p, c, v in zip(years, phases, shown, money, strict=True)
                },
                section=section,
                service=name,
            )
            at += 1
        grand = [a + b for a, b in zip(grand, whole, strict=True)]
        shown = [f"{abs(v):,} CR" if v < 0 else f"{v:,}" for v in whole]
        lines.append("table.hline(start: 1), [], " + ", ".join(f"[*{c}*]" for c in shown) + ",")
        truth.total(
            table,
            None,
            {(y, p): (c, v * 1000) for y, p, c, v in zip(years, phases, shown, whole, strict=True)},
            section,
        )
    shown = [f"{v:,}" for v in grand]
    lines.append("table.hline(), [*Net budget*], " + ", ".join(f"[*{c}*]" for c in shown) + ",")
    truth.total(
        table,
        "Net budget",
        {(y, p): (c, v * 1000) for y, p, c, v in zip(years, phases, shown, grand, strict=True)},
    )
    source = f"""#set page(paper: "a4", flipped: true, margin: 2cm)
#set text(font: "Lato", size: 10pt)
= Coldharbour Police, Fire and Crime Commissioner
== Medium term financial plan: commissioning
The figures for 2025/26 and 2026/27 are indicative and depend on the next spending review. Reserves stand at £4.2m.
=== {table}
#table(columns: (3fr, 1fr, 1fr, 1fr, 1fr, 1fr), stroke: none, align: (x, y) => if x == 0 {{ left }} else {{ right }},
table.hline(), [], [*2022/23*], [*2023/24*], [*2024/25*], [*2025/26*], [*2026/27*], [], [£000], [£000], [£000], [£000 \\ indicative], [£000 \\ indicative], table.hline(),
{chr(10).join(lines)}
table.hline())
#text(size: 7pt)[Practice document. All names and figures are invented.]
"""
    return typst(source), truth


@document("ravensea-year-forms.pdf", held=True)
def ravensea() -> tuple[bytes, Truth]:
    """Years as FY19, 2019/2020, 20-21, 2021 to 2022 in one header row."""
    years = ["2018-19", "2019-20", "2020-21", "2021-22"]
    truth = Truth("Five years of youth services", "Ravensea Community Safety Partnership", years)
    table = "Spending on youth services"
    body, whole = "", [0] * 4
    for i, (service, provider, *_) in enumerate(services(233, 9)):
        money = sums(3300 + i * 4, 4, 1000, 80000)
        whole = [a + b for a, b in zip(whole, money, strict=True)]
        body += row([service, provider, *[f"<td class=n>{v}</td>" for v in money]])
        truth.line(
            table,
            {y: (str(v), v) for y, v in zip(years, money, strict=True)},
            service=service,
            provider=provider,
        )
    body += row(["<b>All youth services</b>", "", *[f"<td class=n><b>{v}</b></td>" for v in whole]])
    truth.total(
        table, "All youth services", {y: (str(v), v) for y, v in zip(years, whole, strict=True)}
    )
    style = "@page{size:A4 landscape;margin:18mm} body{font:10pt 'DejaVu Serif'} table{border-collapse:collapse;width:100%} td,th{border:1px solid #bbb;padding:4px;text-align:left} .n{text-align:right}"
    head = row(
        ["Service", "Provider", "FY19<br>£", "2019/2020<br>£", "20-21<br>£", "2021 to 2022<br>£"],
        "th",
    )
    text = f"<h1>{truth.publisher}</h1><h2>{table}</h2><table>{head}{body}</table>"
    return weasyprint(page(text, style, table)), truth


@document("sedgeby-victims-grant-return.pdf")
def sedgeby() -> tuple[bytes, Truth]:
    """A grant return: one sum for three years, half-years by months, people supported, share of grant."""
    truth = Truth(
        "Victim and witness grant: return",
        "Sedgeby Police and Crime Commissioner",
        ["2022-23", "2022-25"],
    )
    table = "Section B: core grant and uplift"
    body, first, three = "", 0, 0
    rows = services(239, 11)
    money = sums(3400, 11, 9000, 210000, 10)
    for i, ((service, provider, *_), sum_) in enumerate(zip(rows, money, strict=True)):
        long = sum_ * 3 + (250 if i % 2 else 0)
        first, three = first + sum_, three + long
        body += row(
            [
                provider,
                service,
                f"<td class=n>{commas(sum_, '£')}</td>",
                f"<td class=n>{commas(long, '£')}</td>",
                f"<td class=n>{sum_ / sum(money):.1%}</td>",
                f"<td class=n>{(i + 3) * 37:,}</td>",
            ]
        )
        truth.line(
            table,
            {"2022-23": (commas(sum_, "£"), sum_), "2022-25": (commas(long, "£"), long)},
            provider=provider,
            service=service,
        )
    body += row(
        [
            "<b>Total</b>",
            "",
            f"<td class=n><b>{commas(first, '£')}</b></td>",
            f"<td class=n><b>{commas(three, '£')}</b></td>",
            "<td class=n><b>100.0%</b></td>",
            f"<td class=n><b>{sum((i + 3) * 37 for i in range(11)):,}</b></td>",
        ]
    )
    truth.total(
        table,
        "Total",
        {"2022-23": (commas(first, "£"), first), "2022-25": (commas(three, "£"), three)},
    )
    style = "@page{size:A4;margin:15mm} body{font:9.5pt 'Liberation Sans'} table{border-collapse:collapse;width:100%;font-size:8.5pt} td,th{border:.5pt solid #000;padding:3px;text-align:left} th{background:#ddd} .n{text-align:right}"
    head = row(
        [
            "Organisation",
            "Service funded",
            "Award April 2022 to March 2023",
            "Award for the three years April 2022 to March 2025",
            "% of grant",
            "Victims supported",
        ],
        "th",
    )
    text = f"<h1>{truth.publisher}</h1><h2>{truth.title}</h2><p>Period covered: 1 April 2022 to 31 March 2023.</p><h3>{table}</h3><table>{head}{body}</table>"
    return weasyprint(page(text, style, table)), truth


@document("underhill-up-to-and-ranges.pdf", held=True)
def underhill() -> tuple[bytes, Truth]:
    """`Up to`, ranges, products with their result, part-funded, a reference to another column."""
    truth = Truth("Small grants scheme 2021/22", "Underhill District Council", ["2021-22"])
    table = "Small grants 2021/22"
    cells: list[tuple[str, float | None]] = [
        ("up to £5,000", 5000),
        ("£2,400", 2400),
        ("£3,000 - £4,000", 3000),
        ("12 x £150 = £1,800", 1800),
        ("£7,250 (part-funded)", 7250),
        ("Included above", None),
        ("max. £1,500", 1500),
        ("£950", 950),
        ("c. £2,000", 2000),
        ("Declined", None),
    ]
    body = ""
    for (provider, name, what), (printed, value) in zip(projects(241, 10), cells, strict=True):
        body += row([provider, name, what, printed])
        truth.line(
            table, {"2021-22": (printed, value)}, provider=provider, service=name, provision=what
        )
    style = "@page{size:A4;margin:18mm} body{font:10pt 'Noto Sans'} table{border-collapse:collapse;width:100%;font-size:9pt} td,th{border:1px solid #d5d5d5;padding:5px;text-align:left;vertical-align:top}"
    text = f"<h1>{truth.publisher}</h1><h2>{table}</h2><table>{row(['Group', 'Project', 'What for', 'Grant'], 'th')}{body}</table>"
    return weasyprint(page(text, style, table)), truth


@document("ironbridge-precept-report.pdf", held=True)
def ironbridge() -> tuple[bytes, Truth]:
    """A precept report from Word: £'000 stated once above, last year's revised beside next year's budget, brackets."""
    truth = Truth(
        "Revenue budget and precept 2020/21: Appendix D",
        "Ironvale Police and Crime Panel",
        ["2019-20", "2020-21"],
    )
    table = "Appendix D – Office and commissioning budgets"
    body, grand = "", [0, 0]
    plan = {
        "Office of the Commissioner": ["Staffing", "Premises", "Audit fees", "Communications"],
        "Commissioning": [
            "Victims’ services",
            "Community safety grants",
            "Drug intervention",
            "Youth justice",
        ],
        "Funding": ["Ministry of Justice grant", "Reserves"],
    }
    at = 0
    for section, names in plan.items():
        body += f"<tr><td colspan=4><b>{section}</b></td></tr>"
        whole = [0, 0]
        for name in names:
            money = [v * (-1 if section == "Funding" else 1) for v in sums(3500 + at, 2, 15, 1400)]
            whole = [a + b for a, b in zip(whole, money, strict=True)]
            shown = [bracketed(v) for v in money]
            change = bracketed(money[1] - money[0])
            body += (
                f"<tr><td>{name}</td>"
                + "".join(f"<td align=right>{c}</td>" for c in (*shown, change))
                + "</tr>"
            )
            truth.line(
                table,
                {
                    ("2019-20", "revised"): (shown[0], money[0] * 1000),
                    ("2020-21", "budget"): (shown[1], money[1] * 1000),
                },
                section=section,
                service=name,
            )
            at += 1
        shown = [bracketed(v) for v in whole]
        body += (
            f"<tr><td><b>Total {section}</b></td>"
            + "".join(
                f"<td align=right><b>{c}</b></td>" for c in (*shown, bracketed(whole[1] - whole[0]))
            )
            + "</tr>"
        )
        truth.total(
            table,
            f"Total {section}",
            {
                ("2019-20", "revised"): (shown[0], whole[0] * 1000),
                ("2020-21", "budget"): (shown[1], whole[1] * 1000),
            },
            section,
        )
        grand = [a + b for a, b in zip(grand, whole, strict=True)]
    shown = [bracketed(v) for v in grand]
    wrong = bracketed(grand[1] + 90)
    body += (
        "<tr><td><b>Net expenditure</b></td>"
        + "".join(
            f"<td align=right><b>{c}</b></td>"
            for c in (shown[0], wrong, bracketed(grand[1] - grand[0]))
        )
        + "</tr>"
    )
    truth.total(
        table,
        "Net expenditure",
        {
            ("2019-20", "revised"): (shown[0], grand[0] * 1000),
            ("2020-21", "budget"): (wrong, (grand[1] + 90) * 1000),
        },
        None,
        {"2020-21": 90000},
    )
    text = f"""<h1>Ironvale Police and Crime Panel</h1><h2>Revenue budget and precept 2020/21</h2>
    <p>A Band D precept of £231.57 is proposed, a rise of £9.99 or 4.5%. All figures in the appendices are in thousands of pounds.</p>
    <h3>{table}</h3><table border=1 cellspacing=0 cellpadding=3 width=100%><tr><th></th><th>2019/20 Revised</th><th>2020/21 Budget</th><th>Change</th></tr>{body}</table>"""
    return libreoffice(
        page(text, "body{font-family:'Liberation Sans';font-size:11pt}").encode(), "html"
    ), truth


@document("vale-shares.pdf")
def vale() -> tuple[bytes, Truth]:
    """Coloured bands with white words as sections, no rules, no totals; budget beside spend to date; a wrong percentage."""
    truth = Truth("Mid-year monitor", "Vale of Arden Crime Reduction Board", ["2022-23"])
    table = "Position at 30 September 2022"
    body, at = "", 0
    for section, count in {"Tackling harm": 4, "Safer evenings": 3, "Second chances": 4}.items():
        body += f"<tr class=b><td colspan=5>{section}</td></tr>"
        for service, provider, *_ in services(251 + at, count):
            budget = sums(3600 + at, 1, 4000, 99000)[0]
            spent = round(budget * (0.38 + 0.02 * (at % 9)))
            percent = spent / budget + (0.1 if at == 5 else 0)
            body += row(
                [
                    service,
                    provider,
                    f"<td class=n>{commas(budget)}</td>",
                    f"<td class=n>{commas(spent)}</td>",
                    f"<td class=n>{percent:.0%}</td>",
                ]
            )
            truth.line(
                table,
                {
                    ("2022-23", "budget"): (commas(budget), budget),
                },
                section=section,
                service=service,
                provider=provider,
            )
            truth.also(
                "2022-23", spent, "what was spent by the middle of the year is no year's figure"
            )
            at += 1
    style = """@page{size:A4;margin:16mm} body{font:10pt Lato} table{border-collapse:collapse;width:100%;font-size:9.5pt} td,th{padding:5px 7px;text-align:left} .n{text-align:right}
    tr.b td{background:#a4133c;color:#fff;font-weight:bold;text-transform:uppercase}"""
    head = row(
        [
            "Service",
            "Provider",
            "<th class=n>Budget 2022/23 (£)</th>",
            "<th class=n>Spend to date (£)</th>",
            "<th class=n>% of budget</th>",
        ],
        "th",
    )
    text = f"<h1>{truth.publisher}</h1><h2>{truth.title}</h2><h3>{table}</h3><table>{head}{body}</table>"
    return weasyprint(page(text, style, table)), truth
