"""What the finder of legal statements finds, and what it leaves alone."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from tests.tools.catalogs import CATALOGS, TRANSLATED
from tests.tools.legal_words import NotLaw, Text, faults_of, texts_of

STATEMENTS = (
    "La commune décide en 30 jours.",
    "Trente jours pour recourir",
    "La somme est de CHF 1’061.",
    "Au plus 4’000 francs",
    "Jusqu’à 15 %",
    "le 5 du mois",
    "les trois derniers mois",
    "après un an",
    "1 an de plus",
    "Art. 29 al. 3",
    "selon l’article 12",
    "La LIAS le dit.",
    "Innerhalb von 30 Tagen",
    "am 5. des Monats",
    "eine 30-tägige Frist",
    "zwölf Monate lang",
    "höchstens 15 Prozent",
    "nach dem GES",
    "within 30 days",
    "a 30-day limit",
    "for two years",
    "under 18",
    "no prazo de 30 dias",
    "30 000 francos",
    "durante três meses",
    "خلال 30 يومًا",
    "خلال خمسة أيام",
    "قبل سن 18",
    "في غضون شهرين",
    "30000 فرنك",
    "عدد الأيام: 30",
    "المادة 12",
)
OTHERS = (
    "Annoncée le 30 novembre 2026",
    "Ouverte depuis quelques jours",
    "La session se ferme dans 30 minutes.",
    "Vous avez 3 papiers à apporter ce mois.",
    "Né en 1985. Das Jahr allein reicht.",
    "Étape 2 sur 5",
    "Um 14:30 Uhr an das SMZ gesendet",
    "Un jour, tout ira mieux.",
    "Fichier de 12 Mo",
    "GESTION et ARTICLES",
    "CHF",
)
# French names a law or a time where another language says it in words of its own.
OWN_WAY = {
    "de": ("d’un mois à l’autre", "une année passée", "milieu d’un mois", "jour de 1 à 28"),
    "en": (
        "d’un mois à l’autre",
        "une année passée",
        "un mois sans salaire",
        "plus d’un an",
        "plus d’une année. Vérifiez",
        "milieu d’un mois",
        "jour de 1 à 28",
        "un mois a trop",
        "revenu d’un mois",
    ),
    "pt": ("en pour cent", "trop un mois", "un mois a trop", "revenu d’un mois", "jour de 1 à 28"),
    "ar": (
        "d’un mois à l’autre",
        "milieu d’un mois",
        "une année passée",
        "un mois sans salaire",
        "trop un mois",
        "un mois a trop",
        "revenu d’un mois",
        "Moins d’un an",
        "plus d’un an",
        "plus d’une année. Vérifiez",
    ),
}


@pytest.mark.parametrize("words", STATEMENTS)
def test_a_statement_without_a_source_is_a_fault(words: str) -> None:
    assert faults(f"<p>{words}</p>") == 1
    assert faults(f'<p aria-label="{words}">…</p>') == 1
    assert faults(f'<section data-source="appeal_period"><p>{words}</p></section>') == 0


@pytest.mark.parametrize("words", OTHERS)
def test_other_words_need_none(words: str) -> None:
    assert faults(f"<p>{words}</p>") == 0


@pytest.mark.parametrize(
    "page",
    [
        "<p><strong>30</strong> jours</p>",
        "<p>30<br>jours</p>",
        "<ul><li>30 jours</li></ul>",
        "<details><summary>…</summary>30 jours</details>",
        '<p hidden>30 jours</p><p data-source="urgent_clock">5 jours</p>',
        '<p data-source="urgent_clock">5 jours</p> et 30 jours',
        "<template><p>30 jours</p></template>",
        '<label for="x">J’accepte : 30 jours</label><input type="checkbox" id="x">',
        "<label>30 jours</label>",
        '<p data-not-law="answer">Art. 12</p>',
        '<p data-not-law="portal">La LIAS</p>',
        '<p data-not-law="because">vide</p>',
        '<p data-source="made_up">vide</p>',
        '<p data-source="urgent_clock made_up">5 jours</p>',
        '<p data-source="">5 jours</p>',
        '<title data-source="urgent_clock">5 jours</title><h1>5 jours</h1>',
    ],
)
def test_pages_that_fail(page: str) -> None:
    assert faults(page) == 1


@pytest.mark.parametrize(
    "page",
    [
        '<dl data-not-law="answer"><dt>Loyer</dt><dd>CHF 900</dd></dl>',
        '<details data-paper="payslips"><summary>3 mois</summary></details>',
        '<p data-source="urgent_clock decision_clock">5 ou 30 jours</p>',
        '<fieldset><legend>Depuis 2 ans ?</legend><input type="radio" id="x"><label for="x">Un an</label></fieldset>',
        '<label for="x">Loyer</label><input id="x"><span>CHF</span>',
        '<div><p data-source="urgent_clock">5 jours</p> et ensuite</div>',
        "<script>5 jours</script><style>5 jours</style>",
        "<p>30 <em>minutes</em>, deux fois par jour</p>",
    ],
)
def test_pages_that_pass(page: str) -> None:
    assert faults(page) == 0


@pytest.mark.parametrize("reason", NotLaw)
def test_a_reason_covers_values_and_never_a_law(reason: NotLaw) -> None:
    assert Text("p", "CHF 900 en 3 mois", reason=reason).legal == ""
    assert Text("p", "CHF 900 selon la LIAS", reason=reason).legal == "LIAS"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_statement_is_one_in_every_language(language: str) -> None:
    """Else a page would pass in a language whose words the finder does not know."""
    looked_at = 0
    missed = []
    with (CATALOGS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        for message in read_po(file):
            french, own = _filled(str(message.id)), _filled(str(message.string))
            if not message.id or not message.string or not french.legal:
                continue
            looked_at += 1
            if not own.legal and not any(words in french.words for words in OWN_WAY[language]):
                missed.append(f"{french.words} | {own.words}")
    assert not missed, "\n".join(missed)
    assert looked_at > 30


def _filled(text: str) -> Text:
    return Text("", re.sub(r"%\(\w+\)s|\{\w+\}", "3", text).replace("%%", "%"))


def faults(page: str) -> int:
    """How many faults a page has; `appeal_period`, two clocks and payslips are known."""
    known = {"appeal_period", "urgent_clock", "decision_clock", "paper:payslips"}
    return len(
        [
            fault
            for text in texts_of(f"<html><body>{page}</body></html>")
            for fault in faults_of(text, known.__contains__)
        ]
    )
