"""Structured logs without personal data: one JSON line an event."""

import json
import logging
import traceback
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Formats an event as one JSON line: time, level, where, message, and the failure's place without its values.

    Only the message's fixed template and arguments that code chose to log are written; no request, no text
    of a person, no address of one. Where the event is about a request, its path is written as the pattern that it
    matched: a path may hold a token that opens something.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])[-6:]
            line["error"] = record.exc_info[0].__name__
            line["at_code"] = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    path = getattr(request, "path", "")
    match = getattr(request, "resolver_match", None)
    return (
        record.getMessage().replace(path, f"/{match.route}" if match else "(no page)") if path else record.getMessage()
    )
