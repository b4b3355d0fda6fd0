"""A household's file as a whole: from the desk's forms to the pages of the person, and a look from another region."""

from __future__ import annotations

import pytest

from portal.domain.case_request import RequestKind
from portal.domain.demand import Channel, Person
from portal.domain.role import Role
from portal.i18n.names import channel_name
from portal.law import directory
from portal.services.at_desk import DeskPlace
from portal.services.households import merging
from tests.pages.browser import Browser, Page
from tests.pages.checks import text_of
from tests.pages.world import VISP, Announced, World
from tests.services.deciding import decided
from tests.services.papers import corrected
from tests.services.threads import ask

WORDS = "Courrier du 3 novembre"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def desk(world: World, announced: Announced) -> Browser:
    return world.desk("sierre")


def joined(world: World, stops: Announced, goes_on: Announced) -> None:
    """Two files of which nothing else was noted are merged."""
    place, actor = DeskPlace(stops.id), world.caseworker("sierre")
    said = (goes_on.reference, goes_on.view.adult_id, WORDS, (0, 0))
    merging.merge(world.staff, actor, place, *said, this_stops=True)


def test_closed_at_the_desk_and_opened_by_a_message(world: World, announced: Announced, desk: Browser) -> None:
    page = desk.open(f"/staff/demands/{announced.id}/file")
    page = page.form("/file/close").fill(why="never-completed", close_words=WORDS, despite="y").submit()
    assert "Ce dossier est fermé" in page.text
    me = world.visit(announced)
    own = me.open("/fr/dossier")
    assert "Le centre a fermé votre dossier" in own.text
    assert "Ce n’est pas une décision de la commune." in own.text
    assert WORDS not in own.text
    me.open("/fr/dossier/messages").form("/messages").fill(words="Je suis encore là").submit()
    assert "Le centre a fermé votre dossier" not in me.open("/fr/dossier").text
    assert "Rouvert : la personne a écrit" in desk.open(f"/staff/demands/{announced.id}/file").text


def test_reception_closes_nothing_and_opens_again(world: World, announced: Announced, desk: Browser) -> None:
    place = f"/staff/demands/{announced.id}/file"
    form = desk.open(place).form("/file/close").fill(why="never-completed", close_words=WORDS, despite="y")
    reception = world.desk("sierre", roles=(Role.RECEPTION,))
    page = reception.open(place)
    assert "Le travail social ou la direction du centre ferme un dossier." in page.text
    assert [one.action for one in page.forms() if "/file/" in one.action] == [f"{place}/move", f"{place}/compare"]
    forced = page.form("/file/move")
    forced.element.set("action", f"{place}/close")
    assert forced.submit().status == 403
    assert world.count("household_event") == 0
    form.submit()
    again = reception.open(place).form("/file/reopen").fill(reopen_words=WORDS).submit()
    assert "Ce dossier est fermé" not in again.text


def test_what_is_open_is_named_before_it_is_closed(world: World, announced: Announced, desk: Browser) -> None:
    ask(world, world.adult(announced), RequestKind.URGENT)
    page = desk.open(f"/staff/demands/{announced.id}/file")
    assert "Décision sur l’aide urgente, au plus tard" in page.text
    page = page.form("/file/close").fill(why="aid-ended", close_words=WORDS).submit()
    assert (page.status, "Un délai de la loi court encore." in page.text) == (422, True)
    page.form("/file/close").fill(despite="y").submit()
    page = desk.open(f"/staff/demands/{announced.id}")
    assert "aucun délai n’est affiché" in page.text
    assert "Décision sur l’aide urgente, au plus tard" not in page.text
    assert "Décision sur l’aide urgente, au plus tard" not in world.visit(announced).open("/fr/dossier").text


def test_nobody_has_withdrawn_it(world: World, announced: Announced, desk: Browser) -> None:
    page = desk.open(f"/staff/demands/{announced.id}/file")
    page = page.form("/file/close").fill(why="withdrawn", close_words=WORDS, despite="y").submit()
    assert (page.status, "La personne n’a rien retiré ici." in page.text) == (422, True)
    page = page.form("/file/close").fill(letter="y").submit()
    assert "Raison : La demande est retirée." in page.text


def test_handed_to_another_centre(world: World, announced: Announced, desk: Browser) -> None:
    assert "CMS de Sierre" in world.visit(announced).open("/fr/dossier").text
    desk.open(f"/staff/demands/{announced.id}")
    page = desk.open(f"/staff/demands/{announced.id}/file")
    page = page.form("/file/move").fill(region="oberwallis", move_words=WORDS).submit()
    assert page.path == "/staff/"
    assert announced.reference in page.text
    assert announced.reference not in desk.open("/staff/").text, "said once"
    assert desk.open(f"/staff/demands/{announced.id}/file").status == 404
    assert WORDS in world.desk("oberwallis").open(f"/staff/demands/{announced.id}/file").text
    page = world.visit(announced).open("/fr/dossier")
    assert "Un autre centre s’occupe de votre dossier" in page.text
    assert "Le nouveau centre ne l’a pas encore ouverte" in page.text
    assert "CMS de Sierre" not in page.text, "nobody calls the centre that has it no more"
    assert directory.region("oberwallis").name_fr in page.text


def test_merged_after_comparing(world: World, announced: Announced, desk: Browser) -> None:
    other = world.announce()
    page = desk.open(f"/staff/demands/{announced.id}/file")
    assert other.reference in page.text
    page = page.form("/file/compare").fill(reference=other.reference).submit()
    assert other.reference not in f"{page.path} {page.title}"
    form = page.form("/file/merge")
    said = {"goes_on": "other", "same": str(other.view.adult_id), "merge_words": WORDS, "sure": "y"}
    page = form.fill(**said).submit()
    assert "Ce dossier est réuni avec un autre" in page.text
    me = world.visit(announced)
    page = me.open("/fr/dossier")
    assert other.reference in page.text
    assert "Réuni avec votre autre dossier" in page.text
    for task in ("Préparer votre dossier", "Quelque chose a changé ?", "La suite"):
        assert (task in page.text, task in world.visit(other).open("/fr/dossier").text) == (False, True)
    page = page.form("/sign-in").fill(code=other.code).submit()
    assert (page.path, "Vos dossiers sont réunis ici" in page.text) == ("/fr/dossier", True)
    assert announced.reference in world.visit(other).open("/fr/dossier").text


@pytest.mark.parametrize("name", ["file", "interview"])
def test_what_nobody_has_taken_leads_to_where_it_is_taken(world: World, name: str) -> None:
    free = world.announce(commune=None)
    page = world.desk("sierre").open(f"/staff/demands/{free.id}/{name}")
    assert "Aucun centre ne l’a encore prise." in page.text
    (way,) = [one for one in page.root.iter("a") if text_of(one) == "Ouvrir la demande"]
    assert way.get("href") == f"/staff/demands/{free.id}"


@pytest.mark.parametrize("why", ["double", "died"])
def test_a_merged_file_is_not_closed_while_a_clock_runs(
    world: World, announced: Announced, desk: Browser, why: str
) -> None:
    """Not even expressly, and the page offers no tick for it: nothing would show its clock any more."""
    other = world.announce()
    joined(world, announced, other)
    page = desk.open(f"/staff/demands/{announced.id}/file")
    form = page.form("/file/close")
    assert ("despite" in form.values, "Laissez-le ouvert jusqu’à la décision." in page.text) == (False, True)
    page = desk.post(
        f"/staff/demands/{announced.id}/file/close",
        {**form.values.to_dict(), "why": why, "close_words": WORDS, "despite": "y"},
    )
    assert (page.status, page.text.count("Laissez-le ouvert jusqu’à la décision.")) == (422, 3)
    assert "Ce dossier est fermé" not in page.text
    assert "dossier réuni, annonce du" not in desk.open("/staff/").text, "both are of one day"
    assert "décision au plus tard le" in desk.open(f"/staff/demands/{other.id}").text


def test_a_closed_and_merged_file_says_one_thing_of_its_clocks(
    world: World, announced: Announced, desk: Browser
) -> None:
    other, runs = world.announce(), "Un délai qui court ici court jusqu’à sa décision."
    joined(world, announced, other)
    page = desk.open(f"/staff/demands/{announced.id}/file")
    assert runs in page.text
    decided(world.staff, (world.caseworker("sierre"), world.caseworker()), announced.view.dossier_id)
    page = (
        desk.open(f"/staff/demands/{announced.id}/file")
        .form("/file/close")
        .fill(why="died", close_words=WORDS)
        .submit()
    )
    assert ("aucun délai n’est affiché" in page.text, runs in page.text) == (True, False)
    assert "Si quelqu’un du ménage écrit, il se rouvre." in page.text


def test_a_merged_and_moved_file_names_one_file_to_go_on_with(
    world: World, announced: Announced, desk: Browser
) -> None:
    other = world.announce()
    joined(world, announced, other)
    page = desk.open(f"/staff/demands/{announced.id}/file")
    page.form("/file/move").fill(region="oberwallis", move_words=WORDS).submit()
    said = [text_of(one) for one in world.visit(announced).open("/fr/dossier").classed("callout")]
    assert any("Vous avez deux dossiers : continuez avec l’autre" in one and other.reference in one for one in said)
    assert any(one.startswith("Dossier remis à un autre centre") for one in said)
    assert not any("s’occupe de votre dossier" in one for one in said)


@pytest.mark.parametrize("stops", [True, False])
def test_of_a_merged_file_elsewhere_only_the_centre_is_named(
    world: World, announced: Announced, desk: Browser, *, stops: bool
) -> None:
    """Whichever of the two moved: neither its day nor its clock, and no way but that with a reason."""
    other = world.announce()
    joined(world, *((announced, other) if stops else (other, announced)))
    page = desk.open(f"/staff/demands/{announced.id}/file")
    assert ("annonce du" in page.text, "Dossier d’une autre région" in page.text) == (True, False)
    page.form("/file/move").fill(region="oberwallis", move_words=WORDS).submit()
    for region, here, there in (("sierre", other, announced), ("oberwallis", announced, other)):
        page = world.desk(region).open(f"/staff/demands/{here.id}")
        (said,) = [text_of(one) for one in page.classed("callout") if there.reference in text_of(one)]
        elsewhere = "oberwallis" if region == "sierre" else "sierre"
        assert directory.region(elsewhere).name_fr in said
        assert "Ouvrir un dossier d’une autre région, avec une raison" in said
        assert [word for word in ("annonce du", "au plus tard le", "Continuez dans") if word in said] == []


def test_one_comparison_and_one_merge_are_said_once_of_each_file(
    world: World, announced: Announced, desk: Browser
) -> None:
    other = world.announce()
    page = (
        desk.open(f"/staff/demands/{announced.id}/file").form("/file/compare").fill(reference=other.reference).submit()
    )
    said = {"goes_on": "other", "same": str(other.view.adult_id), "merge_words": WORDS, "sure": "y"}
    assert page.form("/file/merge").fill(**said).submit().status == 200
    query = "SELECT count(*) FROM audit_event WHERE action = %s"
    assert [world.row(query, f"household:{act}") for act in ("compared", "merged")] == [(2,), (2,)]


def test_a_comparison_that_comes_back_is_a_look(world: World, announced: Announced, desk: Browser) -> None:
    other = world.announce()
    page = (
        desk.open(f"/staff/demands/{announced.id}/file").form("/file/compare").fill(reference=other.reference).submit()
    )
    page = page.form("/file/merge").fill(goes_on="other").submit()
    assert page.status == 422
    query = "SELECT count(*) FROM audit_event WHERE action = 'household:compared'"
    assert world.row(query) == (4,)


def test_compared_by_the_corrected_day(world: World, announced: Announced) -> None:
    other = corrected(world, world.announce().view, Channel.LETTER, "2026-10-29 00:00")
    page = world.desk("sierre").open(f"/staff/demands/{announced.id}/file")
    page = page.form("/file/compare").fill(reference=other.reference)
    assert f"29.10.2026 ({channel_name(Channel.LETTER, 'fr')})" in page.submit().text


def test_urgent_help_of_a_merged_file_at_the_desk(world: World) -> None:
    """On the page of the file that goes on, on the board and before a call; the ways lead into the other file."""
    asks, this = world.announce(), world.announce()
    ask(world, world.adult(asks))
    desk = world.desk("sierre")
    joined(world, asks, this)
    board = desk.open("/staff/")
    assert "Urgent, dossier réuni : " in board.text
    said = "Aide urgente demandée dans les messages : "
    (link,) = [one for one in board.root.iter("a") if text_of(one).startswith(said)]
    assert link.get("href") == "/staff/messages"
    page = desk.open(f"/staff/demands/{this.id}")
    (first, *_) = page.classed("first-steps")[0].iter("a")
    assert (text_of(first), first.get("href")) == ("Aide urgente demandée dans un dossier réuni", "#urgent-asked")
    assert page.root.find(".//*[@id='urgent-asked']") is not None
    assert "Aide urgente demandée" in text_of(page.classed("states")[0])
    assert "Pas demandée" not in page.text
    (clocks,) = page.classed("clocks")
    assert text_of(clocks).index("Décision sur l’aide urgente") < text_of(clocks).index("Décision de la commune")
    for shown in (page, desk.open(f"/staff/demands/{this.id}/missing")):
        assert shown.text.count("Décision sur l’aide urgente, au plus tard") == 1
        assert asks.reference in shown.text
        to = [one.get("value") for one in shown.classed("open-file") if one.get("name") == "to"]
        assert to == [f"/staff/dossiers/{asks.view.dossier_id}/messages"]


def test_before_a_call_urgent_help_comes_first(world: World) -> None:
    announced = world.announce(urgent=True)
    page = world.desk("sierre").open(f"/staff/demands/{announced.id}/missing").text
    assert page.index("Décision sur l’aide urgente, au plus tard") < page.index("Téléphone")
    assert "Décision de la commune, au plus tard" not in page


def band(page: Page) -> str:
    """What the banner of the desk says."""
    return text_of(page.classed("helping")[0])


def test_the_band_names_the_file_on_the_screen(world: World) -> None:
    """A look from elsewhere: neither the own open file nor none."""
    announced = world.announce(commune=VISP)
    own = world.announce()
    ask(world, world.adult(announced))
    desk = world.desk("sierre")
    for opened in (None, own):
        if opened is not None:
            desk.open(f"/staff/demands/{opened.id}")
        page = desk.open("/staff/elsewhere").form("/staff/elsewhere")
        page = page.fill(reference=announced.reference, why="danger", glance_words=WORDS).submit()
        said = band(page)
        assert announced.reference in said
        assert directory.region("oberwallis").name_fr in said
        assert own.reference not in said
        assert "Aucun dossier" not in said
        assert ("Revenir au dossier ouvert" in said) == (opened is not None)
        assert page.text.count("Décision sur l’aide urgente, au plus tard") == 1
        assert "Aide urgente demandée" in text_of(page.classed("states")[0])
        assert not [link for link in page.classed("clocks")[0].iter("a") if "/messages" in (link.get("href") or "")]
    assert own.reference in band(desk.open("/staff/"))


def test_a_look_from_elsewhere(world: World) -> None:
    announced = world.announce(Person("Jeanne Dupont"), commune=VISP)
    desk = world.desk("sierre")
    page = desk.open("/staff/elsewhere")
    page = page.form("/staff/elsewhere").fill(reference=announced.reference, why="danger", glance_words=WORDS).submit()
    assert (page.status, page.path) == (200, "/staff/elsewhere/file")
    assert "Jeanne Dupont" in page.text
    assert "Inconnue" in page.text, "when she was born"
    assert desk.open(f"/staff/demands/{announced.id}").status == 404
    for region, sees in (("sierre", True), ("oberwallis", True), ("martigny", False)):
        log = world.desk(region, roles=(Role.TEAM_LEAD,)).open("/staff/log").text
        assert (WORDS in log, announced.reference in log) == (sees, sees)
    own = world.visit(announced).open("/fr/dossier/access-log").text
    assert "cas urgent" in own
    assert WORDS not in own
