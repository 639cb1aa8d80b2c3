"""Spreadsheets exported by LibreOffice: budget books, and sheets printed in strips."""

from __future__ import annotations

import html

from pool import services, sums
from press import libreoffice
from register import document
from truth import Truth, commas


def sheet(
    rows: list[list[str]], widths: list[float], *, landscape: bool, bold: set[int], bare: int = 0
) -> bytes:
    """A flat OpenDocument sheet: all cells text as printed, right-aligned where they are sums.

    The first `bare` rows have no border and run over into their neighbours, as titles do.
    """
    columns = "".join(
        f'<style:style style:name="c{i}" style:family="table-column"><style:table-column-properties style:column-width="{w}cm"/></style:style>'
        for i, w in enumerate(widths)
    )
    size = ("29.7cm", "21cm", "landscape") if landscape else ("21cm", "29.7cm", "portrait")
    cells = []
    for at, line in enumerate(rows):
        inside = ""
        for text in line:
            money = text[:1] in "0123456789£(-#–" and text[:1] != ""
            name = "x" if at < bare else ("n" if money else "t") + ("b" if at in bold else "")
            inside += (
                f'<table:table-cell table:style-name="{name}" office:value-type="string">'
                + (f"<text:p>{html.escape(text)}</text:p>" if text else "")
                + "</table:table-cell>"
            )
        cells.append(f'<table:table-row table:style-name="r">{inside}</table:table-row>')
    styles = "".join(
        f'<style:style style:name="{k}{b}" style:family="table-cell"><style:table-cell-properties fo:border="0.25pt solid #808080" fo:wrap-option="wrap" style:vertical-align="{v}"/>'
        f'<style:paragraph-properties fo:text-align="{a}"/><style:text-properties fo:font-size="9pt" style:font-name="Liberation Sans" fo:font-weight="{w}"/></style:style>'
        for k, a, v in (("t", "start", "top"), ("n", "end", "bottom"))
        for b, w in (("", "normal"), ("b", "bold"))
    )
    styles += '<style:style style:name="x" style:family="table-cell"><style:text-properties fo:font-size="11pt" style:font-name="Liberation Sans" fo:font-weight="bold"/></style:style>'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:font-face-decls><style:font-face style:name="Liberation Sans" svg:font-family="'Liberation Sans'"/></office:font-face-decls>
<office:automatic-styles>{columns}{styles}<style:style style:name="r" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>
<style:style style:name="ta" style:family="table" style:master-page-name="m"><style:table-properties table:display="true"/></style:style>
<style:page-layout style:name="p"><style:page-layout-properties fo:page-width="{size[0]}" fo:page-height="{size[1]}" style:print-orientation="{size[2]}" fo:margin="1.5cm" style:print-page-order="ttb"/>
<style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="m" style:page-layout-name="p"><style:header style:display="false"><text:p/></style:header>
<style:footer><text:p>Practice document. All names and figures are invented. Page <text:page-number>1</text:page-number></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:spreadsheet><table:table table:name="Budget" table:style-name="ta">{"".join(f'<table:table-column table:style-name="c{i}"/>' for i in range(len(widths)))}
{"".join(cells)}</table:table></office:spreadsheet></office:body></office:document>""".encode()


def bracketed(value: float) -> str:
    return f"({abs(value):,.0f})" if value < 0 else f"{value:,.0f}"


@document("brackenshire-budget-monitor.pdf")
def brackenshire() -> tuple[bytes, Truth]:
    """£000s; budget, forecast and variance of one year; brackets; a ### cell; a slip of one thousand."""
    truth = Truth(
        "Commissioning budget monitoring to 31 December 2023",
        "Brackenshire Office of the Police and Crime Commissioner",
        ["2023-24"],
    )
    table = "Commissioned services: budget monitoring 2023/24 (£000)"
    rows = [
        ["Brackenshire Office of the Police and Crime Commissioner", "", "", "", "", ""],
        [table, "", "", "", "", ""],
        ["Service area", "Service", "Budget", "Forecast outturn", "Variance", "% spent"],
    ]
    bold = {0, 1, 2}
    drawn = services(61, 12)
    year = "2023-24"
    grand = [0, 0]
    for at, section in enumerate(("Victims", "Offenders", "Income and reserves")):
        whole = [0, 0]
        for i in range(4):
            service = (
                drawn[at * 4 + i][0]
                if at < 2
                else [
                    "Ministry of Justice grant",
                    "Home Office grant",
                    "Partner contributions",
                    "Use of reserve",
                ][i]
            )
            budget = sums(900 + at * 9 + i, 1, 20, 900)[0] * (-1 if at == 2 else 1)
            spend = budget + sums(950 + at * 9 + i, 1, -30, 30)[0]
            lost = at == 1 and i == 2
            amounts = {
                (year, "budget"): (bracketed(budget), budget * 1000),
                (year, "outturn"): (bracketed(spend), spend * 1000),
            }
            shown = bracketed(budget)
            if lost:
                shown = "###"
                amounts[(year, "budget")] = ("###", None)
            whole = [whole[0] + budget, whole[1] + spend]
            truth.line(table, amounts, section=section, service=service)
            rows.append(
                [
                    section if i == 0 else "",
                    service,
                    shown,
                    bracketed(spend),
                    bracketed(spend - budget),
                    f"{spend / budget:.0%}",
                ]
            )
        label = f"Total {section}"
        grand = [grand[0] + whole[0], grand[1] + whole[1]]
        # A thousand may be lost in rounding, forty may not.
        shown_total = [whole[0], whole[1] + (1, 0, -40)[at]]
        bold.add(len(rows))
        rows.append(
            [
                label,
                "",
                *[bracketed(v) for v in shown_total],
                bracketed(whole[1] - whole[0]),
                f"{whole[1] / whole[0]:.0%}",
            ]
        )
        for phase, value in zip(("budget", "outturn"), shown_total, strict=True):
            slip = {year: -40000} if at == 2 and phase == "outturn" else {}
            verdict = "cannot_tell" if at == 1 and phase == "budget" else "agrees"
            if at == 0 and phase == "outturn":
                verdict = "rounding"
            truth.total(
                table,
                label,
                {(year, phase): (bracketed(value), value * 1000)},
                section,
                slip,
                verdict,
            )
    bold.add(len(rows))
    rows.append(
        [
            "Net commissioning budget",
            "",
            *[bracketed(v) for v in grand],
            bracketed(grand[1] - grand[0]),
            "",
        ]
    )
    truth.total(
        table,
        "Net commissioning budget",
        {(year, "budget"): (bracketed(grand[0]), grand[0] * 1000)},
        None,
        None,
        "cannot_tell",
    )
    truth.total(
        table,
        "Net commissioning budget",
        {(year, "outturn"): (bracketed(grand[1]), grand[1] * 1000)},
    )
    return libreoffice(
        sheet(rows, [4, 7, 2.4, 2.6, 2.4, 2], landscape=True, bold=bold, bare=2), "fods"
    ), truth


@document("thornwick-strips.pdf")
def thornwick() -> tuple[bytes, Truth]:
    """A sheet too wide for its paper: descriptions on the first pages, the years on the later ones."""
    years = ["2020-21", "2021-22", "2022-23", "2023-24"]
    truth = Truth("Grant commitments by project", "Thornwick Community Safety Partnership", years)
    rows = [
        [
            "Provider",
            "Project",
            "What the grant pays for",
            *[y.replace("-", "/") for y in years],
            "Area",
        ]
    ]
    whole = [0] * 4
    for i, (service, provider, what, _, where) in enumerate(services(71, 38)):
        money: list[int | None] = list(sums(1200 + i * 4, 4, 900, 42000, 5))
        if i % 7 == 2:
            money[0] = None
        if i % 9 == 4:
            money[3] = None
        whole = [a + (b or 0) for a, b in zip(whole, money, strict=True)]
        rows.append(
            [provider, service, what, *["" if v is None else commas(v, "£") for v in money], where]
        )
        truth.line(
            None,
            {
                y: None if v is None else (commas(v, "£"), v)
                for y, v in zip(years, money, strict=True)
            },
            provider=provider,
            service=service,
            provision=what,
            reach=where,
        )
    rows.append(["Total", "", "", *[commas(v, "£") for v in whole], ""])
    truth.total(None, "Total", {y: (commas(v, "£"), v) for y, v in zip(years, whole, strict=True)})
    made = sheet(rows, [5, 5, 7.2, 3.2, 3.2, 3.2, 3.2, 4], landscape=False, bold={0, len(rows) - 1})
    return libreoffice(made, "fods"), truth


@document("dunmarsh-workbook.pdf", held=True)
def dunmarsh() -> tuple[bytes, Truth]:
    """A sheet in four strips two deep: names and purpose first, two years, then total, area and notes."""
    years = ["2021-22", "2022-23"]
    truth = Truth("Grant funding log", "Dunmarsh Borough Council", years)
    rows = [
        [
            "Ref",
            "Organisation",
            "Scheme",
            "Purpose",
            "Grant 2021/22",
            "Grant 2022/23",
            "Ward",
            "Comment",
        ]
    ]
    whole = [0, 0]
    for i, (service, provider, what, *_) in enumerate([*services(263, 40), *services(269, 20)]):
        money = sums(3700 + i * 2, 2, 250, 9000, 25)
        whole = [a + b for a, b in zip(whole, money, strict=True)]
        ward = ["Abbey", "Castle", "Marsh", "St John's"][i % 4]
        rows.append(
            [
                f"G{i + 1:03}",
                provider,
                service,
                what,
                *[commas(v, "£") for v in money],
                ward,
                "paid in full" if i % 3 else "",
            ]
        )
        truth.line(
            None,
            {y: (commas(v, "£"), v) for y, v in zip(years, money, strict=True)},
            provider=provider,
            service=service,
            provision=what,
            reach=ward,
        )
    rows.append(["", "Grand total", "", "", *[commas(v, "£") for v in whole], "", ""])
    truth.total(
        None, "Grand total", {y: (commas(v, "£"), v) for y, v in zip(years, whole, strict=True)}
    )
    return libreoffice(
        sheet(rows, [1.6, 5, 5, 6, 3.4, 3.4, 4, 4], landscape=False, bold={0, 61}), "fods"
    ), truth
