"""The encoder: MiniLM's layers over a pruned vocabulary, the mean over each turn, and three linear heads.

After Wang et al., "MiniLM: Deep Self-Attention Distillation for Task-Agnostic Compression of Pre-Trained Transformers"
(2020); the weights to begin with are those of all-MiniLM-L6-v2 (Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from copilot.adapters.encoder.packing import MOST_TOKENS
from scripts.train.data import STAGES, TAGS
from scripts.train.marks import PARTS

WIDTH, HEADS, INNER = 384, 12, 1536
_EPS = 1e-12
_UNSEEN = -1e4


class Layer(nn.Module):
    """Attention and a feed-forward part, each added to what came in and normalised after."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_attention = nn.LayerNorm(WIDTH, eps=_EPS)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=_EPS)
        self.drop = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, blocked: Tensor) -> Tensor:
        """`hidden` is (batch, tokens, width); `blocked` 0, or a large negative number where a token must not look."""
        query, key, value = self.qkv(hidden).split(WIDTH, 2)
        return self._attended(hidden, query, key, value, blocked)

    def of_rows(self, hidden: Tensor, rows: Tensor) -> Tensor:
        """The same, (batch, rows, width), of the tokens at `rows` (rows,) alone: of the others only what these see."""
        asked = hidden.index_select(1, rows)
        weights, biases = self.qkv.weight.split((WIDTH, 2 * WIDTH)), self.qkv.bias.split((WIDTH, 2 * WIDTH))
        query = nn.functional.linear(asked, weights[0], biases[0])
        key, value = nn.functional.linear(hidden, weights[1], biases[1]).split(WIDTH, 2)
        return self._attended(asked, query, key, value, None)

    def _attended(self, hidden: Tensor, query: Tensor, key: Tensor, value: Tensor, blocked: Tensor | None) -> Tensor:
        weights = _by_head(query) @ _by_head(key).transpose(-1, -2) * (WIDTH // HEADS) ** -0.5
        weights = (weights if blocked is None else weights + blocked).softmax(-1)
        seen = (self.drop(weights) @ _by_head(value)).transpose(1, 2).flatten(2)
        hidden = self.norm_attention(hidden + self.drop(self.out(seen)))
        out: Tensor = self.norm(hidden + self.drop(self.down(nn.functional.gelu(self.up(hidden)))))
        return out


def _by_head(rows: Tensor) -> Tensor:
    """(batch, tokens, width) as (batch, heads, tokens, width of a head)."""
    return rows.unflatten(2, (HEADS, WIDTH // HEADS)).transpose(1, 2)


class Encoder(nn.Module):
    """Scores of stages and tags for each turn in a window."""

    def __init__(self, vocabulary: int, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(MOST_TOKENS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=_EPS)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.drop = nn.Dropout(dropout)
        self.stages, self.tags = nn.Linear(WIDTH, len(STAGES)), nn.Linear(WIDTH, len(TAGS))
        self.parts = nn.Linear(WIDTH, len(PARTS))

    def forward(self, ids: Tensor, spread: Tensor, turn_of: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """`ids` and `turn_of`, the turn of each, are (batch, tokens); `spread` is (batch, turns, tokens).

        Each row of `spread` adds up to 1 over its turn.
        """
        hidden, blocked = self._embedded(ids), _unseen(turn_of)
        for layer in self.layers:
            hidden = layer(hidden, blocked)
        means = self.drop(spread @ hidden)
        return self.stages(means), self.tags(means), self.parts(self.drop(hidden))

    def newest(self, ids: Tensor, turn_of: Tensor, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The same of one turn: (1, stages), (1, tags) and (1, rows, parts); `rows` (rows,) are its tokens.

        `turn_of` (tokens,) has the turns of all tokens. Those at `rows` alone go through the last layer.
        """
        hidden, blocked = self._embedded(ids), _unseen(turn_of)
        for layer in self.layers[:-1]:
            hidden = layer(hidden, blocked)
        hidden = self.layers[-1].of_rows(hidden, rows)
        mean = hidden.mean(1)
        return self.stages(mean), self.tags(mean), self.parts(hidden)

    def _embedded(self, ids: Tensor) -> Tensor:
        found: Tensor = self.drop(self.norm(self.words(ids) + self.places.weight[: ids.shape[1]]))
        return found


def _unseen(turn_of: Tensor) -> Tensor:
    """What a token must not look at, as (…, 1, tokens, tokens): later turns, as when its own was the newest.

    `turn_of` is (…, tokens). The mark at the end counts as of the last turn.
    """
    later = turn_of.unsqueeze(-2) > turn_of.unsqueeze(-1)
    return (later * _UNSEEN).unsqueeze(-3)


def from_base(base: Mapping[str, Tensor], rows: Sequence[int], layers: Sequence[int]) -> Encoder:
    """An encoder that begins with these rows of the base's vocabulary and these of its layers."""
    model = Encoder(len(rows), len(layers))
    kinds = base["embeddings.token_type_embeddings.weight"]
    state = {
        "words.weight": base["embeddings.word_embeddings.weight"][list(rows)],
        "places.weight": base["embeddings.position_embeddings.weight"][:MOST_TOKENS] + kinds[0],
    }
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = base[f"embeddings.LayerNorm.{end}"]
        for new, old in enumerate(layers):
            theirs, ours = f"encoder.layer.{old}", f"layers.{new}"
            parts = [base[f"{theirs}.attention.self.{part}.{end}"] for part in ("query", "key", "value")]
            state[f"{ours}.qkv.{end}"] = torch.cat(parts)
            state[f"{ours}.out.{end}"] = base[f"{theirs}.attention.output.dense.{end}"]
            state[f"{ours}.norm_attention.{end}"] = base[f"{theirs}.attention.output.LayerNorm.{end}"]
            state[f"{ours}.up.{end}"] = base[f"{theirs}.intermediate.dense.{end}"]
            state[f"{ours}.down.{end}"] = base[f"{theirs}.output.dense.{end}"]
            state[f"{ours}.norm.{end}"] = base[f"{theirs}.output.LayerNorm.{end}"]
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or {name.split(".")[0] for name in missing} != {"stages", "tags", "parts"}:
        raise ValueError(f"the base does not fit: {missing}, {unexpected}")
    return model
