"""Comments judged one after the other, each with those before it as what was there before."""

import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from broadsheet.standards.clusters import Clusters, Comment
from broadsheet.standards.judging import LONGEST, Rulebook, judge_seen, see_together
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Earlier, Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.verdict import Verdict

RECENT = 20  # of an author
AUTHORS = 20_000
logger = logging.getLogger(__name__)


class Remembered:
    """What earlier comments left behind: fingerprints of the latest 20,000, no texts."""

    def __init__(self, senses: Senses) -> None:
        self._senses = senses
        self._clusters = Clusters()
        self._recent: dict[str, deque[Earlier]] = {}
        self._count = 0

    def judge_many(self, submissions: Sequence[Submission], rulebook: Rulebook) -> list[Verdict]:
        """Return what follows for each, in order, each judged with those before it."""
        seen = see_together(submissions, self._senses)
        return [
            judge_seen(one, self.filled(submission, one), rulebook, self._senses)
            for one, submission in zip(seen, submissions, strict=True)
        ]

    def filled(self, submission: Submission, seen: Seen) -> Submission:
        """Return the submission with copies by others as neighbours and with its author's latest, where it brings none.

        Then remember it. One without author or time, or too long, is returned as it is and not remembered.
        """
        if not (submission.author and submission.at) or len(submission.text) > LONGEST:
            return submission
        try:
            fingerprint = self._senses.fingerprinting.of(seen, submission)
        except Exception as error:  # noqa: BLE001 - it is not remembered; the judge will meet and say the same
            logger.error("A comment can't be remembered: %s.", type(error).__name__)
            return submission
        near = self._clusters.near(fingerprint, submission.at)
        others = tuple(_earlier(one) for one in near if one.author != submission.author)
        recent = self._recent.pop(submission.author, deque(maxlen=RECENT))
        found = replace(
            submission,
            neighbours=submission.neighbours or others,
            author_recent=submission.author_recent or tuple(recent),
        )
        self._count += 1
        comment = Comment(str(self._count), submission.author, submission.thread, submission.at, fingerprint)
        self._clusters.add(comment)
        recent.appendleft(_earlier(comment))
        self._recent[submission.author] = recent
        if len(self._recent) > AUTHORS:
            del self._recent[next(iter(self._recent))]
        return found


def _earlier(comment: Comment) -> Earlier:
    return Earlier("", comment.at, comment.thread, comment.author, comment.fingerprint)
