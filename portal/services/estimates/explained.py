"""An estimate in the person's language: every sentence, amount and source that a page or a paper shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from portal.domain.directory import Office
from portal.domain.estimate import Budget, Estimate, Line, LineCode, Remark, RemarkCode, Span, estimate
from portal.domain.estimate.span import NOTHING
from portal.domain.parameter import Parameter
from portal.domain.routing import RouteKind
from portal.domain.situation import Situation
from portal.domain.subsidiarity import Claim, ClaimState
from portal.domain.unit import Reason
from portal.i18n.estimate import claims, lines, people, remarks, routes, spans
from portal.i18n.words import joined
from portal.law import directory
from portal.law.parameters import law_of

Say = Callable[[str], str]
"""Names a person of the household by id."""
NAMES_AMOUNTS = ("counted", "persons", "away")
"""Numbers behind a line that count persons, not francs."""


LOUD = (RemarkCode.PROPERTY, RemarkCode.HOMELESS, RemarkCode.MINOR)
"""What changes the meaning of the figure."""


@dataclass(frozen=True)
class LineText:
    """One line of the budget, ready to be read."""

    code: str
    title: str
    amount: str
    who: str | None
    rule: tuple[str, ...]
    sources: tuple[Parameter, ...]
    numbers: tuple[tuple[str, str], ...]
    causes: tuple[str, ...]
    width: str | None
    """How far apart its ends are; None where they are one."""
    key: str
    """The same line of another estimate has the same key."""


@dataclass(frozen=True)
class Bar:
    """One bar of the picture, in hundredths of the widest: what is sure, and how far it may go."""

    kind: str
    """`need`, `resource` or `aid`."""
    amount: str
    sure: int
    most: int


@dataclass(frozen=True)
class BudgetText:
    """One budget."""

    title: str | None
    """Which case it is, where there are two."""
    people: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Name, how they count, and the names of the parameters behind it."""
    needs: tuple[LineText, ...]
    resources: tuple[LineText, ...]
    need: str
    resource: str
    aid: str
    picture: tuple[Bar, ...]


@dataclass(frozen=True)
class RouteText:
    """Where this person is helped."""

    title: str
    sentences: tuple[str, ...]
    sources: tuple[Parameter, ...]
    offices: tuple[Office, ...]
    name_passed_on: bool
    """Of anybody in the household."""
    stands_out: bool
    """Whether it must be read before the figure."""
    centre: bool
    """Whether the centre may be competent."""


@dataclass(frozen=True)
class ClaimText:
    """One benefit that comes first."""

    name: str
    why: str
    state: str
    to_do: bool
    who: tuple[str, ...]
    offices: tuple[Office, ...]
    sources: tuple[Parameter, ...]


@dataclass(frozen=True)
class RemarkText:
    """One thing to know beside the figure."""

    code: str
    loud: bool
    """Whether it must be read before the figure."""
    title: str
    text: str
    sources: tuple[Parameter, ...]


@dataclass(frozen=True)
class Explained:
    """The whole result."""

    on: date
    headline: str | None
    """The range in words; None where no amount may be stated."""
    nothing: bool
    """The aid may come to nothing at its lower end."""
    surely_nothing: bool
    later: str | None
    """The range once the wealth above the exemption is used, where that differs."""
    route: RouteText
    budgets: tuple[BudgetText, ...]
    causes: tuple[LineText, ...]
    claims: tuple[ClaimText, ...]
    checks: tuple[RemarkText, ...]
    outside: tuple[RemarkText, ...]


_OFFICES = {
    RouteKind.ASYLUM: ("oasi", "spm-asile"),
    RouteKind.ASYLUM_OR_CENTRE: ("oasi", "spm-asile"),
    RouteKind.RED_CROSS_OR_CENTRE: ("croix-rouge", "oasi"),
    RouteKind.RENEWAL_INCOMPLETE: ("spm",),
    RouteKind.RENEWAL_UNCLEAR: ("spm",),
    RouteKind.NO_PERMIT: ("spm",),
}
"""Whom to turn to beside or instead of the centre."""


def explain(situation: Situation, on: date, language: str, *, staff: bool = False) -> Explained:
    """The estimate of a situation for the month of `on`, in words; `staff`: to a caseworker. Raises `BeforeTheLawError`."""
    found = estimate(situation, on, law_of(on))
    say: Say = partial(people.person_name, situation, language=language, staff=staff)
    many = len(situation.persons) > 1
    budgets = tuple(budget_text(budget, found, say, language) for budget in found.budgets)
    seen: dict[str, LineText] = {}
    for budget in found.budgets:
        for line in budget.causes:
            text = line_text(line, many, say, language)
            seen.setdefault(text.key, text)
    return Explained(
        on=on,
        headline=spans.in_words(found.range.outward(), language) if found.range else None,
        nothing=found.range is not None and found.range.low == 0,
        surely_nothing=found.range is not None and found.range == NOTHING,
        later=spans.in_words(found.later, language) if found.later and found.later != found.range else None,
        route=route_text(found, on, language),
        budgets=budgets,
        causes=_alike(seen.values()),
        claims=tuple(claim_text(claim, say, language) for claim in found.first),
        checks=tuple(remark_text(remark, language) for remark in found.checks),
        outside=tuple(remark_text(remark, language) for remark in found.outside),
    )


def _alike(causes: Iterable[LineText]) -> tuple[LineText, ...]:
    """Causes that read alike stand once, with everybody they are about."""
    found: dict[tuple[str, tuple[str, ...]], LineText] = {}
    for cause in causes:
        known = found.get((cause.title, cause.causes))
        who = [one.who for one in (known, cause) if one and one.who]
        found[cause.title, cause.causes] = replace(known or cause, who=joined(" · ", who) or None)
    return tuple(found.values())


def budget_text(budget: Budget, found: Estimate, say: Say, language: str) -> BudgetText:
    """One budget of an estimate, in words."""
    title, many = None, len(budget.unit.members) > 1
    if len(found.budgets) > 1:
        apart = any(member.reason is Reason.UNSTABLE_PARTNER for member in budget.unit.members)
        title = spans.case_title(not apart, language)
    return BudgetText(
        title=title,
        people=tuple(
            (
                say(member.person.id),
                people.standing_words(member, language),
                member.rules,
            )
            for member in budget.unit.members
            if many
        ),
        needs=tuple(line_text(line, many, say, language) for line in budget.needs),
        resources=tuple(line_text(line, many, say, language) for line in budget.resources),
        need=spans.in_words(budget.need, language),
        resource=spans.in_words(budget.resource, language),
        aid=spans.in_words(budget.aid, language),
        picture=_picture(budget, language),
    )


def _picture(budget: Budget, language: str) -> tuple[Bar, ...]:
    """Needs, resources and aid on one scale; an open end goes on to the edge."""
    spans_of = {"need": budget.need, "resource": budget.resource, "aid": budget.aid}
    widest = max([1, *(end for span in spans_of.values() for end in (span.low, span.high) if end is not None)])
    widest = widest if all(span.high is not None for span in spans_of.values()) else widest * 4 // 3
    return tuple(
        Bar(
            kind,
            spans.in_words(span, language),
            sure=max(0, span.low or 0) * 100 // widest,
            most=100 if span.high is None else max(0, span.high) * 100 // widest,
        )
        for kind, span in spans_of.items()
    )


def line_text(line: Line, many: bool, say: Say, language: str) -> LineText:
    """One line of a budget, in words; `many`: whether it says whom it is about."""
    width = line.span.width
    return LineText(
        code=line.code.value,
        title=lines.line_title(line, language),
        amount=spans.in_words(line.span, language),
        who=say(line.person) if line.person and many else None,
        rule=lines.line_rule(line, language),
        sources=line.rules,
        numbers=tuple((lines.number_name(name, language), _number(name, span, language)) for name, span in line.given),
        causes=lines.cause_words(line, language),
        width=None if line.span.exact is not None else spans.width_words(width, language),
        key=f"{_family(line.code)}/{line.person}/{line.income}",
    )


def _family(code: LineCode) -> str:
    """All forms of the allowance are one line when two estimates stand side by side."""
    return "allowance" if code.value.startswith("allowance") else code.value


def _number(name: str, span: Span, language: str) -> str:
    if name in NAMES_AMOUNTS and span.exact is not None:
        return str(span.exact)
    return spans.in_words(span, language)


def route_text(found: Estimate, on: date, language: str) -> RouteText:
    """Where the applicant is helped, in words."""
    law, way = law_of(on), found.route
    wanted = _OFFICES.get(way.kind, ())
    return RouteText(
        title=routes.route_title(way, language),
        sentences=routes.route_text(way, language),
        sources=tuple(law(name) for name in way.rules),
        offices=tuple(directory.office(name) for name in wanted),
        name_passed_on=any(one.name_passed_on for one in (way, *(other for _, other in found.routes))),
        stands_out=way.kind is not RouteKind.CENTRE,
        centre=way.kind is not RouteKind.ASYLUM,
    )


def claim_text(claim: Claim, say: Say, language: str) -> ClaimText:
    """One benefit that comes first, in words."""
    return ClaimText(
        name=claims.claim_name(claim, language),
        why=claims.claim_why(claim, language),
        state=claims.claim_state(claim, language),
        to_do=claim.state is ClaimState.TO_CLAIM,
        who=tuple(say(person) for person in claim.persons),
        offices=tuple(directory.office(name) for name in claim.rule.texts("offices")),
        sources=(claim.rule, *claim.details),
    )


def remark_text(remark: Remark, language: str) -> RemarkText:
    """One thing to know beside the figure, in words."""
    return RemarkText(
        code=remark.code.value,
        loud=remark.code in LOUD,
        title=remarks.remark_title(remark, language),
        text=remarks.remark_text(remark, language),
        sources=remark.rules,
    )
