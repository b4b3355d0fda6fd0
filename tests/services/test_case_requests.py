"""Requests of one adult: each may ask, again when it is read or old; what starts a clock is entered in the register."""

from __future__ import annotations

import base64
import json

import pytest

from portal.domain.case_request import AskedState, RequestKind, content_hmac
from portal.services.register import verify_register
from portal.services.thread import asking, desk
from portal.services.thread.asking import StandsError
from portal.services.thread.reading import News, news
from portal.services.thread.rows import request_context
from portal.services.verifying import verify_by_code
from tests.pages.world import Announced, World
from tests.services.households import second_adult
from tests.services.threads import answer, ask, sent, thread


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


def test_a_double_click_on_a_request_is_one(clean_world: World, announced: Announced) -> None:
    jane, form = clean_world.adult(announced), sent("", "form")
    lines = {asking.ask(clean_world.citizen, jane, RequestKind.URGENT, form, clean_world.clock.now()) for _ in range(2)}
    assert len(lines) == clean_world.count("case_request") == 1
    assert clean_world.row("SELECT count(*) FROM filing_register WHERE kind = 'urgent-request'") == (1,)


def test_a_request_once_read_may_be_asked_again_and_an_unread_one_after_a_day(
    clean_world: World, announced: Announced
) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    ask(clean_world, jane, RequestKind.DECISION, "La première")
    with pytest.raises(StandsError):
        ask(clean_world, jane, RequestKind.DECISION, "La deuxième")
    assert ask(clean_world, jane, RequestKind.FILE)  # another kind is another request
    clean_world.clock.forward(hours=24)
    assert ask(clean_world, jane, RequestKind.DECISION, "Le lendemain")
    desk.look_at_threads(clean_world.staff, claire, announced.view.dossier_id)
    assert ask(clean_world, jane, RequestKind.DECISION, "Après lecture")
    assert clean_world.row("SELECT count(*) FROM case_request WHERE kind = 'decision'") == (3,)


def test_states_of_a_request(clean_world: World, announced: Announced) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    ask(clean_world, jane, RequestKind.REEXAMINATION)

    def state() -> AskedState:
        (line,) = [one for one in thread(clean_world, jane).lines if one.request]
        assert line.request is not None
        return line.request.state

    assert state() is AskedState.SENT
    desk.look_at_threads(clean_world.staff, claire, announced.view.dossier_id)
    assert state() is AskedState.READ
    assert news(clean_world.citizen, jane) == News(0, 1)
    answer(clean_world, claire, jane)
    assert news(clean_world.citizen, jane) == News(1, 1)  # a decision, not words, answers it
    assert state() is AskedState.WRITTEN


def test_what_starts_a_clock_is_registered_and_the_others_are_only_dated(
    clean_world: World, announced: Announced
) -> None:
    jane, before = clean_world.adult(announced), clean_world.count("filing_register")
    for kind in RequestKind:
        ask(clean_world, jane, kind, "Parce que")
    rows = clean_world.row("SELECT array_agg(kind ORDER BY kind) FROM case_request WHERE register_sequence IS NOT NULL")
    assert rows == (["reexamination", "urgent"],)
    assert clean_world.count("filing_register") == before + 2
    salts = set()
    for asked, entered in (
        (RequestKind.URGENT, "urgent-request"),
        (RequestKind.REEXAMINATION, "reexamination-request"),
    ):
        kind, reference, instant, content, request_id, sealed = clean_world.row(
            "SELECT r.kind, r.reference, r.instant, r.content_hmac, c.id, c.details FROM filing_register r"
            " JOIN case_request c ON c.register_sequence = r.sequence WHERE c.kind = %s",
            asked.value,
        )
        assert (kind, reference, instant) == (entered, announced.reference, clean_world.clock.now())
        told = json.loads(clean_world.citizen.envelope.open(bytes(sealed), request_context(request_id)))
        assert told["words"] == "Parce que"
        assert content_hmac(base64.b64decode(told["salt"]), asked, told["words"]) == bytes(content)
        salts.add(told["salt"])
    assert len(salts) == 2, "each has a salt of its own"
    assert verify_register(clean_world.worker).faults == ()


def test_a_receipt_says_the_same_after_a_request_for_re_examination(clean_world: World, announced: Announced) -> None:
    before = verify_by_code(clean_world.citizen, announced.reference, announced.view.check_code)
    ask(clean_world, clean_world.adult(announced), RequestKind.REEXAMINATION)
    assert before is not None
    assert verify_by_code(clean_world.citizen, announced.reference, announced.view.check_code) == before


def test_another_adult_and_one_without_a_demand_asks_for_urgent_help(clean_world: World, announced: Announced) -> None:
    """What the button of the demand could not do: it knew the newest own demand only, and a second one changed nothing."""
    jane, paul = clean_world.adult(announced), second_adult(clean_world, announced)
    ask(clean_world, jane)
    assert ask(clean_world, paul)
    clean_world.clock.forward(hours=24 * 400)
    assert ask(clean_world, jane)
    assert clean_world.row("SELECT count(*) FROM filing_register WHERE kind = 'urgent-request'") == (3,)


def test_an_urgent_demand_of_a_moment_ago_stands_as_a_request(clean_world: World) -> None:
    announced = clean_world.announce(urgent=True)
    jane = clean_world.adult(announced)
    with pytest.raises(StandsError):
        ask(clean_world, jane)
    assert ask(clean_world, second_adult(clean_world, announced))
    clean_world.clock.forward(hours=24)
    assert ask(clean_world, jane)
