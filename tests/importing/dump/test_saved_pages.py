"""Real pages rendered as dumps: the body against what people marked as the article."""

import gzip
import json
from pathlib import Path

import pytest

from broadsheet.importing.engines.dump import read_dump
from tests.importing.dump.rendering import as_dump, wrapped
from tests.importing.dump.scoring import shingle_f1, texts_of

LAYOUTS = {"a line for each block": str, "wrapped with a margin": wrapped}


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_dumps_of_real_pages_give_their_articles(shared: Path, layout: str) -> None:
    folder = shared / "data" / "pages"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    scores: dict[str, float] = {}
    for name, page in truth.items():
        source = (folder / "html" / f"{name}.html.gz").read_bytes()
        got = read_dump(LAYOUTS[layout](as_dump(gzip.decompress(source)))).as_json()
        body = "\n".join([got["standfirst"] or "", *texts_of(got["body"])])
        scores[name] = shingle_f1(page["articleBody"], body)
    ordered = sorted(scores.values())

    assert sum(ordered) / len(ordered) >= 0.92
    assert ordered[len(ordered) // 2] >= 0.96
