"""Make the practice documents: `python tests/practice/make.py [name ...]`.

Writes `files/NAME` and `files/NAME.json` (its truth) for every registered document, or for
those whose name begins with one of the arguments. Needs Chromium, LibreOffice, and the
packages typst and weasyprint.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from register import DOCUMENTS

# Each enters its documents in the register by being imported.
MAKERS = ("books", "grids", "more", "plans", "prose", "scans", "sheets", "unruled", "word")
FILES = Path(__file__).parent / "files"


def main(names: list[str]) -> None:
    for maker in MAKERS:
        importlib.import_module(maker)
    FILES.mkdir(exist_ok=True)
    for file, (make, held) in sorted(DOCUMENTS.items()):
        if names and not any(file.startswith(name) for name in names):
            continue
        made, truth = make()
        (FILES / file).write_bytes(made)
        text = json.dumps(truth.as_dict(file, held), indent=1, ensure_ascii=False)
        (FILES / f"{Path(file).stem}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{file:45} {len(made):8} bytes {len(truth.lines):4} lines {'held' if held else ''}")


if __name__ == "__main__":
    main(sys.argv[1:])
