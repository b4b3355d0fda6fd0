"""Rights and duties on paper: the notice for everybody, and the form that the own household signs with a pen."""

from __future__ import annotations

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from portal import content
from portal.domain.notice import RIGHTS
from portal.i18n.languages import STAFF_CODES, official_beside
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, kit, received_at
from portal.services import citizen
from portal.services.notices.acknowledging import own_standings
from portal.services.notices.kept_paper import kept_pdf
from portal.services.notices.sign_paper import SignForm, languages_of, sign_pdf
from portal.views.filed import pdf
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("notice_papers", __name__)


@blueprint.get(f"{LANG}/rights.pdf")
@allow(Rule.PUBLIC)
def rights(lang: str) -> Response:
    """The notice in this language, and in French or German beside it. Needs no database.

    `with`: which of the two; without it the one that pages show beside, else French.
    `version`: an earlier one; without it the newest.
    """
    version = _version()
    second = request.args.get("with")
    if second not in STAFF_CODES:
        second = g.get("beside") or official_beside(lang)
    beside = second if second != lang else None
    content_of = kept_pdf(RIGHTS, version, lang, beside, today(), notice_url(lang))
    return pdf(content_of, "-".join(["rights", str(version), lang, *([beside] if beside else [])]) + ".pdf")


@blueprint.get(f"{LANG}/dossier/rights/form.pdf")
@allow(Rule.CITIZEN)
def form(lang: str) -> Response:
    """The form to sign, with every adult of the own household."""
    demand = citizen.household_head(kit(), citizen_actor())
    standings = {
        language: own_standings(kit(), citizen_actor(), language) for language in languages_of(lang, demand.region)
    }
    made = SignForm(demand, standings, reader=citizen_actor().person)
    return pdf(sign_pdf(made, received_at(), notice_url(lang)), f"sign-{demand.reference}.pdf")


def notice_url(lang: str) -> str:
    """Where the notice is read."""
    return f"{kit().public_url}/{lang}/rights"


def _version() -> int:
    """The version that is asked for; what is none of the notice's is not found."""
    wanted = request.args.get("version")
    if wanted is None:
        return content.current(RIGHTS).version
    found = next((one for one in content.versions(RIGHTS) if str(one) == wanted), None)
    return abort(404) if found is None else found
