"""A notice as a paper: a tagged PDF, paragraph beside paragraph in two languages. The questions are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from portal.adapters.typesetting import render
from portal.content.basis import Basis
from portal.domain.notice import Block, BlockKind, Chapter, Paragraph, Words
from portal.domain.parameter import Confidence, Parameter
from portal.i18n.formats import long_date
from portal.i18n.languages import BY_CODE
from portal.i18n.text import french_spaces, translator
from portal.services.notices.texts import NoticeText, is_original

Part: TypeAlias = dict[str, Any]
"""A piece of the paper as the template reads it: texts, lists and further pieces."""


def notice_pdf(text: NoticeText, made_at: datetime, url: str) -> bytes:
    """The notice as PDF/UA; the same text at the same instant always gives the same bytes.

    `url` is the page of the notice, for the square code. Raises TypesettingError, `ContentError`.
    """
    return render("notice", notice_sheet(text, url), made_at, url)


def notice_sheet(text: NoticeText, url: str) -> Part:
    """Everything that the paper says, in its order, for the template; each language has the same chapters and parts."""
    shown = [text.words, *([text.second] if text.second else [])]
    return {
        "url": url,
        "reference": f"{text.notice.published_on:%d.%m.%Y}",
        "texts": [_words(text, words) for words in shown],
        "chapters": [_chapter(text, chapter, shown) for chapter in text.notice.chapters],
    }


def sure_words(found: Basis, language: str) -> str:
    """How sure the statement is that stands on it."""
    _ = translator(language).gettext
    if isinstance(found, Parameter) and not found.known:
        return _("Valeur pas connue pour le Valais.")
    return {
        Confidence.CERTAIN: _("C’est sûr."),
        Confidence.PROBABLE: _("C’est probable."),
        Confidence.UNVERIFIED: _("Ce n’est pas confirmé."),
    }[found.confidence]


def _words(text: NoticeText, words: Words) -> Part:
    language = words.language
    _ = translator(language).gettext
    return {
        "lang": language,
        "direction": BY_CODE[language].dir,
        "issuer": _("Aide sociale Valais, portail en ligne"),
        "title": _plain(words, "title"),
        "lead": _runs(words.said["lead"], language),
        "version": _(
            "Version %(version)s, publiée le %(day)s.",
            version=text.notice.version,
            day=long_date(text.notice.published_on, language),
        ),
        "honest": [_counts(language), _reviewed(text, language)],
        "scan": _("Scannez ce code pour ouvrir ce texte en ligne."),
        "sources": _("Sources"),
        "qr_alt": _("Code carré qui ouvre ce texte en ligne"),
    }


def _counts(language: str) -> str:
    """Which language of the notice is the one that counts."""
    _ = translator(language).gettext
    if is_original(language):
        return _("Ce texte français compte. Les traductions aident à le comprendre.")
    return _("Le texte français de cet écrit compte. Cette traduction aide à le comprendre.")


def _reviewed(text: NoticeText, language: str) -> str:
    """Whether a person has read this language of it."""
    _ = translator(language).gettext
    review = text.notice.reviewed.get(language)
    if review is not None:
        said = {"by": review.by, "day": long_date(review.on, language)}
        if is_original(language):
            return _("Ce texte a été relu par %(by)s, le %(day)s.", **said)
        return _("Cette traduction a été relue par %(by)s, le %(day)s.", **said)
    if is_original(language):
        return _("Personne n’a encore relu ce texte pour le contrôler.")
    return _("Personne n’a encore relu cette traduction pour la contrôler.")


def _chapter(text: NoticeText, chapter: Chapter, shown: Sequence[Words]) -> Part:
    numbers: dict[tuple[str, tuple[str, ...]], str] = {}
    parts = []
    for group in text.groups(chapter):
        found = [_source(one, shown) for one in text.bases(group.sources)]
        notes = [numbers.setdefault(one, str(len(numbers) + 1)) for one in found]
        parts.append(
            {
                "kind": group.kind.value,
                "notes": list(dict.fromkeys(notes)),
                "words": [_part(group.kind, group.blocks, words) for words in shown],
            }
        )
    return {
        "titles": [_plain(words, chapter.id) for words in shown],
        "parts": parts,
        "sources": [
            {"number": number, "written": written, "said": list(said)} for (written, said), number in numbers.items()
        ],
    }


def _source(found: Basis, shown: Iterable[Words]) -> tuple[str, tuple[str, ...]]:
    """The article, or the source that has none; and how sure it is, in each language."""
    written = " ".join((found.article or found.source).split())
    return written, tuple(sure_words(found, words.language) for words in shown)


def _part(kind: BlockKind, blocks: Iterable[Block], words: Words) -> Part:
    """`mark` is the word that says what the paragraph is: nobody has to see a colour."""
    _ = translator(words.language).gettext
    mark = {BlockKind.EXAMPLE: _("Exemple"), BlockKind.UNKNOWN: _("Pas connu ou pas sûr")}.get(kind, "")
    return {"mark": mark, "items": [_runs(words.said[block.id], words.language) for block in blocks]}


def _plain(words: Words, name: str) -> str:
    return french_spaces(words.plain(name)) if words.language == "fr" else words.plain(name)


def _runs(paragraph: Paragraph, language: str) -> list[list[Any]]:
    """Text and whether it is bold, piece by piece."""
    return [[french_spaces(run.text) if language == "fr" else run.text, run.strong] for run in paragraph]
