"""Demands for the tests of receipts: filed in any way, corrected since, read again."""

from __future__ import annotations

import os
import re
from datetime import datetime

from portal.domain.demand import Announcement, Channel, Person
from portal.services import desk
from portal.services.demands import DemandView
from portal.services.filed import find_filed
from portal.services.filing import Contact, Filing, file_demand
from portal.services.receipts import make_receipt, make_slip
from tests.clock import local
from tests.pages.pdf import words
from tests.pages.world import SIERRE, World, visitor

RECORDED = "2026-11-10 10:00"
ANA = Person("Ana Rey", phone="+41 79 555 01 02")


def on_file(
    world: World,
    channel: Channel = Channel.ONLINE,
    contact: datetime | None = None,
    person: Person = ANA,
    commune: int | None = SIERRE,
) -> DemandView:
    """A demand recorded on the tenth of November at ten, whose first contact may have been before."""
    token, now = os.urandom(32), world.clock.set(RECORDED)
    first = Contact(channel, contact or now, time_known=contact is None, reason="Note" if contact else None)
    actor = visitor() if channel is Channel.ONLINE else world.caseworker("sierre")
    kit = world.citizen if channel is Channel.ONLINE else world.staff
    assert file_demand(kit, actor, Filing(Announcement(person, "fr", commune), first, token, None), now)
    found = find_filed(kit, token)
    assert found
    return found.demand


def corrected(world: World, view: DemandView, channel: Channel, moment: str, *, time_known: bool = False) -> DemandView:
    """The same demand three days later, when the centre had noted an earlier first contact."""
    world.clock.forward(days=3)
    actor = world.caseworker(view.region or view.candidate_regions[0])
    contact = Contact(channel, local(moment), time_known=time_known, reason="Note")
    desk.correct(world.staff, actor, view.id, contact)
    return desk.look(world.staff, actor, view.id, "demand:read")


def receipt(world: World, view: DemandView, language: str = "fr") -> str:
    """What the receipt says, with plain blanks."""
    return plain(words(make_receipt(world.citizen, view, language)))


def slip(world: World, view: DemandView, language: str = "fr") -> str:
    """What the slip says."""
    return plain(words(make_slip(world.citizen, view, "1234567890123456", language)))


def plain(text: str) -> str:
    """Single blanks that may break. A long word bears no zero-width ones: what is copied from a paper is found again."""
    assert "\u200b" not in text
    return re.sub(r"\s+", " ", text)


def either(text: str, phrase: str) -> bool:
    """Whether all words of an Arabic phrase stand in a PDF's text, which may hold them in the order of the eye."""
    return all(word in text or word[::-1] in text for word in phrase.split())
