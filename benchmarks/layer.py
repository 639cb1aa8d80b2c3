"""The page layer beside pdfplumber: speed as a ratio, and how much of the text is the same.

    python benchmarks/layer.py FILE_OR_FOLDER…

Words are compared without regard to order, page by page; money words (a digit or a currency
sign in them) that pdfplumber sees and the layer does not are listed with --missing.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from pathlib import Path

import pdfplumber

from extractors.model import Page
from extractors.pdf.layer import read_pages

_MONEY = re.compile(r"[£$€\d]")


def glued_words(page: Page) -> list[str]:
    """The layer's words as a reader without raised marks would print them: glued ones joined."""
    words: list[str] = []
    for word in page.words:
        if word.glued and words:
            words[-1] += word.text
        else:
            words.append(word.text)
    return words


def plain(text: str) -> str:
    """Text without what the two engines spell differently (hyphens at line ends, ligatures)."""
    for odd, usual in (
        ("\u00ad", "-"),
        ("\u2010", "-"),
        ("ﬁ", "fi"),
        ("ﬂ", "fl"),
        ("ﬀ", "ff"),
        ("ﬃ", "ffi"),
        ("ﬄ", "ffl"),
    ):
        text = text.replace(odd, usual)
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--missing", action="store_true", help="list words that differ")
    options = parser.parse_args()
    files = sorted(
        file
        for path in options.paths
        for file in (path.rglob("*.pdf") if path.is_dir() else [path])
    )
    pages = words = same = money = money_same = letters = letters_same = 0
    ours = theirs = 0.0
    for file in files:
        begin = time.perf_counter()
        layer = list(read_pages(file))
        ours += time.perf_counter() - begin
        begin = time.perf_counter()
        with pdfplumber.open(file) as document:
            reference = []
            for page in document.pages:
                reference.append([word["text"] for word in page.extract_words()])
                page.close()
        theirs += time.perf_counter() - begin
        missing: list[str] = []
        extra: list[str] = []
        for page, other in zip(layer, reference, strict=True):
            mine = Counter(plain(text) for text in glued_words(page))
            other_count = Counter(plain(text) for text in other)
            common = mine & other_count
            pages += 1
            words += other_count.total()
            same += common.total()
            money += sum(n for text, n in other_count.items() if _MONEY.search(text))
            money_same += sum(n for text, n in common.items() if _MONEY.search(text))
            my_letters = Counter("".join(mine.elements()))
            their_letters = Counter("".join(other_count.elements()))
            letters += their_letters.total()
            letters_same += (my_letters & their_letters).total()
            missing += [f"p{page.number}:{text}" for text in (other_count - common).elements()]
            extra += [f"p{page.number}:{text}" for text in (mine - common).elements()]
        if options.missing and (missing or extra):
            print(file.name, "\n  pdfplumber only:", missing[:60], "\n  layer only:", extra[:60])
    print(f"{len(files)} files, {pages} pages, {words} words")
    print(f"pages per second: layer {pages / ours:.0f}, pdfplumber {pages / theirs:.1f}")
    print(f"time, layer / pdfplumber: {ours / theirs:.3f}")
    print(f"same words {same / words:.4f}, same letters {letters_same / letters:.4f}")
    print(f"same words with a digit or currency sign {money_same / max(money, 1):.4f}")


if __name__ == "__main__":
    main()
