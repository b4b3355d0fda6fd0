"""What the child may do once it is bound, as root, as an ordinary user, and where the system gives no name spaces."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.inspection import corpus

ROOT = Path(__file__).parents[3]
PROBE = """
import os, resource, socket, sys
sys.path.append(sys.argv[1])
from portal.adapters.inspection import papers, pictures
from portal.adapters.inspection.confinement import confine
from portal.domain.document import FileKind
pictures.prepare(), papers.prepare()
parent = os.getppid()
if sys.argv[2] == "no name spaces":
    os.chroot(sys.argv[4])  # the kernel gives none to who is chrooted
if sys.argv[2] != "root":
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
got = confine(parent)
os.getcwd = lambda: "/"
def tried(what):
    try:
        what()
    except (OSError, RuntimeError) as error:
        return type(error).__name__
    return "done"
def environ():
    return open(f"/proc/{parent}/environ", "rb").read()
def network():
    socket.socket().connect(("127.0.0.1", int(sys.argv[3])))
def fork():
    if not os.fork():
        os._exit(0)
def write():
    with open("/tmp/portal-probe", "wb") as file:
        file.write(b"x" * 9)
def heif():
    pictures.open_picture(sys.stdin.buffer.read(), FileKind.HEIF)
def memory():
    try:
        bytearray(800 * 1024 * 1024)
    except MemoryError:
        raise OSError from None
def leave():
    os.chroot("/")
said = {name: tried(what) for name, what in list(globals().items())
        if name in ("environ", "network", "fork", "write", "memory", "leave")}
said["core"], said["files"] = resource.getrlimit(resource.RLIMIT_CORE)[1], resource.getrlimit(resource.RLIMIT_NOFILE)[1]
said["heif"] = tried(heif)
print(got, said, sep="\\n", flush=True)
"""


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


# A run without rights has none to give away: it is the ordinary user, and "no name spaces" cannot be made.
USERS = ["root", "nobody", "no name spaces"] if os.geteuid() == 0 else ["root"]


@pytest.mark.parametrize("user", USERS)
def test_what_the_child_may_do(user: str, listening: int, tmp_path: Path) -> None:
    """As the portal's own user nothing works but decoding; root is only counted less strictly by the kernel."""
    run = subprocess.run(
        [sys.executable, "-I", "-c", PROBE, str(ROOT), user, str(listening), str(tmp_path)],
        input=corpus.heic(),
        capture_output=True,
        check=False,
        env={},
        cwd="/",
        timeout=60,
    )
    assert run.returncode == 0, run.stderr.decode()
    got, said = map(eval, run.stdout.decode().splitlines())
    print(user, got, said)
    assert "limits" in got
    if user == "no name spaces":
        assert not {"net", "root"} & set(got)
        assert said["network"] == "done"  # what only the system can forbid
    refused = {"write", "memory", "leave", "environ"}
    refused |= {"network"} if "net" in got else set()
    refused |= {"fork"} if user != "root" or os.geteuid() else set()
    if "root" not in got and "powers" not in got:
        refused -= {"environ"}  # only a worker that hides itself is safe then
    assert {name for name in refused if said[name] == "done"} == set()
    assert (said["core"], said["files"], said["heif"]) == (0, 32, "done")


def test_a_process_can_hide_its_environment() -> None:
    code = (
        "import os, sys; sys.path.append(sys.argv[1]); from portal.adapters.inspection.confinement import hide_process\n"
        "if os.getuid() == 0: os.setgid(65534), os.setuid(65534)\n"
        "hide = sys.argv[2] == 'hide' and hide_process()\n"
        "if sys.argv[2] != 'hide':\n"
        "    import ctypes; ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)\n"
        "parent = os.getpid()\n"
        "if not os.fork():\n"
        "    import ctypes; ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)\n"
        "    try: print('read' if open(f'/proc/{parent}/environ').read() else 'empty', flush=True)\n"
        "    except OSError as error: print(type(error).__name__, flush=True)\n"
        "    os._exit(0)\n"
        "os.wait()\n"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-I", "-c", code, str(ROOT), mode],
            capture_output=True,
            env={"MASTER_KEYS": "a-key"},
            check=True,
            text=True,
        ).stdout.strip()
        for mode in ("hide", "open")
    ]
    assert answers == ["PermissionError", "read"]
