"""Tables with rules or bands: frameworks, delivery plans, books with joined cells."""

from __future__ import annotations

from pool import services, sums
from press import chromium
from register import document, page, row
from truth import Truth, commas

RULED = """@page{size:A4 portrait;margin:18mm} body{font:10pt 'Liberation Sans'}
table{border-collapse:collapse;width:100%;font-size:8.5pt}
td,th{border:1px solid #444;padding:3px 4px;vertical-align:top;text-align:left}
thead{display:table-row-group} tr{page-break-inside:auto}
td.n{text-align:right;white-space:nowrap} th{background:#d9e2f3} .s td{background:#eee;font-weight:bold}
.t td{font-weight:bold}"""


@document("westmarch-framework-2021-24.pdf")
def westmarch() -> tuple[bytes, Truth]:
    """Ruled, three years, banners, header once over pages, rows cut; one transposed sub-total."""
    years = ["2021-22", "2022-23", "2023-24"]
    truth = Truth(
        "Commissioning Framework 2021-24", "Westmarch Police and Crime Commissioner", years
    )
    table = "Appendix B – Services commissioned 2021-24"
    rows = services(11, 27)
    grand = [0, 0, 0]
    body = []
    for at, section in enumerate(
        ("VICTIMS AND WITNESSES", "PREVENTION & EARLY HELP", "REDUCING RE-OFFENDING")
    ):
        body.append(row([f"<td colspan=8>{section}</td>"], class_="s"))
        whole = [0, 0, 0]
        for i, (service, provider, what, how, where) in enumerate(rows[at * 9 : at * 9 + 9]):
            first = sums(100 + at * 20 + i, 1, 4000, 260000)[0]
            money = [first, round(first * 1.02), round(first * 1.02) + (at - 1) * 250]
            star = at == 1 and i == 3
            ended = at == 2 and i == 5
            printed = [commas(v) for v in money]
            amounts = {y: (p, v) for y, p, v in zip(years, printed, money, strict=True)}
            cells = list(printed)
            if star:
                cells[2] += "*"
                note = "Subject to the outcome of the joint review with the health board."
                amounts["2023-24"] = (printed[2], money[2], note)
            if ended:
                cells[1] = cells[2] = ""
                money[1] = money[2] = 0
                amounts = {"2021-22": (printed[0], money[0])}
            whole = [a + b for a, b in zip(whole, money, strict=True)]
            body.append(
                row(
                    [service, provider, what, how, *[f"<td class=n>{c}</td>" for c in cells], where]
                )
            )
            truth.line(
                table,
                amounts,
                section=section,
                service=service,
                provider=provider,
                provision=what,
                mechanism=how,
                reach=where,
            )
        shown, slips = list(whole), {}
        if at == 1:
            digits = list(str(whole[1]))
            digits[-3], digits[-2] = digits[-2], digits[-3]
            shown[1] = int("".join(digits))
            slips = {"2022-23": shown[1] - whole[1]}
        grand = [a + b for a, b in zip(grand, whole, strict=True)]
        label = f"{section.title()} sub-total"
        body.append(
            row(
                [
                    f"<td colspan=4>{label}</td>",
                    *[f"<td class=n>{commas(v)}</td>" for v in shown],
                    "",
                ],
                class_="t",
            )
        )
        truth.total(
            table, label, {y: commas(v) for y, v in zip(years, shown, strict=True)}, section, slips
        )
    body.append(
        row(
            [
                "<td colspan=4>GRAND TOTAL</td>",
                *[f"<td class=n>{commas(v)}</td>" for v in grand],
                "",
            ],
            class_="t",
        )
    )
    truth.total(table, "GRAND TOTAL", {y: commas(v) for y, v in zip(years, grand, strict=True)})
    head = row(
        [
            "Service",
            "Provider",
            "What is provided",
            "How commissioned",
            "2021/22 (£)",
            "2022/23 (£)",
            "2023/24 (£)",
            "Area",
        ],
        "th",
    )
    text = f"""<h1>Westmarch Police and Crime Commissioner</h1><h2>Commissioning Framework 2021-24</h2>
    <p>1.1 The Commissioner spends some {commas(grand[0] / 1e6)[:4]} million pounds each year on services for the people of
    Westmarch. This appendix sets out each service and what it receives.</p><h3>{table}</h3>
    <table><thead>{head}</thead>{"".join(body)}</table>
    <p style='font-size:8pt'>* Subject to the outcome of the joint review with the health board.</p>"""
    return chromium(page(text, RULED, "Commissioning Framework")), truth


@document("eastmere-vru-delivery-plan.pdf")
def eastmere() -> tuple[bytes, Truth]:
    """Zebra without rules, theme as a joined first column, £000s, Year 1-3 defined in the text."""
    years = ["2022-23", "2023-24", "2024-25"]
    truth = Truth("Response Strategy and Delivery Plan", "Eastmere Violence Reduction Unit", years)
    table = "Table 4: Programme budget (£000s)"
    themes = {"Early intervention": 4, "Place and community": 3, "Critical moments": 4}
    rows = services(23, sum(themes.values()))
    body, grand, at = [], [0.0, 0.0, 0.0], 0
    for theme, count in themes.items():
        for i in range(count):
            service, provider, what, _, _ = rows[at]
            money = [
                sums(300 + at * 3 + y, 1, 12, 320)[0] + (0.5 if (at + y) % 4 == 0 else 0)
                for y in range(3)
            ]
            cells = [f"{v:,.1f}" for v in money]
            grand = [a + b for a, b in zip(grand, money, strict=True)]
            lead = [f"<td rowspan={count} class=h>{theme}</td>"] if i == 0 else []
            body.append(
                row(
                    [
                        *lead,
                        f"<td><b>{service}</b></td>",
                        what,
                        provider,
                        *[f"<td class=n>{c}</td>" for c in cells],
                        f"<td class=n>{sum(money):,.1f}</td>",
                    ],
                    class_="z" if at % 2 else "y",
                )
            )
            truth.line(
                table,
                {y: (c, v * 1000) for y, c, v in zip(years, cells, money, strict=True)},
                section=theme,
                service=service,
                provider=provider,
                provision=what,
            )
            at += 1
    body.append(
        row(
            [
                "<td colspan=4>Total programme</td>",
                *[f"<td class=n>{v:,.1f}</td>" for v in grand],
                f"<td class=n>{sum(grand):,.1f}</td>",
            ],
            class_="t",
        )
    )
    truth.total(
        table,
        "Total programme",
        {y: (f"{v:,.1f}", v * 1000) for y, v in zip(years, grand, strict=True)},
    )
    head = row(
        [
            "Theme",
            "Intervention",
            "Description",
            "Delivery partner",
            "Year 1",
            "Year 2",
            "Year 3",
            "Total",
        ],
        "th",
    )
    style = """@page{size:A4 landscape;margin:14mm} body{font:9.5pt Lato} table{border-collapse:collapse;width:100%;font-size:9pt}
    td,th{padding:5px 6px;vertical-align:middle;text-align:left} th{background:#4b2e83;color:#fff}
    .z td{background:#efeaf6} td.h{background:#fff!important;font-weight:bold;color:#4b2e83} td.n{text-align:right} .t td{font-weight:bold;background:#d8cfe8}"""
    text = f"""<h1>Eastmere Violence Reduction Unit</h1><h2>Response Strategy and Delivery Plan</h2>
    <p>The Home Office has confirmed a three-year settlement. In this plan Year 1 is 2022/23, Year 2 is 2023/24 and
    Year 3 is 2024/25. We reached 3,412 young people last year and trained 1,150 professionals.</p>
    <h3>{table}</h3><table>{head}{"".join(body)}</table>"""
    return chromium(page(text, style, "Delivery Plan")), truth


@document("larkshire-totals-first.pdf")
def larkshire() -> tuple[bytes, Truth]:
    """Hairlines; each section's total stands before its lines; £m with decimals; rounding in one."""
    truth = Truth(
        "Community safety investment 2024/25",
        "Larkshire Combined Authority",
        ["2023-24", "2024-25"],
    )
    table = "Community safety investment"
    body, drawn, grand = [], services(151, 11), [0.0, 0.0]
    plan = {"Supporting victims": 4, "Diverting young people": 4, "Safer public spaces": 3}
    at, blocks = 0, []
    for section, count in plan.items():
        inner, whole = [], [0.0, 0.0]
        for _ in range(count):
            service, provider, *_ = drawn[at]
            money = [v / 1000 for v in sums(2300 + at, 2, 30, 1900)]
            whole = [a + b for a, b in zip(whole, money, strict=True)]
            cells = [f"{v:.3f}" for v in money]
            inner.append(row([service, provider, *[f"<td class=n>{c}</td>" for c in cells]]))
            truth.line(
                table,
                {
                    "2023-24": (cells[0], round(money[0] * 1e6)),
                    "2024-25": (cells[1], round(money[1] * 1e6)),
                },
                section=section,
                service=service,
                provider=provider,
            )
            at += 1
        cells = [f"{v:.3f}" for v in whole]
        truth.total(
            table,
            section,
            {
                "2023-24": (cells[0], round(whole[0] * 1e6)),
                "2024-25": (cells[1], round(whole[1] * 1e6)),
            },
            section,
        )
        grand = [a + b for a, b in zip(grand, whole, strict=True)]
        blocks.append(
            row(
                [f"<td colspan=2>{section}</td>", *[f"<td class=n>{c}</td>" for c in cells]],
                class_="t",
            )
            + "".join(inner)
        )
    cells = [f"{v:.3f}" for v in grand]
    body.append(
        row(
            ["<td colspan=2>All community safety</td>", *[f"<td class=n>{c}</td>" for c in cells]],
            class_="t",
        )
    )
    truth.total(
        table,
        "All community safety",
        {
            "2023-24": (cells[0], round(grand[0] * 1e6)),
            "2024-25": (cells[1], round(grand[1] * 1e6)),
        },
    )
    head = row(
        [
            "Programme",
            "Delivered by",
            "<th class=n>2023/24<br>£m</th>",
            "<th class=n>2024/25<br>£m</th>",
        ],
        "th",
    )
    style = """@page{size:A4;margin:20mm} body{font:10pt 'DejaVu Sans'} table{border-collapse:collapse;width:100%;font-size:9pt}
    td,th{border-bottom:.4px solid #ccc;padding:4px;text-align:left} .n{text-align:right} .t td{font-weight:bold} th{color:#00558c}"""
    text = f"<h1>Larkshire Combined Authority</h1><h2>{table}</h2><table>{head}{''.join(body)}{''.join(blocks)}</table>"
    return chromium(page(text, style, table)), truth


@document("kingsbarrow-grants-and-contracts.pdf", held=True)
def kingsbarrow() -> tuple[bytes, Truth]:
    """Two tables side by side, each with its own total; one total is out by ten pounds."""
    truth = Truth("Money out 2020/21", "Kingsbarrow Police and Crime Commissioner", ["2020-21"])
    halves = ""
    for half, (title, count) in enumerate((("Grants 2020/21", 9), ("Contracts 2020/21", 7))):
        whole, inner = 0, ""
        for i, (service, provider, *_) in enumerate(services(163 + half, count)):
            sum_ = sums(2400 + half * 40 + i, 1, 2500, 99000)[0]
            whole += sum_
            inner += row([provider, service, f"<td class=n>{commas(sum_)}</td>"])
            truth.line(title, {"2020-21": (commas(sum_), sum_)}, service=service, provider=provider)
        shown = whole + (10 if half else 0)
        inner += row(["<b>Total</b>", "", f"<td class=n><b>{commas(shown)}</b></td>"])
        truth.total(
            title,
            "Total",
            {"2020-21": (commas(shown), shown)},
            None,
            {"2020-21": 10} if half else {},
        )
        truth.totals[-1]["scope"] = title
        halves += f"<div><h3>{title}</h3><table>{row(['Organisation', 'For', '£'], 'th')}{inner}</table></div>"
    style = """@page{size:A4 landscape;margin:14mm} body{font:9.5pt 'Liberation Serif'} .g{display:grid;grid-template-columns:1fr 1fr;gap:24px}
    table{border-collapse:collapse;width:100%;font-size:9pt} td,th{border:1px solid #999;padding:3px;text-align:left} .n{text-align:right}"""
    text = f"<h1>Kingsbarrow Police and Crime Commissioner</h1><h2>Money out 2020/21</h2><div class=g>{halves}</div>"
    return chromium(page(text, style, "Money out")), truth


@document("redgate-themes-and-summary.pdf")
def redgate() -> tuple[bytes, Truth]:
    """A heading above each table, the year in captions only, no table totals; then a summary by theme."""
    truth = Truth(
        "Annual report 2018/19: appendix 3", "Redgate Police and Crime Commissioner", ["2018-19"]
    )
    drawn, at, text, summary, grand = services(179, 13), 0, "", "", 0
    for theme, count in {
        "Theme 1: Protecting vulnerable people": 5,
        "Theme 2: Preventing crime": 4,
        "Theme 3: Modern policing": 4,
    }.items():
        inner, whole = "", 0
        caption = f"Grants paid during the financial year 2018/19 – {theme.split(':')[0]}"
        for _ in range(count):
            service, provider, what, *_ = drawn[at]
            sum_ = sums(2500 + at, 1, 1500, 64000)[0]
            whole += sum_
            inner += row(
                [
                    provider,
                    f"{service} – {what[0].lower() + what[1:]}",
                    f"<td class=n>{commas(sum_, '£')}</td>",
                ]
            )
            truth.line(
                caption,
                {"2018-19": (commas(sum_, "£"), sum_)},
                unsure=("service", "provision"),
                section=theme,
                provider=provider,
                service=service,
                provision=what,
            )
            at += 1
        grand += whole
        summary += row([theme, f"<td class=n>{commas(whole, '£')}</td>"])
        truth.also(
            "2018-19",
            whole,
            "a row of the summary by theme is a sum of lines; as a total it is welcome",
        )
        text += f"<h3>{theme}</h3><table><caption>{caption}</caption>{row(['Recipient', 'Purpose of grant', 'Paid'], 'th')}{inner}</table>"
    summary += row(["Total", f"<td class=n>{commas(grand, '£')}</td>"], class_="t")
    style = """@page{size:A4;margin:18mm} body{font:10pt 'Noto Serif'} table{border-collapse:collapse;width:100%;font-size:9pt;margin-bottom:8px}
    caption{text-align:left;font-style:italic} th{background:#1d3557;color:#fff} td,th{padding:4px;text-align:left} tr:nth-child(odd) td{background:#f1f3f7} .n{text-align:right} .t td{font-weight:bold}"""
    text = f"<h1>Redgate Police and Crime Commissioner</h1><h2>Appendix 3: what was paid</h2>{text}<h3>Summary by theme</h3><table>{row(['Theme', 'Paid'], 'th')}{summary}</table>"
    return chromium(page(text, style, "Appendix 3")), truth


@document("ferrybank-names.pdf")
def ferrybank() -> tuple[bytes, Truth]:
    """Names like years, sums and totals; amounts in the narrative column; head counts and ages."""
    truth = Truth(
        "Commissioned services 2022-23", "Ferrybank Police and Crime Commissioner", ["2022-23"]
    )
    table = "Table 7 – Services commissioned in 2022-23"
    lines = [
        (
            "Total Respect",
            "2020 Vision CIC",
            "Healthy relationships for 1,250 pupils. In 2021-22 the grant was £18,500.",
            "19,250",
            19250,
        ),
        (
            "Project 360",
            "24/7 Locks Ltd",
            "Locks for 360 homes at £85 each, £30,600 in all, of which £5,100 from councils",
            "25,500",
            25500,
        ),
        ("Summary Justice Support", "Total Families", "Court support, 9am to 5pm", "41,000", 41000),
        (
            "Under 18s Hub",
            "The Sub-Total Theatre Company",
            "12 sessions for ages 11-17",
            "7,800",
            7800,
        ),
        (
            "Year 2 Transition",
            "Millennium 2000 Trust",
            "Work in 14 primary schools; matched by £4,000 from the Lottery",
            "6,400",
            6400,
        ),
        (
            "Million Hours",
            "Half Moon Youth",
            "Volunteering drive; target 10,000 hours",
            "3,999.50",
            3999.5,
        ),
        (
            "Tier 3 Therapy",
            "Balance Counselling",
            "Up to 20 sessions per client; waiting list 45",
            "112,345",
            112345,
        ),
    ]
    whole = sum(line[4] for line in lines)
    body = "".join(row([a, b, c, f"<td class=n>{d}</td>"]) for a, b, c, d, _ in lines)
    for service, provider, what, printed, value in lines:
        truth.line(
            table, {"2022-23": (printed, value)}, service=service, provider=provider, provision=what
        )
    body += row(["<td colspan=3>Total</td>", f"<td class=n>{commas(whole)}</td>"], class_="t")
    truth.total(table, "Total", {"2022-23": (commas(whole), whole)})
    text = f"""<h1>Ferrybank Police and Crime Commissioner</h1><h2>Commissioned services 2022-23</h2>
    <h3>{table}</h3><table>{row(["Service", "Provider", "What it does", "Amount (£)"], "th")}{body}</table>"""
    return chromium(page(text, RULED, table)), truth
