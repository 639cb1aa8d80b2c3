"""Open questions about names, the most money first, and what a person answered.

An answer is one line appended to the project's CSV files of decisions, keyed to printed words; the
next run goes by it. An undo is a line as well. Nothing here writes to the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from normalizers.judgements import (
    Decision,
    Judgements,
    append_judgement,
    event_key,
    line_key,
    pair_key,
    read_judgements,
)
from normalizers.publishers import read_publisher
from normalizers.services import pounds
from normalizers.spelling import printed_key
from pipeline.receipts import open_database

Kind = Literal["providers", "services", "events"]
KINDS: tuple[Kind, ...] = ("providers", "services", "events")
ANSWERS: dict[str, Decision | Literal["undo", "quit"]] = {
    "y": "yes",
    "yes": "yes",
    "n": "no",
    "no": "no",
    "u": "unsure",
    "unsure": "unsure",
    "undo": "undo",
    "z": "undo",
    "q": "quit",
    "quit": "quit",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is asked, what is known, the money at stake, the row to be decided."""

    kind: Kind
    ask: str
    body: tuple[str, ...]
    pence: int
    row: tuple[tuple[str, str], ...]
    decision: Decision | None

    @property
    def group(self) -> tuple[str, ...]:
        """Questions of one group are settled by one yes (two candidates for one name)."""
        row = dict(self.row)
        if self.kind == "providers":
            return self.kind, row["publisher"], row["printed"]
        return self.kind, *(value for _, value in self.row)


def read_questions(database: Path, folder: Path, kinds: Sequence[Kind]) -> list[Question]:
    """The open questions of a database, decisions made since taken off, the most money first.

    Questions that somebody was unsure of come last. Raises FileNotFoundError where there is no
    database yet.
    """
    judgements = read_judgements(folder)
    readers: dict[Kind, Callable[[sqlite3.Connection, Judgements], Iterator[Question]]] = {
        "providers": _provider_questions,
        "services": _service_questions,
        "events": _event_questions,
    }
    with closing(open_database(database)) as db:
        found = [question for kind in kinds for question in readers[kind](db, judgements)]
    open_questions = [one for one in found if one.decision in (None, "unsure")]
    settled = {one.group for one in found if one.decision == "yes"}
    left = [one for one in open_questions if one.group not in settled]
    return sorted(left, key=lambda q: (q.decision is not None, -q.pence, q.kind, q.row))


def _provider_questions(db: sqlite3.Connection, judgements: Judgements) -> Iterator[Question]:
    for row in db.execute("SELECT * FROM provider_question ORDER BY position"):
        short = read_publisher(row["publisher"]).short
        one, other = sorted((printed_key(row["printed"]), printed_key(row["same_as"])))
        body = [f"  “{row['printed']}”: {row['reason']}"]
        body += [f"    {line}" for line in _lines_of(db, row["publisher"], row["printed"])]
        yield Question(
            "providers",
            f"Is “{row['printed']}” the same as “{row['same_as']}”?",
            tuple(body),
            row["pence"],
            tuple((key, row[key]) for key in ("publisher", "printed", "same_as")),
            judgements.providers.get((short, one, other)),
        )


def _lines_of(db: sqlite3.Connection, publisher: str, provider: str) -> list[str]:
    found = db.execute(
        "SELECT l.line_id FROM line l JOIN document d USING (document) "
        "WHERE d.publisher = ? AND instr(l.provider_printed, ?) ORDER BY l.document, l.position",
        (publisher, provider),
    ).fetchall()
    return [text for row in found for text in _tell_line(db, row["line_id"])][:8]


def _tell_line(db: sqlite3.Connection, line_id: str) -> list[str]:
    """One printed line in words: its years and sums, its names, and where it is printed."""
    line = db.execute("SELECT * FROM line WHERE line_id = ?", (line_id,)).fetchone()
    amounts = db.execute(
        "SELECT financial_year, printed, page FROM amount WHERE line_id = ? ORDER BY position",
        (line_id,),
    ).fetchall()
    name = line["service_printed"] or line["provision"] or line["provider_printed"] or ""
    details = [line["provider_printed"], line["reach_printed"], line["mechanism_printed"]]
    sums = ", ".join(f"{a['printed']} ({a['financial_year'] or 'no year'})" for a in amounts)
    page = next((f", page {a['page']}" for a in amounts if a["page"]), "")
    table = f", table {line['table_number']}" if line["table_number"] else ""
    row = f", row {line['row'] + 1}" if line["row"] is not None else ""
    told = [f"“{name}”", f"  {sums}", f"  {' · '.join(d for d in details if d)}"]
    if line["provision"] and line["provision"] != name:
        told.append(f"  {line['provision']}")
    return [*told, f"  {line['document']}{page}{table}{row}"]


def _service_questions(db: sqlite3.Connection, judgements: Judgements) -> Iterator[Question]:
    sides = {
        side: tuple(f"{side}_{what}" for what in ("service", "provider", "years"))
        for side in ("earlier", "later")
    }
    for row in db.execute(
        "SELECT * FROM service_pair WHERE decided_by = 'undecided' ORDER BY position"
    ).fetchall():
        keys = [
            line_key(row["publisher"], *(row[column] for column in columns))
            for columns in sides.values()
        ]
        body = []
        for side in sides:
            body += [f"  {text}" for text in _tell_line(db, row[f"{side}_line"])]
        body.append("  why it may be:")
        for step in db.execute(
            "SELECT words, bits FROM pair_evidence WHERE earlier_line = ? AND later_line = ? "
            "ORDER BY position",
            (row["earlier_line"], row["later_line"]),
        ):
            if step["bits"]:
                body.append(f"    {step['bits']:+5.2f}  {step['words']}")
        body.append(
            f"    {row['bits']:+5.2f}  together, {row['margin']:+.2f} ahead of the next best"
        )
        yield Question(
            "services",
            "Are these two lines one service?",
            tuple(body),
            row["pence"],
            tuple((key, row[key]) for key in ("publisher", *sides["earlier"], *sides["later"])),
            judgements.services.get(pair_key(*keys)),
        )


def _event_questions(db: sqlite3.Connection, judgements: Judgements) -> Iterator[Question]:
    asks = {
        "merged": "Did these services become one?",
        "split": "Did this service become several?",
        "redrawn": "Were these services cut anew into these others?",
    }
    for row in db.execute(
        "SELECT * FROM service_event WHERE decided_by = 'undecided' ORDER BY position"
    ).fetchall():
        earlier, later = row["from_services"] or "", row["to_services"] or ""
        key = event_key(row["publisher"], row["kind"], earlier, later, row["financial_year"])
        body = [f"  before: {name}" for name in earlier.split(" | ") if name]
        body += [f"  after:  {name}" for name in later.split(" | ") if name]
        body.append(f"  {row['evidence']}")
        page = f", page {row['page']}" if row["page"] else ""
        body.append(f"  {row['document']}{page}, from {row['financial_year']}")
        yield Question(
            "events",
            asks.get(row["kind"], f"Did this happen: {row['kind']}?"),
            tuple(body),
            row["pence"] or 0,
            (
                ("publisher", row["publisher"]),
                ("kind", row["kind"]),
                ("from_services", earlier),
                ("to_services", later),
                ("financial_year", row["financial_year"] or ""),
            ),
            judgements.events.get(key),
        )


def review(
    questions: Sequence[Question],
    folder: Path,
    today: date,
    tell: Callable[[str], None],
    hear: Callable[[str], str],
) -> int:
    """Ask the questions one by one and append the answers; how many stand at the end.

    `tell` shows a line, `hear` asks and gives back what was typed.
    """
    given: list[tuple[int, Question]] = []
    settled: dict[tuple[str, ...], int] = {}
    at = 0
    while True:
        if at >= len(questions):
            if not given or not _undoes(hear("that was the last; undo or quit")):
                break
            at = _take_back(given, settled, folder, today)
            continue
        question = questions[at]
        if question.group in settled and settled[question.group] != at:
            at += 1
            continue
        tell("")
        tell(f"{at + 1} of {len(questions)} · {pounds(question.pence)} at stake · {question.kind}")
        for line in question.body:
            tell(line)
        tell(question.ask)
        answer = ANSWERS.get(hear("yes, no, unsure, undo, quit").strip().lower())
        if answer is None:
            tell("please answer yes, no, unsure, undo or quit (y, n, u, z, q)")
        elif answer == "quit":
            break
        elif answer == "undo":
            if not given:
                tell("there is nothing to undo")
                continue
            at = _take_back(given, settled, folder, today)
        else:
            _append(question, answer, folder, today)
            given.append((at, question))
            if answer == "yes":
                settled[question.group] = at
            at += 1
    return len(given)


def _undoes(typed: str) -> bool:
    return ANSWERS.get(typed.strip().lower()) == "undo"


def _take_back(
    given: list[tuple[int, Question]],
    settled: dict[tuple[str, ...], int],
    folder: Path,
    today: date,
) -> int:
    """Undo the last answer; which question is asked again."""
    at, before = given.pop()
    settled.pop(before.group, None)
    _append(before, "undone", folder, today)
    return at


def _append(question: Question, decision: Decision, folder: Path, today: date) -> None:
    append_judgement(
        folder,
        question.kind,
        {**dict(question.row), "decision": decision, "decided_on": today.isoformat(), "note": ""},
    )
