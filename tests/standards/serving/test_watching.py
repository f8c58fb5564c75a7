"""What an operator sees: health, metrics, a damaged model, and logs without a text in them."""

import asyncio
import hashlib
import hmac
import json
import logging
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request
from starlette.responses import Response

from broadsheet.standards.model.encoder import NETWORK, SHIPPED
from broadsheet.standards.serving.application import _Doors
from broadsheet.standards.serving.options import Options
from tests.standards.serving.conftest import SECRETS
from tests.standards.serving.served import Served

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
ROOT = Path(__file__).resolve().parents[3]


def test_health_says_what_judges(strict: Served) -> None:
    answer = strict.ask("GET", "/health")
    assert (answer.status, answer.json["ready"]) == (200, True)
    manifest = json.loads((SHIPPED / "manifest.json").read_text(encoding="utf-8"))
    assert answer.json["model"]["version"] == manifest["version"]
    assert answer.json["rulebook"]["version"] >= 1
    assert answer.json["failed"] == []
    assert "en" in answer.json["languages"]


def test_metrics_count_answers_and_texts(served: Served) -> None:
    def families() -> list[Any]:
        return list(text_string_to_metric_families(served.ask("GET", "/metrics").body.decode()))

    def counted() -> dict[tuple[str, str], float]:
        return {(one.name, json.dumps(one.labels)): one.value for family in families() for one in family.samples}

    before = counted()
    served.analyze("A fine day.")
    served.analyze("")
    after = counted()
    for name, labels in (
        ("answers_total", {"door": "analyze", "status": "200"}),
        ("answers_total", {"door": "analyze", "status": "400"}),
        ("texts_total", {"outcome": "publish"}),
    ):
        key = (f"broadsheet_judge_{name}", json.dumps(labels))
        assert after[key] == before.get(key, 0) + 1
    page = (ROOT / "docs/reference/judge-server.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(broadsheet_judge_[a-z_]+)`", page))
    assert len(named) >= 7
    assert named == {family.name.removesuffix("_created") for family in families()}


@pytest.mark.row("STD-02")
def test_a_damaged_model_is_told_and_never_read_as_a_low_score(tmp_path: Path) -> None:
    model = shutil.copytree(SHIPPED, tmp_path / "model")
    (model / NETWORK).write_bytes((model / NETWORK).read_bytes()[:-1])
    (tmp_path / "secrets").write_text(SECRETS[0], encoding="utf-8")
    server = Served(tmp_path, "--model", str(model), "--coral-secret-file", str(tmp_path / "secrets")).loaded()
    try:
        assert server.analyze("A fine day.").status == 503
        body = json.dumps({"comment": {"body": "A fine day."}}).encode()
        signature = "sha256=" + hmac.new(SECRETS[0].encode(), body, hashlib.sha256).hexdigest()
        held = server.ask("POST", "/coral/moderate", body, {"X-Coral-Signature": signature})
        assert held.json == {"status": "SYSTEM_WITHHELD"}
        assert server.ask("POST", "/v1/judge", {"text": "A fine day."}).json["outcome"] == "not_scored"
        health = server.ask("GET", "/health")
        assert (health.status, health.json["model"], health.json["failed"]) == (503, None, ["encoder"])
        assert health.json["not_scored"]["encoder"] >= 2
    finally:
        server.end()


def test_no_text_and_no_key_in_any_log(served: Served, strict: Served) -> None:
    mark = "Marked-words-7319"
    for server in (served, strict):
        server.analyze(mark)
        server.ask("POST", f"/comments:analyze?key={mark}", {"comment": {"text": mark}})
        server.ask("POST", "/comments:analyze", f'{{"comment": "{mark}'.encode())
        server.ask("POST", "/coral/moderate", mark.encode(), {"X-Coral-Signature": f"sha256={mark}"})
        server.ask("POST", "/v1/judge?key=first-key", {"text": mark, "at": mark})
        server.ask("GET", f"/{mark}?{mark}")
        assert mark not in server.written()
        assert mark.encode() not in server.ask("GET", "/metrics").body
        assert mark.encode() not in server.ask("GET", "/health").body


def test_a_fault_of_ours_is_told_without_what_it_read(caplog: pytest.LogCaptureFixture) -> None:
    async def faulty(request: Request) -> Response:
        raise ValueError(f"no {request.query_params['text']}")

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"text=Marked-words", "headers": []}
    with caplog.at_level(logging.DEBUG):
        answer = asyncio.run(_Doors(Options()).door("faulty", faulty)(Request(scope)))  # type: ignore[arg-type]
    assert answer.status_code == 500
    assert json.loads(answer.body)["error"]["status"] == "INTERNAL"
    assert "ValueError" in caplog.text
    assert "Marked-words" not in caplog.text


def test_options_show_no_key() -> None:
    assert "word" not in repr(Options(keys=(b"key-word",), secrets=(b"secret-word",)))


def test_serves_without_django() -> None:
    code = (
        "import sys, broadsheet.cli.main; import broadsheet.cli.judge_serve, broadsheet.standards.serving.server; "
        "sys.exit(any(name.split('.')[0] in {'django', 'wagtail', 'allauth'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=120, check=False).returncode == 0


@pytest.mark.parametrize(("options", "said"), [
    (["--key-file", "nowhere"], "nowhere"),
    (["--key-file", "empty"], "holds nothing"),
    (["--rulebook", "broken"], "rulebook.toml"),
    (["--port", "PORT"], "Choose another"),
], ids=lambda value: value[0] if isinstance(value, list) else "")  # fmt: skip
def test_what_is_wrong_is_said_before_serving(served: Served, tmp_path: Path, options: list[str], said: str) -> None:
    (tmp_path / "empty").write_text("# nobody yet\n", encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "rulebook.toml").write_text("version = 'one'\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "broadsheet", "judge", "serve", *(o.replace("PORT", str(served.port)) for o in options)],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode not in {0, 1} or (done.returncode == 1 and "Error" in done.stderr)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
