"""The roles of an article's pieces, and the reasons for which others are dropped."""

from dataclasses import dataclass, field

REASONS = {
    "discussion": "readers' comments and their rules",
    "reply": "readers' comments and their rules",
    "rail": "links to other articles",
    "share": "buttons and counters",
    "dialog": "dialog of the site",
    "promo": "advertisement or offer",
    "navigation": "navigation",
    "footer": "foot of the page",
    "end": "note about the page",
    "label": "list of tags",
}


@dataclass(slots=True)
class Roles:
    """The role of every piece of the article's stretch, and why the rest of it was dropped."""

    role: dict[int, str] = field(default_factory=dict)
    reason: dict[int, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()

    def sign(self, number: int, names: tuple[str, ...]) -> None:
        """The piece is a byline that names these authors."""
        self.authors += tuple(name for name in names if name not in self.authors)
        self.role[number] = self.reason[number] = "byline"

    def drop(self, number: int, reason: str) -> None:
        """The piece is not part of the article, for that reason."""
        self.role[number] = "dropped"
        self.reason[number] = reason
