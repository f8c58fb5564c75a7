"""A conversation with the Perspective API, written from its public documentation, replayed against a served judge.

What each step rests on stands in conversation.json under `sources`. Of the API's own answers only their form is held
against ours, never a number: the models differ.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.standards.serving.conftest import KEYS
from tests.standards.serving.served import Served

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
WRITTEN = json.loads(Path(__file__).with_name("conversation.json").read_text(encoding="utf-8"))


def filled(value: Any) -> Any:
    """The value with texts repeated where it says so."""
    if isinstance(value, dict):
        if set(value) == {"repeat"}:
            return value["repeat"][0] * value["repeat"][1]
        return {key: filled(inner) for key, inner in value.items()}
    return [filled(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("step", WRITTEN["steps"], ids=lambda step: step["name"])
def test_answers_as_documented(served: Served, step: dict[str, Any]) -> None:
    assert step["source"] in WRITTEN["sources"]
    body = step["raw"].encode() if "raw" in step else filled(step["body"])
    answer = served.ask(step.get("method", "POST"), step.get("path", "/v1alpha1/comments:analyze"), body)
    assert answer.status == step["status"], answer.body
    assert answer.headers["content-type"] == "application/json; charset=UTF-8"
    if answer.status == 200:
        check_scores(answer.json, step)
    else:
        check_error(answer.json, answer.status, step)


def check_scores(answer: dict[str, Any], step: dict[str, Any]) -> None:
    for name, value in step.get("answer", {}).items():
        assert answer[name] == value
    scores = answer.get("attributeScores", {})
    if "scored" in step:
        assert sorted(scores) == step["scored"]
    for attribute in scores.values():
        found = [attribute["summaryScore"], *(span["score"] for span in attribute["spanScores"])]
        assert {score["type"] for score in found} == {"PROBABILITY"}
        assert all(0 <= score["value"] <= 1 for score in found)
        if "spans" in step:
            assert [[span["begin"], span["end"]] for span in attribute["spanScores"]] == step["spans"]


def check_error(answer: dict[str, Any], status: int, step: dict[str, Any]) -> None:
    assert set(answer) == {"error"}
    error = answer["error"]
    assert error["code"] == status
    for name, value in step.get("error", {}).items():
        assert error[name] == value
    if "type" in step:
        assert [detail["errorType"] for detail in error["details"]] == [step["type"]]
    assert error["message"].startswith(step.get("begins", ""))


def test_a_threshold_drops_what_lies_below_it_alone(served: Served) -> None:
    """`scoreThreshold`: "won't return scores that are below this threshold" (methods.md)."""
    score = served.analyze().json["attributeScores"]["TOXICITY"]["summaryScore"]["value"]
    for threshold, there in ((score - 0.001, True), (score + 0.001, False)):
        answer = served.analyze(requestedAttributes={"TOXICITY": {"scoreThreshold": threshold}})
        assert ("TOXICITY" in answer.json.get("attributeScores", {})) is there


def test_spans_of_html_are_places_in_the_html(served: Served) -> None:
    """ "the span of the original text that the attribute score applies to" (discovery document, SpanScore)."""
    text = "<p>Good 😀 day.</p><p>Bad &amp; dull.</p>"
    answer = served.analyze(None, comment={"text": text, "type": "HTML"}, spanAnnotations=True)
    units = text.encode("utf-16-le")
    spans = answer.json["attributeScores"]["TOXICITY"]["spanScores"]
    parts = [units[2 * span["begin"] : 2 * span["end"]].decode("utf-16-le") for span in spans]
    assert parts == ["Good 😀 day.", "Bad &amp; dull."]


@pytest.mark.parametrize("path", ["/v1alpha1/comments:analyze", "/comments:suggestscore", "/v1/judge"])
def test_keys(strict: Served, path: str) -> None:
    """A wrong key is refused with 400 API_KEY_INVALID, none with 403, as by Google's APIs; `?key=` and the header serve."""
    missing = strict.ask("POST", path, {})
    assert (missing.status, missing.json["error"]["status"]) == (403, "PERMISSION_DENIED")
    wrong = strict.ask("POST", f"{path}?key=third", {})
    assert (wrong.status, wrong.json["error"]["message"]) == (400, "API key not valid. Please pass a valid API key.")
    assert wrong.json["error"]["details"][0]["reason"] == "API_KEY_INVALID"
    request = {"text": "A fine day."} if path == "/v1/judge" else {}
    for key in KEYS:
        for right in (
            strict.ask("POST", f"{path}?key={key}", request),
            strict.ask("POST", path, request, {"X-goog-api-key": key}),
        ):
            assert right.status == 200 or right.json["error"]["details"][0].get("errorType") == "COMMENT_EMPTY"


def test_any_key_will_do_where_none_are_named(served: Served) -> None:
    request = {"comment": {"text": "ok"}, "languages": ["en"], "requestedAttributes": {"TOXICITY": {}}}
    for address in ("/comments:analyze", "/comments:analyze?key=whatever"):
        assert served.ask("POST", address, request).status == 200


def test_judges_as_the_command_line_prints(served: Served) -> None:
    """Issue: `/v1/judge` takes what `broadsheet judge` reads and gives what it prints."""
    one = served.ask("POST", "/v1/judge", {"id": "b", "text": "You f**king liar"}).json
    assert (one["id"], one["outcome"]) == ("b", "hold")
    assert "f**king" in [word for finding in one["findings"] for word in finding["words"]]
    several = served.ask(
        "POST", "/v1/judge", {"comments": [{"text": "A fine day."}, {"text": 1}, {"id": 7, "text": "shit"}]}
    )
    assert [(answer["id"], answer["outcome"]) for answer in several.json["comments"]] == [
        (1, "publish"), (2, "not_scored"), (7, "hold"),
    ]  # fmt: skip
    assert "`text`" in several.json["comments"][1]["error"]
    for wrong in ([], {}, {"text": 1}, {"comments": {}}, {"comments": [{"text": "a"}] * 101}):
        refused = served.ask("POST", "/v1/judge", wrong)
        assert (refused.status, refused.json["error"]["status"]) == (400, "INVALID_ARGUMENT")
