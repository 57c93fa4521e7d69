/** Placing a dimension at a level, with what that is seen by: a note, or words of a call. */
import { html, useState } from "../html.js";
import { SignatureField, signature } from "../signature.js";
import { toastProblem } from "../toasts.js";
import { map, place } from "./data.js";

const MOMENT = /calls\/([^/?#]+)\/?\?(?:[^#]*&)?u=(\d+)/;

/** @param {FormData} form @returns {Api.Quoted|null|undefined} undefined: it says no moment */
function quoteIn(form) {
  const [address, quote] = [String(form.get("moment")).trim(), String(form.get("quote")).trim()];
  if (!address && !quote) return null;
  const found = MOMENT.exec(address);
  return found && quote ? { call: decodeURIComponent(found[1]), utterance: Number(found[2]), quote } : undefined;
}

/**
 * @param {{line: Api.MaturityDimension, level: Api.MaturityLevel["numeral"]|null, note?: string, done: () => void}} props
 *   `level` null: it is not assessed, after all
 */
export function PlaceForm({ line, level, note = "", done }) {
  const [busy, setBusy] = useState(false);
  const named = map.value?.levels.find(({ numeral }) => numeral === level);
  const submit = async (/** @type {SubmitEvent & {currentTarget: HTMLFormElement}} */ event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = level ? quoteIn(form) : null;
    const why = String(form.get("why") ?? "").trim();
    if (said === undefined) return toastProblem("A quote needs the address of its moment, as in /calls/acme?u=17, and their words.");
    if (level && !why && !said) return toastProblem("A level needs a note or a quote that it rests on.");
    if (busy) return undefined;
    setBusy(true);
    const kept = await place(line, { level, why, said, on: String(form.get("on")), by: signature.value });
    setBusy(false);
    if (kept) done();
    return undefined;
  };
  return html`<form class="small-form place-form" onSubmit=${submit}>
    <h2>${named ? `${named.numeral} · ${named.name}` : "Not assessed"}</h2>
    ${level && html`<p>${line.levels[level]}</p>
      <label class="field">What is that seen by?<textarea name="why" rows="3" maxlength="2000" defaultValue=${note} aria-label="What is that seen by?"></textarea></label>
      <details class="quote-fields"><summary>Or words of a call</summary>
        <label class="field">Address of the moment<input type="text" name="moment" placeholder="/calls/acme?u=17" autocomplete="off" aria-label="Address of the moment" /></label>
        <label class="field">Their words, as they stand there<textarea name="quote" rows="2" maxlength="2000" aria-label="Their words, as they stand there"></textarea></label></details>`}
    <label class="field">As of<input type="date" name="on" required max=${map.value?.today} defaultValue=${map.value?.today} aria-label="As of" /></label>
    <${SignatureField} />
    <div class="form-buttons"><button type="submit" class="button">${level ? `Place at ${level}` : "Take it back"}</button>
      <button type="button" class="button quiet" onClick=${done}>Cancel</button></div></form>`;
}
