"""The estimate as PDF. The sealed answers come in the form, and go with the request: nothing is stored."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.forms.estimate import Path
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at
from portal.services.estimates import open_answers
from portal.services.estimates.paper import estimate_pdf
from portal.views.estimate import explained
from portal.views.filed import pdf
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("estimate_paper", __name__)


@blueprint.post(f"{LANG}/estimate/pdf")
@allow(Rule.PUBLIC)
def paper(lang: str) -> Response:
    """The paper as download; without answers that can be read, back to the path. Needs no database."""
    answers = open_answers(kit(), request.form.get("answers", ""))
    path = Path(answers or {}, today())
    if not answers or path.first_faulty() is not None:
        return redirect(url_for("estimate.estimate", lang=lang), 303)
    content = estimate_pdf(explained(path, lang), lang, received_at(), kit().public_url)
    return pdf(content, f"estimate-{today():%Y-%m}.pdf")
