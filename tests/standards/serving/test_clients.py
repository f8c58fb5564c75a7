"""The official Python client library, which learns the methods from the discovery document, asks the served judge."""

from typing import Any

import pytest
from googleapiclient import discovery
from googleapiclient.errors import HttpError

from tests.standards.serving.conftest import KEYS
from tests.standards.serving.served import Served

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]


def client(server: Served, path: str = "/$discovery/rest?version=v1alpha1", key: str = KEYS[0]) -> Any:
    return discovery.build(
        "commentanalyzer", "v1alpha1", developerKey=key, discoveryServiceUrl=server.url + path, static_discovery=False
    )


@pytest.mark.parametrize("path", [
    "/$discovery/rest?version=v1alpha1",
    "/discovery/v1/apis/{api}/{apiVersion}/rest",
])  # fmt: skip
def test_the_official_client_analyzes_and_suggests(strict: Served, path: str) -> None:
    comments = client(strict, path).comments()
    request = {"comment": {"text": "A fine day."}, "languages": ["en"], "requestedAttributes": {"TOXICITY": {}}}
    answer = comments.analyze(body=request).execute()
    assert 0 <= answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] <= 1
    suggestion = {"comment": {"text": "A fine day."}, "clientToken": "t",
                  "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}}}  # fmt: skip
    assert comments.suggestscore(body=suggestion).execute()["clientToken"] == "t"


def test_the_official_client_reads_the_errors(strict: Served) -> None:
    with pytest.raises(HttpError) as refused:
        client(strict).comments().analyze(body={"comment": {"text": ""}}).execute()
    assert refused.value.status_code == 400
    assert refused.value.reason == "Comment must be non-empty."
    assert refused.value.error_details[0]["errorType"] == "COMMENT_EMPTY"
    with pytest.raises(HttpError) as refused:
        client(strict, key="wrong").comments().analyze(body={"comment": {"text": "a"}}).execute()
    assert "API key not valid" in refused.value.reason


def test_the_document_names_the_host_that_was_asked(served: Served) -> None:
    path = "/$discovery/rest?version=v1alpha1"
    for host, root in (
        ("judge.example:8443", "http://judge.example:8443/"),
        ("[::1]:8080", "http://[::1]:8080/"),
        ("evil/\"'<x>", "http://localhost/"),
    ):
        document = served.ask("GET", path, headers={"Host": host}).json
        assert (document["rootUrl"], document["mtlsRootUrl"]) == (root, root)
    behind = served.ask("GET", path, headers={"Host": "judge.example", "X-Forwarded-Proto": "https"}).json
    assert behind["rootUrl"] == "https://judge.example/"
    assert served.ask("GET", "/$discovery/rest?version=v2").status == 404
