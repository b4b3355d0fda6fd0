"""The export holds what goes on after the demand: reports, messages, months; of this adult alone."""

from __future__ import annotations

from portal.domain.changes.kinds import ChangeKind
from portal.domain.months import first_of_month
from portal.services.monthly.rhythm import nothing_changed
from portal.services.thread.rows import Sent
from portal.services.thread.writing import write
from tests.pages.world import World
from tests.services.exporting import said, taken
from tests.services.households import second_adult
from tests.services.reporting import changed, report

COUPLE = {
    "version": 1,
    "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "spouse"}],
}


def test_reports_messages_and_months(clean_world: World) -> None:
    world = clean_world
    announced = world.announce(situation=COUPLE)
    me, now = world.adult(announced), world.clock.now()
    other = second_adult(world, announced)
    report(world, me, changed(ChangeKind.ABROAD, "2026-11-12", "a"), why="Un enterrement")
    write(world.citizen, me, Sent("Bonjour le centre", "1" * 43, "fr"), now)
    write(world.citizen, other, Sent("De Paul", "2" * 43, "fr"), now)
    nothing_changed(world.citizen, me, first_of_month(now.date()), now)
    data = said(taken(world, me))
    assert [one["said"]["changes"][0]["kind"] for one in data["reports"]] == ["abroad"]
    assert data["reports"][0]["said"]["why"] == "Un enterrement"
    assert [one["words"] for one in data["messages"]] == ["Bonjour le centre"]
    assert [one["month"] for one in data["months"]] == ["2026-11-01"]
    theirs = said(taken(world, other))
    assert theirs["reports"] == theirs["months"] == []
    assert [one["words"] for one in theirs["messages"]] == ["De Paul"]
