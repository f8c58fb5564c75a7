"""PERF-01, PERF-02: an article's page to anonymous readers, in processor time, against nginx with a static file.

In turns within one run, each server alone under the same load: nginx with a file of exactly the bytes that readers
get (head and body; a line says what the headers cost), nginx with the shipped configuration before the whole product,
and the one Python process by itself. All the while the article is published anew about twice a second, and a reader
watches how old the page is that they get.
"""

import http.client
import re
import statistics
import sys
import threading
import time
from pathlib import Path

from bench.archive import build
from bench.frame import Figure, at_least, at_most, folder, free_port, get, report, serving
from bench.web_server import ENCODINGS, Publisher, cpu_seconds, load, nginx, shipped_conf

ROUNDS, SECONDS = 7, 3.0
WORD = re.compile(rb"Version ([0-9]+)x")


def body_of(port: int, path: str) -> bytes:
    """Return the bytes of the page as they travel to a browser."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Accept-Encoding": ENCODINGS, "Host": "localhost"})
    found = connection.getresponse().read()
    connection.close()
    return found


def static_server(folder_: Path, port: int, headers: str = "") -> str:
    """Return a server that has nothing but the file, with the same headers or with nginx's own alone."""
    return (
        f"server {{ listen 127.0.0.1:{port}; root {folder_}; sendfile on; tcp_nopush on; gzip off; server_tokens off;"
        f' types {{ }} default_type "text/html; charset=utf-8"; {headers} }}\n'
    )


def headers_of(port: int, path: str) -> str:
    """Return the headers that the paper gives the page, as nginx sets them."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Accept-Encoding": ENCODINGS, "Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    own = {"date", "content-length", "content-type", "etag", "last-modified"}
    pairs = [(name, value) for name, value in answer.getheaders() if name.lower() not in own]
    connection.close()
    return "".join(f' add_header {name} "{value}";' for name, value in pairs)


class Watch(threading.Thread):
    """A reader who looks at the page again and again while it is published anew."""

    def __init__(self, port: int, path: str, publisher: Publisher) -> None:
        super().__init__(daemon=True)
        self.port, self.path, self.publisher = port, path, publisher
        self.done = threading.Event()
        self.active = threading.Event()
        self.versions = [(time.time(), 0)]
        self.ages: list[float] = []
        self.editor = threading.Thread(target=self.edit, daemon=True)

    def edit(self) -> None:
        """Publish a new version about twice a second, while the shipped server is measured."""
        number = 0
        while not self.done.is_set():
            if not self.active.wait(0.2):
                continue
            number += 1
            told = self.publisher.ask(number=0, word=f"Version {number}x of the story")
            self.versions.append((told["at"], number))
            time.sleep(0.4)

    def run(self) -> None:
        """Note how old each page is that comes."""
        self.editor.start()
        while not self.done.is_set():
            if not self.active.is_set():
                time.sleep(0.05)
                continue
            asked = time.time()
            status, body = get(self.port, self.path)
            shown = [int(number) for number in WORD.findall(body)]
            if status == 200 and shown:
                newer = [at for at, number in list(self.versions) if number > max(shown) and at < asked]
                self.ages.append(asked - min(newer) if newer else 0.0)
            time.sleep(0.02)


def measure(port: int, path: str, pid: int) -> tuple[float, float]:
    """Return answers a second of processor time, and a second of the clock."""
    before, begun = cpu_seconds(pid), time.monotonic()
    answers = load(port, path, seconds=SECONDS)
    return answers / max(0.01, cpu_seconds(pid) - before), answers / (time.monotonic() - begun)


def main() -> int:
    """Measure and report."""
    with folder("delivery") as home:
        data = home / "data"
        build(1000, data)
        shipped, static, bare = free_port(), free_port(), free_port()
        with serving(data) as (inner, process):
            publisher = Publisher(data, inner)
            path = publisher.ask(number=0)["path"]
            publisher.ask(number=0, word="Version 0x of the story")
            time.sleep(1.5)
            get(inner, path), time.sleep(0.5)
            file = data / "plain" / f"{path.strip('/')}/index.html.br"  # as deep as the page is stored
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body_of(inner, path))
            with (
                nginx(home / "shipped", shipped_conf(data, inner, shipped), shipped) as front,
                nginx(
                    home / "plain",
                    static_server(data / "plain", static, headers_of(inner, path))
                    + static_server(data / "plain", bare),
                    static,
                ) as back,
            ):
                return _rounds((shipped, path, front.pid), (static, f"{path}index.html.br", back.pid, bare), (inner, path, process.pid),
                               Watch(shipped, path, publisher), file)  # fmt: skip


def _rounds(
    shipped: tuple[int, str, int],
    static: tuple[int, str, int, int],
    alone: tuple[int, str, int],
    watch: Watch,
    file: Path,
) -> int:
    watch.start()
    watch.active.set()
    front, single, unheaded, clock = [], [], [], []
    for _ in range(ROUNDS):
        base = measure(*static[:3])
        here = measure(*shipped)
        again = measure(*static[:3])
        without = measure(static[3], *static[1:3])
        python = measure(*alone)
        between = (base[0] + again[0]) / 2
        front.append(here[0] / between)
        single.append(python[0] / between)
        unheaded.append(here[0] / without[0])
        clock.append((between, here[0], python[0], python[1]))
    watch.done.set()
    watch.join(5)
    watch.publisher.close()
    rates = [statistics.median(column) for column in zip(*clock, strict=True)]
    return report(
        [
            at_least("PERF-01", "shipped nginx to nginx with a static file, answers per processor second",
                     statistics.median(front), 0.95),
            at_most("PERF-01", f"oldest page among {len(watch.ages)} seen during {len(watch.versions)} publications",
                    max(watch.ages, default=9.0), 1.0, "s"),
            at_least("PERF-02", "the Python process alone to nginx with a static file, per processor second",
                     statistics.median(single), 0.45),
            Figure("PERF-01", "shipped nginx to nginx with the body as a static file and none of the headers",
                   round(statistics.median(unheaded), 4)),
            Figure("PERF-01", "nginx with a static file, answers per processor second", rates[0]),
            Figure("PERF-01", "shipped nginx, answers per processor second", rates[1]),
            Figure("PERF-02", "the Python process, answers per processor second", rates[2]),
            Figure("PERF-02", "the Python process, answers per second of the clock", rates[3]),
            Figure("PERF-01", "bytes of the page as they travel", float(file.stat().st_size), "bytes"),
        ]
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
