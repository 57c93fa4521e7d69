/** What the page knows of the installation, and of the part of the playbook that is open. */
import { ask } from "../ask.js";
import { signal, wordsOf } from "../html.js";

export const settings = signal(/** @type {Api.Settings|null} */ (null));
export const trouble = signal("");
/** Findings that were asked for here; they stand before those of the page. By part. */
export const tried = signal(/** @type {Map<string, Api.Finding[]>} */ (new Map()));
/** Parts that are being tried. */
export const trying = signal(/** @type {Set<string>} */ (new Set()));
/** Newest first, to try a change on. */
export const calls = signal(/** @type {Api.CallLine[]} */ ([]));

export async function load() {
  try {
    settings.value = await ask("/api/settings");
    calls.value = (await ask(/** @type {string} */ ("/api/calls"))).calls;
    trouble.value = "";
  } catch (error) {
    trouble.value = wordsOf(error);
  }
}

/** Ask whether a part works. @param {string} part */
export async function tryPart(part) {
  if (trying.value.has(part)) return;
  trying.value = new Set(trying.value).add(part);
  const findings = await ask(`/api/settings/try/${encodeURIComponent(part)}`, {}).then(
    (/** @type {{findings: Api.Finding[]}} */ answer) => answer.findings,
    (error) => [{ part, works: false, says: wordsOf(error), setting: null }],
  );
  tried.value = new Map(tried.value).set(part, findings);
  trying.value = new Set([...trying.value].filter((other) => other !== part));
}
