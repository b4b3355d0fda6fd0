"""Another adult reads the notice by a link and acknowledges it: once, for fourteen days, and nothing of the dossier shows."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from portal.domain.notice import LINK_DAYS, RIGHTS
from portal.forms.notices import AcknowledgeForm, version_of
from portal.forms.staff import faults_of
from portal.security.access import Rule, allow
from portal.security.context import kit, request_id
from portal.security.proxy import address
from portal.security.slowdown import TooManyTriesError
from portal.services import limits
from portal.services.notices import acknowledging, links
from portal.services.notices.acknowledging import OtherVersionError
from portal.services.notices.links import LinkOverError
from portal.services.situations import NotInHouseholdError
from portal.views.language import LANG
from portal.views.notices import page_of

blueprint = Blueprint("notice_link", __name__)

MOST_MISSES = 60
"""Links that do not work, from one address in ten minutes; more must wait."""


@blueprint.route(f"{LANG}/notice/<string(length=32):token>", methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def show(lang: str, token: str) -> Response:
    """The whole text, and at its end one box and one button. Looking uses nothing up: previews of messages look."""
    try:
        return _show(lang, token)
    except LinkOverError:
        if limits.count(kit(), "notice-link", address()) > MOST_MISSES:
            raise TooManyTriesError from None
        return make_response(render_template("notices/over.html", days=LINK_DAYS, left=False), 404)
    except NotInHouseholdError:
        return make_response(render_template("notices/over.html", days=LINK_DAYS, left=True), 409)


def _show(lang: str, token: str) -> Response:
    view, form, stale = links.look(kit(), token, request_id()), AcknowledgeForm(), False
    if view.given is None and request.method == "POST" and "_switch" not in request.form and form.validate():
        try:
            links.acknowledge_by(kit(), token, version_of(request.form.get("version", "")), lang, request_id())
        except OtherVersionError:
            stale = True
        else:
            return redirect(request.path, 303)
    if view.given is not None:
        return make_response(render_template("notices/given.html", given=view.given))
    news = acknowledging.what_changed(view.before, lang) if view.before else None
    html = page_of(
        "notices/by_link.html", RIGHTS, form=form, faults=faults_of(form), stale=stale, changes=news, days=LINK_DAYS
    )
    return make_response(html, 422 if form.errors else 409 if stale else 200)
