"""What the household owns, against what is left to it (Directive LIAS, ch. 21.1; `wealth_exemption`)."""

from __future__ import annotations

from datetime import date

from portal.domain.estimate.lines import Line, LineCode, amount_said
from portal.domain.estimate.span import NOTHING, Span, centimes, total
from portal.domain.parameter import Law, Parameter
from portal.domain.situation import Relation, Situation
from portal.domain.unit import Member, Reason, Standing, Unit

_KINDS = ("accounts", "insurances", "vehicles", "claims", "moral_damages")


def wealth_line(situation: Situation, unit: Unit, on: date, law: Law) -> Line | None:
    """The wealth above the exemption, to be used first; None where nothing is owned.

    Accounts count in full. How vehicles, insurances and claims count is for the centre: from nothing to their value.
    """
    said = {kind: amount_said(getattr(situation, kind), on, left_out=NOTHING) for kind in _KINDS}
    owned = {kind: span for kind, span in said.items() if span != NOTHING}
    if not owned:
        return None
    rules = [law("wealth_exemption")]
    counted = said["accounts"] + total([said[kind] | NOTHING for kind in ("insurances", "vehicles", "claims")])
    for kind, name in (("vehicles", "vehicle"), ("insurances", "first_pension_funds"), ("claims", "first_claims")):
        if kind in owned:
            rules.append(law(name))
    if "moral_damages" in owned:
        rules.append(law("moral_damage_exemption"))
        counted += (said["moral_damages"] - _exemption(law("moral_damage_exemption"), unit)).at_least(0)
    left = _exemption(law("wealth_exemption"), unit)
    unknown = tuple(kind for kind, span in owned.items() if span.exact is None)
    vague = tuple(kind for kind in ("vehicles", "insurances", "claims") if kind in owned and kind not in unknown)
    return Line(
        code=LineCode.WEALTH,
        span=(counted - left).at_least(0),
        rules=tuple(rules),
        given=(*owned.items(), ("left", left)),
        unknown=(*unknown, *vague, *(("members",) if left.exact is None else ())),
    )


def _exemption(rule: Parameter, unit: Unit) -> Span:
    """What is left to single or couple, and for each child, up to the ceiling. Who is in doubt may count or not."""
    sure, maybe = unit.counted, (*unit.counted, *unit.those(Standing.IN_DOUBT))
    return Span(_left(rule, sure), _left(rule, maybe))


def _left(rule: Parameter, members: tuple[Member, ...]) -> int:
    partners = (Reason.SPOUSE, Reason.STABLE_PARTNER)
    couple = any(
        member.reason in partners or (member.reason is Reason.PERMIT and member.person.relation is not Relation.CHILD)
        for member in members
    )
    children = sum(member.person.relation is Relation.CHILD for member in members)
    found = centimes(rule.amount("couple" if couple else "single")) + children * centimes(rule.amount("child"))
    return min(found, centimes(rule.amount("ceiling"))) if rule.has("ceiling") else found
