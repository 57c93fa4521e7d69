/** Adding by hand what the analysis missed: what is being added, and where it was said. */
import { batch, onceDrawn, signal } from "../html.js";
import { drawerOpen, isNarrow } from "../ui.js";

/**
 * @typedef {{i: number, quote: string}} Place an utterance, and the words of it that count
 * @typedef {{kind: Api.ItemType, place: Place|null, outcomes: string[], opener: Element|null, begun: number}} Addition
 *   `begun` counts them; `outcomes`: those that it is tied to from the start; `opener`: what gets the focus back
 */

/** What is being added, or null. */
export const adding = signal(/** @type {Addition|null} */ (null));
/** Whether the form makes way for the transcript, so that somebody can point at the words. */
export const pointing = signal(false);

let drawerWasOpen = false;
let begun = 0;

/** @param {{kind?: Api.ItemType, place?: Place|null, outcomes?: string[]}} [begun] */
export function add({ kind = "outcome", place = null, outcomes = [] } = {}) {
  if (pointing.value) pointedAt(null);
  begun += 1;
  adding.value = { kind, place, outcomes, opener: document.activeElement, begun };
}

/** The form is done with; focus goes back where it was. */
export function leave() {
  const opener = adding.value?.opener;
  adding.value = null;
  onceDrawn(() => { if (opener instanceof HTMLElement && opener.isConnected) opener.focus(); });
}

export function point() {
  drawerWasOpen = drawerOpen.value;
  if (isNarrow.value) drawerOpen.value = true;
  pointing.value = true;
}

/** @param {Place|null} place null: none was chosen, the form comes back as it was */
export function pointedAt(place) {
  batch(() => {
    pointing.value = false;
    drawerOpen.value = drawerWasOpen;
    if (place && adding.value) adding.value = { ...adding.value, place };
  });
}

/** An utterance with the words that are selected in it, or with all of them. @param {Api.Said} u @returns {Place} */
export function placeIn(u) {
  const selection = document.getSelection();
  const words = document.querySelector(`#u${u.i} > p`);
  const inside = selection && words?.contains(selection.anchorNode) && words.contains(selection.focusNode);
  return { i: u.i, quote: (inside && selection.toString().trim()) || u.text };
}
