"""The mail that confirms an address says whom confirming lets in (ACC-04)."""

import pytest
from django.conf import settings as django_settings

from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.readers.actions.register import register
from broadsheet.readers.actions.register_by_identity import register_by_identity
from broadsheet.readers.rules.profiles import Profile
from tests.notifications.sending import send

pytestmark = [pytest.mark.row("ACC-04", "NOT-02"), pytest.mark.django_db(transaction=True)]
TOLD = "by an identity at A & B"


def parts(mail) -> tuple[str, str]:
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return text, html.replace("<bdi>", "").replace("</bdi>", "").replace("&amp;", "&")


def test_both_parts_name_the_provider_before_the_link(paper, settings):
    app = {"client_id": "7", "secret": "s", "name": "A & B"}
    settings.SOCIALACCOUNT_PROVIDERS = {**django_settings.SOCIALACCOUNT_PROVIDERS, "telegram": {"APPS": [app]}}
    told = {"display_name": "Ada Quay", "edition": "en", "language": "en", "now": clock.now()}
    register_by_identity(profile=Profile("telegram", "1"), email="ada@reader.example", **told)
    deliver_due()
    send()
    for part in parts(paper.mails[0]):
        assert TOLD in part
        assert part.index(TOLD) < part.index("/accounts/confirm/")
        assert "Confirm only if it is yours." in " ".join(part.split())


def test_an_ordinary_registration_is_told_nothing_of_identities(paper):
    register(email="tom@reader.example", display_name="Tom Wharf", password_hash=None, edition="en", language="en",
             now=clock.now())  # fmt: skip
    deliver_due()
    send()
    for part in parts(paper.mails[0]):
        assert "identity" not in part
