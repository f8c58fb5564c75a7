"""The loop that queues newsletters' mails, sees that they end, and writes how often links were opened (NOT-02).

Each mail is a message of the queue like any other, the last to go (`handlers.sending`): what is promised of those is
promised of these. An issue's place in the list of addresses is stored with the messages of each portion, so that a
killed process neither leaves out nor repeats anybody.
"""

import time

from django.db import close_old_connections

from broadsheet.kernel import wake
from broadsheet.kernel.heartbeat import beat
from broadsheet.kernel.loops import Loop
from broadsheet.notifications.actions.count_clicks import write_clicks
from broadsheet.notifications.actions.end_issue import drop_rest_of_issues, finish_issues
from broadsheet.notifications.actions.newsletter_mail import newsletter_values
from broadsheet.notifications.actions.spread_issue import PURPOSE, spread_issues
from broadsheet.notifications.actions.subscription_mail import offer_subscription_mail
from broadsheet.notifications.conf import NEWSLETTER_PORTION

IDLE_SECONDS = 1.0
WRITE_SECONDS = 5.0  # between two writings of counts

offer_subscription_mail(purpose=PURPOSE, write=newsletter_values)


class NewsletterLoop(Loop):
    """The loop of newsletters."""

    name = "newsletters"

    def __init__(self) -> None:
        super().__init__()
        self._written_at = -1e9

    def run(self) -> None:
        """Take turns until stopped, then write what was counted."""
        super().run()
        write_clicks()

    def turn(self) -> None:
        """Queue portions of what is due, end what has ended, or wait for the bell or a second."""
        close_old_connections()
        beat(self.name)
        if time.monotonic() - self._written_at > WRITE_SECONDS:
            self._written_at = time.monotonic()
            write_clicks()
        if not spread_issues() and not drop_rest_of_issues(size=NEWSLETTER_PORTION) and not finish_issues():
            self.heard = wake.wait(IDLE_SECONDS, self.heard)
