"""Our pages inside Datasette: routes, links in its tables, and what all templates may use."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from datasette import hookimpl
from markupsafe import Markup, escape

from pipeline.questions import QUESTIONS
from pipeline.serve import pages
from pipeline.serve.about import DATABASE, view_list
from pipeline.serve.edition import EDITIONS
from pipeline.stories import pounds_words

LINKS = {
    "amount_id": "/-/evidence/{}",
    "amount_id_before": "/-/evidence/{}",
    "amount_id_after": "/-/evidence/{}",
    "service_id": "/-/service/{}",
    "provider_id": "/-/provider/{}",
    "document": "/-/document/{}",
    "line_id": "/-/line/{}",
}
JOINED = frozenset({"from_ids", "to_ids"})


def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Our addresses; none in a Datasette that is not ours."""
    if datasette not in EDITIONS:
        return []
    names = "|".join(QUESTIONS)
    routes: list[tuple[str, pages.View]] = [
        (r"^/$", pages.front),
        (r"^/-/evidence/(?P<amount_id>[^/]+)\.png$", pages.evidence_picture),
        (r"^/-/evidence/(?P<amount_id>[^/]+)$", pages.evidence),
        (r"^/-/line/(?P<line_id>[^/]+)$", pages.line),
        (r"^/-/page/(?P<sha>[0-9a-f]{10,64})/(?P<page>[0-9]{1,5})\.png$", pages.page_picture),
        (r"^/-/page/(?P<sha>[0-9a-f]{10,64})/(?P<page>[0-9]{1,5})$", pages.page),
        (r"^/-/document/(?P<document>.+)$", pages.document),
        (r"^/-/service/(?P<service_id>.+)$", pages.service),
        (r"^/-/provider/(?P<provider_id>.+)$", pages.provider),
        (r"^/-/search$", pages.search),
        (r"^/-/questions$", pages.questions),
        (r"^/-/history\.csv$", pages.history_csv),
        (r"^/-/history$", pages.history),
        (rf"^/{DATABASE}/(?P<name>{names})$", pages.question),
        (rf"^/{DATABASE}/(?P<name>[a-z_]+)\.csv$", pages.table_csv),
        (rf"^/{DATABASE}(?P<name>)\.csv$", pages.table_csv),
    ]
    return [(regex, pages.or_not_here(view)) for regex, view in routes]


def extra_template_vars(datasette: Any) -> dict[str, Any]:
    """What our templates use on every page."""
    if datasette not in EDITIONS:
        return {}
    return {
        "pounds": pounds_words,
        "as_path": as_path,
        "picture_of": pages.place_path,
        "view_list": view_list(),
    }


def as_path(value: object) -> str:
    """A value as part of an address; slashes of an identifier stay."""
    return quote(str(value), safe="/")


def render_cell(value: Any, column: str, datasette: Any) -> Any:
    """A cell of Datasette's tables: identifiers as links to our pages, pounds with commas."""
    if datasette not in EDITIONS or value is None or value == "":
        return None
    if column in LINKS and isinstance(value, str):
        address = LINKS[column].format(quote(value, safe="/"))
        return Markup('<a href="{}">{}</a>').format(address, value)
    if column in JOINED and isinstance(value, str):
        links = [
            Markup('<a href="/-/service/{}">{}</a>').format(quote(one, safe="/"), one)
            for one in value.split("; ")
        ]
        return Markup("; ").join(links)
    if column in pages.MONEY and isinstance(value, int | float):
        return Markup('<span class="money">{}</span>').format(escape(f"{value:,.2f}"))
    return None


for _hook in (register_routes, extra_template_vars, render_cell):
    hookimpl(_hook)
