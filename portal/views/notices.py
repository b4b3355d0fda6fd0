"""Read the notices: rights and duties chapter by chapter with their questions, the whole text of each, older versions."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, g, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.content import UnknownNoticeError, current
from portal.content.accessibility import figures
from portal.domain.notice import RIGHTS, Chapter, is_right
from portal.forms.notices import chosen
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, citizen_visit, kit
from portal.services.notices import progress
from portal.services.notices.texts import NoticeText, is_original, notice_text
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("notices", __name__)


@blueprint.get(f"{LANG}/rights")
@allow(Rule.PUBLIC)
def rights(lang: str) -> str:
    """The chapters, each with what it is about."""
    return page_of("notices/rights.html", RIGHTS, done=_own_progress())


@blueprint.route(f"{LANG}/rights/<chapter_id>", methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def chapter(lang: str, chapter_id: str) -> Response:
    """One chapter, and its questions: answered as often as wanted, explained at once, never a grade."""
    text = text_of(RIGHTS)
    found = text.notice.chapter(chapter_id)
    if found is None:
        return abort(404)
    answers = chosen(request.form, found.questions)
    answered = request.method == "POST" and "_switch" not in request.form
    explain = _note(found, answers) if answered and citizen_visit() else None
    places = [one.id for one in text.notice.chapters]
    here = places.index(found.id)
    html = render_template(
        "notices/chapter.html",
        text=text,
        original=is_original(lang),
        chapter=found,
        answers=answers,
        answered=answered and "_explain" not in request.form,
        right={one.id: is_right(one, answers[one.id]) for one in found.questions},
        explain=explain if explain is not None else _own_progress().get(found.id),
        number=here + 1,
        before=_neighbour(text, here - 1),
        after=_neighbour(text, here + 1),
    )
    return make_response(html)


@blueprint.get(f"{LANG}/rights/all")
@allow(Rule.PUBLIC)
def whole(lang: str) -> Response:
    """The whole text on one page, to read through or to print."""
    return _whole(RIGHTS)


@blueprint.get(f"{LANG}/rights/version/<int:version>")
@allow(Rule.PUBLIC)
def version(lang: str, version: int) -> Response:
    """One version as it was published; what was acknowledged can be read for ever."""
    return _whole(RIGHTS, version) if version else _unknown(version)


@blueprint.get(f"{LANG}/privacy")
@allow(Rule.PUBLIC)
def privacy(lang: str) -> Response:
    """What is kept of people, where, who sees it, and their rights."""
    return _whole("privacy")


@blueprint.get(f"{LANG}/accessibility")
@allow(Rule.PUBLIC)
def accessibility(lang: str) -> str:
    """What was tested, what is weak, and the figures of the last look at every page."""
    return page_of("notices/accessibility.html", "accessibility", figures=figures())


@blueprint.get(f"{LANG}/imprint")
@allow(Rule.PUBLIC)
def imprint(lang: str) -> Response:
    """Who stands behind the portal, as far as that is known."""
    return _whole("imprint")


def text_of(name: str, version: int = 0) -> NoticeText:
    """A notice in the language of the page, with the one that the person wants beside. Raises `UnknownNoticeError`."""
    return notice_text(name, g.lang, today(), second=g.get("beside"), version=version)


def page_of(template: str, name: str, version: int = 0, **more: object) -> str:
    """A page that shows a notice. Raises `UnknownNoticeError`."""
    text = text_of(name, version)
    return render_template(template, text=text, original=is_original(g.lang), newest=current(name).version, **more)


def _whole(name: str, version: int = 0) -> Response:
    try:
        return make_response(page_of("notices/whole.html", name, version))
    except UnknownNoticeError:
        return _unknown(version)


def _unknown(version: int) -> Response:
    here = url_for("notices.whole", lang=g.lang)
    return make_response(render_template("notices/unknown.html", version=version, newest_url=here), 404)


def _own_progress() -> dict[str, bool]:
    """Of who has signed in: which chapters they answered, and whether those are to be explained."""
    return dict(progress.own_progress(kit(), citizen_actor())) if citizen_visit() else {}


def _note(chapter: Chapter, answers: Mapping[str, frozenset[str]]) -> bool | None:
    """Whether the chapter is to be explained, as the desk sees it from now on; None: nothing was said of that.

    Who asked for it is explained, until every answer is right.
    """
    right = [is_right(one, answers[one.id]) for one in chapter.questions]
    wrong = [answers[one.id] for one, well in zip(chapter.questions, right, strict=True) if not well]
    if "_explain" in request.form or any(wrong):
        explain = True
    elif not wrong:
        explain = False
    else:
        return None
    progress.note_chapter(kit(), citizen_actor(), chapter.id, explain=explain)
    return explain


def _neighbour(text: NoticeText, place: int) -> Chapter | None:
    return text.notice.chapters[place] if 0 <= place < len(text.notice.chapters) else None
