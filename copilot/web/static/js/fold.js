/** The state after one more event: the same fold as the server's. Pure; every event says how things stand now. */

const LISTS = { outcome: "outcomes", capability: "capabilities", metric: "metrics", next_step: "next_steps", pitfall: "pitfalls" };

/**
 * @param {any} state as the snapshot has it
 * @param {any} event one of the log's events
 * @returns {any} a new state; what did not change is shared
 */
export function fold(state, event) {
  switch (event.type) {
    case "call_started":
      return { ...state, call: event.call, playbook: event.playbook };
    case "utterance":
      return { ...state, utterances: [...state.utterances, heard(event)] };
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
      return { ...state, [LISTS[event.type]]: upserted(state[LISTS[event.type]], event.item) };
    case "questions":
      return { ...state, questions: event.questions };
    case "question_closed":
      return {
        ...state,
        questions: state.questions.filter((q) => q.id !== event.question.id),
        closed_questions: [...state.closed_questions, event.question],
      };
    case "call_ended":
      return { ...state, ended: true };
    case "wrapped_up":
      return { ...state, wrapped_up: true };
    default:
      return state;
  }
}

function heard(event) {
  const { i, speaker, role, start_s, end_s, text } = event;
  return { id: event.utterance ?? `u${i + 1}`, i, speaker, role, start_s, end_s, text, stage: null, also: [] };
}

/** @template {{id: string}} T @param {T[]} list @param {T} item @returns {T[]} */
function upserted(list, item) {
  return list.some((x) => x.id === item.id) ? list.map((x) => (x.id === item.id ? item : x)) : [...list, item];
}

function marked(state, event) {
  const before = state.utterances[event.i]?.stage;
  const utterances = state.utterances.map((u) => (u.i === event.i ? { ...u, stage: event.stage, also: event.also } : u));
  const touched = new Set([before, event.stage]);
  return { ...state, utterances, stages: state.stages.map((s) => (touched.has(s.stage) ? recounted(s, utterances) : s)) };
}

function recounted(stage, utterances) {
  const about = utterances.filter((u) => u.stage === stage.stage);
  const seconds = about.reduce((sum, u) => sum + (u.start_s != null && u.end_s != null ? u.end_s - u.start_s : 0), 0);
  return { ...stage, utterances: about.map((u) => u.i), seconds: Math.round(seconds * 100) / 100 };
}
