"""From a situation to the list that a person reads: the rules' texts, the months, and what became of each paper."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from portal.checklists import ChecklistRule, DocumentRequest, checklist, rules
from portal.checklists.reading import TOPICS
from portal.domain.demand import filing_day
from portal.domain.document_request import (
    CENTRE_PAPER,
    Asked,
    Mark,
    RequestState,
    Told,
    other_key,
    read_key,
    request_key,
)
from portal.domain.parameter import Confidence, Law, Parameter
from portal.domain.situation import Situation
from portal.domain.situation.words import APPLICANT
from portal.i18n.checklists import words
from portal.i18n.checklists.questions import decided_by
from portal.i18n.checklists.texts import rule_text
from portal.i18n.documents import other_paper
from portal.i18n.estimate.people import person_name
from portal.i18n.formats import long_date, months_words, short_date
from portal.i18n.text import kept
from portal.law.parameters import law_of
from portal.services.checklists.texts import ChecklistText, Counts, GroupText, ItemText, RuleWords

NO_MARKS: Final[Mapping[str, Mark]] = MappingProxyType({})
_WAITING: Final = (RequestState.TO_BRING, RequestState.TO_SIGN)


def explain_checklist(
    situation: Situation,
    filed: date,
    language: str,
    marks: Mapping[str, Mark] = NO_MARKS,
    *,
    staff: bool = False,
    me: str = APPLICANT,
    requests: tuple[DocumentRequest, ...] | None = None,
    asked: Mapping[str, Asked] = MappingProxyType({}),
    others: Mapping[uuid.UUID, str | None] = MappingProxyType({}),
) -> ChecklistText:
    """The papers of a household that filed on that day, in words; `marks` by `request_key`.

    `me`: the person who reads it; `staff`: a caseworker does.

    `asked`: what the centre asks for by itself, by key; of a rule's paper only its words, the request is among `requests`.

    `others`: papers that no item asks for and that have a mark, with what the person calls them.

    `requests`: what the engine gave for it, where the caller has asked already.
    A mark of a paper that the answers no longer ask for stays, as «no longer needed».
    """
    if requests is None:
        requests = checklist(situation, filed, law_of(filed))
    say = _Sayer(situation, language, law_of(filed), staff=staff, me=me)
    found = [say.item(request, marks.get(key_of(request)), asked.get(key_of(request))) for request in requests]
    own = [say.own(one, marks.get(key)) for key, one in asked.items() if read_key(key).rule == CENTRE_PAPER]
    sent = tuple(say.other(document, title, marks[other_key(document)]) for document, title in others.items())
    topics = {rule.id: rule.topic for rule in rules()}
    groups = [
        GroupText(topic, words.topic_name(topic, language), _sure_first(found, topic, topics)) for topic in TOPICS
    ]
    gone = [item for item in found if item.state is RequestState.NOT_NEEDED]
    gone += say.gone(marks, {item.key for item in found})
    groups.insert(0, GroupText("centre", words.topic_name("centre", language), tuple(own)))
    groups.append(GroupText("not_needed", words.topic_name("not_needed", language), tuple(gone)))
    groups = [group for group in groups if group.items]
    longest = max((request.months for request in requests), key=len, default=())
    return ChecklistText(
        language=language,
        filed=filed,
        filed_words=long_date(filed, language),
        months=_months(longest, language),
        groups=tuple(groups),
        counts=_counts([*own, *found, *(one for one in sent if not one.done)]),
        others=sent,
    )


def _sure_first(items: Iterable[ItemText], topic: str, topics: Mapping[str, str]) -> tuple[ItemText, ...]:
    """Those of a topic, what is only perhaps needed last."""
    own = (item for item in items if topics[item.rule] == topic and item.state is not RequestState.NOT_NEEDED)
    return tuple(sorted(own, key=lambda item: item.perhaps))


def _counts(items: Iterable[ItemText]) -> Counts:
    kinds = [_kind(item) for item in items]
    return Counts(*(kinds.count(kind) for kind in ("to_bring", "to_sign", "perhaps", "done", "cannot", "refused")))


def _kind(item: ItemText) -> str:
    """Where an item counts."""
    if item.done:
        return "done"
    if item.state in (RequestState.CANNOT, RequestState.NOT_NEEDED):
        return item.state.value
    if item.state is RequestState.REFUSED:
        return "refused"
    return "perhaps" if item.perhaps else item.state.value


class _Sayer:
    """Every paper of one household, in one language."""

    def __init__(self, situation: Situation, language: str, law: Law, *, staff: bool, me: str) -> None:
        self._situation, self._language, self._law, self._staff = situation, language, law, staff
        self._me = me
        self._persons = {person.id for person in situation.persons}

    def item(self, request: DocumentRequest, mark: Mark | None, asked: Asked | None = None) -> ItemText:
        """A paper that the answers ask for."""
        begins = RequestState(request.rule.state.value)
        state = begins if mark is None or mark.state in _WAITING else mark.state
        text = self._text(request.rule, request.person, state, mark, request)
        if asked is None:
            return text
        return replace(text, asked=asked.told, told=None if text.told == asked.told else text.told)

    def own(self, asked: Asked, mark: Mark | None) -> ItemText:
        """A paper that the centre asks for in its own words."""
        text = self._of_no_rule(asked.key, _centre_words(self._language), mark)
        if text.state is RequestState.TO_BRING:  # what was written with it says which paper it is
            text = replace(text, reason=None, told=None)
        return replace(text, months=_months(asked.months, self._language), asked=asked.told)

    def other(self, document: uuid.UUID, called: str | None, mark: Mark) -> ItemText:
        """A paper that somebody sent and that no item asks for."""
        said = replace(_centre_words(self._language), title=called or other_paper(self._language))
        return replace(self._of_no_rule(other_key(document), said, mark), document=document)

    def _of_no_rule(self, key: str, said: RuleWords, mark: Mark | None) -> ItemText:
        language = self._language
        state = mark.state if mark else RequestState.TO_BRING
        return ItemText(
            key=key,
            rule=key,
            person=None,
            words=said,
            who=None,
            laws=(),
            months="",
            perhaps=False,
            decides=(),
            open_answers=(),
            state=state,
            state_words=words.state_name(state, language),
            state_day=short_date(filing_day(mark.at), language) if mark else None,
            noted_at=mark.at if mark else None,
            by_staff=mark is not None and mark.by_staff,
            reason=_reason(mark),
            told=_told(mark),
            obstacle=words.obstacle_name(mark.obstacle, language) if mark and mark.obstacle else None,
            asker=words.asker_name(mark.asker, language, staff=self._staff) if mark and mark.asker else None,
            wanted_by=long_date(mark.wanted_by, language) if mark and mark.wanted_by else None,
            wanted_on=mark.wanted_by if mark else None,
        )

    def gone(self, marks: Mapping[str, Mark], known: set[str]) -> Iterator[ItemText]:
        """Papers that were marked and are no longer asked for, in the order of the rules."""
        for rule in rules():
            for key in sorted(marks):
                # What a reported change asks for stands with that report, needed or not.
                if key not in known and (parts := read_key(key)).rule == rule.id and parts.report is None:
                    yield self._text(rule, parts.person, RequestState.NOT_NEEDED, marks[key], None)

    def _text(
        self,
        rule: ChecklistRule,
        person: str | None,
        state: RequestState,
        mark: Mark | None,
        request: DocumentRequest | None,
    ) -> ItemText:
        language = self._language
        unsure = request is not None and not request.certain
        return ItemText(
            key=key_of(request) if request else request_key(rule.id, person),
            rule=rule.id,
            person=person,
            words=_rule_words(rule.id, language),
            who=self._who(person),
            laws=self._laws(rule),
            months=_months(request.months, language) if request else "",
            perhaps=unsure,
            decides=decided_by(request.open_answers, request.unknown, language) if request else (),
            open_answers=request.open_answers if request else (),
            state=state,
            state_words=words.state_name(state, language),
            state_day=short_date(filing_day(mark.at), language) if mark else None,
            noted_at=mark.at if mark else None,
            by_staff=mark is not None and mark.by_staff,
            reason=words.gone_words(language) if request is None else mark.reason if mark else None,
            told=_told(mark) if request else Told(words.gone_words(language), None, None),
            obstacle=words.obstacle_name(mark.obstacle, language) if mark and mark.obstacle else None,
            asker=words.asker_name(mark.asker, language, staff=self._staff) if mark and mark.asker else None,
            wanted_by=long_date(mark.wanted_by, language) if mark and mark.wanted_by and request else None,
            wanted_on=mark.wanted_by if mark and request else None,
            report=request.report if request else None,
        )

    def _who(self, person: str | None) -> str | None:
        if person is None or person not in self._persons or len(self._persons) == 1:
            return None
        return person_name(self._situation, person, self._language, staff=self._staff, me=self._me)

    def _laws(self, rule: ChecklistRule) -> tuple[Parameter, ...]:
        return (self._law(rule.basis.parameter),) if rule.basis.parameter else ()


def _told(mark: Mark | None) -> Told | None:
    if mark is None or mark.told is not None:
        return mark.told if mark else None
    return Told(None, mark.reason, None) if mark.reason else None


def _reason(mark: Mark | None) -> str | None:
    return mark.reason if mark else None


def key_of(request: DocumentRequest) -> str:
    """The stable name of a paper that is asked for."""
    return request_key(request.rule.id, request.person, request.report)


def paper_title(key: str, language: str) -> str | None:
    """What the paper of that name is called, without whose it is; None where no rule has the name."""
    name = read_key(key).rule
    if name == CENTRE_PAPER:
        return _centre_words(language).title
    title = next((rule.title for rule in rules() if rule.id == name), None)
    return rule_text(title, language) if title else None


@kept
def _rule_words(name: str, language: str) -> RuleWords:
    """What the rule of that name says."""
    rule = next(rule for rule in rules() if rule.id == name)
    return RuleWords(
        title=rule_text(rule.title, language),
        official=rule_text(rule.official, language) if rule.official else None,
        why=rule_text(rule.why, language),
        basis=words.basis_words(rule.basis.article, language),
        sureness=words.sureness_words(rule.confidence, language),
        source=" ".join(rule.source.split()),
        looks_like=rule_text(rule.looks_like, language),
        where=rule_text(rule.where, language),
        cost=rule_text(rule.cost, language) if rule.cost else words.cost_words(language),
        cost_known=rule.cost is not None,
        instead=tuple(rule_text(text, language) for text in rule.instead),
    )


@kept
def _centre_words(language: str) -> RuleWords:
    """What is said of a paper that the centre asks for in its own words."""
    told = words.centre_paper_words(language)
    return RuleWords(
        title=told["title"],
        official=None,
        why=told["why"],
        basis=words.basis_words(None, language),
        sureness=words.sureness_words(Confidence.CERTAIN, language),
        source=told["title"],
        looks_like=told["looks_like"],
        where=told["where"],
        cost=words.cost_words(language),
        cost_known=False,
        instead=(),
    )


@kept
def _months(months: tuple[date, ...], language: str) -> str:
    return months_words(months, language)
