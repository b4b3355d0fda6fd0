"""A new access code at the desk: the form's one-time token makes it, the slip hands it out once."""

from __future__ import annotations

import uuid

from flask import Response, redirect, render_template
from werkzeug.wrappers import Response as BaseResponse

from portal.domain.demand import RESHOW_MINUTES
from portal.forms.staff import NewCodeForm
from portal.security import sessions
from portal.security.context import kit, received_at, staff_actor
from portal.services import at_desk, paper_files
from portal.services.at_desk import DeskPlace
from portal.services.begun_on_paper import Head, PaperFileView
from portal.services.handover import make_handover
from portal.services.receipts import make_letter
from portal.services.slips import new_code
from portal.views.demand import new_token, open_token
from portal.views.filed import pdf
from portal.views.household import place_url

CODE_COOKIE = "staff-code"
"""The sealed one-time token of the form, never the code itself."""


def token_of(form: NewCodeForm) -> bytes | None:
    """The form's one-time token; one that was changed on its way is replaced: the slip needs one that opens."""
    token = open_token(form.code_token.data)
    if token is None:
        form.code_token.data = new_token()
        token = open_token(form.code_token.data)
    return token


def fresh_form() -> NewCodeForm:
    """The form with a token of its own."""
    form = NewCodeForm(formdata=None)
    form.code_token.data = new_token()
    return form


def to_slip(form: NewCodeForm, made_at: str) -> BaseResponse:
    """On to the page that says what was done; only this browser can print the slip."""
    response = redirect(made_at, 303)
    sessions.give(response, CODE_COOKIE, form.code_token.data or "", RESHOW_MINUTES * 60)
    return response


def made_page(place: DeskPlace, slip_url: str, adult_id: uuid.UUID | None = None) -> str | BaseResponse:
    """What was done, and the way to the slip; once that was handed out, how to go on without it."""
    head, code = _made(place, adult_id, hand_out=False)
    if sessions.secret(CODE_COOKIE) is None:  # nothing was made here: back from a switch of the language, say
        return redirect(place_url(place), 303)
    return render_template(
        "staff/code.html",
        demand=head,
        made=code is not None,
        slip_url=slip_url,
        adult_id=adult_id,
        minutes=RESHOW_MINUTES,
    )


def slip_pdf(place: DeskPlace, made_at: str, adult_id: uuid.UUID | None = None) -> Response | BaseResponse:
    """The slip with the new access code, once: the PDF is the only place where the code stands."""
    head, code = _made(place, adult_id, hand_out=True)
    if code is None:
        return redirect(made_at, 303)
    if isinstance(head, PaperFileView):
        return pdf(make_letter(kit(), head, code, received_at()), "letter.pdf")
    return pdf(make_handover(kit(), head, code), "slip.pdf")


def _made(place: DeskPlace, adult_id: uuid.UUID | None, *, hand_out: bool) -> tuple[Head, str | None]:
    """The code that this browser has just had made for this adult, and whose it is."""
    token = open_token(sessions.secret(CODE_COOKIE))
    head = at_desk.head(kit(), staff_actor(), place)
    if isinstance(head, PaperFileView):
        letter = paper_files.letter(kit(), staff_actor(), head.dossier_id, token, adult_id=adult_id, hand_out=hand_out)
        return letter.file, letter.access_code
    made = new_code(kit(), staff_actor(), head.id, token, adult_id=adult_id, hand_out=hand_out)
    return made.demand, made.access_code
