"""`python -m training`: from `shared/data/moderation` to the committed model files. A second call goes on where one ended."""

import argparse
from pathlib import Path

from broadsheet.standards.model.encoder import SHIPPED
from broadsheet.standards.model.ngrams import FOLDER

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Train the encoder, then its rare heads by themselves, then the n-grams of the other languages; or one of the three."""
    ask = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    ask.add_argument("--data", type=Path, default=HERE.parent.parent / "shared" / "data" / "moderation")
    ask.add_argument("--work", type=Path, default=HERE / "work", help="where the state is kept while it learns")
    ask.add_argument("--to", type=Path, default=SHIPPED)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--passes", type=float, default=1.2)
    ask.add_argument("--share", type=float, default=1.0, help="of the rows: a small one tries the way out")
    ask.add_argument("--only", choices=("encoder", "heads", "ngrams"))
    given = ask.parse_args()
    if given.only in (None, "encoder"):
        from training.encode import train_encoder

        train_encoder(given)
    if given.only in (None, "heads"):
        from training.refit import train_heads

        train_heads(given.to, given.data, given.seed)
    if given.only in (None, "ngrams"):
        from training.ngrams import train_ngrams

        train_ngrams(given.data, given.to / FOLDER)


if __name__ == "__main__":
    main()
