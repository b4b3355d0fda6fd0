"""Files that began on paper: the desk's list, form and letter; the person's own page without a demand."""

from __future__ import annotations

import os
import uuid
from dataclasses import replace
from datetime import date
from typing import Final

from portal.domain.demand import Person
from portal.services import citizen, paper_files
from portal.services.actor import Actor, ActorKind
from portal.services.paper_files import NewPaperFile
from tests.browser.cases import case
from tests.browser.people import LATIN, NAME, TIGRINYA, WRONG
from tests.browser.situation_cases import value_of
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit
from tests.browser.world import SIERRE

PLACE: Final = "/staff/dossiers"
PERSON: Final = Person(NAME, birth_year=1974)
TOLD: Final = {"name": NAME, "since_month": "5", "since_year": "2024", "language": "pt", "identity_seen": "y"}


def opened(visit: Visit, person: Person = PERSON, commune: int | None = SIERRE) -> uuid.UUID:
    """A file on paper, with a caseworker of its centre at the desk."""
    new = NewPaperFile(person, visit.language, commune, date(2024, 5, 1))
    at_the_desk(visit)
    return paper_files.open_paper_file(visit.world.kit, visit.world.caseworker(), new, os.urandom(32))


def made(visit: Visit) -> str:
    """The page of the letter, just made with the form."""
    at_the_desk(visit)
    visit.get(f"{PLACE}/new")
    visit.post(f"{PLACE}/new", {**TOLD, "filing_token": value_of(visit, "filing_token")})
    with visit.world.database.connect() as connection:
        row = connection.execute("SELECT dossier_id FROM paper_file ORDER BY instant DESC LIMIT 1").fetchone()
    assert row is not None
    return f"{PLACE}/{row[0]}/letter"


@case("staff_paper_files.show_all", "staff/paper_files")
def staff_paper_files(visit: Visit) -> None:
    opened(visit)
    opened(visit, replace(PERSON, name=TIGRINYA, latin_name=LATIN), None)
    opened(visit, replace(PERSON, name=None))
    visit.get(PLACE)


@case("staff_paper_files.show_all", "staff/paper_files", look=False)
def staff_paper_files_none(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(PLACE)


@case("staff_paper_files.show_all", "staff/paper_files", look=False)
def staff_paper_files_of_several_pages(visit: Visit) -> None:
    before, paper_files.PAGE = paper_files.PAGE, 1  # type: ignore[misc]
    try:
        for _ in range(3):
            opened(visit)
        visit.get(f"{PLACE}?page=2")
    finally:
        paper_files.PAGE = before  # type: ignore[misc]


@case("staff_paper_files.new", "staff/paper_file_new")
def staff_paper_file_new(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(f"{PLACE}/new")


@case("", "staff/paper_file_new", 422)
def staff_paper_file_new_with_everything_wrong(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(f"{PLACE}/new")
    visit.post(f"{PLACE}/new", {**WRONG, "since_day": "1", "since_month": "13", "since_year": "2024", "language": "x"})


@case("", "staff/paper_file_new", 422, look=False)
def staff_paper_file_new_without_anything(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(f"{PLACE}/new")
    visit.post(f"{PLACE}/new", {})


@case("", "staff/paper_file_new", 422, look=False)
def staff_paper_file_new_in_the_future(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(f"{PLACE}/new")
    visit.post(f"{PLACE}/new", {**TOLD, "since_month": "12", "since_year": "2026"})


@case("staff_paper_files.letter", "staff/paper_file_letter")
def staff_paper_file_letter(visit: Visit) -> None:
    visit.get(made(visit))


@case("staff_paper_files.letter", "staff/paper_file_letter")
def staff_paper_file_letter_gone(visit: Visit) -> None:
    place = made(visit)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE access_code SET ended_at = now() WHERE ended_at IS NULL")
    visit.get(place)


@case("staff_paper_files.show", "staff/paper_file")
def staff_paper_file(visit: Visit) -> None:
    visit.get(f"{PLACE}/{opened(visit)}")


@case("", "staff/paper_file", 422)
def staff_paper_file_new_code_without_identity(visit: Visit) -> None:
    place = f"{PLACE}/{opened(visit)}"
    visit.get(place)
    visit.post(f"{place}/code", {})


@case("staff_reports.show", "staff/reports", look=False)
def staff_paper_file_without_a_report(visit: Visit) -> None:
    visit.get(f"{PLACE}/{opened(visit)}/changes")


def at_home(visit: Visit, person: Person = PERSON) -> Actor:
    """The person of such a file, signed in with what the letter says."""
    kit, worker, token = visit.world.kit, visit.world.caseworker(), os.urandom(32)
    new = NewPaperFile(person, visit.language, SIERRE, date(2024, 5, 1))
    dossier = paper_files.open_paper_file(kit, worker, new, token)
    letter = paper_files.letter(kit, worker, dossier, token, hand_out=False)
    visit.cookie("citizen", citizen.sign_in(kit, letter.file.reference, letter.access_code, "test") or "")
    return Actor(ActorKind.CITIZEN, "test", letter.file.adult_id, dossier, person="a")


@case("dossier.show", "dossier/on_paper")
def dossier_on_paper(visit: Visit) -> None:
    at_home(visit)
    visit.get(f"/{visit.language}/dossier")
