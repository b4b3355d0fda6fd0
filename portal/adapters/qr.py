"""QR codes as SVG: black on white with a quiet zone of their own, so that they also scan in dark mode.

Error level M at least. The text is split into its densest parts (a link, then the capital letters and digits
of a receipt), which saves two sizes against plain bytes. No style attribute, so the strict CSP holds.
"""

import re
from html import escape
from typing import Any, Final, cast

import segno
from segno import consts

_QUIET: Final = 4
# Shorter runs would cost more in mode headers than they save.
_DENSE: Final = re.compile(r"[A-Z0-9]{20,}")


def svg(text: str, title: str = "") -> str:
    """An inline `<svg>` (class `qr`) of the QR code of `text`.

    `title` is its name for screen readers; without one it is hidden from them.
    Raises ValueError when the text is too long for any QR code.
    """
    rows = _matrix(text)
    size = len(rows) + 2 * _QUIET
    if title:
        name = escape(title)
        head, inner = f'role="img" aria-label="{name}"', f"<title>{name}</title>"
    else:
        head, inner = 'aria-hidden="true" focusable="false"', ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {size} {size}" {head}>{inner}'
        f'<rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path fill="#000" shape-rendering="crispEdges" d="{_path(rows)}"/></svg>'
    )


def svg_bytes(text: str) -> bytes:
    """The same picture as a stand-alone SVG file, for the typesetter."""
    return svg(text).encode("utf-8")


def _matrix(text: str) -> list[str]:
    """The modules of the QR code, one string of 0 and 1 for each row."""
    try:
        # segno takes a list of (text, mode) parts; its type stubs know the plain text only.
        code = segno.make_qr(cast(Any, _parts(text)), error="m")
    except segno.DataOverflowError as error:
        raise ValueError("the text is too long for a QR code") from error
    return ["".join("1" if module else "0" for module in row) for row in code.matrix]


def _parts(text: str) -> list[tuple[str, int]]:
    parts: list[tuple[str, int]] = []
    start = 0
    for run in _DENSE.finditer(text):
        if run.start() > start:
            parts.append((text[start : run.start()], consts.MODE_BYTE))
        parts.append((run.group(), consts.MODE_ALPHANUMERIC))
        start = run.end()
    if start < len(text) or not parts:
        parts.append((text[start:], consts.MODE_BYTE))
    return parts


def _path(rows: list[str]) -> str:
    """One rectangle for each run of dark modules, as an SVG path."""
    return "".join(
        f"M{run.start() + _QUIET} {y + _QUIET}h{len(run.group())}v1h-{len(run.group())}z"
        for y, row in enumerate(rows)
        for run in re.finditer("1+", row)
    )
