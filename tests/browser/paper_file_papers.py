"""The words of a file that began on paper where no page shows them: in the letter with the code, on the form to sign."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

from portal.services import paper_files
from portal.services.notices.sign_paper import sign_sheet
from portal.services.paper_files import NewPaperFile
from portal.services.receipts import make_letter
from tests.adapters.sign_samples import MADE, URL, household
from tests.browser.people import NAME
from tests.browser.staff_paper_file_cases import PERSON
from tests.browser.world import SIERRE, World


def paper_file_papers(world: World, languages: tuple[str, str]) -> None:
    """Both, in these languages."""
    kit, worker, token = world.kit, world.caseworker(), os.urandom(32)
    for person in (PERSON, replace(PERSON, name=None)):
        new = NewPaperFile(person, languages[1], SIERRE, date(2024, 5, 1))
        found = paper_files.letter(
            kit, worker, paper_files.open_paper_file(kit, worker, new, token), token, hand_out=False
        )
        make_letter(kit, found.file, "0000000000000000", kit.clock.now())
        sign_sheet(replace(household((NAME,), languages), demand=found.file), MADE, URL)
        token = os.urandom(32)
