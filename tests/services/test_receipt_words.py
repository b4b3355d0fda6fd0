"""What the receipt says: the attempt that came before, and who sees the announcement."""

from __future__ import annotations

import os
from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.domain.demand import Announcement, Channel, Person
from portal.services.demands import DemandView
from portal.services.filed import find_filed
from portal.services.filing import Attempt, Contact, Filing, file_demand
from portal.services.receipts import make_receipt
from tests.clock import local
from tests.pages.pdf import words
from tests.pages.world import SIERRE, UNSURE, World, visitor

ONE = "Le centre la voit."
SEVERAL = "Chaque centre possible la voit, jusqu’à ce qu’un centre la prenne."


def filed_after(world: World, attempt: Attempt | None, commune: int | None = SIERRE) -> DemandView:
    token, now = os.urandom(32), world.clock.set("2026-11-01 00:05")
    announcement = Announcement(Person("Ana Rey"), "fr", commune)
    filing = Filing(announcement, Contact(Channel.ONLINE, now), token, None, attempt)
    assert file_demand(world.citizen, visitor(), filing, now)
    found = find_filed(world.citizen, token)
    assert found
    return found.demand


@pytest.mark.parametrize(
    ("language", "label", "value"),
    [
        ("fr", "Essai prouvé avant", "samedi, 31 octobre 2026, 23:58"),
        ("de", "Früherer Versuch bewiesen", "Samstag, 31. Oktober 2026, 23:58"),
        ("pt", "Tentativa comprovada antes", "sábado, 31 de outubro de 2026, 23:58"),
    ],
)
def test_a_proven_attempt_stands_on_the_paper(clean_world: World, language: str, label: str, value: str) -> None:
    view = filed_after(clean_world, Attempt(local("2026-10-31 23:58:20"), matches=True))
    paper = " ".join(words(make_receipt(clean_world.citizen, view, language)).split())
    assert label in paper
    assert value in paper
    assert "Essai prouvé avant" in paper or language == "de"  # French beside the person's own


def test_it_fits_on_one_page_in_arabic(clean_world: World) -> None:
    view = filed_after(clean_world, Attempt(local("2026-10-31 23:58:20"), matches=True), UNSURE)
    pdf = make_receipt(clean_world.citizen, view, "ar")
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert "23:58" in words(pdf)


def test_without_an_attempt_there_is_no_such_line(clean_world: World) -> None:
    assert "Essai" not in words(make_receipt(clean_world.citizen, filed_after(clean_world, None), "fr"))


@pytest.mark.parametrize(("commune", "said"), [(SIERRE, ONE), (UNSURE, SEVERAL), (None, SEVERAL)])
def test_who_sees_it(clean_world: World, commune: int | None, said: str) -> None:
    view = filed_after(clean_world, None, commune)
    paper = " ".join(words(make_receipt(clean_world.citizen, view, "fr")).split())
    assert [text for text in (ONE, SEVERAL) if text in paper] == [said]
