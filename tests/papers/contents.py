"""What people send in these tests: pictures, a PDF and noise, each file with bytes of its own, and what a check makes of it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from random import Random

from PIL import Image

from portal.adapters.inspection.answer import Inspected
from tests.services.sending import CHECKER, photo

LARGE = 0.15
"""How much of the noise is kept in several runs for one piece."""
SIZES = ((420, 594), (620, 877), (900, 640), (1240, 1754))


@dataclass(frozen=True)
class Content:
    """A file: `kind` tells what a check must make of it; None: it is nothing that can be opened."""

    data: bytes
    kind: str | None


def content(chance: Random, number: int) -> Content:
    """The next file; `number` makes it unlike any other."""
    mark = f"-{number}-".encode()
    if chance.random() < 0.35:
        least, most = (1_200_000, 3_500_000) if chance.random() < LARGE else (1, 300_000)
        return Content(b"noise" + mark + chance.randbytes(chance.randint(least, most)), None)
    kind = chance.choice(("0", "1", "2", "3", "pdf"))
    # What stands after the end of a picture is dropped by the check, so that one opening answers for all of a kind.
    return Content(_bare(kind) + (b"" if kind == "pdf" else mark + chance.randbytes(50)), kind)


@cache
def expected(kind: str) -> Inspected:
    """The clean file and the pages that a check makes of it."""
    return CHECKER.inspector.inspect(_bare(kind))


@cache
def _bare(kind: str) -> bytes:
    if kind != "pdf":
        return photo(f"Beleg {kind}", SIZES[int(kind)])
    out = io.BytesIO()
    first, *others = [Image.open(io.BytesIO(photo(words, SIZES[1]))) for words in ("eins", "zwei", "drei")]
    first.save(out, "PDF", save_all=True, append_images=others)
    return out.getvalue()
