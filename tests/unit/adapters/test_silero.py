from __future__ import annotations

import numpy as np
import pytest

from copilot.adapters.asr import silero
from copilot.adapters.asr.models import SpeechNotInstalled
from copilot.adapters.asr.silero import FRAME, Silero
from copilot.domain.audio import Samples


def frames(samples: Samples) -> list[Samples]:
    return list(samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME))


def probabilities(samples: Samples) -> list[float]:
    voice = Silero().listen()
    return [voice.probability(frame) for frame in frames(samples)]


def noise(seconds: float, loud: float) -> Samples:
    return np.random.default_rng(1).normal(0, loud, round(seconds * 16000)).astype(np.int16)


class TestSilero:
    def test_hears_nobody_in_silence_and_hiss(self) -> None:
        assert max(probabilities(np.zeros(32000, dtype=np.int16))) < 0.1
        assert max(probabilities(noise(4, 200))) < 0.3

    def test_frame_by_frame_it_hears_what_the_package_hears_in_one_go(self) -> None:
        from faster_whisper.vad import get_vad_model

        sound = noise(2, 4000) * np.sin(np.arange(32000) / 300)
        samples = sound.astype(np.int16)
        whole = np.concatenate(frames(samples)).astype(np.float32) / 32768
        heard = get_vad_model()(whole).reshape(-1)

        assert np.allclose(probabilities(samples)[:-1], heard[:-1], atol=1e-5)  # it blanks the end of the last frame

    def test_without_the_extra_says_what_is_missing_also_beside_a_server(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(silero, "find_spec", lambda _: None)
        with pytest.raises(SpeechNotInstalled, match=r"voice detector, .*, is not installed; pip install"):
            Silero()

    def test_two_channels_do_not_disturb_each_other(self) -> None:
        detector = Silero()
        samples = frames(noise(1, 4000))
        alone = [detector.listen().probability(samples[0])]
        one, other = detector.listen(), detector.listen()
        for frame in samples:
            other.probability(frame)

        assert [one.probability(samples[0])] == alone
