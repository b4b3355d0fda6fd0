"""Rights and duties: the chapters, the questions, who acknowledged, the link of another adult, the other notices."""

from __future__ import annotations

from typing import Any

from portal import content
from portal.domain.notice import RIGHTS, Way
from portal.services.actor import Actor, ActorKind
from portal.services.notices import acknowledging, links, progress
from portal.services.notices.people import Signer
from portal.services.situations import remove_person
from tests.browser.cases import case
from tests.browser.dossier_cases import me, signed_in
from tests.browser.last_look import FAULTY, LOOK, last_look
from tests.browser.next_version import next_version
from tests.browser.people import HELPER, NAME
from tests.browser.visits import Visit
from tests.browser.world import Known

COUPLE = {
    "version": 1,
    "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "spouse", "name": HELPER}],
}


def couple(visit: Visit) -> Known:
    """Somebody who has signed in, with a spouse in the answers."""
    return signed_in(visit, situation=COUPLE)


def newest() -> int:
    """The version that is asked for now; within `next_version` the one after that of today."""
    return content.current(RIGHTS).version


def form(known: Known) -> dict[str, Any]:
    """What every form of the household carries."""
    return {"reference": known.demand.reference, "whose": "a"}


@case("notices.rights", "notices/rights")
def rights(visit: Visit) -> None:
    visit.get(f"/{visit.language}/rights")


@case("notices.rights", "notices/rights")
def rights_half_read(visit: Visit) -> None:
    known = signed_in(visit)
    for chapter, explain in (("decision", False), ("appeal", True)):
        progress.note_chapter(visit.world.kit, me(known), chapter, explain=explain)
    visit.get(f"/{visit.language}/rights")


@case("notices.chapter", "notices/chapter")
def chapter(visit: Visit) -> None:
    visit.get(f"/{visit.language}/rights/appeal")


@case("notices.chapter", "notices/chapter")
def chapter_of_changes(visit: Visit) -> None:
    """With the ways to one's own pages."""
    signed_in(visit)
    visit.get(f"/{visit.language}/rights/changes")


@case("notices.chapter", "notices/chapter")
def chapter_answered(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/rights/decision")
    visit.post(f"/{visit.language}/rights/decision", {"decision-q1": "a", "decision-q2": "b"})


@case("notices.chapter", "notices/chapter", look=False)
def chapter_not_answered(visit: Visit) -> None:
    visit.get(f"/{visit.language}/rights/data")
    visit.post(f"/{visit.language}/rights/data", {})


@case("notices.chapter", "notices/chapter", look=False)
def last_chapter_signed_in(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/rights/data")


@case("notices.whole", "notices/whole")
def whole(visit: Visit) -> None:
    visit.get(f"/{visit.language}/rights/all")


@case("notices.version", "notices/whole", look=False)
def one_version(visit: Visit) -> None:
    visit.get(f"/{visit.language}/rights/version/1")


@case("notices.version", "notices/unknown", 404)
def unknown_version(visit: Visit) -> None:
    visit.get(f"/{visit.language}/rights/version/99")


@case("notices.privacy", "notices/whole", look=False)
def privacy(visit: Visit) -> None:
    visit.get(f"/{visit.language}/privacy")


@case("notices.imprint", "notices/whole", look=False)
def imprint(visit: Visit) -> None:
    visit.get(f"/{visit.language}/imprint")


@case("own_notices.show", "notices/own")
def own_rights(visit: Visit) -> None:
    known = couple(visit)
    kit, actor = visit.world.kit, me(known)
    links.make_link(kit, actor, "b")
    progress.note_chapter(kit, actor, "appeal", explain=True)
    visit.get(f"/{visit.language}/dossier/rights")


@case("own_notices.show", "notices/own")
def own_rights_given(visit: Visit) -> None:
    known = couple(visit)
    kit, actor = visit.world.kit, me(known)
    acknowledging.acknowledge_own(kit, actor, "a", newest(), visit.language)
    links.acknowledge_by(kit, links.make_link(kit, actor, "b"), newest(), "pt", "test")
    visit.get(f"/{visit.language}/dossier/rights")


@case("own_notices.sign", "notices/sign")
def own_rights_to_sign(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier/rights/sign/a")


@case("own_notices.sign", "notices/sign", 422, look=False)
def own_rights_without_the_box(visit: Visit) -> None:
    known = couple(visit)
    visit.get(f"/{visit.language}/dossier/rights/sign/b")
    visit.post(f"/{visit.language}/dossier/rights/sign/b", form(known))


@case("own_notices.sign", "notices/sign", 409, look=False)
def own_rights_of_another_version(visit: Visit) -> None:
    known = couple(visit)
    visit.get(f"/{visit.language}/dossier/rights/sign/a")
    visit.post(f"/{visit.language}/dossier/rights/sign/a", {**form(known), "understood": "y", "version": "99"})


@case("own_notices.sign", "notices/sign", look=False)
def own_rights_signed_already(visit: Visit) -> None:
    known = couple(visit)
    acknowledging.acknowledge_own(visit.world.kit, me(known), "a", newest(), "fr")
    visit.get(f"/{visit.language}/dossier/rights/sign/a")


@case("own_notices.sign", "notices/left", 409)
def own_rights_of_somebody_who_left(visit: Visit) -> None:
    known = couple(visit)
    remove_person(visit.world.kit, me(known), "b")
    visit.get(f"/{visit.language}/dossier/rights/sign/b")


@case("own_notices.link", "notices/link")
def rights_link_to_make(visit: Visit) -> None:
    couple(visit)
    visit.get(f"/{visit.language}/dossier/rights/link/b")


@case("own_notices.link", "notices/link", 422, look=False)
def rights_link_of_no_language(visit: Visit) -> None:
    known = couple(visit)
    visit.get(f"/{visit.language}/dossier/rights/link/b")
    visit.post(f"/{visit.language}/dossier/rights/link/b", {**form(known), "language": "xx"})


@case("own_notices.link", "notices/link")
def rights_link_made(visit: Visit) -> None:
    known = couple(visit)
    visit.get(f"/{visit.language}/dossier/rights/link/b")
    visit.post(f"/{visit.language}/dossier/rights/link/b", {**form(known), "language": "pt"})


def linked(visit: Visit) -> str:
    """The address of a link, on a device that knows nothing else."""
    known = couple(visit)
    secret = links.make_link(visit.world.kit, me(known), "b")
    visit.cookie("citizen", "")
    return f"/{visit.language}/notice/{secret}"


@case("notice_link.show", "notices/by_link")
def rights_by_link(visit: Visit) -> None:
    visit.get(linked(visit))


@case("notice_link.show", "notices/by_link", 409, look=False)
def rights_by_link_of_another_version(visit: Visit) -> None:
    address = linked(visit)
    visit.get(address)
    visit.post(address, {"understood": "y", "version": "99"})


@case("notice_link.show", "notices/given")
def rights_by_link_given(visit: Visit) -> None:
    address = linked(visit)
    visit.get(address)
    visit.post(address, {"understood": "y", "version": str(newest())})


@case("notice_link.show", "notices/over", 404)
def rights_link_over(visit: Visit) -> None:
    visit.get(f"/{visit.language}/notice/{'x' * 32}")


@case("notice_link.show", "notices/over", 409, look=False)
def rights_link_of_somebody_who_left(visit: Visit) -> None:
    known = couple(visit)
    secret = links.make_link(visit.world.kit, me(known), "b")
    remove_person(visit.world.kit, me(known), "b")
    visit.get(f"/{visit.language}/notice/{secret}")


def before(visit: Visit, *persons: str) -> Known:
    """A couple of whom these acknowledged the version before the one of today."""
    known = couple(visit)
    for person in persons:
        acknowledging.acknowledge_own(visit.world.kit, me(known), person, newest(), visit.language)
    with visit.world.database.connect() as connection:
        older = [newest() - 1, known.demand.dossier_id]
        connection.execute("UPDATE acknowledgement SET version = %s WHERE dossier_id = %s", older)
    return known


@case("own_notices.show", "notices/own")
def own_rights_of_the_version_before(visit: Visit) -> None:
    """What the version of today says that the one before did not."""
    before(visit, "a", "b")
    visit.get(f"/{visit.language}/dossier/rights")


@case("own_notices.show", "notices/own", here=True, without=next_version)
def own_rights_changed(visit: Visit) -> None:
    before(visit, "a", "b")
    visit.get(f"/{visit.language}/dossier/rights")


@case("own_notices.sign", "notices/sign", here=True, without=next_version, look=False)
def own_rights_changed_to_sign(visit: Visit) -> None:
    before(visit, "a")
    visit.get(f"/{visit.language}/dossier/rights/sign/a")


@case("notice_link.show", "notices/by_link", here=True, without=next_version, look=False)
def rights_by_link_changed(visit: Visit) -> None:
    known = before(visit, "b")
    secret = links.make_link(visit.world.kit, me(known), "b")
    visit.cookie("citizen", "")
    visit.get(f"/{visit.language}/notice/{secret}")


@case("notices.version", "notices/whole", here=True, without=next_version, look=False)
def older_version(visit: Visit) -> None:
    visit.get(f"/{visit.language}/rights/version/1")


@case("notices.accessibility", "notices/accessibility")
def accessibility(visit: Visit) -> None:
    visit.get(f"/{visit.language}/accessibility")


@case("own_notices.show", "notices/own", look=False)
def own_rights_under_another_name(visit: Visit) -> None:
    known = couple(visit)
    kit = visit.world.kit
    with kit.database.transaction() as session:
        wanted = acknowledging.Wanted(newest(), "pt", Way.LINK)
        then = Signer("b", NAME, NAME)
        acknowledging.acknowledge_in(
            session, kit, Actor(ActorKind.VISITOR, "test"), known.demand.dossier_id, then, wanted
        )
    visit.get(f"/{visit.language}/dossier/rights")


@case("notices.accessibility", "notices/accessibility", here=True, without=last_look(LOOK), look=False)
def accessibility_with_figures(visit: Visit) -> None:
    visit.get(f"/{visit.language}/accessibility")


@case("notices.accessibility", "notices/accessibility", here=True, without=last_look(FAULTY), look=False)
def accessibility_with_findings(visit: Visit) -> None:
    visit.get(f"/{visit.language}/accessibility")


@case("notices.accessibility", "notices/accessibility", here=True, without=last_look(None), look=False)
def accessibility_without_figures(visit: Visit) -> None:
    visit.get(f"/{visit.language}/accessibility")
