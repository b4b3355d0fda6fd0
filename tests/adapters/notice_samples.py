"""A notice as long as the real one is to be: real sentences in French, German and Arabic, with every kind of paragraph."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from portal.domain.notice import Block, BlockKind, Chapter, Notice, Paragraph, Review, Run, Words
from portal.services.notices.texts import NoticeText

DAY: Final = date(2026, 11, 21)
INSTANT: Final = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL: Final = "https://portal.example.ch/fr/rights"
KINDS: Final = (
    (BlockKind.TEXT, ("decision_clock",)),
    (BlockKind.POINT, ("urgent_clock",)),
    (BlockKind.POINT, ("urgent_clock",)),
    (BlockKind.EXAMPLE, ()),
    (BlockKind.UNKNOWN, ("clock_suspension", "announcement_form")),
)
_SAID: Final[dict[str, tuple[str, ...]]] = {
    "fr": (
        "Vos droits et vos devoirs",
        "Ce texte explique vos droits et vos devoirs. La commune décide.",
        "Une décision écrite",
        "La commune décide en *30 jours*. Elle écrit le montant et les raisons. Pas de réponse ? Demandez au centre.",
        "En urgence, demandez une *aide urgente*.",
        "Alors la décision vient en *5 jours*. Dites ce qui manque : un toit, à manger, un médicament.",
        "Ana dépose sa demande le 10 novembre. Le 10 décembre, la réponse manque. Ana écrit au centre.",
        "Ce qui suit le silence n’est pas confirmé. Le centre peut vous le dire.",
    ),
    "de": (
        "Ihre Rechte und Ihre Pflichten",
        "Dieser Text erklärt Ihre Rechte und Ihre Pflichten. Die Gemeinde entscheidet.",
        "Ein schriftlicher Entscheid",
        "Die Gemeinde entscheidet innert *30 Tagen*. Sie schreibt den Betrag und die Gründe. Keine Antwort? Fragen Sie.",
        "Im Notfall verlangen Sie *dringende Hilfe*.",
        "Dann kommt der Entscheid innert *5 Tagen*. Sagen Sie, was fehlt: ein Dach, Essen, ein Medikament.",
        "Ana stellt ihr Gesuch am 10. November. Am 10. Dezember fehlt die Antwort. Ana schreibt dem Zentrum.",
        "Was auf das Schweigen folgt, ist nicht bestätigt. Das Zentrum kann es Ihnen sagen.",
    ),
    "ar": (
        "حقوقكم وواجباتكم",
        "يشرح هذا النص حقوقكم وواجباتكم. البلدية هي التي تقرر.",
        "قرار مكتوب",
        "تقرر البلدية خلال *30 يومًا*. وتكتب المبلغ والأسباب. لا جواب؟ اسألوا المركز (CMS).",
        "في الحالات العاجلة اطلبوا *مساعدة عاجلة*.",
        "عندها يأتي القرار خلال *5 أيام*. قولوا ما ينقصكم: سقف أو طعام أو دواء.",
        "قدمت آنا طلبها في 10 نوفمبر. في 10 ديسمبر لم يصل الجواب. كتبت آنا إلى المركز.",
        "ما يترتب على الصمت غير مؤكد. يمكن للمركز أن يخبركم به.",
    ),
}


def notice_text(
    language: str = "ar", second: str | None = "fr", *, chapters: int = 2, longer: int = 1, review: Review | None = None
) -> NoticeText:
    """A notice of so many chapters; each paragraph is said `longer` times."""
    found = Notice(
        "rights", 3, DAY, {"fr": review, "de": None, "ar": None}, tuple(_chapter(number) for number in range(chapters))
    )
    other = _words(found, second, longer) if second else None
    return NoticeText(found, _words(found, language, longer), other, DAY)


def sentences(language: str) -> tuple[str, ...]:
    """What it says in a language, without the marks of what is bold."""
    return tuple(one.replace("*", "") for one in _SAID[language])


def _chapter(number: int) -> Chapter:
    blocks = tuple(Block(f"c{number}-{place}", kind, sources) for place, (kind, sources) in enumerate(KINDS))
    return Chapter(f"c{number}", "clock", blocks, ())


def _words(notice: Notice, language: str, longer: int) -> Words:
    title, lead, chapter, *blocks = _SAID[language]
    said: dict[str, Paragraph] = {"title": _runs(title), "lead": _runs(lead)}
    for number, one in enumerate(notice.chapters):
        said[one.id] = _runs(f"{number + 1}. {chapter}")
        said |= {block.id: _runs(" ".join([words] * longer)) for block, words in zip(one.blocks, blocks, strict=True)}
    return Words(language, said, b"")


def _runs(text: str) -> Paragraph:
    return tuple(Run(part, strong=place % 2 == 1) for place, part in enumerate(text.split("*")) if part)
