"""The staff desk: the own sessions, how one ends, and what every page says while nobody vouches for it."""

from __future__ import annotations

from portal.domain.staff_session import Ended
from tests.browser.cases import case
from tests.browser.people import NAME
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit


def change(visit: Visit, words: str, *values: object) -> None:
    """Make every session of the desk what `words` say."""
    with visit.world.database.connect() as connection:
        connection.execute(f"UPDATE staff_session SET {words}", values)  # noqa: S608 - our own words


@case("staff_own_sessions.show", "staff/sessions")
def staff_sessions(visit: Visit) -> None:
    for _ in range(3):
        at_the_desk(visit)
    visit.get("/staff/sessions")


@case("staff_own_sessions.show", "staff/sessions")
def staff_sessions_after_the_others_ended(visit: Visit) -> None:
    at_the_desk(visit)
    at_the_desk(visit)
    visit.get("/staff/sessions")
    visit.post("/staff/sessions", {"which": "others"})


@case("staff_own_sessions.show", "staff/sessions", look=False)
def staff_sessions_of_somebody_without_a_centre(visit: Visit) -> None:
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE caseworker SET region = NULL, roles = '{figures}' WHERE subject = 'claire.demo'")
    at_the_desk(visit)
    visit.get("/staff/sessions")


@case("staff_board.board", "staff/board")
def staff_board_while_the_provider_is_away(visit: Visit) -> None:
    at_the_desk(visit)
    change(visit, "failed_at = checked_at")
    visit.get("/staff/")


@case("staff_board.board", "staff/board")
def staff_board_without_a_token(visit: Visit) -> None:
    at_the_desk(visit)
    change(visit, "refresh_token = NULL")
    visit.get("/staff/")


def ended(visit: Visit, why: str) -> None:
    at_the_desk(visit)
    change(visit, "ended_at = seen_at, ended_why = %s", Ended(why).value)
    visit.get("/staff/sign-in")


@case("staff_sign_in.sign_in", "staff/sign_in")
def staff_sign_in_after_a_refusal(visit: Visit) -> None:
    ended(visit, "refused")


@case("staff_sign_in.sign_in", "staff/sign_in", look=False)
def staff_sign_in_after_an_hour_without_provider(visit: Visit) -> None:
    ended(visit, "unreachable")


@case("staff_sign_in.sign_in", "staff/sign_in", look=False)
def staff_sign_in_after_an_hour_without_a_token(visit: Visit) -> None:
    ended(visit, "unverifiable")


@case("staff_sign_in.sign_in", "staff/sign_in", look=False)
def staff_sign_in_after_an_end_elsewhere(visit: Visit) -> None:
    ended(visit, "elsewhere")


@case("staff_sign_in.sign_in", "staff/sign_in", look=False)
def staff_sign_in_after_a_logout_at_the_provider(visit: Visit) -> None:
    ended(visit, "provider")


@case("staff_sign_in.sign_in", "staff/sign_in", look=False)
def staff_sign_in_after_leaving(visit: Visit) -> None:
    ended(visit, "left")


@case("staff_sign_in.sign_in", "staff/sign_in", look=False)
def staff_sign_in_after_half_an_hour(visit: Visit) -> None:
    ended(visit, "idle")


@case("staff_sign_in.sign_in", "staff/sign_in", look=False)
def staff_sign_in_after_ten_hours(visit: Visit) -> None:
    ended(visit, "too-long")


@case("", "errors/session-ended", 401)
def staff_session_refused_while_writing(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get("/staff/demands/new")
    change(visit, "ended_at = seen_at, ended_why = 'refused'")
    visit.post("/staff/demands/new", {"name": NAME})


@case("staff_sign_in.signed_out", "staff/signed_out", here=True)
def staff_signed_out(visit: Visit) -> None:
    visit.get("/staff/signed-out")
