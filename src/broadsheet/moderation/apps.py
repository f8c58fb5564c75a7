"""Wires moderation into Django."""

from importlib import import_module

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Decisions, sanctions, statements of reasons, the audit log."""

    name = "broadsheet.moderation"
    label = "moderation"
    verbose_name = "Moderation"

    def ready(self) -> None:
        """Let what is heard, done by the clock and held of a person be known."""
        for module in (
            "handlers.cases",
            "handlers.marks",
            "handlers.reports",
            "handlers.tallies",
            "actions.verify_letter",
            "tasks",
            "personal_data",
        ):
            import_module(f"broadsheet.moderation.{module}")
        from broadsheet.kernel import loops, watched  # app ready
        from broadsheet.moderation.handlers.trials import Trials
        from broadsheet.moderation.queries.letters import LETTERS  # app ready

        if Trials not in loops.further:
            loops.further.append(Trials)
        watched.watch(LETTERS)
