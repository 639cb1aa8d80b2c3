"""The views behind our addresses: each asks the database, then fills a template."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import quote, unquote, urlencode

from datasette.utils.asgi import Response

from extractors.model import Box
from extractors.pdf.picture import RED, Frame
from pipeline.export import safe_text
from pipeline.questions import QUESTIONS, ask, choices
from pipeline.serve import evidence as evidence_of
from pipeline.serve.about import DATABASE
from pipeline.serve.edition import EDITIONS
from pipeline.serve.pictures import (
    SIZES,
    NoPicture,
    around,
    frames_of,
    line_box,
    page_size,
    scale_for,
)
from pipeline.serve.search import find as search_for
from pipeline.stories import (
    drawn_life,
    event_words,
    life,
    pounds_words,
    share,
    tell,
    year_chart,
)
from pipeline.views import VIEWS

Row = dict[str, Any]
T = TypeVar("T")
SHOWN_ROWS = 500
MONEY = frozenset(
    column.name for view in VIEWS for column in view.columns if "/ 100.0" in column.sql
) | {"before", "after", "change", "difference", "expected", "found", "pounds"}
NUMBERS = frozenset({"page", "per_cent", "figures", "documents", "lines", "confidence"})
# In an answer that a person reads, this column leads to what that column names.
LEADS_TO = {
    "amount": "amount_id",
    "before": "amount_id_before",
    "after": "amount_id_after",
    "service": "service_id",
    "document": "document",
}
ADDRESSES = {
    "amount_id": "/-/evidence/",
    "amount_id_before": "/-/evidence/",
    "amount_id_after": "/-/evidence/",
    "service_id": "/-/service/",
    "document": "/-/document/",
}
FOLDED = frozenset(ADDRESSES) - {"document"} | {"x0", "top", "x1", "bottom", "sha256"}
CSV_PAGE = 20_000


async def _ask(datasette: Any, work: Callable[[sqlite3.Connection], T]) -> T:
    """What `work` finds, in one of Datasette's threads with its read-only connection."""
    found: T = await datasette.get_database(DATABASE).execute_fn(work)
    return found


def _all(connection: sqlite3.Connection, sql: str, values: tuple[Any, ...] = ()) -> list[Row]:
    found = connection.execute(sql, values)
    names = [entry[0] for entry in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


class NotHere(LookupError):
    """There is no such page; the message says what is missing, for a reader."""


View = Callable[[Any, Any], Awaitable[Response]]


def or_not_here(view: View) -> View:
    """The view, which answers with a plain 404 page where it raises NotHere."""

    async def kept(request: Any, datasette: Any) -> Response:
        try:
            return await view(request, datasette)
        except NotHere as reason:
            html = await datasette.render_template(
                "error.html", {"status": 404, "error": str(reason)}, request=request
            )
            return Response.html(html, status=404)

    return kept


async def _page(datasette: Any, request: Any, template: str, **context: Any) -> Response:
    html = await datasette.render_template(
        f"spendtrail/{template}.html",
        {"share": share, "event_words": event_words, **context},
        request=request,
    )
    return Response.html(html)


async def front(request: Any, datasette: Any) -> Response:
    """The front page; `?publisher=` for one publisher's documents."""
    publisher = request.args.get("publisher") or ""
    edition = EDITIONS[datasette]
    if publisher not in edition.stories:
        told = await _ask(datasette, lambda connection: tell(connection, publisher))
        if publisher and publisher not in told.publishers:
            raise NotHere(f"no documents of {publisher!r}")
        edition.keep(publisher, told)
    return await _page(
        datasette, request, "front", stories=edition.stories[publisher], questions=QUESTIONS
    )


async def evidence(request: Any, datasette: Any) -> Response:
    """The receipt page of one amount."""
    amount_id = unquote(request.url_vars["amount_id"])
    found = await _ask(datasette, lambda connection: evidence_of.find(connection, amount_id))
    if found is None:
        raise NotHere(f"no amount {amount_id}")
    return await _page(
        datasette, request, "evidence", e=found, a=found.amount, readings=evidence_of.READINGS
    )


async def line(request: Any, datasette: Any) -> Response:
    """A budget line has no page of its own: that of its first amount stands for it."""
    line_id = unquote(request.url_vars["line_id"])
    rows = await _ask(
        datasette,
        lambda connection: _all(
            connection,
            "SELECT amount_id FROM spending WHERE line_id = ? ORDER BY amount_id LIMIT 1",
            (line_id,),
        ),
    )
    if not rows:
        raise NotHere(f"no line {line_id}")
    return Response.redirect(f"/-/evidence/{quote(rows[0]['amount_id'])}")


async def evidence_picture(request: Any, datasette: Any) -> Response:
    """The page with the amount boxed; `?size=` phone, page, print; close or row for a part."""
    amount_id = unquote(request.url_vars["amount_id"])
    size = _size(request)
    pictures = EDITIONS[datasette].pictures

    def work(connection: sqlite3.Connection) -> bytes:
        rows = _all(connection, "SELECT * FROM spending WHERE amount_id = ?", (amount_id,))
        if not rows:
            raise NoPicture(f"no amount {amount_id}")
        amount = rows[0]
        if amount["page"] is None:
            raise NoPicture(f"{amount['document']} has no pages to draw")
        width, height = page_size(connection, amount["document"], amount["page"])
        crop = None
        if size in ("close", "row") and amount["x0"] is not None:
            box = Box(*(amount[side] for side in ("x0", "top", "x1", "bottom")))
            row = line_box(connection, amount) if size == "row" else None
            crop = around(box, row, width, height)
        document = _all(
            connection, "SELECT * FROM documents WHERE document = ?", (amount["document"],)
        )[0]
        scale = scale_for(size, width, height)
        frames = frames_of(connection, amount)
        return pictures.page(document, amount["page"], frames, scale, crop)

    return await _picture(datasette, work)


def _size(request: Any) -> str:
    size = request.args.get("size") or "page"
    if size not in SIZES:
        raise NotHere(f"no size {size!r}; there are {', '.join(SIZES)}")
    return str(size)


async def _picture(datasette: Any, work: Callable[[sqlite3.Connection], bytes]) -> Response:
    try:
        drawn = await _ask(datasette, work)
    except NoPicture as reason:
        return Response(f"{reason}\n", status=404, content_type="text/plain; charset=utf-8")
    return Response(
        drawn, content_type="image/png", headers={"Cache-Control": "private, max-age=3600"}
    )


def place_path(place: Row, document: Row | None = None) -> str | None:
    """The address of the page that a row's receipt names, its box marked; None without a page.

    Needs the document's hash, in the row or in `document`.
    """
    sha = (document or place).get("sha256")
    if not sha or not place.get("page"):
        return None
    address = f"/-/page/{sha[:12]}/{place['page']}"
    if place.get("x0") is None:
        return address
    box = ",".join(f"{place[side]:g}" for side in ("x0", "top", "x1", "bottom"))
    return f"{address}?{urlencode({'box': box})}"


def _asked_page(connection: sqlite3.Connection, sha: str, number: int) -> Row:
    rows = _all(
        connection,
        "SELECT d.*, p.page, p.width, p.height FROM documents d JOIN page p USING (document) "
        "WHERE substr(d.sha256, 1, length(?1)) = ?1 AND p.page = ?2 ORDER BY d.document LIMIT 1",
        (sha, number),
    )
    if not rows:
        raise NoPicture(f"no document {sha} with a page {number}")
    return rows[0]


def _asked_box(request: Any) -> Box | None:
    """The box of an address, `box=x0,top,x1,bottom` in points."""
    written = request.args.get("box")
    if not written:
        return None
    try:
        corners = [float(part) for part in written.split(",")]
    except ValueError:
        corners = []
    if len(corners) != 4 or not all(-1e5 < corner < 1e5 for corner in corners):
        raise NotHere("box is four numbers: x0,top,x1,bottom")
    return Box(*corners)


async def page_picture(request: Any, datasette: Any) -> Response:
    """A page of a registered document, with a box if one is asked for."""
    sha, number = request.url_vars["sha"], int(request.url_vars["page"])
    size, box = _size(request), _asked_box(request)
    pictures = EDITIONS[datasette].pictures

    def work(connection: sqlite3.Connection) -> bytes:
        asked = _asked_page(connection, sha, number)
        frames = (Frame(box, RED),) if box is not None else ()
        scale = scale_for(size, asked["width"], asked["height"])
        return pictures.page(asked, number, frames, scale, None)

    return await _picture(datasette, work)


async def page(request: Any, datasette: Any) -> Response:
    """A page of a registered document with what the database has from it."""
    sha, number = request.url_vars["sha"], int(request.url_vars["page"])
    box = _asked_box(request)

    def work(connection: sqlite3.Connection) -> Row:
        asked = _asked_page(connection, sha, number)
        figures = _all(
            connection,
            "SELECT amount_id, service_printed, financial_year, amount, amount_printed, status "
            "FROM spending WHERE document = ? AND page = ? ORDER BY top, x0",
            (asked["document"], number),
        )
        return {"asked": asked, "figures": figures}

    try:
        found = await _ask(datasette, work)
    except NoPicture as reason:
        raise NotHere(str(reason)) from reason
    given = f"{box.x0:g},{box.top:g},{box.x1:g},{box.bottom:g}" if box is not None else ""
    return await _page(datasette, request, "page", **found, box=given)


async def document(request: Any, datasette: Any) -> Response:
    """One document: facts, tables with their sums, what to look at."""
    name = unquote(request.url_vars["document"])

    def work(connection: sqlite3.Connection) -> Row | None:
        rows = _all(connection, "SELECT * FROM documents WHERE document = ?", (name,))
        if not rows:
            return None
        return {
            "d": rows[0],
            "counts": _all(
                connection,
                "SELECT financial_year, phase, count(*) AS figures, sum(amount) AS amount, "
                "sum(amount) FILTER (WHERE status = 'proven') AS proven FROM spending "
                "WHERE document = ? GROUP BY 1, 2 ORDER BY 1, 2",
                (name,),
            ),
            "totals": _all(
                connection,
                "SELECT * FROM printed_totals WHERE document = ? ORDER BY page, top",
                (name,),
            ),
            "checks": _all(
                connection,
                "SELECT * FROM checks WHERE document = ? AND verdict NOT IN ('agrees')",
                (name,),
            ),
            "issues": _all(connection, "SELECT * FROM issues WHERE document = ?", (name,)),
        }

    found = await _ask(datasette, work)
    if found is None:
        raise NotHere(f"no document {name}")
    return await _page(datasette, request, "document", **found)


async def service(request: Any, datasette: Any) -> Response:
    """A service's life: its figures, its chart, what it came from and became."""
    service_id = unquote(request.url_vars["service_id"])

    def work(connection: sqlite3.Connection) -> Row | None:
        lines = _all(
            connection,
            "SELECT s.*, k.reason, k.decided_by FROM service_links k JOIN spending s "
            "USING (line_id) WHERE k.service_id = ? "
            "ORDER BY s.financial_year, s.is_current DESC, s.document, s.amount_id",
            (service_id,),
        )
        if not lines:
            return None
        name, drawn = lines[0]["service"], life(connection, service_id)
        standing = [row for row in lines if row["is_current"]]
        own = {"service": service_id}
        shaped = drawn_life(*drawn, service_id) if drawn is not None and drawn[3] else None
        chart = shaped or year_chart(standing, QUESTIONS["service_life"], own)
        return {
            "service_id": service_id,
            "name": name,
            "lines": lines,
            "chart": chart,
            "events": _all(
                connection,
                "SELECT * FROM service_events WHERE instr('; ' || from_ids || '; ', ?1) "
                "OR instr('; ' || to_ids || '; ', ?1) ORDER BY financial_year",
                (f"; {service_id}; ",),
            ),
        }

    found = await _ask(datasette, work)
    if found is None:
        raise NotHere(f"no service {service_id}")
    return await _page(datasette, request, "service", **found)


async def provider(request: Any, datasette: Any) -> Response:
    """A provider's history: what it received, and under which printed names."""
    provider_id = unquote(request.url_vars["provider_id"])

    def work(connection: sqlite3.Connection) -> Row | None:
        names = _all(
            connection,
            "SELECT * FROM provider_names WHERE provider_id = ?1 OR provider = ?1 "
            "ORDER BY document, printed",
            (provider_id,),
        )
        if not names:
            return None
        name = names[0]["provider"]
        question = QUESTIONS["provider_history"]
        columns, rows = ask(connection, question, {"provider": name})
        figures = [dict(zip(columns, row, strict=True)) for row in rows]
        return {
            "name": name,
            "names": names,
            "figures": figures,
            "chart": year_chart(figures, question, {"provider": name}),
        }

    found = await _ask(datasette, work)
    if found is None:
        raise NotHere(f"no provider {provider_id}")
    return await _page(datasette, request, "provider", **found)


async def search(request: Any, datasette: Any) -> Response:
    """Budget lines and running text with the words asked for."""
    words = (request.args.get("q") or "").strip()
    found = await _ask(datasette, lambda connection: search_for(connection, words))
    return await _page(datasette, request, "search", q=words, found=found)


async def questions(request: Any, datasette: Any) -> Response:
    """All questions that are answered at hand."""
    return await _page(datasette, request, "questions", questions=QUESTIONS)


async def question(request: Any, datasette: Any) -> Response:
    """A question with its form and the first rows of its answer."""
    asked = QUESTIONS[request.url_vars["name"]]
    given = {
        parameter.name: request.args.get(parameter.name) or "" for parameter in asked.parameters
    }

    def work(connection: sqlite3.Connection) -> Row:
        columns, rows = ask(connection, asked, given)
        return {"columns": columns, "rows": rows, "choices": choices(connection, asked)}

    found = await _ask(datasette, work)
    query = urlencode({name: value for name, value in given.items() if value})
    columns = [name for name in found["columns"] if name not in FOLDED]
    kinds = {name: kind(name) for name in columns}
    cells = [
        _cells(dict(zip(found["columns"], row, strict=True)), columns)
        for row in found["rows"][:SHOWN_ROWS]
    ]
    return await _page(
        datasette,
        request,
        "question",
        question=asked,
        given=given,
        query=query,
        columns=columns,
        kinds=kinds,
        cells=cells,
        count=len(found["rows"]),
        choices=found["choices"],
        shown=SHOWN_ROWS,
    )


def kind(column: str) -> str:
    """How a column of an answer is set: as money, as a number, or as text."""
    return "money" if column in MONEY else "number" if column in NUMBERS else ""


def _cells(row: Row, columns: list[str]) -> list[Row]:
    """A row of an answer for a reader: figures and names lead on, identifiers are folded in."""
    cells = []
    for name in columns:
        value = row[name]
        shown: Any = "" if value is None else value
        if name in MONEY and isinstance(value, int | float):
            shown = pounds_words(value)
        elif isinstance(value, float):
            shown = f"{value:g}".replace("-", "−")
        target = row.get(LEADS_TO.get(name, name)) if name in LEADS_TO else None
        address = None
        if target is not None and value is not None:
            address = ADDRESSES[LEADS_TO[name]] + quote(str(target), safe="/")
        cells.append({"value": shown, "address": address, "kind": kind(name)})
    return cells


async def table_csv(request: Any, datasette: Any) -> Response:
    """The whole answer of a question, view or filter as CSV that no spreadsheet runs.

    Datasette answers it as JSON page by page, which we write together.
    """
    name = request.url_vars["name"]
    if name in QUESTIONS:
        asked, given = QUESTIONS[name], {key: request.args.get(key) or "" for key in request.args}
        columns, rows = await _ask(datasette, lambda connection: ask(connection, asked, given))
        return _csv(_written([columns, *rows]), name)
    arguments = [
        (key, value)
        for key in request.args
        for value in request.args.getlist(key)
        if key not in ("_size", "_next", "_shape", "_stream", "_dl", "_labels", "_facet")
    ]
    fixed = [("_size", str(CSV_PAGE)), ("_shape", "arrays"), ("_nofacet", "1")]
    written: list[Any] = []
    following = ""
    while True:
        more = [("_next", following)] if following else []
        address = f"/{DATABASE}{name and '/'}{name}.json?{urlencode([*arguments, *fixed, *more])}"
        answer = await datasette.client.get(address)
        if answer.status_code != 200:
            return Response(answer.text, status=answer.status_code, content_type="text/plain")
        body = json.loads(answer.text)
        if body.get("truncated"):
            words = "more rows than are answered at once: add a LIMIT, or take the whole database\n"
            return Response(words, status=413, content_type="text/plain; charset=utf-8")
        written += [] if written else [body["columns"]]
        written += body["rows"]
        following = body.get("next") or ""
        if not following:
            break
    return _csv(_written(written), name or "answer")


def _written(rows: Iterable[Iterable[Any]]) -> str:
    """Rows as CSV that no spreadsheet runs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([safe_text(value) for value in row] for row in rows)
    return text.getvalue()


def _csv(text: str, name: str) -> Response:
    return Response(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


async def history(request: Any, datasette: Any) -> Response:
    """Every service with a column a year; `?real=` in the prices of one year."""
    table, base, bases = await _wide(request, datasette)
    return await _page(
        datasette, request, "history", head=table[0], rows=table[1:], base=base, bases=bases
    )


async def history_csv(request: Any, datasette: Any) -> Response:
    """The same as CSV."""
    table, base, _ = await _wide(request, datasette)
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [*map(safe_text, row[:3]), *row[3:]] for row in table
    )
    return _csv(text.getvalue(), f"history-in-prices-of-{base}" if base else "history")


async def _wide(request: Any, datasette: Any) -> tuple[list[tuple[str, ...]], str, list[str]]:
    from normalizers.deflators import deflators
    from pipeline.years import wide_table

    base, bases = request.args.get("real") or "", sorted(deflators(), reverse=True)
    if base and base not in bases:
        raise NotHere(f"there is no deflator for {base}")
    table = await _ask(datasette, lambda connection: wide_table(connection, base or None))
    return table, base, bases
