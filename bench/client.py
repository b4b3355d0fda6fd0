"""The client, a process of its own: sends prepared requests over persistent connections and times each answer.

One line of JSON on standard input is one round, one line on standard output has the seconds of each answer. The very
same code measures the portal and the bare route.
"""

from __future__ import annotations

import gc
import http.client
import json
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Self

LOOPBACK = "127.0.0.1"
SECONDS = 60
Request = tuple[str, str, dict[str, str], str | None]
"""Method, path, headers, body."""


@dataclass(frozen=True)
class Round:
    """Each client sends its own requests one after the other, all clients at the same time."""

    port: int
    status: int
    """What every answer must be; anything else ends the round."""
    requests: list[list[Request]]
    """For each client."""


class Client:
    """The process, for the length of a bench."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.client"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def measure(self, one: Round) -> list[float]:
        """The milliseconds of every answer. RuntimeError when an answer was not as expected."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(asdict(one))}\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"fault": "the client ended"}')
        if "fault" in answer:
            raise RuntimeError(answer["fault"])
        return [seconds * 1000 for seconds in answer["times"]]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()


def run(one: Round) -> dict[str, object]:
    """One round: `times`, or `fault`."""
    times: list[list[float]] = [[] for _ in one.requests]
    faults: list[str] = []
    start = threading.Barrier(len(one.requests))

    def client(number: int) -> None:
        connection = http.client.HTTPConnection(LOOPBACK, one.port, timeout=SECONDS)
        connection.request("GET", "/healthz")  # the connection is made before the clock runs
        connection.getresponse().read()
        start.wait(SECONDS)
        for method, path, headers, body in one.requests[number]:
            begun = time.perf_counter()
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            times[number].append(time.perf_counter() - begun)
            if answer.status != one.status:
                faults.append(f"{method} {path} answered {answer.status}, not {one.status}")
                break
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(len(one.requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if any(len(found) != len(wanted) for found, wanted in zip(times, one.requests, strict=True)):
        faults.append("a client was cut off")
    return {"fault": "; ".join(faults)} if faults else {"times": [seconds for found in times for seconds in found]}


def main() -> None:
    """Run rounds until the bench ends."""
    gc.disable()
    for line in sys.stdin:
        print(json.dumps(run(Round(**json.loads(line)))), flush=True)


if __name__ == "__main__":
    main()
