"""What the server measures of itself, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from copilot.domain.events import ModelUsed

REGISTRY = CollectorRegistry()

LIVE_CALLS = Gauge("copilot_live_calls", "Calls that have not ended.", registry=REGISTRY)
PANELS = Gauge("copilot_panels", "Panels that watch a call.", registry=REGISTRY)
UTTERANCES = Counter("copilot_utterances", "Final utterances taken.", registry=REGISTRY)
UTTERANCE_SECONDS = Histogram(
    "copilot_utterance_seconds",
    "From an utterance's arrival until it is analysed, on disk and with the panels.",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
    registry=REGISTRY,
)
ANALYSIS_FAILURES = Counter("copilot_analysis_failures", "Analyses that failed; words are kept.", registry=REGISTRY)
APPEND_FAILURES = Counter("copilot_append_failures", "Changes that could not be written.", registry=REGISTRY)

_MODEL_SECONDS = (0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 12, 20, 40, 90)
MODEL_REQUESTS = Counter(
    "copilot_model_requests",
    "Requests to a language model, by what they were for and how they ended.",
    ("model", "purpose", "ended"),
    registry=REGISTRY,
)
MODEL_TOKENS = Counter(
    "copilot_model_tokens",
    "Tokens used; `cached` and `cache_write` are part of `input`.",
    ("model", "kind"),
    registry=REGISTRY,
)
MODEL_COST = Counter(
    "copilot_model_cost_usd", "Dollars spent on models whose price is known.", ("model",), registry=REGISTRY
)
MODEL_SECONDS = Histogram(
    "copilot_model_seconds",
    "From a request until its answer is complete or given up.",
    ("purpose",),
    buckets=_MODEL_SECONDS,
    registry=REGISTRY,
)
MODEL_FIRST_OP_SECONDS = Histogram(
    "copilot_model_first_op_seconds",
    "From a request until the first part of its answer can be used.",
    ("purpose",),
    buckets=_MODEL_SECONDS,
    registry=REGISTRY,
)
MODEL_OVERHEAD_SECONDS = Histogram(
    "copilot_model_overhead_seconds",
    "What making a request costs this server.",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.015, 0.02, 0.05, 0.1),
    registry=REGISTRY,
)
MODEL_OPS = Counter("copilot_model_ops", "Ops of language models that changed something.", registry=REGISTRY)
MODEL_DROPS = Counter("copilot_model_drops", "Ops that were refused, by reason.", ("reason",), registry=REGISTRY)
MODEL_REQUESTS_UNDER_WAY = Gauge("copilot_model_requests_under_way", "Requests not answered yet.", registry=REGISTRY)

_WAITS = (0.05, 0.1, 0.2, 0.5, 1, 1.5, 2, 3, 5, 10, 30)
AUDIO_SECONDS = Counter("copilot_audio_seconds", "Sound received, per channel.", registry=REGISTRY)
DECODED_SECONDS = Counter("copilot_decoded_seconds", "Sound decoded, partials included.", registry=REGISTRY)
DECODE_SECONDS = Histogram(
    "copilot_decode_seconds", "What one decode takes.", ("urgency",), buckets=_WAITS, registry=REGISTRY
)
DECODE_FAILURES = Counter("copilot_decode_failures", "Decodes that failed or took too long.", registry=REGISTRY)
FINAL_WAIT_SECONDS = Histogram(
    "copilot_final_wait_seconds", "How long an utterance waits to be decoded.", buckets=_WAITS, registry=REGISTRY
)
FINAL_SECONDS = Histogram(
    "copilot_final_seconds",
    "From the end of speech until the utterance is on disk and shown.",
    buckets=_WAITS,
    registry=REGISTRY,
)
SPEECH_REJECTED = Counter(
    "copilot_speech_rejected", "What was decoded and not believed, by reason.", ("reason",), registry=REGISTRY
)
SPEECH_FAILED_SECONDS = Counter("copilot_speech_failed_seconds", "Sound that could not be decoded.", registry=REGISTRY)
SHED_STEP = Gauge("copilot_shed_step", "How much is left out because decoding is behind.", registry=REGISTRY)
SPEECH_LOAD = Gauge(
    "copilot_speech_load",
    "Share of what can be decoded that calls cannot do without; 1: all of it.",
    registry=REGISTRY,
)
SPEECH_BACKLOG_SECONDS = Gauge(
    "copilot_speech_backlog_seconds",
    "Sound of live calls that nothing is known of yet.",
    registry=REGISTRY,
)
LATE_FINALS = Counter("copilot_late_finals", "Utterances shown too late after they were said.", registry=REGISTRY)
CALLS_REFUSED = Counter("copilot_speech_calls_refused", "Calls as sound that there was no room for.", registry=REGISTRY)


def count_model_use(used: ModelUsed) -> None:
    """Add one request to the figures."""
    MODEL_REQUESTS.labels(used.model, used.purpose, used.ended).inc()
    tokens = {
        "input": used.usage.input_tokens,
        "cached": used.usage.cached_tokens,
        "cache_write": used.usage.cache_write_tokens,
        "output": used.usage.output_tokens,
    }
    for kind, n in tokens.items():
        MODEL_TOKENS.labels(used.model, kind).inc(n)
    MODEL_COST.labels(used.model).inc(used.cost_usd or 0.0)
    MODEL_SECONDS.labels(used.purpose).observe(used.latency_ms / 1000)
    if used.first_op_ms is not None:
        MODEL_FIRST_OP_SECONDS.labels(used.purpose).observe(used.first_op_ms / 1000)
    MODEL_OPS.inc(used.applied)
    for reason, n in used.dropped.items():
        MODEL_DROPS.labels(reason).inc(n)
