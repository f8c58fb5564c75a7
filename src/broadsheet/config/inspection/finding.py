"""One thing found."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`level` is error (the paper does not work right) or warning (it works, but not as it should)."""

    code: str
    level: str
    what: str
    why: str
    remedy: str

    def as_json(self) -> dict[str, str]:
        """Return the finding for machines."""
        return asdict(self)


def problem(code: str, what: str, why: str, remedy: str) -> Finding:
    """Return an error."""
    return Finding(code, "error", what, why, remedy)


def warning(code: str, what: str, why: str, remedy: str) -> Finding:
    """Return a warning."""
    return Finding(code, "warning", what, why, remedy)
