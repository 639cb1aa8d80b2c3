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
