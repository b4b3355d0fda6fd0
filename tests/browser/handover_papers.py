"""The slip of the hand-over at a desk: with everything that it can say, and with nothing to bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from portal.domain.decision import Answers
from portal.domain.demand import filing_day
from portal.domain.document_request import RequestState
from portal.domain.interview import Interpreter, Meeting, Way
from portal.services import snapshots
from portal.services.actor import Actor, ActorKind
from portal.services.at_desk import DeskPlace
from portal.services.document_requests import Note, list_for_paper, note_at_desk
from portal.services.handover import make_handover
from portal.services.interviews import desk
from portal.services.situation_begun import before_answers
from tests.browser.deciding import CLAIRE, MARC
from tests.browser.dossier_cases import me
from tests.browser.people import URGENT
from tests.browser.world import SIERRE, Known, World
from tests.pages.changes import COUPLE
from tests.services.deciding import decided

CODE = "0000000000000000"
DAY = timedelta(days=1)


def with_everything(world: World, language: str) -> Known:
    """Urgent, sent, a paper wanted by a day, the interview agreed; and the commune decided something of its own accord."""
    known = world.file(replace(URGENT, language=language, commune_bfs=SIERRE), situation=COUPLE)
    now = world.kit.clock.now()
    worker, place = world.caseworker(), DeskPlace(known.demand.id)
    snapshots.send(world.kit, me(known))
    note_at_desk(
        world.kit,
        worker,
        known.demand.dossier_id,
        "avs_number@a",
        Note(RequestState.TO_BRING, wanted_by=filing_day(now) + DAY),
    )
    meeting = Meeting(now + 2 * DAY, Way.PHONE, None, None, Interpreter.TO_BOOK, "ar", (known.demand.adult_id,))
    desk.note(world.kit, worker, place, meeting, 0)
    ids = map(world.caseworker_id, (CLAIRE, MARC))
    both = tuple(Actor(ActorKind.STAFF, "test", id_, region="sierre") for id_ in ids)
    decided(world.kit, (both[0], both[1]), known.demand.dossier_id, Answers.NOTHING)
    return known


def with_nothing_to_bring(world: World, language: str) -> Known:
    """No answers, and the centre has seen what everybody brings."""
    known = world.file(replace(world.somebody(language), commune_bfs=None))
    missing = list_for_paper(world.kit, known.demand, before_answers(known.demand), "a", language).still_missing
    for one in missing:
        note_at_desk(world.kit, world.caseworker(), known.demand.dossier_id, one.key, Note(RequestState.SEEN))
    return known


def handover_papers(world: World, language: str) -> list[bytes]:
    """The slips as PDF: with everything, before any answer, and with nothing to bring."""
    bare = world.file(replace(world.somebody(language), commune_bfs=None))
    found = (with_everything(world, language), bare, with_nothing_to_bring(world, language))
    return [make_handover(world.kit, known.demand, CODE) for known in found]
