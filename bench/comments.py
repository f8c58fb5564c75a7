"""Comments as people write them, for benchmarks that post: read from the shared data, never kept here. Not a benchmark.

With pyarrow, as training has it, they are labelled comments: one in twelve is toxic, which is about what news sites see
before anybody moderates. Without it they are sentences of news pages, which are nothing to hold.
"""

import json
import random
import re
from functools import cache
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TOXIC = 1 / 12
LONGEST, LEAST_WORDS = 1_500, 5


def comments(count: int, seed: int) -> list[str]:
    """Return so many comments, each another one."""
    drawn = random.Random(seed)
    calm, toxic = _labelled()
    if not calm:
        return drawn.sample(_news(), count)
    some = round(count * TOXIC)
    found = drawn.sample(calm, count - some) + drawn.sample(toxic, some)
    drawn.shuffle(found)
    return found


def are_labelled() -> bool:
    """Return whether they are what people wrote, not what news pages say."""
    return bool(_labelled()[0])


@cache
def _labelled() -> tuple[list[str], list[str]]:
    try:
        from pyarrow import parquet
    except ImportError:
        return [], []
    path = SHARED / "data" / "moderation" / "train.parquet"
    if not path.is_file():
        return [], []
    rows = parquet.read_table(path, columns=["source", "text", "toxicity"]).to_pylist()
    calm = [row["text"] for row in rows if row["source"] == "wiki_context" and row["toxicity"] == 0]
    toxic = [row["text"] for row in rows if row["source"] == "toxic_spans_civil" and row["toxicity"] == 1]
    return _fitting(calm), _fitting(toxic)


@cache
def _news() -> list[str]:
    pages = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SHARED.glob("data/wikinews/*.json"))]
    text = [block["text"] for page in pages for block in page["blocks"] if block["type"] == "paragraph"]
    sentences = [sentence for one in text for sentence in re.split(r"(?<=[.?!])\s+", one)]
    return _fitting([one for one in sentences if len(one.split()) >= LEAST_WORDS])


def _fitting(texts: list[str]) -> list[str]:
    return [text for text in dict.fromkeys(one.strip() for one in texts) if 2 < len(text) <= LONGEST]
