"""Files that began on paper, at the desk: the same pages as those of a demand, at the file's own addresses."""

from __future__ import annotations

import re
import uuid

import pytest

from portal.domain.role import Role
from portal.domain.staff_session import IDLE
from portal.services import snapshots
from portal.services.actor import NotYoursError
from portal.services.desk import NewAdult
from portal.services.paper_files import add_adult, new_letter
from tests.pages.browser import Browser
from tests.pages.pdf import words
from tests.pages.sent_papers import KEY, laid, the_paper
from tests.pages.situations import add
from tests.pages.test_staff_demand_acts import code_of
from tests.pages.world import World
from tests.services.households import answers, say
from tests.services.on_paper import OnPaper, on_paper

TOKEN = b"t" * 32
FORM = "/staff/form/fr/dossier/situation"


@pytest.fixture
def file(clean_world: World, s3: object) -> OnPaper:
    """Its person has answered, sent, and added a paper."""
    del s3
    file = on_paper(clean_world)
    say(clean_world, file.actor, "home", commune=6248)
    snapshots.send(clean_world.citizen, file.actor)
    laid(clean_world.citizen, clean_world.worker, file.actor)
    return file


@pytest.fixture
def desk(world: World, file: OnPaper) -> Browser:
    del file  # signed in once the tables are clean
    return world.desk("sierre")


def root(file: OnPaper) -> str:
    return f"/staff/dossiers/{file.dossier_id}"


def endings(world: World, file: OnPaper) -> list[str]:
    """Every page of the desk about this household that is asked for by GET."""
    paper = the_paper(world.citizen, file.actor)
    values = {"key": KEY, "page_id": paper.pages[0].id, "document_id": paper.id, "name": "abcdefghij"}
    found = []
    for rule in world.staff_app.url_map.iter_rules():
        ours = rule.rule.startswith("/staff/dossiers/<uuid:dossier_id>") and "GET" in (rule.methods or ())
        if ours and rule.arguments <= {"dossier_id", *values}:
            known = {name: values[name] for name in rule.arguments & values.keys()}
            adapter = world.staff_app.url_map.bind("127.0.0.1")
            found.append(adapter.build(rule.endpoint, {"dossier_id": file.dossier_id, **known}))
    return found


def test_no_page_of_the_file_is_found_by_another_centre(world: World, file: OnPaper) -> None:
    other = world.desk("oberwallis", roles=[Role.SOCIAL_WORKER, Role.TEAM_LEAD])
    asked = endings(world, file)
    assert len(asked) > 12
    for path in asked:
        assert other.open(path, follow=False).status == 404, path
        nowhere = path.replace(str(file.dossier_id), str(uuid.uuid4()))
        assert other.open(nowhere, follow=False).status == 404, nowhere


def test_the_file_leads_to_all_of_it(desk: Browser, file: OnPaper) -> None:
    page = desk.open(root(file))
    ways = {f"{root(file)}/{way}" for way in ("summary", "checklist", "adults", "rights")}
    assert ways <= set(page.links())
    assert "Papiers avec de nouvelles pages à regarder : 1." in page.text
    for way in ways:
        found = desk.open(way)
        assert (found.status, found.path) == (200, way)
        assert root(file) in found.links(), way
        assert "/staff/demands/" not in "".join(found.links()).replace("/staff/demands/new", ""), way
        if not way.endswith(("/checklist", "/summary")):  # the law's own words stand there: «la demande d’asile»
            assert "la demande" not in found.text, way


def test_no_word_of_a_demand_on_the_pages_of_its_papers(world: World, desk: Browser, file: OnPaper) -> None:
    paper = the_paper(world.citizen, file.actor)
    for ending in ("/checklist", f"/checklist/{KEY}", f"/pages/{paper.pages[0].id}"):
        page = desk.open(f"{root(file)}{ending}")
        assert page.status == 200, ending
        assert "Papiers du dossier" in page.text, ending
        assert "Papiers de la demande" not in page.text, ending


def test_a_paper_is_looked_at_and_accepted(world: World, desk: Browser, file: OnPaper) -> None:
    paper = the_paper(world.citizen, file.actor)
    picture = desk.send("GET", f"{root(file)}/pages/{paper.pages[0].id}.jpg")
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    assert desk.send("GET", f"{root(file)}/pages/{paper.pages[0].id}/thumb.jpg").status_code == 200
    copy = desk.open(f"{root(file)}/documents/{paper.id}.pdf")
    assert copy.headers["Content-Disposition"].count(file.reference) == 0
    page = desk.open(f"{root(file)}/checklist/{KEY}").form(f"/checklist/{KEY}").fill(state="accepted").submit()
    assert page.path == f"{root(file)}/checklist"
    listed = file.browser(world).open("/fr/dossier/checklist")
    assert "Aucun papier manquant ne bloque" not in listed.text
    assert "accepté" in listed.text.lower()


def test_a_paper_before_any_answer_is_seen(world: World, desk: Browser, s3: object) -> None:
    del s3
    bare = on_paper(world)
    laid(world.citizen, world.worker, bare.actor)
    page = desk.open(f"{root(bare)}/checklist")
    assert "Les papiers envoyés sont plus bas." in page.text
    paper = the_paper(world.citizen, bare.actor)
    other = desk.open(f"{root(bare)}/documents/{paper.id}")
    saved = other.form(f"/documents/{paper.id}").fill(state="seen").submit()
    assert (saved.status, saved.path) == (200, f"{root(bare)}/checklist")
    assert desk.open(f"{root(bare)}/summary").path == root(bare)
    assert "Le ménage n’a pas encore envoyé de réponses." in desk.open(root(bare)).text


def test_the_summary_is_of_today(desk: Browser, file: OnPaper) -> None:
    page = desk.open(f"{root(file)}/summary")
    for said in ("Rosa Nunes", file.reference, "mai 2024", "10.11.2026", "Estimation pour ce mois"):
        assert said in page.text, said
    assert "annonce :" not in page.text


def test_the_form_is_filled_in_with_the_person(world: World, desk: Browser, file: OnPaper) -> None:
    page = desk.open(f"{root(file)}/adults")
    wrong = page.form(f"/{file.adult_id}/help").submit()
    assert wrong.status == 422
    assert desk.open(FORM).path == "/staff/"
    tasks = wrong.form(f"/{file.adult_id}/help").fill(present=True).submit()
    assert (tasks.status, tasks.path) == (200, FORM)
    assert "Rosa Nunes" in tasks.text
    assert "la date de votre annonce" not in tasks.text
    assert root(file) in tasks.links()
    assert any(link.startswith(f"{FORM}/") for link in tasks.links())
    question = desk.open(f"{FORM}/debts")
    form = next(one for one in question.forms() if one.element.get("id") == "situation-form")
    assert form.fill(debts="700").submit().status == 200
    assert answers(world, file.actor, "debts") == {"debts": "700.00"}
    sent = desk.open(f"{FORM}/check").form("/check").submit()
    assert sent.path == f"{FORM}/sent"
    assert f"{root(file)}/checklist" in sent.links()
    assert "votre demande" not in sent.text
    assert world.count("situation_snapshot") == 2
    log = file.browser(world).open("/fr/dossier/access-log")
    for said in ("Formulaire du ménage ouvert avec vous", "Réponses écrites avec vous", "Réponses envoyées avec vous"):
        assert said in log.text, said
    ended = desk.open(FORM).form("/staff/form/end").submit()
    assert ended.path == root(file)
    assert desk.open(FORM).path == "/staff/"


def test_another_adult_gets_a_letter_of_their_own(world: World, desk: Browser, file: OnPaper) -> None:
    rosa = file.browser(world)
    assert add(rosa, "spouse").status == 200
    snapshots.send(world.citizen, file.actor)
    wrong = desk.open(f"{root(file)}/adults").form("/adults").fill(person="b", name="Paul Nunes").submit()
    assert wrong.status == 422
    form = wrong.form("/adults").fill(identity_seen=True)
    made, again = form.submit(), form.submit()
    assert (made.path, world.count("adult")) == (again.path, 2)
    assert "Paul Nunes" in made.text
    letter = desk.open(next(link for link in made.links() if link.endswith("/slip.pdf")))
    assert "Rosa" not in words(letter.body)
    world.clock.forward(minutes=2)
    assert desk.open(f"{made.path.removesuffix('/code')}/slip.pdf").path == made.path, "handed out once"
    paul = world.browser().open("/fr/sign-in").form("/sign-in")
    page = paul.fill(reference=file.reference, code=code_of(letter)).submit()
    assert page.path == "/fr/dossier"
    assert "Paul Nunes" in page.text
    assert rosa.open("/fr/dossier", follow=False).status == 200, "the first one's code goes on"
    other = world.desk("oberwallis")
    assert other.open(made.path, follow=False).status == 404
    for act in (
        lambda: add_adult(
            world.staff, world.caseworker("oberwallis"), file.dossier_id, NewAdult("b", None, "fr"), TOKEN
        ),
        lambda: new_letter(world.staff, world.caseworker("oberwallis"), file.dossier_id, TOKEN),
    ):
        with pytest.raises(NotYoursError):
            act()


def test_a_change_is_reported_with_the_person(world: World, desk: Browser, file: OnPaper) -> None:
    desk.open(f"{root(file)}/adults").form(f"/{file.adult_id}/help").fill(present=True).submit()
    page = desk.open("/staff/form/fr/dossier/changes")
    assert page.status == 200
    assert root(file) in page.links()


def test_the_form_closes_after_a_pause(world: World, desk: Browser, file: OnPaper) -> None:
    desk.open(f"{root(file)}/adults").form(f"/{file.adult_id}/help").fill(present=True).submit()
    world.clock.forward(minutes=IDLE.total_seconds() // 60 - 1)
    assert desk.open(FORM).status == 200
    world.clock.forward(minutes=IDLE.total_seconds() // 60 + 1)
    assert desk.open(FORM, follow=False).status == 303


def test_rights_are_acknowledged_at_the_desk(world: World, desk: Browser, file: OnPaper) -> None:
    page = desk.open(f"{root(file)}/rights")
    linked = page.form("/rights/a/link").fill(language="pt").submit()
    assert re.search(r"/pt/notice/[\w-]+", linked.text)
    assert f"{root(file)}/rights" in linked.links()
    assert desk.open(f"{root(file)}/rights").form("/rights/a/link/end").submit().path == f"{root(file)}/rights"
    done = desk.open(f"{root(file)}/rights").form("/rights/a").fill(present=True, language="pt").submit()
    assert (done.status, done.path) == (200, f"{root(file)}/rights")
    assert world.count("acknowledgement") == 1
    assert "Chaque adulte a confirmé." in desk.open(root(file)).text
    paper = words(desk.open(f"{root(file)}/rights/form.pdf").body)
    assert "Aide sociale depuis" in paper
    assert "mai 2024" in paper


def test_a_dossier_with_a_demand_leads_to_its_demand(world: World, desk: Browser) -> None:
    announced = world.announce()
    page = desk.open(f"/staff/dossiers/{announced.view.dossier_id}/checklist")
    assert f"/staff/demands/{announced.id}" in page.links()
    assert "Papiers de la demande" in page.text
