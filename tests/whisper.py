"""A small Whisper with random weights, in the form that faster-whisper loads. What it writes makes no sense."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import tokenizers
from faster_whisper.tokenizer import _LANGUAGE_CODES
from numpy.typing import NDArray
from tokenizers.decoders import ByteLevel

WORD_TOKENS, MEL_BINS, POSITIONS, TEXT_POSITIONS = 50_257, 80, 1500, 448
LANGUAGES = tuple(code for code in _LANGUAGE_CODES if code != "yue")  # which only the newest models know
TASKS = ("translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps")


def make_whisper(folder: Path, *, width: int = 64, heads: int = 2, layers: int = 1, seed: int = 7) -> Path:
    """Write a multilingual model into the folder; the same seed makes the same model."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = _vocabulary()
    _tokenizer(vocabulary).save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": MEL_BINS, "sampling_rate": 16000}))
    spec = ctranslate2.specs.WhisperSpec(layers, heads, layers, heads)
    _Weights(width, np.random.default_rng(seed)).fill(spec)
    spec.register_vocabulary(vocabulary)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [220, WORD_TOKENS]
    spec.config.lang_ids = [WORD_TOKENS + 2 + n for n in range(len(LANGUAGES))]
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    return folder


def _vocabulary() -> list[str]:
    """Bytes as GPT-2 writes them, words that are made of two of them, and Whisper's special tokens at their places."""
    letters = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    pairs = [first + second for first in letters for second in letters]
    words = [*[*letters, *pairs][: WORD_TOKENS - 1], ""]  # by the empty one a multilingual model is known
    special = ["endoftext", "startoftranscript", *LANGUAGES, *TASKS]
    times = [f"{n * 0.02:.2f}" for n in range(POSITIONS + 1)]
    return [*words, *(f"<|{name}|>" for name in (*special, *times))]


def _tokenizer(vocabulary: list[str]) -> tokenizers.Tokenizer:
    words = {token: n for n, token in enumerate(vocabulary[:WORD_TOKENS])}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(vocab=words, merges=[]))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = ByteLevel()
    tokenizer.add_special_tokens(vocabulary[WORD_TOKENS:])
    return tokenizer


class _Weights:
    """Fills a specification layer by layer."""

    def __init__(self, width: int, chance: np.random.Generator) -> None:
        self._width, self._chance = width, chance

    def fill(self, spec: Any) -> None:
        width = self._width
        encoder, decoder = spec.encoder, spec.decoder
        self._linear(encoder.conv1, width, MEL_BINS, 3)
        self._linear(encoder.conv2, width, width, 3)
        encoder.position_encodings.encodings = self._some(POSITIONS, width)
        decoder.position_encodings.encodings = self._some(TEXT_POSITIONS, width)
        decoder.embeddings.weight = self._some(WORD_TOKENS + 2 + len(LANGUAGES) + len(TASKS) + POSITIONS + 1, width)
        decoder.projection.weight = decoder.embeddings.weight
        for part in (encoder, decoder):
            self._norm(part.layer_norm)
            for layer in part.layer:
                self._attention(layer.self_attention, 3)
                self._feed_forward(layer.ffn)
        for layer in decoder.layer:
            self._attention(layer.attention, 2)

    def _attention(self, attention: Any, first: int) -> None:
        """Self-attention has query, key and value in its first matrix, the other has key and value in its second."""
        width = self._width
        self._norm(attention.layer_norm)
        sizes = [3 * width, width] if first == 3 else [width, 2 * width, width]
        for linear, size in zip(attention.linear, sizes, strict=True):
            self._linear(linear, size, width)

    def _feed_forward(self, ffn: Any) -> None:
        self._norm(ffn.layer_norm)
        self._linear(ffn.linear_0, 4 * self._width, self._width)
        self._linear(ffn.linear_1, self._width, 4 * self._width)

    def _norm(self, norm: Any) -> None:
        norm.gamma = np.ones(self._width, dtype=np.float32)
        norm.beta = np.zeros(self._width, dtype=np.float32)

    def _linear(self, linear: Any, *shape: int) -> None:
        linear.weight = self._some(*shape)
        linear.bias = np.zeros(shape[0], dtype=np.float32)

    def _some(self, *shape: int) -> NDArray[np.float32]:
        return self._chance.normal(0, 0.3, shape).astype(np.float32)
