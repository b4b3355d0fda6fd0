"""What the page of the law shows: every parameter with its whole history, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from portal.domain.parameter import Confidence, DatedValue, Definition
from portal.i18n.formats import short_date
from portal.i18n.law_words import (
    TOPICS,
    Part,
    label_words,
    missing_words,
    note_words,
    range_words,
    topic_words,
    value_words,
)
from portal.i18n.text import Translator
from portal.law.parameters import at, definitions


@dataclass(frozen=True)
class Dated:
    """One value in words, and the time it holds for."""

    value: str | None
    """None where it has parts, or is not known."""
    parts: tuple[Part, ...]
    missing: str | None
    """What is missing; None = the value is known."""
    range: str | None
    """Between which amounts an unknown value lies."""
    time: str
    confidence: Confidence | None
    """None = not known."""
    remarks: tuple[str, ...]
    checked: str
    article: str | None
    source: str


@dataclass(frozen=True)
class Entry:
    """One parameter. `coming` and `older` are newest first."""

    name: str
    label: str
    note: str | None
    coming: tuple[Dated, ...]
    present: Dated
    older: tuple[Dated, ...]


@dataclass(frozen=True)
class Topic:
    """A group of parameters."""

    name: str
    title: str
    entries: tuple[Entry, ...]


@lru_cache(maxsize=16)
def law_page(translator: Translator, on: date) -> tuple[Topic, ...]:
    """Every parameter as it stands on a day. Raises `BeforeTheLawError` for a day before 2021-07-01."""
    language = translator.language
    return tuple(
        Topic(
            topic,
            topic_words(topic, language),
            tuple(_entry(one, on, translator) for one in definitions() if one.topic == topic),
        )
        for topic in TOPICS
    )


def _entry(definition: Definition, on: date, say: Translator) -> Entry:
    today = at(definition, on)
    return Entry(
        name=definition.name,
        label=label_words(definition, say.language),
        note=note_words(definition.name, say.language),
        coming=tuple(_dated(definition, one, None, say) for one in definition.values if one.since > on),
        present=next(_dated(definition, one, on, say) for one in definition.values if one.since == today.since),
        older=tuple(_dated(definition, one, None, say) for one in definition.values if one.since < today.since),
    )


def _dated(definition: Definition, dated: DatedValue, on: date | None, say: Translator) -> Dated:
    """A value in words; `on`: it is the one that holds on that day."""
    known = dated.value is not None
    words = value_words(definition, dated.value, say.language) if dated.value is not None else ()
    return Dated(
        value=words if isinstance(words, str) else None,
        parts=() if isinstance(words, str) else words,
        missing=None if known else missing_words(definition.name, say.language),
        range=None if known or not dated.between else range_words(*dated.between, definition.unit, say.language),
        time=_time(dated, say),
        confidence=(at(definition, on).confidence if on else dated.confidence) if known else None,
        remarks=tuple(_remarks(definition, dated, on, say)),
        checked=say.gettext("Contrôlé le %(date)s", date=short_date(dated.checked_on, say.language)),
        article=dated.article,
        source=dated.source,
    )


def _time(dated: DatedValue, say: Translator) -> str:
    since = short_date(dated.since, say.language)
    if dated.until is None:
        return say.gettext("Dès le %(date)s", date=since)
    return say.gettext("Du %(since)s au %(until)s", since=since, until=short_date(dated.until, say.language))


def _remarks(definition: Definition, dated: DatedValue, on: date | None, say: Translator) -> Iterator[str]:
    """What must be said beside a value, and what only beside today's."""
    today = at(definition, on) if on else None
    if dated.confirmed_until is not None:
        until = short_date(dated.confirmed_until, say.language)
        if today and today.carried_on:
            yield say.gettext(
                "La source vaut jusqu’au %(date)s. Depuis, la valeur continue, mais elle est moins sûre.", date=until
            )
        else:
            yield say.gettext("La source vaut jusqu’au %(date)s. Après, la valeur est moins sûre.", date=until)
    announced = definition.change_expected_on
    if on and today and announced and dated.since < announced:
        day = short_date(announced, say.language)
        if announced <= on:
            yield say.gettext("Une autre valeur est annoncée dès le %(date)s. Nous ne la connaissons pas.", date=day)
        else:
            yield say.gettext("Une autre valeur est annoncée pour le %(date)s. Elle n’est pas connue.", date=day)
    if today and today.stale:
        yield say.gettext("Le dernier contrôle date de plus d’un an : à contrôler de nouveau.")
