"""The site: Datasette on the finished database, our pages in it, and a swap of the file noticed.

Every run puts a whole new database in the place of the old one. Each request looks at the file;
where it is another one than before, a fresh Datasette takes over, so no connection outlives its
database and nothing is answered half from the old and half from the new.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from pipeline.serve import plugin
from pipeline.serve.about import DATABASE, metadata
from pipeline.serve.edition import EDITIONS, Edition
from pipeline.serve.pictures import Pictures

HERE = Path(__file__).parent
SETTINGS = {
    "sql_time_limit_ms": 20_000,
    "facet_time_limit_ms": 10_000,
    "max_returned_rows": 100_000,
    "default_page_size": 50,
    "default_facet_size": 12,
    "suggest_facets": False,
    "allow_download": True,
    "num_sql_threads": 3,
    "default_cache_ttl": 0,
}
# Nothing is fetched from elsewhere; Datasette's own pages carry scripts and styles inline.
SAFE_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        b"img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        b"form-action 'self'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def make_datasette(database: Path, pictures: Pictures) -> Datasette:
    """Datasette on one edition of the database, with our pages, words and questions."""
    if not pm.is_registered(plugin):
        pm.register(plugin, name="spendtrail")
    datasette = Datasette(
        files=[],
        metadata=metadata(),
        template_dir=str(HERE / "templates"),
        static_mounts=[("spendtrail-static", str(HERE / "static"))],
        settings=SETTINGS,
    )
    for name in list(datasette.databases):
        if name != "_internal":
            datasette.remove_database(name)
    datasette.add_database(Database(datasette, str(database), is_mutable=False), name=DATABASE)
    EDITIONS[datasette] = Edition(pictures)
    return datasette


class Site:
    """The ASGI application; `database` may be replaced at any time."""

    def __init__(self, database: Path, raw: Path) -> None:
        self.database = database
        self.pictures = Pictures(raw)
        self.seen: tuple[int, int, int] | None = None
        self.datasette: Datasette | None = None
        self.application: Callable[[Scope, Receive, Send], Awaitable[None]] | None = None
        self.lock = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            application = await self._current()
        except FileNotFoundError:
            await _say(send, f"{self.database} is not there; `spendtrail run` makes it\n")
            return
        await application(scope, receive, _with_safe_headers(send))

    async def _current(self) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
        """The application on the database as it is now; FileNotFoundError where it is not."""
        facts = self.database.stat()
        now = (facts.st_ino, facts.st_mtime_ns, facts.st_size)
        async with self.lock:
            if self.application is None or self.seen != now:
                # Requests under way keep the old one alive, its threads and connections too.
                self.datasette = make_datasette(self.database, self.pictures)
                self.application = self.datasette.app()
                self.seen = now
            assert self.application is not None
            return self.application


def _with_safe_headers(send: Send) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [*message.get("headers", [])]
            message = {**message, "headers": [*headers, *SAFE_HEADERS]}
        await send(message)

    return wrapped


async def _say(send: Send, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})
