/** What the view knows: the map as the server has it, and which two of its points are compared. */
import { signal, wordsOf } from "../html.js";
import { ask, send } from "../requests.js";
import { toast, toastProblem } from "../toasts.js";

/** @typedef {{since: string, until: string}} Compared empty: as the server has it by default */

export const map = signal(/** @type {Api.MaturityMap|null} */ (null));
export const trouble = signal("");
export const compared = signal(fromAddress());

/** @returns {Compared} */
function fromAddress() {
  const query = new URLSearchParams(location.search);
  return { since: query.get("since") ?? "", until: query.get("until") ?? "" };
}

/** The points as the API asks for them. */
export function pointsAsked() {
  const { since, until } = compared.value;
  const words = new URLSearchParams({ ...(since && { from: since }), ...(until && { to: until }) }).toString();
  return words ? `?${words}` : "";
}

export async function load() {
  try {
    map.value = await ask(`/api/maturity${pointsAsked()}`);
    trouble.value = "";
  } catch (error) {
    trouble.value = `The map could not be had: ${wordsOf(error)}.`;
  }
}

/** Compare other points; they stand in the address. @param {Partial<Compared>} chosen */
export async function compare(chosen) {
  compared.value = { ...compared.value, ...chosen };
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(compared.value)) value ? query.set(name, value) : query.delete(name);
  history.replaceState(null, "", `${location.pathname}?${query}`);
  await load();
}

/**
 * Write something down, and say so; whether it was taken.
 * @param {string} path @param {object} body @param {string} words @param {() => void} [undo]
 */
async function write(path, body, words, undo) {
  try {
    const after = await send(`/api/maturity/${path}`, body);
    if (pointsAsked()) await load();
    else map.value = after;
    toast(words, undo);
    return true;
  } catch (error) {
    toastProblem(`Not kept: ${wordsOf(error)}.`);
    return false;
  }
}

/**
 * @typedef {{level: Api.MaturityLevel["numeral"]|null, why: string, said: Api.Quoted|null, on: string, by: string}} Placing
 * @param {Api.MaturityDimension} line @param {Placing} placing
 */
export const place = (line, placing) => write(`dimensions/${line.id}`, placing, placing.level ? `${line.short}: ${placing.level}.` : `${line.short}: not assessed.`);

/** @param {Api.PlanStage} stage @param {Api.PlanStep} step @param {{owner: string|null, due: string|null, by: string}} taken */
export const take = (stage, step, taken) => write(`steps/${stage.from_level}/${step.id}/owner`, taken, taken.owner ? `${taken.owner} sees to it.` : "Nobody sees to it any more.");

/** @param {Api.PlanStage} stage @param {Api.PlanStep} step @param {string|null} on @param {string} by @returns {Promise<boolean>} */
export const tick = (stage, step, on, by) => write(`steps/${stage.from_level}/${step.id}/done`, { on, by }, on ? "Done." : "Open again.", () => void tick(stage, step, step.done_on ?? null, by));

/** @param {{name: string, on: string, by: string}} closing */
export const close = (closing) => write("assessments", closing, `Closed: ${closing.name}.`);
