"""The network: the sentence encoder it starts from, with heads that say which words they looked at."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from training.heads import HEADS


class Network(nn.Module):
    """Reads tokens; answers with logits, each token's part in every logit, and the text's embedding.

    A head is a weighted mean of what each token says: the parts add up to the logit, so the words that made it can be
    named. While learning, each source of data has an offset of its own per head: how often a source is toxic says
    something about how it was collected, and nothing about a comment.
    """

    def __init__(self, start: Path, sources: int) -> None:
        super().__init__()
        # Without dropout: in less than two passes nothing is learned by heart, and on a CPU it takes a fifth of the time.
        self.encoder = BertModel.from_pretrained(
            str(start), add_pooling_layer=False, attn_implementation="eager",
            hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        )  # fmt: skip
        size = self.encoder.config.hidden_size
        self.look = nn.Linear(size, len(HEADS))
        self.say = nn.Linear(size, len(HEADS))
        self.offset = nn.Embedding(sources, len(HEADS))
        nn.init.zeros_(self.offset.weight)
        nn.init.normal_(self.look.weight, std=0.02)
        nn.init.normal_(self.say.weight, std=0.02)
        self.rest = nn.Dropout(0.1)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return logits (texts, heads), contributions (texts, tokens, heads), embeddings (texts, size) of length 1."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        there = attention_mask.unsqueeze(-1).to(hidden.dtype)
        rested = self.rest(hidden)
        looked = self.look(rested).float() + (1.0 - there.float()) * -1e4
        contributions = torch.softmax(looked, dim=1) * self.say(rested).float()
        mean = (hidden * there).sum(1) / there.sum(1).clamp(min=1.0)
        return contributions.sum(1), contributions, nn.functional.normalize(mean.float(), dim=-1)
