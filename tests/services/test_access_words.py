"""Every action that the code writes into the audit log has daily words, or a reason why nobody reads it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import portal
from portal.domain.case_request import RequestKind
from portal.domain.changes.report import EventKind
from portal.domain.document import FileState
from portal.domain.document_request import RequestState
from portal.domain.glance import Reason
from portal.domain.interview import Step
from portal.domain.register import EntryKind
from portal.i18n.access_log import BY_CENTRE, LEFT_OUT, OWN, SHARED, action_words, who_words
from portal.i18n.desk_log import done_words
from portal.i18n.languages import CODES, STAFF_CODES

ACTION, BEGINNING = re.compile(r"[a-z]+(-[a-z]+)*:[a-z]+([-_][a-z]+)*"), re.compile(r"[a-z]+(-[a-z]+)*:")
IN_SQL = re.compile(r"'([a-z-]+:[a-z-]+)'")
MADE = {
    "document-request:": [state.value for state in RequestState],
    "document:": [
        FileState.RECEIVED.value,
        FileState.REFUSED.value,
        FileState.QUARANTINED.value,
        FileState.DAMAGED.value,
    ],
    "demand:": [EntryKind.URGENT_REQUEST.value, EntryKind.WITHDRAWAL.value],
    "report:": [kind.value for kind in EventKind],
    "request:": [*(kind.value for kind in RequestKind), "closed", "reopened"],
    "glance:": [reason.value for reason in Reason],
    "interview:": [step.value for step in Step],
}
"""The actions whose second word is a value."""
NO_ACTIONS = {"d:"}


def written() -> tuple[set[str], set[str]]:
    """The actions in the code, and the beginnings of those that are put together."""
    whole, beginnings = set(), set()
    folder = Path(portal.__file__).parent
    for path in (*folder.glob("services/**/*.py"), *folder.glob("views/**/*.py"), folder / "worker.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr) and isinstance(first := node.values[0], ast.Constant):
                if BEGINNING.fullmatch(str(first.value)):
                    beginnings.add(str(first.value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and ACTION.fullmatch(node.value):
                whole.add(node.value)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.update(IN_SQL.findall(node.value))
    return whole, beginnings - NO_ACTIONS


def test_every_action_is_accounted_for() -> None:
    whole, beginnings = written()
    assert {"demand:open", "document:open", "access-code:print", "rights:read"} <= whole, "the code was not read"
    assert beginnings == MADE.keys()
    actions = whole | {first + value for first, values in MADE.items() for value in values}
    known = BY_CENTRE | OWN | LEFT_OUT.keys()
    assert actions - known == set(), "an action without words, and without a reason for it"
    assert known - actions == set(), "words for an action that nobody writes"
    assert not (BY_CENTRE | OWN) & LEFT_OUT.keys()


def test_every_action_has_words_in_every_language() -> None:
    for language in CODES:
        for action in BY_CENTRE:
            assert action_words(action, "done", language, by_staff=True)
        for action in OWN:
            words = {
                action_words(action, outcome, language, by_staff=False) for outcome in ("done", "refused", "closed")
            }
            assert len(words) == (3 if action == "citizen:sign-in" else 1)


@dataclass(frozen=True)
class Event:
    """One line of the centre's log."""

    action: str
    kind: str
    outcome: str = "done"
    by: str | None = None


def test_the_log_of_the_centre_speaks_of_the_person_and_never_to_them() -> None:
    """And it has the same acts: none falls into «another act»."""
    for kind, actions in (("staff", BY_CENTRE), ("citizen", OWN)):
        for action in actions:
            said = done_words(Event(action, kind), "fr")[1]
            assert not re.search(r"\b(vous|votre|vos)\b", said, re.IGNORECASE), said
            assert said not in ("Autre acte au guichet", "Acte de la personne")


def test_the_log_of_the_centre_has_words_for_what_the_desk_does_and_the_person_never_reads() -> None:
    """All that is left out, but for the person's own acts and a machine's: those two nobody does at the desk."""
    others = ("the adult's own act", "a machine")
    for action in (action for action, why in LEFT_OUT.items() if not why.startswith(others)):
        for language in STAFF_CODES:
            said = done_words(Event(action, "staff"), language)[1]
            assert said != done_words(Event("none:such", "staff"), language)[1], action


def test_a_centre_has_its_name_and_nobody_else_has_one() -> None:
    assert who_words("sierre", "done", "fr", by_staff=True).startswith("Le personnel")
    assert "sierre" in who_words("sierre", "done", "fr", by_staff=True).lower()
    assert who_words("gone", "done", "fr", by_staff=True) == "Le centre"
    assert who_words(None, "done", "fr", by_staff=False) == "Avec votre code"
    assert who_words(None, "refused", "fr", by_staff=False) == "Une personne"


def test_what_is_said_to_the_whole_household_is_never_about_one_adult() -> None:
    alone = ("access-code", "adult", "document", "document-request", "notice", "receipt", "situation")
    assert not [action for action in SHARED if action.partition(":")[0] in alone]
