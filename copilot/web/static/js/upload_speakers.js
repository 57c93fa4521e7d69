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
export const onOurSide = (speakers) => new Set(speakers.filter((s) => s.role === "rep").map((s) => s.name));

/** Look into a file that was chosen. Where that cannot be done, sides are told in the review, and what is wrong at the upload. @param {File} file */
export async function lookForSpeakers(file) {
  looking?.abort();
  const mine = (looking = new AbortController());
  looked.value = { state: "looking", speakers: [] };
  ours.value = new Set();
  const speakers = await speakersOf(file, mine.signal);
  if (mine.signal.aborted) return;
  looked.value = { state: speakers ? "found" : "unknown", speakers: speakers ?? [] };
  ours.value = onOurSide(speakers ?? []);
}

export const forgetSpeakers = () => looking?.abort();

/** @param {File} file @param {AbortSignal} until @returns {Promise<Api.SpeakerFound[]|null>} null: it could not be looked into */
export async function speakersOf(file, until) {
  const body = new FormData();
  body.append("file", file, file.name);
  try {
    const answer = await fetch("/api/transcripts/speakers", { method: "POST", body, signal: until });
    return answer.ok ? (await answer.json()).speakers : null;
  } catch {
    return null;
  }
}

/** None where it stays as the file has it. @param {Api.SpeakerFound[]} speakers @param {ReadonlySet<string>} ticked */
export function namesToSend(speakers, ticked) {
  const said = onOurSide(speakers);
  const same = said.size === ticked.size && [...said].every((name) => ticked.has(name));
  return same ? [] : [...ticked];
}

/** Of the one file that was chosen. */
export const namesOfOurs = () => namesToSend(looked.value.speakers, ours.value);

/** @param {string} name @param {boolean} isOurs */
function tick(name, isOurs) {
  const others = [...ours.value].filter((other) => other !== name);
  ours.value = new Set(isOurs ? [...others, name] : others);
}

/** What becomes of those who are not ticked. */
function sidesTold() {
  if (ours.value.size) return "Everyone else is the customer’s.";
  if (onOurSide(looked.value.speakers).size) return "Nobody ticked: the sides stay as the file has them, and can be changed in the review.";
  return "Nobody ticked: it can still be told in the review.";
}

export function Speakers() {
  const { state, speakers } = looked.value;
  if (state === "looking") return html`<p class="caption" role="status">Looking who speaks…</p>`;
  if (!speakers.length) return html`<p class="caption" role="status">${state === "found" ? "The file does not say who speaks; the review can be told." : "Who is on your side can be told in the review."}</p>`;
  const names = speakers.map(({ name, utterances, first }) => ({ name, first, ours: ours.value.has(name), where: utterances === 1 ? "once" : `${utterances} times` }));
  return html`<${Names} names=${names} onToggle=${tick} told=${sidesTold()} />`;
}

/** @param {{names: {name: string, where: string, first: string, ours: boolean}[], onToggle: (name: string, isOurs: boolean) => void, told: string}} props `told`: what becomes of the sides */
export function Names({ names, onToggle, told }) {
  return html`<fieldset class="speakers-found"><legend>Who is on your side?</legend>
    ${names.map(({ name, where, first, ours: isOurs }) => html`<label class="check" key=${name}>
      <input type="checkbox" checked=${isOurs} onChange=${() => onToggle(name, !isOurs)} />
      <span><b dir="auto">${name}</b> <span class="caption">${where}: <q dir="auto">${first}</q></span></span></label>`)}
    <p class="caption">${told}</p></fieldset>`;
}
