"""ACC-01, ACC-02, PAGE-01: what the small personal answer costs, a log-in, and two hundred who register at once.

Served by the real process over HTTP. Each who registers comes from a network of its own, as a web server before the
process tells it, and has solved the captcha.
"""

import http.client
import json
import re
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.frame import Asked, Figure, answer, at_least, at_most, broadsheet, django, folder, quantile, report, serving

READERS = 200
SLOWEST_MACHINE = 3  # seconds: who sends a form sooner than two after it was opened is taken for one
ASKED = 400  # times for /me/
LOGINS = 15
PASSWORD = "seven lanterns on the quay"
FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|opened)" value="([^"]+)"')


class Entrance:
    """Makes a reader, and measures in this process what HTTP doesn't show."""

    def __init__(self) -> None:
        django()
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]

    def __call__(self, *, what: str) -> Any:
        """Answer the question."""
        return getattr(self, what)()

    def reader(self) -> dict[str, Any]:
        """Return the cookies of a reader who is logged in, and how many questions to the database /me/ takes."""
        from django.contrib.auth.hashers import make_password
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from broadsheet.kernel import clock
        from broadsheet.readers.actions.register import register

        reader = register(email="reader@mail.example", display_name="Tom Wharf", password_hash=make_password(PASSWORD),
                          edition="en", language="en", now=clock.now(), confirmed=True)  # fmt: skip
        client = Client(headers={"host": "localhost"})
        client.force_login(reader)
        client.get("/me/")
        with CaptureQueriesContext(connection) as asked:
            told = client.get("/me/").json()
        if told["reader"]["name"] != "Tom Wharf":
            raise SystemExit(f"/me/ answered {told}.")
        return {"cookies": {name: cookie.value for name, cookie in client.cookies.items()}, "queries": len(asked)}

    def logins(self) -> dict[str, float]:
        """Return the median seconds of a log-in, and the median share of it that the password's hash takes."""
        from django.test import Client

        from broadsheet.readers.engines.hashing import Argon2id

        hashing = [0.0]
        verify = Argon2id.verify

        def timed(self: Any, password: str, encoded: str) -> bool:
            begun = time.thread_time()
            try:
                return verify(self, password, encoded)
            finally:
                hashing[0] += time.thread_time() - begun

        Argon2id.verify = timed
        seconds, shares = [], []
        for _round in range(LOGINS + 1):
            client = Client(headers={"host": "localhost"})
            client.get("/accounts/login/")
            hashing[0], begun = 0.0, time.thread_time()
            done = client.post("/accounts/login/", {"login": "reader@mail.example", "password": PASSWORD})
            taken = time.thread_time() - begun
            if done.status_code != 302:
                raise SystemExit(f"The log-in was answered with {done.status_code}.")
            seconds.append(hashing[0])
            shares.append(hashing[0] / taken)
        return {"hash": median(seconds[1:]), "share": median(shares[1:])}

    def registered(self) -> int:
        """Return how many accounts the crowd has, each with one address."""
        from allauth.account.models import EmailAddress

        return EmailAddress.objects.filter(email__startswith="crowd-", user__email__startswith="crowd-").count()


class Visitor:
    """A browser that registers: it has looked at the form, and solved the captcha."""

    def __init__(self, port: int, number: int) -> None:
        self.number = number
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = {"Host": f"localhost:{port}", "X-Forwarded-For": f"10.{number // 200}.{number % 200}.7"}

    def prepare(self) -> None:
        """Look at the form and solve its challenge."""
        import altcha

        page, cookie = self.ask("GET", "/accounts/register/")
        self.form = dict(TOKEN.findall(page))
        self.headers["Cookie"] = cookie.partition(";")[0]
        challenge = altcha.Challenge.from_dict(json.loads(self.ask("GET", "/accounts/challenge/?form=register")[0]))
        solved = altcha.solve_challenge(challenge)
        if solved is None:
            raise SystemExit("A challenge has no solution.")
        self.form["proof"] = altcha.Payload(challenge, solved).to_base64()

    def ask(
        self, method: str, path: str, body: str | None = None, more: dict[str, str] | None = None
    ) -> tuple[str, str]:
        """Return the page and the cookie that came with it."""
        self.connection.request(method, path, body, {**self.headers, **(more or {})})
        response = self.connection.getresponse()
        self.status, self.location = response.status, response.headers.get("Location", "")
        return response.read().decode(), response.headers.get("Set-Cookie", "")

    def register(self, start: threading.Barrier) -> str:
        """Send the form together with all others, and return what came of it in a word."""
        email = f"crowd-{self.number}@mail.example"
        body = urlencode({**self.form, "email": email, "display_name": "Tom Wharf", "password1": PASSWORD})
        start.wait()
        begun = time.perf_counter()
        try:
            page, _cookie = self.ask("POST", "/accounts/register/", body, {"Content-Type": FORM})
        except (OSError, http.client.HTTPException):
            return "unanswered"
        finally:
            self.seconds = time.perf_counter() - begun
        if self.status == 302 and urlsplit(self.location).path == "/accounts/confirm/sent/":
            return "registered"
        return "told why not" if self.status < 500 and 'role="alert"' in page else "failed"


def crowd(port: int) -> tuple[Counter[str], list[float]]:
    """Let all register at once; return what came of it, and how long each waited."""
    visitors = [Visitor(port, number) for number in range(READERS)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(Visitor.prepare, visitors))
    for visitor in visitors:
        visitor.connection.close()  # what the server ended meanwhile is opened anew
    time.sleep(SLOWEST_MACHINE)
    start = threading.Barrier(READERS)
    with ThreadPoolExecutor(READERS) as pool:
        found = Counter(pool.map(lambda visitor: visitor.register(start), visitors))
    return found, [visitor.seconds for visitor in visitors]


def personal(port: int, cookies: dict[str, str]) -> list[float]:
    """Return the seconds that each answer of /me/ took, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": f"localhost:{port}", "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    taken = []
    for _round in range(ASKED + 20):
        begun = time.perf_counter()
        connection.request("GET", "/me/", headers=headers)
        body = connection.getresponse().read()
        taken.append(time.perf_counter() - begun)
        if b"Tom Wharf" not in body:
            raise SystemExit(f"/me/ answered {body[:200]!r}.")
    connection.close()
    return taken[20:]


def measure() -> list[Figure]:
    """Return the figures."""
    with folder("entrance") as data:
        paper = Path(data) / "paper"
        broadsheet(data, "new", str(paper), "--name", "The Bench")
        with Asked("bench.entrance", paper) as process:
            known = process(what="reader")
            login = process(what="logins")
            with serving(paper) as (port, _process):
                me = personal(port, known["cookies"])
                found, waits = crowd(port)
            stored = process(what="registered")
    fine = found["registered"] + found["told why not"]
    return [
        at_most("PAGE-01", "/me/: questions to the database", known["queries"], 4, ""),
        at_most("PAGE-01", f"/me/ over HTTP, p95 of {ASKED}", quantile(me, 0.95) * 1000, 15, "ms"),
        Figure("PAGE-01", "/me/ over HTTP, median", round(median(me) * 1000, 2), "ms"),
        Figure("ACC-02", "processor time of a password's hash, median", round(login["hash"] * 1000), "ms"),
        at_least("ACC-02", "its share of the processor time of a log-in, median", login["share"], 0.7),
        at_least("ACC-01", f"registered or told why not, of {READERS} at once", fine, READERS),
        Figure("ACC-01", "registered", found["registered"], "", f"= {READERS}", stored == found["registered"]),
        at_most("ACC-01", "failed or unanswered", READERS - fine, 0, ""),
        Figure("ACC-01", "longest wait for an answer", round(max(waits), 1), "s"),
    ]


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Entrance()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())
