"""Recordings as samples: plain WAV by the standard library, everything else through PyAV."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

from copilot.domain.audio import RATE_HZ, AudioFormat, Recording, WireRate
from copilot.domain.call import Role
from copilot.errors import UnreadableTranscript

PIECE_S = 1.0

_WANTED = "WAV, MP3, M4A, FLAC, Ogg, Opus or WebM would work"
_FORMATS = {"format_whitelist": "wav,mp3,aac,mov,flac,ogg,matroska"}  # none that names other files or addresses to read


def open_recording(file: Path, *, name: str | None = None, highest_hz: int | None = None) -> Recording:
    """The sound of a file, two channels staying two, brought to 16 kHz where its rate is beyond the highest wanted.

    Raises UnreadableTranscript, under the name that whoever gave the file knows it by.
    """
    name = name or file.name
    highest_hz = highest_hz or max(get_args(WireRate))
    return _plain_wav(file, name, highest_hz) or _decoded(file, name, highest_hz)


def _plain_wav(file: Path, name: str, highest_hz: int) -> Recording | None:
    """A WAV of 16 bits that can be taken as it is, else None."""
    try:
        wav = wave.open(str(file), "rb")  # noqa: SIM115  closed by whoever reads the last piece
    except (wave.Error, EOFError):
        return None
    except OSError as error:
        raise UnreadableTranscript(name, (error.strerror or "cannot be read").lower()) from error
    rate_hz, channels = wav.getframerate(), wav.getnchannels()
    if wav.getsampwidth() != 2 or not _is_taken(rate_hz, highest_hz) or channels > 2:
        wav.close()
        return None
    audio = _format(rate_hz, channels)
    return Recording(name, audio, _wav_pieces(wav, audio), wav.getnframes() / rate_hz)


def _wav_pieces(wav: wave.Wave_read, audio: AudioFormat) -> Iterator[bytes]:
    with wav:
        while piece := wav.readframes(round(PIECE_S * audio.sample_rate_hz)):
            whole = len(piece) - len(piece) % audio.sample_bytes  # a file that was cut off
            if whole:
                yield piece[:whole]


def _decoded(file: Path, name: str, highest_hz: int) -> Recording:
    if find_spec("av") is None:
        raise UnreadableTranscript(
            name, "only WAV of 16 bits is read without the extra 'speech', which `copilot-value[speech]` installs"
        )
    import av

    try:
        container = av.open(str(file), container_options=_FORMATS)
    except (av.error.FFmpegError, OSError) as error:
        raise UnreadableTranscript(name, f"this is no recording that can be read; {_WANTED}") from error
    if not container.streams.audio:
        container.close()
        raise UnreadableTranscript(name, f"there is no sound in this file; {_WANTED}")
    stream = container.streams.audio[0]
    rate_hz = stream.codec_context.sample_rate
    known = _is_taken(rate_hz, highest_hz)  # a telephone's sound stays known as such
    audio = _format(rate_hz if known else RATE_HZ, 2 if stream.codec_context.channels == 2 else 1)
    length_s = None if container.duration is None else container.duration / av.time_base
    return Recording(name, audio, _av_pieces(container, stream, audio), length_s)


def _av_pieces(container: Any, stream: Any, audio: AudioFormat) -> Iterator[bytes]:
    """Pieces of about a second; a packet that is damaged is left out."""
    import av

    layout = "stereo" if len(audio.channels) == 2 else "mono"
    resampler = av.AudioResampler(format="s16", layout=layout, rate=audio.sample_rate_hz)
    held = bytearray()
    with container:
        for frames in _frames(container, stream):
            for frame in frames:
                for resampled in resampler.resample(frame):
                    held += resampled.to_ndarray().tobytes()
            if len(held) >= PIECE_S * audio.sample_rate_hz * audio.sample_bytes:
                yield bytes(held)
                held.clear()
        for resampled in resampler.resample(None):
            held += resampled.to_ndarray().tobytes()
    if held:
        yield bytes(held)


def _frames(container: Any, stream: Any) -> Iterator[list[Any]]:
    import av

    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.FFmpegError):  # the end, or where the file was cut off
            return
        try:
            yield packet.decode()
        except av.error.FFmpegError:
            continue


def _is_taken(rate_hz: int, highest_hz: int) -> bool:
    return rate_hz in get_args(WireRate) and rate_hz <= highest_hz


def _format(rate_hz: int, channels: int) -> AudioFormat:
    """Whose voice is on which channel, a file does not say."""
    return AudioFormat.model_validate(
        {"encoding": "pcm_s16le", "sample_rate_hz": rate_hz, "channels": [Role.UNKNOWN] * channels}
    )
