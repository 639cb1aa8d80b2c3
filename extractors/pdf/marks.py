"""What single characters stand for: ligatures, spaces, symbol-font bullets and boxes."""

from __future__ import annotations

from functools import cache

SPACES = frozenset(" \t\n\r\f\v\x00\u00a0\u1680\u202f\u205f\u3000") | frozenset(
    chr(code) for code in range(0x2000, 0x200B)
)
SOFT_HYPHEN = "\u00ad"
UNKNOWN = "\ufffd"

# Characters without ink of their own: zero-width joins, direction marks, byte-order marks.
INKLESS = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe\uffff\u202a\u202b\u202c\u202d\u202e"
)

LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}

# Superscript digits that are characters of their own; a footnote mark is one of these
# as often as a raised small digit, and both must look alike to a reader of marks.
RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))

# Code points that the fonts Wingdings and Symbol use, by the low byte (they come as U+F0xx
# or, from careless producers, as the plain character). Microsoft's published character tables.
WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "☐",
    0x71: "☐",
    0x72: "☐",
    0x73: "◆",
    0x75: "◆",
    0x76: "❖",
    0x78: "☒",
    0x9E: "•",
    0x9F: "•",
    0xA0: "▪",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "☐",
    0xD8: "➢",
    0xE0: "→",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
SYMBOL = {0xB7: "•", 0xA7: "♣", 0xA8: "♦", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0x2D: "−"}


@cache
def meant(code: int, symbol_font: str) -> str:
    """The text of one character code; `symbol_font` is `wingdings`, `symbol` or empty.

    A private-use code that nothing is known of gives the replacement character U+FFFD.
    """
    if code == 2:  # PDFium's mark for a hyphen that ends a line
        return "-"
    if code < 32 or 0x7F <= code < 0xA0:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        low = code & 0xFF
        known = (SYMBOL if symbol_font == "symbol" else WINGDINGS).get(low) or SYMBOL.get(low)
        if known:
            return known
        return chr(low) if 0x20 < low < 0x7F and not symbol_font else UNKNOWN
    if symbol_font == "wingdings" and code < 0x100:
        return WINGDINGS.get(code, chr(code))
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:  # half a character, or none at all
        return UNKNOWN
    character = chr(code)
    if 0xE000 <= code <= 0xF8FF:
        return UNKNOWN
    if character in INKLESS:
        return ""
    return LIGATURES.get(character, character)
