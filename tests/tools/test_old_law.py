"""RELIAS was repealed on 1.7.2021: no text of the portal, in no language, names it as if it were in force."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

from portal.checklists import rules
from portal.law.parameters import definitions
from tests.tools.catalogs import CATALOGS, PORTAL, TRANSLATED, template
from tests.tools.legal_words import Text, faults_of, old_law_as_new

CONTENT = PORTAL / "content"
TYPESET = sorted(PORTAL.rglob("*.typ"))


def test_the_old_regulation_is_named_with_its_end() -> None:
    texts = [str(message.id) for message in template()]
    for language in TRANSLATED:
        with (CATALOGS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
            texts += [str(message.string) for message in read_po(file)]
    for one in definitions():
        texts += [text for value in one.values for text in (value.source, value.article, value.note) if text]
    for paper in rules():
        texts += [paper.source, paper.basis.article or "", paper.why]
    texts += [path.read_text("utf-8") for path in TYPESET]
    texts += [line for path in CONTENT.rglob("*") if path.suffix in (".md", ".yaml") for line in _blocks(path)]
    assert len([text for text in texts if "RELIAS" in text]) > 50
    faults = [fault for text in texts for fault in old_law_as_new(" ".join(text.split()))]
    assert not faults, "\n".join(faults)


def test_the_old_regulation_as_if_it_were_in_force_is_found() -> None:
    assert list(old_law_as_new("RELIAS art. 3 al. 5"))
    assert list(old_law_as_new("RELIAS art. 3 (ancien droit)"))
    assert not list(old_law_as_new("RELIAS art. 3, texte en vigueur jusqu’au 30.6.2021"))
    assert not list(old_law_as_new("OLIAS art. 3"))
    on_a_page = Text("p", "RELIAS art. 33", sources=("appeal_period",))
    assert len(list(faults_of(on_a_page, lambda _: True))) == 1, "a source does not make it new"


def _blocks(path: Path) -> list[str]:
    """The paragraphs of a text, and the entries of a file of data."""
    text = path.read_text("utf-8")
    return text.split("\n\n") if path.suffix == ".md" else re.split(r"(?m)^(?=\S)", text)
