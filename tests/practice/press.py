"""The printers: each turns a source into a PDF or Word file in its own manner.

Chromium, LibreOffice and typst are needed only to make the documents afresh; the tests read
the committed files.
"""

from __future__ import annotations

import io
import random
import re
import subprocess
import tempfile
from pathlib import Path

CHROMIUM = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
]
DATE = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)(\d{14})")


def still(file: bytes) -> bytes:
    """The file with its dates of making set to one moment, byte for byte as long."""
    return DATE.sub(rb"\g<1>20240401090000", file)


def chromium(html: str) -> bytes:
    """Print a page of HTML as the browser prints it."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(html, encoding="utf-8")
        command = [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}"]
        subprocess.run([*command, source.as_uri()], check=True, capture_output=True, timeout=120)
        return still(made.read_bytes())


def libreoffice(source: bytes, ending: str, to: str = "pdf") -> bytes:
    """Export a Word file, web page (opened as a text document) or spreadsheet."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"page.{ending}").write_bytes(source)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", to, "--outdir", folder]
        if ending == "html":
            command.insert(3, "--infilter=HTML (StarWriter)")
        subprocess.run(
            [*command, f"{folder}/page.{ending}"], check=True, capture_output=True, timeout=180
        )
        return still(Path(folder, f"page.{to.split(':')[0]}").read_bytes())


def typst(source: str) -> bytes:
    """Set a typst source (package `typst`, not in the lock: only needed here)."""
    import typst as setter  # type: ignore[import-not-found,unused-ignore]

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.typ")
        path.write_text(source, encoding="utf-8")
        return still(setter.compile(str(path)))


def weasyprint(html: str) -> bytes:
    """Print a page of HTML with WeasyPrint (not in the lock: only needed here)."""
    import weasyprint as printer  # type: ignore[import-not-found,unused-ignore]

    return still(printer.HTML(string=html).write_pdf())


def scan(pdf: bytes, seed: int, dots_per_inch: int = 150, turn: float = 0.6) -> bytes:
    """The pages as a flatbed scanner would give them: turned a little, grey, specked, no text."""
    import pypdfium2
    from PIL import Image, ImageFilter
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    dice = random.Random(seed)
    document = pypdfium2.PdfDocument(pdf)
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in document:
        image = page.render(scale=dots_per_inch / 72).to_pil().convert("L")
        angle = turn * dice.choice((-1, 1)) * dice.uniform(0.5, 1)
        image = image.rotate(angle, fillcolor=250, resample=Image.Resampling.BICUBIC)
        image = image.filter(ImageFilter.GaussianBlur(0.5)).point(lambda v: min(250, v + 18))
        for _ in range(image.width * image.height // 4000):
            spot = dice.randrange(image.width), dice.randrange(image.height)
            image.putpixel(spot, dice.randrange(90, 200))
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=42)
        packed.seek(0)
        width, height = page.get_size()
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(packed), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
