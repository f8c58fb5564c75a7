"""What a session leaves in the log: nothing of who it was, what they looked for, or what lets them in."""

import http.client
import json
import re
import urllib.parse
from pathlib import Path

import pytest

from tests.delivery.serving import free_port
from tests.flows.installation import broadsheet, end, start

pytestmark = [pytest.mark.row("OPS-03"), pytest.mark.files]
IP, AGENT, WORD, EMAIL, PASSWORD = (
    "203.0.113.77",
    "Oddbrowser/9",
    "zanzibarword",
    "reader@else.example",
    "hunter-two-hunter",
)


def ask(port: int, method: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    shown = {"X-Forwarded-For": IP, "User-Agent": AGENT, "Cookie": "broadsheet_session=sessionsecret", **headers}
    connection.request(method, path, body or None, shown)
    answer = connection.getresponse()
    answer.text = answer.read().decode(errors="replace")
    connection.close()
    return answer


def test_nothing_of_a_reader_is_in_the_log(tmp_path: Path):
    data = tmp_path / "paper"
    link = re.search(r"/accounts/link/[\w-]+/", broadsheet(tmp_path, "new", str(data), "--email", EMAIL))[0]
    port = free_port()
    process = start(data, port, BROADSHEET_LOG="debug")
    try:
        for path in (f"/search/?q={WORD}", f"/{WORD}/", f"/news/?{WORD}=1", f"/search/suggest/?q={WORD}", link, link,
                     "/editor/", f"/img/{WORD}", "/live/1000000001/stream"):  # fmt: skip
            ask(port, "GET", path)
        form = ask(port, "GET", "/accounts/login/")
        cookie = form.headers["Set-Cookie"].partition(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text)[1]
        fields = {"csrfmiddlewaretoken": token, "login": EMAIL, "password": PASSWORD, "email": EMAIL}
        for path in ("/accounts/login/", "/accounts/password/reset/"):
            kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
            assert ask(port, "POST", path, urllib.parse.urlencode(fields), **kind).status < 500
            ask(port, "POST", path, f"login={EMAIL}&password={PASSWORD}")  # without the token: refused
        ask(port, "GET", "/", Host="evil.example")
        ask(port, "FROB", f"/{WORD}")
        ask(port, "GET", f"/search/?q=%ff%00{WORD}&page=99999999999999999999")
    finally:
        end(process)
    log = (data / f"serve-{port}.log").read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    assert lines, "the log says at least that the paper is served"
    assert all({"at", "level", "logger", "message"} <= set(line) for line in lines)
    for secret in (
        IP,
        AGENT,
        WORD,
        EMAIL,
        PASSWORD,
        "sessionsecret",
        token,
        cookie.partition("=")[2],
        link.split("/")[3],
        "evil",
    ):
        assert secret not in log
