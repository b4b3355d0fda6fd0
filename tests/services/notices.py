"""Small notices for tests, so that they do not depend on the words of the real one; and who acknowledges."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from portal import content
from portal.domain.notice import RIGHTS
from portal.i18n.languages import CODES
from portal.services.notices.acknowledging import Standing, own_standings

COUPLE: Final[dict[str, Any]] = {
    "version": 1,
    "persons": [
        {"id": "a", "relation": "applicant"},
        {"id": "b", "relation": "spouse", "name": "Paul Second"},
        {"id": "c1", "relation": "child", "age": 9},
    ],
}
FIRST: Final = {"money": "De l’argent pour vivre.", "papers": "Des papiers à montrer."}
SECOND: Final = {"money": "Plus d’argent pour vivre.", "papers": "Des papiers à montrer.", "visits": "Des visites."}
"""The first paragraph is other, the third is new."""


def publish(folder: Path, *texts: Mapping[str, str]) -> Path:
    """Versions 1, 2, … of the notice in a new folder: each a chapter of one paragraph for every name."""
    for version, said in enumerate(texts, 1):
        place = folder / RIGHTS / str(version)
        place.mkdir(parents=True)
        chapters = "".join(
            f"  - id: {name}\n    icon: info\n    blocks:\n      - {{id: {name}-1, kind: text, sources: []}}\n"
            for name in said
        )
        head = f"published_on: 2026-11-0{version}\nchapters:\n"
        (place / "notice.yaml").write_text(head + chapters, encoding="utf-8")
        for code in CODES:
            words = "".join(f"\n{{#{n}}}\n## {code} {n} chapter\n\n{{#{n}-1}}\n{text}\n" for n, text in said.items())
            title = f"{{#title}}\n# Titre {code}\n\n{{#lead}}\nUne phrase.\n"
            (place / f"{code}.md").write_text(title + words, encoding="utf-8")
    return folder


@pytest.fixture
def first_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only version 1 is published."""
    monkeypatch.setattr(content.notices, "FOLDER", publish(tmp_path / "first", FIRST))


def second_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Version 2 is published beside the first."""
    monkeypatch.setattr(content.notices, "FOLDER", publish(tmp_path / "second", FIRST, SECOND))


def standings(kit: Any, actor: Any) -> dict[str, Standing]:
    """Where each adult of the reader's household stands, by person."""
    return {one.signer.person: one for one in own_standings(kit, actor, "fr")}
