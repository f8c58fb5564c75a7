"""`broadsheet check` says in words what the Domain Name System has to say of the paper's mail (NOT-02, OPS-03)."""

import pytest

from broadsheet.config.inspection import mail_records
from broadsheet.notifications.actions.add_dkim_key import add_dkim_key
from broadsheet.notifications.engines import dns_texts
from tests.config.inspecting import run
from tests.notifications.name_server import naming

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.row("OPS-03")]
SPF, DMARC = "v=spf1 a:mail.courier.example -all", "v=DMARC1; p=quarantine"


@pytest.fixture
def paper(settings, tmp_path):
    settings.DATA = tmp_path
    settings.DEFAULT_FROM_EMAIL = "The Courier <newsroom@news.courier.example>"
    settings.MAIL_SERVER, settings.MAIL_BOUNCES = "mail.courier.example", ""
    settings.DKIM_SELECTOR = "a1"
    return add_dkim_key(selector="a1")


@pytest.fixture
def names(paper, settings):
    found = {
        "news.courier.example": ["site-verification=1", SPF],
        paper.name: [paper.record],
        "_dmarc.news.courier.example": [DMARC],
    }
    with naming(found) as address:
        settings.DNS = address
        yield found


def findings():
    return {finding.code: finding for finding in mail_records.look()}


def test_what_is_published_rightly_is_not_spoken_of(names):
    assert findings() == {}


def test_what_is_missing_is_given_word_for_word(names, paper):
    names.clear()
    found = findings()
    assert set(found) == {"dkim-record", "spf-record", "dmarc-record"}
    assert found["dkim-record"].level == "error"
    assert f"at {paper.name} with exactly this text: {paper.record}" in found["dkim-record"].remedy
    assert "v=spf1 a:mail.courier.example -all" in found["spf-record"].remedy
    assert "_dmarc.news.courier.example" in found["dmarc-record"].remedy


@pytest.mark.parametrize(
    ("change", "code", "why"),
    [
        (lambda key: f"{key[:-8]}AAAAAAA=", "dkim-record", "another key"),
        (lambda key: key.replace("v=DKIM1;", "v=DKIM1; t=y;"), "dkim-record", "trial"),
        (lambda key: "v=DKIM1; p=", "dkim-record", "another key"),
    ],
)
def test_another_key_than_ours_is_named(names, paper, change, code, why):
    names[paper.name] = [change(paper.record)]
    assert why in findings()[code].why


def test_a_key_written_with_spaces_and_without_its_kind_is_the_same(names, paper):
    names[paper.name] = [paper.record.replace(" k=rsa;", "").replace("p=MII", "p=MII ")]
    assert findings() == {}


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (["v=spf1 +all"], "everybody"),
        (["v=spf1 mx"], "forbids nobody"),
        ([SPF, SPF + " "], "several"),
        (["v=spf10 -all"], "missing"),
    ],
)
def test_an_spf_record_that_serves_nothing_is_named(names, texts, why):
    names["news.courier.example"] = texts
    assert why in findings()["spf-record"].why


def test_the_envelope_has_a_domain_of_its_own(names, settings):
    settings.MAIL_BOUNCES = "bounces@back.courier.example"
    assert "back.courier.example" in findings()["spf-record"].remedy
    names["back.courier.example"] = [SPF]
    assert findings() == {}


def test_the_policy_of_the_domain_above_counts(names):
    names["_dmarc.courier.example"] = names.pop("_dmarc.news.courier.example")
    assert findings() == {}
    names["_dmarc.courier.example"] = ["v=DMARC1; p=perhaps"]
    assert "none of none" in findings()["dmarc-record"].why


def test_a_resolver_that_never_answers_is_said_with_what_to_publish(paper, settings, monkeypatch):
    monkeypatch.setattr(dns_texts, "SECONDS", 0.2)
    with naming({}, silent=True) as settings.DNS:
        found = findings()
    assert set(found) == {"mail-records-unseen"}
    assert paper.record in found["mail-records-unseen"].remedy


def test_a_name_that_is_nowhere_is_never_looked_up(paper, settings, monkeypatch):
    monkeypatch.setattr(dns_texts, "_resolver", lambda: pytest.fail("the world was asked"))
    settings.DNS = settings.DKIM_SELECTOR = ""
    assert findings() == {}
    settings.DKIM_SELECTOR = "gone"
    assert findings()["no-dkim-key"].level == "error"


def test_the_command_makes_the_key_and_tells_how_the_records_stand(tmp_path):
    run(tmp_path, "new", str(tmp_path), "--email", "me@courier.example")
    told = {"BROADSHEET_MAIL_FROM": "newsroom@courier.example", "BROADSHEET_MAIL": "smtp://mail.courier.example:25"}
    made = run(tmp_path, "mail", "dkim", "a1", **told)
    assert made.returncode == 0, made.stderr
    assert "set BROADSHEET_DKIM_SELECTOR=a1" in made.stdout
    record = next(line for line in made.stdout.splitlines() if line.startswith("v=DKIM1"))
    assert run(tmp_path, "mail", "dkim", "a b", **told).returncode == 1
    told["BROADSHEET_DKIM_SELECTOR"] = "a1"
    with naming({"a1._domainkey.courier.example": [record], "courier.example": [SPF]}) as address:
        shown = run(tmp_path, "mail", "records", BROADSHEET_DNS=address, **told)
    assert shown.returncode == 1
    assert "DKIM at a1._domainkey.courier.example is published." in shown.stdout
    assert "DMARC at _dmarc.courier.example is not published yet." in shown.stdout
    assert "v=DMARC1; p=quarantine" in shown.stdout
