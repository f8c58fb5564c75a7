"""What can be wrong with an installation, said in words: what, why, and what to do.

Each module looks at one part; `inspect` runs them all and survives any of them failing.
"""

from collections.abc import Callable, Iterator

from broadsheet.config.inspection import (
    content,
    database,
    demo,
    folders,
    letters,
    login_providers,
    loops,
    mail,
    mail_records,
    network,
    push,
    settings,
)
from broadsheet.config.inspection.finding import Finding, problem

PARTS: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
    ("settings", settings.look),
    ("network", network.look),
    ("providers of log-ins", login_providers.look),
    ("folders", folders.look),
    ("database", database.look),
    ("content", content.look),
    ("accounts of the demo", demo.look),
    ("loops", loops.look),
    ("mail", mail.look),
    ("records of mail", mail_records.look),
    ("letters", letters.look),
    ("push notifications", push.look),
)


def inspect() -> list[Finding]:
    """Return everything found, faults first; parts that need the database are left out where it is unreachable."""
    found: list[Finding] = []
    for name, look in PARTS:
        if name in {"content", "accounts of the demo", "loops", "mail", "letters", "push notifications"} and any(
            f.code in database.FATAL for f in found
        ):
            continue
        try:
            found.extend(look())
        except Exception as error:  # noqa: BLE001 - a check that fails is itself a finding
            found.append(
                problem(
                    f"{name}-unchecked",
                    f"The {name} could not be looked at.",
                    f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}",
                    "Mend what is named above first, then run the check again.",
                )
            )
    return sorted(found, key=lambda finding: finding.level != "error")
