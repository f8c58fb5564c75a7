"""The judge's own door: comments as `broadsheet judge` reads them, and what it prints."""

from typing import Any

from broadsheet.standards.lines import UnreadableError, submission, written
from broadsheet.standards.serving.judge_thread import JudgeThread
from broadsheet.standards.serving.messages import loaded
from broadsheet.standards.serving.refusals import RefusedError
from broadsheet.standards.submission import Submission

MOST = 100  # comments of one request


async def verdicts(body: bytes, judge: JudgeThread, edition: str) -> dict[str, Any]:
    """Return the verdict on one comment, or those on `comments` in their order. Raises `RefusedError`.

    One comment that can't be read is refused; among several it is answered as not scored, with what is wrong.
    """
    request = loaded(body)
    if not isinstance(request, dict):
        raise RefusedError(
            400, "The request is to be an object: a comment with `text`, or `comments` with a list of them."
        )
    if "comments" not in request:
        try:
            comment = submission(request, edition)
        except UnreadableError as error:
            raise RefusedError(400, str(error)) from None
        return written(request.get("id", 1), (await judge.judge([comment]))[0])
    comments = request["comments"]
    if not isinstance(comments, list) or len(comments) > MOST:
        raise RefusedError(400, f"`comments` is to be a list of {MOST} comments at most.")
    read = [_read(one, edition) for one in comments]
    judged = iter(await judge.judge([one for one in read if isinstance(one, Submission)]))
    answers = []
    for number, (given, one) in enumerate(zip(comments, read, strict=True), 1):
        id_ = given.get("id", number) if isinstance(given, dict) else number
        answers.append(
            written(id_, next(judged))
            if isinstance(one, Submission)
            else {"id": id_, "outcome": "not_scored", "error": str(one)}
        )
    return {"comments": answers}


def _read(value: object, edition: str) -> Submission | UnreadableError:
    if not isinstance(value, dict):
        return UnreadableError("A comment is to be an object with `text`.")
    try:
        return submission(value, edition)
    except UnreadableError as error:
        return error
