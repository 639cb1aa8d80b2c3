"""Small Word files made in a test from the XML of their body."""

from __future__ import annotations

import zipfile
from pathlib import Path

from extractors import word
from extractors.model import Document

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def links(targets: dict[str, str]) -> str:
    """A relationships part: the kind of each link and its target."""
    inside = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind.rstrip("0123456789")}" '
        f'Target="{target}"/>'
        for kind, target in targets.items()
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inside}</Relationships>"
    )


def write(path: Path, body: str, **parts: str) -> Path:
    """A Word file with this body; `parts` are the insides of lesser parts (`styles`, ...)."""
    roots = {"footnotes": "footnotes", "endnotes": "endnotes", "header1": "hdr", "footer1": "ftr"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", links({"officeDocument": "word/document.xml"}))
        archive.writestr(
            "word/_rels/document.xml.rels", links({kind: f"{kind}.xml" for kind in parts})
        )
        archive.writestr(
            "word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
        )
        for kind, inside in parts.items():
            root = roots.get(kind, kind)
            whole = f"<w:{root} {NAMES}>{inside}</w:{root}>"
            archive.writestr(f"word/{kind}.xml", inside if "xmlns" in inside else whole)
    return path


def document(folder: Path, body: str, **parts: str) -> Document:
    """The reading of a Word file with this body."""
    return word.read(write(folder / "made.docx", body, **parts), "made.docx")


def p(*runs: str, style: str = "", props: str = "") -> str:
    """A paragraph; runs that are no XML yet are plain text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{named}{props}</w:pPr>{inside}</w:p>"


def r(text: str, props: str = "") -> str:
    """A run of text; a tab character becomes a tab."""
    inside = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{part}</w:t>' if part else "" for part in text.split("\t")
    )
    return f"<w:r><w:rPr>{props}</w:rPr>{inside}</w:r>"


def tc(*content: str, props: str = "") -> str:
    """A table cell of paragraphs (or of one plain text)."""
    inside = "".join(part if part.startswith("<") else p(part) for part in content) or p()
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    """A table row; cells that are no XML yet are plain text."""
    inside = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{props}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table of rows on a grid of these column widths in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def grid(reading: Document, number: int = 1) -> list[list[str]]:
    """A table's texts by row; a place that no cell begins at is empty."""
    table = reading.tables[number - 1]
    texts = {(cell.row, cell.column): cell.text for cell in table.cells}
    return [
        [texts.get((row, column), "") for column in range(table.column_count)]
        for row in range(table.row_count)
    ]
