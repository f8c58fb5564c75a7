"""A real nginx before the served paper, load on it, and what that costs in processor time."""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.frame import PYTHON, ROOT, environment, get

NGINX, WRK = "/usr/sbin/nginx", "wrk"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
TICKS = os.sysconf("SC_CLK_TCK")
ENCODINGS = "gzip, deflate, br, zstd"


def shipped_conf(data: Path, upstream: int, port: int) -> str:
    """Return the shipped server file, filled in as the product fills it in."""
    code = (
        "import sys, django; django.setup()\n"
        "from pathlib import Path\n"
        "from broadsheet.delivery.queries.server_files import filled\n"
        "print(filled(Path(sys.argv[1]).read_text(), upstream=sys.argv[2], listen=sys.argv[3], brotli=sys.argv[4] == 'yes'))"
    )
    brotli = "yes" if BROTLI.is_file() else "no"
    template = str(ROOT / "deploy" / "nginx.conf")
    command = [PYTHON, "-c", code, template, f"127.0.0.1:{upstream}", f"127.0.0.1:{port}", brotli]
    env = environment(data, PORT=str(upstream))
    return subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, text=True).stdout


@contextmanager
def nginx(home: Path, conf: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """An nginx of one worker with these servers, ended afterwards."""
    home.mkdir(parents=True, exist_ok=True)
    load = f"load_module {BROTLI};\n" if BROTLI.is_file() else ""
    user = "user root;\n" if os.geteuid() == 0 else ""
    folders = "".join(
        f"{kind}_temp_path {home}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (home / "nginx.conf").write_text(
        f"{load}{user}daemon off;\nworker_processes 1;\npid {home}/pid;\nerror_log {home}/error.log;\n"
        "events { worker_connections 4096; }\n"
        f"http {{\naccess_log off;\nkeepalive_requests 100000000;\n{folders}{conf}\n}}\n"
    )
    process = subprocess.Popen([NGINX, "-c", str(home / "nginx.conf"), "-p", str(home)])
    try:
        until = time.monotonic() + 10
        while not get(port, "/")[0]:
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"nginx did not begin: {(home / 'error.log').read_text()}")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(10)


def family(pid: int) -> list[int]:
    """Return the process and its children."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        children = (task / "children").read_text().split()
        found += [member for child in children for member in family(int(child))]
    return found


def cpu_seconds(pid: int) -> float:
    """Return the processor time that the process and its children have taken."""
    total = 0
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def load(port: int, path: str, *, seconds: float, connections: int = 32, encodings: str = ENCODINGS) -> int:
    """Ask for the page as fast as it is answered; return how many good answers came."""
    command = [
        WRK, "-t1", f"-c{connections}", f"-d{seconds:g}s", "-H", f"Accept-Encoding: {encodings}",
        "-H", "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        f"http://127.0.0.1:{port}{path}",
    ]  # fmt: skip
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    done = re.search(r"(\d+) requests in", told)
    if done is None:
        raise SystemExit(f"wrk did not say how many answers came:\n{told}")
    return int(done[1]) - int(failed[1] if failed else 0)


class Publisher:
    """A process of its own that publishes when it is asked, as an editor's would."""

    def __init__(self, data: Path, port: int) -> None:
        self.process = subprocess.Popen(
            [PYTHON, "-m", "bench.publisher"], env=environment(data, PORT=str(port)), cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, **question: object) -> dict:
        """Return what the process says: paths, headline and the moment of the commit."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(20)
