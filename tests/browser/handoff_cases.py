"""Another device: the link on the first screen, and what the device sees before, meanwhile and after."""

from __future__ import annotations

from portal.services.documents import handoffs, uploads
from portal.services.documents.terms import Target
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.own_checklist_cases import answered
from tests.browser.paperwork import sent
from tests.browser.visits import Visit
from tests.browser.world import Known
from tests.pages.paperwork import send
from tests.services.sending import photo


def linked(visit: Visit, key: str | None = "lease") -> Known:
    """A device that came by a link, and knows nothing else."""
    known = answered(visit)
    document = None if key else sent(visit, known, None).id
    kit = visit.world.kit
    device = handoffs.use_link(kit, handoffs.make_link(kit, me(known), key, document), "test")
    visit.cookie("citizen", "")
    visit.cookie("handoff", device or "")
    here = handoffs.visit(kit, device or "")
    assert here is not None
    send(kit, here.actor("test"), photo(), Target(key=key, document=document), "20261121")
    return known


@case("paper_links.link", "add/link")
def link_not_made_yet(visit: Visit) -> None:
    answered(visit)
    visit.get(f"/{visit.language}/dossier/papers/lease/link")


@case("paper_links.link", "add/link")
def link_made(visit: Visit) -> None:
    known = answered(visit)
    visit.get(f"/{visit.language}/dossier/papers/lease/link")
    visit.post(f"/{visit.language}/dossier/papers/lease/link", {"reference": known.demand.reference, "whose": "a"})


@case("paper_links.link_of_document", "add/link", look=False)
def link_of_a_paper_of_no_item(visit: Visit) -> None:
    document = sent(visit, answered(visit), None)
    visit.get(f"/{visit.language}/dossier/documents/{document.id}/link")


@case("add.link", "add/open")
def link_opened(visit: Visit) -> None:
    secret = handoffs.make_link(visit.world.kit, me(answered(visit)), "lease")
    visit.cookie("citizen", "")
    visit.get(f"/{visit.language}/add/{secret}")


@case("add.paper", "add/add")
def device_adds_pages(visit: Visit) -> None:
    linked(visit)
    visit.get(f"/{visit.language}/add/")


@case("add.paper", "add/add", 422, look=False)
def device_sends_nothing(visit: Visit) -> None:
    known = answered(visit)
    kit = visit.world.kit
    device = handoffs.use_link(kit, handoffs.make_link(kit, me(known), "lease"), "test")
    visit.cookie("handoff", device or "")
    visit.get(f"/{visit.language}/add/")
    visit.post(f"/{visit.language}/add/", {})


@case("add.paper", "add/add", look=False)
def device_adds_to_a_paper_of_no_item(visit: Visit) -> None:
    linked(visit, None)
    visit.get(f"/{visit.language}/add/")


@case("add.paper", "add/add")
def device_left_in_the_middle(visit: Visit) -> None:
    known = linked(visit)
    kit = visit.world.kit
    device = handoffs.use_link(kit, handoffs.make_link(kit, me(known), "lease"), "test")
    visit.cookie("handoff", device or "")
    here = handoffs.visit(kit, device or "")
    assert here is not None
    uploads.begin(kit, here.actor("test"), Target(key="lease"), 3_400_000, name="20261122", fingerprint="f" * 64)
    visit.get(f"/{visit.language}/add/")


@case("add.over", "add/over")
def link_over(visit: Visit) -> None:
    visit.get(f"/{visit.language}/add/{'x' * 32}")
