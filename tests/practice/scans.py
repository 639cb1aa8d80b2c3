"""Scans: pages of images only, a little turned, grey and specked, at 150 and 200 dots to the inch."""

from __future__ import annotations

from pool import services, sums
from press import libreoffice, scan, weasyprint
from register import document, page, row
from truth import Truth, commas


def _sheet(truth: Truth, table: str, seed: int, count: int, slip: int) -> str:
    year = truth.years[0]
    body, whole = "", 0
    for i, (service, provider, *_) in enumerate(services(seed, count)):
        sum_ = sums(seed * 20 + i, 1, 1200, 140000)[0]
        whole += sum_
        body += row([service, provider, f"<td align=right>{commas(sum_)}</td>"])
        truth.line(table, {year: (commas(sum_), sum_)}, service=service, provider=provider)
    body += row(["<b>Total</b>", "", f"<td align=right><b>{commas(whole + slip)}</b></td>"])
    truth.total(
        table,
        "Total",
        {year: (commas(whole + slip), whole + slip)},
        None,
        {year: slip} if slip else {},
    )
    return body


@document("oldcastle-scanned-schedule.pdf")
def oldcastle() -> tuple[bytes, Truth]:
    """A scanned ruled schedule."""
    truth = Truth(
        "Schedule of grants 2013/14", "Oldcastle Police and Crime Commissioner", ["2013-14"]
    )
    table = "Schedule of grants 2013/14"
    head = row(["Service", "Recipient", "Grant (£)"], "th")
    text = f"<h1>{truth.publisher}</h1><h2>{table}</h2><table border=1 cellspacing=0 cellpadding=4 width=100%>{head}{_sheet(truth, table, 271, 11, 0)}</table>"
    return scan(
        libreoffice(
            page(text, "body{font-family:'Liberation Serif';font-size:12pt}").encode(), "html"
        ),
        3,
        150,
        0.5,
    ), truth


@document("whitby-abbey-scanned-appendix.pdf", held=True)
def whitby() -> tuple[bytes, Truth]:
    """A scanned table without vertical rules, whose total is out by a hundred pounds."""
    truth = Truth("Grants paid 2014-15", "Abbeyfield Police and Crime Commissioner", ["2014-15"])
    table = "Appendix 2: grants paid 2014-15"
    style = "@page{size:A4;margin:20mm} body{font:11.5pt 'Liberation Sans'} table{border-collapse:collapse;width:100%} td,th{border-bottom:1px solid #333;padding:5px;text-align:left}"
    text = f"<h1>{truth.publisher}</h1><h2>{table}</h2><table>{row(['Service', 'Paid to', '£'], 'th')}{_sheet(truth, table, 277, 12, 100)}</table>"
    return scan(weasyprint(page(text, style, table)), 4, 170, 0.8), truth


@document("elmstead-mixed.pdf", held=True)
def elmstead() -> tuple[bytes, Truth]:
    """A report with its text, and its schedule scanned in as the second page."""
    import io

    import pypdfium2

    truth = Truth(
        "Funding decisions 2015/16", "Elmstead Police and Crime Commissioner", ["2015-16"]
    )
    table = "Schedule: funding decisions 2015/16"
    style = "@page{size:A4;margin:20mm} body{font:12pt 'Liberation Sans'} table{border-collapse:collapse;width:100%} td,th{border:1px solid #222;padding:5px;text-align:left}"
    front = weasyprint(
        page(
            f"<h1>{truth.publisher}</h1><h2>{truth.title}</h2><p>The Commissioner agreed the awards in the attached schedule on 14 April 2015.</p>",
            style,
        )
    )
    sheet = f"<h2>{table}</h2><table>{row(['Service', 'Recipient', 'Award (£)'], 'th')}{_sheet(truth, table, 337, 9, 0)}</table>"
    back = scan(weasyprint(page(sheet, style)), 5, 150, 0.4)
    made = pypdfium2.PdfDocument.new()
    for part in (front, back):
        made.import_pages(pypdfium2.PdfDocument(part))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue(), truth
