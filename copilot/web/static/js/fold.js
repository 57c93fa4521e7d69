/** The state after one more event: the same fold as the server's. Pure; every event says how things stand now. */

/** @type {Record<Api.ItemType|"pitfall", "outcomes"|"capabilities"|"metrics"|"next_steps"|"pitfalls">} */
const LISTS = { outcome: "outcomes", capability: "capabilities", metric: "metrics", next_step: "next_steps", pitfall: "pitfalls" };

/**
 * @param {Api.State} state as the snapshot has it
 * @param {Api.Event} event one of the log's events
 * @returns {Api.State} a new state; what did not change is shared
 */
export function fold(state, event) {
  switch (event.type) {
    case "call_started":
      return { ...state, call: event.call, playbook: event.playbook };
    case "utterance":
      return { ...state, utterances: [...state.utterances, heard(event)] };
    case "unheard":
      return { ...state, unheard: upserted(state.unheard, event.stretch) };
    case "stage":
      return marked(state, event);
    case "coverage":
      return { ...state, stages: state.stages.map((s) => (s.stage === event.stage ? { ...s, coverage: event.coverage } : s)) };
    case "talk":
      return { ...state, talk: event.talk };
    case "outcome":
    case "capability":
    case "metric":
    case "next_step":
    case "pitfall":
      return { ...state, [LISTS[event.type]]: upserted(/** @type {{id: string}[]} */ (state[LISTS[event.type]]), event.item) };
    case "questions":
      return { ...state, questions: event.questions };
    case "question_closed":
      return {
        ...state,
        questions: state.questions.filter((q) => q.id !== event.question.id),
        closed_questions: [...state.closed_questions, event.question],
      };
    case "details":
      return { ...state, call: state.call && { ...state.call, title: event.title, kind: event.kind, account: event.account, held_on: event.held_on } };
    case "moment":
      return { ...state, moments: upserted(state.moments, event.moment) };
    case "prose":
      return { ...state, prose: { ...state.prose, [event.prose.purpose]: event.prose } };
    case "model_used":
      return { ...state, model: withUse(state.model, event) };
    case "dropped":
      return { ...state, dropped: added(state.dropped, event.reasons) };
    case "call_ended":
      return { ...state, ended: true, end_reason: event.reason };
    case "wrapped_up":
      return { ...state, wrapped_up: true };
    default:
      return state;
  }
}

/** @param {Api.UtteranceHeard} event @returns {Api.Said} */
function heard(event) {
  const { i, speaker, role, start_s, end_s, text, word_starts_s } = event;
  return { id: event.utterance ?? `u${i + 1}`, i, speaker, role, start_s, end_s, text, word_starts_s, stage: null, also: [] };
}

/** The same sums as the server's (`domain/state.py`). @param {Api.ModelUse} use @param {Api.ModelUsed} event @returns {Api.ModelUse} */
function withUse(use, event) {
  const usage = {
    input_tokens: use.usage.input_tokens + event.usage.input_tokens,
    cached_tokens: use.usage.cached_tokens + event.usage.cached_tokens,
    cache_write_tokens: use.usage.cache_write_tokens + event.usage.cache_write_tokens,
    output_tokens: use.usage.output_tokens + event.usage.output_tokens,
  };
  return {
    ...use,
    requests: use.requests + 1,
    incomplete: use.incomplete + (event.ended === "complete" ? 0 : 1),
    models: use.models.includes(event.model) ? use.models : [...use.models, event.model],
    usage,
    cost_usd: use.cost_usd + (event.cost_usd ?? 0),
    unpriced: use.unpriced + (event.cost_usd == null ? 1 : 0),
    latency_ms: use.latency_ms + event.latency_ms,
    slowest_ms: Math.max(use.slowest_ms, event.latency_ms),
    applied: use.applied + event.applied,
    dropped: added(use.dropped, event.dropped),
    reviewed: use.reviewed || (event.purpose === "wrap_up" && event.ended === "complete"),
  };
}

/** @param {Record<string, number>} counts @param {Record<string, number>} more */
function added(counts, more) {
  const sums = { ...counts };
  for (const [reason, n] of Object.entries(more)) sums[reason] = (sums[reason] ?? 0) + n;
  return sums;
}

/** @template {{id: string}} T @param {T[]} list @param {T} item @returns {T[]} */
function upserted(list, item) {
  return list.some((x) => x.id === item.id) ? list.map((x) => (x.id === item.id ? item : x)) : [...list, item];
}

/** @param {Api.State} state @param {Api.StageMarked} event @returns {Api.State} */
function marked(state, event) {
  const before = state.utterances[event.i]?.stage;
  const utterances = state.utterances.map((u) => (u.i === event.i ? { ...u, stage: event.stage, also: event.also } : u));
  const touched = new Set([before, event.stage]);
  return { ...state, utterances, stages: state.stages.map((s) => (touched.has(s.stage) ? recounted(s, utterances) : s)) };
}

/** @param {Api.StageCoverage} stage @param {Api.Said[]} utterances @returns {Api.StageCoverage} */
function recounted(stage, utterances) {
  const about = utterances.filter((u) => u.stage === stage.stage);
  const seconds = about.reduce((sum, u) => sum + (u.start_s != null && u.end_s != null ? u.end_s - u.start_s : 0), 0);
  return { ...stage, utterances: about.map((u) => u.i), seconds: Math.round(seconds * 100) / 100 };
}
