"""Who may sign in at the desk: invited, let in once, changed, out at once; and always somebody who lets people in."""

from __future__ import annotations

import uuid

import psycopg
import pytest

from portal.adapters.mail import Mailer
from portal.domain.invitation import InvitationState
from portal.domain.role import Role
from portal.services import people
from portal.services.actor import Actor, NotYoursError
from portal.services.invitations import tell_invitation
from portal.services.people import InvitedBeforeError, NewInvitation, Outcome
from portal.services.staff import RolesError, staff_sign_in, staff_visit
from tests.pages.world import World
from tests.provider import vouched

ADDRESS = "Eva.Demo@example.ch"
WHOM = NewInvitation("Eva Demo", ADDRESS, frozenset({Role.RECEPTION}), "sierre", "de")


class Keeper(Mailer):
    """Keeps what it is given."""

    def __init__(self) -> None:
        super().__init__("smtp://127.0.0.1", "portal@example.ch")
        self.sent: list[tuple[str, str]] = []

    def send(self, *, to: str, subject: str, body: str, **_: object) -> None:
        self.sent.append((to, f"{subject}\n{body}"))


@pytest.fixture
def administrator(clean_world: World) -> Actor:
    return clean_world.caseworker(None, roles=[Role.ADMINISTRATOR])


def sign_in(world: World, subject: str, address: str | None) -> str | None:
    issuer = world.stack.oidc.issuer
    return staff_sign_in(world.staff, issuer, subject, "fr", "test", vouched(world.stack, subject), address)


def test_who_is_invited_comes_in_by_the_verified_address_and_sees_the_own_region(
    clean_world: World, administrator: Actor
) -> None:
    people.invite(clean_world.staff, administrator, WHOM)
    assert sign_in(clean_world, "eva", None) is None
    assert sign_in(clean_world, "eva", "somebody.else@example.ch") is None
    secret = sign_in(clean_world, "eva", "EVA.demo@EXAMPLE.ch")
    assert secret is not None
    visit = staff_visit(clean_world.staff, secret, "test")
    assert visit is not None
    assert (visit.name, visit.region, visit.roles) == ("Eva Demo", "sierre", frozenset({Role.RECEPTION}))
    assert sign_in(clean_world, "another", ADDRESS) is None  # once
    assert sign_in(clean_world, "eva", None) is not None  # from now on the subject counts, and no address
    found = people.people(clean_world.staff, administrator)
    assert found.invited == ()
    assert [one.name for one in found.members if one.signed_in] == ["Eva Demo"]


def test_an_invitation_ends_by_itself_or_is_taken_back(clean_world: World, administrator: Actor) -> None:
    first = people.invite(clean_world.staff, administrator, WHOM)
    with pytest.raises(InvitedBeforeError):
        people.invite(clean_world.staff, administrator, WHOM)
    assert people.withdraw(clean_world.staff, administrator, first)
    assert not people.withdraw(clean_world.staff, administrator, first)
    assert sign_in(clean_world, "eva", ADDRESS) is None
    people.invite(clean_world.staff, administrator, WHOM)
    clean_world.clock.forward(days=14)
    assert sign_in(clean_world, "eva", ADDRESS) is None
    (over,) = people.people(clean_world.staff, administrator).invited
    assert over.state is InvitationState.OVER
    people.invite(clean_world.staff, administrator, WHOM)  # what is over makes room
    assert sign_in(clean_world, "eva", ADDRESS) is not None
    with pytest.raises(NotYoursError):
        people.withdraw(clean_world.staff, administrator, uuid.uuid4())


def test_functions_and_region_of_an_invitation_fit_and_make_no_administrator(
    clean_world: World, administrator: Actor
) -> None:
    for roles, region in (
        (set(Role), "sierre"),
        ({Role.ADMINISTRATOR}, None),
        ({Role.FIGURES}, "sierre"),
        (set(), None),
    ):
        with pytest.raises(RolesError):
            people.invite(
                clean_world.staff, administrator, NewInvitation("Eva", ADDRESS, frozenset(roles), region, "fr")
            )
    assert clean_world.count("invitation") == 0


def test_a_change_ends_the_sessions_and_says_why(clean_world: World, administrator: Actor) -> None:
    whom = clean_world.caseworker("sierre", "worker-x")
    secret = sign_in(clean_world, "worker-x", None) or ""
    outcome = people.change(clean_world.staff, administrator, whom.id or uuid.uuid4(), [Role.FIGURES], None)
    assert outcome is Outcome.DONE
    assert staff_visit(clean_world.staff, secret, "test") is None
    assert clean_world.row("SELECT ended_why FROM staff_session") == ("changed",)
    visit = staff_visit(clean_world.staff, sign_in(clean_world, "worker-x", None) or "", "test")
    assert visit is not None
    assert (visit.roles, visit.region) == (frozenset({Role.FIGURES}), None)
    _member, changes = people.member(clean_world.staff, administrator, whom.id or uuid.uuid4())
    assert [(one.roles, one.region, one.active) for one in changes] == [(frozenset({Role.FIGURES}), None, True)]
    with pytest.raises(RolesError):
        people.change(clean_world.staff, administrator, whom.id or uuid.uuid4(), [Role.FIGURES], "sierre")


def test_who_leaves_is_out_at_once_and_what_they_did_stays(clean_world: World, administrator: Actor) -> None:
    whom = clean_world.caseworker("sierre", "worker-x")
    secret = sign_in(clean_world, "worker-x", None) or ""
    before = clean_world.count("audit_event")
    assert people.end_access(clean_world.staff, administrator, whom.id or uuid.uuid4()) is Outcome.DONE
    assert staff_visit(clean_world.staff, secret, "test") is None
    assert sign_in(clean_world, "worker-x", None) is None
    assert clean_world.count("audit_event") == before + 2  # the end, and the refused sign-in
    with pytest.raises(NotYoursError):
        people.end_access(clean_world.staff, administrator, whom.id or uuid.uuid4())
    people.invite(clean_world.staff, administrator, WHOM)
    assert sign_in(clean_world, "worker-x", ADDRESS) is not None  # the same person as before
    assert clean_world.row("SELECT count(*) FROM caseworker WHERE subject = 'worker-x'") == (1,)


def test_the_last_administrator_stays_and_none_is_made_here(clean_world: World, administrator: Actor) -> None:
    own, worker = administrator.id or uuid.uuid4(), clean_world.caseworker().id or uuid.uuid4()
    assert people.end_access(clean_world.staff, administrator, own) is Outcome.LAST
    assert people.change(clean_world.staff, administrator, own, [Role.FIGURES], None) is Outcome.ONESELF
    assert people.change(clean_world.staff, administrator, worker, [Role.ADMINISTRATOR], None) is Outcome.ADMINISTRATOR
    second = clean_world.caseworker(None, roles=[Role.ADMINISTRATOR])
    assert people.end_access(clean_world.staff, second, own) is Outcome.DONE
    with pytest.raises(NotYoursError):  # who has left ends nobody any more
        people.end_access(clean_world.staff, administrator, worker)
    assert people.end_access(clean_world.staff, second, second.id or own) is Outcome.LAST


def test_nobody_gives_themselves_more(clean_world: World, administrator: Actor) -> None:
    own = administrator.id or uuid.uuid4()
    for roles, region in (([Role.ADMINISTRATOR, Role.TEAM_LEAD], "sierre"), ([Role.ADMINISTRATOR, Role.FIGURES], None)):
        assert people.change(clean_world.staff, administrator, own, roles, region) is Outcome.ONESELF
    assert clean_world.row("SELECT roles, region FROM caseworker WHERE id = %s", own) == (["administrator"], None)
    again = people.change(clean_world.staff, administrator, own, [Role.ADMINISTRATOR], None)
    assert again is Outcome.DONE, "what they hold they may hold on to"


def test_the_database_asks_again_who_administers(clean_world: World) -> None:
    lead = clean_world.caseworker(roles=[Role.TEAM_LEAD])
    with pytest.raises(NotYoursError):
        people.end_access(clean_world.staff, lead, clean_world.caseworker().id or uuid.uuid4())


def test_the_staff_role_makes_no_administrator(clean_world: World, administrator: Actor) -> None:
    with clean_world.database.connect("portal_staff") as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(
            "INSERT INTO invitation (id, address, name, roles, language, made_at, made_by, ends_at)"
            " VALUES (gen_random_uuid(), 'x', 'x', ARRAY['administrator'], 'fr', now(), %s, now())",
            [administrator.id],
        )


def test_the_trail_cannot_be_changed(clean_world: World, administrator: Actor) -> None:
    people.end_access(clean_world.staff, administrator, clean_world.caseworker().id or uuid.uuid4())
    for statement in ("UPDATE caseworker_change SET active = true", "DELETE FROM caseworker_change"):
        with clean_world.database.connect() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_the_mail_is_neutral_and_leaves_once_while_the_invitation_is_open(
    clean_world: World, administrator: Actor
) -> None:
    keeper, first = Keeper(), people.invite(clean_world.staff, administrator, WHOM)
    for _ in range(2):
        tell_invitation(clean_world.worker, keeper, first)
    ((to, words),) = keeper.sent
    assert to == ADDRESS.casefold()
    assert "/staff/sign-in" in words
    assert "spätestens am" in words
    assert not [word for word in ("Eva", "Sierre", "Siders", "Empfang") if word in words]
    people.withdraw(clean_world.staff, administrator, first)
    second = people.invite(clean_world.staff, administrator, WHOM)
    people.withdraw(clean_world.staff, administrator, second)
    tell_invitation(clean_world.worker, keeper, second)
    assert len(keeper.sent) == 1


def test_each_act_is_an_event(clean_world: World, administrator: Actor) -> None:
    worker = clean_world.caseworker().id or uuid.uuid4()
    people.people(clean_world.staff, administrator)
    people.withdraw(clean_world.staff, administrator, people.invite(clean_world.staff, administrator, WHOM))
    people.invite(clean_world.staff, administrator, WHOM)
    sign_in(clean_world, "eva", ADDRESS)
    people.change(clean_world.staff, administrator, worker, [Role.RECEPTION], "sierre")
    people.end_access(clean_world.staff, administrator, worker)
    with clean_world.superuser() as connection:
        rows = connection.execute("SELECT action FROM audit_event ORDER BY sequence").fetchall()
    assert [row[0] for row in rows] == [
        *("people:read", "people:invite", "people:withdraw", "people:invite", "people:take-up", "staff:sign-in"),
        *("people:change", "people:end"),
    ]


def test_the_command_ends_access_and_sessions(clean_world: World) -> None:
    clean_world.caseworker("sierre", "worker-x")
    secret, issuer = sign_in(clean_world, "worker-x", None) or "", clean_world.stack.oidc.issuer
    now = clean_world.clock.now()
    assert people.leave(clean_world.owner, issuer, "worker-x", now)
    assert staff_visit(clean_world.staff, secret, "test") is None
    assert not people.leave(clean_world.owner, issuer, "worker-x", now)
    assert clean_world.row("SELECT active FROM caseworker_change") == (False,)
