/** The call on one axis: who spoke when, about what, what went wrong. Pure. */
import { unheardWords } from "../unheard.js";
import { stands } from "../value_map.js";
import { stageBlocks } from "./timeline_stages.js";

/**
 * @typedef {{from: number, to: number, i: number}} Span
 * @typedef {{name: string, role: Api.Role, spans: Span[]}} Lane
 * @typedef {{u: Api.Said, span: Span}} Placed
 * @typedef {{at: number, i: number, kind: "pitfall"|"outcome"|"capability"|"metric"|"question", label: string, quote: string}} Mark `quote` may be empty
 * @typedef {{from: number, to: number, words: string}} Gap of which there is no sound
 * @typedef {{timed: boolean, end: number, lanes: Lane[], stages: (Span & {stage: string})[], marks: Mark[], unheard: Gap[]}} Timeline
 */

/**
 * Without times the axis counts utterances.
 * @param {Api.State} state
 * @param {(kind: string) => string} pitfallTitle
 * @returns {Timeline}
 */
export function timeline(state, pitfallTitle) {
  const timed = state.utterances.some((u) => u.start_s != null && u.end_s != null);
  const span = (/** @type {Api.Said} */ u) => (timed ? timedSpan(u) : { from: u.i, to: u.i + 1, i: u.i });
  const spans = state.utterances.flatMap((u) => {
    const at = span(u);
    return at ? [{ u, span: at }] : [];
  });
  const end = Math.max(1, ...spans.map((x) => x.span.to));
  return { timed, end, lanes: lanes(spans), stages: stageBlocks(spans), marks: marks(state, span, pitfallTitle), unheard: timed ? gaps(state.unheard, end) : [] };
}

/** @param {Api.Unheard[]} unheard @param {number} end of the call, in seconds @returns {Gap[]} */
function gaps(unheard, end) {
  return unheard.filter((u) => u.start_s < end).map((u) => ({ from: u.start_s, to: Math.min(u.end_s ?? end, end), words: unheardWords(u) }));
}

/** @param {Api.Said} u @returns {Span|null} */
function timedSpan(u) {
  if (u.start_s == null) return null;
  return { from: u.start_s, to: Math.max(u.end_s ?? u.start_s, u.start_s + 0.2), i: u.i };
}

/** @param {Placed[]} spans */
function lanes(spans) {
  /** @type {Map<string, Lane>} */
  const byName = new Map();
  for (const { u, span } of spans) {
    const name = u.speaker ?? { rep: "You", customer: "Customer", unknown: "Unknown" }[u.role];
    const key = `${u.role}:${name}`;
    const lane = byName.get(key) ?? { name, role: u.role, spans: [] };
    lane.spans.push(span);
    byName.set(key, lane);
  }
  const order = { rep: 0, customer: 1, unknown: 2 };
  return [...byName.values()].sort((a, b) => order[a.role] - order[b.role]);
}

/** @param {Api.State} state @param {(u: Api.Said) => Span|null} span @param {(kind: string) => string} pitfallTitle */
function marks(state, span, pitfallTitle) {
  /** @type {Mark[]} */
  const found = [];
  const add = (/** @type {Api.Evidence[]} */ evidence, /** @type {Mark["kind"]} */ kind, /** @type {string} */ label) => {
    const first = evidence.toSorted((a, b) => a.utterance - b.utterance)[0];
    const at = first && state.utterances[first.utterance] && span(state.utterances[first.utterance]);
    if (at) found.push({ at: at.from, i: first.utterance, kind, label, quote: first.quote });
  };
  state.pitfalls.filter((p) => p.state === "open" || p.state === "dismissed").forEach((p) => add(p.evidence, "pitfall", pitfallTitle(p.kind)));
  state.outcomes.filter(stands).forEach((x) => add(x.evidence, "outcome", `${x.id} ${x.text}`));
  state.capabilities.filter(stands).forEach((x) => add(x.evidence, "capability", `${x.id} ${x.text}`));
  state.metrics.filter(stands).forEach((x) => add(x.evidence, "metric", `${x.id} ${x.text}`));
  for (const q of state.closed_questions) {
    const u = q.state === "asked" && q.closed_at != null ? state.utterances[q.closed_at] : null;
    const at = u && span(u);
    if (!at || found.some((m) => m.kind === "question" && m.i === u.i && m.label === q.text)) continue;
    // Where a person said so, the customer may be speaking already: their words are not the question's.
    found.push({ at: at.from, i: u.i, kind: "question", label: q.text, quote: u.role === "customer" ? "" : u.text });
  }
  return found.sort((a, b) => a.at - b.at || a.i - b.i);
}
