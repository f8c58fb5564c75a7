"""What the encoder is taught to tell, in the order of its outputs."""

HEADS = (
    "toxicity", "hate", "insult", "threat", "profanity", "sexual", "spam", "promotion",
    "self_harm", "drugs", "extremism", "minors", "cruelty",
)  # fmt: skip
