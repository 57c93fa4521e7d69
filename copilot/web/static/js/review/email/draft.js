/** The email: what the server has of it, and what is typed here, which is saved a second after the last key. */
import { batch, computed, signal, wordsOf } from "../../html.js";
import { Refused, ask, send } from "../../requests.js";
import { page } from "../../store.js";

/**
 * @typedef {{to: string, subject: string, body: string}} Fields
 * @typedef {{text: string, evidence: Api.Evidence[]}} Ground
 * @typedef {{heading: string, line: string}} Addition
 * @typedef {{what: string, why: string, item: string|null, doubtful: boolean, addition: Addition|null}} Offered
 * @typedef {{recipient: string, at: string, state: "sending"|"accepted"|"refused"|"failed"|"unknown", reply: string|null}} Delivery
 * @typedef {{to: string, subject: string|null, body: string|null, seq: number, at: string}} Draft null: as the automatic one has it
 * @typedef {{seq: number, automatic: {subject: string, body: string, language: string}, draft: Draft|null, version: number,
 *   changed: {items: number, elsewhere: boolean}|null, grounds: Ground[], headings: string[], closing: string[],
 *   not_in_the_email: Offered[], mail: {sender: string, copies_to: string[]}|null, sent: Delivery[]}} EmailView
 * @typedef {{sender: string, recipients: {address: string, name: string|null, role: Api.Role|null}[], copies_to: string[]}} Recipients
 */

const PAUSE_MS = 1000;
const path = `/api/calls/${encodeURIComponent(page.call_id ?? "")}/email`;
export const FILE = `${path}/draft.eml`;

export const view = signal(/** @type {EmailView|null} */ (null));
export const typed = signal(/** @type {Fields} */ ({ to: "", subject: "", body: "" }));
/** What was typed and is not saved yet. */
const touched = signal(/** @type {Partial<Record<keyof Fields, true>>} */ ({}));
export const trouble = signal(/** @type {{code: string, words: string}|null} */ (null));
export const isSaved = computed(() => Object.keys(touched.value).length === 0);

/** The last event that the automatic text told which the body here was begun from. */
let base = 0;
let timer = 0;
/** One at a time, in order. @type {Promise<unknown>} */
let underWay = Promise.resolve();

/** @param {EmailView} answer what is typed and not saved yet stays */
function take(answer) {
  const { draft, automatic } = answer;
  const theirs = { to: draft?.to ?? "", subject: draft?.subject ?? automatic.subject, body: draft?.body ?? automatic.body };
  const kept = Object.fromEntries(Object.keys(touched.peek()).map((name) => [name, typed.peek()[/** @type {keyof Fields} */ (name)]]));
  if (!touched.peek().body) base = draft?.body == null ? answer.seq : draft.seq;
  batch(() => {
    view.value = answer;
    typed.value = { ...theirs, ...kept };
  });
}

export async function load() {
  try {
    take(await ask(`${path}/draft`));
    if (trouble.peek()?.code === "unread") trouble.value = null;
  } catch (error) {
    trouble.value = { code: "unread", words: `The email could not be had: ${wordsOf(error)}.` };
  }
}

/** @param {keyof Fields} name @param {string} value */
export function type(name, value) {
  batch(() => {
    typed.value = { ...typed.peek(), [name]: value };
    touched.value = { ...touched.peek(), [name]: true };
  });
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void flush(), PAUSE_MS);
}

/** Save what is not saved; whether everything is then. @returns {Promise<boolean>} */
export async function flush() {
  window.clearTimeout(timer);
  const saving = underWay.then(save);
  underWay = saving;
  return saving;
}

async function save() {
  if (isSaved.peek() || !view.peek()) return isSaved.peek();
  const sent = typed.peek();
  try {
    const answer = await ask(`${path}/draft`, { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given()) });
    trouble.value = null;
    if (typed.peek() === sent) touched.value = {};
    take(answer);
  } catch (error) {
    trouble.value = { code: error instanceof Refused ? error.code : "unsaved", words: `Not saved: ${wordsOf(error)}.` };
  }
  return isSaved.peek();
}

/** As the server takes it: what is no other than the automatic email goes on following it. */
function given() {
  const { draft, automatic, version } = /** @type {EmailView} */ (view.peek());
  const own = (/** @type {"subject"|"body"} */ name) => {
    if (!touched.peek()[name]) return draft?.[name] ?? null;
    return typed.peek()[name] === automatic[name] ? null : typed.peek()[name];
  };
  return { to: typed.peek().to, subject: own("subject"), body: own("body"), seq: base, after: version };
}

/** What was saved elsewhere, in place of what was typed here. */
export async function takeTheirs() {
  batch(() => { touched.value = {}; trouble.value = null; });
  await load();
}

/** What was typed here, over what was saved elsewhere. */
export async function keepMine() {
  trouble.value = null;
  await load();
  return flush();
}

/** The automatic email in place of the edited one; the way back. */
export async function takeNewer() {
  const before = typed.peek();
  const { automatic } = /** @type {EmailView} */ (view.peek());
  type("subject", automatic.subject);
  type("body", automatic.body);
  await flush();
  return () => {
    type("subject", before.subject);
    type("body", before.body);
    void flush();
  };
}

/** The edited email stands, with what has changed since taken note of. */
export async function keepAsItIs() {
  base = view.peek()?.seq ?? base;
  touched.value = { ...touched.peek(), body: true };
  await flush();
}

/** @returns {Promise<Recipients>} everybody whom the email would go to */
export const lookAtRecipients = () => send(`${path}/recipients`, { to: typed.peek().to });

export async function sendIt() {
  const answer = await send(`${path}/send`, given());
  touched.value = {};
  take(answer);
  return /** @type {EmailView} */ (answer).sent;
}

window.addEventListener("pagehide", () => {
  if (isSaved.peek() || !view.peek()) return;
  void fetch(`${path}/draft`, { method: "PUT", keepalive: true, headers: { "Content-Type": "application/json" }, body: JSON.stringify(given()) });
});
