/** The account that the page shows, as the server's ledger has it, and what is written down about it. */
import { batch, computed, signal, wordsOf } from "../html.js";
import { Refused, ask, send } from "../requests.js";
import { signature } from "../signature.js";
import { toast, toastProblem } from "../toasts.js";

/** @typedef {Api.Ledger & {standing_words: Record<string, string>, demos_left_out: number}} Book */
/** @typedef {{type: string} & Record<string, unknown>} Note what is written down; the server says what each type has */

/** @type {{account: string, demo: boolean}} */
export const page = JSON.parse(document.getElementById("page")?.textContent ?? "{}");
const path = `/api/accounts/${encodeURIComponent(page.account ?? "")}`;

/** @param {string} part @param {Record<string, string>} [query] the address of something of this account's */
export const addressOf = (part, query = {}) => {
  const asked = new URLSearchParams(page.demo ? { demo: "true", ...query } : query).toString();
  return `${path}${part}${asked ? `?${asked}` : ""}`;
};

export const book = signal(/** @type {Book|null} */ (null));
export const trouble = signal("");
/** The row that is open, by the id of its metric or outcome. */
export const opened = signal("");
/** The open row's form: "reading", "edit", "same", or none. */
export const form = signal("");

export const entries = computed(() => {
  const all = book.value ? [...book.value.outcomes, ...book.value.capabilities, ...book.value.metrics] : [];
  return new Map(all.map((entry) => [entry.id, entry]));
});

/** Whether one of its calls was a review of value: until then nothing can be said of promises kept. */
export const reviewed = computed(() => Boolean(book.value?.calls.some((call) => call.kind === "qbr")));

export async function load() {
  try {
    const answer = await ask(addressOf(""));
    batch(() => { book.value = answer; trouble.value = ""; });
  } catch (error) {
    trouble.value = `The account could not be read: ${wordsOf(error)}. Nothing of it is lost.`;
  }
}

/**
 * Write notes down, signed; the ledger then stands as they leave it.
 * @param {Note[]} notes @param {string} done what to say
 * @param {{undo?: () => void, seen?: number}} [more] `seen`: the last note that was on the page when the writer began
 * @returns {Promise<string>} why they were not taken; "" where they were
 */
export async function write(notes, done, { undo, seen = book.value?.last_note } = {}) {
  const signed = notes.map((note) => ({ by: signature.value || null, ...note }));
  try {
    book.value = await send(addressOf("/notes"), { notes: signed, seen });
    toast(done, undo);
    return "";
  } catch (error) {
    if (error instanceof Refused && error.code === "moved_on") await load();
    return sentence(error);
  }
}

/** The same from a button, which has no place of its own for a refusal. @type {(...given: Parameters<typeof write>) => Promise<void>} */
export async function writeAtOnce(...given) {
  const refusal = await write(...given);
  if (refusal) toastProblem(refusal);
}

/** Take a note back, with the way to restore it. @param {number} note @param {string} done */
export async function takeBack(note, done) {
  const restore = async () => {
    const { notes } = await ask(addressOf("/notes"));
    const taking = notes.findLast((/** @type {{type: string, note?: number, seq: number}} */ n) => n.type === "taken_back" && n.note === note);
    if (taking) await writeAtOnce([{ type: "taken_back", note: taking.seq }], "It counts again.");
  };
  await writeAtOnce([{ type: "taken_back", note }], done, { undo: () => void restore() });
}

/** @param {unknown} error the server's sentence, as one; a file's name at its beginning stays as it is */
export function sentence(error) {
  const words = wordsOf(error);
  const first = /^[^:;]*\.\w{1,5}:/.test(words) ? words.charAt(0) : words.charAt(0).toUpperCase();
  return `${first}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;
}
