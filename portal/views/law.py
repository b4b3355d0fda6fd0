"""Every rule and amount that the portal knows, with its history and its source."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from portal.i18n.law_words.page import law_page
from portal.i18n.text import translator
from portal.security.access import Rule, allow
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("law", __name__)


@blueprint.get(f"{LANG}/law")
@allow(Rule.PUBLIC)
def law(lang: str) -> str:
    """The whole list as it stands today."""
    return render_template("law/law.html", topics=law_page(translator(g.lang), today()), on=today())
