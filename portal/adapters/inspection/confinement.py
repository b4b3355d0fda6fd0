"""What binds the child before it reads a byte: limits always, a world of its own where the system allows it."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

MEMORY: Final = 768 * 1024 * 1024
"""Bytes of address space: a HEIC of 12 MP needs 300 MB, a PNG of 59 MP about 600."""
CPU_SECONDS: Final = 20
FILES: Final = 32
_LIMITS: Final = {
    resource.RLIMIT_AS: (MEMORY, MEMORY),
    resource.RLIMIT_CPU: (CPU_SECONDS, CPU_SECONDS + 1),
    resource.RLIMIT_FSIZE: (0, 0),  # nothing is written but to the pipe
    resource.RLIMIT_NOFILE: (FILES, FILES),
    resource.RLIMIT_CORE: (0, 0),  # a core file would hold what was sent
}
_THREADS: Final = 4
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_NEW_USER, _NEW_NET, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_CAPABILITIES_V3 = 0x20080522


class OrphanedError(RuntimeError):
    """The parent was gone before the child could bind itself to it."""


def hide_process() -> bool:
    """Close this process's memory and `/proc/<pid>/environ` to others of the same user; for every process with keys.

    True when the system did it. As a side effect no core file is written any more.
    """
    return bool(ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)


def confine(parent: int) -> tuple[str, ...]:
    """Bind this process for good; the words say what was got: `limits` always, then `net`, `root`, `powers`.

    `parent`: the process id of who started us. Raises OrphanedError, and OSError or ValueError when a limit cannot
    be set: then nothing may be opened.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    # Who dies takes us along. Set first, then looked at: a parent that died before is seen here.
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) or libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        raise OrphanedError("the parent is gone")
    got = ["limits"]
    empty = _empty_folder()
    if libc.unshare(_NEW_USER | _NEW_NET | _NEW_IPC) == 0:
        got.append("net")
    # Without a name space or root, chroot is forbidden anyway; and where a seccomp filter kills for it, it is not tried.
    if empty and ("net" in got or os.geteuid() == 0):
        with suppress(OSError):
            os.chroot(".")
            got.append("root")
    if _drop_powers(libc):
        got.append("powers")
    # The death signal falls away when rights change; so once more.
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() not in {parent, 0}:
        raise OrphanedError("the parent is gone")
    for what, (soft, hard) in _LIMITS.items():
        resource.setrlimit(what, (soft, hard))
    # No process and no thread, as long as `allow_threads` is not called; the kernel never asks this of root. In a
    # name space of its own the child is counted alone, else with everything that its user runs.
    _, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, _THREADS if "net" in got else hard))
    return tuple(got)


def allow_threads() -> None:
    """For HEIF alone: its decoder starts one thread for each picture and fails without it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    resource.setrlimit(resource.RLIMIT_NPROC, (hard, hard))


def _empty_folder() -> bool:
    """Stand in a folder that is already removed: nothing is in it and nothing can be made in it."""
    try:
        folder = tempfile.mkdtemp(prefix="portal-")
        os.chdir(folder)
        Path(folder).rmdir()
    except OSError:
        return False
    return True


def _drop_powers(libc: ctypes.CDLL) -> bool:
    """Give every capability away: with them a chroot can be left, and another process read."""
    head = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
    none = (ctypes.c_uint32 * 6)()
    return bool(libc.capset(head, none) == 0)
