"""Two processes of one paper behind nginx and Caddy, restarted one after the other while people read and search."""

import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery import serving
from tests.delivery.serving import ROOT, answers, ask, free_port
from tests.flows.installation import broadsheet, end, start
from tests.papers import copy_of_new

pytestmark = [pytest.mark.row("OPS-03"), pytest.mark.files]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_new(tmp_path_factory.mktemp("paper") / "mine")


@pytest.fixture(params=["nginx", "caddy"])
def outer(request: pytest.FixtureRequest, made: Path) -> Iterator[tuple[int, dict[int, object]]]:
    """The web server's port, and the processes behind it by their ports."""
    if shutil.which(request.param, path="/usr/sbin:/usr/bin") is None:
        pytest.skip(f"{request.param} is not installed")
    port, ports = free_port(), (free_port(), free_port())
    settings = {"BROADSHEET_URL": f"http://127.0.0.1:{port}"}
    file = "nginx.conf" if request.param == "nginx" else "Caddyfile"
    words = [word for inner in ports for word in ("--upstream", f"127.0.0.1:{inner}")]
    conf = broadsheet(
        made, "server-file", str(ROOT / "deploy" / file), *words, "--listen", f"127.0.0.1:{port}", **settings
    )
    processes: dict[int, object] = {inner: start(made, inner, **settings) for inner in ports}
    web = (serving.nginx if request.param == "nginx" else serving.caddy)(made, conf, port)
    yield port, processes
    web.kill()
    for process in processes.values():
        end(process)


def test_no_request_fails_while_one_process_after_the_other_restarts(outer, made):
    port, processes = outer
    seen: Counter[int] = Counter()
    stop = threading.Event()

    def read(path: str) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                seen[ask(port, path.format(number)).status] += 1
            except OSError:
                seen[0] += 1
            time.sleep(0.005)

    paths = ("/", "/search/?q=word{}", "/all-news/", "/accounts/login/?n={}")
    readers = [threading.Thread(target=read, args=(path,)) for path in paths]
    for reader in readers:
        reader.start()
    for inner in list(processes):
        end(processes[inner])
        processes[inner] = start(made, inner, BROADSHEET_URL=f"http://127.0.0.1:{port}")
        assert answers(inner, "/health")
    stop.set()
    for reader in readers:
        reader.join()
    assert set(seen) == {200}, seen
    assert seen[200] > 300
