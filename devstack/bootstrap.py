"""`make setup`: the virtual environment, the locked packages, the compiled catalogs. Quick when all is in place.

Runs on the system's Python before anything is installed: standard library only, and no syntax that an older
Python 3 cannot read, for such a Python must get as far as the message that it is too old.
"""

# ruff: noqa: UP006, UP035 - list[str] stops Python 3.8 before the message above
import fcntl
import hashlib
import subprocess
import sys
from pathlib import Path
from typing import List, Tuple

PROJECT = Path(__file__).resolve().parents[1]
LOCKS = {"devstack": ["devstack"], "dev": ["dev", "devstack"]}  # dev.txt holds all of devstack.txt
WANTED = (3, 11)


class SetupError(Exception):
    """The set-up cannot go on; the message says what to do."""


def check_python(version: Tuple[int, ...] = tuple(sys.version_info[:2])) -> None:
    """Raise SetupError when this Python is too old."""
    if version < WANTED:
        wanted, found = (".".join(map(str, one)) for one in (WANTED, version))
        raise SetupError(
            f"Python {wanted} or later is needed; {sys.executable} is Python {found}.\n"
            f"If you have a later one, name it: make run PYTHON=python{wanted}"
        )


def ensure_environment(venv: Path) -> Path:
    """The Python of the virtual environment, made anew when it is missing or broken. Raises SetupError."""
    python = venv / "bin" / "python"
    probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    if python.exists() and _run([str(python), "-c", probe])[0] == 0:
        return python
    print(f"Making the virtual environment in {venv} …", flush=True)
    code, output = _run([sys.executable, "-m", "venv", "--clear", str(venv)])
    if code != 0:
        raise SetupError(
            f"{sys.executable} could not make a virtual environment.\n{output.strip()}\n"
            "Debian and Ubuntu keep the module in a package of its own: apt install python3-venv"
        )
    return python


def ensure_packages(python: Path, venv: Path, lock: str, folder: Path = PROJECT / "requirements") -> bool:
    """Install requirements/<lock>.txt; False when just that was installed before. Raises SetupError."""
    stamp = venv / f"installed-{lock}"
    if stamp.exists() and stamp.read_text() == _fingerprint(folder, lock):
        return False
    requirements = folder / f"{lock}.txt"
    print(f"Installing requirements/{requirements.name} …", flush=True)
    # What pip says about itself, root and its own settings is noise here; its errors still show.
    noise = ["--quiet", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]
    options = [*noise, "--no-input", "--require-hashes"]
    command = [str(python), "-m", "pip", "install", *options, "--requirement", str(requirements)]
    if subprocess.call(command) != 0:
        raise SetupError("The packages could not be installed; pip says why above.")
    for covered in LOCKS[lock]:
        (venv / f"installed-{covered}").write_text(_fingerprint(folder, covered))
    return True


def compile_catalogs(python: Path, folder: Path = PROJECT / "portal" / "i18n" / "catalogs") -> int:
    """Compile each catalog that is newer than its compiled form; the number of them. Raises SetupError."""
    stale = [po for po in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(po)]
    for po in stale:
        command = [str(python), "-m", "babel.messages.frontend", "compile", "-i", str(po)]
        code, output = _run([*command, "-o", str(po.with_suffix(".mo"))])
        if code != 0:
            raise SetupError(f"{po} cannot be compiled:\n{output}")
    return len(stale)


def main(arguments: List[str]) -> int:
    """`bootstrap.py devstack|dev`: 0 when all is in place, 1 with a message when not."""
    lock = arguments[0] if arguments else "devstack"
    try:
        check_python()
        venv = PROJECT / ".venv"
        (PROJECT / "var").mkdir(exist_ok=True)
        with (PROJECT / "var" / "setup.lock").open("w") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)  # two `make` at the same time install one after the other
            python = ensure_environment(venv)
            ensure_packages(python, venv, lock)
            compile_catalogs(python)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _fingerprint(folder: Path, lock: str) -> str:
    return hashlib.sha256((folder / f"{lock}.txt").read_bytes()).hexdigest()


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def _run(command: List[str]) -> Tuple[int, str]:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout.decode(errors="replace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
