"""What notifications announce."""

from dataclasses import dataclass

from broadsheet.kernel.facts import Fact, fact


def newsletters_key(edition: str) -> str:
    """Return the key of pages that list the newsletters of the edition with this code."""
    return f"newsletters:{edition}"


@fact
@dataclass(frozen=True, kw_only=True)
class NewsletterChanged(Fact):
    """A newsletter was begun, renamed, retired or taken up, or an issue of it became public or was stopped."""

    newsletter_id: int
    edition: str
    issue_id: int | None = None

    def touches(self) -> tuple[str, ...]:
        """Return the keys of the pages that show it."""
        issue = (f"newsletter-issue:{self.issue_id}",) if self.issue_id is not None else ()
        return (newsletters_key(self.edition), f"newsletter:{self.newsletter_id}", *issue)
