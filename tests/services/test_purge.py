"""A purge removes technical data by periods of ours, and of a dossier nothing, however late it runs."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from portal.domain.demand import Person
from portal.domain.document_request import RequestState
from portal.law import retention
from portal.law.loader import LawDataError
from portal.law.retention import RetentionClass
from portal.models import Base
from portal.services.document_requests import Note, note_at_desk
from portal.services.housekeeping import purge, tidy
from portal.services.notices.links import make_link
from portal.services.reminders import wishes
from portal.services.reminders.due import run_due
from portal.services.snapshots import send
from tests.pages.world import World
from tests.servers import PROJECT
from tests.services.households import say

TECHNICAL = {"citizen_session", "staff_session", "limit_counter", "notice_link"}
SAID = {"version": 1, "persons": [{"id": "a", "relation": "applicant"}]}


def counts(world: World) -> dict[str, int]:
    """Rows of every table that holds something of a dossier."""
    return {name: world.count(name) for name in sorted(Base.metadata.tables) if name not in TECHNICAL}


def filled(world: World) -> None:
    announced = world.announce(Person("A B", email="a@example.ch"), situation=SAID, source=b"x" * 32)
    actor = world.adult(announced)
    say(world, actor, "debts", debts="100.00")
    send(world.citizen, actor)
    make_link(world.citizen, actor, "a")
    world.visit(announced)
    wishes.wish(world.citizen, actor, "a@example.ch", "fr")
    note_at_desk(world.staff, world.caseworker(), announced.view.dossier_id, "other", Note(RequestState.SEEN))
    world.announce(Person("C D"))
    run_due(world.worker, world.mailer, (world.clock.now() + timedelta(days=25)).date())


def test_fifty_years_ahead_every_dossier_is_whole(clean_world: World) -> None:
    filled(clean_world)
    before = counts(clean_world)
    assert before["call_list"]
    assert before["mail_wish"]
    assert before["situation_snapshot"]
    assert clean_world.count("citizen_session")
    found = purge(clean_world.owner, clean_world.clock.now() + timedelta(days=50 * 366))
    assert counts(clean_world) == before
    assert found.removed.keys() == {
        "sources",
        "citizen_sessions",
        "staff_sessions",
        "logouts",
        "counters",
        "notice_links",
        "report_drafts",
    }
    assert found.removed["citizen_sessions"] == 1
    assert found.removed["notice_links"] == 1
    assert clean_world.count("citizen_session") == 0


def test_no_period_of_a_dossier_is_known() -> None:
    periods = {name: one.period for name, one in retention.classes().items()}
    ours = {"sources", "citizen_sessions", "staff_sessions", "logouts", "counters", "notice_links", "report_drafts"}
    assert {name for name, period in periods.items() if period is not None} == ours
    assert {"demand", "situation", "documents", "register", "audit", "reminders"} <= periods.keys()
    assert all(one.source for one in retention.classes().values())


def test_a_period_that_nobody_can_carry_out_stops_the_purge(clean_world: World) -> None:
    filled(clean_world)
    known = dict(retention.classes()) | {"demand": RetentionClass("demand", timedelta(days=1), "x")}
    with pytest.raises(LawDataError, match="demand"):
        purge(clean_world.owner, clean_world.clock.now() + timedelta(days=50 * 366), known)
    assert clean_world.count("citizen_session") == 1, "nothing at all was removed"


def test_the_workers_tidy_is_the_same_purge(clean_world: World) -> None:
    filled(clean_world)
    clean_world.clock.forward(days=20)
    before = counts(clean_world)
    found = tidy(clean_world.worker)
    assert found["citizen_sessions"] == 1
    assert found["notice_links"] == 1
    assert counts(clean_world) == before


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  period: 0\n  source: x\n",
        "a:\n  source: x\n",
        "a:\n  period: null\n",
        "a:\n  period: 3\n  source: x\n  b: 1\n",
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "one.yaml").write_text(text)
    with pytest.raises(LawDataError):
        retention.read_classes(tmp_path)


def test_the_command(clean_world: World) -> None:
    filled(clean_world)
    before = counts(clean_world)
    env = clean_world.stack.env("both", owner=True)
    command = [sys.executable, "-m", "flask", "--app", "app", "purge", "--on", "2076-11-21"]
    done = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["removed"]["citizen_sessions"] == 1
    assert "demand" in said["kept"]
    assert counts(clean_world) == before
