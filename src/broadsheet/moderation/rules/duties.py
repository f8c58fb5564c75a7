"""What the Digital Services Act asks of the paper, by what it is: `BROADSHEET_DSA_ROLE` (DSA art. 15, 19, 20, 21, 24)."""

from dataclasses import dataclass

PLATFORM, SMALL, HOSTING = "platform", "small-platform", "hosting"
ROLES = (PLATFORM, SMALL, HOSTING)


@dataclass(frozen=True, slots=True)
class Duties:
    """Which duties bind.

    `complaints` by law, for six months (art. 20): the paper's own standards promise them in any case. `dispute_bodies`:
    statements name out-of-court settlement (art. 21). `database`: statements go to the EU's Transparency Database
    (art. 24(5)). `report`: once a year a transparency report is published (art. 15).
    """

    complaints: bool
    dispute_bodies: bool
    database: bool
    report: bool


_BY_ROLE = {
    PLATFORM: Duties(complaints=True, dispute_bodies=True, database=True, report=True),
    SMALL: Duties(complaints=False, dispute_bodies=False, database=False, report=False),
    HOSTING: Duties(complaints=False, dispute_bodies=False, database=False, report=True),
}


def duties_of(role: str) -> Duties:
    """Return the duties of the role, all of them for one that is unknown."""
    return _BY_ROLE.get(role, _BY_ROLE[PLATFORM])
