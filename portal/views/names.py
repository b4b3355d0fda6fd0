"""Template globals that name things in the language of the page."""

from __future__ import annotations

from datetime import date

from flask import Flask, g, get_template_attribute, url_for
from markupsafe import Markup

from portal.domain.deadlines import decision_due, urgent_due
from portal.domain.demand import Channel, Need, filing_day
from portal.domain.directory import Centre
from portal.domain.reference import group
from portal.i18n import names
from portal.i18n.law_words import label_words, short_value
from portal.law import directory
from portal.law.parameters import parameter
from portal.security.context import received_at
from portal.services.clocks import ClockView, clocks_of
from portal.services.demands import DemandView


def install(app: Flask) -> None:
    """Register the names that templates use."""
    app.jinja_env.globals.update(
        region_name=lambda region, candidates=(): names.region_name(region, candidates, g.lang),
        commune_name=lambda bfs, on: names.commune_name(bfs, on, g.lang),
        channel_name=lambda channel: names.channel_name(Channel(channel), g.lang),
        need_name=lambda need: names.need_name(Need(need), g.lang),
        spoken_name=lambda code: names.spoken_name(code, g.lang),
        group_digits=group,
        clocks=clocks,
        filing_day=filing_day,
        today=today,
        decision_day=lambda filed: decision_due(filed, parameter("decision_clock", filed).whole()),
        urgent_day=lambda asked: urgent_due(filing_day(asked), parameter("urgent_clock", filing_day(asked)).whole()),
        law_source=law_source,
        law_link=lambda rule: url_for("law.law", lang=g.lang, _anchor=f"parameter-{rule.name}"),
        law_value=lambda rule: short_value(rule, g.lang),
        law_label=lambda rule: label_words(rule, g.lang),
        centre_of=centre_of,
        centre_title=lambda centre: centre.name_in(g.lang),
        umbrella=directory.umbrella,
        whole=lambda code: Markup('<bdi dir="ltr" class="nowrap">{}</bdi>').format(code),
        event_name=lambda event: names.event_name(event.kind, event.to_region, g.lang),
        urgent_number_name=lambda office: names.urgent_number_name(office, g.lang),
    )


def today() -> date:
    """The local day in Valais of this request's arrival."""
    return filing_day(received_at())


def centre_of(view: DemandView) -> Centre | None:
    """The office that a person turns to: the commune's antenna, else the region's centre; None while none has it."""
    if view.region is None:
        return None
    return directory.antenna(view.antenna) if view.antenna else directory.region(view.region)


def law_source(name: str) -> Markup:
    """The article and the confidence behind a legal sentence, from the dated data of this day."""
    source = get_template_attribute("components/source.html", "source")
    return Markup(source(parameter(name, today())))  # noqa: S704 - markup of our own template


def clocks(view: DemandView) -> tuple[ClockView, ...]:
    """A demand's clocks on the day of this request."""
    return clocks_of(view, today())
