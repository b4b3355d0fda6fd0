"""The desk's list to print or to call about, and what gave up."""

from __future__ import annotations

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.i18n.failures import job_name, mail_name
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor
from portal.services import failures as trouble
from portal.services.reminders import calling
from portal.services.reminders.letter import letter_pdf
from portal.services.reminders.words import desk_title, told
from portal.views.filed import pdf
from portal.views.staff.board import LAST_PAGE

blueprint = Blueprint("staff_calls", __name__, url_prefix="/staff")


@blueprint.get("/call-list")
@allow(Rule.STAFF)
def show() -> str:
    """Reminders that no e-mail brings, oldest first, and what was done last."""
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    calls = calling.call_list(kit(), staff_actor(), page=page)
    return render_template("staff/calls.html", calls=calls, told=told, desk_title=desk_title)


@blueprint.get("/call-list/<uuid:line_id>/letter.pdf")
@allow(Rule.STAFF)
def letter(line_id: uuid.UUID) -> Response:
    """The letter of one line, as often as wanted."""
    line = calling.line_of(kit(), staff_actor(), line_id)
    content = letter_pdf(line, line.reads or "", received_at(), kit().public_url)
    return pdf(content, "reminder.pdf")


@blueprint.post("/call-list/<uuid:line_id>/done")
@allow(Rule.STAFF)
def done(line_id: uuid.UUID) -> Response:
    """Printed and sent, or called."""
    calling.mark_done(kit(), staff_actor(), line_id)
    return redirect(url_for("staff_calls.show"), 303)


@blueprint.get("/failures")
@allow(Rule.STAFF)
def failures() -> str:
    """Jobs that gave up, mails that were refused; nothing of anybody."""
    found = trouble.failures(kit(), staff_actor())
    return render_template("staff/failures.html", found=found, job_name=job_name, mail_name=_mail_name)


def _mail_name(kind: str, language: str) -> str:
    return mail_name(kind, language) or desk_title(kind, language)
