"""A trial's answer as it is kept: without any text, with what speaks against the change as a code with figures (STD-06)."""

from typing import Any

from broadsheet.standards.learning.backtest import Backtest
from broadsheet.standards.learning.switching import may_switch_on

FLIPS = 500  # comments of an answer that are listed, the newest


def answer_of(found: Backtest) -> dict[str, Any]:
    """Return the answer as it is kept: without texts, and with what speaks against the change as a code with figures."""
    plain = found.as_json()
    flips = plain.pop("flips")
    refusal = may_switch_on(found)
    plain |= {"flips": flips[-FLIPS:][::-1], "flipped": len(flips), "refusal": refusal.code if refusal else ""}
    if refusal is not None:
        plain["values"] = _figures(refusal.code, found)
    return plain


def _figures(code: str, found: Backtest) -> dict[str, Any]:
    if code == "too-few":
        return {"judged": len(found.compared), "removed": sum(bool(one.decided) for one in found.compared)}
    if code == "fails":
        return {
            side: sum(getattr(one, side).outcome == "not_scored" for one in found.compared)
            for side in ("before", "after")
        }
    worse = ((clause, found.tally("before", clause).wrong, found.tally("after", clause).wrong)
             for clause in (None, *found.clauses))  # fmt: skip
    clause, before, after = next(one for one in worse if one[2] > one[1])
    return {"clause": clause or "", "before": before, "after": after}
