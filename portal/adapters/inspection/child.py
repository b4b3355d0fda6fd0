"""The child: binds itself, says that it is ready, reads one file, answers once, ends.

Started by `inspector` alone, with an empty environment. It never sees a name, a key or an address.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Final

from portal.adapters.inspection import papers, pictures
from portal.adapters.inspection.answer import READY, Inspected, Refused, packed
from portal.adapters.inspection.confinement import confine
from portal.adapters.inspection.kinds import kind_of
from portal.adapters.inspection.pictures import UnusableError
from portal.domain.document import MOST_BYTES, FileFault, FileKind

# Text in names of fonts and fields is read with these; later they could not be loaded.
_CODECS: Final = ("ascii", "latin-1", "cp1252", "utf-16", "utf-16-be", "utf-16-le", "mac-roman", "pdfdoc")


def main(parent: int) -> None:
    """Inspect what comes on standard input. `parent`: the process id of who waits for the answer."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # else it waits until a library returns
    for codec in _CODECS:
        " ".encode(codec)
    pictures.prepare()
    papers.prepare()
    # Open before the confinement: afterwards there is no /proc.
    with Path("/proc/self/status").open(encoding="ascii", errors="replace", buffering=1) as status:
        confined = confine(parent)
        # The folder we stand in has no name any more, and Pillow asks for it when it saves, even to memory.
        os.getcwd = lambda: "/"
        sys.stdout.buffer.write(READY)
        sys.stdout.buffer.flush()
        said = _inspected(sys.stdin.buffer.read(MOST_BYTES + 1), confined)
        status.seek(0)
        peak = next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmPeak:")), 0)
    if isinstance(said, Inspected):
        said = Inspected(said.kind, said.clean, said.clean_type, said.pages, peak, confined)
    else:
        said = Refused(said.fault, said.reason, peak, confined)
    try:
        answer = packed(said)
    except MemoryError:
        answer = packed(Refused(FileFault.TOO_HEAVY, "MemoryError", peak, confined))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def _inspected(content: bytes, confined: tuple[str, ...]) -> Inspected | Refused:
    if not content:
        return Refused(FileFault.EMPTY)
    if len(content) > MOST_BYTES:
        return Refused(FileFault.TOO_HEAVY)
    kind = kind_of(content)
    if kind is None:
        return Refused(FileFault.UNKNOWN_KIND)
    try:
        opened = papers.open_pdf(content) if kind is FileKind.PDF else pictures.open_picture(content, kind)
    except UnusableError as error:
        return Refused(error.fault)
    except MemoryError:
        return Refused(FileFault.TOO_HEAVY, "MemoryError")
    except Exception as error:  # the libraries raise anything for a broken file; our own faults show in the tests
        return Refused(FileFault.BROKEN, type(error).__name__)
    return Inspected(kind, opened.clean, opened.clean_type, tuple(opened.pages), confined=confined)
