"""Walk forward: how heads would have done that were learned, time after time, from what had been decided by then."""

from collections.abc import Sequence
from itertools import pairwise

from broadsheet.standards.judging import Rulebook
from broadsheet.standards.learning.backtest import Backtest, backtest, heads_in
from broadsheet.standards.learning.decisions import Decision, in_order, read_by
from broadsheet.standards.learning.learn import Start, learn
from broadsheet.standards.learning.refusals import LearningError
from broadsheet.standards.learning.trial import with_head
from broadsheet.standards.model.encoder import Encoder
from broadsheet.standards.model.learned import LearnedHead
from broadsheet.standards.senses import Senses

PARTS = 5  # the first is learned from alone; each other one is judged by a head of all before it


def walk_forward(
    head: LearnedHead,
    decisions: Sequence[Decision],
    rulebook: Rulebook,
    senses: Senses,
    examples: tuple[tuple[str, bool], ...] = (),
) -> Backtest:
    """Return the back-test of the way the head was learned, on decisions that it may have learned from itself.

    The decisions are cut into five parts of time. Each part but the first is judged by a head that was learned, as this
    one was, from the parts before it alone. Parts before which there is too little to learn from are `too_early`. A head
    that was learned with `examples` of its clause is given them again.
    """
    if not isinstance(senses.encoder, Encoder):
        raise LearningError("no-model", "Learned heads stand on the model, and it could not be loaded.")
    if bool(examples) != bool(head.counts.examples):
        raise LearningError("examples", f"The head of {head.clause} began with {head.counts.examples} examples.")
    start = Start(head.base, head.threshold, examples)
    ordered = read_by(in_order(decisions), senses.encoder)
    others = [one for code, one in heads_in(senses).items() if code != head.clause]
    edges = [len(ordered) * part // PARTS for part in range(PARTS + 1)]
    done: list[Backtest] = []
    too_early = edges[1]
    for first, last in pairwise(edges[1:]):
        part = ordered[first:last]
        earlier = [one for one in ordered[:first] if one.at < part[0].at] if part else []
        try:
            then = learn(earlier, head.clause, senses.encoder, start=start, made=head.made, version=head.version)
        except LearningError:
            too_early += len(part)
            continue
        after = senses.with_heads([*others, then], trial=True)
        done.append(backtest(part, rulebook, senses, with_head(rulebook, then), after))
    return Backtest(
        tuple(one for each in done for one in each.compared),
        too_early + sum(each.too_early for each in done),
        sum(each.without_text for each in done),
        {head.clause: head.identity, **{one.clause: one.identity for one in others}},
    )
