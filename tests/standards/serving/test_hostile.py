"""What clients send wrongly, by mistake or on purpose: always an answer in JSON with a status that says so, never 500."""

import json
import socket
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.standards.serving.served import PATIENCE, Answer, Served

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
DOORS = ["/v1alpha1/comments:analyze", "/v1alpha1/comments:suggestscore", "/v1/judge"]
FINE = {200, 400, 404, 405, 413, 429, 431, 503}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
entries = st.fixed_dictionaries(
    {}, optional={"text": values | st.text(), "type": values | st.sampled_from(["HTML", "PLAIN_TEXT"])}
)
requests = st.fixed_dictionaries({}, optional={
    "comment": values | entries,
    "text": values,
    "comments": values | st.lists(entries, max_size=3),
    "context": values | st.fixed_dictionaries({}, optional={"entries": values | st.lists(entries, max_size=2)}),
    "requestedAttributes": values | st.dictionaries(
        st.sampled_from(["TOXICITY", "INSULT", "FLIRTATION"]) | st.text(max_size=5),
        values | st.fixed_dictionaries({}, optional={"scoreType": values, "scoreThreshold": values}), max_size=3,
    ),
    "attributeScores": values,
    "languages": values | st.lists(st.sampled_from(["en", "fr", "xx"]) | st.text(max_size=5), max_size=2),
    "clientToken": values,
    "spanAnnotations": values,
    "lang": values,
    "author_recent": values,
})  # fmt: skip


def check(answer: Answer) -> None:
    assert answer.status in FINE, answer.body
    assert answer.headers["content-type"] == "application/json; charset=UTF-8"
    told = answer.json
    if answer.status != 200:
        assert set(told) == {"error"}
        assert told["error"]["code"] == answer.status
        assert told["error"]["message"]


@settings(max_examples=40)
@given(requests, st.sampled_from(DOORS))
def test_anything_in_the_fields(served: Served, request: dict[str, Any], door: str) -> None:
    check(served.ask("POST", door, json.dumps(request).encode()))


@settings(max_examples=30)
@given(st.binary(max_size=60), st.sampled_from(DOORS))
def test_any_bytes(served: Served, body: bytes, door: str) -> None:
    check(served.ask("POST", door, body))


@pytest.mark.parametrize("text", [
    "\ud800 half a character", "\udfff\ud800", "nul \0 here", "😀", "e" + "\u0301" * 9_000, "\u202edrawkcab\u202c",
    "Z̴̡͝a̷l̵g̶o̴" * 100, "QmFzZTY0IGlzIG5vIHByb3Nl" * 200, "<" * 20_000, "<a" * 9_000, "&" * 20_000, "<!--" * 5_000,
    "<" + "a" * 20_000, "<p>" * 6_000, "." * 20_000, ". a" * 1_000, "'\"" * 9_000, "\r\n" * 9_000,
], ids=lambda text: ascii(text[:6]))  # fmt: skip
@pytest.mark.parametrize("kind", ["PLAIN_TEXT", "HTML"])
def test_hostile_texts(served: Served, text: str, kind: str) -> None:
    request = {
        "comment": {"text": text, "type": kind}, "languages": ["en"], "requestedAttributes": {"TOXICITY": {}},
        "spanAnnotations": True,
    }  # fmt: skip
    answer = served.ask("POST", "/comments:analyze", json.dumps(request).encode())
    check(answer)
    if answer.status == 200:
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        spans = answer.json["attributeScores"]["TOXICITY"]["spanScores"]
        assert all(0 <= span["begin"] < span["end"] <= units for span in spans)
        assert all(one["end"] <= other["begin"] for one, other in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize("door", DOORS)
def test_ten_megabytes_are_not_read(served: Served, door: str) -> None:
    body = json.dumps({"text": "a" * 10_000_000, "comment": {"text": "a"}}).encode()
    for headers in ({}, {"Transfer-Encoding": "chunked"}):
        connection = socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE)
        length = "" if headers else f"Content-Length: {len(body)}\r\n"
        chunked = "Transfer-Encoding: chunked\r\n" if headers else ""
        connection.sendall(f"POST {door} HTTP/1.1\r\nHost: x\r\n{length}{chunked}\r\n".encode())
        piece = body[: 2 << 20]
        connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece) if headers else piece)
        told = connection.recv(65536)  # long before the end of what was announced
        connection.close()
        assert told.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"comment":' * 50_000, b'{"a":' * 900 + b"1" + b"}" * 900, b"1" * 5_000]
)
@pytest.mark.parametrize("door", DOORS)
def test_deep_nesting_and_long_numbers(served: Served, body: bytes, door: str) -> None:
    answer = served.ask("POST", door, body)
    check(answer)
    assert answer.status == 400


@pytest.mark.parametrize("head", [
    b"GARBAGE\r\n\r\n", b"GET /health HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"GET / HTTP/1.1\r\nx" + b"a" * 100_000,
    b"POST /v1/judge HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /v1/judge HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
])  # fmt: skip
def test_what_is_no_request(served: Served, head: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(head)
            told = b""
            while piece := connection.recv(65536):
                told += piece
        except ConnectionError:
            pass
    first, _, body = told.partition(b"\r\n\r\n")
    assert first.split()[1] in {b"400", b"431", b"404", b"505"}
    assert "error" in json.loads(body)
