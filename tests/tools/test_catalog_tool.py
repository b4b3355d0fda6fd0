"""The catalog tool finds every text, and everything that is wrong with a translation."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from portal.i18n.languages import CODES
from tests.tools import catalogs
from tests.tools.messages import extract, loose_calls


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A portal of two files."""
    folder = tmp_path / "portal"
    (folder / "templates").mkdir(parents=True)
    (folder / "forms").mkdir()
    (folder / "templates" / "page.html").write_text(
        """{% macro x() -%}
        {{ t("Bonjour %(name)s", name=name) }} {{ _('Langue') }} {% if a %}{{ t("Oui") if b else t("Non") }}{% endif %}
        {%- endmacro %} {{ call(_("Dedans")) }} {{ other("Pas un texte") }}"""
    )
    (folder / "view.py").write_text(
        'from x import gettext as _\nA = _("Python")\nB = lazy("Paresseux")\nC = text.gettext("Objet")\n'
        'D = beside("À côté")\nE = _(\n    "Deux "\n    "lignes"\n)\nF = print("Pas un texte")\n'
    )
    return folder


def test_every_text_is_found_with_its_file(portal: Path) -> None:
    found: dict[str, set[str]] = {}
    for file, text in extract(portal):
        found.setdefault(file, set()).add(text)
    assert found == {
        "portal/templates/page.html": {"Bonjour %(name)s", "Langue", "Oui", "Non", "Dedans"},
        "portal/view.py": {"Python", "Paresseux", "Objet", "À côté", "Deux lignes"},
    }


def test_a_text_that_cannot_be_found_is_named(portal: Path) -> None:
    assert list(loose_calls(portal)) == []
    (portal / "loose.py").write_text('x = 1\ny = _(x)\nz = _(f"a{x}")\n')
    (portal / "templates" / "loose.html").write_text('{{ t(word) }}\n{{ t("a" if x else "b") }}')
    assert list(loose_calls(portal)) == [
        "loose.py:2: the text is not a literal",
        "loose.py:3: the text is not a literal",
        "templates/loose.html:1: the text is not a literal",
        "templates/loose.html:2: the text is not a literal",
    ]


def test_the_real_portal_has_many_texts() -> None:
    assert len(catalogs.template()) > 300
    assert set(catalogs.TRANSLATED) == set(CODES) - {"fr"}


def translated(**texts: str) -> tuple[Catalog, Catalog]:
    messages, catalog = Catalog(), Catalog(locale="de")
    for source, text in texts.items():
        messages.add(source)
        catalog.add(source, text)
    return catalog, messages


@pytest.mark.parametrize(
    ("source", "text", "fault"),
    [
        ("Bonjour", "Guten Tag", None),
        ("Bonjour", "", "missing"),
        ("Le %(date)s", "Am %(date)s", None),
        ("Le %(date)s", "Am %(datum)s", "placeholders"),
        ("Le %(date)s", "Am", "placeholders"),
        ("Le", "Am %(date)s", "placeholders"),
        ("Le %(date)s", "Am %(date)d", "placeholders"),
        ("%(a)s et %(b)s", "%(b)s und %(a)s", None),
        ("%(a)s : 5 %%", "%(a)s: 5 %%", None),
        ("%(a)s : 5 %%", "%(a)s: 5 % zu viel", "format"),
        ("Étape {n} sur {total}", "Schritt {n} von {total}", None),
        ("Étape {n}", "Schritt {m}", "placeholders"),
        (" ou ", " oder ", None),
        (" ou ", "oder", "blanks"),
        ("Fin", "Ende ", "blanks"),
    ],
)
def test_what_is_wrong_with_a_translation(source: str, text: str, fault: str | None) -> None:
    wrong = list(catalogs.findings(*translated(**{source: text})))
    assert len(wrong) == (0 if fault is None else 1)
    assert fault is None or fault in wrong[0]


def test_what_is_new_gone_or_guessed() -> None:
    catalog, messages = translated(Oui="Ja", Non="Nein")
    messages.add("Peut-être")
    messages.delete("Non")
    assert list(catalogs.findings(catalog, messages)) == ["missing: 'Peut-être'", "not in the portal: 'Non'"]
    catalog = catalogs.updated(catalog, messages)
    assert list(catalogs.findings(catalog, messages)) == ["missing: 'Peut-être'", "obsolete: 'Non'"]
    catalog = catalogs.updated(catalog, messages, prune=True)
    assert list(catalogs.findings(catalog, messages)) == ["missing: 'Peut-être'"]
    guess = catalog.get("Peut-être")
    assert guess is not None
    guess.string = "Vielleicht"
    guess.flags.add("fuzzy")
    assert list(catalogs.findings(catalog, messages)) == ["fuzzy: 'Peut-être'"]


def test_a_second_run_changes_nothing(tmp_path: Path, portal: Path) -> None:
    messages = catalogs.template(portal)
    catalog = catalogs.updated(Catalog(locale="ar"), messages)
    path = tmp_path / "messages.po"
    path.write_text(catalogs.printed(catalog), "utf-8")
    again = catalogs.updated(catalogs.loaded(path, "ar"), messages)
    assert catalogs.printed(again) == path.read_text("utf-8")
    assert "fuzzy" not in path.read_text("utf-8")
    assert "Date" not in path.read_text("utf-8")
    places = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#: ")]
    assert {place[3:] for place in places} == {"portal/templates/page.html", "portal/view.py"}
