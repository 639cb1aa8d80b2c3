"""Puts the questions of ten_questions.sql to the database and prints the answers.

python examples/ten_questions.py output/spendtrail.db
"""

import sqlite3
import sys
from pathlib import Path

QUESTIONS = Path(__file__).with_suffix(".sql")


def main(database: str) -> None:
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    for block in QUESTIONS.read_text(encoding="utf-8").split("\n-- ")[2:]:
        question, _, sql = block.partition("\n")
        print(question)
        found = db.execute(sql)
        print("  " + " | ".join(column[0] for column in found.description))
        for row in found:
            print("  " + " | ".join("" if value is None else str(value) for value in row))
        print()


main(sys.argv[1])
