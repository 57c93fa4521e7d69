from __future__ import annotations

import numpy as np
import pytest

from scripts.peer.listening import Heard
from scripts.peer.stand_in import RATE_HZ, segments_of, words_in
from scripts.peer.talk import VOCABULARY, talk

NOISE = np.random.default_rng(1)
VOICE = {word: NOISE.integers(900, 9000, RATE_HZ // 5).astype(np.int16) for word in VOCABULARY}


class TestWordsInSound:
    def test_are_the_same_for_the_same_sound_wherever_it_stands(self) -> None:
        word = (VOICE["truck"][:3000] / 32768).astype(np.float32)
        gap = np.zeros(1000, dtype=np.float32)
        first, second, cut = words_in(np.concatenate([gap, word, gap, word, gap, word[:2500]]))

        assert first.word == second.word != cut.word
        assert [first.start, first.end] == pytest.approx([1000 / RATE_HZ, 4000 / RATE_HZ])

    def test_are_none_in_silence(self) -> None:
        assert words_in(np.zeros(8000, dtype=np.float32)) == []

    def test_make_a_segment_for_each_phrase(self) -> None:
        said = talk(VOICE, seed=1, length_s=30)
        segments = segments_of(words_in((said.samples / 32768).astype(np.float32)))

        assert [tuple(segment.text.split()) for segment in segments] == [u.words for u in said.utterances]


class TestATalk:
    def test_says_no_word_twice_so_that_each_has_its_time(self) -> None:
        words = [word for u in talk(VOICE, seed=3, length_s=60).utterances for word in u.words]

        assert len(words) == len(set(words)) > 20

    def test_is_followed_word_by_word(self) -> None:
        said = talk(VOICE, seed=1, length_s=20)
        heard = Heard(said)
        first, second = said.utterances[:2]
        heard.shown = {first.words[0]: first.start_s + 1, first.words[-1]: first.end_s + 2}
        heard.settled = {first.words[-1]: first.end_s + 3}

        assert heard.first_words_s == [pytest.approx(1)]
        assert heard.last_word_s(heard.settled) == [pytest.approx(3)]
        assert heard.words == (1, sum(len(u.words) for u in said.utterances))
        assert not heard.complete
        assert second.start_s > first.end_s + 0.5
