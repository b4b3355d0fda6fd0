"""Many sequences against one house, and what is there at the end: everything that was acknowledged, and nothing else."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from random import Random

from sqlalchemy import select

from devstack.stack import Stack
from portal.models import DocumentObject
from tests.papers import trouble
from tests.papers.figures import Outcome, Plan
from tests.papers.house import House, objects
from tests.papers.oracle import Sent, faults_of
from tests.papers.steps import Sequence

A_PERSON = 10
"""Sequences of one person; then somebody else comes."""
ORPHAN = "d/00/nobodys"


def run_papers(stack: Stack, plan: Plan) -> Outcome:
    """Carry the plan out on the migrated, empty database of `stack`, whose PostgreSQL runs."""
    begun, outcome = time.monotonic(), Outcome(plan)
    house = House(stack)
    sequences: list[Sequence] = []
    try:
        for key in objects(house.straight):  # of earlier tests
            house.straight.store.delete(key)
        house.straight.store.put(ORPHAN, b"an object without a row", "application/octet-stream")
        for sequence in _carried_out(house, plan, begun + plan.seconds * 0.9):
            sequences.append(sequence)
            outcome.done += 1
            outcome.steps += sequence.steps
        outcome.faults += [fault for sequence in sequences for fault in sequence.faults]
        outcome.faults += _end(house, sequences, outcome)
        outcome.broken = house.broken + Counter(
            {"connections cut": outcome.steps["cut"], "checks killed": outcome.steps["check killed"]}
        )
        outcome.broken.update({f"requests {kind.value}": count for kind, count in house.line.done.items()})
    finally:
        house.close()
    if outcome.done != plan.sequences:
        outcome.faults.append(f"{outcome.done} sequences of {plan.sequences} within the time")
    outcome.seconds = time.monotonic() - begun
    return outcome


def _carried_out(house: House, plan: Plan, deadline: float) -> Iterator[Sequence]:
    chance = Random(plan.seed)  # noqa: S311 - the same steps in each run
    heavy: dict[int, list[str]] = {}
    for kind, count in plan.heavy.items():
        for number in chance.sample(range(plan.sequences), count):
            heavy.setdefault(number, []).append(kind)
    for number in range(plan.sequences):
        if time.monotonic() > deadline:
            return
        if number % A_PERSON == 0:
            phone, actor = house.person()
        own = Random(f"{plan.seed}/{number}")  # noqa: S311
        sequence = Sequence(house, phone, actor, own, number, None if number % A_PERSON else "lease")
        try:
            _sequence(sequence, heavy.get(number, []))
            sequence.faults += faults_of(house.straight, sequence.paper)
        except Exception as error:
            sequence.faults.append(f"{type(error).__name__}: {error}")
            house.calm()
        sequence.faults = [f"sequence {number}: {fault}" for fault in sequence.faults]
        yield sequence


def _sequence(sequence: Sequence, heavy: list[str]) -> None:
    """A few files of one paper, sent in steps of all kinds; most of them are finished, some are checked."""
    chance = sequence.chance
    for _ in range(chance.randint(1, 3) + len(heavy)):
        file = sequence.begin()
        if file is None:
            continue
        for _ in range(chance.randint(0, 3)):
            if not (file.whole or file.deleted):
                _unfinished(sequence, file)
        if heavy and not file.whole and not file.deleted:
            trouble.heavy(sequence, heavy.pop(), file)
        if not file.deleted:
            _later(sequence, file)
    while heavy:  # their files were whole or gone before it was their turn
        if (file := sequence.begin()) is not None:
            trouble.heavy(sequence, heavy.pop(), file)
    _at_last(sequence)


def _at_last(sequence: Sequence) -> None:
    """Pages are arranged; now and then all of it is taken back, and something else sent."""
    for _ in range(sequence.chance.randint(0, 3)):
        sequence.arrange()
    if sequence.chance.random() < 0.06:
        sequence.delete_paper()
        sequence.begin()


def _unfinished(sequence: Sequence, file: Sent) -> None:
    act = sequence.chance.choice(
        (sequence.piece, sequence.piece, sequence.cut, sequence.replay, sequence.together, trouble.light)
    )
    if act is trouble.light:
        trouble.light(sequence, file)
    else:
        act(file)  # type: ignore[call-arg, arg-type]


def _later(sequence: Sequence, file: Sent) -> None:
    chance = sequence.chance
    if not file.whole and chance.random() < 0.1:
        sequence.delete_under_way(file)
        return
    if chance.random() < 0.85:
        sequence.resume(file)
    if file.whole and chance.random() < 0.4:
        sequence.check(file)
    if chance.random() < 0.15:
        trouble.light(sequence, file)
    if chance.random() < 0.12 and not file.deleted:
        sequence.delete(file)
    elif chance.random() < 0.15 and file.whole and not file.deleted:
        sequence.replay(file)


def _end(house: House, sequences: list[Sequence], outcome: Outcome) -> Iterator[str]:
    """Sweeps that may touch nothing, then the one 30 hours ahead; and everything read back once more."""
    files = [file for sequence in sequences for file in sequence.paper.files]
    outcome.acknowledged = sum(file.acked for file in files)
    for file in files:
        outcome.files[_kind(file)] += 1
    if lost := {file.id for file in files if file.whole and not file.deleted} - house.jobs():
        yield f"{len(lost)} received files without a job"
    before = objects(house.straight)
    for hours in (0.0, 23.0):
        swept = house.swept(hours)
        if (swept.uploads, swept.orphans, swept.missing) != (0, 0, 0):
            yield f"a sweep {hours:.0f} hours ahead touched what is younger than a day: {swept}"
    outcome.swept = swept = house.swept(30.0)
    if swept.missing:
        yield f"{swept.missing} rows have no object"
    with house.worker.database.transaction() as session:
        rows = set(session.scalars(select(DocumentObject.object_key)))
    after = objects(house.straight)
    if after != rows:
        yield f"after the sweep: {len(after - rows)} objects without a row, {len(rows - after)} rows without an object"
    if ORPHAN in after or ORPHAN not in before:
        yield "the orphan that was put there was not swept"
    for number, sequence in enumerate(sequences):
        yield from (
            f"sequence {number}, after the sweep: {fault}"
            for fault in faults_of(house.straight, sequence.paper, swept=True)
        )


def _kind(file: Sent) -> str:
    if file.deleted:
        return "deleted"
    return "ready" if file.ready else "received" if file.whole else "unfinished"
