"""Answers with files: whole or in part, compressed, or only that they haven't changed."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from typing import Any

from broadsheet.delivery.engines.bridge import Scope, Send
from broadsheet.delivery.engines.file_cache import Entry, accepted
from broadsheet.delivery.engines.headers import Headers, etag
from broadsheet.delivery.engines.plain_answers import encoded, header, refuse, reply
from broadsheet.delivery.rules.ranges import byte_range

PART = 128 * 1024
_readers = ThreadPoolExecutor(4, thread_name_prefix="files")


def unchanged(scope: Scope, tag: str, last_modified: str) -> bool:
    """Return whether the reader has this version already."""
    known = header(scope, b"if-none-match")
    if known:
        tags = {part.strip().removeprefix("W/") for part in known.split(",")}
        return tag in tags or "*" in tags
    return header(scope, b"if-modified-since") == last_modified


async def send_entry(entry: Entry, scope: Scope, send: Send) -> None:
    """Answer with a file held in memory."""
    variant = entry.variants[accepted(header(scope, b"accept-encoding"))]
    lines = [line.split(b": ", 1) for line in variant.head.split(b"\r\n") if line]
    headers = [(name.lower(), value) for name, value in lines]
    if unchanged(scope, variant.tag, entry.last_modified):
        left_out = {b"content-type", b"content-encoding"}
        await reply(send, 304, [pair for pair in headers if pair[0] not in left_out], b"")
        return
    await reply(send, 200, headers, variant.body, scope=scope)


async def send_file(file: str, headers: Headers, scope: Scope, send: Send) -> bool:
    """Answer with a file on disk, or the part of it that was asked for; False where there is none."""
    loop = asyncio.get_running_loop()
    try:
        handle = await loop.run_in_executor(_readers, open, file, "rb")
    except OSError:
        return False
    try:
        state = os.fstat(handle.fileno())
        tag, last_modified = etag(state.st_mtime, state.st_size), formatdate(int(state.st_mtime), usegmt=True)
        told = [*headers, ("ETag", tag), ("Last-Modified", last_modified), ("Accept-Ranges", "bytes")]
        if unchanged(scope, tag, last_modified):
            await reply(send, 304, encoded([pair for pair in told if pair[0] != "Content-Type"]), b"")
            return True
        try:
            part = _part(scope, state.st_size, tag, last_modified)
        except ValueError:
            await refuse(send, 416, scope, ("Content-Range", f"bytes */{state.st_size}"))
            return True
        first, last = part or (0, state.st_size - 1)
        if part:
            told.append(("Content-Range", f"bytes {first}-{last}/{state.st_size}"))
        told.append(("Content-Length", str(last - first + 1)))
        await send({"type": "http.response.start", "status": 206 if part else 200, "headers": encoded(told)})
        await _send_part(handle, first, last, scope, send)
    finally:
        handle.close()
    return True


def _part(scope: Scope, size: int, tag: str, last_modified: str) -> tuple[int, int] | None:
    """Return the part asked for; the whole where the reader's other parts are of an older version."""
    asked = header(scope, b"range")
    condition = header(scope, b"if-range")
    if not asked or (condition and condition not in {tag, last_modified}):
        return None
    return byte_range(asked, size)


async def _send_part(handle: Any, first: int, last: int, scope: Scope, send: Send) -> None:
    loop = asyncio.get_running_loop()
    left = last - first + 1 if scope["method"] != "HEAD" else 0
    handle.seek(first)
    while left > 0:
        data = await loop.run_in_executor(_readers, handle.read, min(PART, left))
        if not data:
            break  # cut off by someone meanwhile: the length no longer fits, and the connection is closed
        left -= len(data)
        await send({"type": "http.response.body", "body": data, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
