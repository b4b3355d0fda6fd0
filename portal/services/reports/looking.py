"""What a change does, before it is sent: read from two situations, ready to be shown. Writes nothing, decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from portal.domain.changes.change import Change
from portal.domain.changes.timeline import Overlaid, situation_on
from portal.domain.changes.uncounted import Uncounted, answers_little, uncounted
from portal.domain.estimate import Budget, Effect, Estimate, MonthPair, Remark, RemarkCode, effect
from portal.domain.estimate.effect import HORIZON
from portal.domain.months import first_of_month, last_of_month
from portal.domain.parameter import Parameter
from portal.domain.situation import Situation
from portal.domain.situation.words import APPLICANT
from portal.domain.subsidiarity import Claim, ClaimState, first_claims
from portal.i18n.changes.effect import (
    both_words,
    difference_words,
    figure_words,
    nothing_known_words,
    uncounted_words,
    when_words,
)
from portal.i18n.estimate.people import person_name
from portal.i18n.estimate.spans import case_title
from portal.i18n.formats import month_name, months_words
from portal.law.parameters import law_of
from portal.services.estimates.explained import (
    LineText,
    RemarkText,
    Say,
    claim_text,
    line_text,
    remark_text,
    route_text,
)
from portal.services.reports.looked import CaseText, EffectText, LinePair, LinesText, MonthText
from portal.services.reports.notes import Note, duty_notes, month_end_note, notes_of

MOST_MONTHS = 13
"""However far apart several changes lie. A choice of the portal."""


def what_it_does(
    before: Situation,
    after: Situation,
    changes: Sequence[Change],
    language: str,
    today: date,
    *,
    me: str = APPLICANT,
    staff: bool = False,
) -> EffectText:
    """The months from that of the earliest change on, and all that stands beside them. `after`: with the changes in it.

    `me`: the person who reads it; `staff`: a caseworker does. Raises `BeforeTheLawError` for a change before 1.7.2021.
    """
    days = [change.since for change in changes] or [today]
    say: Say = partial(person_name, after, language=language, me=me, staff=staff)
    found = effect(before, after, min(days), law_of, horizon=_horizon(min(days), max(days)))
    last = found.months[-1]
    rerouted = any(pair.rerouted for pair in found.months)
    left_out = uncounted(changes, after)
    nothing_known = answers_little(before, min(days))
    shown = not nothing_known and not _all_left_out(left_out, changes)
    reason = month_end_note(before, after, law_of(last.month), language) if shown else None
    months = tuple(_months(found.months, say, language)) if shown else ()
    return EffectText(
        months=months,
        lines=tuple(_alike(months, language)),
        when=_when(found, language, nothing_known=nothing_known, shown=shown and not _quiet(found, left_out)),
        uncounted=() if nothing_known else tuple(uncounted_words(one, language) for one in left_out),
        nothing_known=nothing_known,
        reasons=() if reason is None else (reason,),
        route=route_text(last.after.last, last.month, language) if rerouted else None,
        duties=duty_notes(changes, law_of(max(days)), language),
        asked=notes_of(before, after, changes, found, language),
        claims=tuple(claim_text(claim, say, language) for claim in _new_claims(before, after, days, last.month)),
        checks=_new_checks(found, language),
    )


def _all_left_out(left_out: Sequence[Uncounted], changes: Sequence[Change]) -> bool:
    """Whether nothing at all of a report is counted."""
    return bool(changes) and len([one for one in left_out if one.alone]) == len(changes)


def _quiet(found: Effect, left_out: Sequence[Uncounted]) -> bool:
    """Whether the figures stay as they are only because something that was said is not counted."""
    return bool(left_out) and found.first_possible is None


def _when(found: Effect, language: str, *, nothing_known: bool, shown: bool) -> tuple[str, ...]:
    if nothing_known:
        return (nothing_known_words(language),)
    return when_words(found, language) if shown else ()


def _horizon(first: date, last: date) -> int:
    """So many months that the last of several changes has one month of its own, and the next one."""
    apart = (last.year - first.year) * 12 + last.month - first.month
    return min(max(HORIZON, apart + 2), MOST_MONTHS)


def _months(pairs: Sequence[MonthPair], say: Say, language: str) -> Iterator[MonthText]:
    """Each month; lines that read as those of the month before are the same object, made once."""
    cases: tuple[CaseText, ...] = ()
    read: object = None
    for pair in pairs:
        wanted = [_read(side.last) for side in (pair.before, pair.after)]
        if wanted != read:
            cases, read = tuple(_cases(pair, say, language)), wanted
        why = None
        if pair.rule is not None:
            why = Note("both", None, both_words(pair.month, language), (pair.rule,))
        yield MonthText(
            month=pair.month,
            name=month_name(pair.month, language),
            before=figure_words(pair.before, language),
            after=figure_words(pair.after, language),
            difference=difference_words(pair.difference, language),
            changed=pair.possible,
            certain=pair.certain,
            why=why,
            cases=cases,
        )


def _read(found: Estimate) -> list[list[object]]:
    """What is read of the lines: the sources of two months differ by the day that they are asked for."""
    return [
        [
            (
                line.code,
                line.span,
                line.person,
                line.income,
                line.given,
                line.unknown,
                [_valued(rule) for rule in line.rules],
            )
            for line in budget.lines
        ]
        for budget in found.budgets
    ]


def _valued(rule: Parameter) -> tuple[object, ...]:
    return rule.name, rule.since, rule.admissible, rule.confidence, rule.carried_on, rule.change_expected


def _alike(months: Sequence[MonthText], language: str) -> Iterator[LinesText]:
    """Months that follow each other and read alike are told once."""
    for _, own in groupby(months, key=lambda month: id(month.cases)):
        alike = list(own)
        yield LinesText(months_words([one.month for one in alike], language), alike[0].cases)


def _cases(pair: MonthPair, say: Say, language: str) -> Iterator[CaseText]:
    """Each budget with the one of the same case; where there is one on one side only, it stands beside both."""
    sides = [side.last.budgets for side in (pair.before, pair.after)]
    number = max(len(budgets) for budgets in sides)
    for place in range(number):
        one, other = (
            _lines(budgets[min(place, len(budgets) - 1)], say, language) if budgets else {} for budgets in sides
        )
        pairs = [
            LinePair(other.get(key) or one[key], one.get(key), other.get(key)) for key in dict.fromkeys((*one, *other))
        ]
        yield CaseText(
            title=case_title(place == 0, language) if number > 1 else None,
            changed=tuple(one for one in pairs if not one.same),
            same=tuple(one for one in pairs if one.same),
        )


def _lines(budget: Budget, say: Say, language: str) -> dict[str, LineText]:
    """Needs, then resources, by key; several lines of one key are told apart by their place."""
    lines: dict[str, LineText] = {}
    for line in budget.lines:
        text = line_text(line, len(budget.unit.members) > 1, say, language)
        key, place = text.key, 2
        while key in lines:
            key, place = f"{text.key}/{place}", place + 1
        lines[key] = text
    return lines


def _new_claims(before: Situation, after: Situation, days: Sequence[date], last: date) -> Iterator[Claim]:
    """Benefits that are to be claimed at the end of a change's month, or of the last one, and were not without; each once."""
    seen: set[str] = set()
    for day in sorted({last_of_month(day) for day in (*days, last)}):
        # Of what holds that day only: an income that ended is paid no more.
        known = {(claim.name, claim.persons) for claim in _to_claim(before, day)}
        for claim in _to_claim(after, day):
            if (claim.name, claim.persons) not in known and claim.name not in seen:
                seen.add(claim.name)
                yield claim


def _to_claim(situation: Situation, day: date) -> tuple[Claim, ...]:
    claims = first_claims(situation_on(Overlaid(situation), day), day, law_of(first_of_month(day)))
    return tuple(claim for claim in claims if claim.state is ClaimState.TO_CLAIM)


def _new_checks(found: Effect, language: str) -> tuple[RemarkText, ...]:
    checks: dict[RemarkCode, Remark] = {}
    for pair in found.months:
        known = {remark.code for remark in pair.before.last.checks}
        for remark in pair.after.last.checks:
            if remark.code not in known:
                checks.setdefault(remark.code, remark)
    return tuple(remark_text(remark, language) for remark in checks.values())
