"""The product as it is served: real processes on a folder of their own, a real nginx and a real Caddy before them."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PUBLIC_URL = "http://paper.test"
SERVE = "import sys; from broadsheet.delivery.engines.serve import run; run('127.0.0.1', int(sys.argv[1]), int(sys.argv[2]))"


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def environment(folder: Path, settings: str = "tests.delivery.serving_settings", **more: str) -> dict[str, str]:
    """Return the environment of a process on this folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("BROADSHEET_", "PYTEST_"))}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": settings,
        "BROADSHEET_DATA": str(folder),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        "BROADSHEET_LOG": "warning",
        "BROADSHEET_URL": PUBLIC_URL,
        **more,
    }


class Answer:
    """What came back."""

    def __init__(self, answer: http.client.HTTPResponse, body: bytes) -> None:
        self.status = answer.status
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        self.pairs = answer.getheaders()
        self.body = body


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """Ask a server on this machine; header names have underscores for hyphens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if body is not None:
            connection.putheader("content-length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        return Answer(answer, answer.read())
    finally:
        connection.close()


def answers(port: int, path: str = "/health", seconds: float = 60.0) -> bool:
    """Return whether the server came to answer within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            ask(port, path)
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


class Process:
    """A process of the test's own; killed at its end."""

    def __init__(self, command: list[str], folder: Path, log: str, **options: object) -> None:
        self.log = folder / log
        with self.log.open("ab") as out:
            self.popen = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True, **options)

    def kill(self, how: int = signal.SIGKILL) -> None:
        """End the process and those it started."""
        if self.popen.poll() is None:
            os.killpg(self.popen.pid, how)
        self.popen.wait(20)


def serve(folder: Path, port: int, processes: int = 1, **more: str) -> Process:
    """Return the product serving the folder, answering."""
    command = [sys.executable, "-c", SERVE, str(port), str(processes)]
    found = Process(command, folder, f"serve-{port}.log", env=environment(folder, PORT=str(port), **more), cwd=ROOT)
    if not answers(port, "/who/"):
        found.kill()
        raise RuntimeError(found.log.read_text())
    return found


def nginx(folder: Path, conf: str, port: int) -> Process:
    """Return a real nginx with this server file, answering."""
    home = folder / "nginx"
    home.mkdir(exist_ok=True)
    module = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
    load = f"load_module {module};\n" if module.is_file() else ""
    user = "user root;\n" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{kind}_temp_path {home}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (home / "nginx.conf").write_text(
        f"{load}{user}daemon off;\nworker_processes 1;\npid {home}/pid;\nerror_log {home}/error.log;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\naccess_log off;\nkeepalive_requests 1000000;\n{temporary}{conf}\n}}\n"
    )
    command = ["/usr/sbin/nginx", "-c", str(home / "nginx.conf"), "-p", str(home)]
    found = Process(command, folder, "nginx.log")
    if not answers(port, "/", 10):
        found.kill()
        raise RuntimeError(found.log.read_text() + (home / "error.log").read_text())
    return found


def caddy(folder: Path, conf: str, port: int) -> Process:
    """Return a real Caddy with this file, answering."""
    file = folder / "Caddyfile"
    file.write_text("{\n\tadmin off\n\tauto_https off\n}\n" + conf)
    env = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    found = Process(
        ["/usr/bin/caddy", "run", "--config", str(file), "--adapter", "caddyfile"], folder, "caddy.log", env=env
    )
    if not answers(port, "/", 15):
        found.kill()
        raise RuntimeError(found.log.read_text())
    return found
