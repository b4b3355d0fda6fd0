"""A look into the file of another region: a form with a reason, and one page that changes nothing, for an hour."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.domain.glance import Reason
from portal.forms.fields import clean
from portal.forms.glances import GlanceForm
from portal.forms.staff import faults_of
from portal.forms.text import gettext as _
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import glances, snapshots
from portal.services.actor import NotYoursError
from portal.services.estimates import answer_rows
from portal.services.interviews.desk import in_short

blueprint = Blueprint("staff_glances", __name__, url_prefix="/staff/elsewhere")


@blueprint.route("", methods=["GET", "POST"])
@allow(Rule.STAFF)
def ask() -> Response:
    """The form and the act; what is open so already is named."""
    form = GlanceForm(g.lang)
    if not form.is_submitted():
        return _form(GlanceForm(g.lang, formdata=None))
    if not form.validate():
        return _form(form)
    words = clean(form.glance_words.data) or ""
    try:
        glances.open_glance(kit(), staff_actor(), _secret(), form.found or "", Reason(form.why.data), words)
    except glances.NothingToOpenError:
        form.reference.errors = [_("Aucun dossier n’a cette référence. Relisez-la avec la personne.")]
    except glances.YoursError:
        form.reference.errors = [_("Ce dossier est dans votre région. Trouvez-le par la recherche.")]
    except glances.TooManyTriesError:
        form.reference.errors = [_("C’est trop d’essais. Attendez dix minutes.")]
    if form.reference.errors:
        return _form(form)
    return redirect(url_for("staff_glances.show"), 303)


@blueprint.get("/file")
@allow(Rule.STAFF)
def show() -> Response:
    """The file that is open so; without one, the form."""
    try:
        head, glance, urgent = glances.look(kit(), staff_actor(), _secret())
    except NotYoursError:
        return redirect(url_for("staff_glances.ask"), 303)
    said = snapshots.said_to_centre(kit(), head)
    rows = answer_rows(said.situation, head.begins, g.lang, staff=True) if said is not None else ()
    return make_response(
        render_template(
            "staff/glance_file.html",
            from_elsewhere=head,  # the band names it too
            glance=glance,
            urgent=urgent,
            answers=rows,
            sent_at=said.sent_at if said else None,
            interview=in_short(kit(), head),
        )
    )


def _secret() -> str:
    """Of this visit; the access rule guarantees one."""
    return sessions.secret("staff") or ""


def _form(form: GlanceForm) -> Response:
    faults = faults_of(form)
    html = render_template(
        "staff/glance.html", form=form, faults=faults, standing=glances.standing(kit(), staff_actor(), _secret())
    )
    return make_response(html, HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK)
