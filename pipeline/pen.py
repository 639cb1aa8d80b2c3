"""Draws Vega-Lite specifications in a process of its own, a line of JSON in and a line out.

The drawing engine is a whole JavaScript runtime with threads. In our own process it would stop
the readers that a later run forks, and take its memory as long as we live.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock

VEGA_LITE = "6.4"
FIRST = """{"data": {"values": [{"x": 1, "y": "a"}]}, "mark": "bar", "encoding": {
    "x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "nominal"},
    "color": {"field": "y", "type": "nominal"}}}"""
_PENS: dict[int, subprocess.Popen[str]] = {}  # by the process that holds it: none is shared
_LOCK = Lock()


class CannotDraw(RuntimeError):
    """The engine refused a specification or ended; the message has its words."""


def pick_up() -> None:
    """Start the drawing process, which takes a second, before there is anything to draw."""
    with _LOCK:
        _pen()


def _pen() -> subprocess.Popen[str]:
    pen = _PENS.get(os.getpid())
    if pen is None or pen.poll() is not None:
        pen = subprocess.Popen(
            [sys.executable, "-I", str(Path(__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        _PENS[os.getpid()] = pen
    return pen


def draw(spec: str) -> str:
    """A Vega-Lite specification (JSON) as SVG; raises CannotDraw."""
    with _LOCK:
        pen = _pen()
        assert pen.stdin is not None and pen.stdout is not None
        try:
            pen.stdin.write(json.dumps(json.loads(spec)) + "\n")
            pen.stdin.flush()
            answer = pen.stdout.readline()
        except BrokenPipeError:
            answer = ""
    if not answer:
        raise CannotDraw("the drawing engine ended without an answer; is vl-convert-python whole?")
    told = json.loads(answer)
    if "fault" in told:
        raise CannotDraw(told["fault"])
    return str(told["svg"])


def put_down() -> None:
    """End the drawing process of this process, if there is one."""
    with _LOCK:
        pen = _PENS.pop(os.getpid(), None)
        if pen is not None and pen.stdin is not None and pen.stdout is not None:
            pen.stdin.close()
            pen.wait(10)
            pen.stdout.close()


atexit.register(put_down)


def _serve() -> None:
    """What the drawing process does until its input ends."""
    import vl_convert

    with suppress(ValueError):  # the first picture takes longest, whatever it shows
        vl_convert.vegalite_to_svg(FIRST, vl_version=VEGA_LITE, allowed_base_urls=[])
    for line in sys.stdin:
        try:
            told = {
                "svg": vl_convert.vegalite_to_svg(line, vl_version=VEGA_LITE, allowed_base_urls=[])
            }
        except ValueError as error:
            told = {"fault": str(error)}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
