"""The figures of the accessibility statement as a last look may have left them, for the time of one page."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from portal.content.accessibility import figures
from portal.views import notices
from tests.browser.world import World

LOOK: Final[dict[str, Any]] = {
    "checked_on": date(2026, 11, 21),
    "standard": "WCAG 2.2",
    "level": "AA",
    "tool": "axe 4.1",
    "browser": "Chromium 1",
    "pages": 2,
    "languages": {"de": 1, "fr": 2},
    "looks": 3,
    "findings": 0,
    "pages_with_findings": [],
}
FAULTY: Final[dict[str, Any]] = {**LOOK, "findings": 2, "pages_with_findings": ["home", "imprint"]}


def names_shown() -> list[str]:
    """What the statement shows as it is in every language: of these looks, and of the real one where there was one."""
    real = figures()
    looks = [LOOK, FAULTY, *([asdict(real)] if real else [])]
    names = [one[key] for one in looks for key in ("standard", "level", "tool", "browser")]
    return [*names, *(page for one in looks for page in one["pages_with_findings"])]


def last_look(said: dict[str, Any] | None) -> Callable[[World], AbstractContextManager[None]]:
    """The file says this; None: nobody has looked yet."""

    @contextmanager
    def written(_world: World) -> Iterator[None]:
        before: Any = notices.figures
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / "accessibility.yaml"
            if said is not None:
                file.write_text(yaml.safe_dump(said), encoding="utf-8")
            notices.figures = lambda: figures(file)  # type: ignore[assignment]
            try:
                yield
            finally:
                notices.figures = before

    return written
