"""A letter put together from what somebody said, as text, as PDF and as a document. Nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any, Final

from portal.adapters.fonts.printable import direction
from portal.adapters.letter_docx import letter_docx
from portal.adapters.typesetting import render
from portal.domain.defence import DECIDED, Event, Letter, Told
from portal.domain.letter import LetterText, Line, Paragraph, Run
from portal.i18n.estimate.spans import francs
from portal.i18n.letters import letter_date, letter_words, of_commune, words
from portal.i18n.letters.outline import OUTLINE, TO_THE_CONSEIL, WHY
from portal.i18n.text import french_spaces
from portal.law import directory
from portal.services.defence import lengths_of, outlook

_FIELD: Final = re.compile(r"\{(\w+)\}")
_BLANK: Final = re.compile(r"(\[[^\]]*\])")


def compose(told: Told, letter: Letter, language: str, today: date) -> LetterText:
    """The letter in `language` (`fr` or `de`), dated `today`; whatever was not said is a blank."""
    own, common = letter_words(language, letter), words(language, "common")
    values = _values(told, language, today)
    blanks: Mapping[str, str] = common["blanks"]

    def line(text: str) -> Line:
        return tuple(_runs(french_spaces(text) if language == "fr" else text, values, blanks))

    holding = _holding(told, today)
    paragraphs = []
    for part in OUTLINE[letter]:
        if not part.stands(holding):
            continue
        paragraph = Paragraph(part.id, line(own[part.id]), source=part.source)
        if part.id == WHY:
            reasons = words(language, "reasons")
            items = tuple((Run(reasons[reason]),) for reason in told.reasons)
            said = _said(told.words)
            empty = not items and not said
            paragraph = replace(paragraph, items=items, own=said or ((line("{words}"),) if empty else ()), room=empty)
        paragraphs.append(paragraph)
    to = common["to_conseil"] if letter in TO_THE_CONSEIL else common["to_commune"]
    sender = [line("{name}"), *(_said(told.address) or (line("{address}"),))]
    if told.reference:
        sender.append(line(common["reference"]))
    enclosures = [common["copy_of_decision"]] if letter in (Letter.APPEAL, Letter.REMISSION) else []
    return LetterText(
        language=language,
        title=own["title"],
        day=today,
        sender=tuple(sender),
        addressee=tuple(line(text) for text in to),
        place=line(common["place"]),
        subject=line(own["subject"]),
        greeting=common["greeting"],
        paragraphs=tuple(paragraphs),
        closing=common["closing"],
        signature=(line(common["signature"]), line("{name}")),
        enclosures_title=line(common["enclosures"])[0].text,
        enclosures=tuple(line(text) for text in (*enclosures, common["copy_of_papers"])),
    )


def _holding(told: Told, today: date) -> frozenset[str]:
    """What holds, in the words of the outline."""
    dates = told.dates
    due = outlook(told.event, dates, today).limits.decision
    holds = {
        told.event.value: True,
        "late": due is not None and due < today,
        "collected": dates.collected,
        "uncollected": not dates.collected and dates.notified is not None,
        "stops": told.event in (Event.CUT, Event.REPAY),  # after a refusal there is nothing that could go on
        "urgent": dates.urgent is not None,
        "reasons": bool(told.reasons or told.words),
        "changed": told.event is Event.CHANGED,
        "decided_event": told.event in DECIDED,
    }
    return frozenset(word for word, so in holds.items() if so)


def _values(told: Told, language: str, today: date) -> dict[str, Run]:
    """What was said, by the names of the fields in the words."""
    lengths = lengths_of(told.dates, today)
    commune = directory.commune(told.commune_bfs, today) if told.commune_bfs else None
    name = commune.name_in(language) if commune else None
    found: dict[str, str | None] = {
        "of_commune": of_commune(name, language) if name else None,
        "town": name,
        "today": letter_date(today, language),
        "decision_days": str(lengths.decision),
        "urgent_days": str(lengths.urgent),
        # Plain text: a letter is in one language, whatever stands beside it on the page.
        "amount": str.__str__(francs(told.centimes, language)) if told.centimes else None,
        **{
            key: letter_date(day, language) if day else None
            for key, day in (
                ("filed", told.dates.filed),
                ("urgent", told.dates.urgent),
                ("decided", told.dates.decided),
                ("notified", told.dates.notified),
                ("changed", told.dates.changed),
            )
        },
    }
    own = {"name": told.name, "reference": told.reference}
    return {key: Run(text) for key, text in found.items() if text} | {
        key: Run(text, said=True) for key, text in own.items() if text
    }


def _runs(text: str, values: Mapping[str, Run], blanks: Mapping[str, str]) -> Iterable[Run]:
    """The pieces of a text: our words, what was said, and blanks in square brackets."""
    for place, piece in enumerate(_FIELD.split(text)):
        if place % 2 == 0:
            yield from _with_blanks(piece)
        elif piece in values:
            yield values[piece]
        else:
            yield from _with_blanks(blanks[piece])


def _with_blanks(text: str) -> Iterable[Run]:
    for piece in _BLANK.split(text):
        if piece:
            yield Run(piece, blank=piece.startswith("["))


def _said(text: str | None) -> tuple[Line, ...]:
    """The person's own words, line by line, as they were typed."""
    return tuple((Run(line.strip(), said=True),) for line in (text or "").splitlines() if line.strip())


def letter_pdf(letter: LetterText, made_at: datetime, public_url: str) -> bytes:
    """The letter as tagged PDF; the same letter at the same instant gives the same bytes. Raises TypesettingError."""
    return render("letter", _sheet(letter), made_at, public_url)


def _sheet(letter: LetterText) -> dict[str, Any]:
    sheet = asdict(letter)
    sheet["day"] = letter.day.isoformat()
    return {key: _directed(value) for key, value in sheet.items()}


def _directed(value: Any) -> Any:
    """Every run with the direction of its own script."""
    if isinstance(value, dict):
        if "blank" in value:
            return {**value, "direction": direction(value["text"])}
        return {key: _directed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_directed(item) for item in value]
    return value


def letter_document(letter: LetterText) -> bytes:
    """The letter as .docx, to change and to print; the same letter always gives the same bytes."""
    return letter_docx(letter)
