"""Word files: joined first columns, tracked changes, content controls, footnotes, nested tables."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document as new
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from pool import projects, services, sums
from register import document
from truth import Truth, commas

FOOT = "Practice document. All names and figures are invented."
MADE = (2024, 4, 1, 9, 0, 0)
NOTES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {{note}}</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def saved(file: Any, note: str | None = None) -> bytes:
    """The file's bytes, the same each time; `note` becomes footnote 1."""
    file.add_paragraph(FOOT)
    made = io.BytesIO()
    file.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name in sorted(old.namelist()):
            data = old.read(name)
            if note and name == "[Content_Types].xml":
                kind = (
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
                )
                data = data.replace(
                    b"</Types>",
                    f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode(),
                )
            if note and name == "word/_rels/document.xml.rels":
                kind = (
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                )
                data = data.replace(
                    b"</Relationships>",
                    f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode(),
                )
            fresh.writestr(zipfile.ZipInfo(name, MADE), data, zipfile.ZIP_DEFLATED)
        if note:
            fresh.writestr(
                zipfile.ZipInfo("word/footnotes.xml", MADE),
                NOTES.replace("{note}", note),
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


def tracked(cell: Any, old: str, fresh: str) -> None:
    """An amount that one author struck out and another wrote anew."""
    who = 'w:author="A N Officer" w:date="2022-03-01T10:00:00Z"'
    cell.paragraphs[0]._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="901" {who}><w:r><w:delText>{old}</w:delText></w:r></w:del>'
        )
    )
    cell.paragraphs[0]._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="902" {who}><w:r><w:t>{fresh}</w:t></w:r></w:ins>')
    )


def controlled(cell: Any, text: str) -> None:
    """An amount inside a content control."""
    cell.paragraphs[0]._p.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="Amount"/></w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>'
        )
    )


def noted(cell: Any, text: str) -> None:
    """An amount with a footnote reference behind it."""
    cell.text = text
    run = cell.paragraphs[0].add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), "1")
    run._r.append(mark)


@document("fenmarsh-allocations-2022-23.docx")
def fenmarsh() -> tuple[bytes, Truth]:
    """First column joined downwards as theme; tracked, controlled and footnoted amounts."""
    truth = Truth(
        "Commissioning allocations 2022/23",
        "Fenmarsh Police and Crime Commissioner",
        ["2021-22", "2022-23"],
    )
    file = new()
    file.core_properties.author = "Practice"
    file.add_heading("Fenmarsh Police and Crime Commissioner", 0)
    file.add_heading("Commissioning allocations 2022/23", 1)
    file.add_paragraph(
        "Members are asked to note the allocations below. An uplift of 3% (£41,200) has been assumed for pay."
    )
    table = "Table 1: Allocations by theme"
    file.add_paragraph(table, style="Caption")
    note = "Includes a one-off contribution of £5,000 from the district councils."
    head = ["Theme", "Service", "Provider", "2021/22 £", "2022/23 £", "Commissioning route"]
    grid = file.add_table(rows=1, cols=6, style="Table Grid")
    for cell, text in zip(grid.rows[0].cells, head, strict=True):
        cell.text = text
    drawn, whole, at = services(113, 12), [0, 0], 0
    for theme, count in {
        "Support for victims": 5,
        "Tackling violence": 4,
        "Safer neighbourhoods": 3,
    }.items():
        first = None
        for i in range(count):
            service, provider, _, how, _ = drawn[at]
            before, now = sums(2000 + at, 2, 6000, 190000, 10)
            whole = [whole[0] + before, whole[1] + now]
            cells = grid.add_row().cells
            if i == 0:
                cells[0].text = theme
                first = cells[0]
            for cell, text in zip(
                cells[1:], (service, provider, commas(before), "", how), strict=True
            ):
                cell.text = text
            amounts = {"2021-22": commas(before), "2022-23": commas(now)}
            if at == 2:
                tracked(cells[4], commas(now - 1500), commas(now))
            elif at == 6:
                controlled(cells[4], commas(now))
            elif at == 9:
                noted(cells[4], commas(now))
                amounts["2022-23"] = (commas(now), now, note)
            else:
                cells[4].text = commas(now)
            if i == count - 1 and first is not None:
                first.merge(cells[0])
                for empty in first.paragraphs[1:]:
                    empty._p.getparent().remove(empty._p)
            truth.line(
                table, amounts, section=theme, service=service, provider=provider, mechanism=how
            )
            at += 1
    cells = grid.add_row().cells
    cells[0].merge(cells[2]).text = "Total allocations"
    cells[3].text, cells[4].text = commas(whole[0]), commas(whole[1])
    truth.total(
        table, "Total allocations", {"2021-22": commas(whole[0]), "2022-23": commas(whole[1])}
    )
    return saved(file, note), truth


@document("ashcombe-programmes.docx", held=True)
def ashcombe() -> tuple[bytes, Truth]:
    """Each programme is a row; its grants stand in a table nested in the second cell."""
    years = ["2023-24", "2024-25"]
    truth = Truth(
        "Serious violence programmes 2023-25", "Ashcombe Violence Prevention Partnership", years
    )
    file = new()
    file.core_properties.author = "Practice"
    file.add_heading("Ashcombe Violence Prevention Partnership", 0)
    file.add_heading("Serious violence programmes 2023-25", 1)
    grid = file.add_table(rows=1, cols=2, style="Table Grid")
    grid.rows[0].cells[0].text, grid.rows[0].cells[1].text = "Programme", "Funded work"
    drawn, at = services(127, 9), 0
    for theme in ("Hospital programme", "Schools programme", "Family programme"):
        cells = grid.add_row().cells
        cells[0].text = theme
        inner = cells[1].add_table(rows=1, cols=4)
        inner.style = "Table Grid"
        for cell, text in zip(
            inner.rows[0].cells, ("Provider", "Service", "2023/24", "2024/25"), strict=True
        ):
            cell.text = text
        whole = [0, 0]
        for _ in range(3):
            service, provider, *_ = drawn[at]
            money = sums(2100 + at, 2, 8000, 150000, 50)
            whole = [whole[0] + money[0], whole[1] + money[1]]
            line = inner.add_row().cells
            for cell, text in zip(
                line, (provider, service, commas(money[0], "£"), commas(money[1], "£")), strict=True
            ):
                cell.text = text
            truth.line(
                None,
                {y: (commas(v, "£"), v) for y, v in zip(years, money, strict=True)},
                unsure=("section",),
                section=theme,
                service=service,
                provider=provider,
            )
            at += 1
        line = inner.add_row().cells
        for cell, text in zip(
            line, ("Total", "", commas(whole[0], "£"), commas(whole[1], "£")), strict=True
        ):
            cell.text = text
        truth.total(
            None,
            "Total",
            {y: (commas(v, "£"), v) for y, v in zip(years, whole, strict=True)},
            theme,
        )
    return saved(file), truth


@document("tarnbrook-awards.docx")
def tarnbrook() -> tuple[bytes, Truth]:
    """Headings followed by label lines, in a section of two columns; a text box repeats the sum."""
    truth = Truth(
        "Tarnbrook Commissioner's Fund: round two awards 2020/21",
        "Tarnbrook Police and Crime Commissioner",
        ["2020-21"],
    )
    file = new()
    file.core_properties.author = "Practice"
    file.add_heading("Tarnbrook Police and Crime Commissioner", 0)
    file.add_heading("Commissioner's Fund: round two awards 2020/21", 1)
    file.add_paragraph(
        "Nine groups were successful from 31 that applied. Awards run from 1 April 2020 to 31 March 2021."
    )
    section = file.add_section(WD_SECTION.CONTINUOUS)
    section._sectPr.find(qn("w:cols")).set(qn("w:num"), "2")
    whole = 0
    for i, (body, name, what) in enumerate(projects(131, 9)):
        award = sums(2200 + i, 1, 800, 14000, 25)[0]
        whole += award
        file.add_heading(name, 2)
        for label, text in (
            ("Organisation", body),
            ("Purpose", what[0].upper() + what[1:]),
            ("Amount awarded", commas(award, "£")),
            ("Reference", f"TCF/2/{i + 107}"),
        ):
            line = file.add_paragraph()
            line.add_run(f"{label}: ").bold = True
            line.add_run(text)
        truth.line(
            None,
            {"2020-21": (commas(award, "£"), award)},
            service=name,
            provider=body,
            provision=what[0].upper() + what[1:],
        )
    file.add_paragraph(f"Total awarded: {commas(whole, '£')}")
    truth.total(None, "Total awarded", {"2020-21": (commas(whole, "£"), whole)})
    return saved(file), truth
