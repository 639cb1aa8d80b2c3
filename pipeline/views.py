"""The views: what readers of the database rely on, and the words that describe each column.

This is the one list that the SQL, the README's table and later metadata are made from. Money is
in pounds here. Every view ends with its receipt: `document`, and for a PDF `page` and the box
`x0, top, x1, bottom` in points from the page's top left corner; for a Word file `paragraph`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a view: its name, the SQL that fills it, and what it means."""

    name: str
    sql: str
    meaning: str


@dataclass(frozen=True, slots=True)
class View:
    """A view: what one row is, its columns in their promised order, and where they come from."""

    name: str
    row_is: str
    columns: tuple[ViewColumn, ...]
    source: str

    @property
    def sql(self) -> str:
        """The statement that creates it."""
        listed = ",\n  ".join(f'{c.sql} AS "{c.name}"' for c in self.columns)
        return f'CREATE VIEW "{self.name}" AS SELECT\n  {listed}\nFROM {self.source}'


def _columns(*triples: tuple[str, str, str]) -> tuple[ViewColumn, ...]:
    return tuple(ViewColumn(*triple) for triple in triples)


def _receipt(alias: str, paragraph: str = "paragraph") -> tuple[ViewColumn, ...]:
    return _columns(
        ("document", f"{alias}.document", "file name of the document below raw_docs/"),
        ("page", f"{alias}.page", "page of a PDF, from 1"),
        ("x0", f"{alias}.x0", "left edge of the box, in points from the page's left"),
        ("top", f"{alias}.top", "upper edge, in points from the page's top"),
        ("x1", f"{alias}.x1", "right edge"),
        ("bottom", f"{alias}.bottom", "lower edge"),
        (paragraph, f"{alias}.{paragraph}", "paragraph of a Word file, from 1"),
    )


def _pounds(pence: str) -> str:
    return f"{pence} / 100.0"


_NO_PLACE = _columns(
    ("page", "NULL", "always null: the row stands on no single page"),
    ("x0", "NULL", "always null"),
    ("top", "NULL", "always null"),
    ("x1", "NULL", "always null"),
    ("bottom", "NULL", "always null"),
)


def _documents_only(sql: str, meaning: str) -> tuple[ViewColumn, ...]:
    return (ViewColumn("document", sql, meaning), *_NO_PLACE)


SPENDING = View(
    "spending",
    "one printed amount of one budget line",
    _columns(
        ("amount_id", "a.amount_id", "stays the same as long as the document's bytes do"),
        ("line_id", "a.line_id", "the budget line that the amount belongs to"),
        ("publisher", "d.publisher", "body that published the document"),
        ("published_on", "d.published_on", "date of publication (ISO 8601), as far as known"),
        ("table_title", "l.table_title", "caption or heading of the table; null for prose"),
        ("section", "l.section", "section of the table that the line stands in, as printed"),
        ("theme", "l.theme", "the section mapped to the common list of themes"),
        ("service", "s.name", "the service that the line is taken to belong to"),
        ("service_printed", "l.service_printed", "name of the service as printed"),
        ("provider", "l.provider", "who provides it, under one name through the years"),
        ("provider_printed", "l.provider_printed", "provider as printed"),
        ("provision", "l.provision", "what is provided, as printed"),
        ("mechanism", "l.mechanism", "how it is funded, mapped to the common list"),
        ("mechanism_printed", "l.mechanism_printed", "how it is funded, as printed"),
        ("reach", "l.reach", "the place served, as official areas"),
        ("reach_printed", "l.reach_printed", "the place served, as printed"),
        ("priorities", "l.priorities", "printed codes of strategic priorities, primary first"),
        ("financial_year", "a.financial_year", "2017-18; 2022-25 for one sum for three years"),
        (
            "phase",
            "a.phase",
            "proposed, indicative, budget, revised, committed, outturn, requested",
        ),
        ("amount", _pounds("a.pence"), "pounds; null where the print says it is not known yet"),
        ("amount_printed", "a.printed", "the figure, letter for letter"),
        ("note", "coalesce(a.note, l.note)", "text of the note that the figure or line points to"),
        (
            "status",
            "a.status",
            "proven: inside a printed sum that closes; unproven: no printed sum covers it; "
            "contradicted: inside a sum that does not close",
        ),
        ("is_current", "a.is_current", "1 where no later statement replaces this one"),
    )
    + _receipt("a")
    + _columns(
        ("status_reason", "a.status_reason", "the sum that gives the status, in words"),
        ("year_source", "a.year_source", "where the year was read: heading, title, document …"),
        ("phase_source", "a.phase_source", "where the phase was read"),
        ("unit", "a.unit_pence / 100", "pounds that a printed 1 stands for"),
        ("flags", "a.flags", "every liberty taken with the print, in words"),
        (
            "confidence",
            "a.confidence",
            "0..1: of figures read and judged like it, so many were right",
        ),
        ("service_cell", "l.service_cell", "the whole cell where name and provision share one"),
        ("table_number", "l.table_number", "number of the table in the document, from 1"),
        ("row", "l.row", "row of the table, from 0"),
        ("column", 'a."column"', "column of the table, from 0"),
    ),
    "amount a JOIN line l USING (line_id) JOIN document d ON d.document = a.document "
    "LEFT JOIN service_link k USING (line_id) LEFT JOIN service s USING (service_id)",
)

PRINTED_TOTALS = View(
    "printed_totals",
    "one printed sub-total or total",
    _columns(
        ("table_title", "t.table_title", "caption or heading of the table"),
        ("section", "t.section", "the section it closes, as printed; null for a grand total"),
        ("label", "t.label", "words of the total's row"),
        ("financial_year", "t.financial_year", "year of the column"),
        ("amount", _pounds("t.pence"), "pounds as printed"),
        ("amount_printed", "t.printed", "the figure, letter for letter"),
        ("computed", _pounds("t.computed_pence"), "pounds, summed from the lines it covers"),
        ("difference", _pounds("(t.pence - t.computed_pence)"), "printed less computed, pounds"),
        (
            "verdict",
            "t.verdict",
            "agrees; rounding; misread: two readings differ; publisher: all readings agree and "
            "the print does not add up; cannot_tell",
        ),
    )
    + _receipt("t")
    + _columns(
        ("phase", "t.phase", "phase of the column"),
        ("explanation", "t.explanation", "the verdict in words"),
        ("table_number", "t.table_number", "number of the table in the document, from 1"),
        ("row", "t.row", "row of the table, from 0"),
        ("column", 't."column"', "column of the table, from 0"),
    ),
    "total t",
)

NARRATIVE_AMOUNTS = View(
    "narrative_amounts",
    "one amount of money in the running text",
    _columns(
        ("heading", "n.heading", "headings above it, outermost first, joined with ›"),
        ("paragraph", "n.paragraph", "printed number of the paragraph, comment or answer"),
        ("sentence", "n.sentence", "the sentence it stands in"),
        ("printed", "n.printed", "the amount, letter for letter"),
        ("amount", _pounds("n.pence"), "pounds; the lower end of a range"),
        ("qualifier", "n.qualifier", "over, up to, more than, increase, reduction, or null"),
        ("kind", "n.kind", "what it is said to be: total, increase, maximum, share …"),
        ("subject", "n.subject", "of what: a service, a fund, a section, the whole budget"),
        ("financial_year", "n.financial_year", "for which year"),
        ("verdict", "n.verdict", "agrees, rounding, contradicts, cannot_tell; null: no claim"),
        ("explanation", "n.explanation", "the verdict in one sentence with both receipts"),
    )
    + _receipt("n", "word_paragraph")
    + _columns(
        ("amount_to", _pounds("n.pence_to"), "pounds; the upper end of a range"),
        ("qualifier_words", "n.qualifier_words", "the qualifying words as printed"),
        ("passage_key", "n.passage_key", "key of the passage in `passages`"),
    ),
    "narrative_amount n",
)

COMMENTS = View(
    "comments",
    "one consultation comment with its response",
    _columns(
        ("number", "c.number", "printed number of the comment or answer"),
        ("theme", "c.theme", "banner it stands under"),
        ("question", "c.question", "the question that it answers"),
        ("comment", "c.comment", "the comment or answer"),
        ("response", "c.response", "the publisher's response"),
    )
    + _receipt("c")
    + _columns(
        ("response_joined", "c.response_joined", "1 where it is printed once with the row above"),
        ("tally", "c.tally", "counted answers (No = 9 Yes = 2) as JSON"),
    ),
    "comment c",
)

GLOSSARY = View(
    "glossary",
    "one term",
    _columns(
        ("term", "t.term", "the term or acronym as printed"),
        ("meaning", "t.meaning", "what it stands for"),
    )
    + _receipt("t")
    + _columns(("source", "t.source", "glossary, or text where running text defines it")),
    "term t",
)

CELLS = View(
    "cells",
    "one cell of any table",
    _columns(
        ("table_title", "t.title", "caption or heading of the table"),
        ("row", "c.row", "row of the table, from 0, header rows included"),
        ("column", 'c."column"', "column of the table, from 0"),
        ("row_span", "c.row_span", "rows that the cell covers"),
        ("column_span", "c.column_span", "columns that the cell covers"),
        ("text", "c.text", "its text without footnote marks"),
    )
    + _receipt("c")
    + _columns(
        ("table_number", "c.table_number", "number of the table in the document, from 1"),
        ("raw", "c.raw", "its text with footnote marks, as printed"),
        ("marks", "c.marks", "footnote marks, joined with a space"),
        ("is_header", "c.is_header", "1 in the rows that name columns"),
        ("reader", "t.reader", "the reading of the table that was chosen"),
    ),
    "cell c JOIN printed_table t USING (document, table_number)",
)

PROVIDER_NAMES = View(
    "provider_names",
    "one printed provider name",
    _columns(
        ("printed", "n.printed", "the name as printed"),
        ("provider", "p.name", "the organisation it stands for; null for a placeholder"),
        ("role", "n.role", "provider, via, partner, placeholder"),
        ("decided_by", "n.decided_by", "rule, or the person who decided"),
        ("reason", "n.reason", "why, in words"),
    )
    + _receipt("n")
    + _columns(
        ("provider_id", "n.provider_id", "readable identifier, minted once"),
        ("official_code", "p.official_code", "official code, where reference data have one"),
    ),
    "provider_name n LEFT JOIN provider p USING (provider_id)",
)

SERVICE_LINKS = View(
    "service_links",
    "one printed service line and the service it belongs to",
    _columns(
        ("line_id", "k.line_id", "the budget line"),
        ("service_printed", "l.service_printed", "name of the service as printed"),
        ("provider_printed", "l.provider_printed", "provider as printed"),
        ("financial_years", "k.financial_years", "years that the line has amounts for"),
        ("service_id", "k.service_id", "readable identifier, minted once"),
        ("service", "s.name", "the service"),
        ("decided_by", "k.decided_by", "rule, or the person who decided"),
        ("reason", "k.reason", "the evidence in words"),
        ("score", "k.score", "how strong the evidence is, 0..1"),
    )
    + _receipt("l"),
    "service_link k JOIN line l USING (line_id) JOIN service s USING (service_id)",
)

SERVICE_EVENTS = View(
    "service_events",
    "one change in a service's life",
    _columns(
        (
            "kind",
            "e.kind",
            "started, ended, renamed, merged, split, redrawn (several became several others), "
            "provider_changed, moved_section",
        ),
        ("from_services", "e.from_services", "services before, as printed, joined with |"),
        ("to_services", "e.to_services", "services after, as printed, joined with |"),
        ("financial_year", "e.financial_year", "first year of the new state"),
        ("evidence", "e.evidence", "why, in words"),
        ("confidence", "e.confidence", "0..1"),
        ("decided_by", "e.decided_by", "rule, person, or undecided (ask `spendtrail review`)"),
    )
    + _receipt("e")
    + _columns(
        ("publisher", "e.publisher", "body whose services they are"),
        ("from_ids", "e.from_ids", "identifiers of the services before"),
        ("to_ids", "e.to_ids", "identifiers of the services after"),
    ),
    "service_event e",
)

SPENDING_HISTORY = View(
    "spending_history",
    "one service in one year, its current figure",
    _columns(
        ("service", "h.service", "the service"),
        ("provider", "h.provider", "who provides it in that year"),
        ("theme", "h.theme", "theme from the common list"),
        ("financial_year", "h.financial_year", "the year"),
        ("amount", _pounds("h.pence"), "pounds"),
        ("phase", "h.phase", "phase of the current figure"),
        ("document", "h.document", "document that states it"),
        ("restated", "h.restated", "what the figure replaced, in words; null if nothing"),
    )
    + _receipt("h")[1:]
    + _columns(
        ("service_id", "h.service_id", "readable identifier, minted once"),
        ("amount_id", "h.amount_id", "the amount in `spending`"),
    ),
    "history h",
)

CHECKS = View(
    "checks",
    "one check",
    _columns(
        ("kind", "c.kind", "what was compared"),
        ("scope", "c.scope", "table, section, year or sentence that it is about"),
        ("expected", "c.expected", "pounds (or per cent) as printed"),
        ("found", "c.found", "pounds (or per cent) as computed"),
        ("difference", "c.difference", "expected less found"),
        ("verdict", "c.verdict", "agrees, rounding, misread, publisher, cannot_tell"),
        ("explanation", "c.explanation", "the verdict in words"),
    )
    + _receipt("c")
    + _columns(("table_number", "c.table_number", "number of the table in the document")),
    "sum_check c",
)

ISSUES = View(
    "issues",
    "one thing that a person should look at",
    _columns(
        ("code", "i.code", "stable name of the kind of issue"),
        ("severity", "i.severity", "error, warning, info"),
        ("message", "i.message", "what is wrong and what to do next"),
        ("printed", "i.printed", "the publisher's text that it is about"),
    )
    + _receipt("i")
    + _columns(("table_number", "i.table_number", "number of the table in the document")),
    "issue i",
)

PASSAGES = View(
    "passages",
    "one paragraph, list item, footnote or cell of running text",
    _columns(
        ("heading", "p.heading", "headings above it, outermost first, joined with ›"),
        ("number", "p.number", "printed number or mark"),
        ("kind", "p.kind", "title, heading, paragraph, list_item, footnote, caption, cell …"),
        ("text", "f.text", "its text; `WHERE text MATCH 'grant NEAR youth'` searches it"),
    )
    + _receipt("p")
    + _columns(("key", "p.key", "names the passage within its document")),
    "passage p JOIN passage_text f ON f.rowid = p.passage_id",
)

LEADS = View(
    "leads",
    "one question worth asking the publisher",
    _columns(
        ("rule", "l.rule", "the rule that found it"),
        ("question", "l.question", "the question"),
        ("pounds", _pounds("l.pence"), "pounds at stake"),
        ("receipts", "l.receipts", "documents, pages and figures behind it"),
    )
    + _receipt("l"),
    "lead l",
)

CHANGES = View(
    "changes",
    "one difference from the database that this one replaced",
    _columns(
        ("kind", "c.kind", "added, removed, restated, linked …"),
        ("service", "c.service", "the service"),
        ("financial_year", "c.financial_year", "the year"),
        ("before", "c.before", "as it was"),
        ("after", "c.after", "as it is"),
        ("explanation", "c.explanation", "in words"),
    )
    + _documents_only("c.document", "file name of the document that the change comes from"),
    "change c",
)

RUNS = View(
    "runs",
    "one run",
    _columns(
        ("started", "r.started", "UTC"),
        ("finished", "r.finished", "UTC"),
        ("version", "r.version", "of Spendtrail"),
        ("documents_read", "r.documents_read", "documents read anew"),
        ("documents_unchanged", "r.documents_unchanged", "documents taken from the cache"),
        ("documents_failed", "r.documents_failed", "documents that could not be read"),
        ("amounts", "r.amounts", "amounts in the database after it"),
        ("stages", "r.stages", "seconds per stage, as JSON"),
    )
    + _documents_only("NULL", "always null: a run reads many"),
    "run r",
)

COVERAGE = View(
    "coverage",
    "one publisher's year",
    _columns(
        ("publisher", "y.publisher", "the body"),
        ("financial_year", "y.financial_year", "the year"),
        ("documents", "y.documents", "documents with amounts for that year"),
        ("lines", "y.lines", "budget lines with amounts for that year"),
        ("printed_total", _pounds("y.printed_total_pence"), "printed grand totals, pounds"),
        ("proven", _pounds("y.proven_pence"), "pounds inside a sum that closes"),
        ("unproven", _pounds("y.unproven_pence"), "pounds that no printed sum covers"),
        ("contradicted", _pounds("y.contradicted_pence"), "pounds in a sum that does not close"),
    )
    + _documents_only("y.document", "the documents, joined with ;"),
    "publisher_year y",
)

DOCUMENTS = View(
    "documents",
    "one document",
    _columns(
        ("document", "d.document", "file name of the document below raw_docs/"),
        ("sha256", "d.sha256", "of its bytes"),
        ("format", "d.format", "pdf, docx, doc"),
        ("publisher", "d.publisher", "body that published it"),
        ("title", "d.title", "its title"),
        ("kind", "d.kind", "framework, refresh, panel report, consultation, decision …"),
        ("published_on", "d.published_on", "ISO 8601, as far as known"),
        ("financial_years", "d.financial_years", "years it covers, joined with ;"),
        ("replaces", "d.replaces", "the document it refreshes or replaces, from its own words"),
        ("guessed", "d.guessed", "facts read from the document itself, not from the register"),
        ("pages", "d.pages", "pages of a PDF"),
        ("is_read", "d.is_read", "0 where it could not be read; `issues` says why"),
        ("is_whole", "d.is_whole", "0 where it, or a page of it, could not be read"),
        ("duplicate_of", "d.duplicate_of", "the document with the same bytes that was read"),
        ("source_url", "d.source_url", "where it was published"),
        ("licence", "d.licence", "under which terms"),
        ("note", "d.note", "note in the register"),
    ),
    "document d",
)

PERCENTAGES = View(
    "percentages",
    "one percentage in the running text",
    _columns(
        ("heading", "n.heading", "headings above it, outermost first, joined with ›"),
        ("paragraph", "n.paragraph", "printed number of the paragraph, comment or answer"),
        ("sentence", "n.sentence", "the sentence it stands in"),
        ("printed", "n.printed", "the percentage, letter for letter"),
        ("value", "n.value", "per cent"),
        ("qualifier", "n.qualifier", "over, up to, more than, increase, reduction, or null"),
        ("qualifier_words", "n.qualifier_words", "the qualifying words as printed"),
        ("subject", "n.subject", "of what it is an increase or reduction"),
        ("financial_year", "n.financial_year", "for which year"),
        ("verdict", "n.verdict", "agrees, rounding, contradicts, cannot_tell; null: no claim"),
        ("explanation", "n.explanation", "the verdict in one sentence"),
    )
    + _receipt("n", "word_paragraph"),
    "percentage n",
)

PRIORITIES = View(
    "priorities",
    "one strategic priority",
    _columns(
        ("code", "p.code", "printed code"),
        ("theme", "p.theme", "theme it stands under"),
        ("priority", "p.priority", "its words"),
    )
    + _receipt("p"),
    "priority p",
)

LINE_PRIORITIES = View(
    "line_priorities",
    "one strategic priority that a budget line carries",
    _columns(
        ("line_id", "l.line_id", "the line, as in `spending`"),
        ("service_printed", "b.service_printed", "its service as printed"),
        ("position", "l.position", "0 is the primary priority"),
        ("code", "l.code", "printed code"),
        ("theme", "l.theme", "theme that the priority stands under"),
        ("priority", "l.priority", "its words; null where the document does not list it"),
    )
    + _receipt("b"),
    "line_priority l JOIN line b USING (line_id)",
)

MENTIONS = View(
    "mentions",
    "one thing that running text names besides amounts",
    _columns(
        (
            "kind",
            "m.kind",
            "provider, service, place, financial_year, date, fund, or a code's kind",
        ),
        ("printed", "m.printed", "as printed"),
        ("value", "m.value", "what it stands for: a settled name, 2017-18, 2014-06-09, CI004"),
        ("heading", "m.heading", "headings above it, outermost first, joined with ›"),
        ("number", "m.number", "printed number of the paragraph, comment or answer"),
        ("passage_key", "m.passage_key", "key of the passage in `passages`"),
    )
    + _receipt("m"),
    "mention m",
)

FORM_ANSWERS = View(
    "form_answers",
    "one question of a form with its answer or tick",
    _columns(
        ("form", "f.form", "heading or title of the form"),
        ("label", "f.label", "the question or the label of the box"),
        ("answer", "f.answer", "the answer as printed"),
        ("checked", "f.checked", "1 ticked, 0 not ticked, null: no box"),
    )
    + _receipt("f"),
    "form_answer f",
)

# The promised views in the order of the README, then the further ones.
PROVIDERS = View(
    "providers",
    "one organisation",
    _columns(
        ("provider_id", "p.provider_id", "readable identifier, minted once"),
        ("provider", "p.name", "its name; the official one where reference data have it"),
        ("kind", "p.kind", "council, police force, commissioner, NHS body, organisation"),
        ("official_code", "p.official_code", "official code, where reference data have one"),
        ("code_source", "p.source", "who gives the code: ONS, NHS ODS"),
        ("company_number", "p.company_number", "company number that a person filled in"),
        ("charity_number", "p.charity_number", "charity number that a person filled in"),
    )
    + _documents_only(
        "(SELECT group_concat(document, '; ') FROM (SELECT DISTINCT n.document "
        "FROM provider_name n WHERE n.provider_id = p.provider_id ORDER BY n.document))",
        "documents that print it, joined with ;",
    ),
    "provider p",
)

LINK_EVIDENCE = View(
    "link_evidence",
    "one finding about two lines that are, or may be, one service: a step of a waterfall",
    _columns(
        ("earlier_line", "w.earlier_line", "line of the earlier document"),
        ("later_line", "w.later_line", "line of the later document"),
        ("earlier_service", "s.earlier_service", "the earlier line's service as printed"),
        ("later_service", "s.later_service", "the later line's service as printed"),
        ("position", "w.position", "order of the step, from 1"),
        ("evidence", "w.evidence", "what was compared: name, people, provider, provision, …"),
        ("level", "w.level", "the level it reached"),
        ("words", "w.words", "the finding in words"),
        ("bits", "w.bits", "how far it moves the odds: 1 doubles them"),
        ("total_bits", "s.bits", "the sum over all findings of the pair"),
        ("margin", "s.margin", "bits by which the pair beats the next best"),
        ("decided_by", "s.decided_by", "rule, person, or undecided"),
        ("rule", "s.rule", "the rule by which they were linked"),
    )
    + _receipt("l"),
    "pair_evidence w JOIN service_pair s USING (earlier_line, later_line) "
    "JOIN line l ON l.line_id = w.later_line",
)

PLACES = View(
    "places",
    "one official area that a printed place stands for",
    _columns(
        ("publisher", "r.publisher", "body in whose documents the words mean this"),
        ("printed", "r.printed", "the place as printed"),
        ("area_code", "r.area_code", "ONS code; null where no area of that name is known"),
        ("area", "r.area", "its name"),
        ("decided_by", "r.decided_by", "rule, or undecided"),
        ("reason", "r.reason", "why, in words"),
    )
    + _documents_only(
        "(SELECT group_concat(document, '; ') FROM (SELECT DISTINCT l.document FROM line l "
        "JOIN document d USING (document) WHERE l.reach_printed = r.printed "
        "AND d.publisher = r.publisher ORDER BY l.document))",
        "documents that print it, joined with ;",
    ),
    "reach_place r",
)

VIEWS: tuple[View, ...] = (
    SPENDING,
    PRINTED_TOTALS,
    NARRATIVE_AMOUNTS,
    COMMENTS,
    GLOSSARY,
    CELLS,
    PROVIDER_NAMES,
    SERVICE_LINKS,
    SERVICE_EVENTS,
    SPENDING_HISTORY,
    CHECKS,
    ISSUES,
    PASSAGES,
    LEADS,
    CHANGES,
    RUNS,
    COVERAGE,
    DOCUMENTS,
    PERCENTAGES,
    PRIORITIES,
    LINE_PRIORITIES,
    MENTIONS,
    FORM_ANSWERS,
    PROVIDERS,
    LINK_EVIDENCE,
    PLACES,
)
