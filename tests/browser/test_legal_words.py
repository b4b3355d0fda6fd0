"""Every legal statement on screen has its source: all pages, in all their states and languages, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest

from portal.i18n.languages import CODES
from tests.browser.all_cases import CASES, Case
from tests.browser.visits import ClientVisit
from tests.browser.world import World, last_day
from tests.tools.legal_words import faults_of, texts_of
from tests.tools.sources import is_known


def open_case(case: Case, world: World, language: str) -> ClientVisit:
    """The way to the page of a case."""
    client = world.app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    visit = ClientVisit(world, client, language)
    with case.without(world) if case.without else nullcontext():
        case.open(visit)
    return visit


@pytest.mark.parametrize("language", CODES)
def test_every_legal_statement_has_its_source(language: str, make_world: Callable[..., World]) -> None:
    world = make_world(last_day())
    pages = looked_at = legal = 0
    named: set[str] = set()
    found: dict[str, str] = {}
    for case in CASES:
        if language not in case.languages:
            continue
        world.database.clean()
        world.enrol()
        visit = open_case(case, world, language)
        assert visit.last_status == case.status, case.name
        pages += 1
        for text in texts_of(visit.source()):
            looked_at += 1
            legal += bool(text.legal)
            named.update(text.sources)
            for fault in faults_of(text, is_known):
                found.setdefault(fault, case.name)
    resolved = sum(map(is_known, named))
    print(f"{language}: {pages} pages, {looked_at} texts, {legal} legal, {resolved} of {len(named)} sources found")
    assert not found, "\n".join(f"{case}: {fault}" for fault, case in found.items())
    assert legal > pages, "a look that finds less has looked at nothing"
