"""PDF files: the page layer, second readings, running text, and the whole document."""

from extractors.pdf.document import read_pdf as read
from extractors.pdf.layer import read_pages

__all__ = ["read", "read_pages"]
