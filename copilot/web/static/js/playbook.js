/** The playbook's words for stages, pitfalls, gaps and usual ranges. */
import { playbook } from "./store.js";

/** @param {string} kind of call */
export async function loadPlaybook(kind) {
  const answer = await fetch(`/api/playbook?kind=${encodeURIComponent(kind)}`);
  if (answer.ok) playbook.value = await answer.json();
}

/** @typedef {Api.PlaybookStage & {slot: string, hatch: boolean}} Stage with the colour of its place */

/** @type {Stage} */
const OTHER = { stage: "other", title: "Other", short: "Other", code: "–", slot: "other", hatch: false, questions: [], listen_for: [], coaching: [], purpose: "" };

/** @param {string|null|undefined} id @returns {Stage} */
export function stage(id) {
  const stages = (playbook.value?.stages ?? []).filter((s) => s.stage !== "other");
  const place = stages.findIndex((s) => s.stage === id);
  if (place < 0) return id && id !== "other" ? { ...OTHER, stage: id, title: id, short: id, code: id.slice(0, 2) } : OTHER;
  return { ...stages[place], slot: String((place % 8) + 1), hatch: place >= 8 };
}

/** @param {string} kind @returns {Api.PitfallRule} */
export function pitfallRule(kind) {
  const plain = kind.replaceAll("_", " ");
  return playbook.value?.pitfalls[kind] ?? { title: plain[0].toUpperCase() + plain.slice(1), what: "", instead: "", shows: "live" };
}

/**
 * What to ask about a gap: the question suggested for this very item, else the playbook's.
 * @param {Api.State|null} state @param {string} gap @param {string} about the item's id
 */
export function gapQuestion(state, gap, about) {
  const suggested = state?.questions.find((q) => q.gap === gap && q.about === about);
  return suggested?.text ?? playbook.value?.gaps?.[gap] ?? "";
}
