"""Papers with pages for the cases: sent as a person does, checked by the real inspector."""

from __future__ import annotations

from portal.domain.document import FileState
from portal.services.documents import shelf
from portal.services.documents.checking import check_document
from portal.services.documents.shelf import DocumentView
from portal.services.documents.terms import Target
from tests.browser.dossier_cases import me
from tests.browser.visits import Visit
from tests.browser.world import Known
from tests.pages.paperwork import send
from tests.services.sending import QUICK, photo


def sent(visit: Visit, known: Known, key: str | None, pages: int = 1, title: str | None = None) -> DocumentView:
    """A paper of an adult whose pages can be looked at."""
    kit, target = visit.world.kit, Target(key=key, title=title)
    document = None
    for number in range(1, pages + 1):
        file_id, document = send(kit, me(known), photo(f"PAGE {number}"), target, f"{number}")
        target = Target(key=key, document=document)
        assert check_document(kit, QUICK, file_id) is FileState.READY
    assert document is not None
    return shelf.document_of(kit, me(known), document)
