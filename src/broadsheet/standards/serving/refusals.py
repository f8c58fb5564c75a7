"""What the server answers where it gives no score: the error object of Google's APIs, on every path."""

from collections.abc import Mapping, Sequence
from typing import Any

# The names of google.rpc.Code that go with the status codes of HTTP; 405, 408, 413 and 431 have none of their own there.
NAMES: Mapping[int, str] = {
    400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 405: "UNIMPLEMENTED",
    408: "DEADLINE_EXCEEDED", 413: "INVALID_ARGUMENT", 429: "RESOURCE_EXHAUSTED", 431: "INVALID_ARGUMENT",
    500: "INTERNAL", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED",
}  # fmt: skip
ANALYZER = "google.commentanalyzer.v1alpha1"
AGAIN = {"retry-after": "1"}  # seconds


class RefusedError(Exception):
    """A request that gets an error object; `status` is the HTTP status, `details` what machines read of it."""

    def __init__(
        self,
        status: int,
        message: str,
        *details: Mapping[str, Any],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.details = status, message, details
        self.headers = dict(headers or {})

    def as_json(self) -> dict[str, Any]:
        """Return the error object."""
        error: dict[str, Any] = {"code": self.status, "message": self.message, "status": NAMES[self.status]}
        if self.details:
            error["details"] = [dict(detail) for detail in self.details]
        return {"error": error}


def analyzer(kind: str, message: str, status: int = 400, **more: Any) -> RefusedError:
    """Return a refusal with the analyzer's own detail; `kind` is its errorType."""
    return RefusedError(status, message, {"@type": f"type.googleapis.com/{ANALYZER}.Error", "errorType": kind, **more})


def violations(found: Sequence[tuple[str, str]]) -> RefusedError:
    """Return the refusal of a request whose fields are wrong: pairs of the field's path and what is wrong with it."""
    told = [{"field": field, "description": wrong} if field else {"description": wrong} for field, wrong in found]
    return RefusedError(
        400,
        "\n".join(wrong for _field, wrong in found),
        {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": told},
    )


def no_key() -> RefusedError:
    """Return the refusal of a request without an API key, where keys are asked for."""
    return RefusedError(
        403,
        "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other "
        "form of API consumer identity to call this API.",
    )


def wrong_key() -> RefusedError:
    """Return the refusal of an unknown API key."""
    return RefusedError(
        400,
        "API key not valid. Please pass a valid API key.",
        {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "API_KEY_INVALID",
            "domain": "googleapis.com",
            "metadata": {"service": "commentanalyzer.googleapis.com"},
        },
    )
