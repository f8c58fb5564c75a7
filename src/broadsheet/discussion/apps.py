"""Wires the discussion into Django."""

from importlib import import_module

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    """Threads and comments."""

    name = "broadsheet.discussion"
    label = "discussion"
    verbose_name = "Discussion"

    def ready(self) -> None:
        """Let what happens here and what is held of a person be known, and serving processes have a judge ready."""
        for module in ("facts", "handlers.clusters", "tasks", "personal_data"):
            import_module(f"broadsheet.discussion.{module}")
        from broadsheet.discussion.engines.judges import JUDGE
        from broadsheet.discussion.handlers.ready_judge import ReadyJudge
        from broadsheet.kernel import loops, watched

        if ReadyJudge not in loops.further:
            loops.further.append(ReadyJudge)
        watched.watch(JUDGE)
