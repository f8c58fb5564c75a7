"""The key of push: made once, renewed without losing the old one, and missed in words (NOT-01, OPS-03)."""

import stat

import pytest

from broadsheet.config.env import Environment, new_push_key
from broadsheet.config.inspection import push
from broadsheet.config.push_key import add_push_key
from broadsheet.kernel import clock
from broadsheet.notifications.engines.web_push import server_keys
from broadsheet.notifications.models import PushCampaign, PushDelivery

pytestmark = [pytest.mark.row("NOT-01"), pytest.mark.row("OPS-03"), pytest.mark.django_db]


@pytest.fixture
def environment(tmp_path, settings):
    settings.ENV = Environment({"BROADSHEET_DATA": str(tmp_path), "BROADSHEET_URL": "https://courier.example"})
    settings.PUSH_KEYS = settings.ENV.push_keys()
    return settings.ENV


def codes() -> set[str]:
    return {finding.code for finding in push.look()}


def test_it_is_made_once_for_the_paper_alone_and_renewed_before_the_old_one(environment, settings):
    file = environment.data / "push.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert environment.push_keys() == settings.PUSH_KEYS
    [old] = server_keys()
    assert codes() == set()
    add_push_key(environment)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    settings.PUSH_KEYS = Environment({"BROADSHEET_DATA": str(environment.data)}).push_keys()
    new, kept = server_keys()
    assert kept.public == old.public != new.public
    assert all(len(key.public) == 87 for key in (new, kept))


def test_what_is_wrong_with_it_is_said(environment, settings):
    settings.PUSH_KEYS = ("damaged!",)
    assert codes() == {"bad-push-key"}
    settings.PUSH_KEYS = (new_push_key(), "damaged!")
    assert codes() == {"bad-push-key-line"}
    settings.PUSH_KEYS = (new_push_key(),)
    (environment.data / "push.key").unlink()
    assert codes() == {"no-push-key"}
    settings.ENV = Environment({"BROADSHEET_DATA": str(environment.data), "BROADSHEET_URL": "https://c.example",
                                "BROADSHEET_PUSH_KEY": new_push_key()})  # fmt: skip
    settings.PUSH_LOCAL = True
    assert codes() == {"push-local"}


def test_a_push_service_that_does_not_believe_us_is_named(environment):
    now = clock.now()
    sent = PushCampaign.objects.create(article_id=1, edition="en", topics=[], title="x", follows=0, state="sending",
                                       written_at=now, due_at=now)  # fmt: skip
    PushDelivery.objects.create(campaign=sent, subscription_id=1, urgency=5, due_at=now, failed_with="403", attempts=1)
    assert codes() == {"push-not-believed"}
