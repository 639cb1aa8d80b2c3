"""CPU seconds of the narrative of some documents, after imports and after their pages are read.

python -m benchmarks.narrative [FOLDER]     (default raw_docs)
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from normalizers.narrative import pipeline, read_mentions
from pipeline.consultation import read_comments
from pipeline.discovery import find_documents
from pipeline.forms import form_rows
from pipeline.narrative import running_texts, term_rows
from pipeline.priorities import priority_rows
from pipeline.reading import read_document


def main(folder: Path) -> None:
    readings = [
        reading
        for found in find_documents(folder, "*")
        if found.is_document and (reading := read_document(found.path, found.file)).document
    ]
    pipeline.cache_clear()
    total = 0.0
    for reading in readings:
        document = reading.document
        assert document is not None
        started = time.process_time()
        texts = running_texts(document, reading.budgets)
        mentions = read_mentions(located.text for located in texts)
        rows = [
            *term_rows(document, texts),
            *priority_rows(document, reading.budgets),
            *form_rows(document),
            *(comment for table in document.tables for comment in read_comments(table)),
        ]
        seconds = time.process_time() - started
        total += seconds
        words = sum(len(located.text.text.split()) for located in texts)
        print(f"{seconds:6.2f} s  {words:6} words  {len(mentions):4} mentions  "
              f"{len(rows):4} records  {document.file}")  # fmt: skip
    print(f"{total:6.2f} s  in all, the language pipeline made once")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("raw_docs"))
