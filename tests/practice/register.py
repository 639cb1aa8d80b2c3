"""The register of practice documents: file name, who makes it, and whether it is held back.

*Held* documents are for measuring only: nobody looks at what goes wrong in them.
"""

from __future__ import annotations

from collections.abc import Callable

from truth import Truth

Maker = Callable[[], tuple[bytes, Truth]]
DOCUMENTS: dict[str, tuple[Maker, bool]] = {}


def document(file: str, *, held: bool = False) -> Callable[[Maker], Maker]:
    """Enter a maker of one document into the register."""

    def enter(maker: Maker) -> Maker:
        if file in DOCUMENTS:
            raise ValueError(f"two documents are called {file}")
        DOCUMENTS[file] = (maker, held)
        return maker

    return enter


def page(body: str, style: str = "", title: str = "") -> str:
    """A web page; every practice document says on it what it is."""
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>"
        f"<style>{style}</style></head><body>{body}"
        "<p style='font-size:7pt;color:#555'>Practice document. All names and figures are invented.</p>"
        "</body></html>"
    )


def row(cells: list[str], tag: str = "td", **attributes: str) -> str:
    """One table row; a cell that starts with `<td` or `<th` is taken as it is."""
    given = "".join(f' {k.rstrip("_")}="{v}"' for k, v in attributes.items())
    inner = "".join(c if c.startswith(("<td", "<th")) else f"<{tag}>{c}</{tag}>" for c in cells)
    return f"<tr{given}>{inner}</tr>"
