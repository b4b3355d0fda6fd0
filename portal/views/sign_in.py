"""Sign in with reference and code, and sign out."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.reference import parse_access_code, parse_reference
from portal.forms.sign_in import SignInForm
from portal.forms.text import gettext as _
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import citizen_visit, kit, request_id
from portal.security.headers import forget_everything
from portal.security.proxy import address
from portal.security.slowdown import wait_after
from portal.services import citizen, limits
from portal.views.language import LANG

blueprint = Blueprint("sign_in", __name__)

NEXT = frozenset(
    {
        "apart.not_safe",
        "dossier.show",
        "dossier.withdraw",
        "situation.tasks",
        "situation_check.check",
        "dossier_checklist.show",
        "reminders.show",
        "reminders.no_decision",
        "own_data.show",
        "own_data.log",
        "own_data.export",
        "closing.close",
    }
)
"""Where a person may be sent back to: names of our own pages, never an address."""


@blueprint.route(f"{LANG}/sign-in", methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def sign_in(lang: str) -> Response | str:
    """Wrong codes slow the answer down; nothing tells whether the reference exists."""
    form = SignInForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
        if citizen_visit():
            return redirect(url_for("dossier.show", lang=lang), 303)
        return render_template("sign_in/sign_in.html", form=form, wrong=None)
    if "_switch" in request.form:
        return render_template("sign_in/sign_in.html", form=form, wrong=None)
    if form.lacking:  # nothing to compare yet, and no try
        at, sentence = form.lacking
        return make_response(render_template("sign_in/sign_in.html", form=form, wrong=sentence, at=at), 422)
    reference, code = parse_reference(form.reference.data or ""), parse_access_code(form.code.data or "")
    tries = (("sign-in-reference", reference or form.reference.data or ""), ("sign-in-address", address()))
    by_reference, by_address = (limits.recent(kit(), purpose, who) for purpose, who in tries)
    wait_after(by_address, by_reference)
    try:
        secret = citizen.sign_in(kit(), reference, code, request_id())
    except citizen.AccountClosedError:
        closed = _("Vous avez fermé cet accès en ligne. Au centre, vous recevez un nouveau code.")
        return make_response(render_template("sign_in/sign_in.html", form=form, wrong=closed), 422)
    if secret is None:
        for purpose, who in tries:
            limits.count(kit(), purpose, who)
        wrong = _("La référence et le code ne vont pas ensemble. Contrôlez chaque chiffre.")
        return make_response(render_template("sign_in/sign_in.html", form=form, wrong=wrong), 422)
    target = form.next.data if form.next.data in NEXT else "dossier.show"
    response = redirect(url_for(target, lang=lang), 303)
    sessions.give(response, "citizen", secret)
    return response


@blueprint.post(f"{LANG}/sign-out")
@allow(Rule.PUBLIC)
def sign_out(lang: str) -> Response:
    """End the visit and forget what the browser keeps."""
    secret = sessions.secret("citizen")
    if secret:
        citizen.sign_out(kit(), secret)
    response = redirect(url_for("sign_in.ended", lang=lang), 303)
    sessions.take_back(response, "citizen", "filed")
    return forget_everything(response)


@blueprint.get(f"{LANG}/signed-out")
@allow(Rule.PUBLIC)
def ended(lang: str) -> str:
    """The visit has ended; the next person sees nothing of it."""
    return render_template("sign_in/ended.html")
