"""Which dossier a page was about: another tab of the browser may have opened another one since."""

from __future__ import annotations

from flask import g, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.reference import parse_reference
from portal.i18n.languages import CODES
from portal.security.context import on_helped_form, whose_form
from portal.views.typed import typed_fields


def meant() -> bool:
    """Whether the page that was sent is of the dossier and the adult that are open now: another tab may have opened another."""
    visit = whose_form()
    if visit is None or parse_reference(request.form.get("reference", "")[:100]) != visit.reference:
        return False
    return request.form.get("whose") == visit.person


def another_dossier() -> Response:
    """Nothing is saved: the page belongs to another dossier than the one that is open in this browser."""
    typed = [(name, value) for name, value in typed_fields() if name != "_switch"]
    sign_in = url_for("staff_board.board") if on_helped_form() else url_for("sign_in.sign_in", lang=g.lang)
    html = render_template(
        "situation/another.html", typed=typed, sign_in=sign_in, language_urls=here_in_each_language()
    )
    return make_response(html, 409)


def here_in_each_language() -> dict[str, str]:
    """This address in each language, also where it answers only to what is sent: the menu sends the page's form along."""
    return {code: url_for(request.endpoint or "", **{**(request.view_args or {}), "lang": code}) for code in CODES}
