"""The second language of a page: French or German beside the own one, chosen in the language menu, kept in a cookie.

On a person's form at the desk it is always there, without a choice: the person's language and the caseworker's together.
While the device is with the person there is none.

`?beside=fr`, `de` or `off` on any page decides; what was typed travels as it does when the language changes.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlencode

from flask import Flask, g, request
from werkzeug.wrappers import Response

from portal.i18n import words
from portal.i18n.languages import DEFAULT, LANGUAGES, official_beside
from portal.security import sessions
from portal.security.context import helped, lent, on_helped_form, staff_visit
from portal.views import language
from portal.views.pairing import paired

ARGUMENT: Final = "beside"
COOKIE: Final = "beside"
OFF: Final = "off"
OFFICIAL: Final = tuple(one.code for one in LANGUAGES if one.official)
SECONDS: Final = 365 * 24 * 60 * 60


def install(app: Flask) -> None:
    """Know the second language before every view, and set it beside the first on every page."""

    @app.before_request
    def know() -> None:
        choose()

    @app.after_request
    def show(response: Response) -> Response:
        if response.mimetype == "text/html":
            _remember(response)
            if second := g.get("beside"):
                response.set_data(paired(response.get_data(as_text=True), second, options=on_helped_form()))
        return response

    @app.teardown_request
    def forget(_error: BaseException | None) -> None:
        words.beside.set(None)


def choose() -> None:
    """Decide the second language of this request. Once more wherever the first one changes."""
    own = g.get("lang", DEFAULT)
    if lent():
        g.beside = None
    elif with_somebody():
        g.beside = at_the_desk(own)
    else:
        asked = _asked() or sessions.secret(COOKIE)
        g.beside = second(asked, own) if asked in OFFICIAL else None
    words.beside.set(g.beside)


def with_somebody() -> bool:
    """Whether a caseworker sits before this form with the person whose form it is."""
    return on_helped_form() and helped() is not None and staff_visit() is not None


def at_the_desk(own: str) -> str | None:
    """What stands beside `own` on the form of somebody who is there: the caseworker's language, or else the person's.

    So both read it, whichever of the two the page was turned to. None where they share one.
    """
    visit, person = staff_visit(), helped()
    found = [one for one in (visit and visit.language, person and person.language) if one and one != own]
    return found[0] if found else None


def _asked() -> str | None:
    value = request.args.get(ARGUMENT)
    return value if value in (*OFFICIAL, OFF) else None


def second(asked: str, own: str) -> str:
    """What stands beside `own` for who asked for `asked`: never the same twice, so the other official language."""
    return asked if asked != own else next(code for code in OFFICIAL if code != own)


def _remember(response: Response) -> None:
    asked = _asked()
    if asked is None or asked == sessions.secret(COOKIE):
        return
    if asked == OFF:
        sessions.take_back(response, COOKIE)
    else:
        sessions.give(response, COOKIE, asked, SECONDS)


def choices(region: str | None = None) -> tuple[tuple[str, bool], ...]:
    """What the menu offers: a language to show beside and whether it is shown; first the one of the person's centre."""
    own = g.get("lang", DEFAULT)
    if with_somebody():
        return ()
    first = second(official_beside(own, region), own)
    others = (code for code in OFFICIAL if code not in (own, first))
    return tuple((code, code == g.get("beside")) for code in (first, *others))


def address(code: str, here: str) -> str:
    """This page with `code`, or nothing, beside its own language; `here`: what the language menu has for that one."""
    if language.on_staff_pages() and not on_helped_form():
        arguments = request.args.items(multi=True) if request.method == "GET" else ()
        kept = [(name, value) for name, value in arguments if name != ARGUMENT]
        return f"{quote(language.staff_page())}?{urlencode([*kept, (ARGUMENT, code)])}"
    return f"{here}{'&' if '?' in here else '?'}{ARGUMENT}={code}"


def post_address(code: str, here: str) -> str:
    """Where the page's form goes to show it again with `code` beside."""
    if language.on_staff_pages() and not on_helped_form():
        return f"{quote(request.path)}?{ARGUMENT}={code}"
    return address(code, here)
