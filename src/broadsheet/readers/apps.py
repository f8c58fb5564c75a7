"""Wires readers into Django."""

from importlib import import_module

from django.apps import AppConfig


class ReadersConfig(AppConfig):
    """Readers."""

    name = "broadsheet.readers"
    label = "readers"
    verbose_name = "Readers"

    def ready(self) -> None:
        """Let what is heard, sent, done by the clock and held of a person be known."""
        for module in ("handlers.entrance", "handlers.social", "actions.entrance_mails", "actions.identity_mails",
                       "actions.keep_session", "actions.spend_challenge", "actions.forget_unconfirmed",
                       "actions.departure_mail", "handlers.avatars", "handlers.ledger", "tasks", "personal_data"):  # fmt: skip
            import_module(f"broadsheet.readers.{module}")
