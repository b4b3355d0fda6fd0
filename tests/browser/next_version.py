"""A next version of rights and duties, published for the time of one look: one paragraph new, one changed, one gone."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import yaml

from portal.content import notices
from portal.domain.notice import RIGHTS
from tests.browser.world import World

CHANGED, NEW, GONE, LENT = "decision-1", "decision-99", "decision-8", ("decision-2", "decision-3")
"""By ids of the version of today; the words of the changed and of the new paragraph are lent by two others."""
_PARAGRAPH: Final = re.compile(r"\{#([\w-]+)\}\n(.*?)(?:\n\n|\n?\Z)", re.DOTALL)


@contextmanager
def next_version(_world: World) -> Iterator[None]:
    """One more version stands beside those of today, and somebody has reviewed it in every language."""
    before = notices.FOLDER
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "notices"
        shutil.copytree(before, folder)
        now = notices.versions(RIGHTS)[-1]
        after = folder / RIGHTS / str(now + 1)
        _write(folder / RIGHTS / str(now), after)
        reviews = {RIGHTS: {now + 1: {file.stem: {"by": "R", "day": "DAY"} for file in after.glob("*.md")}}}
        text = yaml.safe_dump(reviews).replace("DAY", "2026-11-21")
        (Path(place) / "reviews.yaml").write_text(text, encoding="utf-8")
        notices.FOLDER = folder
        try:
            yield
        finally:
            notices.FOLDER = before


def _write(before: Path, after: Path) -> None:
    after.mkdir()
    structure = yaml.safe_load((before / "notice.yaml").read_text("utf-8"))
    blocks = next(one["blocks"] for one in structure["chapters"] if one["id"] == "decision")
    blocks[:] = [one for one in blocks if one["id"] != GONE]
    blocks.append({**blocks[0], "id": NEW})
    (after / "notice.yaml").write_text(yaml.safe_dump(structure), encoding="utf-8")
    for file in before.glob("*.md"):
        said = dict(_PARAGRAPH.findall(file.read_text("utf-8")))
        said[CHANGED], new = said[LENT[0]], said[LENT[1]]
        parts = []
        for name, text in said.items():
            parts.append((NEW, new) if name == GONE else (name, text))
        (after / file.name).write_text("\n\n".join(f"{{#{name}}}\n{text}" for name, text in parts) + "\n", "utf-8")
