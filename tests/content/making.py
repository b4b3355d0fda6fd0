"""A small notice in a folder of its own, for tests that break it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from portal.i18n.languages import CODES

STRUCTURE: Final = """\
published_on: {published_on}
chapters:
  - id: decision
    icon: clock
    blocks:
      - {{id: decision-1, kind: text, sources: [{source}]}}
      - {{id: decision-2, kind: example, sources: []}}
    questions:
      - {{id: decision-q1, answers: [a, b], right: [b], sources: [{source}]}}
"""
WORDS: Final = """\
{#title}
# Vos droits

{#lead}
Deux mots.

{#decision}
## Une décision

{#decision-1}
La commune a **30 jours**.

{#decision-2}
Ana attend depuis *31 jours*.

{#decision-q1}
Combien de temps ?

{#decision-q1-a}
10 jours

{#decision-q1-b}
30 jours

{#decision-q1-why}
La commune a 30 jours.
"""


def make(root: Path, *, published_on: str = "2026-11-21", source: str = "decision_clock", words: str = WORDS) -> Path:
    """The folder of notices, with one notice in one version; the same words in every language."""
    version = root / "notices" / "rights" / "1"
    version.mkdir(parents=True)
    (root / "reviews.yaml").write_text("{}\n", encoding="utf-8")
    structure = STRUCTURE.format(published_on=published_on, source=source)
    (version / "notice.yaml").write_text(structure, encoding="utf-8")
    for language in CODES:
        (version / f"{language}.md").write_text(words, encoding="utf-8")
    return root / "notices"


def replace_in(file: Path, old: str, new: str) -> None:
    """Put other words in place of the one place where `old` stands."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")
