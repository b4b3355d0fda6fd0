"""An estimate that becomes a demand: its answers come along sealed, are stored encrypted, and never stop a filing."""

from __future__ import annotations

from typing import Any

import pytest

from portal.domain.demand import filing_day
from portal.domain.situation import read_situation
from portal.factory import create_app
from portal.services import desk
from portal.services.estimates import seal_answers
from tests.pages.browser import Browser, Form, Page
from tests.pages.checks import text_of
from tests.pages.estimates import FAMILY, SINGLE, sealed, shown
from tests.pages.world import SIERRE, World

ATTACHED = "Vos réponses de l’estimation partent avec l’annonce"
ON_FILE = "Vos réponses sont jointes à l’annonce"
TELLING = {**FAMILY, "rent": "1444.55", "a-unemployment": "1250.50"}
SITUATION: dict[str, Any] = {
    "version": 1,
    "commune": SIERRE,
    "shared_meals": False,
    "home": "rented",
    "rent": "1444.55",
    "charges": "150.00",
    "accounts": "3000.00",
    "owns_property": False,
    "debts": "0.00",
    "persons": [
        {
            "id": "a", "relation": "applicant", "age": 38, "permit": "b", "permit_state": "valid", "activity": "seeking",
            "incomes": [{"kind": "unemployment", "amount": "1250.50"}],
        },
        {"id": "b", "relation": "spouse", "age": 36, "permit": "c", "permit_state": "valid", "activity": "caring"},
        {"id": "c1", "relation": "child", "age": 9},
        {"id": "c2", "relation": "child", "age": 17, "incomes": [{"kind": "wage", "amount": "700.00"}]},
        {"id": "o1", "relation": "other"},
    ],
}  # fmt: skip
"""What TELLING says, by docs/situation.md."""


def begun(world: World, given: dict[str, str] = TELLING) -> Form:
    """The filing form, reached from the result."""
    result = shown(world, given)
    page = next(form for form in result.forms() if form.action.endswith("/demand/new")).submit()
    assert (page.status, page.path) == (200, "/fr/demand/new")
    return page.form("/demand/new")


def checked(form: Form, **answers: Any) -> Page:
    page = form.fill(name="Léa Favre", **answers).submit()
    assert page.h1 == "Vérifiez, puis annoncez"
    return page


def filed(page: Page) -> Page:
    page = page.form("/demand/new").submit()
    assert page.path == "/fr/demand/filed", page.text
    return page


def place(world: World) -> str:
    """Where the desk has the one demand."""
    return f"/staff/demands/{world.row('SELECT id FROM demand')[0]}"  # noqa: S608 - no statement, an address


def on_file(world: World) -> Any:
    """The situation inside the one demand's sealed answers, as services read it."""
    announced = world.row("SELECT id FROM demand")[0]
    return desk.open_demand(world.staff, world.caseworker("sierre"), announced).situation


def test_the_commune_is_there_and_the_answers_come_along(world: World) -> None:
    form = begun(world)
    assert form.values["commune"] == str(SIERRE)
    assert form.values["name"] == ""
    assert form.values["estimate"]
    assert attached(form.page)
    assert form.page.summary() == []
    assert not form.values.getlist("without_estimate")


def attached(page: Page) -> bool:
    """Whether the page shows that the answers come along, with the box to leave them out."""
    (box,) = [one for one in page.root.iter("div") if one.get("data-attached")]
    assert ATTACHED in text_of(box)
    return box.get("hidden") is None


@pytest.mark.parametrize("commune", ["unknown", ""])
def test_a_commune_that_was_not_said_is_asked(world: World, commune: str) -> None:
    assert begun(world, {**SINGLE, "commune": commune}).values["commune"] == commune


def test_filed_it_holds_the_situation_sealed(clean_world: World) -> None:
    world = clean_world
    check = checked(begun(world))
    assert "Jointes, chiffrées" in check.text
    done = filed(check)
    (row,) = [world.row("SELECT to_jsonb(d)::text, d.answers FROM demand d")]
    for secret in (b"1444.55", b"rent", b"persons", b"unemployment", b"seeking", b"situation"):
        assert secret not in bytes(row[1])
    assert "1444.55" not in row[0]
    assert on_file(world) == read_situation(SITUATION, filing_day(world.clock.now()))
    goes_on = done.browser.post("/fr/demand/filed/dossier", done.form("/sign-out").values)
    assert goes_on.path.startswith("/fr/dossier")
    assert ON_FILE in goes_on.text


def test_no_table_holds_it_readable(clean_world: World) -> None:
    """Nowhere in the database, jobs and audit included, does an answer stand."""
    world = clean_world
    filed(checked(begun(world)))
    with world.superuser() as connection:
        names = [name for (name,) in connection.execute(
            "SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables"
        ).fetchall()]  # fmt: skip
        for name in names:
            for (text,) in connection.execute(f"SELECT t::text FROM {name} t").fetchall():  # noqa: S608 - names of our own tables
                assert "1444.55" not in text, name
                assert "1250.50" not in text, name
                assert '"applicant"' not in text, name


def test_the_desk_reads_it_and_never_as_verified(clean_world: World) -> None:
    world = clean_world
    filed(checked(begun(world)))
    page = world.desk("sierre").open(place(world))
    (card,) = [one for one in page.classed("card") if "Réponses du ménage, pas vérifiées" in text_of(one)]
    said = " ".join(text_of(card).split())
    assert "Rien n’est prouvé, rien n’est décidé." in said
    for part in (
        "Loyer CHF 1’444.55",
        "Charges du loyer CHF 150",
        "Chômage La personne CHF 1’250.50",
        "Allocations familiales",
    ):
        assert part in said, part
    codes = [one.get("data-line") for one in card.iter() if one.get("data-line")]
    assert codes == ["allowance_flat_share", "rent", "charges", "income", "earnings", "wealth"]
    assert "vérifié" not in said.replace("pas vérifiées", "")
    assert "En location" in said, "what was answered stands there too, not only what follows from it"
    elsewhere = world.desk("oberwallis").open(place(world))
    assert elsewhere.status == 404


def test_income_and_wealth_are_for_the_centre_that_took_the_demand(clean_world: World) -> None:
    world = clean_world
    filed(checked(begun(world, {**TELLING, "commune": ""})))
    page = world.desk("sierre").open(place(world))
    assert "Elles se lisent dès qu’un centre a pris la demande." in page.text
    assert "1’444.55" not in page.text
    page.form("/take").submit()
    assert "1’444.55" in world.desk("sierre").open(place(world)).text


def test_who_keeps_it_stores_nothing(clean_world: World) -> None:
    world = clean_world
    check = checked(begun(world), without_estimate=True)
    assert "Pas jointes" in check.text
    done = filed(check)
    assert on_file(world) is None
    dossier = done.browser.post("/fr/demand/filed/dossier", done.form("/sign-out").values)
    assert ON_FILE not in dossier.text
    page = world.desk("sierre").open(place(world))
    assert "Réponses de l’estimation" not in page.text


def test_changing_one_s_mind_on_the_check_page(clean_world: World) -> None:
    check = checked(begun(clean_world), without_estimate=True)
    form = check.form("/demand/new").submit(("_edit", "who")).form("/demand/new")
    assert form.values.getlist("without_estimate")
    check = form.fill(without_estimate=False).submit()
    assert "Jointes, chiffrées" in check.text
    filed(check)
    assert on_file(clean_world) is not None


def test_the_language_menu_and_a_fault_keep_it(clean_world: World) -> None:
    form = begun(clean_world)
    estimate = form.values["estimate"]
    wrong = form.fill(name="Léa", phone="1").submit()
    assert wrong.status == 422
    german = wrong.form("/demand/new").switch("de").form("/demand/new")
    assert german.values["estimate"] == estimate
    done = german.fill(phone="").submit().form("/demand/new").submit()
    assert done.path == "/de/demand/filed"
    assert on_file(clean_world) is not None


@pytest.mark.parametrize("how", ["x", "", "é€", "A" * 60_001, "cut", "flipped", "foreign", "faulty"])
def test_a_tampered_estimate_files_all_the_same(clean_world: World, how: str) -> None:
    world = clean_world
    own = sealed(world, TELLING)
    stranger = create_app(world.settings("citizen", secrets=("another portal's secret, long enough",)))
    value = {
        "cut": own[:-8],
        "flipped": own[:50] + ("A" if own[50] != "A" else "B") + own[51:],
        "foreign": seal_answers(stranger.extensions["kit"], TELLING),
    }.get(how, how)
    check = checked(begun(world))
    page = check.form("/demand/new").force(estimate=value).submit()
    assert page.path == "/fr/demand/filed"
    assert world.count("demand") == world.count("filing_register") == 1
    assert on_file(world) is None


def test_a_tampered_estimate_is_dropped_at_the_start(world: World) -> None:
    result = shown(world, TELLING)
    form = next(form for form in result.forms() if form.action.endswith("/demand/new"))
    page = form.force(estimate="x").submit()
    assert (page.status, page.form("/demand/new").values["estimate"]) == (200, "")
    assert not attached(page)


def test_answers_that_cannot_be_read_never_stop_a_filing(clean_world: World) -> None:
    """As an older version of the portal may have sealed them."""
    strange = {**TELLING, "rent": "-5", "age": "x", "children": "99", "a-permit": "zz", "nothing": "1"}
    form = checked(begun(clean_world)).form("/demand/new")
    page = form.force(estimate=sealed(clean_world, strange)).submit()
    assert page.path == "/fr/demand/filed"
    assert clean_world.count("demand") == 1


def test_without_a_token_the_answers_still_come_along(world: World) -> None:
    fields = {"_page": "estimate", "estimate": sealed(world, TELLING)}
    page = world.browser().post("/fr/demand/new", fields)
    assert page.status == 400
    assert page.form("/demand/new").values["estimate"] == fields["estimate"]


def test_resent_it_is_one_demand(clean_world: World) -> None:
    check = checked(begun(clean_world))
    first, second = filed(check), filed(check)
    assert first.text == second.text
    for table in ("demand", "filing_register", "dossier", "adult"):
        assert clean_world.count(table) == 1, table
    assert on_file(clean_world) is not None


def test_the_attempt_page_carries_it(clean_world: World) -> None:
    """The database is away while it is filed; when it is back, the same answers go along."""
    world = clean_world
    away = Browser(
        create_app(world.settings("citizen", database_url="postgresql://nobody@127.0.0.1:1/none"), world.clock)
    )
    form = begun(world)
    token = away.open("/fr/demand/new").form("/demand/new").values["csrf_token"]
    check = away.post("/fr/demand/new", form.fill(name="Léa Favre").force(csrf_token=token).values)
    attempt = check.form("/demand/new").submit()
    assert attempt.status == 503
    carried = attempt.form("/demand/new").values
    assert carried["estimate"] == form.values["estimate"]
    again = world.browser()
    fresh = again.open("/fr/demand/new").form("/demand/new").values["csrf_token"]
    carried["csrf_token"] = fresh
    assert again.post("/fr/demand/new", carried).path == "/fr/demand/filed"
    assert on_file(world) is not None
