"""Wires notifications into Django."""

from importlib import import_module

from django.apps import AppConfig

HANDLERS = (
    "account_mail", "answers", "clauses", "correction_notes", "decisions", "digests", "discussions", "letter_replies",
    "mail_addresses", "mail_leaving", "policies", "pruning", "push_leaving",
)  # fmt: skip


class NotificationsConfig(AppConfig):
    """Mail, bell and what is kept about both."""

    name = "broadsheet.notifications"
    label = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        """Start listening, tell what is held about readers, let serving processes send, and show how that goes."""
        from broadsheet.kernel import loops, watched  # app ready
        from broadsheet.notifications import personal_data  # noqa: F401 - app ready

        for module in HANDLERS:
            import_module(f"broadsheet.notifications.handlers.{module}")
        from broadsheet.notifications.handlers.newsletters import NewsletterLoop  # app ready
        from broadsheet.notifications.handlers.pushing import Pusher  # app ready
        from broadsheet.notifications.handlers.sending import Sender  # app ready
        from broadsheet.notifications.queries.pushes import PUSH  # app ready
        from broadsheet.notifications.queries.queue import QUEUE  # app ready

        for loop in (Sender, Pusher, NewsletterLoop):
            if loop not in loops.further:
                loops.further.append(loop)
        watched.watch(QUEUE)
        watched.watch(PUSH)
