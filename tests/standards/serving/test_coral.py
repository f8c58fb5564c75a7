"""Coral's external moderation phase, after EXTERNAL_MODERATION_PHASES.md and WEBHOOKS.md of coralproject/talk."""

import hashlib
import hmac
import json
from typing import Any

import pytest

from broadsheet.standards.serving.coral import answer
from broadsheet.standards.verdict import Finding, Handling, Outcome, Verdict
from tests.standards.serving.conftest import SECRETS
from tests.standards.serving.served import Answer, Served

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
STATUSES = {"NONE", "APPROVED", "PREMOD", "SYSTEM_WITHHELD"}  # all that the schema has but REJECTED


def request(body: str, action: str = "NEW") -> bytes:
    return json.dumps({
        "action": action,
        "comment": {"body": body, "parentID": None},
        "author": {"id": "a", "role": "COMMENTER"},
        "story": {"id": "s", "url": "https://paper.example/story"},
        "site": {"id": "i"},
        "tenantID": "t",
        "tenantDomain": "coral.example",
    }, indent=2).encode()  # fmt: skip


def signature(body: bytes, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def moderate(server: Served, body: bytes, header: str | None) -> Answer:
    headers = {"Content-Type": "application/json"} | ({} if header is None else {"X-Coral-Signature": header})
    return server.ask("POST", "/coral/moderate", body, headers)


@pytest.mark.parametrize("action", ["NEW", "EDIT"])
def test_new_and_edited_comments_are_withheld_or_left_alone(strict: Served, action: str) -> None:
    bad = request("<p>You f<b>u</b>cking liar</p>", action)
    held = moderate(strict, bad, signature(bad, SECRETS[1]))
    assert held.status == 200
    assert held.json["status"] == "SYSTEM_WITHHELD"
    [flag] = held.json["actions"]
    assert (flag["actionType"], flag["reason"]) == ("FLAG", "COMMENT_DETECTED_TOXIC")
    assert "PROFANITY" in flag["additionalDetails"]
    good = request("Here's a comment!", action)
    assert (moderate(strict, good, signature(good, SECRETS[1])).status) == 204


def test_each_secret_is_good_and_one_right_signature_is_enough(strict: Served) -> None:
    """ "you have rolled the signing secret … and chosen to keep the previous secret active" (WEBHOOKS.md)."""
    body = request("Here's a comment!")
    for secret in SECRETS:
        assert moderate(strict, body, signature(body, secret)).status == 204
    rotated = f"{signature(body, 'a secret not known here')},{signature(body, SECRETS[0])}"
    assert moderate(strict, body, rotated).status == 204


@pytest.mark.parametrize("wrong", [
    None, "", "sha256=", "sha256=00", "x", ",,,", "sha256=é",
    signature(request("Here's a comment!"), "wrong"),
    signature(request("Here's a comment!"), SECRETS[0])[7:],
    signature(request("Another comment!"), SECRETS[0]),
])  # fmt: skip
def test_without_a_good_signature_nothing_is_judged(strict: Served, wrong: str | None) -> None:
    refused = moderate(strict, request("Here's a comment!"), wrong and wrong.encode().decode("latin-1"))
    assert (refused.status, refused.json["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_is_closed_where_no_secret_is_known(served: Served) -> None:
    body = request("Here's a comment!")
    assert moderate(served, body, signature(body, "")).status == 403


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"comment": 1}', b'{"comment": {"body": 1}}', b"\xff"])
def test_signed_nonsense_is_refused(strict: Served, body: bytes) -> None:
    assert moderate(strict, body, signature(body, SECRETS[0])).status == 400


def test_what_is_too_long_to_be_judged_is_withheld(strict: Served) -> None:
    body = request("<p>fine</p>" * 10_000)
    assert moderate(strict, body, signature(body, SECRETS[0])).json == {"status": "SYSTEM_WITHHELD"}


@pytest.mark.row("STD-01")
@pytest.mark.parametrize("outcome", ["publish", "flag", "slow", "warn", "hold", "not_scored"])
def test_no_machine_rejects_or_approves(outcome: Outcome) -> None:
    handling: Handling = "hold" if outcome == "hold" else "flag"
    findings = () if outcome in {"publish", "not_scored"} else (Finding("SPAM", handling, "spam", 1, 0.9),)
    found: dict[str, Any] = answer(Verdict(outcome, findings)) or {}
    withheld = outcome in {"hold", "not_scored"}
    assert found.get("status", "NONE") == ("SYSTEM_WITHHELD" if withheld else "NONE")
    assert found.get("status", "NONE") in STATUSES
    assert [flag["reason"] for flag in found.get("actions", [])] == ["COMMENT_DETECTED_SPAM"] * bool(findings)
    assert "tags" not in found
