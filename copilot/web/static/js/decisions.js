/** What a person decides: sent with a ref, kept until it is answered, sent in order once the connection is back. */
import { refused, reworkingSince, subject, waiting } from "./store.js";
import { toastProblem } from "./toasts.js";

/** Sending these twice would undo them; they go out again only if they never left. */
const isToggle = (/** @type {Api.Decision} */ decision) => ("verdict" in decision && decision.verdict === "pin") || ("swap" in decision && decision.swap === true);

/** @type {{send: (message: object) => boolean}|null} */
let wire = null;
let refs = 0;
const run = Math.random().toString(36).slice(2, 8);

/** @param {{send: (message: object) => boolean}} socket */
export function sendThrough(socket) {
  wire = socket;
}

/** @param {Api.Decision} decision @returns {string} its ref */
function submit(decision) {
  refs += 1;
  const ref = `${run}-${refs}`;
  const full = { ...decision, ref };
  const sent = wire?.send(full) ?? false;
  waiting.value = new Map(waiting.value).set(ref, { ...full, sent });
  forget(subject(decision));
  return ref;
}

/** @param {string} item @param {"confirm"|"reject"|"edit"} verdict @param {object} [fields] */
export const decide = (item, verdict, fields = {}) => submit({ type: "decide", item, verdict, ...(verdict === "edit" ? { fields } : {}) });

/** @param {string} id @param {"asked"|"dismiss"|"pin"} verdict */
export const judgeQuestion = (id, verdict) => submit({ type: "question", id, verdict });

/** @param {string} id @param {"dismiss"|"wrong"} verdict */
export const judgePitfall = (id, verdict) => submit({ type: "pitfall", id, verdict });

/** A moment of the call that is marked, noted at, or taken back. @param {Api.MarkedMoment} moment */
export const markMoment = (moment) => submit({ type: "moment", ...moment });

/** What the analysis missed, with the words that it rests on; its `id` is ours. @param {{id: string, kind: Api.ItemType, i: number, quote: string, fields: object}} addition */
export const addItem = (addition) => submit({ type: "add", ...addition });

/** @param {string} id of an addition */
export const takeBack = (id) => submit({ type: "take_back", id });

/** @param {{swap: true} | {speaker: string|null, name?: string|null, role?: Api.Role} | {utterances: string[], role: Api.Role}} change */
export function changeSpeakers(change) {
  reworkingSince.value = Date.now();
  return submit({ type: "speakers", ...change });
}

/** The server answered: done, or an error, said at once and kept where the decision was made. @param {Api.Done|Api.Refusal} answer */
export function answered(answer) {
  if (answer.type === "error") toastProblem(`Not done: ${answer.message}.`);
  const decision = waiting.value.get(answer.ref ?? "");
  if (!decision) return;
  const left = new Map(waiting.value);
  left.delete(decision.ref);
  waiting.value = left;
  if (answer.type === "error") refused.value = new Map(refused.value).set(subject(decision), answer.message);
}

/** The connection is back. */
export function resend() {
  const left = new Map();
  for (const [ref, decision] of waiting.value) {
    const { sent, ...bare } = decision;
    if (sent && isToggle(decision)) continue;
    left.set(ref, { ...bare, sent: wire?.send(bare) ?? false });
  }
  waiting.value = left;
}

/** @param {string} id */
function forget(id) {
  if (!refused.value.has(id)) return;
  const left = new Map(refused.value);
  left.delete(id);
  refused.value = left;
}
