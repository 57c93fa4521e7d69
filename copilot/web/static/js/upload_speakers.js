/** Who of a transcript's speakers is on the rep's side: the names that stand in the file, to be ticked before it is sent. */
import { html, signal } from "./html.js";

/**
 * @typedef {{state: "looking"|"unknown"|"found", speakers: Api.SpeakerFound[]}} Looked `unknown` where the file could not be looked into
 */

const looked = signal(/** @type {Looked} */ ({ state: "unknown", speakers: [] }));
/** The names that are ticked. */
const ours = signal(/** @type {ReadonlySet<string>} */ (new Set()));
/** @type {AbortController|null} */
let looking = null;

/** @param {Api.SpeakerFound[]} speakers @returns {ReadonlySet<string>} those whom the file puts on the rep's side */
const asTheFileSays = (speakers) => new Set(speakers.filter((s) => s.role === "rep").map((s) => s.name));

/** Look into a file that was chosen. Where that cannot be done, sides are told in the review, and what is wrong at the upload. @param {File} file */
export async function lookForSpeakers(file) {
  looking?.abort();
  const mine = (looking = new AbortController());
  looked.value = { state: "looking", speakers: [] };
  ours.value = new Set();
  const speakers = await speakersOf(file, mine.signal);
  if (mine.signal.aborted) return;
  looked.value = { state: speakers ? "found" : "unknown", speakers: speakers ?? [] };
  ours.value = asTheFileSays(speakers ?? []);
}

export const forgetSpeakers = () => looking?.abort();

/** @param {File} file @param {AbortSignal} until @returns {Promise<Api.SpeakerFound[]|null>} */
async function speakersOf(file, until) {
  const body = new FormData();
  body.append("file", file, file.name);
  try {
    const answer = await fetch("/api/transcripts/speakers", { method: "POST", body, signal: until });
    return answer.ok ? (await answer.json()).speakers : null;
  } catch {
    return null;
  }
}

/** Names to be sent: none where it stays as the file has it. */
export function namesOfOurs() {
  const said = asTheFileSays(looked.value.speakers);
  const same = said.size === ours.value.size && [...said].every((name) => ours.value.has(name));
  return same ? [] : [...ours.value];
}

/** @param {string} name */
function toggle(name) {
  const next = new Set(ours.value);
  if (!next.delete(name)) next.add(name);
  ours.value = next;
}

/** What becomes of those who are not ticked. */
function sidesTold() {
  if (ours.value.size) return "Everyone else is the customer’s.";
  if (asTheFileSays(looked.value.speakers).size) return "Nobody ticked: the sides stay as the file has them, and can be changed in the review.";
  return "Nobody ticked: it can still be told in the review.";
}

export function Speakers() {
  const { state, speakers } = looked.value;
  if (state === "looking") return html`<p class="caption" role="status">Looking who speaks…</p>`;
  if (!speakers.length) return html`<p class="caption" role="status">${state === "found" ? "The file does not say who speaks; the review can be told." : "Who is on your side can be told in the review."}</p>`;
  return html`<fieldset class="speakers-found"><legend>Who is on your side?</legend>
    ${speakers.map((speaker) => html`<label class="check" key=${speaker.name}>
      <input type="checkbox" checked=${ours.value.has(speaker.name)} onChange=${() => toggle(speaker.name)} />
      <span><b dir="auto">${speaker.name}</b> <span class="caption">${speaker.utterances === 1 ? "once" : `${speaker.utterances} times`}: <q dir="auto">${speaker.first}</q></span></span></label>`)}
    <p class="caption">${sidesTold()}</p></fieldset>`;
}
