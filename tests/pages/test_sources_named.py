"""Every source that a person reads is named in words: an abbreviation of our own says nothing to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import portal
from portal.law.parameters import parameter
from tests.clock import ORDINARY_DAY, local
from tests.pages.checks import text_of
from tests.pages.world import World

TEMPLATES = Path(portal.__file__).parent / "templates"
SHOWN = sorted(
    {
        name
        for file in TEMPLATES.rglob("*.html")
        for name in re.findall(r'law_source\("(\w+)"\)', file.read_text("utf-8"))
    }
    | {"decision_clock", "urgent_clock"}
)
OUR_OWN = re.compile(r"\b(?:PRES|NEWS|LETTRE)\b|\b(?:DIR|ANN|GUIDE)\d+\b|\blaw\.md\b|\.pdf\b|_")


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown_has_no_abbreviation_of_our_own(name: str) -> None:
    rule = parameter(name, local(ORDINARY_DAY).date())
    shown = rule.article or (rule.source if rule.confidence != "unverified" else "")
    assert not OUR_OWN.search(shown), shown


def test_the_check_page_names_where_the_sentence_comes_from(clean_world: World) -> None:
    form = clean_world.browser().open("/fr/demand/new").form("/demand/new").fill(name="Ana Rey")
    sources = [text_of(source) for source in form.submit().classed("source")]
    assert any("centre médico-social (CMS) du Bas-Valais" in source for source in sources)
    assert not any("PRES" in source for source in sources)
