"""The own reminders: what there is now, wish for e-mails, end them; and what to do when no decision is noted here."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.forms.reminders import WishForm
from portal.forms.staff import faults_of
from portal.i18n.mails import mail_words
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, citizen_visit, kit
from portal.security.slowdown import TooManyTriesError
from portal.services import citizen, limits
from portal.services.begun_on_paper import PaperFileView
from portal.services.clocks import clocks_of
from portal.services.own_mails import own_mails
from portal.services.reminders import own, wishes
from portal.views.language import LANG
from portal.views.meant import another_dossier, meant
from portal.views.names import today

blueprint = Blueprint("reminders", __name__, url_prefix=f"{LANG}/dossier")

MOST_WISHES = 30
"""Of one adult in ten minutes."""
MOST_MAILS = 20
"""Of the mails that were sent: the others are in the export."""


@blueprint.route("/reminders", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def show(lang: str) -> Response:
    """What there is to look at now, and reminders by e-mail: posted, they go to that address."""
    wish, known = wishes.own_wish(kit(), citizen_actor())
    form = WishForm() if request.method == "POST" else WishForm(data={"email": wish.address if wish else known or ""})
    if request.method == "POST":
        if not meant():
            return another_dossier()
        if "_switch" not in request.form and form.validate():
            if limits.count(kit(), "mail-wish", str(citizen_actor().adult_id)) > MOST_WISHES:
                raise TooManyTriesError
            wishes.wish(kit(), citizen_actor(), form.email.normal or "", lang)
            return redirect(url_for("reminders.show", lang=lang, _anchor="mails"), 303)
    html = render_template(
        "reminders/own.html",
        now=own.own_reminders(kit(), citizen_actor(), lang),
        wish=wish,
        form=form,
        faults=faults_of(form),
        reference=_reference(),
        mails=own_mails(kit(), citizen_actor(), MOST_MAILS),
        mail_words=mail_words,
    )
    return make_response(html, 422 if form.errors else 200)


@blueprint.post("/reminders/end")
@allow(Rule.CITIZEN)
def end(lang: str) -> Response:
    """No more e-mails, with one tap."""
    if not meant():
        return another_dossier()
    if "_switch" not in request.form:  # the language menu of the page that `another_dossier` gave
        wishes.end(kit(), citizen_actor())
    return redirect(url_for("reminders.show", lang=lang, _anchor="mails"), 303)


@blueprint.get("/no-decision")
@allow(Rule.CITIZEN)
def no_decision(lang: str) -> str | Response:
    """No decision is noted here: did a letter come? Then what can be done; before the clock's end that it still runs."""
    demand = citizen.household_head(kit(), citizen_actor())
    if isinstance(demand, PaperFileView):  # no demand was announced here, so no clock of one runs
        return redirect(url_for("dossier.show", lang=lang), 303)
    clock = next((one for one in clocks_of(demand, today()) if one.name == "decision"), None)
    return render_template("reminders/no_decision.html", demand=demand, clock=clock)


def _reference() -> str:
    visit = citizen_visit()
    return visit.reference if visit else ""
