"""One step of a history through the services: a report, a correction, a withdrawal, an answer, a file of one's own."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from random import Random

from portal.domain.changes.change import Change
from portal.domain.changes.clashes import ClashKind
from portal.domain.changes.kinds import ChangeKind
from portal.domain.demand import filing_day
from portal.services import apart
from portal.services.actor import NotYoursError
from portal.services.apart import Wish
from portal.services.filed import find_filed
from portal.services.reports import desk, reading
from portal.services.reports.sending import (
    ClashError,
    EndedError,
    FaultsError,
    SaidAlreadyError,
    Sending,
    name_of,
    newcomer_of,
    send_report,
    withdraw_report,
)
from portal.services.reports.stored import ReportView
from portal.services.snapshots import send
from tests.histories.book import Book
from tests.histories.generate import Frame, any_change
from tests.histories.history import Json, Report
from tests.histories.house import SIERRE, File, House, WrongError
from tests.pages.world import Announced
from tests.services.households import say

_MOVES = (ChangeKind.MOVED, ChangeKind.MOVED, ChangeKind.PERMIT_CHANGED)
_ELSEWHERE = ("n", "s", "f", "rejected")
"""Permits of people whom the asylum office may be responsible for."""


class Steps:
    """What may happen to one file; every step is written into its book as it ought to be."""

    def __init__(self, house: House, random: Random, count: Counter[str]) -> None:
        self.house, self.random, self.count = house, random, count
        self.kit = house.world.citizen

    @property
    def today(self) -> date:
        """By the clock of the history."""
        return filing_day(self.kit.clock.now())

    def report(self, file: File) -> None:
        """Something happened, now and then a move or another permit, and somebody tells it."""
        self._report(file, self.random.choice([*file.adults]), None)

    def correct(self, file: File) -> None:
        """A report in the place of one's own earlier one."""
        if old := self._mine(file):
            self._report(file, old.by, old)

    def withdraw(self, file: File) -> None:
        """Take one back, sometimes at the desk; a second time it changes nothing."""
        old = self._mine(file)
        if old is None:
            return
        actor = file.adults[old.by]
        if self.random.random() < 0.2:
            helped = self.house.worker
            actor = replace(helped, dossier_id=actor.dossier_id, helped=actor.id, person=actor.person)
        reason = self.random.choice((None, "Erreur de ma part"))
        for _ in range(self.random.choice((1, 2))):
            withdraw_report(self.kit, actor, old.name, self.kit.clock.now(), reason)
        old.gone = True
        file.book.withdrawn += 1
        file.events += 1
        self.count["withdrawals"] += 1

    def answer(self, file: File) -> None:
        """Other answers of the intake, of the household or of one adult alone: the reports lie over them as before."""
        who, chance = self.random.choice([*file.adults]), self.random
        if chance.random() < 0.5:
            rent = {"rent": f"{chance.randint(500, 1500)}.00", "charges": "80.00"}
            say(self.house.world, file.adults[who], "rent", **rent)
            file.book.answer(("rent", "charges"), rent)
        else:
            asked = chance.sample(["unemployment", "disability", "alimony"], 2)
            say(self.house.world, file.adults[who], f"benefits@{who}", own=True, asked_for=asked)
            file.book.answer_alone(who, ("asked_for",), {"asked_for": asked})
        self.count["answers"] += 1

    def send(self, file: File) -> None:
        """Send the answers to the centre; twice they are one snapshot."""
        who = self.random.choice([*file.adults])
        numbers = {send(self.kit, file.adults[who]) for _ in range(2)}
        file.book.send(who)
        if len(numbers) != 1:
            raise WrongError("the same answers were sent twice")
        file.snapshots = numbers.pop()
        self.count["snapshots"] += 1

    def sent_again(self, file: File) -> None:
        """An old page is sent once more: its token has had its effect. Of another adult it has none."""
        if not file.sendings:
            return
        who, sending, report = self.random.choice(file.sendings)
        if send_report(self.kit, file.adults[who], sending, self.kit.clock.now()).id != report:
            raise WrongError("one token made two reports")
        for other in file.adults.keys() - {who}:
            self._refused(file, other, sending, NotYoursError)
        self.count["sent again"] += 1

    def correct_in_vain(self, file: File) -> None:
        """What holds no more cannot be corrected; nor what another adult has sent."""
        for old in file.book.reports:
            change = Change(ChangeKind.OTHER, self.today)
            for who in file.adults:
                if old.gone or who != old.by:
                    wrong = EndedError if who == old.by else NotYoursError
                    self._refused(file, who, Sending((change,), os.urandom(32), corrects=file.ids[old.name]), wrong)
                    self.count["corrections refused"] += 1
                    return

    def looked_at(self, file: File) -> None:
        """The centre reads a report: of no effect on any day."""
        held = [report for report in file.book.reports if not report.gone]
        if held and file.announced.view.region == "sierre":
            name, dossier = self.random.choice(held).name, file.announced.view.dossier_id
            _, one = desk.read_at_desk(self.house.world.staff, self.house.worker, dossier, name)
            file.events += name not in file.read
            file.read.add(name)
            self.count["read by the centre"] += 1
            if one.report.name != name:
                raise WrongError(f"{one.report.name} is not {name}")

    def apart(self, file: File) -> File | None:
        """«I am not safe with this person»: a file of one's own, and nothing in the old one changes."""
        if "b" not in file.adults or "apart" in self.count:
            return None
        shut, token, actor = self.random.random() < 0.5, os.urandom(32), file.adults["b"]
        wish = Wish(None, None, None, SIERRE, (), code_is_mine=shut)
        apart.part(self.kit, actor, wish, token, self.kit.clock.now(), None, "fr")
        found = find_filed(self.kit, token)
        if found is None or found.access_code is None:
            raise WrongError("the new file is not there")
        announced = Announced(token, found.demand, found.access_code)
        book: Book = file.book.apart("b", self.today.replace(day=1), file.book.last, SIERRE)
        if shut:
            del file.adults["b"]
            file.sendings = [one for one in file.sendings if one[0] != "b"]
        self.count["apart"] += 1
        return self.house.file(announced, book, {"a": self.house.world.adult(announced)})

    def _mine(self, file: File) -> Report | None:
        found = [report for report in file.book.reports if not report.gone and report.by in file.adults]
        return self.random.choice(found) if found else None

    def _report(self, file: File, who: str, old: Report | None) -> None:
        actor, token, random = file.adults[who], os.urandom(32), self.random
        corrects = file.ids[old.name] if old else None
        now = reading.known(self.kit, actor).without(corrects).overlaid.situation
        name = name_of(self.kit, token)
        changes: list[Change] = []
        for place in range(random.choice((1, 1, 1, 2, 3))):
            kinds = _MOVES if random.random() < 0.3 else tuple(ChangeKind)
            newcomer = partial(newcomer_of, name, place)
            change = any_change(now, Frame(file.book.first, file.book.last, newcomer, self.today, kinds), random)
            if change.kind is ChangeKind.PERMIT_CHANGED and random.random() < 0.5:
                change = replace(change, said={**change.said, "permit": random.choice(_ELSEWHERE)})
            changes.append(change)
        why = random.choice((None, "Je viens de l’apprendre."))
        sending = Sending(
            tuple(changes), token, why=why, asks_decision=random.random() < 0.3, corrects=corrects, names={who: "…"}
        )
        try:
            sent = self._sent(file, who, sending)
        except FaultsError:
            self.count["refused"] += 1
            return
        except SaidAlreadyError:
            self.count["said already"] += 1
            return
        view, sending = sent
        self._into_the_book(file, who, sending, view, old)

    def _sent(self, file: File, who: str, sending: Sending) -> tuple[ReportView, Sending]:
        """Sent, after what the earlier reports say otherwise was asked about; sometimes twice at the same time."""
        actor, now = file.adults[who], self.kit.clock.now()
        try:
            view = send_report(self.kit, actor, sending, now)
        except ClashError as asked:
            self.count["asked"] += 1
            self.house.unchanged(file)
            places = [(one.step.report, one.step.place) for one in asked.clashes if one.kind is not ClashKind.SAME]
            drops = {place for place in dict.fromkeys(places) if self.random.random() < 0.4}
            sending = replace(sending, settled=frozenset(places), drops=frozenset(drops))
            self.count["dropped"] += len(drops)
            if self.random.random() < 0.3:
                with ThreadPoolExecutor(2) as pool:
                    views = list(pool.map(lambda _: send_report(self.kit, actor, sending, now), range(2)))
                self.count["sent at once"] += 1
                if views[0].id != views[1].id:
                    raise WrongError("two senders of one token made two reports") from asked
                return views[0], sending
            view = send_report(self.kit, actor, sending, now)
        return view, sending

    def _into_the_book(self, file: File, who: str, sending: Sending, view: ReportView, old: Report | None) -> None:
        said = [_words(change) for change in sending.changes]
        kept = self.house.stored(file, view.name, said, who)
        if kept.drops != sending.drops:
            raise WrongError(f"{view.name} drops {kept.drops}, and {sending.drops} was said")
        file.book.reports.append(kept)
        file.ids[view.name] = view.id
        file.sendings.append((who, sending, view.id))
        self.count["reports"] += 1
        if old is not None:
            old.gone = True
            file.events += 1
            self.count["corrections"] += 1
        for change in said:
            if change["kind"] == "moved":
                self.count["moves out of the canton" if change["said"].get("outside") else "moves"] += 1
            elif change["kind"] == "permit_changed":
                self.count["permits"] += 1

    def _refused(self, file: File, who: str, sending: Sending, wrong: type[Exception]) -> None:
        try:
            send_report(self.kit, file.adults[who], sending, self.kit.clock.now())
        except wrong:
            return
        raise WrongError(f"{who} could send {sending}")


def _words(change: Change) -> Json:
    found: Json = {"kind": change.kind.value, "since": change.since.isoformat(), "said": dict(change.said)}
    return found if change.person is None else found | {"person": change.person}
