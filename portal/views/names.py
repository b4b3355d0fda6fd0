"""Template globals that name things in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol

from flask import Flask, g, get_template_attribute, request, url_for
from markupsafe import Markup, escape

from portal.domain.case_request import RequestKind
from portal.domain.deadlines import decision_due, reexamination_due, urgent_due
from portal.domain.demand import Channel, Need, filing_day
from portal.domain.directory import Centre
from portal.domain.interview import Interpreter
from portal.domain.notice import Paragraph, Run
from portal.domain.parameter import Parameter
from portal.domain.reference import group
from portal.i18n import households, interview, names, requests
from portal.i18n.changes import change_title
from portal.i18n.decisions import answers_words, kind_words
from portal.i18n.formats import long_date
from portal.i18n.languages import BY_CODE
from portal.i18n.law_words import label_words, short_value
from portal.i18n.text import kept
from portal.i18n.words import Minor, marked
from portal.law import directory
from portal.law.parameters import FIRST_DAY, parameter
from portal.security.context import received_at, settings
from portal.services.checklists import RuleWords
from portal.services.clocks import ClockView, clocks_of
from portal.services.decisions.rows import Record
from portal.services.demands import DemandView
from portal.views.staff.home import home_url


def install(app: Flask) -> None:
    """Register the names that templates use."""
    app.jinja_env.globals.update(
        region_name=lambda region, candidates=(): names.region_name(region, candidates, g.lang),
        commune_name=lambda bfs, on: names.commune_name(bfs, on, g.lang),
        channel_name=lambda channel: names.channel_name(Channel(channel), g.lang),
        need_name=lambda need: names.need_name(Need(need), g.lang),
        spoken_name=lambda code: names.spoken_name(code, g.lang),
        spoken_at_desk=lambda code: names.spoken_at_desk(code, g.lang),
        group_digits=group,
        clocks=clocks,
        filing_day=filing_day,
        today=today,
        decision_day=lambda filed: decision_due(filed, parameter("decision_clock", filed).whole()),
        urgent_day=lambda asked: urgent_due(filing_day(asked), parameter("urgent_clock", filing_day(asked)).whole()),
        reexamination_day=_reexamination_day,
        law_source=law_source,
        law_sources=law_sources,
        sourced=sourced,
        law_number=lambda name: parameter(name, today()).whole(),
        paper_words=lambda words: _paper_words(words, g.lang, g.get("beside")),
        centre_of=centre_of,
        centre_title=lambda centre: Minor(centre.name_in(g.lang), centre.name_in),
        umbrella=directory.umbrella,
        whole=lambda code: Markup('<bdi dir="ltr" class="nowrap">{}</bdi>').format(code),
        change_title=lambda kind: change_title(kind, g.lang),
        day_of=date.fromisoformat,
        event_name=lambda event: names.event_name(event.kind, event.to_region, g.lang),
        way_name=lambda way: names.way_name(way, g.lang),
        interview_way=lambda way: interview.way_words(way, g.lang),
        interview_antenna=lambda antenna: interview.antenna_words(antenna, g.lang),
        interview_place=lambda meeting: interview.place_words(meeting, g.lang),
        interview_interpreter=lambda meeting: interview.interpreter_words(meeting, g.lang),
        interview_step=lambda step: interview.step_words(step, g.lang),
        interpreter_choice=lambda choice: interview.interpreter_choice(Interpreter(choice), g.lang),
        close_why=lambda why: households.why_words(why, g.lang),
        household_step=lambda event, here: households.step_words(event, here, g.lang),
        glance_words=lambda reason: households.glance_words(reason, g.lang),
        identity_paper=lambda paper: interview.identity_words(paper, g.lang),
        desk_home=home_url,
        household_url=lambda head: url_for(
            "staff_paper_files.show" if head.on_paper else "staff_demands.show", **head.at_desk
        ),
        notice_words=notice_words,
        request_name=lambda kind: requests.request_name(RequestKind(kind), g.lang),
        because_words=lambda because, staff=False: requests.because_words(because, g.lang, staff=staff),
        decision_kind=lambda kind: kind_words(kind, g.lang),
        decision_answers=_decision_answers,
        foreign=lambda code: code is not None and code != g.lang,
        own_name=lambda code: BY_CODE[code].name,
        page_url=_page_url(),
        urgent_number_name=lambda office: names.urgent_number_name(office, g.lang),
    )


def _reexamination_day(asked: datetime) -> date:
    """The last day of the clock of a request for re-examination (`reexamination_clock`: an old text, probable)."""
    day = filing_day(asked)
    return reexamination_due(day, parameter("reexamination_clock", day).whole())


def _decision_answers(one: Record) -> str:
    """What a recorded decision answers, with its day."""
    day = long_date(one.asked, g.lang) if one.asked else ""
    return answers_words(one.answers, one.request_kind, day, g.lang)


def _page_url() -> Callable[[str], str]:
    """The address of a page that takes nothing but the language: built once for each, as every page names the same."""

    @lru_cache(maxsize=512)
    def built(endpoint: str, lang: str, _root: str) -> str:  # the root: where a proxy puts the portal under a path
        return url_for(endpoint, lang=lang)

    return lambda endpoint: built(endpoint, g.lang, request.script_root)


def notice_words(pair: tuple[Paragraph, ...]) -> Markup:
    """A paragraph of a notice; with the second language to set beside it where there is one."""
    own, *other = (Markup("").join(_run(run) for run in words) for words in pair)
    return marked(own, other[0]) if other else own


def _run(run: Run) -> Markup:
    return Markup("<strong>{}</strong>").format(run.text) if run.strong else escape(run.text)


def today() -> date:
    """The local day in Valais of this request's arrival."""
    return filing_day(received_at())


class Assigned(Protocol):
    """Something that a region, and perhaps an antenna, is responsible for."""

    @property
    def region(self) -> str | None:
        """None while none has it."""

    @property
    def antenna(self) -> str | None:
        """None where the region has none of its own for it."""


def centre_of(view: Assigned) -> Centre | None:
    """The office that a person turns to: the commune's antenna, else the region's centre; None while none has it.

    A demand that another centre has now keeps the antenna of its commune: that one is not of this centre.
    """
    if view.region is None:
        return None
    antenna = directory.antenna(view.antenna) if view.antenna else None
    return antenna if antenna is not None and antenna.region == view.region else directory.region(view.region)


def law_source(name: str) -> Markup:
    """The article and the confidence behind a legal sentence, from the dated data of this day."""
    return _law_source(name, today(), g.lang, g.get("beside"))


@kept
def _law_source(name: str, on: date, lang: str, beside: str | None) -> Markup:
    """The same for everybody in a language on a day."""
    source = get_template_attribute("components/source.html", "source")
    return Markup(source(parameter(name, on)))  # noqa: S704 - markup of our own template


def law_sources(rules: Iterable[Parameter]) -> Markup:
    """The list of the dated values behind a line, each leading to the page of the law."""
    links = settings().citizen
    return Markup('<ul class="sources">{}</ul>').format(
        Markup("").join(_law_entry(rule.name, rule.on, g.lang, g.get("beside"), links) for rule in rules)
    )


def sourced(rules: Iterable[Parameter | str]) -> Markup:
    """The attribute that names what stands behind an element: its parameters, or that it is a line of an estimate."""
    names = " ".join(dict.fromkeys(rule if isinstance(rule, str) else rule.name for rule in rules))
    return Markup(' data-source="{}"').format(names) if names else Markup(' data-not-law="estimate"')


@kept
def _law_entry(name: str, on: date, lang: str, beside: str | None, links: bool) -> Markup:
    """One entry; the same for everybody in a language on a day, so it is made once."""
    rule = parameter(name, on)
    link = url_for("law.law", lang=lang, _anchor=f"parameter-{name}") if links else ""
    entry = get_template_attribute("components/law_sources.html", "entry")
    return Markup(entry(rule, label_words(rule, lang), short_value(rule, lang), link, rule.since == FIRST_DAY))  # noqa: S704 - our own template


@kept
def _paper_words(words: RuleWords, lang: str, beside: str | None) -> Markup:
    """What a rule says of its paper, as a page shows it; the same for everybody in a language."""
    told = get_template_attribute("components/checklist.html", "told")
    return Markup(told(words))  # noqa: S704 - our own template


def clocks(view: DemandView) -> tuple[ClockView, ...]:
    """A demand's clocks on the day of this request."""
    return clocks_of(view, today())
