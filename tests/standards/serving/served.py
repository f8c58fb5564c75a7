"""A judge that is really served: `broadsheet judge serve` in a process of its own, asked over HTTP."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 120  # seconds a busy machine may take


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Served:
    """One server, on a port that was free; what it writes goes to the log."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.log = folder / "log.txt"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "broadsheet", "judge", "serve", "--port", "0", *options],
                stderr=log, stdout=log, env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        self.port = int(self._wait(lambda: re.search(r"http://127\.0\.0\.1:(\d+)", self.written()))[1])

    def written(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _wait(self, asked: Any) -> Any:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            found = asked()
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError(f"the server did not come: {self.written()}")

    def loaded(self) -> "Served":
        """Wait until it has loaded, whether all is well or not."""
        self._wait(lambda: self.ask("GET", "/health").json["state"] != "loading")
        return self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        """Send one request over a connection of its own; what isn't bytes is sent as JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            connection.request(method, path, data, headers or {})
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def analyze(self, text: Any = "A fine day.", **more: Any) -> Answer:
        request = {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, "languages": ["en"], **more}
        return self.ask("POST", "/v1alpha1/comments:analyze", request)

    def end(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(PATIENCE)
