"""Tables with few rules or none, set by reportlab as a designer or a register would."""

from __future__ import annotations

import io
import random

from pool import projects, services, sums
from register import document
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from truth import Truth, commas

SMALL = ParagraphStyle("small", fontName="Helvetica", fontSize=8, leading=9.6)
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=14, leading=18, spaceAfter=8)
BOLD = ParagraphStyle("bold", parent=SMALL, fontName="Helvetica-Bold")
FOOT = "Practice document. All names and figures are invented."


def built(flow: list, size: tuple[float, float] = A4, margin: float = 45) -> bytes:
    out = io.BytesIO()
    SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=margin,
        invariant=1,
        title="Practice document",
    ).build([*flow, Spacer(1, 8), Paragraph(FOOT, SMALL)])
    return out.getvalue()


@document("northfold-grants-register.pdf")
def northfold() -> tuple[bytes, Truth]:
    """Horizontal rules only; provider first; reference, charity number, date, phone, requested, awarded."""
    truth = Truth(
        "Community Fund grants register 2023-24",
        "Northfold Police and Crime Commissioner",
        ["2023-24"],
    )
    table = "Round 6 awards 2023/24"
    dice = random.Random(5)
    head = [
        "Ref",
        "Organisation",
        "Charity no.",
        "Project",
        "Contact",
        "Date awarded",
        "People helped",
        "Requested",
        "Awarded",
    ]
    rows, asked_all, given_all = [head], 0, 0
    for i, (body, name, what) in enumerate(projects(31, 14)):
        asked = sums(500 + i, 1, 2000, 24000, 5)[0]
        given = asked if i % 3 else round(asked * 0.6)
        asked_all, given_all = asked_all + asked, given_all + given
        charity = str(dice.randrange(1000000, 1199999))
        if i == 4:
            charity = "CIC 0" + charity
        rows.append(
            [
                f"NCF/23/{i + 41:03}",
                Paragraph(body, SMALL),
                charity,
                Paragraph(f"{name}: {what}", SMALL),
                f"01632 {dice.randrange(960000, 960999)}",
                f"{dice.randrange(1, 29):02}/0{dice.randrange(5, 9)}/2023",
                str(dice.randrange(20, 900)),
                commas(asked, "£"),
                commas(given, "£"),
            ]
        )
        truth.line(
            table,
            {
                ("2023-24", "requested"): (commas(asked, "£"), asked),
                ("2023-24", "budget"): (commas(given, "£"), given),
            },
            provider=body,
            service=name,
            provision=what,
        )
    rows.append(["", "Total", "", "", "", "", "", commas(asked_all, "£"), commas(given_all, "£")])
    truth.total(
        table,
        "Total",
        {
            ("2023-24", "requested"): (commas(asked_all, "£"), asked_all),
            ("2023-24", "budget"): (commas(given_all, "£"), given_all),
        },
    )
    grid = Table(rows, colWidths=[54, 105, 58, 190, 66, 62, 60, 58, 58], repeatRows=0)
    grid.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), "Helvetica", 8),
                ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8),
                ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("ALIGN", (6, 0), (-1, -1), "RIGHT"),
                ("FONT", (0, -1), (-1, -1), "Helvetica-Bold", 8),
            ]
        )
    )
    flow = [
        Paragraph("Northfold Police and Crime Commissioner", HEAD),
        Paragraph("Community Fund grants register 2023-24", HEAD),
        Paragraph(
            "The Commissioner's Community Fund gives small grants of up to £25,000 to local groups. Round 6 opened on "
            "3 April 2023 and drew 37 applications.",
            BODY,
        ),
        Paragraph(table, BOLD),
        grid,
    ]
    return built(flow, landscape(A4)), truth


@document("wyrehaven-health-board.pdf")
def wyrehaven() -> tuple[bytes, Truth]:
    """White space only: wrapped cells, vertically centred names, amounts level with the last line."""
    years = ["2019-20", "2020-21"]
    truth = Truth(
        "Sexual Violence and Abuse Services: partner contributions",
        "Wyrehaven Health and Justice Board",
        years,
    )
    table = "Partner contributions to jointly commissioned services"
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle("Practice document")
    canvas.setFont("Times-Bold", 15)
    canvas.drawString(50, 780, truth.publisher)
    canvas.setFont("Times-Roman", 10.5)
    for i, text in enumerate(
        (
            "The Board pools the money of six partners. The figures below are in pounds and show what each service",
            "received in 2019-20 and what has been agreed for 2020-21.",
        )
    ):
        canvas.drawString(50, 755 - 13 * i, text)
    canvas.setFont("Times-Bold", 11.5)
    canvas.drawString(50, 715, table)

    def wrap(text: str, width: float, font: str = "Times-Roman") -> list[str]:
        lines, line = [], ""
        for piece in text.split():
            if canvas.stringWidth(f"{line} {piece}".strip(), font, 9.5) > width:
                lines.append(line)
                line = piece
            else:
                line = f"{line} {piece}".strip()
        return [*lines, line]

    def put(x: float, top: float, lines: list[str], font: str = "Times-Roman") -> None:
        canvas.setFont(font, 9.5)
        for i, text in enumerate(lines):
            canvas.drawString(x, top - 11 * i, text)

    put(50, 690, ["Service"], "Times-Bold")
    put(170, 690, ["Lead provider"], "Times-Bold")
    put(280, 690, ["What it does"], "Times-Bold")
    canvas.drawRightString(478, 690, "2019-20")
    canvas.drawRightString(545, 690, "2020-21")
    top, whole = 668, [0, 0]
    for i, (service, provider, what, _, _) in enumerate(services(47, 13)):
        money = sums(700 + i, 2, 3000, 480000)
        whole = [a + b for a, b in zip(whole, money, strict=True)]
        cells = [
            wrap(service, 105),
            wrap(provider, 98),
            wrap(what + (" across all five districts of the county" if i % 3 == 0 else ""), 135),
        ]
        deep = max(len(c) for c in cells)
        for x, lines in zip((50, 170, 280), cells, strict=True):
            put(x, top - 11 * (deep - len(lines)) / 2, lines)
        canvas.setFont("Times-Roman", 9.5)
        level = top - 11 * (deep - 1)
        canvas.drawRightString(478, level, commas(money[0]))
        canvas.drawRightString(545, level, commas(money[1]))
        truth.line(
            table,
            {y: (commas(v), v) for y, v in zip(years, money, strict=True)},
            service=service,
            provider=provider,
            provision=" ".join(cells[2]),
        )
        top -= 11 * deep + 7
    canvas.setFont("Times-Bold", 9.5)
    canvas.drawString(50, top - 4, "Total contributions")
    canvas.drawRightString(478, top - 4, commas(whole[0]))
    canvas.drawRightString(545, top - 4, commas(whole[1]))
    truth.total(
        table, "Total contributions", {y: (commas(v), v) for y, v in zip(years, whole, strict=True)}
    )
    canvas.setFont("Times-Italic", 8)
    canvas.drawString(50, 40, FOOT)
    canvas.save()
    return out.getvalue(), truth


@document("pennine-turned-page.pdf")
def pennine() -> tuple[bytes, Truth]:
    """A page turned by /Rotate; year headings run upwards; district columns are not years."""
    years = ["2017-18", "2018-19", "2019-20"]
    truth = Truth("Partnership allocations 2017-20", "Pennine Moors Safer Communities Board", years)
    table = "Partnership allocations by district, 2017-20 (all figures in pounds)"
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=landscape(A4), invariant=1)
    canvas.setTitle("Practice document")
    canvas.setPageRotation(90)
    # Drawn on a portrait sheet whose reader turns it: x runs up the sheet.
    canvas.translate(595, 0)
    canvas.rotate(90)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(40, 545, truth.publisher)
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(40, 522, table)
    edges = [40, 200, 340, 560, 625, 690, 755]
    canvas.setFont("Helvetica-Bold", 9)
    for x, text in zip(edges, ("Scheme", "Paid to", "Purpose"), strict=False):
        canvas.drawString(x + 3, 452, text)
    for x, year in zip(edges[3:], years, strict=False):
        canvas.saveState()
        canvas.translate(x + 38, 450)
        canvas.rotate(90)
        canvas.drawString(0, 0, year.replace("-", "/"))
        canvas.restoreState()
    canvas.setLineWidth(0.8)
    canvas.line(40, 510, 755, 510)
    canvas.line(40, 446, 755, 446)
    top, whole = 432, [0, 0, 0]
    canvas.setFont("Helvetica", 9)
    for i, (service, provider, what, _, _) in enumerate(services(191, 15)):
        money = sums(2600 + i * 3, 3, 700, 58000, 5)
        if i == 6:
            money[0] = 0
        whole = [a + b for a, b in zip(whole, money, strict=True)]
        canvas.drawString(43, top, service[:34])
        canvas.drawString(203, top, provider)
        short = what if len(what) < 46 else what[:44].rsplit(" ", 1)[0]
        canvas.drawString(343, top, short)
        shown = [commas(v) if v else "Nil" for v in money]
        for x, cell in zip(edges[4:], shown, strict=True):
            canvas.drawRightString(x - 4, top, cell)
        truth.line(
            table,
            {y: (c, v) for y, c, v in zip(years, shown, money, strict=True)},
            service=service[:34],
            provider=provider,
            provision=short,
        )
        canvas.setLineWidth(0.2)
        canvas.line(40, top - 6, 755, top - 6)
        top -= 21
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawString(43, top, "TOTAL")
    for x, v in zip(edges[4:], whole, strict=True):
        canvas.drawRightString(x - 4, top, commas(v))
    truth.total(table, "TOTAL", {y: commas(v) for y, v in zip(years, whole, strict=True)})
    for x in edges:
        canvas.line(x, 510, x, top - 8)
    canvas.line(40, top - 8, 755, top - 8)
    canvas.setFont("Helvetica-Oblique", 7)
    canvas.drawString(40, 30, FOOT)
    canvas.save()
    return out.getvalue(), truth


@document("oxmere-contracts.pdf", held=True)
def oxmere() -> tuple[bytes, Truth]:
    """A contract register over four pages, header once, no rules; dates, references, options, no total."""
    truth = Truth(
        "Contracts register, published March 2022",
        "Oxmere Police and Crime Commissioner",
        ["2021-22"],
    )
    head = [
        "Contract ref",
        "Title of agreement",
        "Supplier",
        "Company no.",
        "Start",
        "End",
        "Value in 2021/22 (£)",
    ]
    rows = [[Paragraph(f"<b>{h}</b>", SMALL) for h in head]]
    dice = random.Random(17)
    for i, (service, provider, what, *_) in enumerate([*services(197, 40), *services(199, 25)]):
        sum_ = sums(2700 + i, 1, 5000, 600000)[0] + (0.5 if i % 11 == 3 else 0)
        shown = f"{sum_:,.2f}"
        title = f"{service} ({what[0].lower() + what[1:]})"
        rows.append(
            [
                f"OX{dice.randrange(1000, 9999)}",
                Paragraph(title, SMALL),
                Paragraph(provider, SMALL),
                f"0{dice.randrange(1000000, 9999999)}",
                f"01/04/20{dice.randrange(17, 22)}",
                f"31/03/20{dice.randrange(22, 27)}",
                shown,
            ]
        )
        truth.line(
            None,
            {"2021-22": (shown, sum_)},
            unsure=("service", "provision"),
            service=title,
            provider=provider,
        )
    grid = Table(rows, colWidths=[62, 230, 150, 62, 60, 60, 100])
    grid.setStyle(
        TableStyle(
            [
                ("FONT", (0, 1), (-1, -1), "Helvetica", 8),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("ALIGN", (-1, 0), (-1, -1), "RIGHT"),
            ]
        )
    )
    flow = [Paragraph(truth.publisher, HEAD), Paragraph(truth.title, BODY), grid]
    return built(flow, landscape(A4)), truth


@document("hexcombe-marks.pdf")
def hexcombe() -> tuple[bytes, Truth]:
    """Letters and daggers as notes; dash, nil, n/a, TBC and blank; a stray space and a full stop in numbers."""
    years = ["2023-24", "2024-25"]
    truth = Truth("Victims' services funding", "Hexcombe Mayoral Authority", years)
    table = "Victims’ services funding 2023/24 and 2024/25"
    notes = {
        "a": "Contract extended by 12 months.",
        "b": "Includes the Ministry of Justice uplift of £12,600.",
        "†": "Awaiting confirmation of partner contributions.",
    }
    cells: list[
        tuple[tuple[str, float | None, str | None], tuple[str, float | None, str | None]]
    ] = [
        (("£48,000", 48000, None), ("£49,440", 49440, None)),
        (("£112,500", 112500, "a"), ("£112,500", 112500, None)),
        (("–", None, None), ("£75,000", 75000, None)),
        (("nil", 0, None), ("£20,000", 20000, None)),
        (("£36,250", 36250, "b"), ("TBC", None, None)),
        (("n/a", None, None), ("£8,400", 8400, "†")),
        (("£1 1,900", 11900, None), ("£12,257", 12257, None)),
        (("£27.450", 27450, None), ("£28,000", 28000, None)),
        (("", None, None), ("£15,000", 15000, "a")),
        (("£9,999.99", 9999.99, None), ("£10,000.00", 10000, None)),
    ]
    rows: list[list[object]] = [["Service", "Provider", "2023/24", "2024/25"]]
    whole = [0.0, 0.0]
    for (service, provider, *_), pair in zip(services(211, 10), cells, strict=True):
        shown: list[object] = []
        amounts: dict[str, tuple[str, float | None, str | None] | None] = {}
        for at, (year, (printed, value, mark)) in enumerate(zip(years, pair, strict=True)):
            whole[at] += value or 0
            text = f"{printed}<super size=6>{mark}</super>" if mark else printed
            shown.append(Paragraph(f'<para align="right">{text}</para>', SMALL))
            amounts[year] = (printed, value, notes[mark] if mark else None) if printed else None
        rows.append([Paragraph(service, SMALL), Paragraph(provider, SMALL), *shown])
        truth.line(table, amounts, service=service, provider=provider)
    rows.append(
        [
            "Total",
            "",
            *[
                Paragraph(f'<para align="right"><b>{commas(v, "£")}</b></para>', SMALL)
                for v in whole
            ],
        ]
    )
    truth.total(
        table,
        "Total",
        {y: (commas(v, "£"), round(v, 2)) for y, v in zip(years, whole, strict=True)},
    )
    grid = Table(rows, colWidths=[180, 160, 80, 80])
    grid.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), "Helvetica", 8),
                ("GRID", (0, 0), (-1, -1), 0.25, colors.Color(0.83, 0.83, 0.83)),
                ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8),
                ("FONT", (0, -1), (-1, -1), "Helvetica-Bold", 8),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("ALIGN", (2, 0), (-1, 0), "RIGHT"),
            ]
        )
    )
    flow = [
        Paragraph(truth.publisher, HEAD),
        Paragraph(table, BODY),
        grid,
        Spacer(1, 6),
        *[Paragraph(f"<super size=6>{m}</super> {t}", SMALL) for m, t in notes.items()],
    ]
    return built(flow), truth
