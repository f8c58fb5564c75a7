"""How likely a text is toxic, an insult, a threat and so on: what other comment systems ask for, whatever the clauses."""

from collections.abc import Iterable, Mapping

# Names as the Perspective API has them, and our own beyond, each with the head of the model that tells it.
HEADS: Mapping[str, str] = {
    "TOXICITY": "toxicity", "IDENTITY_ATTACK": "hate", "INSULT": "insult", "PROFANITY": "profanity", "THREAT": "threat",
    "SEXUALLY_EXPLICIT": "sexual", "SPAM": "spam", "PROMOTION": "promotion", "SELF_HARM": "self_harm", "DRUGS": "drugs",
    "EXTREMISM": "extremism", "MINORS": "minors", "CRUELTY": "cruelty",
}  # fmt: skip
# What rules and lists notice, by clause and detector, counts for the attribute, too.
NOTICED: Mapping[tuple[str, str], str] = {
    ("PROFANITY", "words"): "PROFANITY", ("INSULT", "words"): "INSULT", ("INSULT", "threats"): "THREAT",
    ("HATE", "context_words"): "IDENTITY_ATTACK", ("SPAM", "spam"): "SPAM", ("SUICIDE", "danger"): "SELF_HARM",
    ("DRUGS", "how_to"): "DRUGS", ("EXTREMISM", "organisations"): "EXTREMISM", ("EXTREMISM", "how_to"): "EXTREMISM",
    ("MINORS", "minors"): "MINORS", ("CRUELTY", "context_words"): "CRUELTY",
}  # fmt: skip


def attributes(heads: Mapping[str, float], noticed: Iterable[tuple[str, str, float]]) -> Mapping[str, float]:
    """Return each attribute's score (0 to 1), of those that anybody here can tell for the text.

    SEVERE_TOXICITY has no labelled data anywhere we may use: it is TOXICITY times the highest of IDENTITY_ATTACK, THREAT
    and INSULT times PROFANITY.
    """
    found = {name: heads[head] for name, head in HEADS.items() if head in heads}
    for clause, detector, score in noticed:
        name = NOTICED.get((clause, detector))
        if name:
            found[name] = max(found.get(name, 0.0), score)
    if "TOXICITY" in found:
        worst = max(
            found.get("IDENTITY_ATTACK", 0.0),
            found.get("THREAT", 0.0),
            found.get("INSULT", 0.0) * found.get("PROFANITY", 0.0),
        )
        found["SEVERE_TOXICITY"] = found["TOXICITY"] * worst
    return found
