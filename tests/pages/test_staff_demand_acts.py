"""The acts on a demand: a wrong one is told at the top, a new code is confirmed and its slip handed out once."""

from __future__ import annotations

import pytest

from tests.pages.browser import Browser, Page
from tests.pages.pdf import words
from tests.pages.world import Announced, World


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A demand in Sierre, filed in Arabic."""
    return clean_world.announce(language="ar")


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("correct", {"contact_day", "reason"}),
        ("pass-on", {"region", "pass-on-reason"}),
        ("code", {"identity_seen"}),
    ],
)
def test_a_wrong_act_is_told_at_the_top_with_the_way_to_its_fields(
    world: World, announced: Announced, act: str, fields: set[str]
) -> None:
    page = world.desk("sierre").open(f"/staff/demands/{announced.id}")
    assert page.find("error-summary") is None
    assert not page.title.startswith("Erreur")
    wrong = page.form(f"/{act}").submit()
    assert wrong.status == 422
    assert wrong.title.startswith("Erreur :")
    summary = wrong.find("error-summary")
    assert summary is not None
    assert "autofocus" in summary.attrib
    leads_to = {link.get("href", "").removeprefix("#") for link in summary.iter("a")}
    assert leads_to == fields
    assert all(wrong.find(field) is not None for field in fields)


def codes(world: World) -> tuple[int, int]:
    """How many access codes there are, and how many live."""
    total, living = world.row("SELECT count(*), count(*) FILTER (WHERE ended_at IS NULL) FROM access_code")
    return total, living


def code_of(slip: Page) -> str:
    """The access code on a slip: the 16 digits after its label."""
    after = words(slip.body).split("Code d’accès", 1)[1]
    return "".join(sign for sign in after if sign.isdigit())[:16]


def make(desk: Browser, announced: Announced) -> Page:
    """Ask for a new code with the form of the demand."""
    return desk.open(f"/staff/demands/{announced.id}").form("/code").fill(identity_seen=True).submit()


def test_a_new_code_is_confirmed_and_offers_the_slip(world: World, announced: Announced) -> None:
    desk = world.desk("sierre")
    wrong = desk.open(f"/staff/demands/{announced.id}").form("/code").submit()
    made = wrong.form("/code").fill(identity_seen=True).submit()
    assert (made.status, made.path) == (200, f"/staff/demands/{announced.id}/code")
    assert made.h1 == "Le nouveau code est prêt"
    assert "dans les 60 minutes : cela marche une seule fois." in made.text
    assert "Un code plus ancien ne marche plus." in made.text
    assert not made.faulty()
    assert f"/staff/demands/{announced.id}/slip.pdf" in made.links()
    slip = desk.open(f"/staff/demands/{announced.id}/slip.pdf")
    assert slip.headers["Content-Type"] == "application/pdf"
    assert slip.headers["Cache-Control"] == "no-store"
    code = code_of(slip)
    assert len(code) == 16
    assert code != announced.code
    assert code not in made.body.decode().replace(" ", "")
    assert code not in f"{desk.cookie('staff-code')}"
    signed_in = world.browser().open("/fr/sign-in").form("/sign-in").fill(reference=announced.reference, code=code)
    assert signed_in.submit().path == "/fr/dossier"


def test_a_double_click_and_a_reload_make_one_code(world: World, announced: Announced) -> None:
    desk = world.desk("sierre")
    form = desk.open(f"/staff/demands/{announced.id}").form("/code").fill(identity_seen=True)
    first, second = form.submit(), form.submit()
    assert first.h1 == second.h1 == "Le nouveau code est prêt"
    assert desk.open(first.path).h1 == first.h1
    assert codes(world) == (2, 1)
    slips = [desk.open(f"/staff/demands/{announced.id}/slip.pdf") for _ in range(2)]
    assert code_of(slips[0]) == code_of(slips[1])
    assert codes(world) == (2, 1)


def test_the_slip_is_handed_out_once(world: World, announced: Announced) -> None:
    desk = world.desk("sierre")
    form = desk.open(f"/staff/demands/{announced.id}").form("/code").fill(identity_seen=True)
    form.submit()
    assert desk.open(f"/staff/demands/{announced.id}/slip.pdf").body.startswith(b"%PDF")
    world.clock.forward(minutes=2)
    for again in (desk.open(f"/staff/demands/{announced.id}/slip.pdf"), form.submit()):
        assert again.h1 == "La feuille n’est plus disponible"
        assert "vous pouvez donner un nouveau code" in again.text
    assert codes(world) == (2, 1)
    # From the demand a new one can be made: a new form is a new code.
    assert make(desk, announced).h1 == "Le nouveau code est prêt"
    assert codes(world) == (3, 1)


def test_without_a_new_code_its_page_leads_to_the_demand(world: World, announced: Announced) -> None:
    desk = world.desk("sierre")
    for ending in ("code", "slip.pdf"):
        page = desk.open(f"/staff/demands/{announced.id}/{ending}")
        assert page.path == f"/staff/demands/{announced.id}"
    assert codes(world) == (1, 1)


def test_an_hour_later_the_slip_is_gone(world: World, announced: Announced) -> None:
    desk = world.desk("sierre")
    make(desk, announced)
    for _ in range(3):  # the visit goes on
        assert desk.open(f"/staff/demands/{announced.id}/code").h1 == "Le nouveau code est prêt"
        world.clock.forward(minutes=20)
    assert desk.cookie("staff-code")
    assert desk.open(f"/staff/demands/{announced.id}/slip.pdf").h1 == "La feuille n’est plus disponible"


def test_the_slip_is_for_who_made_the_code_and_for_that_demand_only(world: World, announced: Announced) -> None:
    desk, other = world.desk("sierre"), world.announce()
    make(desk, announced)
    made = desk.cookie("staff-code") or ""
    assert desk.open(f"/staff/demands/{other.id}/slip.pdf").path == f"/staff/demands/{other.id}"
    assert desk.cookie("staff-code") is None  # another household is open: what was made for this one is forgotten
    desk.set_cookie("staff-code", made)
    assert desk.open(f"/staff/demands/{other.id}/slip.pdf").h1 == "La feuille n’est plus disponible"
    for region, status in (("sierre", 200), ("oberwallis", 404)):
        colleague = world.desk(region)
        colleague.set_cookie("staff-code", made)
        page = colleague.open(f"/staff/demands/{announced.id}/slip.pdf")
        assert (page.status, page.body.startswith(b"%PDF")) == (status, False)
    assert desk.open(f"/staff/demands/{announced.id}").status == 200
    desk.set_cookie("staff-code", made)
    assert desk.open(f"/staff/demands/{announced.id}/slip.pdf").body.startswith(b"%PDF")


def test_the_receipts_are_a_list_the_person_s_language_first_and_marked(world: World, announced: Announced) -> None:
    page = world.desk("sierre").open(f"/staff/demands/{announced.id}")
    links = [link for link in page.links() if "receipt.pdf" in link]
    assert links[0].endswith("language=ar")
    assert len(links) == 5
    marked = [item for item in page.main.iter("li") if "langue de la personne" in "".join(item.itertext())]
    assert ["العربية" in "".join(item.itertext()) for item in marked] == [True]
    for item in page.main.iter("a"):
        assert "receipt.pdf" not in item.get("href", "") or "button" in item.get("class", "").split()
