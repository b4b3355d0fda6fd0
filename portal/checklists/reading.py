"""From the YAML of `rules/` to typed rules. An unknown, doubled or mistyped key, predicate or parameter is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from portal.checklists.predicates import PREDICATES, Predicate
from portal.checklists.rule import MEMBERSHIP, Basis, ChecklistRule, State, Whose
from portal.domain.parameter import Confidence
from portal.law.loader import Fields, LawDataError, read_yaml
from portal.law.parameters import definition

FOLDER: Final = Path(__file__).resolve().parent / "rules"
TOPICS: Final = ("identity", "home", "health", "income", "family", "wealth", "situations", "to_sign")
"""In the order of the list; each is one file."""
UNKNOWN: Final = "unknown"
_ID: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
MOST_MONTHS: Final = 12
_Word = TypeVar("_Word", bound=StrEnum)


@cache
def rules() -> tuple[ChecklistRule, ...]:
    """Every rule, in the order of the list. Read once. Raises `LawDataError`."""
    return read_rules(FOLDER)


def read_rules(folder: Path) -> tuple[ChecklistRule, ...]:
    """The rules of a folder with one file for each topic. Raises `LawDataError` for the first fault."""
    names = {path.stem for path in folder.glob("*.yaml")}
    if names != set(TOPICS):
        raise LawDataError(f"{folder.name}: there must be one file for each of {', '.join(TOPICS)}")
    found: dict[str, ChecklistRule] = {}
    for rule in (rule for topic in TOPICS for rule in _topic(folder / f"{topic}.yaml")):
        if rule.id in found:
            raise LawDataError(f"{rule.topic}/{rule.id}: the id stands in {found[rule.id].topic} too")
        found[rule.id] = rule
    return tuple(found.values())


def _topic(path: Path) -> Iterator[ChecklistRule]:
    file = Fields(path.name, read_yaml(path))
    for number, entry in enumerate(file.entries("rules")):
        yield _rule(Fields(f"{path.name}, rule {number + 1}", entry), path.stem)
    file.done()


def _rule(fields: Fields, topic: str) -> ChecklistRule:
    rule_id = fields.text("id")
    if not _ID.fullmatch(rule_id):
        raise LawDataError(f"{fields.where}: id must be snake_case, not {rule_id!r}")
    fields.where = f"{topic}.yaml, {rule_id}"
    whose = _word(fields, "for", Whose)
    rule = ChecklistRule(
        id=rule_id,
        topic=topic,
        title=fields.text("title"),
        official=fields.optional_text("official"),
        whose=whose,
        when=tuple(_predicates(fields, MEMBERSHIP[whose] + fields.texts("when"), whose)),
        any_of=tuple(_predicates(fields, fields.texts("any_of"), whose)),
        months=_months(fields),
        why=fields.text("why"),
        looks_like=fields.text("looks_like"),
        where=fields.text("where"),
        cost=_cost(fields),
        instead=fields.texts("instead"),
        basis=_basis(fields),
        source=fields.text("source"),
        confidence=_word(fields, "confidence", Confidence),
        state=_word(fields, "state", State) if fields.has("state") else State.TO_BRING,
        only_for_changes=_flag(fields, "only_for_changes"),
    )
    fields.done()
    return rule


def _word(fields: Fields, key: str, words: type[_Word]) -> _Word:
    word = fields.text(key)
    try:
        return words(word)
    except ValueError:
        raise LawDataError(f"{fields.where}: {key} must be one of {', '.join(words)}, not {word!r}") from None


def _predicates(fields: Fields, names: tuple[str, ...], whose: Whose) -> Iterator[Predicate]:
    for name in names:
        if name not in PREDICATES:
            raise LawDataError(f"{fields.where}: unknown predicate {name}")
        if names.count(name) > 1:
            raise LawDataError(f"{fields.where}: the predicate {name} stands twice")
        if PREDICATES[name].of_person and whose is Whose.HOUSEHOLD:
            raise LawDataError(
                f"{fields.where}: the predicate {name} needs a person, and the rule is for the household"
            )
        yield PREDICATES[name]


def _months(fields: Fields) -> int:
    if not fields.has("months"):
        return 0
    months = fields.optional_number("months")
    if months is None or not 1 <= months <= MOST_MONTHS:
        raise LawDataError(f"{fields.where}: months must be 1 to {MOST_MONTHS}")
    return months


def _flag(fields: Fields, key: str) -> bool:
    """Left out, or true: a flag that says no says nothing."""
    if not fields.has(key):
        return False
    if fields.take(key) is not True:
        raise LawDataError(f"{fields.where}: {key} must be true, or left out")
    return True


def _cost(fields: Fields) -> str | None:
    cost = fields.text("cost")
    return None if cost == UNKNOWN else cost


def _basis(fields: Fields) -> Basis:
    """`practice`; or a mapping with the article, the parameter, or both. Without an article it is practice too."""
    given = fields.take("basis")
    if given == "practice":
        return Basis()
    basis = Fields(f"{fields.where}, basis", given)
    article, parameter = basis.optional_text("article"), basis.optional_text("parameter")
    basis.done()
    if article is None and parameter is None:
        raise LawDataError(f"{basis.where}: an article, a parameter, or `practice`")
    if parameter is not None:
        try:
            definition(parameter)
        except KeyError:
            raise LawDataError(f"{basis.where}: unknown parameter {parameter}") from None
    return Basis(article, parameter)
