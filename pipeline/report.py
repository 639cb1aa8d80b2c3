"""`output/report.html`: one self-contained page of what a run found, for those who open no other.

Made from the database alone by the same stories and charts as the site's front page; it asks for
nothing from anywhere and carries no script. The clock shows only through the view `runs`.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pipeline.changes import open_read_only
from pipeline.pen import put_down
from pipeline.sightings import write_whole
from pipeline.stories import event_words, pounds_words, share, tell

HERE = Path(__file__).parent
STYLE = HERE / "serve" / "static" / "spendtrail.css"


def write_report(database: Path, path: Path) -> None:
    """Writes the report of a database to `path`, whole or not at all."""
    try:
        write_whole(path, render(database).encode())
    finally:
        put_down()  # a run leaves no process behind


def render(database: Path) -> str:
    """The report as HTML; the same database gives the same text."""
    from jinja2 import Environment, FileSystemLoader

    with closing(open_read_only(database)) as connection:
        stories = tell(connection)
        counts = dict(
            connection.execute("SELECT severity, count(*) FROM issues GROUP BY 1 ORDER BY 1")
        )
        issues = connection.execute(
            "SELECT code, severity, count(*), min(message) FROM issues WHERE severity <> 'info' "
            "GROUP BY 1, 2 ORDER BY severity, 3 DESC, 1"
        ).fetchall()
        documents = connection.execute(
            "SELECT document, title, publisher, financial_years, is_read, sha256 FROM documents "
            "ORDER BY publisher, document"
        ).fetchall()
    environment = Environment(
        loader=FileSystemLoader(HERE / "serve" / "templates"), autoescape=True, trim_blocks=True
    )
    template = environment.get_template("spendtrail/report.html")
    return template.render(
        s=stories,
        counts=counts,
        issues=issues,
        documents=documents,
        style=STYLE.read_text(encoding="utf-8"),
        pounds=pounds_words,
        share=share,
        event_words=event_words,
    )
