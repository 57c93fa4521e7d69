/** What the page knows: the filters of its address, and what the server makes of the calls they leave. */
import { signal, wordsOf } from "../html.js";
import { ask, send } from "../requests.js";

export const FILTERS = /** @type {const} */ (["from", "to", "kind", "rep", "account", "criterion", "rubric"]);
/** @typedef {(typeof FILTERS)[number]} Filter */
/** @typedef {Partial<Record<Filter, string>>} Filters an empty `rep` stands for calls whose rep nobody knows */

export const team = signal(/** @type {Api.Overview|null} */ (null));
export const trouble = signal("");
export const filters = signal(fromAddress());
let asked = 0;

/** @returns {Filters} */
function fromAddress() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(FILTERS.filter((name) => query.has(name)).map((name) => [name, query.get(name) ?? ""]));
}

/** The filters as a query, with more beside or in place of them. @param {Record<string, string>} [more] */
export function query(more = {}) {
  const words = new URLSearchParams({ ...filters.value, ...more }).toString();
  return words ? `?${words}` : "";
}

/** Another choice; null takes a filter off. What hangs on the kind of call goes with it. @param {Filter} name @param {string|null} value */
export function choose(name, value) {
  const chosen = { ...filters.value };
  delete chosen[name];
  if (name === "kind") for (const dependent of /** @type {const} */ (["criterion", "rubric"])) delete chosen[dependent];
  if (value !== null) chosen[name] = value;
  filters.value = chosen;
  history.pushState(null, "", location.pathname + query());
  void load();
}

export async function load() {
  asked += 1;
  const mine = asked;
  try {
    const answer = await ask(`/api/team${query()}`);
    if (mine !== asked) return;
    team.value = answer;
    trouble.value = "";
  } catch (error) {
    if (mine === asked) trouble.value = `The figures could not be had: ${wordsOf(error)}.`;
  }
}

/** @param {{rep: string, criterion: string, by: string, done: boolean}} mark */
export async function markCoached(mark) {
  await send("/api/team/coached", { ...mark, kind: team.value?.kind });
  await load();
}

window.addEventListener("popstate", () => {
  filters.value = fromAddress();
  void load();
});
