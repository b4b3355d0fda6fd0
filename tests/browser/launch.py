"""Chromium as tests and the tour start it: on this machine alone, without a window."""

from __future__ import annotations

import shutil
from typing import Any, Final

from playwright.sync_api import Browser, Playwright

MISSING: Final = "chromium is not installed (Debian: apt install chromium); browser tests need it"
PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
"""A small, cheap phone."""
DESK: Final[dict[str, Any]] = {"viewport": {"width": 1280, "height": 900}}


def chromium() -> str | None:
    """The path of the browser; None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def launch(playwright: Playwright, *, keeps_pages: bool = False) -> Browser:
    """Start the browser. It finds no host but this machine, whatever a page asks for.

    `keeps_pages`: whole pages for Back, as people's browsers do; Playwright switches that off.
    """
    return playwright.chromium.launch(
        executable_path=chromium(),
        ignore_default_args=["--disable-back-forward-cache"] if keeps_pages else None,
        args=["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    )
