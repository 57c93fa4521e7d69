"""What the server measures of itself, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

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
