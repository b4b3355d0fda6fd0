"""Files that began on paper: list, give one a reference and a code with its letter, a new code."""

from __future__ import annotations

import os
import uuid

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.domain.demand import RESHOW_MINUTES
from portal.forms.paper_file import PaperFileForm
from portal.forms.staff import NewCodeForm, faults_of
from portal.i18n.languages import LANGUAGES, STAFF_CODES
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor
from portal.services import first_steps, paper_files, snapshots, what_is_new
from portal.services.adults import household_by
from portal.services.at_desk import DeskPlace
from portal.services.documents.desk import papers_news
from portal.services.interviews.desk import in_short
from portal.services.notices.desk import missing_at_desk
from portal.services.receipts import make_letter
from portal.views.demand import new_token, open_token
from portal.views.filed import pdf
from portal.views.names import today
from portal.views.staff import codes
from portal.views.staff.filing import begins
from portal.views.staff.language import remember
from portal.views.staff.opening import opened_after

blueprint = Blueprint("staff_paper_files", __name__, url_prefix="/staff/dossiers")

ONE = "/<uuid:dossier_id>"
LAST_PAGE = 10_000


@blueprint.get("")
@allow(Rule.STAFF)
def show_all() -> str:
    """Every file of the own centre that began on paper, the newest first."""
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    return render_template("staff/paper_files.html", found=paper_files.paper_files(kit(), staff_actor(), page))


@blueprint.route("/new", methods=["GET", "POST"])
@allow(Rule.STAFF)
def new() -> BaseResponse | str:
    """The form and the act; the language menu sends it too, and gets it back as it was."""
    switched_to = request.form.get("_switch")
    if switched_to in STAFF_CODES:
        remember(switched_to)
    form = _form()
    if begins(form) or switched_to is not None:
        return render_template("staff/paper_file_new.html", form=form)
    if not form.validate():
        return make_response(render_template("staff/paper_file_new.html", form=form), 422)
    if (token := open_token(form.filing_token.data)) is None:  # changed on its way: the letter needs one that opens
        form.filing_token.data = new_token()
        token = open_token(form.filing_token.data) or os.urandom(32)
    dossier_id = paper_files.open_paper_file(kit(), staff_actor(), form.said(), token)
    opened_after(DeskPlace(dossier_id=dossier_id))
    return _to_letter(dossier_id, form.filing_token.data)


def after_csrf_failure() -> BaseResponse:
    """The page was older than «next person», or than a sign-out: what was typed comes back and no file is begun."""
    form = _form()
    begins(form)
    return make_response(render_template("staff/paper_file_new.html", form=form, too_old=True), 400)


@blueprint.get(ONE)
@allow(Rule.STAFF)
def show(dossier_id: uuid.UUID) -> str:
    """One file: what is known of it, the ways on, a new code."""
    return _page(dossier_id, codes.fresh_form())


@blueprint.post(f"{ONE}/code")
@allow(Rule.STAFF)
def code(dossier_id: uuid.UUID) -> BaseResponse:
    """A new code and its letter. A double click or a resent form gives the same one."""
    form = NewCodeForm()
    token = codes.token_of(form)
    if not form.validate():
        return make_response(_page(dossier_id, form), 422)
    paper_files.new_letter(kit(), staff_actor(), dossier_id, token, paper=form.paper)
    return _to_letter(dossier_id, form.code_token.data)


@blueprint.get(f"{ONE}/letter")
@allow(Rule.STAFF)
def letter(dossier_id: uuid.UUID) -> str | BaseResponse:
    """What was done, and the way to the letter; once that was handed out, how to go on without it."""
    secret = sessions.secret(codes.CODE_COOKIE)
    found = paper_files.letter(kit(), staff_actor(), dossier_id, open_token(secret), hand_out=False)
    if secret is None:  # nothing was made here
        return redirect(url_for("staff_paper_files.show", dossier_id=dossier_id), 303)
    return render_template("staff/paper_file_letter.html", file=found.file, made=found.access_code is not None)


@blueprint.get(f"{ONE}/letter.pdf")
@allow(Rule.STAFF)
def letter_paper(dossier_id: uuid.UUID) -> Response | BaseResponse:
    """The letter with the code, once, in the person's language: the PDF is the only place where the code stands."""
    token = open_token(sessions.secret(codes.CODE_COOKIE))
    found = paper_files.letter(kit(), staff_actor(), dossier_id, token, hand_out=True)
    if found.access_code is None:
        return redirect(url_for("staff_paper_files.letter", dossier_id=dossier_id), 303)
    content = make_letter(kit(), found.file, found.access_code, received_at())
    return pdf(content, "letter.pdf")


def _form() -> PaperFileForm:
    return PaperFileForm([(language.code, language.name) for language in LANGUAGES], today=today())


def _page(dossier_id: uuid.UUID, form: NewCodeForm) -> str:
    actor = staff_actor()
    file = paper_files.look_at_paper_file(kit(), actor, dossier_id)
    said = snapshots.said_to_centre(kit(), file)  # opened once for all that stands on the page
    new_papers = papers_news(kit(), actor, file)
    rights_missing = missing_at_desk(kit(), actor, file, g.lang, household_by(kit(), file, said, g.lang))
    interview = in_short(kit(), file)
    known = what_is_new.of_dossier(kit(), actor, file)
    situation = said.situation if said else None
    read = first_steps.Known(
        known.waits, known.urgent, new_papers or 0, len(rights_missing or ()), interview.state, situation
    )
    return render_template(
        "staff/paper_file.html",
        interview=interview,
        file=file,
        said=said,
        papers_news=new_papers,
        rights_missing=rights_missing,
        known=known,
        first_lines=first_steps.lines_of(file, read, today()),
        form=form,
        faults=faults_of(form),
    )


def _to_letter(dossier_id: uuid.UUID, token: str | None) -> BaseResponse:
    """On to the page of the letter; only this browser can print it."""
    response = redirect(url_for("staff_paper_files.letter", dossier_id=dossier_id), 303)
    sessions.give(response, codes.CODE_COOKIE, token or "", RESHOW_MINUTES * 60)
    return response
