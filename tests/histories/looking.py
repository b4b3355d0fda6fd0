"""Every day of a file: as the services give it to each who may see it, beside the replay of what was sent."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from portal.domain.changes.timeline import Overlaid, situation_on
from portal.domain.situation import Situation
from portal.services.reports import reading
from portal.services.snapshots import said_to_centre
from tests.histories.book import DESK, Book, Told
from tests.histories.compare import difference, plain
from tests.histories.history import Json
from tests.histories.house import File, House, WrongError
from tests.histories.replay import HOUSEHOLD, Replay, days


def look(house: House, file: File, random: Random) -> int:
    """How many days were compared: all of them, for each adult and for the centre. Raises WrongError."""
    seen, here = 0, Json()
    for viewer in (*file.adults, DESK):
        over_time = _answers(house, file, viewer)
        history = file.book.seen_by(viewer)
        words, replay = _Words(file.book, history.base), Replay(history, None if viewer == DESK else viewer)
        one_day = random.choice([*days(history)])
        last: Situation | None = None
        for day in days(history):
            seen += 1
            now = situation_on(over_time, day)
            if now != last:
                here, last = plain(now), now
            there = replay.on(day)
            if here != there:
                raise WrongError(f"{viewer} on {day}: {difference(here, there)}")
            words.check(there, day)
            if day == one_day and viewer != DESK:
                asked = reading.situation_of(house.world.citizen, file.adults[viewer], day)
                if plain(asked) != there:
                    raise WrongError(f"{viewer} asked for {day}: {difference(plain(asked), there)}")
        if viewer != DESK:
            _list(house, file, viewer)
    house.unchanged(file)
    return seen


def _answers(house: House, file: File, viewer: str) -> Overlaid:
    if viewer != DESK:
        return reading.known(house.world.citizen, file.adults[viewer]).overlaid
    said = said_to_centre(house.world.staff, file.announced.view)
    if said is None:
        raise WrongError("the centre has no answers")
    return Overlaid(said.situation)


class _Words:
    """The replay knows steps; of moves and permits the words themselves are asked too: the last one that holds."""

    def __init__(self, book: Book, base: Json) -> None:
        self.book, self.commune, self.communes = book, base.get("commune"), book.communes()
        self.permits: dict[str, list[Told]] = {}

    def check(self, there: Json, day: date) -> None:
        """What the replay gives for a day agrees. Raises WrongError."""
        commune = _last(self.communes, day) or self.commune
        if there[HOUSEHOLD].get("commune") != commune:
            raise WrongError(f"on {day} the commune is {there[HOUSEHOLD].get('commune')}, and {commune} was said")
        for person in there.keys() - {HOUSEHOLD}:
            if person not in self.permits:
                self.permits[person] = self.book.permits(person)
            permit = _last(self.permits[person], day)
            if permit and there[person].get("permit") != permit:
                raise WrongError(f"on {day} the permit of {person} is not {permit}")


def _last(told: list[Told], day: date) -> Any:
    return next((one[-1] for one in reversed(told) if one[0] <= day), None)


def _list(house: House, file: File, viewer: str) -> None:
    """An adult's own reports, newest first, each as it stands; never one of somebody else."""
    listed = [(one.name, one.ended) for one in reading.own_reports(house.world.citizen, file.adults[viewer])]
    wanted = [(one.name, one.gone) for one in reversed(file.book.reports) if one.by == viewer]
    if listed != wanted:
        raise WrongError(f"{viewer} is shown {listed} and not {wanted}")
