"""Polite, bounded downloads: what the web gives for an address, or a named reason why not.

Rules kept here: robots.txt (RFC 9309), conditional requests (RFC 9110 section 13), a pause
between two requests to one host, few retries with growing pauses, redirects only to allowed
hosts, no private or loopback address unless the source says so, limits of size and time.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from pipeline.sources import Source

AGENT = "spendtrail"
REDIRECTS = 5
TRIES = 3
RETRY_STATUS = frozenset({429, 500, 502, 503, 504})
LONGEST_PAUSE_SECONDS = 60.0
ROBOTS_BYTES = 512_000  # RFC 9309 asks parsers to read at least 500 KiB


class FetchError(Exception):
    """An address that gave no document; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer: its final address, status, bytes and validators.

    `status` 304 and 404/410 come with empty `body`; every other status than 200 raises.
    """

    address: str
    status: int
    body: bytes
    content_type: str
    etag: str
    last_modified: str


class _CheckedTransport(httpx.HTTPTransport):
    """Connects only to the very address that was checked, so DNS cannot change in between."""

    def __init__(self, allow_private: bool) -> None:
        # One connection per request: pooled ones would be shared by hosts on one address.
        super().__init__(retries=0, limits=httpx.Limits(max_keepalive_connections=0))
        self._allow_private = allow_private

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(
            host=checked_address(host, request.url.port, self._allow_private)
        )
        return super().handle_request(request)


def checked_address(host: str, port: int | None, allow_private: bool) -> str:
    """The IP address to connect to for a host.

    Raises FetchError where the name is unknown, or where any of its addresses is not public and
    the source does not allow private ones.
    """
    try:
        found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise FetchError(f"{host}: no such host ({error})") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        ip = ipaddress.ip_address(address.split("%")[0])
        if not allow_private and (not ip.is_global or ip.is_multicast):
            raise FetchError(
                f"{host} leads to {address}, which is not a public address; "
                "set allow_private = true in sources.toml if that is meant"
            )
    return addresses[0]


@dataclass(slots=True)
class Web:
    """One watch's view of the web: remembers robots.txt and when each host was last asked."""

    source: Source
    version: str
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _robots: dict[str, Protego] = field(default_factory=dict)
    _last_asked: dict[str, float] = field(default_factory=dict)

    @property
    def agent(self) -> str:
        """The User-Agent: name, version and the contact of `sources.toml`."""
        contact = f" (+{self.source.contact})" if self.source.contact else ""
        return f"{AGENT}/{self.version}{contact}"

    def hosts(self) -> set[str]:
        """The hosts that this source may be read from."""
        named = (*self.source.pages, *self.source.documents)
        return {urlsplit(a).netloc for a in named if a.startswith("http")} | set(
            self.source.allow_hosts
        )

    def get(self, address: str, etag: str = "", last_modified: str = "") -> Fetched:
        """What an address gives now; asks conditionally where validators are known.

        Raises FetchError for anything but 200, 304, 404 and 410, and for each broken limit.
        """
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate"}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        deadline = self.clock() + self.source.max_seconds
        with httpx.Client(
            transport=_CheckedTransport(self.source.allow_private),
            trust_env=False,
            timeout=httpx.Timeout(min(20.0, self.source.max_seconds)),
        ) as client:
            for _ in range(REDIRECTS + 1):
                self._permit(client, address, deadline)
                answer = self._ask(client, address, headers, deadline, self.source.max_bytes)
                if answer.status not in (301, 302, 303, 307, 308):
                    return answer
                address = urljoin(address, answer.address)
        raise FetchError(f"{address}: more than {REDIRECTS} redirects")

    def _permit(self, client: httpx.Client, address: str, deadline: float) -> None:
        """Raises FetchError unless host, scheme and robots.txt allow the address."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https"):
            raise FetchError(f"{address}: only http and https addresses are fetched")
        if parts.netloc not in self.hosts():
            raise FetchError(
                f"{address}: host {parts.netloc} is not named by source {self.source.name!r}; "
                "add it to allow_hosts in sources.toml if it may be read"
            )
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = Protego.parse(self._robots_text(client, site, deadline))
        if not self._robots[site].can_fetch(address, AGENT):
            raise FetchError(f"{address}: robots.txt of {parts.netloc} forbids it")

    def _robots_text(self, client: httpx.Client, site: str, deadline: float) -> str:
        # RFC 9309 2.3.1: no file (4xx) allows all; an unreachable one (5xx) forbids all.
        headers = {"User-Agent": self.agent}
        try:
            answer = self._ask(client, f"{site}/robots.txt", headers, deadline, ROBOTS_BYTES)
        except _Refused as refused:
            return "" if refused.status < 500 else "User-agent: *\nDisallow: /"
        return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""

    def _ask(
        self,
        client: httpx.Client,
        address: str,
        headers: dict[str, str],
        deadline: float,
        most: int,
    ) -> Fetched:
        host = urlsplit(address).netloc
        for attempt in range(1, TRIES + 1):
            self._pause(host)
            try:
                answer, retry_after = self._once(client, address, headers, deadline, most)
            except httpx.TransportError as error:
                if attempt == TRIES or self.clock() >= deadline:
                    raise FetchError(f"{address}: {type(error).__name__}: {error}") from None
                self.sleep(min(2.0**attempt, LONGEST_PAUSE_SECONDS))
                continue
            if answer.status not in RETRY_STATUS:
                return answer
            if attempt == TRIES:
                raise _Refused(address, answer.status)
            self.sleep(min(max(retry_after, 2.0**attempt), LONGEST_PAUSE_SECONDS))
        raise AssertionError("every try returns or raises")

    def _once(
        self,
        client: httpx.Client,
        address: str,
        headers: dict[str, str],
        deadline: float,
        most: int,
    ) -> tuple[Fetched, float]:
        body = bytearray()
        with client.stream("GET", address, headers=headers) as response:
            status = response.status_code
            found: Any = response.headers
            if status == 200:
                # As it arrives: a chunk size would buffer a dripping body past the deadline.
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > most:
                        raise FetchError(f"{address}: larger than {most:,} bytes; left unread")
                    if self.clock() > deadline:
                        raise FetchError(
                            f"{address}: not finished after {self.source.max_seconds:g} seconds"
                        )
            elif status in (401, 403) or (
                status >= 400 and status not in {404, 410, *RETRY_STATUS}
            ):
                raise _Refused(address, status)
            wait = found.get("retry-after", "")
            target = found.get("location", "") if response.is_redirect else address
            answer = Fetched(
                target,
                status,
                bytes(body),
                found.get("content-type", ""),
                found.get("etag", ""),
                found.get("last-modified", ""),
            )
            return answer, float(wait) if wait.isdigit() else 0.0

    def _pause(self, host: str) -> None:
        last = self._last_asked.get(host)
        if last is not None:
            rest = self.source.pace_seconds - (self.clock() - last)
            if rest > 0:
                self.sleep(rest)
        self._last_asked[host] = self.clock()


class _Refused(FetchError):
    def __init__(self, address: str, status: int) -> None:
        super().__init__(f"{address}: the server answers {status}")
        self.status = status
