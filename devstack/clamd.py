"""A private virus scanner: clamd with one signature of its own, the EICAR test file. Tests start it, `make run` does not."""

from __future__ import annotations

import shutil
from pathlib import Path

from devstack.ports import LOOPBACK, answers
from devstack.process import Server, StartError

# In two parts, so that no scanner takes this file for what it describes.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LONGEST_STREAM = 25 * 1024 * 1024
MISSING = "clamd is not installed; `apt-get install --no-install-recommends clamav-daemon` brings it"


def program() -> str | None:
    """Where clamd is; Debian puts it where only root looks."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/local/sbin:/usr/sbin:/sbin")


class Clamd(Server):
    """The scanner, on a port and on a Unix socket. It needs no signatures from outside, hence no network."""

    name = "clamd"

    def __init__(self, root: Path, port: int) -> None:
        super().__init__(root)
        self.port = port
        self.data = root / "clamd"
        self.socket = self.data / "clamd.sock"

    @property
    def url(self) -> str:
        """The address for CLAMD_URL."""
        return f"tcp://{LOOPBACK}:{self.port}"

    @property
    def socket_url(self) -> str:
        """The same over the Unix socket."""
        return f"unix://{self.socket}"

    def prepare(self) -> None:
        signatures, scratch = self.data / "signatures", self.data / "scratch"
        for folder in (signatures, scratch):
            folder.mkdir(parents=True, exist_ok=True)
        self.data.chmod(0o700)
        # Name, any kind of file, anywhere in it, these bytes.
        signatures.joinpath("portal.ndb").write_text(f"Portal.Test.EICAR:0:*:{EICAR.hex()}\n")
        lines = (
            "Foreground yes",
            f"DatabaseDirectory {signatures}",
            f"TemporaryDirectory {scratch}",
            f"TCPAddr {LOOPBACK}",
            f"TCPSocket {self.port}",
            f"LocalSocket {self.socket}",
            "LocalSocketMode 600",
            "FixStaleSocket yes",
            f"StreamMaxLength {LONGEST_STREAM}",
            "MaxThreads 4",
            "SelfCheck 0",  # the signatures never change
        )
        (self.data / "clamd.conf").write_text("\n".join(lines) + "\n")

    def command(self) -> list[str]:
        found = program()
        if found is None:
            raise StartError(MISSING)
        return [found, "--config-file", str(self.data / "clamd.conf")]

    def ready(self) -> bool:
        return answers(self.port) and self.socket.exists()
