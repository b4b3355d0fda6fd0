"""The client, a process of its own: sends prepared requests over persistent connections and times each answer.

Reads one round as JSON from standard input, writes the seconds of each answer as JSON to standard output. The very
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

LOOPBACK = "127.0.0.1"
SECONDS = 60


@dataclass(frozen=True)
class Round:
    """One round: each client sends its own requests, one after the other, all clients at the same time."""

    port: int
    warm_path: str
    status: int
    """What every answer must be; anything else ends the round."""
    requests: list[list[tuple[str, str, dict[str, str], str | None]]]
    """For each client: method, path, headers, body."""


def measure(one: Round) -> list[float]:
    """Run a round in a new process; the seconds of every answer. RuntimeError when an answer was not as expected."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.client"],
        input=json.dumps(asdict(one)),
        capture_output=True,
        text=True,
        timeout=600,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return [float(seconds) for seconds in json.loads(done.stdout)]


def main() -> None:
    """Read a round, run it, write its times."""
    one = Round(**json.load(sys.stdin))
    times: list[list[float]] = [[] for _ in one.requests]
    faults: list[str] = []
    start = threading.Barrier(len(one.requests))

    def client(number: int) -> None:
        connection = http.client.HTTPConnection(LOOPBACK, one.port, timeout=SECONDS)
        connection.request("GET", one.warm_path)  # the connection is made before the clock runs
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
                return

    gc.disable()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(len(one.requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults or any(len(found) != len(wanted) for found, wanted in zip(times, one.requests, strict=True)):
        sys.exit("; ".join(faults) or "a client was cut off")
    json.dump([seconds for found in times for seconds in found], sys.stdout)


if __name__ == "__main__":
    main()
