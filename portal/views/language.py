"""The language of a page: in the address for citizens, in the session for staff, else as the browser asks."""

from __future__ import annotations

from flask import Flask, g, request, session, url_for
from werkzeug.routing import BuildError

from portal.i18n.languages import BY_CODE, CODES, DEFAULT, LANGUAGES, STAFF_CODES, Language
from portal.security.context import on_helped_form, settings, staff_visit

LANG = f"/<any({','.join(CODES)}):lang>"
"""Prefix of every citizen address."""
STAFF_LANGUAGE = "staff-language"
"""Where the signed cookie keeps the choice of staff who have not signed in yet."""


def install(app: Flask) -> None:
    """Know the language before every view."""

    @app.before_request
    def know() -> None:
        choose()


def follow_session(app: Flask) -> None:
    """Stands behind the access rules: once the caseworker is known, the language of their session counts."""

    @app.before_request
    def know_again() -> None:
        if on_staff_pages():
            choose()


def choose() -> str:
    """Decide the language of this request and remember it in `g`."""
    first = request.path.split("/")[1]
    named = (request.view_args or {}).get("lang")
    if named in BY_CODE:
        g.lang = named
    elif on_staff_pages():
        visit = staff_visit()
        g.lang = visit.language if visit else session.get(STAFF_LANGUAGE) or _preferred(STAFF_CODES)
    elif first in BY_CODE:
        g.lang = first
    else:
        g.lang = _preferred(CODES)
    return str(g.lang)


def _preferred(codes: tuple[str, ...]) -> str:
    """The first wish that we have, by its main language: `ar-SY` before a weaker `fr`."""
    wishes = (wish.partition("-")[0].lower() for wish, quality in request.accept_languages if quality > 0)
    return next((wish for wish in wishes if wish in codes), DEFAULT)


def language() -> Language:
    """The language of this request."""
    return BY_CODE[g.get("lang", DEFAULT)]


def languages() -> tuple[Language, ...]:
    """The languages that the menu offers on this page."""
    if on_staff_pages() and not on_helped_form():
        return tuple(BY_CODE[code] for code in STAFF_CODES)
    return LANGUAGES


def language_urls() -> dict[str, str]:
    """The address of this page in each language, with the page's own arguments, and the home page where it has none."""
    answers_a_post = request.url_rule is not None and "GET" not in (request.url_rule.methods or ())
    if on_staff_pages() and not on_helped_form():
        here = staff_page() if answers_a_post else request.full_path.rstrip("?")
        return {code: url_for("staff_language.switch", code=code, back=here) for code in STAFF_CODES}
    if answers_a_post:
        return {code: f"/{code}/" for code in CODES}
    arguments = dict(request.view_args or {})
    try:
        kept = {
            name: value for name, value in request.args.items() if name in ("changed", "next", "of", "q", "commune")
        }
        return {code: url_for(request.endpoint or "", **{**arguments, **kept, "lang": code}) for code in CODES}
    except BuildError:
        return {code: f"/{code}/" for code in CODES}


def staff_page() -> str:
    """The page of the desk that one is on; where this answers a POST that has none, the one above."""
    answers_a_post = request.url_rule is not None and "GET" not in (request.url_rule.methods or ())
    return request.path.rpartition("/")[0] if answers_a_post else request.path


def on_staff_pages() -> bool:
    """Whether this request is for the staff desk; a process with one surface has the pages of that one only."""
    here = settings()
    return here.staff and (not here.citizen or request.path.startswith("/staff"))
