"""Papers that are sent: every state of a file, each thing that can go wrong, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from portal.domain.document import FileFault, FileState, PageFlaw
from portal.services.documents import shelf, uploads
from portal.services.documents.shelf import DocumentView
from portal.services.documents.terms import Target
from portal.services.kit import Kit, build_kit
from portal.settings import Settings
from tests.browser.cases import case
from tests.browser.dossier_cases import me, signed_in
from tests.browser.own_checklist_cases import noted
from tests.browser.people import REASON
from tests.browser.visits import Visit
from tests.browser.world import Known, World
from tests.pages.sent_papers import KEY, check, page, send
from tests.pages.sent_papers import laid as lay

PHOTO = "20261121_0930"
"""A name without a word: the pseudo-language's test knows data by it."""
_workers: dict[str, Kit] = {}


def worker(world: World) -> Kit:
    """The worker's kit on the same stack."""
    settings = Settings.from_env(world.stack.env("worker"))
    if settings.database_url not in _workers:
        _workers[settings.database_url] = build_kit(settings, world.kit.clock, web=False)
    return _workers[settings.database_url]


def address(visit: Visit, name: str = f"papers/{KEY}") -> str:
    return f"/{visit.language}/dossier/{name}"


def ready(visit: Visit, known: Known, pages: int = 3) -> DocumentView:
    """Some pages that the centre can see."""
    for _number in range(pages):
        lay(visit.world.kit, worker(visit.world), me(known), PHOTO)
    (found,) = shelf.documents_of(visit.world.kit, me(known))
    return found


def marked(visit: Visit, statement: str, *values: object) -> None:
    """What only the worker or the desk could have written."""
    with visit.world.database.connect() as connection:
        connection.execute(statement, values)


@case("papers.show", "papers/paper")
def paper_before_anything_was_sent(visit: Visit) -> None:
    signed_in(visit)
    visit.get(address(visit))


@case("papers.show", "papers/paper", script=False)
def paper_without_script(visit: Visit) -> None:
    known = signed_in(visit)
    ready(visit, known, 2)
    send(visit.world.kit, me(known), page(601, 800), PHOTO)
    visit.get(address(visit))


@case("papers.show", "papers/paper")
def paper_with_pages(visit: Visit) -> None:
    known = signed_in(visit)
    found = ready(visit, known)
    for one, flaw in zip(found.pages, PageFlaw, strict=True):
        marked(visit, "UPDATE document_page SET flaw = %s, turn = 90 WHERE id = %s", flaw.value, one.id)
    visit.get(address(visit))


@case("papers.show", "papers/paper")
def paper_in_every_state(visit: Visit) -> None:
    known = signed_in(visit)
    kit, actor = visit.world.kit, me(known)
    uploads.begin(kit, actor, Target(key=KEY), 3_400_000, name=PHOTO, fingerprint="f" * 64)
    for state in FileState:
        if state not in (FileState.RECEIVING, FileState.READY):
            file_id = send(kit, actor, page(602, 800), REASON)
            marked(visit, "UPDATE document_file SET state = %s, fault = 'broken' WHERE id = %s", state.value, file_id)
    file_id = send(kit, actor, page(603, 800), "")
    marked(visit, "UPDATE document_file SET scan = 'waiting' WHERE id = %s", file_id)
    visit.get(address(visit))


@case("papers.show", "papers/paper", look=False)
def paper_with_every_fault(visit: Visit) -> None:
    known = signed_in(visit)
    for fault in FileFault:
        file_id = send(visit.world.kit, me(known), page(604, 800), PHOTO)
        marked(visit, "UPDATE document_file SET state = 'refused', fault = %s WHERE id = %s", fault.value, file_id)
    visit.get(address(visit))


@case("papers.show", "papers/paper")
def paper_that_the_centre_looked_at(visit: Visit) -> None:
    known = signed_in(visit)
    ready(visit, known, 2)
    marked(visit, "UPDATE document SET looked_at = now()")
    visit.get(address(visit))


@case("papers.show", "papers/paper", look=False)
def paper_that_was_refused(visit: Visit) -> None:
    noted(visit)
    visit.get(address(visit, "papers/account_iban@a"))


@case("papers.show", "papers/paper", 422)
def paper_sent_without_a_file(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(address(visit))
    visit.post(address(visit), {"whose": "a", "reference": known.demand.reference})


@case("papers.document", "papers/paper")
def paper_that_no_item_asks_for(visit: Visit) -> None:
    known = signed_in(visit)
    file_id = send(visit.world.kit, me(known), page(605, 800), PHOTO, target=Target(title=REASON))
    check(worker(visit.world), file_id)
    (found,) = shelf.documents_of(visit.world.kit, me(known))
    visit.get(address(visit, f"documents/{found.id}"))


@case("papers.document", "papers/paper", look=False)
def paper_that_no_item_asks_for_looked_at(visit: Visit) -> None:
    known = signed_in(visit)
    send(visit.world.kit, me(known), page(606, 800), PHOTO, target=Target(title=REASON))
    (found,) = shelf.documents_of(visit.world.kit, me(known))
    marked(visit, "UPDATE document SET looked_at = now()")
    visit.get(address(visit, f"documents/{found.id}"))


@case("papers.show_all", "papers/all")
def nothing_sent_yet(visit: Visit) -> None:
    signed_in(visit)
    visit.get(address(visit, "papers"))


@case("papers.show_all", "papers/all")
def everything_that_was_sent(visit: Visit) -> None:
    known = signed_in(visit)
    looked_at = ready(visit, known).id
    for title in (REASON, None):
        send(visit.world.kit, me(known), page(607, 800), PHOTO, target=Target(title=title))
    broken = send(visit.world.kit, me(known), page(608, 800), PHOTO, target=Target(key="identity_paper@a"))
    marked(visit, "UPDATE document_file SET state = 'refused', fault = 'locked' WHERE id = %s", broken)
    marked(visit, "UPDATE document SET looked_at = now() WHERE id = %s", looked_at)
    visit.get(address(visit, "papers"))


@case("papers.show_all", "papers/all", 422, look=False)
def paper_with_too_long_a_title(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(address(visit, "papers"))
    visit.post(address(visit, "papers"), {"whose": "a", "reference": known.demand.reference, "title": "1" * 121})


@case("dossier_checklist.show", "checklist/own", look=False)
def own_papers_with_pages_sent(visit: Visit) -> None:
    known = signed_in(visit)
    ready(visit, known, 1)
    send(visit.world.kit, me(known), page(609, 800), PHOTO, target=Target(key="lease"))
    visit.get(f"/{visit.language}/dossier/checklist")


@case("", "errors/looked-at", 409)
def page_turned_after_the_centre_looked(visit: Visit) -> None:
    known = signed_in(visit)
    found = ready(visit, known, 1)
    visit.get(address(visit))
    marked(visit, "UPDATE document SET looked_at = now()")
    visit.post(address(visit, f"pages/{found.pages[0].id}/turn"), {"whose": "a", "reference": known.demand.reference})


@contextmanager
def no_store(world: World) -> Iterator[None]:
    """The case stops the object store, once something lies in it."""
    try:
        yield
    finally:
        world.stack.s3.start()


@case("", "errors/store", 503, without=no_store)
def page_while_the_store_is_away(visit: Visit) -> None:
    visit.world.stack.s3.start()
    known = signed_in(visit)
    found = ready(visit, known, 1)
    visit.world.stack.s3.stop()
    visit.get(address(visit, f"pages/{found.pages[0].id}.jpg"))


@case("", "errors/paper-unreadable", 503)
def page_that_cannot_be_opened(visit: Visit) -> None:
    known = signed_in(visit)
    found = ready(visit, known, 1)
    marked(visit, "UPDATE document_object SET digest = decode(repeat('00', 32), 'hex')")
    visit.get(address(visit, f"pages/{found.pages[0].id}.jpg"))


@case("", "errors/too-large", 413, look=False)
def files_too_heavy_together(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(address(visit))
    visit.post(address(visit, f"pages/{known.demand.id}/turn"), {"reference": "1" * 600_000})


@case("", "errors/session-ended", 401, look=False)
def session_ended_while_sending(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(address(visit))
    visit.cookie("citizen", "of-nobody")
    visit.post(address(visit), {"whose": "a", "reference": known.demand.reference})


@case("", "situation/another", 409, look=False)
def files_for_another_dossier(visit: Visit) -> None:
    signed_in(visit)
    visit.get(address(visit))
    visit.post(address(visit), {"reference": "VS-0000-0000-97"})
