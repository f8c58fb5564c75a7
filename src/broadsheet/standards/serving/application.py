"""The server's doors: which address is answered by what, who may ask, and how much is taken in."""

import asyncio
import hmac
import json
import logging
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from broadsheet.standards.rulebook import load
from broadsheet.standards.senses import Senses
from broadsheet.standards.serving import coral, discovery, own, perspective, watching
from broadsheet.standards.serving.connections import LimitedProtocol
from broadsheet.standards.serving.judge_thread import JudgeThread, Loaded
from broadsheet.standards.serving.languages import WIDE, detected, told
from broadsheet.standards.serving.options import Options
from broadsheet.standards.serving.refusals import AGAIN, RefusedError, no_key, wrong_key

LARGEST = 1 << 20  # bytes of a request's body
MOST_HELD = 64 << 20  # bytes of all bodies that are coming in
Handler = Callable[[Request], Awaitable[Response]]
logger = logging.getLogger(__name__)


def make_application(options: Options) -> Starlette:
    """Return the application of one process; it loads its judge when it is started, and answers 503 until then."""
    LimitedProtocol.seconds = options.read_seconds + 1  # the doors' own limit comes first, with an answer
    doors = _Doors(options)
    door = doors.door
    analyze, suggest = door("analyze", doors.analyze, keyed=True), door("suggest", doors.suggest, keyed=True)
    discover = door("discovery", doors.discover)
    return Starlette(
        routes=[
            *(Route(f"{prefix}/comments:analyze", analyze, methods=["POST"]) for prefix in ("/v1alpha1", "")),
            *(Route(f"{prefix}/comments:suggestscore", suggest, methods=["POST"]) for prefix in ("/v1alpha1", "")),
            Route("/$discovery/rest", discover),
            Route("/discovery/v1/apis/commentanalyzer/v1alpha1/rest", discover),
            Route("/coral/moderate", door("coral", doors.coral), methods=["POST"]),
            Route("/v1/judge", door("judge", doors.judge_own, keyed=True), methods=["POST"]),
            Route("/health", door("health", doors.health)),
            Route("/metrics", door("metrics", doors.metrics)),
        ],
        exception_handlers={HTTPException: _no_door},
        lifespan=doors.lifespan,
    )


def load_judge(options: Options) -> Loaded:
    """Return what the options say to judge with."""
    rulebook, senses = load(options.rulebook), Senses.load(options.model)
    detected("Lorem ipsum dolor sit amet", options.edition)  # reads the tables of languages before a comment does
    return Loaded(rulebook, senses, told(rulebook, senses, options.languages or WIDE))


class _Doors:
    """Answers requests."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._numbers = watching.Numbers(several=options.workers > 1)
        self._judge = JudgeThread(lambda: load_judge(options), options.queue, self._numbers)
        self._held = 0

    @asynccontextmanager
    async def lifespan(self, _application: Starlette) -> AsyncIterator[None]:
        self._judge.start()
        yield
        await asyncio.to_thread(self._judge.stop)

    def door(self, name: str, handler: Handler, *, keyed: bool = False) -> Handler:
        """Return the handler as an endpoint that always answers, is counted, and logs no text of a request."""

        async def endpoint(request: Request) -> Response:
            begun = time.perf_counter()
            try:
                if keyed and self._options.keys:
                    _check_key(request, self._options.keys)
                response = await handler(request)
            except RefusedError as refused:
                response = _refused(refused)
            except ClientDisconnect:
                response = _refused(RefusedError(408, "The client went away."))
            except Exception as error:  # noqa: BLE001 - its message may hold a text; its place and kind don't
                where = traceback.extract_tb(error.__traceback__)[-1]
                logger.error("%s failed with %s in %s:%s", name, type(error).__name__, where.filename, where.lineno)
                response = _refused(RefusedError(500, "Internal error encountered."))
            self._numbers.answers.labels(name, str(response.status_code)).inc()
            self._numbers.seconds.labels(name).observe(time.perf_counter() - begun)
            return response

        return endpoint

    async def analyze(self, request: Request) -> Response:
        body = await self._body(request)
        return _answer(await self._timed(perspective.analyze(body, self._judge, self._options.edition)))

    async def suggest(self, request: Request) -> Response:
        return _answer(perspective.suggest(await self._body(request), self._options.edition))

    async def coral(self, request: Request) -> Response:
        if not self._options.secrets:
            raise RefusedError(403, "No signing secret of Coral's is known here: start with --coral-secret-file.")
        body = await self._body(request)
        coral.check(body, request.headers.get("x-coral-signature", ""), self._options.secrets)
        answer = await self._timed(coral.moderate(body, self._judge, self._options.edition))
        return Response(status_code=204) if answer is None else _answer(answer)

    async def judge_own(self, request: Request) -> Response:
        body = await self._body(request)
        return _answer(await self._timed(own.verdicts(body, self._judge, self._options.edition)))

    async def discover(self, request: Request) -> Response:
        if request.query_params.get("version", "v1alpha1") != "v1alpha1":
            raise RefusedError(404, "The only version there is: v1alpha1.")
        return _answer(discovery.document(request.url.scheme, request.headers.get("host", "")))

    async def health(self, _request: Request) -> Response:
        well, said = watching.health(self._judge, self._numbers)
        return _answer(said, 200 if well else 503)

    async def metrics(self, _request: Request) -> Response:
        return Response(self._numbers.exposition(self._judge), media_type=CONTENT_TYPE_LATEST)

    async def _body(self, request: Request) -> bytes:
        """Return the body. Refuses what is too large, before all of it has come, or comes too slowly."""
        if int(request.headers.get("content-length", 0)) > LARGEST:
            raise _too_large()
        body = bytearray()
        try:
            async with asyncio.timeout(self._options.read_seconds):
                async for piece in request.stream():
                    body += piece
                    self._held += len(piece)
                    if len(body) > LARGEST:
                        raise _too_large()
                    if self._held > MOST_HELD:
                        raise RefusedError(429, "Resource has been exhausted: too much comes in.", headers=AGAIN)
        except TimeoutError:
            raise RefusedError(408, "The request did not come in time.", headers={"connection": "close"}) from None
        finally:
            self._held -= len(body)
        return bytes(body)

    async def _timed(self, judging: Awaitable[Any]) -> Any:
        try:
            async with asyncio.timeout(self._options.seconds):
                return await judging
        except TimeoutError:
            raise RefusedError(504, "Deadline expired before operation could complete.") from None


def _check_key(request: Request, keys: Sequence[bytes]) -> None:
    """Refuse a request without one of the keys, in the address or in the header."""
    given = request.query_params.get("key") or request.headers.get("x-goog-api-key", "")
    if not given:
        raise no_key()
    good = False
    for key in keys:
        good |= hmac.compare_digest(key, given.encode("utf-8", "surrogatepass"))
    if not good:
        raise wrong_key()


def _too_large() -> RefusedError:
    return RefusedError(413, f"Request payload size exceeds the limit: {LARGEST} bytes.")


def _answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return JSON in ASCII, which any text can be written in, halves of characters too."""
    return Response(
        json.dumps(value, separators=(",", ":")), status, {"cache-control": "no-store", **(headers or {})},
        "application/json; charset=UTF-8",
    )  # fmt: skip


def _refused(refused: RefusedError) -> Response:
    return _answer(refused.as_json(), refused.status, refused.headers)


async def _no_door(_request: Request, error: Exception) -> Response:
    """Answer for an address or a method that isn't there."""
    assert isinstance(error, HTTPException)  # noqa: S101 - what Starlette raises there
    if error.status_code == 405:
        refused = RefusedError(405, "The address is known, but not with this method.", headers=error.headers)
    else:
        refused = RefusedError(404, "The requested URL was not found on this server.")
    return _refused(refused)
