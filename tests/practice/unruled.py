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
            service=f"{name}: {what}",
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
