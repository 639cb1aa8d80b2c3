"""Questions that people ask of the database: each an SQL statement on the promised views.

`spendtrail serve` gives each a form, a permanent address, CSV and JSON; the front page and
`output/report.html` draw their charts from the same statements. A parameter left empty does not
restrict the answer. Money is in pounds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks for: its name in the SQL, its label, and where its values stand."""

    name: str
    label: str
    choices: str | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its name in addresses, its words, what the answer holds, and its SQL."""

    name: str
    title: str
    answer: str
    sql: str
    parameters: tuple[Parameter, ...] = ()


_YEARS = (
    "SELECT DISTINCT financial_year FROM spending WHERE financial_year IS NOT NULL ORDER BY 1 DESC"
)
_PUBLISHERS = "SELECT DISTINCT publisher FROM spending WHERE publisher IS NOT NULL ORDER BY 1"
_PROVIDERS = (
    "SELECT DISTINCT provider FROM provider_names WHERE provider IS NOT NULL "
    "AND role <> 'placeholder' ORDER BY 1"
)
_SERVICES = "SELECT DISTINCT service FROM spending_history ORDER BY 1"
_DOCUMENTS = "SELECT DISTINCT document FROM documents ORDER BY 1"
_REACHES = "SELECT DISTINCT reach FROM spending WHERE reach IS NOT NULL ORDER BY 1"

YEAR = Parameter("year", "Financial year", _YEARS, "2017-18")
PUBLISHER = Parameter("publisher", "Publisher", _PUBLISHERS)
_OF_PUBLISHER = "(:publisher = '' OR s.publisher = :publisher)"
# A line with several providers names them joined with "; ".
_HAS_PROVIDER = "instr('; ' || s.provider || '; ', '; ' || :provider || '; ')"
_RECEIPT = "s.document, s.page, s.amount_id"

WHO_RECEIVED = Question(
    "who_received",
    "Who received what in a year?",
    "Every figure that stands for the year, the largest first.",
    f"""SELECT s.provider, coalesce(s.service, s.service_printed) AS service, s.theme,
  s.financial_year, s.phase, s.amount, s.status, s.publisher, {_RECEIPT}
FROM spending s
WHERE s.is_current AND (:year = '' OR s.financial_year = :year) AND {_OF_PUBLISHER}
ORDER BY s.amount DESC, s.amount_id""",
    (YEAR, PUBLISHER),
)

PROVIDER_HISTORY = Question(
    "provider_history",
    "What has a provider received through the years?",
    "Every current figure of lines that name the provider, alone or with others.",
    f"""SELECT s.financial_year, coalesce(s.service, s.service_printed) AS service, s.provider,
  s.phase, s.amount, s.status, s.publisher, {_RECEIPT}
FROM spending s
WHERE s.is_current AND (:provider = '' OR {_HAS_PROVIDER})
ORDER BY s.financial_year, s.amount DESC, s.amount_id""",
    (Parameter("provider", "Provider", _PROVIDERS),),
)

COMPARE_YEARS = Question(
    "compare_years",
    "What rose and what fell between two years?",
    "One row a service: its figure in both years, largest change first. "
    "Empty means that the service has no figure for that year.",
    """WITH before AS (
  SELECT h.service_id, h.service, h.amount, h.amount_id, s.publisher FROM spending_history h
  JOIN spending s USING (amount_id) WHERE h.financial_year = :before
), after AS (
  SELECT h.service_id, h.service, h.amount, h.amount_id, s.publisher FROM spending_history h
  JOIN spending s USING (amount_id) WHERE h.financial_year = :after
), both AS (
  SELECT coalesce(a.service, b.service) AS service, b.amount AS before, a.amount AS after,
    coalesce(a.publisher, b.publisher) AS publisher,
    b.amount_id AS amount_id_before, a.amount_id AS amount_id_after,
    coalesce(a.service_id, b.service_id) AS service_id
  FROM before b LEFT JOIN after a USING (service_id)
  UNION ALL
  SELECT a.service, NULL, a.amount, a.publisher, NULL, a.amount_id, a.service_id
  FROM after a WHERE a.service_id NOT IN (SELECT service_id FROM before)
)
SELECT service, before, after, coalesce(after, 0) - coalesce(before, 0) AS change,
  CASE WHEN before > 0 AND after IS NOT NULL
    THEN round(100.0 * (after - before) / before, 1) END AS per_cent,
  service_id, amount_id_before, amount_id_after, publisher
FROM both s
WHERE (:publisher = '' OR s.publisher = :publisher)
ORDER BY abs(coalesce(after, 0) - coalesce(before, 0)) DESC, service_id""",
    (
        Parameter("before", "From year", _YEARS, "2018-19"),
        Parameter("after", "To year", _YEARS, "2019-20"),
        PUBLISHER,
    ),
)

GRANTS_UNDER = Question(
    "grants_under",
    "Which grants are below a sum?",
    "Current figures of lines funded by grant, the largest first.",
    f"""SELECT s.provider, coalesce(s.service, s.service_printed) AS service, s.financial_year,
  s.phase, s.amount, s.mechanism_printed, s.status, s.publisher, {_RECEIPT}
FROM spending s
WHERE s.is_current AND s.mechanism = 'grant'
  AND (:pounds = '' OR s.amount < CAST(replace(replace(:pounds, ',', ''), '£', '') AS REAL))
  AND (:year = '' OR s.financial_year = :year)
ORDER BY s.amount DESC, s.amount_id""",
    (Parameter("pounds", "Below (pounds)", None, "10,000"), YEAR),
)

DOCUMENT_FIGURES = Question(
    "document_figures",
    "Which figures does a document print?",
    "Every figure of the document's budget lines, in the order of the print.",
    f"""SELECT s.table_title, s.section, s.service_printed, s.provider_printed, s.financial_year,
  s.phase, s.amount, s.amount_printed, s.status, s.is_current, {_RECEIPT}
FROM spending s
WHERE (:document = '' OR s.document = :document)
ORDER BY s.document, s.page, s.table_number, s.row, s."column", s.amount_id""",
    (Parameter("document", "Document", _DOCUMENTS),),
)

ABOUT_A_PLACE = Question(
    "about_a_place",
    "What is there about a place?",
    "Figures for lines that serve the place or name it, then text that speaks of it.",
    """SELECT 'figure' AS kind, coalesce(s.service, s.service_printed) AS what,
  s.reach_printed AS place_printed, s.financial_year, s.amount, s.document, s.page, s.amount_id
FROM spending s
WHERE s.is_current AND (:place = '' OR s.reach LIKE '%' || :place || '%'
  OR s.reach_printed LIKE '%' || :place || '%' OR s.service_printed LIKE '%' || :place || '%'
  OR s.provider LIKE '%' || :place || '%')
UNION ALL
SELECT 'text', p.text, NULL, NULL, NULL, p.document, p.page, NULL
FROM passages p
WHERE :place <> '' AND p.text LIKE '%' || :place || '%'
ORDER BY 1, 4, 5 DESC, 6, 7""",
    (Parameter("place", "Place", _REACHES, "Rutland"),),
)

CHANGED_BETWEEN_EDITIONS = Question(
    "changed_between_editions",
    "Which figures changed between editions?",
    "Services and years for which two documents, or two phases, state different sums; "
    "is_current marks the statement that stands.",
    f"""WITH stated AS (
  SELECT k.service_id, s.financial_year FROM spending s JOIN service_links k USING (line_id)
  WHERE s.amount IS NOT NULL AND s.financial_year IS NOT NULL
  GROUP BY k.service_id, s.financial_year HAVING count(DISTINCT s.amount) > 1
)
SELECT s.service, s.financial_year, s.amount, s.phase, s.is_current, s.published_on,
  s.publisher, k.service_id, {_RECEIPT}
FROM stated t JOIN service_links k USING (service_id)
JOIN spending s ON s.line_id = k.line_id AND s.financial_year = t.financial_year
WHERE {_OF_PUBLISHER}
ORDER BY s.service, k.service_id, s.financial_year, s.is_current DESC, s.document, s.amount_id""",
    (PUBLISHER,),
)

SPENDING_BY_THEME = Question(
    "spending_by_theme",
    "What was spent on each theme, year by year?",
    "Sums of the current figures; 'no theme' where the document prints no section that we know.",
    f"""SELECT s.financial_year, coalesce(s.theme, 'no theme') AS theme, count(*) AS figures,
  round(sum(s.amount), 2) AS amount
FROM spending s
WHERE s.is_current AND s.financial_year IS NOT NULL AND {_OF_PUBLISHER}
GROUP BY 1, 2 ORDER BY 1, 4 DESC, 2""",
    (PUBLISHER,),
)

LARGEST_PROVIDERS = Question(
    "largest_providers",
    "Which providers receive most, year by year?",
    "Sums of the current figures by the providers that a line names, joined with ; if several.",
    f"""SELECT s.provider, s.financial_year, count(*) AS figures, round(sum(s.amount), 2) AS amount
FROM spending s
WHERE s.is_current AND s.provider IS NOT NULL AND s.financial_year IS NOT NULL AND {_OF_PUBLISHER}
GROUP BY 1, 2
ORDER BY sum(sum(s.amount)) OVER (PARTITION BY s.provider) DESC, s.provider, s.financial_year""",
    (PUBLISHER,),
)

HOW_MUCH_IS_PROVEN = Question(
    "how_much_is_proven",
    "How much is proven by the publisher's own sums?",
    "Pounds of each publisher's year: inside a printed sum that closes, covered by no printed "
    "sum, or inside one that does not close.",
    """SELECT c.publisher, c.financial_year, c.documents, c.lines, c.printed_total, c.proven,
  c.unproven, c.contradicted, c.document
FROM coverage c
WHERE (:publisher = '' OR c.publisher = :publisher)
ORDER BY c.publisher, c.financial_year""",
    (PUBLISHER,),
)

STARTED_AND_ENDED = Question(
    "started_and_ended",
    "What started, ended or changed its shape?",
    "Changes in the lives of services: started, ended, renamed, merged, split, "
    "given to another provider.",
    """SELECT e.financial_year, e.kind, e.from_services, e.to_services, e.evidence, e.confidence,
  e.decided_by, e.publisher, e.document, e.page
FROM service_events e
WHERE (:publisher = '' OR e.publisher = :publisher) AND (:kind = '' OR e.kind = :kind)
ORDER BY e.financial_year, e.kind, coalesce(e.to_services, e.from_services)""",
    (
        PUBLISHER,
        Parameter("kind", "Kind", "SELECT DISTINCT kind FROM service_events ORDER BY 1", "merged"),
    ),
)

DOES_NOT_ADD_UP = Question(
    "does_not_add_up",
    "What does not add up?",
    "Printed sums and claims that the figures do not bear out, and questions worth asking.",
    """SELECT * FROM (
SELECT c.verdict, c.kind, c.explanation, abs(c.difference) AS difference, c.document, c.page,
  c.x0, c.top, c.x1, c.bottom, c.paragraph, d.sha256
FROM checks c LEFT JOIN documents d USING (document)
WHERE c.verdict NOT IN ('agrees', 'rounding') AND (:publisher = '' OR d.publisher = :publisher)
UNION ALL
SELECT 'ask', l.rule, l.question, l.pounds, l.document, l.page, l.x0, l.top, l.x1, l.bottom,
  l.paragraph, d.sha256
FROM leads l LEFT JOIN documents d USING (document)
WHERE (:publisher = '' OR d.publisher = :publisher)
) ORDER BY verdict = 'ask', verdict, difference DESC, explanation""",
    (PUBLISHER,),
)

SERVICE_LIFE = Question(
    "service_life",
    "What has become of a service?",
    "Its current figure of each year, with its name and provider as printed then.",
    f"""SELECT h.financial_year, s.service_printed, s.provider_printed, h.amount, h.phase,
  h.restated, s.status, h.service_id, {_RECEIPT}
FROM spending_history h JOIN spending s USING (amount_id)
WHERE (:service = '' OR h.service = :service OR h.service_id = :service)
ORDER BY h.service_id, h.financial_year""",
    (Parameter("service", "Service", _SERVICES),),
)

# In the order in which they are offered.
QUESTIONS: dict[str, Question] = {
    question.name: question
    for question in (
        WHO_RECEIVED,
        PROVIDER_HISTORY,
        COMPARE_YEARS,
        GRANTS_UNDER,
        DOCUMENT_FIGURES,
        ABOUT_A_PLACE,
        CHANGED_BETWEEN_EDITIONS,
        SERVICE_LIFE,
        SPENDING_BY_THEME,
        LARGEST_PROVIDERS,
        STARTED_AND_ENDED,
        DOES_NOT_ADD_UP,
        HOW_MUCH_IS_PROVEN,
    )
}


def ask(
    connection: sqlite3.Connection, question: Question, given: Mapping[str, str] | None = None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The answer as column names and rows; a parameter that is not given does not restrict."""
    given = given or {}
    values = {parameter.name: given.get(parameter.name, "") for parameter in question.parameters}
    found = connection.execute(question.sql, values)
    return [entry[0] for entry in found.description], [tuple(row) for row in found]


def choices(connection: sqlite3.Connection, question: Question) -> dict[str, list[str]]:
    """The values that each parameter of a question may take, where they can be listed."""
    return {
        parameter.name: [str(row[0]) for row in connection.execute(parameter.choices)]
        for parameter in question.parameters
        if parameter.choices is not None
    }
