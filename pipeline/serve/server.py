"""Listens on an address and serves the site until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from pipeline.serve.site import Site


def serve(database: Path, raw: Path, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve `database` with pictures from the documents below `raw`, until interrupted.

    `ready` hears the address once it is listened on; port 0 takes a free one. Raises OSError
    where the address is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        shown = f"[{host}]" if family == socket.AF_INET6 else host
        ready(f"http://{shown}:{listening.getsockname()[1]}/")
        config = uvicorn.Config(
            Site(database, raw), log_level="warning", lifespan="off", server_header=False
        )
        with suppress(KeyboardInterrupt):  # how a person ends it
            uvicorn.Server(config).run(sockets=[listening])
