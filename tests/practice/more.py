"""More of the hard kinds, in other hands: halves, registers, slides, ranges, scans, press."""

from __future__ import annotations

import random

from docx import Document as new
from pool import projects, services, sums
from press import chromium, libreoffice, scan, typst, weasyprint
from register import document, page, row
from sheets import bracketed, sheet
from truth import Truth, commas
from word import saved


@document("harwick-two-funds.pdf")
def harwick() -> tuple[bytes, Truth]:
    """Two funds side by side without vertical rules; the right one is longer and wraps."""
    truth = Truth("Fund awards 2019/20", "Harwick Community Safety Partnership", ["2019-20"])
    halves = []
    for half, (title, count) in enumerate(
        (("Crime Prevention Fund 2019/20", 6), ("Youth Fund 2019/20", 10))
    ):
        cells, whole = "", 0
        for i, (body, name, _) in enumerate(projects(401 + half, count)):
            sum_ = sums(5000 + half * 30 + i, 1, 400, 9900, 10)[0]
            whole += sum_
            cells += f"[{body}], [{name}], [{commas(sum_, '£')}],\n"
            truth.line(title, {"2019-20": (commas(sum_, "£"), sum_)}, provider=body, service=name)
        cells += f"table.hline(), [*Total*], [], [*{commas(whole, '£')}*],"
        # Each total is of its own fund: none is that of the document.
        truth.total(title, "Total", {"2019-20": (commas(whole, "£"), whole)}, section=title)
        truth.totals[-1]["scope"] = title
        halves.append(
            f"[=== {title}\n#table(columns: (2fr, 1.6fr, auto), stroke: none, align: (left, left, right), table.hline(), [*Group*], [*Project*], [*Award*], table.hline(),\n{cells}\ntable.hline())]"
        )
    source = f"""#set page(paper: "a4", flipped: true, margin: 1.5cm)
#set text(font: "Liberation Sans", size: 9pt)
= {truth.publisher}
== {truth.title}
#grid(columns: (1fr, 1fr), gutter: 1.2cm, {halves[0]}, {halves[1]})
#text(size: 7pt)[Practice document. All names and figures are invented.]
"""
    return typst(source), truth


@document("tolland-contract-list.pdf")
def tolland() -> tuple[bytes, Truth]:
    """A list of contracts over pages in zebra, the header once; dates, lots, an extension option."""
    truth = Truth(
        "Contracts over £5,000: 2022/23", "Tolland Police and Crime Commissioner", ["2022-23"]
    )
    dice = random.Random(41)
    body, whole = "", 0.0
    for i, (service, provider, what, how, _) in enumerate([*services(409, 34), *services(419, 18)]):
        sum_ = sums(5100 + i, 1, 5000, 480000)[0] + (0.25 if i % 9 == 2 else 0)
        shown = f"£{sum_:,.2f}"
        whole += sum_
        body += row(
            [
                f"T{dice.randrange(100, 999)}/22",
                f"{service}",
                what,
                provider,
                how,
                f"{dice.randrange(1, 28)} Apr 2022",
                f"31 Mar {dice.choice(('2023', '2024', '2025'))}",
                "Yes" if i % 3 else "No",
                f"<td class=n>{shown}</td>",
            ]
        )
        truth.line(
            None,
            {"2022-23": (shown, sum_)},
            service=service,
            provision=what,
            provider=provider,
            mechanism=how,
        )
    body += row(
        ["", "<b>Total</b>", "", "", "", "", "", "", f"<td class=n><b>£{whole:,.2f}</b></td>"]
    )
    truth.total(None, "Total", {"2022-23": (f"£{whole:,.2f}", round(whole, 2))})
    head = row(
        [
            "Reference",
            "Contract",
            "Description",
            "Supplier",
            "Procurement route",
            "Start date",
            "End date",
            "Option to extend",
            "<th class=n>Value 2022/23</th>",
        ],
        "th",
    )
    style = "@page{size:A4 landscape;margin:12mm} body{font:9pt 'Noto Sans'} table{border-collapse:collapse;width:100%;font-size:8pt} td,th{padding:3px 5px;text-align:left;vertical-align:middle} tr:nth-child(even) td{background:#eef2f5} .n{text-align:right}"
    return weasyprint(
        page(f"<h1>{truth.publisher}</h1><h2>{truth.title}</h2><table>{head}{body}</table>", style)
    ), truth


@document("ladywell-nested.docx")
def ladywell() -> tuple[bytes, Truth]:
    """Themes as rows; beside each a nested table of services with two years and a total."""
    years = ["2021-22", "2022-23"]
    truth = Truth("Theme budgets", "Ladywell Police and Crime Commissioner", years)
    file = new()
    file.core_properties.author = "Practice"
    file.add_heading(truth.publisher, 0)
    file.add_heading("Theme budgets 2021-23", 1)
    grid = file.add_table(rows=1, cols=3, style="Table Grid")
    for cell, text in zip(grid.rows[0].cells, ("Theme", "Lead officer", "Budget"), strict=True):
        cell.text = text
    at = 0
    for theme in ("Protecting people", "Preventing harm"):
        cells = grid.add_row().cells
        cells[0].text, cells[1].text = theme, "Head of Commissioning"
        inner = cells[2].add_table(rows=1, cols=3)
        inner.style = "Table Grid"
        for cell, text in zip(
            inner.rows[0].cells, ("Service", "2021/22 (£)", "2022/23 (£)"), strict=True
        ):
            cell.text = text
        whole = [0, 0]
        for service, *_ in services(421 + at, 4):
            money = sums(5200 + at, 2, 5000, 99000)
            whole = [a + b for a, b in zip(whole, money, strict=True)]
            for cell, text in zip(
                inner.add_row().cells, (service, commas(money[0]), commas(money[1])), strict=True
            ):
                cell.text = text
            truth.line(
                None,
                dict(zip(years, map(commas, money), strict=True)),
                unsure=("section",),
                section=theme,
                service=service,
            )
            at += 1
        for cell, text in zip(
            inner.add_row().cells, ("Total", commas(whole[0]), commas(whole[1])), strict=True
        ):
            cell.text = text
        truth.total(None, "Total", dict(zip(years, map(commas, whole), strict=True)), theme)
    return saved(file), truth


@document("penrose-slides.pdf")
def penrose() -> tuple[bytes, Truth]:
    """Slides: boxes without labels, the organisation in bold, what for, and the sum at the foot."""
    truth = Truth("Our investments in 2024/25", "Penrose Violence Reduction Unit", ["2024-25"])
    boxes = []
    for i, (body, name, what) in enumerate(projects(431, 9)):
        sum_ = sums(5300 + i, 1, 15, 480, 5)[0] * 1000
        shown = f"£{sum_ // 1000}k" if i % 4 else commas(sum_, "£")
        boxes.append(
            f'rect(fill: rgb("#e8f0fe"), width: 100%, height: 4.2cm, inset: 8pt)[*{body}* \\ {name}: {what} #v(1fr) #text(size: 18pt, weight: "bold", fill: rgb("#1a4f9c"))[{shown}]]'
        )
        truth.line(
            None,
            {"2024-25": (shown, sum_)},
            provider=body,
            unsure=("provision", "service"),
            service=name,
        )
    source = f"""#set page(width: 30cm, height: 17cm, margin: 1cm)
#set text(font: "Lato", size: 11pt)
= Our investments in 2024/25
{truth.publisher}
#grid(columns: (1fr, 1fr, 1fr), gutter: 10pt, {", ".join(boxes)})
#text(size: 7pt)[Practice document. All names and figures are invented.]
"""
    return typst(source), truth


@document("quayside-year-forms.pdf")
def quayside() -> tuple[bytes, Truth]:
    """Years as 2015/2016, FY2016/17, 17-18 and 2018-2019 outturn, budget and forecast."""
    years = ["2015-16", "2016-17", "2017-18", "2018-19"]
    truth = Truth("Grant history", "Quayside Police and Crime Commissioner", years)
    table = "Grant history by provider"
    body, whole = "", [0] * 4
    for i, (provider, *_) in enumerate(projects(433, 9)):
        money = sums(5400 + i * 4, 4, 800, 9000 if i % 2 else 64000)
        whole = [a + b for a, b in zip(whole, money, strict=True)]
        body += row([provider, *[f"<td class=n>{v}</td>" for v in money]])
        truth.line(
            table, {y: (str(v), v) for y, v in zip(years, money, strict=True)}, provider=provider
        )
    body += row(["<b>Total</b>", *[f"<td class=n><b>{v}</b></td>" for v in whole]])
    truth.total(table, "Total", {y: (str(v), v) for y, v in zip(years, whole, strict=True)})
    head = row(
        [
            "Provider",
            "<th class=n>2015/2016 £</th>",
            "<th class=n>FY2016/17 £</th>",
            "<th class=n>17-18 £</th>",
            "<th class=n>2018 – 2019 £</th>",
        ],
        "th",
    )
    style = "@page{size:A4;margin:20mm} body{font:10pt 'Liberation Serif'} table{border-collapse:collapse;width:100%} td,th{padding:4px;text-align:left;border-bottom:1px solid #000} .n{text-align:right}"
    return chromium(
        page(f"<h1>{truth.publisher}</h1><h2>{table}</h2><table>{head}{body}</table>", style)
    ), truth


@document("stanhope-small-grants.pdf")
def stanhope() -> tuple[bytes, Truth]:
    """Limits, ranges, products, `part-funded`, `declined` and references to other rows as sums."""
    truth = Truth("Small grants 2018/19", "Stanhope Town Council", ["2018-19"])
    cells: list[tuple[str, float | None]] = [
        ("£1,200", 1200),
        ("Up to £750", 750),
        ("£500-£650", 500),
        ("10 sessions @ £85 = £850", 850),
        ("£2,000 (part funded)", 2000),
        ("as above", None),
        ("Maximum £400", 400),
        ("Declined", None),
        ("approx. £300", 300),
        ("£4 x 150 = £600", 600),
        ("Not yet agreed", None),
    ]
    body = ""
    for (provider, name, what), (printed, value) in zip(projects(439, 11), cells, strict=True):
        body += f"<tr><td>{provider}</td><td>{name}</td><td>{what}</td><td>{printed}</td></tr>"
        truth.line(
            None, {"2018-19": (printed, value)}, provider=provider, service=name, provision=what
        )
    text = f"<h1>{truth.publisher}</h1><h2>Small grants 2018/19</h2><table border=1 cellspacing=0 cellpadding=4 width=100%><tr><th>Organisation</th><th>Project</th><th>Purpose</th><th>Grant awarded</th></tr>{body}</table>"
    return libreoffice(
        page(text, "body{font-family:'Liberation Sans';font-size:10pt}").encode(), "html"
    ), truth


@document("beckfoot-precept.pdf")
def beckfoot() -> tuple[bytes, Truth]:
    """£000 said in the text alone; original, revised and next year's budget; a slip in one total."""
    truth = Truth(
        "Budget and precept 2022/23", "Beckfoot Fire and Rescue Authority", ["2021-22", "2022-23"]
    )
    table = "Annex 2: Community safety"
    keys = [("2021-22", "budget"), ("2021-22", "revised"), ("2022-23", "budget")]
    body, grand = "", [0, 0, 0]
    for at, (section, names) in enumerate(
        {
            "Expenditure": ["Prevention staff", "Youth engagement", "Home visits", "Equipment"],
            "Income": ["Grants", "Fees and charges"],
        }.items()
    ):
        body += row([f"<td colspan=4><b>{section}</b></td>"])
        whole = [0, 0, 0]
        for i, name in enumerate(names):
            money = [v * (-1 if at else 1) for v in sums(5500 + at * 9 + i, 3, 25, 1900)]
            whole = [a + b for a, b in zip(whole, money, strict=True)]
            shown = [bracketed(v) for v in money]
            body += row([name, *[f"<td class=n>{c}</td>" for c in shown]])
            truth.line(
                table,
                {k: (c, v * 1000) for k, c, v in zip(keys, shown, money, strict=True)},
                section=section,
                service=name,
            )
        printed = list(whole)
        if not at:
            printed[1] += 100
        shown = [bracketed(v) for v in printed]
        body += row([f"<b>{section} total</b>", *[f"<td class=n><b>{c}</b></td>" for c in shown]])
        for k, c, v in zip(keys, shown, printed, strict=True):
            truth.total(
                table,
                f"{section} total",
                {k: (c, v * 1000)},
                section,
                {k[0]: 100000} if k[1] == "revised" and not at else {},
            )
        grand = [a + b for a, b in zip(grand, whole, strict=True)]
    shown = [bracketed(v) for v in grand]
    body += row(["<b>Net cost</b>", *[f"<td class=n><b>{c}</b></td>" for c in shown]])
    truth.total(
        table, "Net cost", {k: (c, v * 1000) for k, c, v in zip(keys, shown, grand, strict=True)}
    )
    head = row(
        [
            "",
            "<th class=n>2021/22 Original Budget</th>",
            "<th class=n>2021/22 Revised Budget</th>",
            "<th class=n>2022/23 Budget</th>",
        ],
        "th",
    )
    style = "@page{size:A4;margin:20mm} body{font:10.5pt 'Liberation Sans'} table{border-collapse:collapse;width:100%} td,th{padding:3px 5px;text-align:left} th{border-bottom:1px solid #000} .n{text-align:right}"
    text = f"<h1>{truth.publisher}</h1><h2>{truth.title}</h2><p>The council tax for a Band D property rises by £5.00 to £82.95. Sums in the annexes are shown in £000.</p><h3>{table}</h3><table>{head}{body}</table>"
    return weasyprint(page(text, style)), truth


@document("marshgate-workbook.pdf")
def marshgate() -> tuple[bytes, Truth]:
    """A sheet in strips two pages deep, the reference in the first strip only."""
    years = ["2022-23", "2023-24"]
    truth = Truth("Voluntary sector grants", "Marshgate District Council", years)
    rows = [
        ["No.", "Organisation", "Activity funded", "2022/23 award", "2023/24 award", "Area", "Paid"]
    ]
    whole = [0, 0]
    for i, (_, provider, what, _, where) in enumerate([*services(443, 40), *services(449, 25)]):
        money = sums(5600 + i * 2, 2, 300, 12000, 5)
        whole = [a + b for a, b in zip(whole, money, strict=True)]
        rows.append(
            [
                str(i + 1),
                provider,
                what,
                *[commas(v, "£") for v in money],
                where,
                "Y" if i % 4 else "",
            ]
        )
        truth.line(
            None,
            {y: (commas(v, "£"), v) for y, v in zip(years, money, strict=True)},
            provider=provider,
            unsure=("service", "provision"),
            provision=what,
            reach=where,
        )
    rows.append(["", "Total", "", *[commas(v, "£") for v in whole], "", ""])
    truth.total(None, "Total", {y: (commas(v, "£"), v) for y, v in zip(years, whole, strict=True)})
    return libreoffice(
        sheet(rows, [1.4, 6, 9.5, 4, 4, 5, 2], landscape=False, bold={0, 66}), "fods"
    ), truth


@document("fulbeck-scan.pdf")
def fulbeck() -> tuple[bytes, Truth]:
    """A scan at two hundred dots, horizontal rules only, two years, a total out by nine pounds."""
    years = ["2011-12", "2012-13"]
    truth = Truth("Grants to partners", "Fulbeck Police Authority", years)
    table = "Grants to partners 2011/12 and 2012/13"
    body, whole = "", [0, 0]
    for i, (service, provider, *_) in enumerate(services(457, 10)):
        money = sums(5700 + i, 2, 1500, 99000)
        whole = [a + b for a, b in zip(whole, money, strict=True)]
        body += row([provider, service, *[f"<td class=n>{commas(v)}</td>" for v in money]])
        truth.line(
            table,
            {y: (commas(v), v) for y, v in zip(years, money, strict=True)},
            provider=provider,
            unsure=("service", "provision"),
            service=service,
        )
    shown = [whole[0], whole[1] + 9]
    body += row(["<b>Total</b>", "", *[f"<td class=n><b>{commas(v)}</b></td>" for v in shown]])
    truth.total(
        table,
        "Total",
        {y: (commas(v), v) for y, v in zip(years, shown, strict=True)},
        None,
        {"2012-13": 9},
    )
    head = row(
        ["Partner", "Purpose", "<th class=n>2011/12 £</th>", "<th class=n>2012/13 £</th>"], "th"
    )
    style = "@page{size:A4;margin:20mm} body{font:11pt 'Liberation Serif'} table{border-collapse:collapse;width:100%} td,th{padding:5px;text-align:left;border-bottom:1px solid #444} .n{text-align:right}"
    return scan(
        weasyprint(
            page(f"<h1>{truth.publisher}</h1><h2>{table}</h2><table>{head}{body}</table>", style)
        ),
        6,
        160,
        0.5,
    ), truth


@document("ellerby-press.pdf")
def ellerby() -> tuple[bytes, Truth]:
    """A press notice: awards in sentences of several shapes; one said twice; the pot is no award."""
    truth = Truth(
        "£40,000 boost for young people", "Ellerby Police and Crime Commissioner", ["2022-23"]
    )
    drawn = projects(461, 6)
    money = sums(5800, 6, 1000, 9900, 50)
    shown = [commas(v, "£") for v in money]
    for (body, name, _), printed, value in zip(drawn, shown, money, strict=True):
        truth.line(
            None,
            {"2022-23": (printed, value)},
            provider=body,
            unsure=("service", "provision"),
            service=name,
        )
    text = f"""<h1>{truth.title}</h1><p>{truth.publisher}. 9 May 2022</p>
    <p>Six groups have been successful in the 2022/23 round of the Youth Fund, which is worth £40,000 this year.</p>
    <p>{drawn[0][0]} has been awarded {shown[0]} for {drawn[0][1]}, {drawn[0][2]}. {drawn[1][0]} receives {shown[1]} towards {drawn[1][1]} ({drawn[1][2]}),
    and {drawn[2][0]} gets {shown[2]} for {drawn[2][1]}.</p>
    <p>The Commissioner has also given {shown[3]} to {drawn[3][0]} for {drawn[3][1]}; {shown[4]} to {drawn[4][0]} for {drawn[4][1]}; and {shown[5]} to {drawn[5][0]} for {drawn[5][1]}.</p>
    <p>The manager of {drawn[0][0]} said: “This {shown[0]} means we can open all summer.” Last year the fund gave out £36,500.</p>"""
    return chromium(
        page(text, "@page{size:A4;margin:25mm} body{font:11pt 'Liberation Sans';line-height:1.5}")
    ), truth


@document("oakham-vale-plan.docx")
def oakham() -> tuple[bytes, Truth]:
    """Word: banners, Year 1 to Year 3 in the text, £000s, sub-totals, and a column of notes."""
    years = ["2023-24", "2024-25", "2025-26"]
    truth = Truth("Delivery plan 2023-26", "Oakham Vale Violence Reduction Partnership", years)
    file = new()
    file.core_properties.author = "Practice"
    file.add_heading(truth.publisher, 0)
    file.add_heading(truth.title, 1)
    file.add_paragraph(
        "In the tables Year 1 = 2023/24, Year 2 = 2024/25 and Year 3 = 2025/26. All figures are £000s."
    )
    file.add_heading("Table A: programme budget", 2)
    grid = file.add_table(rows=1, cols=6, style="Table Grid")
    for cell, text in zip(
        grid.rows[0].cells,
        ("Intervention", "Delivery partner", "Year 1", "Year 2", "Year 3", "Comments"),
        strict=True,
    ):
        cell.text = text
    at, grand = 0, [0, 0, 0]
    for section in ("Early help", "Enforcement and diversion"):
        cells = grid.add_row().cells
        cells[0].merge(cells[5]).text = section
        whole = [0, 0, 0]
        for service, provider, *_ in services(463 + at, 4):
            money = sums(5900 + at, 3, 5, 320)
            whole = [a + b for a, b in zip(whole, money, strict=True)]
            for cell, text in zip(
                grid.add_row().cells,
                (service, provider, *map(str, money), "Subject to evaluation" if at == 5 else ""),
                strict=True,
            ):
                cell.text = text
            truth.line(
                "Table A: programme budget",
                {y: (str(v), v * 1000) for y, v in zip(years, money, strict=True)},
                section=section,
                service=service,
                provider=provider,
            )
            at += 1
        grand = [a + b for a, b in zip(grand, whole, strict=True)]
        for cell, text in zip(
            grid.add_row().cells, (f"{section} sub-total", "", *map(commas, whole), ""), strict=True
        ):
            cell.text = text
        truth.total(
            "Table A: programme budget",
            f"{section} sub-total",
            {y: (commas(v), v * 1000) for y, v in zip(years, whole, strict=True)},
            section,
        )
    for cell, text in zip(
        grid.add_row().cells, ("Total", "", *map(commas, grand), ""), strict=True
    ):
        cell.text = text
    truth.total(
        "Table A: programme budget",
        "Total",
        {y: (commas(v), v * 1000) for y, v in zip(years, grand, strict=True)},
    )
    return saved(file), truth


@document("carlow-accounts.pdf")
def carlow() -> tuple[bytes, Truth]:
    """The pound sign in a column's left corner, sums at its right, minus signs and brackets mixed."""
    years = ["2020-21", "2021-22"]
    truth = Truth("Partnership accounts", "Carlow Safer Neighbourhoods", years)
    table = "Income and expenditure 2020/21 and 2021/22"
    body, whole = "", [0, 0]
    for i, (service, provider, *_) in enumerate(services(467, 10)):
        money = sums(6000 + i, 2, 900, 48000)
        if i in (2, 7):
            money = [-v for v in money]
        whole = [a + b for a, b in zip(whole, money, strict=True)]
        shown = [
            commas(v) if v >= 0 else (f"({commas(-v)})" if i == 2 else f"-{commas(-v)}")
            for v in money
        ]
        body += row(
            [
                service,
                provider,
                *[f"<td><span class=l>£</span><span class=r>{c}</span></td>" for c in shown],
            ]
        )
        truth.line(
            table,
            {y: (c, v) for y, c, v in zip(years, shown, money, strict=True)},
            service=service,
            provider=provider,
        )
    body += row(
        [
            "<b>Balance</b>",
            "",
            *[
                f"<td><span class=l>£</span><span class=r><b>{commas(v)}</b></span></td>"
                for v in whole
            ],
        ]
    )
    truth.total(table, "Balance", {y: (commas(v), v) for y, v in zip(years, whole, strict=True)})
    style = "@page{size:A4;margin:18mm} body{font:10pt Lato} table{border-collapse:collapse;width:100%} td,th{padding:4px;text-align:left} td{border-top:1px solid #ddd} .l{float:left} .r{float:right}"
    return chromium(
        page(
            f"<h1>{truth.publisher}</h1><h2>{table}</h2><table>{row(['Line', 'Organisation', '2020/21', '2021/22'], 'th')}{body}</table>",
            style,
        )
    ), truth
