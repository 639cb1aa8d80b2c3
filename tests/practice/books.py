"""Budget books: headings over headings, sheets on their side, accounting formats, matrices."""

from __future__ import annotations

import io

from docx import Document as new
from pool import projects, services, sums
from press import chromium, libreoffice, weasyprint
from register import document, page, row
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from truth import Truth, commas
from word import saved


@document("stonebridge-budget-book.pdf")
def stonebridge() -> tuple[bytes, Truth]:
    """Two rows of headings: each year spans budget and actual; the total's label stands beside its sums."""
    truth = Truth(
        "Budget book 2023/24",
        "Stonebridge Police and Crime Commissioner",
        ["2021-22", "2022-23", "2023-24"],
    )
    table = "Table 12 Commissioning"
    body, whole = "", [0] * 5
    keys = [
        ("2021-22", "budget"),
        ("2021-22", "outturn"),
        ("2022-23", "budget"),
        ("2022-23", "outturn"),
        ("2023-24", "budget"),
    ]
    for i, (service, *_) in enumerate(services(281, 14)):
        base = sums(3800 + i, 1, 9000, 320000)[0]
        money = [base, base - 37 * i + 11, base + 500, base + 611 - 23 * i, base + 1250]
        whole = [a + b for a, b in zip(whole, money, strict=True)]
        body += row([service, *[f"<td class=n>{commas(v)}</td>" for v in money]])
        truth.line(
            table, {k: (commas(v), v) for k, v in zip(keys, money, strict=True)}, service=service
        )
    body += row(
        ["<td class=n><b>Total</b></td>", *[f"<td class=n><b>{commas(v)}</b></td>" for v in whole]]
    )
    truth.total(table, "Total", {k: (commas(v), v) for k, v in zip(keys, whole, strict=True)})
    head = "<tr><th rowspan=2>Service</th><th colspan=2>2021/22</th><th colspan=2>2022/23</th><th>2023/24</th></tr><tr><th>Budget £</th><th>Actual £</th><th>Budget £</th><th>Actual £</th><th>Budget £</th></tr>"
    style = "@page{size:A4;margin:18mm} body{font:10pt 'Noto Sans'} table{border-collapse:collapse;width:100%;font-size:9pt} td,th{padding:3px 6px;border-bottom:1px solid #e2e2e2} th{background:#e8eef4} td:first-child{text-align:left} .n{text-align:right}"
    return chromium(
        page(
            f"<h1>{truth.publisher}</h1><h2>{truth.title}</h2><h3>{table}</h3><table>{head}{body}</table>",
            style,
            table,
        )
    ), truth


@document("millrace-years-down.pdf")
def millrace() -> tuple[bytes, Truth]:
    """On its side: the services are the columns and the years the rows."""
    years = ["2018-19", "2019-20", "2020-21", "2021-22"]
    truth = Truth("Trend in commissioned spend", "Millrace Police and Crime Commissioner", years)
    table = "Spend on the four largest services, £"
    names = [line[0] for line in services(283, 4)]
    money = {year: sums(3900 + i, 4, 20000, 400000) for i, year in enumerate(years)}
    body = "".join(
        row(
            [
                y.replace("-", "/"),
                *[f"<td class=n>{commas(v)}</td>" for v in money[y]],
                f"<td class=n><b>{commas(sum(money[y]))}</b></td>",
            ]
        )
        for y in years
    )
    for at, name in enumerate(names):
        truth.line(table, {y: (commas(money[y][at]), money[y][at]) for y in years}, service=name)
    truth.total(table, "Total", {y: (commas(sum(money[y])), sum(money[y])) for y in years})
    style = "@page{size:A4;margin:18mm} body{font:10pt 'Liberation Sans'} table{border-collapse:collapse;width:100%;font-size:9pt} td,th{padding:5px;border:1px solid #999} .n{text-align:right}"
    return chromium(
        page(
            f"<h1>{truth.publisher}</h1><h2>{truth.title}</h2><h3>{table}</h3><table>{row(['Year', *names, 'Total'], 'th')}{body}</table>",
            style,
            table,
        )
    ), truth


@document("weirside-accounting.pdf", held=True)
def weirside() -> tuple[bytes, Truth]:
    """Accounting format: the pound sign at the left of the cell, the sum at its right; minus and brackets."""
    years = ["2022-23", "2023-24"]
    truth = Truth("Community safety budgets", "Weirside Council", years)
    table = "Community safety budgets 2022/23 and 2023/24"
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle("Practice document")
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(50, 790, truth.publisher)
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(50, 768, table)
    canvas.setFont("Helvetica-Bold", 9)
    for x, text in ((52, "Budget line"), (232, "Held by"), (392, "2022/23"), (482, "2023/24")):
        canvas.drawString(x, 740, text)
    top, whole = 722, [0, 0]
    lines = [(s, p) for s, p, *_ in services(293, 12)]
    for i, (service, provider) in enumerate(lines):
        money = sums(4000 + i, 2, 1500, 88000)
        if i in (4, 9):
            money = [-v // 4 for v in money]
        whole = [a + b for a, b in zip(whole, money, strict=True)]
        shown = [
            commas(v) if v >= 0 else (f"({commas(-v)})" if i == 4 else f"-{commas(-v)}")
            for v in money
        ]
        canvas.setFont("Helvetica", 9)
        canvas.drawString(52, top, service)
        canvas.drawString(232, top, provider)
        for x, cell in zip((390, 480), shown, strict=True):
            canvas.drawString(x + 2, top, "£")
            canvas.drawRightString(x + 78, top, cell)
        truth.line(
            table,
            {y: (c, v) for y, c, v in zip(years, shown, money, strict=True)},
            service=service,
            provider=provider,
        )
        canvas.setLineWidth(0.3)
        canvas.line(50, top - 5, 560, top - 5)
        top -= 17
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawRightString(380, top, "Net total")
    for x, v in zip((390, 480), whole, strict=True):
        canvas.drawString(x + 2, top, "£")
        canvas.drawRightString(x + 78, top, commas(v))
    truth.total(table, "Net total", {y: (commas(v), v) for y, v in zip(years, whole, strict=True)})
    canvas.setFont("Helvetica-Oblique", 7)
    canvas.drawString(50, 40, "Practice document. All names and figures are invented.")
    canvas.save()
    return out.getvalue(), truth


@document("alderney-wood-press-notice.pdf", held=True)
def alderney() -> tuple[bytes, Truth]:
    """Sentences only: who was given what; one sum said again later; a fund's size is no award."""
    truth = Truth(
        "Commissioner backs local projects", "Alderwood Police and Crime Commissioner", ["2023-24"]
    )
    drawn = projects(307, 7)
    money = sums(4100, 7, 1500, 20000, 100)
    told = [
        f"{body} will receive {commas(v, '£')} for {name}, {what}."
        if i % 2
        else f"A grant of {commas(v, '£')} goes to {body} for {name} ({what})."
        for i, ((body, name, what), v) in enumerate(zip(drawn, money, strict=True))
    ]
    for (body, name, _), v in zip(drawn, money, strict=True):
        truth.line(
            None,
            {"2023-24": (commas(v, "£"), v)},
            unsure=("provision", "service"),
            provider=body,
            service=name,
        )
    text = f"""<h1>Commissioner backs local projects</h1><p>{truth.publisher}, 6 July 2023</p>
    <p>Seven projects share {commas(sum(money), "£")} from the Commissioner’s Community Fund for 2023/24.</p><p>{" ".join(told[:4])}</p><p>{" ".join(told[4:])}</p>
    <p>“The {commas(money[1], "£")} will keep us going until spring,” said the chair of {drawn[1][0]}. More than 40 groups applied to the fund, which stands at £250,000 a year.</p>"""
    return weasyprint(
        page(
            text,
            "@page{size:A4;margin:25mm} body{font:11pt 'Liberation Serif';line-height:1.5}",
            "Press notice",
        )
    ), truth


@document("brindle-label-lines.pdf")
def brindle() -> tuple[bytes, Truth]:
    """Two columns of headings with label lines under each; a printed sum at the end."""
    truth = Truth("Youth fund 2019/20", "Brindle Police and Crime Commissioner", ["2019-20"])
    blocks, whole = "", 0
    for i, (body, name, what) in enumerate(projects(311, 10)):
        sum_ = sums(4200 + i, 1, 900, 9900, 10)[0]
        whole += sum_
        what = what[0].upper() + what[1:]
        blocks += f"<div class=b><h3>{name}</h3><p><b>Delivered by:</b> {body}<br><b>Activity:</b> {what}<br><b>Grant:</b> {commas(sum_, '£')}<br><b>Young people:</b> {(i + 2) * 15}</p></div>"
        truth.line(
            None,
            {"2019-20": (commas(sum_, "£"), sum_)},
            service=name,
            provider=body,
            provision=what,
        )
    truth.total(None, "Total awarded in 2019/20", {"2019-20": (commas(whole, "£"), whole)})
    style = "@page{size:A4;margin:18mm} body{font:10pt 'DejaVu Sans'} .g{column-count:2;column-gap:28px} .b{break-inside:avoid} h3{margin:0 0 2px;color:#333}"
    text = f"<h1>{truth.publisher}</h1><h2>{truth.title}</h2><div class=g>{blocks}</div><p><b>Total awarded in 2019/20:</b> {commas(whole, '£')}</p>"
    return chromium(page(text, style, truth.title)), truth


@document("cragside-sub-totals-below.pdf")
def cragside() -> tuple[bytes, Truth]:
    """Sub-totals a line below their label; one sum for two years; amounts between the columns of words."""
    truth = Truth("Co-commissioning 2021-23", "Cragside Integrated Care Partnership", ["2021-23"])
    table = "Joint investment 2021-23"
    body, at, grand = "", 0, 0
    for section, count in {"Prevention": 5, "Recovery": 4}.items():
        body += row([f"<td colspan=4 class=s>{section}</td>"])
        whole = 0
        for service, provider, what, *_ in services(313 + at, count):
            sum_ = sums(4300 + at, 1, 10000, 900000, 100)[0]
            whole += sum_
            body += row([service, f"<td class=n>{commas(sum_, '£')}</td>", provider, what])
            truth.line(
                table,
                {"2021-23": (commas(sum_, "£"), sum_)},
                section=section,
                service=service,
                provider=provider,
                provision=what,
            )
            at += 1
        grand += whole
        body += row([f"<b>{section} sub-total</b>", "", "", ""]) + row(
            ["", f"<td class=n><b>{commas(whole, '£')}</b></td>", "", ""]
        )
        truth.total(
            table, f"{section} sub-total", {"2021-23": (commas(whole, "£"), whole)}, section
        )
    body += row(
        ["<b>Total investment</b>", f"<td class=n><b>{commas(grand, '£')}</b></td>", "", ""]
    )
    truth.total(table, "Total investment", {"2021-23": (commas(grand, "£"), grand)})
    style = "@page{size:A4;margin:18mm} body{font:10pt Lato} table{border-collapse:collapse;width:100%;font-size:9pt} td,th{padding:4px;text-align:left;vertical-align:top} th{border-bottom:1.5px solid #000} .n{text-align:right} .s{font-weight:bold;color:#00629b}"
    head = row(
        ["Service", "<th class=n>Total for 2021/22 and 2022/23</th>", "Lead", "Description"], "th"
    )
    return weasyprint(
        page(
            f"<h1>{truth.publisher}</h1><h2>{truth.title}</h2><h3>{table}</h3><table>{head}{body}</table>",
            style,
            table,
        )
    ), truth


@document("yarrow-plan.docx", held=True)
def yarrow() -> tuple[bytes, Truth]:
    """Banner rows across the table, years as Year 1 and Year 2 defined in the text, sub-totals, a note column."""
    truth = Truth(
        "Commissioning plan 2024-26", "Yarrow Police and Crime Commissioner", ["2024-25", "2025-26"]
    )
    file = new()
    file.core_properties.author = "Practice"
    file.add_heading(truth.publisher, 0)
    file.add_heading(truth.title, 1)
    file.add_paragraph(
        "Year 1 means the financial year 2024/25 and Year 2 the financial year 2025/26. Sums are in £000s."
    )
    file.add_heading("Allocations", 2)
    grid = file.add_table(rows=1, cols=5, style="Table Grid")
    for cell, text in zip(
        grid.rows[0].cells, ("Service", "Provider", "Year 1", "Year 2", "Note"), strict=True
    ):
        cell.text = text
    at, grand = 0, [0, 0]
    for section in ("VICTIMS", "DRUGS AND ALCOHOL"):
        cells = grid.add_row().cells
        cells[0].merge(cells[4]).text = section
        whole = [0, 0]
        for service, provider, *_ in services(317 + at, 4):
            money = sums(4400 + at, 2, 9, 480)
            whole = [a + b for a, b in zip(whole, money, strict=True)]
            for cell, text in zip(
                grid.add_row().cells,
                (
                    service,
                    provider,
                    str(money[0]),
                    str(money[1]),
                    "12 month extension agreed" if at == 2 else "",
                ),
                strict=True,
            ):
                cell.text = text
            truth.line(
                "Allocations",
                {
                    "2024-25": (str(money[0]), money[0] * 1000),
                    "2025-26": (str(money[1]), money[1] * 1000),
                },
                section=section,
                service=service,
                provider=provider,
            )
            at += 1
        grand = [a + b for a, b in zip(grand, whole, strict=True)]
        for cell, text in zip(
            grid.add_row().cells,
            ("Sub-total", "", commas(whole[0]), commas(whole[1]), ""),
            strict=True,
        ):
            cell.text = text
        truth.total(
            "Allocations",
            "Sub-total",
            {
                "2024-25": (commas(whole[0]), whole[0] * 1000),
                "2025-26": (commas(whole[1]), whole[1] * 1000),
            },
            section,
        )
    for cell, text in zip(
        grid.add_row().cells, ("Total", "", commas(grand[0]), commas(grand[1]), ""), strict=True
    ):
        cell.text = text
    truth.total(
        "Allocations",
        "Total",
        {
            "2024-25": (commas(grand[0]), grand[0] * 1000),
            "2025-26": (commas(grand[1]), grand[1] * 1000),
        },
    )
    return saved(file), truth


@document("gorsedale-word-table.pdf")
def gorsedale() -> tuple[bytes, Truth]:
    """A narrow ruled table from Word: everything wraps, rows run over the page, heading row repeated."""
    truth = Truth(
        "Partnership fund 2016/17",
        "Gorsedale Police and Crime Commissioner",
        ["2015-16", "2016-17"],
    )
    table = "Partnership fund 2016/17"
    body, whole = "", [0.0, 0.0]
    for i, (service, provider, what, how, where) in enumerate(services(331, 22)):
        money = [v + (0.75 if i % 5 == 0 else 0) for v in sums(4500 + i, 2, 900, 64000)]
        whole = [a + b for a, b in zip(whole, money, strict=True)]
        long = f"{what}. Delivered in partnership with the district councils and reviewed every quarter by the board"
        body += f"<tr><td>{service}</td><td>{provider}</td><td>{long}</td><td>{how}</td><td align=right>{commas(money[0], '£')}</td><td align=right>{commas(money[1], '£')}</td><td>{where}</td></tr>"
        truth.line(
            table,
            {
                "2015-16": (commas(money[0], "£"), money[0]),
                "2016-17": (commas(money[1], "£"), money[1]),
            },
            service=service,
            provider=provider,
            provision=long,
            mechanism=how,
            reach=where,
        )
    body += f"<tr><td><b>Total</b></td><td></td><td></td><td></td><td align=right><b>{commas(whole[0], '£')}</b></td><td align=right><b>{commas(whole[1], '£')}</b></td><td></td></tr>"
    truth.total(
        table,
        "Total",
        {
            "2015-16": (commas(whole[0], "£"), whole[0]),
            "2016-17": (commas(whole[1], "£"), whole[1]),
        },
    )
    head = "<thead><tr><th>Service</th><th>Provider</th><th>Provision</th><th>Mechanism</th><th>2015/16 actual</th><th>2016/17 proposed</th><th>Coverage</th></tr></thead>"
    text = f"<h1>{truth.publisher}</h1><h2>{table}</h2><table border=1 cellspacing=0 cellpadding=3 width=100%>{head}<tbody>{body}</tbody></table>"
    return libreoffice(
        page(text, "body{font-family:'Liberation Sans';font-size:10pt}").encode(), "html"
    ), truth
